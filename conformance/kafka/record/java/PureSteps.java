package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Steps that ask Kafka's own classes and need no broker. */
final class PureSteps {
    private PureSteps() {}

    /** Every key's hash (signed, 32 bits) and, for every number of partitions asked for, the partition of a record with that key. */
    static void murmur2(CaseRun run, JsonNode step) {
        for (JsonNode key : step.get("keys")) {
            byte[] bytes = key.asText().getBytes(StandardCharsets.UTF_8);
            ObjectNode event = run.event("hash").put("key", key.asText()).put("hash", Utils.murmur2(bytes));
            ArrayNode partitions = event.putArray("partitions");
            for (JsonNode count : step.get("partitions")) partitions.add(BuiltInPartitioner.partitionForKey(bytes, count.asInt()));
        }
    }

    /**
     * Rounds of an assignor: the members of `rounds`, one after another; a member brings what the round before gave it (unless it names `owned` itself),
     * as a member does in a group. Topics are name → number of partitions; a round may change them.
     */
    static void assign(CaseRun run, JsonNode step) {
        ConsumerPartitionAssignor assignor = switch (step.get("assignor").asText()) {
            case "range" -> new RangeAssignor();
            case "roundrobin" -> new RoundRobinAssignor();
            case "sticky" -> new StickyAssignor();
            default -> new CooperativeStickyAssignor();
        };
        boolean isSticky = assignor instanceof StickyAssignor;
        Map<String, List<TopicPartition>> owned = new HashMap<>();
        Map<String, Integer> generations = new HashMap<>();
        int generation = 0;
        for (JsonNode round : step.get("rounds")) {
            Cluster topics = topics(round.has("topics") ? round.get("topics") : step.get("topics"));
            Map<String, Subscription> members = new TreeMap<>();
            for (JsonNode member : round.get("members")) {
                String id = member.get("id").asText();
                if (member.has("owned")) {
                    List<TopicPartition> own = new ArrayList<>();
                    member.get("owned").forEach(name -> own.add(plain(name.asText())));
                    owned.put(id, own);
                }
                if (member.has("generation")) generations.put(id, member.get("generation").asInt());
                members.put(id, subscription(member, isSticky, owned.getOrDefault(id, List.of()), generations.getOrDefault(id, -1)));
            }
            generation++;
            Map<String, ConsumerPartitionAssignor.Assignment> assigned =
                assignor.assign(topics, new GroupSubscription(members)).groupAssignment();
            owned.keySet().retainAll(members.keySet());
            generations.keySet().retainAll(members.keySet());
            for (String id : members.keySet()) {
                List<TopicPartition> partitions = new ArrayList<>(assigned.get(id).partitions());
                partitions.sort(CaseRun.BY_PARTITION);
                owned.put(id, partitions);
                generations.put(id, generation);
                ArrayNode names = run.event("assignment").put("round", generation).put("member", id).putArray("partitions");
                partitions.forEach(partition -> names.add(partition.toString()));
            }
        }
    }

    /** A sticky member tells what it owns in its user data, a cooperative one in the subscription itself. */
    @SuppressWarnings("removal") // The assignors still ask for this class, and it has no other constructor.
    private static Subscription subscription(JsonNode member, boolean isSticky, List<TopicPartition> owned, int generation) {
        List<String> topics = new ArrayList<>();
        member.get("topics").forEach(topic -> topics.add(topic.asText()));
        ByteBuffer data = null;
        if (generation >= 0) {
            StickyAssignor sticky = new StickyAssignor();
            CooperativeStickyAssignor cooperative = new CooperativeStickyAssignor();
            ConsumerPartitionAssignor.Assignment last = new ConsumerPartitionAssignor.Assignment(owned);
            var metadata = new ConsumerGroupMetadata("g", generation, member.get("id").asText(), Optional.empty());
            sticky.onAssignment(last, metadata);
            cooperative.onAssignment(last, metadata);
            data = isSticky ? sticky.subscriptionUserData(Set.copyOf(topics)) : cooperative.subscriptionUserData(Set.copyOf(topics));
        }
        Subscription subscription = new Subscription(topics, data, owned, generation, Optional.empty());
        if (member.has("instance")) subscription.setGroupInstanceId(Optional.of(member.get("instance").asText()));
        return subscription;
    }

    private static TopicPartition plain(String name) {
        int dash = name.lastIndexOf('-');
        return new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
    }

    private static Cluster topics(JsonNode counts) {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] one = {node};
        List<PartitionInfo> all = new ArrayList<>();
        counts.properties().forEach(topic -> {
            for (int number = 0; number < topic.getValue().asInt(); number++) all.add(new PartitionInfo(topic.getKey(), number, node, one, one));
        });
        return new Cluster("c", List.of(node), all, Set.of(), Set.of());
    }
}
