package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.broker.filter.ExpressionMessageFilter;
import org.apache.rocketmq.client.consumer.AllocateMessageQueueStrategy;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMachineRoomNearby;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragelyByCircle;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueByConfig;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueByMachineRoom;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueConsistentHash;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.remoting.protocol.filter.FilterAPI;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.filter.FilterFactory;
import org.apache.rocketmq.filter.expression.EvaluationContext;
import org.apache.rocketmq.filter.expression.Expression;
import org.apache.rocketmq.filter.expression.MQFilterException;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;

/** Steps that ask RocketMQ's own classes and need no broker. */
final class PureSteps {
    private PureSteps() {}

    static boolean isPure(String op) {
        return List.of("hash.select", "hash.jump", "allocate", "filter.sql", "filter.tags").contains(op);
    }

    static boolean perform(CaseRun run, String op, JsonNode step) throws Exception {
        switch (op) {
            case "hash.select" -> select(run, step);
            case "hash.jump" -> jump(run, step);
            case "allocate" -> allocate(run, step);
            case "filter.sql" -> sql(run, step);
            case "filter.tags" -> tags(run, step);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What SelectMessageQueueByHash picks out of so many queues. */
    private static void select(CaseRun run, JsonNode step) {
        for (JsonNode value : step.get("values")) {
            Object argument = value.isTextual() ? value.asText() : value.canConvertToInt() ? (Object) value.asInt() : (Object) value.asLong();
            ObjectNode event = run.event("hash");
            event.set("value", value);
            event.put("hash", argument.hashCode());
            ArrayNode queues = event.putArray("queues");
            for (JsonNode count : step.get("queues")) {
                List<MessageQueue> list = new ArrayList<>();
                for (int id = 0; id < count.asInt(); id++) list.add(new MessageQueue("t", "a", id));
                queues.add(new SelectMessageQueueByHash().select(list, null, argument).getQueueId());
            }
        }
    }

    /** The queue of a message group of the newer protocol. */
    private static void jump(CaseRun run, JsonNode step) {
        for (JsonNode value : step.get("values")) {
            ObjectNode event = run.event("hash").put("value", value.asText()).put("hash", value.asText().hashCode());
            ArrayNode queues = event.putArray("queues");
            for (JsonNode count : step.get("queues")) queues.add(Hashing.consistentHash(value.asText().hashCode(), count.asInt()));
        }
    }

    /** @param step names the strategy and what it needs; a machine room is what stands before the @ of a broker's name, before the - of a client's id */
    static AllocateMessageQueueStrategy strategy(JsonNode step) {
        return strategy(step.get("strategy").asText(), step);
    }

    private static AllocateMessageQueueStrategy strategy(String name, JsonNode step) {
        switch (name) {
            case "AVG":
                return new AllocateMessageQueueAveragely();
            case "AVG_BY_CIRCLE":
                return new AllocateMessageQueueAveragelyByCircle();
            case "CONSISTENT_HASH":
                return new AllocateMessageQueueConsistentHash(Fields.number(step, "points", 10));
            case "CONFIG": {
                AllocateMessageQueueByConfig strategy = new AllocateMessageQueueByConfig();
                strategy.setMessageQueueList(queues(step.get("list")));
                return strategy;
            }
            case "MACHINE_ROOM": {
                AllocateMessageQueueByMachineRoom strategy = new AllocateMessageQueueByMachineRoom();
                Set<String> rooms = new HashSet<>();
                step.get("rooms").forEach(room -> rooms.add(room.asText()));
                strategy.setConsumeridcs(rooms);
                return strategy;
            }
            case "MACHINE_ROOM_NEARBY":
                return new AllocateMachineRoomNearby(strategy(Fields.text(step, "within", "AVG"), step), new AllocateMachineRoomNearby.MachineRoomResolver() {
                    @Override
                    public String brokerDeployIn(MessageQueue queue) {
                        return queue.getBrokerName().split("@")[0];
                    }

                    @Override
                    public String consumerDeployIn(String clientId) {
                        return clientId.split("-")[0];
                    }
                });
            default:
                throw new IllegalArgumentException("no strategy " + name);
        }
    }

    /** @param names topic-number, or broker/topic-number */
    private static List<MessageQueue> queues(JsonNode names) {
        List<MessageQueue> queues = new ArrayList<>();
        for (JsonNode node : names) {
            String name = node.asText();
            int slash = name.indexOf('/');
            int dash = name.lastIndexOf('-');
            queues.add(new MessageQueue(name.substring(slash + 1, dash), slash < 0 ? "a" : name.substring(0, slash), Integer.parseInt(name.substring(dash + 1))));
        }
        return queues;
    }

    private static String name(MessageQueue queue, boolean withBroker) {
        return (withBroker ? queue.getBrokerName() + "/" : "") + queue.getTopic() + "-" + queue.getQueueId();
    }

    /** As every client does: sorts the queues and the clients' ids, then asks the strategy for itself. */
    private static void allocate(CaseRun run, JsonNode step) {
        AllocateMessageQueueStrategy strategy = strategy(step);
        Map<String, Integer> brokers = new java.util.TreeMap<>();
        step.get("brokers").properties().forEach(entry -> brokers.put(entry.getKey(), entry.getValue().asInt()));
        List<MessageQueue> all = new ArrayList<>();
        brokers.forEach((broker, count) -> {
            for (int id = 0; id < count; id++) all.add(new MessageQueue(Fields.text(step, "topic", "t"), broker, id));
        });
        Collections.sort(all);
        List<String> clients = new ArrayList<>();
        step.get("clients").forEach(client -> clients.add(client.asText()));
        Collections.sort(clients);
        for (String client : clients) {
            List<MessageQueue> queues;
            try {
                queues = strategy.allocate("g", client, all, clients);
            } catch (RuntimeException refused) {
                run.event("error").put("consumer", client).put("name", refused.getClass().getSimpleName());
                continue;
            }
            ArrayNode names = run.event("allocation").put("consumer", client).putArray("queues");
            if (queues != null) queues.forEach(queue -> names.add(name(queue, true)));
        }
    }

    /** Compiles the expression and evaluates it for each set of properties. */
    private static void sql(CaseRun run, JsonNode step) {
        Expression expression;
        try {
            expression = FilterFactory.INSTANCE.get("SQL92").compile(step.get("sql").asText());
        } catch (MQFilterException | RuntimeException refused) {
            run.event("refused");
            return;
        }
        for (JsonNode one : step.get("messages")) {
            Map<String, String> properties = new HashMap<>();
            one.properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
            ObjectNode event = run.event("evaluated");
            try {
                Object value = expression.evaluate(new EvaluationContext() {
                    @Override
                    public Object get(String name) {
                        return properties.get(name);
                    }

                    @Override
                    public Map<String, Object> keyValues() {
                        return new HashMap<>(properties);
                    }
                });
                if (value == null) event.putNull("value");
                else if (value instanceof Boolean truth) event.put("value", truth);
                else event.put("value", "no boolean");
            } catch (Exception | Error wrong) {
                event.put("value", "error");
            }
        }
    }

    /** The tags and hashes of a subscription; then, for each tag: its hash and whether the broker lets it pass. */
    private static void tags(CaseRun run, JsonNode step) throws Exception {
        SubscriptionData data;
        try {
            data = FilterAPI.buildSubscriptionData("t", step.get("tags").asText());
        } catch (Exception refused) {
            run.event("refused");
            return;
        }
        ObjectNode subscription = run.event("subscription");
        ArrayNode tags = subscription.putArray("tags");
        data.getTagsSet().stream().sorted().forEach(tags::add);
        ArrayNode hashes = subscription.putArray("hashes");
        data.getCodeSet().stream().sorted().forEach(hashes::add);
        if (!step.has("messages")) return;
        for (JsonNode tag : step.get("messages")) {
            long code = org.apache.rocketmq.common.message.MessageExtBrokerInner.tagsString2tagsCode(null, tag.isNull() ? null : tag.asText());
            // The broker's own filter; the client compares the texts of what it lets pass.
            boolean passes = new ExpressionMessageFilter(data, null, null).isMatchedByConsumeQueue(code, null);
            ObjectNode event = run.event("tag");
            event.set("tag", tag);
            event.put("hash", code).put("passes", passes);
        }
    }
}
