package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** What an administrator does: topics, groups, brokers, and the network between clients and brokers. */
final class AdminSteps {
    private static final long AWAIT_MS = 20_000;

    private final CaseRun run;

    AdminSteps(CaseRun run) {
        this.run = run;
    }

    /** @return whether the operation is one of ours */
    boolean perform(String op, ObjectNode step) throws Exception {
        try {
            return step(op, step);
        } catch (ExecutionException refused) {
            run.error(null, null, refused);
            return true;
        }
    }

    private boolean step(String op, ObjectNode step) throws Exception {
        switch (op) {
            case "topic.create" -> createTopic(step);
            case "topic.addPartitions" -> {
                int total = step.get("total").asInt();
                get(run.admin.createPartitions(Map.of(topic(step), NewPartitions.increaseTo(total))).all());
                run.topics.put(step.get("topic").asText(), total);
                Thread.sleep(300);
            }
            case "topic.configure" -> configure(step);
            case "topic.delete" -> {
                get(run.admin.deleteTopics(List.of(topic(step))).all());
                run.topics.remove(step.get("topic").asText());
                Thread.sleep(500);
            }
            case "topic.describe" -> describeTopic(step);
            case "records.delete" -> {
                TopicPartition partition = run.partition(step.get("partition").asText());
                long start = get(run.admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(step.get("before").asLong())))
                    .lowWatermarks().get(partition)).lowWatermark();
                run.event("start").put("partition", run.own(partition)).put("offset", start);
            }
            case "offsets.list" -> listOffsets(step);
            case "group.describe" -> describeGroup(step);
            case "group.lag" -> lag(step);
            case "group.reset" -> resetGroup(step);
            case "group.delete" -> get(run.admin.deleteConsumerGroups(List.of(group(step))).all());
            case "group.configure" -> {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group(step));
                get(run.admin.incrementalAlterConfigs(Map.of(resource, settings(step))).all());
            }
            case "leader.elect" -> {
                ElectionType type = step.get("type").asText().equals("preferred") ? ElectionType.PREFERRED : ElectionType.UNCLEAN;
                get(run.admin.electLeaders(type, Set.of(run.partition(step.get("partition").asText()))).all());
            }
            case "network.cut" -> run.cluster.proxies().forEach(proxy -> proxy.cut(client(step)));
            case "network.heal" -> run.cluster.proxies().forEach(proxy -> proxy.heal(client(step)));
            case "network.lose" -> run.cluster.proxies().forEach(proxy -> proxy.lose(client(step), api(step), count(step)));
            case "network.refuse" -> {
                Errors error = Errors.valueOf(step.get("error").asText());
                long holdMs = step.has("holdMs") ? step.get("holdMs").asLong() : 0;
                run.cluster.proxies().forEach(proxy -> proxy.refuse(client(step), api(step), error, holdMs, count(step)));
            }
            case "broker.kill" -> run.cluster.kill(broker(step));
            case "broker.stop" -> run.cluster.stop(broker(step));
            case "broker.pause" -> run.cluster.pause(broker(step));
            case "broker.resume" -> run.cluster.resume(broker(step));
            case "broker.start" -> run.cluster.restart(broker(step));
            case "partition.await" -> awaitPartition(step);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void createTopic(ObjectNode step) throws Exception {
        String name = step.get("topic").asText();
        NewTopic topic;
        if (step.has("assignment")) {
            Map<Integer, List<Integer>> assignment = new TreeMap<>();
            for (JsonNode replicas : step.get("assignment")) {
                List<Integer> brokers = new ArrayList<>();
                replicas.forEach(broker -> brokers.add(broker.asInt()));
                assignment.put(assignment.size(), brokers);
            }
            topic = new NewTopic(run.real(name), assignment);
        } else {
            topic = new NewTopic(run.real(name), Optional.of(step.has("partitions") ? step.get("partitions").asInt() : 1), Optional.of((short) 1));
        }
        get(run.admin.createTopics(List.of(topic.configs(Fields.config(step, "config")))).all());
        run.topics.put(name, topic.numPartitions() > 0 ? topic.numPartitions() : step.get("assignment").size());
        long deadline = System.currentTimeMillis() + AWAIT_MS;
        while (System.currentTimeMillis() < deadline) {
            try {
                TopicDescription described = describe(topic.name());
                if (described.partitions().stream().allMatch(p -> p.leader() != null && p.isr().size() == p.replicas().size())) {
                    // A new follower may need a second before it fetches for the first time.
                    if (step.has("assignment")) Thread.sleep(2_000);
                    return;
                }
            } catch (ExecutionException notYet) {
                // The brokers learn of it a moment later.
            }
            Thread.sleep(50);
        }
    }

    private void configure(ObjectNode step) throws Exception {
        get(run.admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic(step)), settings(step))).all());
        Thread.sleep(300);
    }

    private static List<AlterConfigOp> settings(ObjectNode step) {
        List<AlterConfigOp> ops = new ArrayList<>();
        Fields.config(step, "set").forEach((key, value) -> ops.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        return ops;
    }

    private TopicDescription describe(String topic) throws Exception {
        return get(run.admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    }

    private void describeTopic(ObjectNode step) throws Exception {
        for (TopicPartitionInfo partition : describe(topic(step)).partitions()) {
            ObjectNode event = run.event("partition").put("partition", step.get("topic").asText() + "-" + partition.partition());
            if (partition.leader() == null || partition.leader().isEmpty()) event.putNull("leader");
            else event.put("leader", partition.leader().id());
            ArrayNode replicas = event.putArray("replicas");
            partition.replicas().forEach(node -> replicas.add(node.id()));
            ArrayNode isr = event.putArray("isr");
            partition.isr().stream().map(Node::id).sorted().forEach(isr::add);
            ArrayNode eligible = event.putArray("elr");
            if (partition.elr() != null) partition.elr().stream().map(Node::id).sorted().forEach(eligible::add);
        }
    }

    /** Waits until a partition has this leader and this ISR; how long that takes is not part of the case. */
    private void awaitPartition(ObjectNode step) throws Exception {
        TopicPartition wanted = run.partition(step.get("partition").asText());
        Integer leader = !step.has("leader") ? null : step.get("leader").isNull() ? Integer.valueOf(-1) : Integer.valueOf(step.get("leader").asInt());
        Set<Integer> isr = new HashSet<>();
        if (step.has("isr")) step.get("isr").forEach(id -> isr.add(id.asInt()));
        long deadline = System.currentTimeMillis() + AWAIT_MS;
        String last = "nothing";
        while (System.currentTimeMillis() < deadline) {
            try {
                TopicPartitionInfo info = describe(wanted.topic()).partitions().get(wanted.partition());
                int led = info.leader() == null || info.leader().isEmpty() ? -1 : info.leader().id();
                Set<Integer> now = new HashSet<>();
                info.isr().forEach(node -> now.add(node.id()));
                last = "leader " + led + " isr " + now;
                if ((leader == null || led == leader) && (!step.has("isr") || now.equals(isr))) {
                    Thread.sleep(300);
                    return;
                }
            } catch (ExecutionException notYet) {
                last = notYet.getCause().toString();
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("it did not come to that; last seen: " + last);
    }

    private void listOffsets(ObjectNode step) throws Exception {
        String at = Fields.text(step, "at", "latest");
        OffsetSpec spec = switch (at) {
            case "latest" -> OffsetSpec.latest();
            case "earliest" -> OffsetSpec.earliest();
            case "max_timestamp" -> OffsetSpec.maxTimestamp();
            default -> OffsetSpec.forTimestamp(Long.parseLong(at));
        };
        IsolationLevel isolation =
            Fields.text(step, "isolation", "").equals("read_committed") ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
        Map<TopicPartition, OffsetSpec> asked = new TreeMap<>(CaseRun.BY_PARTITION);
        String topic = step.get("topic").asText();
        for (int number = 0; number < run.topics.get(topic); number++) asked.put(new TopicPartition(run.real(topic), number), spec);
        Map<TopicPartition, ListOffsetsResultInfo> found = get(run.admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        asked.keySet().forEach(partition -> {
            ObjectNode event = run.event("offset").put("partition", run.own(partition));
            long offset = found.get(partition).offset();
            if (offset < 0) event.putNull("offset");
            else event.put("offset", offset);
        });
    }

    private void describeGroup(ObjectNode step) throws Exception {
        ConsumerGroupDescription group = get(run.admin.describeConsumerGroups(List.of(group(step))).all()).get(group(step));
        ObjectNode event = run.event("group").put("group", step.get("group").asText()).put("state", group.groupState().toString());
        Map<String, ArrayNode> members = new TreeMap<>();
        for (MemberDescription member : group.members()) {
            members.put(ConsumerSteps.alias(member.clientId()), run.names(member.assignment().topicPartitions()));
        }
        ArrayNode list = event.putArray("members");
        members.forEach((name, partitions) -> list.addObject().put("consumer", name).set("partitions", partitions));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(ObjectNode step) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> sorted = new TreeMap<>(CaseRun.BY_PARTITION);
        sorted.putAll(get(run.admin.listConsumerGroupOffsets(group(step)).partitionsToOffsetAndMetadata()));
        return sorted;
    }

    /** Lag as the group tool shows it: end − committed, for every partition of the topic. */
    private void lag(ObjectNode step) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(step);
        Map<TopicPartition, OffsetSpec> asked = new TreeMap<>(CaseRun.BY_PARTITION);
        String topic = step.get("topic").asText();
        for (int number = 0; number < run.topics.get(topic); number++) asked.put(new TopicPartition(run.real(topic), number), OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = get(run.admin.listOffsets(asked).all());
        for (TopicPartition partition : asked.keySet()) {
            long end = ends.get(partition).offset();
            OffsetAndMetadata next = committed.get(partition);
            ObjectNode event = run.event("lag").put("partition", run.own(partition)).put("end", end);
            if (next == null) event.putNull("committed").putNull("lag");
            else event.put("committed", next.offset()).put("lag", end - next.offset());
        }
    }

    private void resetGroup(ObjectNode step) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        step.get("offsets").properties().forEach(entry -> offsets.put(run.partition(entry.getKey()), new OffsetAndMetadata(entry.getValue().asLong())));
        run.groups.put(step.get("group").asText(), true);
        get(run.admin.alterConsumerGroupOffsets(group(step), offsets).all());
    }

    private String topic(JsonNode step) {
        return run.real(step.get("topic").asText());
    }

    private String group(JsonNode step) {
        return run.real(step.get("group").asText());
    }

    private String client(JsonNode step) {
        return ConsumerSteps.clientId(run, step.get("client").asText());
    }

    private static ApiKeys api(JsonNode step) {
        return ApiKeys.valueOf(step.get("api").asText());
    }

    private static int count(JsonNode step) {
        return step.has("count") ? step.get("count").asInt() : 1;
    }

    private static int broker(JsonNode step) {
        return step.get("broker").asInt();
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Brings every broker back and removes the case's topics. */
    void close() {
        try {
            for (int id = 1; id <= run.cluster.brokers(); id++) {
                if (!run.cluster.isAlive(id)) run.cluster.restart(id);
                run.cluster.resume(id);
            }
            List<String> topics = new ArrayList<>();
            run.topics.keySet().forEach(topic -> topics.add(run.real(topic)));
            get(run.admin.deleteTopics(topics).all());
        } catch (Exception left) {
            // The folder of the whole cluster is removed at the end anyway.
        }
    }
}
