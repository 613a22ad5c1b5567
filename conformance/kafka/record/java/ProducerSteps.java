package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.DrawnPartitions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What producers do and see. */
final class ProducerSteps {
    /** A send that is neither acknowledged nor failed yet. */
    private record Pending(String id, String topic, Future<RecordMetadata> future) {}

    private static final class Producer {
        final String name;
        final KafkaProducer<byte[], byte[]> client;
        /** Whether sends wait on purpose (for linger, for more records, for a broker) and no step should wait for them. */
        final boolean isPatient;
        final List<Pending> pending = new ArrayList<>();
        final String transactionalId;
        List<Integer> draws;

        Producer(String name, KafkaProducer<byte[], byte[]> client, String transactionalId, boolean isPatient) {
            this.transactionalId = transactionalId;
            this.name = name;
            this.client = client;
            this.isPatient = isPatient;
        }
    }

    private static final long QUIET_MS = 300;
    private static final long LONG_MS = 20_000;

    private final CaseRun run;
    private final Map<String, Producer> producers = new TreeMap<>();
    private final List<Producer> abandoned = new ArrayList<>();

    ProducerSteps(CaseRun run) {
        this.run = run;
    }

    /** @return whether the operation is one of ours */
    boolean perform(String op, ObjectNode step) throws Exception {
        String name = Fields.text(step, "producer", "p");
        if (op.startsWith("txn.")) {
            transaction(op, name, step);
            return true;
        }
        switch (op) {
            case "producer.open" -> open(name, step);
            case "send" -> send(named(name), step);
            case "flush" -> {
                named(name).client.flush();
                collect(named(name), QUIET_MS);
            }
            case "producer.await" -> collect(named(name), LONG_MS);
            case "producer.close" -> {
                Producer producer = producers.remove(name);
                producer.client.close(Duration.ofSeconds(10));
                collect(producer, QUIET_MS);
            }
            case "producer.crash" -> {
                Producer producer = producers.remove(name);
                run.cluster.proxies().forEach(proxy -> proxy.cut(ConsumerSteps.clientId(run, name)));
                abandoned.add(producer);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Producer named(String name) {
        return producers.computeIfAbsent(name, missing -> create(missing, Script.JSON.createObjectNode()));
    }

    private void open(String name, ObjectNode step) {
        try {
            producers.put(name, create(name, step));
        } catch (KafkaException refused) {
            run.error("producer", name, refused);
        }
    }

    private Producer create(String name, JsonNode step) {
        Map<String, Object> config = new TreeMap<>(Fields.config(step, "config"));
        config.put("bootstrap.servers", run.cluster.proxied());
        config.put("client.id", ConsumerSteps.clientId(run, name));
        if (config.containsKey("transactional.id")) config.put("transactional.id", run.real((String) config.get("transactional.id")));
        // Queues of different length would weigh the draw.
        if (step.has("draws")) config.put("partitioner.adaptive.partitioning.enable", "false");
        run.cluster.proxies().forEach(proxy -> proxy.reconnect(ConsumerSteps.clientId(run, name)));
        KafkaProducer<byte[], byte[]> client = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        Producer producer = new Producer(name, client, (String) config.get("transactional.id"), step.has("patient"));
        if (step.has("draws")) {
            producer.draws = new ArrayList<>();
            step.get("draws").forEach(draw -> producer.draws.add(draw.asInt()));
            DrawnPartitions.prepare(client, run::real, producer.draws, step.get("topic").asText(), (String) config.getOrDefault("batch.size", "16384"));
        }
        return producer;
    }

    private void send(Producer producer, ObjectNode step) throws Exception {
        String id = step.get("id").asText();
        String topic = step.get("topic").asText();
        Integer partition = step.has("partition") ? step.get("partition").asInt() : null;
        Long timestamp = null;
        if (step.has("timestamp")) timestamp = step.get("timestamp").asLong();
        if (step.has("age")) timestamp = System.currentTimeMillis() - step.get("age").asLong();
        byte[] key = step.has("key") ? step.get("key").asText().getBytes(StandardCharsets.UTF_8) : null;
        boolean isTombstone = step.has("tombstone");
        byte[] value = isTombstone ? null : new byte[step.has("size") ? step.get("size").asInt() : 0];
        try {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(run.real(topic), partition, timestamp, key, value);
            record.headers().add("id", id.getBytes(StandardCharsets.UTF_8));
            producer.pending.add(new Pending(id, topic, producer.client.send(record)));
        } catch (KafkaException | IllegalStateException | IllegalArgumentException refused) {
            run.event("failed").put("producer", producer.name).put("id", id).put("name", CaseRun.errorName(refused));
        }
        collect(producer, producer.isPatient || step.has("patient") ? QUIET_MS : LONG_MS);
    }

    /** Notes what has become of the sends so far, in their order; waits for them up to a limit. */
    private void collect(Producer producer, long waitMs) throws Exception {
        long deadline = System.currentTimeMillis() + waitMs;
        while (producer.pending.stream().anyMatch(pending -> !pending.future.isDone()) && System.currentTimeMillis() < deadline) Thread.sleep(2);
        for (Iterator<Pending> all = producer.pending.iterator(); all.hasNext(); ) {
            Pending pending = all.next();
            if (!pending.future.isDone()) continue;
            all.remove();
            try {
                RecordMetadata stored = pending.future.get();
                run.event("acked").put("producer", producer.name).put("id", pending.id)
                    .put("partition", pending.topic + "-" + stored.partition()).put("offset", stored.offset());
            } catch (ExecutionException failed) {
                run.event("failed").put("producer", producer.name).put("id", pending.id).put("name", CaseRun.errorName(failed));
            }
        }
    }

    private void transaction(String op, String name, ObjectNode step) throws Exception {
        Producer producer = named(name);
        try {
            switch (op) {
                case "txn.init" -> producer.client.initTransactions();
                case "txn.begin" -> producer.client.beginTransaction();
                case "txn.commit" -> producer.client.commitTransaction();
                case "txn.abort" -> producer.client.abortTransaction();
                case "txn.sendOffsets" -> {
                    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                    step.get("offsets").properties().forEach(entry -> offsets.put(run.partition(entry.getKey()), new OffsetAndMetadata(entry.getValue().asLong())));
                    String group = step.get("group").asText();
                    run.groups.put(group, true);
                    producer.client.sendOffsetsToTransaction(offsets, run.consumers().metadata(step.get("consumer").asText()));
                }
                default -> throw new IllegalArgumentException("there is no operation " + op);
            }
        } catch (KafkaException | IllegalStateException refused) {
            run.error("producer", name, refused);
        }
        if (producer.transactionalId != null) awaitMarkers(producer.transactionalId);
        collect(producer, QUIET_MS);
    }

    /** The coordinator answers before the markers stand in the partitions; a case goes on only when they do. */
    private void awaitMarkers(String id) throws Exception {
        long deadline = System.currentTimeMillis() + LONG_MS;
        while (System.currentTimeMillis() < deadline) {
            try {
                var state = run.admin.describeTransactions(List.of(id)).description(id).get(5, TimeUnit.SECONDS).state();
                if (state != TransactionState.PREPARE_COMMIT && state != TransactionState.PREPARE_ABORT && state != TransactionState.PREPARE_EPOCH_FENCE) return;
            } catch (ExecutionException unknown) {
                return;
            }
            Thread.sleep(10);
        }
    }

    void close() {
        abandoned.addAll(producers.values());
        for (Producer producer : abandoned) producer.client.close(Duration.ZERO);
    }
}
