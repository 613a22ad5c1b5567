package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.MQClientManager;
import org.apache.rocketmq.client.impl.consumer.ProcessQueue;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;

/** Push consumers, what their listeners are given and what they answer. */
final class ConsumerSteps {
    private static final long SETTLE_MS = 12_000;
    private static final long STABLE_MS = 1_500;

    /** One push consumer of the case. */
    private final class Member {
        final String name;
        final String group;
        final DefaultMQPushConsumer client;
        final boolean isOrderly;
        final boolean isBroadcast;
        /** The listener waits for a step `result`. */
        final boolean holds;
        /** Offsets are stored before every step, as they are every five seconds. */
        final boolean persists;
        /** Message → what the listener answers, one after another; the last one from then on. */
        final Map<String, List<JsonNode>> answers = new HashMap<>();
        final Map<String, Integer> answered = new ConcurrentHashMap<>();
        final Map<String, CompletableFuture<JsonNode>> held = new ConcurrentHashMap<>();
        volatile boolean isGone;

        Member(String name, JsonNode step) {
            this.name = name;
            group = Fields.text(step, "group", "g");
            isOrderly = Fields.text(step, "listener", "concurrently").equals("orderly");
            isBroadcast = Fields.text(step, "model", "CLUSTERING").equals("BROADCASTING");
            holds = step.has("hold") && step.get("hold").asBoolean();
            persists = !step.has("persist") || step.get("persist").asBoolean();
            if (step.has("answers")) step.get("answers").properties().forEach(entry -> {
                List<JsonNode> list = new ArrayList<>();
                entry.getValue().forEach(list::add);
                answers.put(entry.getKey(), list);
            });
            client = new DefaultMQPushConsumer(run.real(group));
            client.setNamesrvAddr(run.site.cluster.namesrv());
            client.setInstanceName(run.real(name));
            client.setClientIP("127.0.0.1");
            client.setPollNameServerInterval(1_000);
            // Stored by the recorder at moments that are the same each time.
            client.setPersistConsumerOffsetInterval(3_600_000);
            client.setMessageModel(isBroadcast ? MessageModel.BROADCASTING : MessageModel.CLUSTERING);
            client.setConsumeFromWhere(ConsumeFromWhere.valueOf(Fields.text(step, "from", "CONSUME_FROM_LAST_OFFSET")));
            if (step.has("fromMark")) {
                client.setConsumeTimestamp(org.apache.rocketmq.common.UtilAll.timeMillisToHumanString3(run.marks.get(step.get("fromMark").asText())));
            }
            if (step.has("fromAgeMs")) {
                client.setConsumeTimestamp(org.apache.rocketmq.common.UtilAll.timeMillisToHumanString3(System.currentTimeMillis() - step.get("fromAgeMs").asLong()));
            }
            if (step.has("strategy")) client.setAllocateMessageQueueStrategy(PureSteps.strategy(step));
            client.setMaxReconsumeTimes(Fields.number(step, "maxReconsumeTimes", -1));
            client.setConsumeMessageBatchMaxSize(Fields.number(step, "batch", 1));
            if (step.has("suspendMs")) client.setSuspendCurrentQueueTimeMillis(step.get("suspendMs").asLong());
            if (step.has("pullBatchSize")) client.setPullBatchSize(step.get("pullBatchSize").asInt());
            if (step.has("pullThresholdForQueue")) client.setPullThresholdForQueue(step.get("pullThresholdForQueue").asInt());
            if (step.has("consumeConcurrentlyMaxSpan")) client.setConsumeConcurrentlyMaxSpan(step.get("consumeConcurrentlyMaxSpan").asInt());
            if (step.has("threads")) {
                client.setConsumeThreadMin(step.get("threads").asInt());
                client.setConsumeThreadMax(step.get("threads").asInt());
            }
            if (isOrderly) client.registerMessageListener((MessageListenerOrderly) this::orderly);
            else client.registerMessageListener((MessageListenerConcurrently) this::concurrently);
        }

        void subscribe(String topic, JsonNode expression) throws MQClientException {
            if (expression.isObject()) client.subscribe(run.real(topic), MessageSelector.bySql(expression.get("sql").asText()));
            else client.subscribe(run.real(topic), expression.asText());
        }

        private ConsumeConcurrentlyStatus concurrently(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
            JsonNode answer = consume(messages, context.getMessageQueue());
            if (answer.has("delayLevel")) context.setDelayLevelWhenNextConsume(answer.get("delayLevel").asInt());
            if (answer.has("ackIndex")) context.setAckIndex(answer.get("ackIndex").asInt());
            String status = Fields.text(answer, "status", "CONSUME_SUCCESS");
            if (status.equals("throw")) throw new IllegalStateException("as the case says");
            return status.equals("null") ? null : ConsumeConcurrentlyStatus.valueOf(status);
        }

        private ConsumeOrderlyStatus orderly(List<MessageExt> messages, ConsumeOrderlyContext context) {
            JsonNode answer = consume(messages, context.getMessageQueue());
            if (answer.has("suspendMs")) context.setSuspendCurrentQueueTimeMillis(answer.get("suspendMs").asLong());
            String status = Fields.text(answer, "status", "SUCCESS");
            if (status.equals("throw")) throw new IllegalStateException("as the case says");
            return status.equals("null") ? null : ConsumeOrderlyStatus.valueOf(status);
        }

        private JsonNode consume(List<MessageExt> messages, MessageQueue queue) {
            if (isGone) return forever();
            for (MessageExt message : messages) {
                ObjectNode event = Script.JSON.createObjectNode().put("event", "message").put("consumer", name).put("queue", run.own(queue))
                    .put("offset", message.getQueueOffset()).put("id", message.getKeys());
                if (message.getTags() != null) event.put("tag", message.getTags());
                if (message.getReconsumeTimes() > 0) event.put("times", message.getReconsumeTimes());
                if (!message.getTopic().equals(queue.getTopic())) event.put("topic", run.own(message.getTopic()));
                // How what comes back is put together again is left to chance.
                if (messages.size() > 1 && !queue.getTopic().startsWith("%RETRY%")) event.put("batch", messages.size());
                if (isOrderly) event.put("orderly", true);
                run.event(event);
            }
            String id = messages.get(0).getKeys();
            if (!holds) return answer(id);
            CompletableFuture<JsonNode> result = new CompletableFuture<>();
            held.put(id, result);
            JsonNode answer = result.join();
            return isGone ? forever() : answer;
        }

        private JsonNode answer(String id) {
            List<JsonNode> list = answers.containsKey(id) ? answers.get(id) : answers.get("*");
            if (list == null) return Script.JSON.createObjectNode();
            int time = answered.merge(id, 1, Integer::sum);
            JsonNode answer = list.get(Math.min(time, list.size()) - 1);
            return answer.isTextual() ? Script.JSON.createObjectNode().put("status", answer.asText()) : answer;
        }

        /** The listener of a process that is no more says nothing. */
        private JsonNode forever() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return Script.JSON.createObjectNode().put("status", isOrderly ? "SUSPEND_CURRENT_QUEUE_A_MOMENT" : "RECONSUME_LATER");
        }

        Map<MessageQueue, ProcessQueue> queues() {
            return client.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable();
        }

        /** The queues that it reads. @param all also those of the retry topic */
        Set<MessageQueue> allocated(boolean all) {
            Set<MessageQueue> queues = new HashSet<>();
            this.queues().forEach((queue, state) -> {
                if (!state.isDropped() && (all || !queue.getTopic().startsWith("%RETRY%"))) queues.add(queue);
            });
            return queues;
        }
    }

    private final CaseRun run;
    private final Map<String, Member> members = new TreeMap<>();
    private final List<Member> crashed = new ArrayList<>();

    ConsumerSteps(CaseRun run) {
        this.run = run;
    }

    boolean isAnyLive() {
        return !members.isEmpty();
    }

    boolean perform(String op, ObjectNode step) throws Exception {
        String name = Fields.text(step, "consumer", "c");
        switch (op) {
            case "consumer.start" -> start(name, step);
            case "consumer.shutdown" -> {
                Member member = members.remove(name);
                member.isGone = member.holds;
                member.client.shutdown();
                settle(member.group);
            }
            case "consumer.crash" -> {
                Member member = members.remove(name);
                crashed.add(member);
                member.isGone = true;
                // Its connections close; nothing is said and nothing stored.
                member.client.getDefaultMQPushConsumerImpl().getmQClientFactory().getMQClientAPIImpl().shutdown();
                MQClientManager.getInstance().removeClientFactory(member.client.buildMQClientId());
                settle(member.group);
            }
            case "group.settle" -> settle(Fields.text(step, "group", "g"));
            case "allocation" -> {
                for (Member member : members.values()) {
                    if (!member.group.equals(Fields.text(step, "group", "g"))) continue;
                    run.event("allocation").put("consumer", member.name).set("queues", run.names(member.allocated(step.has("retry"))));
                }
            }
            case "result" -> {
                CompletableFuture<JsonNode> held = members.get(name).held.remove(step.get("id").asText());
                if (held == null) throw new IllegalStateException("nothing is held");
                held.complete(step);
            }
            case "persist" -> members.get(name).client.getDefaultMQPushConsumerImpl().persistConsumerOffset();
            case "consumer.suspend" -> members.get(name).client.suspend();
            case "consumer.resume" -> {
                members.get(name).client.resume();
                // It looks again once a second.
                Thread.sleep(1_500);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether a listener that works by itself has not finished, or its answer is still on its way. */
    boolean isBusy() {
        for (Member member : members.values()) {
            if (member.holds || member.isOrderly) continue;
            for (ProcessQueue queue : member.queues().values()) {
                if (!queue.isDropped() && queue.getMsgCount().get() > 0) return true;
            }
        }
        return false;
    }

    /** Before every step the offsets of those that are still there are stored, as if it were time for that. */
    void persist() {
        for (Member member : members.values()) {
            if (member.persists) member.client.getDefaultMQPushConsumerImpl().persistConsumerOffset();
        }
    }

    private void start(String name, ObjectNode step) throws Exception {
        Member member = new Member(name, step);
        run.groups.add(member.group);
        try {
            JsonNode subscription = step.has("subscription") ? step.get("subscription") : Script.JSON.readTree("{\"t\":\"*\"}");
            for (var entry : subscription.properties()) member.subscribe(entry.getKey(), entry.getValue());
            members.put(name, member);
            member.client.start();
            settle(member.group);
        } catch (MQClientException refused) {
            members.remove(name);
            run.error("consumer", name, refused);
        }
    }

    /** Waits until the members of a group share its queues out and have done so for a while. */
    private void settle(String group) throws InterruptedException {
        List<Member> clustering = members.values().stream().filter(member -> member.group.equals(group)).toList();
        if (clustering.isEmpty()) return;
        long deadline = System.currentTimeMillis() + SETTLE_MS;
        Map<String, Set<MessageQueue>> last = new LinkedHashMap<>();
        long since = System.currentTimeMillis();
        while (System.currentTimeMillis() < deadline) {
            Map<String, Set<MessageQueue>> now = new LinkedHashMap<>();
            clustering.forEach(member -> now.put(member.name, member.allocated(true)));
            if (!now.equals(last)) {
                last = now;
                since = System.currentTimeMillis();
            }
            long stable = System.currentTimeMillis() - since;
            if (stable > STABLE_MS && (isComplete(clustering, now) || stable > 5_000)) return;
            Thread.sleep(50);
        }
        throw new IllegalStateException("the group does not settle: " + last);
    }

    private boolean isComplete(List<Member> clustering, Map<String, Set<MessageQueue>> now) {
        Set<MessageQueue> wanted = new HashSet<>();
        Set<MessageQueue> had = new HashSet<>();
        int count = 0;
        for (Member member : clustering) {
            var rebalance = member.client.getDefaultMQPushConsumerImpl().getRebalanceImpl();
            for (String topic : rebalance.getSubscriptionInner().keySet()) {
                Set<MessageQueue> known = rebalance.getTopicSubscribeInfoTable().get(topic);
                if (known == null || known.isEmpty()) return false;
                if (member.isBroadcast && !now.get(member.name).containsAll(known)) return false;
                wanted.addAll(known);
            }
            had.addAll(now.get(member.name));
            count += now.get(member.name).size();
        }
        return had.equals(wanted) && (clustering.get(0).isBroadcast || count == had.size());
    }

    void close() {
        crashed.addAll(members.values());
        for (Member member : crashed) {
            member.isGone = true;
            member.held.values().forEach(held -> held.complete(Script.JSON.createObjectNode()));
            try {
                member.client.shutdown();
            } catch (RuntimeException gone) {
                // It was gone before.
            }
        }
    }
}
