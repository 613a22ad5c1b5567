package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Scripts made from fixed seeds. They keep to what Kafka promises: nobody joins while another joins, a reader reads until nothing more comes, no deadline is near.
 */
final class Generated extends DrawnScript {
    private static final String[] KEYS = {"a", "b", "c", "d", "k1", "k2", "user-1", "user-3"};

    private Generated(long seed) {
        super(seed);
    }

    /** @return group → cases */
    static Map<String, List<Script.Case>> all() throws IOException {
        Map<String, List<Script.Case>> groups = new LinkedHashMap<>();
        add(groups, "generated-assign", 40, 1_000, Generated::new, Generated::assign);
        add(groups, "generated-compaction", 12, 2_000, Generated::new, Generated::compaction);
        add(groups, "generated-groups", 24, 3_000, Generated::new, Generated::groups);
        add(groups, "generated-log", 30, 4_000, Generated::new, Generated::log);
        add(groups, "generated-sticky", 14, 5_000, Generated::new, Generated::sticky);
        add(groups, "generated-transactions", 24, 6_000, Generated::new, Generated::transactions);
        return groups;
    }

    private String key() {
        return one(KEYS);
    }

    /** Members come and go over several rounds of one assignor, topics grow, some members want only some topics. */
    private void assign() throws IOException {
        String[] assignors = {"range", "roundrobin", "sticky", "cooperative-sticky"};
        ObjectNode step = Script.JSON.createObjectNode().put("op", "assign.compute").put("assignor", assignors[below(4)]);
        Map<String, Integer> topics = new TreeMap<>();
        for (int topic = 0, count = 1 + below(3); topic < count; topic++) topics.put("t" + topic, 1 + below(7));
        boolean isUnequal = chance(40);
        boolean isStatic = chance(25);
        Map<String, TreeSet<String>> members = new TreeMap<>();
        int born = 0;
        for (int count = 1 + below(3); born < count; born++) members.put("C" + born, topicsOf(topics, isUnequal));
        ArrayNode rounds = step.putArray("rounds");
        for (int round = 0, count = 3 + below(4); round < count; round++) {
            if (round > 0 && chance(45)) members.put("C" + born++, topicsOf(topics, isUnequal));
            else if (round > 0 && members.size() > 1 && chance(50)) members.remove(new ArrayList<>(members.keySet()).get(below(members.size())));
            else if (round > 0 && chance(30)) topics.compute("t0", (name, size) -> size + 1 + below(3));
            ObjectNode entry = rounds.addObject();
            ObjectNode sizes = entry.putObject("topics");
            topics.forEach(sizes::put);
            ArrayNode list = entry.putArray("members");
            members.forEach((id, wanted) -> {
                ObjectNode member = list.addObject().put("id", id);
                if (isStatic) member.put("instance", "i" + (9 - Integer.parseInt(id.substring(1))));
                ArrayNode names = member.putArray("topics");
                wanted.forEach(names::add);
            });
        }
        steps.add(step);
    }

    private TreeSet<String> topicsOf(Map<String, Integer> topics, boolean isUnequal) {
        TreeSet<String> wanted = new TreeSet<>();
        for (String topic : topics.keySet()) {
            if (!isUnequal || chance(60)) wanted.add(topic);
        }
        if (wanted.isEmpty()) wanted.add("t0");
        return wanted;
    }

    /** Records by key, older ones first, tombstones among them; then the cleaner has its time. */
    private void compaction() throws IOException {
        step("topic.create topic=t config={\"cleanup.policy\":\"compact\",\"segment.ms\":\"5000\",\"min.cleanable.dirty.ratio\":\"0.01\"}");
        int age = 400_000;
        for (int count = 8 + below(12); sent() < count; ) {
            String tombstone = chance(15) ? " tombstone=true" : " size=" + below(40);
            step("send topic=t id=" + id() + " key=" + KEYS[below(4)] + " age=" + age + tombstone);
            age -= chance(40) ? 10_000 : 500;
        }
        step("wait ms=3000");
        step("consumer.open consumer=c");
        step("assign consumer=c partitions=[\"t-0\"]");
        step("consume consumer=c");
    }

    /** A group whose members come and go in an orderly way, while records are sent and offsets committed. */
    private void groups() throws IOException {
        int partitions = 1 + below(5);
        step("topic.create topic=t partitions=" + partitions);
        String assignor = chance(50) ? "RangeAssignor" : "RoundRobinAssignor";
        boolean isAuto = chance(40);
        String config = "{\"partition.assignment.strategy\":\"org.apache.kafka.clients.consumer." + assignor + "\""
            + (isAuto ? ",\"enable.auto.commit\":\"true\",\"auto.commit.interval.ms\":\"600000\"" : "") + "}";
        List<String> open = new ArrayList<>();
        List<String> free = new ArrayList<>(List.of("a", "b", "c", "d"));
        for (int turn = 0; turn < 9; turn++) {
            if (open.isEmpty() || chance(30) && !free.isEmpty()) {
                String name = free.remove(below(free.size()));
                open.add(name);
                step("consumer.open consumer=" + name + " group=g config=" + config);
                step("subscribe consumer=" + name + " topics=[\"t\"]");
                step("group.settle group=g");
            } else if (open.size() > 1 && chance(25)) {
                String name = open.remove(below(open.size()));
                free.add(name);
                step("consumer.close consumer=" + name);
                step("group.settle group=g");
            } else if (chance(55)) {
                for (int count = 1 + below(4); count > 0; count--) {
                    step("send topic=t id=" + id() + (chance(50) ? " key=" + key() : " partition=" + below(partitions)));
                }
            } else {
                String name = open.get(below(open.size()));
                step("consume consumer=" + name);
                if (!isAuto && chance(60)) step("commit consumer=" + name);
            }
        }
        step("group.lag group=g topic=t");
        step("group.describe group=g");
    }

    /** One reader without a group's assignment: reads, seeks, pauses, commits, while records come and are deleted. */
    private void log() throws IOException {
        int partitions = 1 + below(3);
        step("topic.create topic=t partitions=" + partitions);
        String reset = chance(70) ? "earliest" : "latest";
        step("consumer.open consumer=c group=g config={\"auto.offset.reset\":\"" + reset + "\"}");
        StringBuilder all = new StringBuilder();
        for (int number = 0; number < partitions; number++) all.append(number == 0 ? "" : ",").append("\"t-").append(number).append('"');
        int[] ends = new int[partitions];
        step("assign consumer=c partitions=[" + all + "]");
        step("consume consumer=c");
        for (int turn = 0; turn < 14; turn++) {
            int partition = below(partitions);
            switch (below(9)) {
                case 0, 1, 2 -> {
                    for (int count = 1 + below(3); count > 0; count--) {
                        step("send topic=t id=" + id() + " partition=" + partition);
                        ends[partition]++;
                    }
                }
                case 3, 4 -> step("consume consumer=c");
                case 5 -> {
                    String to = chance(20) ? "beginning" : chance(20) ? "end" : Integer.toString(below(ends[partition] + 2));
                    step("seek consumer=c partition=t-" + partition + " to=" + to);
                    if (chance(50)) step("position consumer=c partitions=[\"t-" + partition + "\"]");
                }
                case 6 -> {
                    step("consume consumer=c");
                    step("commit consumer=c");
                }
                case 7 -> step((chance(50) ? "pause" : "resume") + " consumer=c partitions=[\"t-" + partition + "\"]");
                default -> step("records.delete partition=t-" + partition + " before=" + below(ends[partition] + 1));
            }
        }
        step("consume consumer=c");
        step("position consumer=c");
        step("group.lag group=g topic=t");
    }

    /** Records of all sizes, most without a key, one at a time. */
    private void sticky() throws IOException {
        int partitions = 2 + below(4);
        step("topic.create topic=t partitions=" + partitions);
        StringBuilder draws = new StringBuilder();
        for (int draw = 0; draw < 40; draw++) draws.append(draw == 0 ? "" : ",").append(below(partitions));
        step("producer.open producer=p topic=t draws=[" + draws + "] config={\"batch.size\":\"" + (300 + 100 * below(10)) + "\"}");
        for (int count = 12 + below(12); sent() < count; ) {
            step("send topic=t id=" + id() + (chance(20) ? " key=" + key() : "") + " size=" + below(chance(10) ? 2_000 : 300));
        }
    }

    /** Two transactional producers and a plain one, two readers; a producer may crash, and another take its id over. */
    private void transactions() throws IOException {
        int partitions = 1 + below(2);
        step("topic.create topic=t partitions=" + partitions);
        StringBuilder all = new StringBuilder();
        for (int number = 0; number < partitions; number++) all.append(number == 0 ? "" : ",").append("\"t-").append(number).append('"');
        for (String level : List.of("committed", "uncommitted")) {
            step("consumer.open consumer=" + level + " config={\"isolation.level\":\"read_" + level + "\"}");
            step("assign consumer=" + level + " partitions=[" + all + "]");
        }
        String[] names = {"x", "y"};
        boolean[] isOpen = new boolean[2];
        for (String name : names) {
            step("producer.open producer=" + name + " config={\"transactional.id\":\"" + name + "\"}");
            step("txn.init producer=" + name);
        }
        for (int turn = 0; turn < 16; turn++) {
            int who = below(2);
            String name = names[who];
            if (chance(20)) {
                step("send producer=plain topic=t id=" + id() + " partition=" + below(partitions));
            } else if (chance(15)) {
                step("consume consumer=" + (chance(60) ? "committed" : "uncommitted"));
            } else if (!isOpen[who]) {
                step("txn.begin producer=" + name);
                isOpen[who] = true;
            } else if (chance(55)) {
                step("send producer=" + name + " topic=t id=" + id() + " partition=" + below(partitions));
            } else if (chance(15)) {
                step("producer.crash producer=" + name);
                step("producer.open producer=" + name + " config={\"transactional.id\":\"" + name + "\"}");
                step("txn.init producer=" + name);
                isOpen[who] = false;
            } else {
                step((chance(60) ? "txn.commit" : "txn.abort") + " producer=" + name);
                isOpen[who] = false;
            }
        }
        step("offsets.list topic=t at=latest isolation=read_committed");
        step("consume consumer=committed");
        step("consume consumer=uncommitted");
        step("position consumer=committed");
    }
}
