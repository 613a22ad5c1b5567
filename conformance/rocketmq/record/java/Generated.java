package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Scripts made from fixed seeds. They keep to what RocketMQ promises: what could overtake each other is sent at once, one thread works, and no deadline is near.
 */
final class Generated extends DrawnScript {
    private static final String[] TAGS = {"A", "B", "C", "Aa", "BB"};
    private static final String[] KEYS = {"order-1", "order-2", "order-3", "user-7", "k"};

    private Generated(long seed) {
        super(seed);
    }

    /** @return group → cases */
    static Map<String, List<Script.Case>> all() throws IOException {
        Map<String, List<Script.Case>> groups = new LinkedHashMap<>();
        add(groups, "generated-allocate", 24, 1_000, Generated::new, Generated::allocate);
        add(groups, "generated-filters", 14, 2_000, Generated::new, Generated::filters);
        add(groups, "generated-groups", 12, 3_000, Generated::new, Generated::groups);
        add(groups, "generated-offsets", 12, 4_000, Generated::new, Generated::offsets);
        add(groups, "generated-retries", 12, 5_000, Generated::new, Generated::retries);
        add(groups, "generated-sql", 20, 6_000, Generated::new, Generated::sql);
        add(groups, "generated-transactions", 12, 7_000, Generated::new, Generated::transactions);
        return groups;
    }

    /** One strategy, members that come and go, one call for each state of the group. */
    private void allocate() {
        String strategy = one("AVG", "AVG_BY_CIRCLE", "CONSISTENT_HASH", "MACHINE_ROOM", "MACHINE_ROOM_NEARBY");
        boolean hasRooms = strategy.startsWith("MACHINE_ROOM");
        TreeSet<String> clients = new TreeSet<>();
        int born = 0;
        for (int state = 0, count = 3 + below(3); state < count; state++) {
            if (state == 0 || chance(60) || clients.size() == 1) clients.add((hasRooms ? one("r1", "r2", "r3") + "-" : "") + "c" + born++);
            else clients.remove(new ArrayList<>(clients).get(below(clients.size())));
            ObjectNode step = Script.JSON.createObjectNode().put("op", "allocate").put("strategy", strategy).put("topic", one("t", "orders", "TopicA"));
            ObjectNode brokers = step.putObject("brokers");
            for (String broker : hasRooms ? List.of("r1@a", "r2@a", "r3@a") : List.of("a", "b")) {
                if (brokers.isEmpty() || chance(60)) brokers.put(broker, 1 + below(7));
            }
            ArrayNode list = step.putArray("clients");
            clients.forEach(list::add);
            if (strategy.equals("MACHINE_ROOM")) {
                ArrayNode rooms = step.putArray("rooms");
                rooms.add("r1");
                if (chance(50)) rooms.add("r3");
            }
            steps.add(step);
        }
    }

    private String condition(int depth) {
        if (depth > 0 && chance(55)) {
            return switch (below(4)) {
                case 0 -> condition(depth - 1) + " AND " + condition(depth - 1);
                case 1 -> condition(depth - 1) + " OR " + condition(depth - 1);
                case 2 -> "(" + condition(depth - 1) + ")";
                default -> "NOT (" + condition(depth - 1) + ")";
            };
        }
        return switch (below(7)) {
            case 0 -> one("a", "b") + " BETWEEN " + below(3) + " AND " + (3 + below(4));
            case 1 -> "c " + one("IN", "NOT IN") + " ('x', '" + one("y", "z") + "')";
            case 2 -> one("a", "b", "c", "TAGS") + one(" IS NULL", " IS NOT NULL");
            case 3 -> "c " + one("=", "<>") + " '" + one("x", "y") + "'";
            case 4 -> "TAGS = '" + one("A", "B") + "'";
            default -> one("a", "b") + " " + one("=", "<>", "<", "<=", ">", ">=") + " " + one("0", "3", "5", "-1", "2");
        };
    }

    private ObjectNode properties() {
        ObjectNode properties = Script.JSON.createObjectNode();
        if (chance(75)) properties.put("a", Integer.toString(below(8) - 1));
        if (chance(60)) properties.put("b", Integer.toString(below(8) - 1));
        if (chance(60)) properties.put("c", one("x", "y", "z"));
        return properties;
    }

    /** Conditions out of every kind of part, for messages with some of the properties. */
    private void sql() {
        for (int count = 0; count < 4; count++) {
            ObjectNode step = Script.JSON.createObjectNode().put("op", "filter.sql").put("sql", condition(3));
            ArrayNode messages = step.putArray("messages");
            for (int message = 0; message < 6; message++) {
                ObjectNode properties = properties();
                if (chance(60)) properties.put("TAGS", one("A", "B", "C"));
                messages.add(properties);
            }
            steps.add(step);
        }
    }

    /** Messages with tags and properties; pulls with conditions of both kinds. */
    private void filters() throws IOException {
        int queues = 1 + below(2);
        step("topic.create topic=t queues=" + queues);
        for (int count = 6 + below(6); sent() < count; ) {
            ObjectNode step = Script.step("send topic=t id=" + id());
            if (chance(80)) step.put("tag", one(TAGS));
            ObjectNode properties = properties();
            if (!properties.isEmpty()) step.set("properties", properties);
            steps.add(step);
        }
        for (int count = 0; count < 8; count++) {
            ObjectNode step = Script.step("pull queue=t-" + below(queues) + " offset=" + below(4) + " max=" + (1 + below(5)));
            if (chance(50)) step.put("sql", condition(2));
            else step.put("tags", chance(20) ? "*" : chance(50) ? one(TAGS) : one(TAGS) + " || " + one(TAGS));
            steps.add(step);
        }
    }

    /** A group whose members come and go, while messages are sent in turn or by key. */
    private void groups() throws IOException {
        step("topic.create topic=t queues=" + (1 + below(5)));
        String strategy = one("AVG", "AVG_BY_CIRCLE");
        String listener = one("concurrently", "orderly");
        List<String> running = new ArrayList<>();
        List<String> free = new ArrayList<>(List.of("a", "b", "c", "d"));
        for (int turn = 0; turn < 8; turn++) {
            if (running.isEmpty() || chance(35) && !free.isEmpty()) {
                String name = free.remove(below(free.size()));
                running.add(name);
                step("consumer.start consumer=" + name + " listener=" + listener + " strategy=" + strategy);
            } else if (chance(20)) {
                String name = running.remove(below(running.size()));
                free.add(name);
                step("consumer.shutdown consumer=" + name);
            } else {
                for (int count = 1 + below(3); count > 0; count--) step("send topic=t id=" + id() + (chance(40) ? " hash=" + one(KEYS) : ""));
            }
            if (chance(30)) step("allocation");
        }
        step("allocation");
        step("offset.query group=g topic=t");
    }

    /** Offsets moved by a consumer that comes and goes, by the administrator, by a reader of its own. */
    private void offsets() throws IOException {
        step("topic.create topic=t");
        step("group.create group=g");
        boolean isRunning = false;
        for (int turn = 0; turn < 12; turn++) {
            int draw = below(100);
            if (draw < 40) step("send topic=t id=" + id());
            else if (draw < 60) {
                step(isRunning ? "consumer.shutdown" : "consumer.start from=" + one("CONSUME_FROM_LAST_OFFSET", "CONSUME_FROM_FIRST_OFFSET"));
                isRunning = !isRunning;
            } else if (draw < 75 && !isRunning) step("offset.update group=g queue=t-0 offset=" + below(sent() + 1));
            else if (draw < 85) step("pull consumer=r group=h queue=t-0 offset=" + below(sent() + 2) + " max=" + (1 + below(3)));
            else step("offset.query group=g topic=t");
        }
        step("offset.query group=g topic=t");
    }

    /** Batches of messages of which some fail, some of them until they are dead. One thread, so that they fail in order. */
    private void retries() throws IOException {
        step("topic.create topic=t");
        int limit = 1 + below(3);
        ObjectNode start = Script.step("consumer.start threads=1 maxReconsumeTimes=" + limit);
        ObjectNode answers = start.putObject("answers");
        int all = 4 + below(5);
        for (int message = 1; message <= all; message++) {
            ArrayNode list = answers.putArray("m" + message);
            for (int time = below(4); time > 0; time--) list.add(chance(80) ? "RECONSUME_LATER" : one("throw", "null"));
            if (list.isEmpty() || chance(70)) {
                if (chance(15)) list.addObject().put("status", "RECONSUME_LATER").put("delayLevel", -1);
                else list.add("CONSUME_SUCCESS");
            }
        }
        steps.add(start);
        while (sent() < all) {
            ObjectNode batch = Script.step("send.batch topic=t");
            ArrayNode messages = batch.putArray("messages");
            for (int count = 1 + below(4); count > 0 && sent() < all; count--) messages.addObject().put("id", id());
            steps.add(batch);
            step("wait ms=9500");
        }
        step("offset.query group=g topic=t");
    }

    /** Transactions with every ending; the broker asks after six seconds, when all of them have been sent. */
    private void transactions() throws IOException {
        // A broker of its own: what others leave undecided changes when it asks.
        step("cluster.start brokers=[{\"name\":\"a\"}]");
        step("topic.create topic=t queues=" + (1 + below(2)));
        for (int count = 3 + below(4); sent() < count; ) {
            if (chance(20)) {
                step("send producer=q topic=t queue=t-0 id=" + id());
                continue;
            }
            ObjectNode step = Script.step("send.transaction topic=t id=" + id());
            String local = chance(40) ? "UNKNOW" : one("COMMIT_MESSAGE", "ROLLBACK_MESSAGE", "throw");
            step.put("local", local);
            if (local.equals("UNKNOW") || local.equals("throw")) {
                ArrayNode checks = step.putArray("onCheck");
                for (int unknown = below(3); unknown > 0; unknown--) checks.add("UNKNOW");
                checks.add(chance(15) ? "UNKNOW" : one("COMMIT_MESSAGE", "ROLLBACK_MESSAGE"));
            }
            steps.add(step);
        }
        step("queue.stat topic=t");
        step("wait ms=16000");
        step("pull queue=t-0 offset=0");
    }
}
