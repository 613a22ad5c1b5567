package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is left at the end of a case: every partition's log as far as clients can read it, and what the groups have committed. */
final class FinalState {
    private static final long READ_MS = 8_000;

    private final CaseRun run;

    FinalState(CaseRun run) {
        this.run = run;
    }

    ObjectNode read() throws Exception {
        ObjectNode result = Script.JSON.createObjectNode();
        Properties config = new Properties();
        config.put("bootstrap.servers", run.cluster.direct());
        config.put("default.api.timeout.ms", "5000");
        config.put("fetch.max.wait.ms", "50");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Map.Entry<String, Integer> topic : run.topics.entrySet()) {
                for (int number = 0; number < topic.getValue(); number++) {
                    result.set(topic.getKey() + "-" + number, log(consumer, new TopicPartition(run.real(topic.getKey()), number)));
                }
            }
        }
        for (String group : run.groups.keySet()) {
            Map<TopicPartition, Long> offsets = new TreeMap<>(CaseRun.BY_PARTITION);
            try {
                run.admin.listConsumerGroupOffsets(run.real(group)).partitionsToOffsetAndMetadata().get(5, TimeUnit.SECONDS)
                    .forEach((partition, offset) -> {
                        if (offset != null) offsets.put(partition, offset.offset());
                    });
            } catch (java.util.concurrent.ExecutionException none) {
                // A group that was never more than a name has committed nothing.
            }
            ObjectNode committed = result.putObject("group " + group);
            offsets.forEach((partition, offset) -> committed.put(run.own(partition), offset));
        }
        return result;
    }

    /** Start, end (the high watermark) and every record by offset and id; null for a partition without a leader. */
    private ObjectNode log(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        ObjectNode log = Script.JSON.createObjectNode();
        try {
            consumer.assign(List.of(partition));
            long start = consumer.beginningOffsets(List.of(partition)).get(partition);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            log.put("start", start).put("end", end);
            ArrayNode records = log.putArray("records");
            consumer.seek(partition, start);
            long deadline = System.currentTimeMillis() + READ_MS;
            while (consumer.position(partition) < end && System.currentTimeMillis() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records.addArray().add(record.offset()).add(ConsumerSteps.idOf(record));
                }
            }
            return log;
        } catch (org.apache.kafka.common.errors.TimeoutException noLeader) {
            return Script.JSON.createObjectNode().put("error", "TimeoutException");
        }
    }
}
