package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What consumers do and see. A consumer polls only when a step says so; its heartbeats go on by themselves. */
final class ConsumerSteps {
    private final class Consumer implements ConsumerRebalanceListener {
        final String name;
        final String group;
        /** Whether it gives up only what moves. How many rounds that takes is left to chance, so rounds without a partition are not told. */
        final boolean isIncremental;
        final KafkaConsumer<byte[], byte[]> client;
        final Set<TopicPartition> paused = new HashSet<>();
        boolean isSubscribed;
        /** While a group settles nobody takes records. */
        boolean isSettling;
        /** While only the end of the settling is of interest. */
        boolean isSilent;
        long lastChange;

        Consumer(String name, String group, Map<String, Object> config) {
            this.name = name;
            this.group = group;
            this.isIncremental = "consumer".equals(config.get("group.protocol"))
                || CooperativeStickyAssignor.class.getName().equals(config.get("partition.assignment.strategy"));
            this.client = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            changed("revoked", partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            changed("assigned", partitions);
            if (isSettling) client.pause(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            changed("lost", partitions);
        }

        private void changed(String what, Collection<TopicPartition> partitions) {
            lastChange = System.currentTimeMillis();
            if (isSilent || isIncremental && partitions.isEmpty()) return;
            run.event(what).put("consumer", name).set("partitions", run.names(partitions));
        }
    }

    private static final long QUIET_MS = 500;
    private static final long AFTER_POLL_MS = 250;
    private static final long JOIN_MS = 2_500;
    private static final long LONG_MS = 15_000;
    private static final Duration SLICE = Duration.ofMillis(50);

    private final CaseRun run;
    private final Map<String, Consumer> consumers = new TreeMap<>();
    private final List<Consumer> abandoned = new ArrayList<>();

    ConsumerSteps(CaseRun run) {
        this.run = run;
    }

    /** The client id of a case's client: its name first, so that ids sort as names do. */
    static String clientId(CaseRun run, String name) {
        return name + "~" + run.prefix;
    }

    static String alias(String clientId) {
        return clientId.replaceAll("~.*", "");
    }

    static String idOf(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("id");
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    ConsumerGroupMetadata metadata(String name) {
        return consumers.get(name).client.groupMetadata();
    }

    /** @return whether the operation is one of ours */
    boolean perform(String op, ObjectNode step) throws Exception {
        if (op.equals("group.settle")) {
            settle(step);
            return true;
        }
        String name = Fields.text(step, "consumer", "c");
        if (op.equals("consumer.open")) {
            open(name, step);
            return true;
        }
        Consumer consumer = consumers.get(name);
        if (consumer == null) return false;
        try {
            return perform(op, step, consumer);
        } catch (KafkaException | IllegalStateException | IllegalArgumentException refused) {
            run.error("consumer", name, refused);
            return true;
        }
    }

    private boolean perform(String op, ObjectNode step, Consumer consumer) {
        KafkaConsumer<byte[], byte[]> client = consumer.client;
        switch (op) {
            case "subscribe" -> {
                List<String> topics = new ArrayList<>();
                step.get("topics").forEach(topic -> topics.add(run.real(topic.asText())));
                client.subscribe(topics, consumer);
                consumer.isSubscribed = true;
            }
            case "unsubscribe" -> {
                client.unsubscribe();
                consumer.isSubscribed = false;
            }
            case "assign" -> client.assign(partitions(step));
            case "poll" -> poll(consumer, false, QUIET_MS);
            case "consume" -> poll(consumer, true, step.has("quietMs") ? step.get("quietMs").asLong() : QUIET_MS);
            case "commit" -> commit(consumer, step);
            case "seek" -> seek(client, step);
            case "position" -> {
                for (TopicPartition partition : sorted(step.has("partitions") ? partitions(step) : client.assignment())) {
                    run.event("position").put("consumer", consumer.name).put("partition", run.own(partition)).put("offset", client.position(partition, SLICE.multipliedBy(100)));
                }
            }
            case "committed" -> {
                Map<TopicPartition, OffsetAndMetadata> offsets = client.committed(new HashSet<>(partitions(step)));
                ObjectNode event = run.event("committed").put("consumer", consumer.name);
                put(event, offsets);
            }
            case "pause" -> {
                consumer.paused.addAll(partitions(step));
                client.pause(partitions(step));
            }
            case "resume" -> {
                consumer.paused.removeAll(partitions(step));
                client.resume(partitions(step));
            }
            case "offsetsForTimes" -> offsetsForTimes(consumer, step);
            case "assignment" -> run.event("assignment").put("consumer", consumer.name).set("partitions", run.names(client.assignment()));
            case "consumer.close" -> {
                consumers.remove(consumer.name);
                client.close(CloseOptions.timeout(Duration.ofSeconds(5)));
            }
            case "consumer.crash" -> {
                consumers.remove(consumer.name);
                run.cluster.proxies().forEach(proxy -> proxy.cut(clientId(run, consumer.name)));
                abandoned.add(consumer);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void open(String name, ObjectNode step) {
        String group = Fields.text(step, "group", null);
        Map<String, Object> config = new HashMap<>();
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "earliest");
        config.put("fetch.max.wait.ms", "100");
        config.put("default.api.timeout.ms", "10000");
        config.putAll(Fields.config(step, "config"));
        if (!"consumer".equals(config.get("group.protocol"))) config.putIfAbsent("heartbeat.interval.ms", "200");
        config.put("bootstrap.servers", run.cluster.proxied());
        config.put("client.id", clientId(run, name));
        if (group != null) {
            config.put("group.id", run.real(group));
            run.groups.put(group, true);
        }
        run.cluster.proxies().forEach(proxy -> proxy.reconnect(clientId(run, name)));
        try {
            consumers.put(name, new Consumer(name, group, config));
        } catch (KafkaException refused) {
            run.error("consumer", name, refused);
        }
    }

    private List<TopicPartition> partitions(JsonNode step) {
        List<TopicPartition> partitions = new ArrayList<>();
        step.get("partitions").forEach(name -> partitions.add(run.partition(name.asText())));
        return partitions;
    }

    private static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
        List<TopicPartition> sorted = new ArrayList<>(partitions);
        sorted.sort(CaseRun.BY_PARTITION);
        return sorted;
    }

    /** Polls until records come, or, with `all`, until no more come; without any it ends when nothing has happened for a while. */
    private void poll(Consumer consumer, boolean all, long quietMs) {
        List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
        long begun = System.currentTimeMillis();
        consumer.lastChange = begun;
        try {
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.client.poll(SLICE);
                records.forEach(seen::add);
                long now = System.currentTimeMillis();
                if (!records.isEmpty()) {
                    if (!all) break;
                    consumer.lastChange = now;
                }
                if (now - consumer.lastChange > Math.max(quietMs, patience(consumer)) || now - begun > LONG_MS) break;
            }
        } finally {
            seen.sort(Comparator.comparing((ConsumerRecord<byte[], byte[]> record) -> record.topic()).thenComparingInt(ConsumerRecord::partition));
            for (ConsumerRecord<byte[], byte[]> record : seen) {
                ObjectNode event = run.event("record").put("consumer", consumer.name)
                    .put("partition", run.own(new TopicPartition(record.topic(), record.partition()))).put("offset", record.offset());
                if (record.key() != null) event.put("key", new String(record.key(), StandardCharsets.UTF_8));
                event.put("id", idOf(record));
                if (record.value() == null) event.put("tombstone", true);
            }
        }
        // The client has asked for more already; let the broker say that there is none, so that nothing sent from now on is in that answer.
        sleep(AFTER_POLL_MS);
    }

    /** How long nothing may happen before we believe that nothing will: longer for a member on its way into the group, or to an offset that is in range. */
    private static long patience(Consumer consumer) {
        if (consumer.isSubscribed && consumer.client.groupMetadata().generationId() < 0) return JOIN_MS;
        Set<TopicPartition> read = new HashSet<>(consumer.client.assignment());
        read.removeAll(consumer.client.paused());
        return read.stream().allMatch(partition -> consumer.client.currentLag(partition).orElse(-1) == 0) ? QUIET_MS : JOIN_MS;
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** All members of a group, or those named, poll, without taking records, until the group has been stable for a while. */
    private void settle(JsonNode step) throws Exception {
        String group = step.get("group").asText();
        boolean isShort = Fields.text(step, "show", "").equals("assignment");
        Set<String> polling = new HashSet<>();
        if (step.has("members")) step.get("members").forEach(name -> polling.add(name.asText()));
        List<Consumer> members = consumers.values().stream()
            .filter(c -> group.equals(c.group) && c.isSubscribed && (polling.isEmpty() || polling.contains(c.name))).toList();
        long deadline = System.currentTimeMillis() + LONG_MS;
        long now = System.currentTimeMillis();
        for (Consumer member : members) {
            member.isSettling = true;
            member.isSilent = isShort;
            member.lastChange = now;
            member.client.pause(member.client.assignment());
        }
        Set<Consumer> failed = new HashSet<>();
        while (System.currentTimeMillis() < deadline) {
            for (Consumer member : members) {
                if (failed.contains(member)) continue;
                try {
                    member.client.poll(Duration.ofMillis(20));
                } catch (KafkaException refused) {
                    failed.add(member);
                    run.error("consumer", member.name, refused);
                }
            }
            long quietSince = members.stream().mapToLong(member -> member.lastChange).max().orElse(now);
            if (System.currentTimeMillis() - quietSince < 700) continue;
            if (isStable(group, members, failed)) break;
        }
        for (Consumer member : members) {
            member.isSettling = false;
            member.isSilent = false;
            Set<TopicPartition> running = new HashSet<>(member.client.assignment());
            running.removeAll(member.paused);
            member.client.resume(running);
            if (isShort && !failed.contains(member)) run.event("assignment").put("consumer", member.name).set("partitions", run.names(member.client.assignment()));
        }
    }

    private boolean isStable(String group, List<Consumer> members, Set<Consumer> failed) throws Exception {
        try {
            var described = run.admin.describeConsumerGroups(List.of(run.real(group))).all().get(5, TimeUnit.SECONDS).get(run.real(group));
            if (failed.size() == members.size()) return true;
            if (described.groupState() != GroupState.STABLE || !described.groupEpoch().equals(described.targetAssignmentEpoch())) return false;
            for (MemberDescription known : described.members()) {
                if (known.targetAssignment().isPresent() && !known.targetAssignment().equals(Optional.of(known.assignment()))) return false;
                for (Consumer member : members) {
                    boolean isSame = known.clientId().equals(clientId(run, member.name));
                    if (isSame && !failed.contains(member) && !known.assignment().topicPartitions().equals(member.client.assignment())) return false;
                }
            }
        } catch (ExecutionException notYet) {
            return failed.size() == members.size();
        }
        Set<Integer> generations = new HashSet<>();
        for (Consumer member : members) {
            if (!failed.contains(member)) generations.add(member.client.groupMetadata().generationId());
        }
        return generations.size() == 1 && !generations.contains(-1);
    }

    private void commit(Consumer consumer, ObjectNode step) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        if (step.has("offsets")) {
            step.get("offsets").properties().forEach(entry -> offsets.put(run.partition(entry.getKey()), new OffsetAndMetadata(entry.getValue().asLong())));
        } else {
            consumer.client.assignment().forEach(partition -> offsets.put(partition, new OffsetAndMetadata(consumer.client.position(partition))));
        }
        if (step.has("offsets")) consumer.client.commitSync(offsets);
        else consumer.client.commitSync();
        put(run.event("committed").put("consumer", consumer.name), offsets);
    }

    private void put(ObjectNode event, Map<TopicPartition, OffsetAndMetadata> offsets) {
        ObjectNode committed = event.putObject("offsets");
        for (TopicPartition partition : sorted(offsets.keySet())) {
            OffsetAndMetadata offset = offsets.get(partition);
            if (offset == null) committed.putNull(run.own(partition));
            else committed.put(run.own(partition), offset.offset());
        }
    }

    private void seek(KafkaConsumer<byte[], byte[]> client, ObjectNode step) {
        TopicPartition partition = run.partition(step.get("partition").asText());
        JsonNode to = step.get("to");
        if (to.isNumber()) client.seek(partition, to.asLong());
        else if (to.asText().equals("beginning")) client.seekToBeginning(List.of(partition));
        else client.seekToEnd(List.of(partition));
    }

    private void offsetsForTimes(Consumer consumer, ObjectNode step) {
        Map<TopicPartition, Long> asked = new TreeMap<>(CaseRun.BY_PARTITION);
        step.get("times").properties().forEach(entry -> asked.put(run.partition(entry.getKey()), entry.getValue().asLong()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.client.offsetsForTimes(asked);
        for (TopicPartition partition : asked.keySet()) {
            ObjectNode event = run.event("offset").put("consumer", consumer.name).put("partition", run.own(partition));
            OffsetAndTimestamp at = found.get(partition);
            if (at == null) event.putNull("offset");
            else event.put("offset", at.offset()).put("timestamp", at.timestamp());
        }
    }

    void close() {
        abandoned.addAll(consumers.values());
        for (Consumer consumer : abandoned) {
            try {
                consumer.client.close(CloseOptions.timeout(Duration.ZERO));
            } catch (KafkaException | IllegalStateException gone) {
                // Its connection may be cut for good.
            }
        }
    }
}
