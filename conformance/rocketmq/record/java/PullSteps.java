package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.AckCallback;
import org.apache.rocketmq.client.consumer.AckResult;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.PopCallback;
import org.apache.rocketmq.client.consumer.PopResult;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.constant.ConsumeInitMode;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.header.AckMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.ChangeInvisibleTimeRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.ExtraInfoUtil;
import org.apache.rocketmq.remoting.protocol.header.PopMessageRequestHeader;

/** Consumers that ask: pull (a queue, an offset) and pop (the broker chooses, and hides what it gave for a while). */
final class PullSteps {
    private static final long CALL_MS = 10_000;

    private final CaseRun run;
    private final Map<String, DefaultMQPullConsumer> pullers = new TreeMap<>();
    /** consumer and message → the handles that it was given, oldest first. */
    private final Map<String, List<MessageExt>> handles = new HashMap<>();

    PullSteps(CaseRun run) {
        this.run = run;
    }

    boolean perform(String op, ObjectNode step) throws Exception {
        String name = Fields.text(step, "consumer", "c");
        try {
            switch (op) {
                case "pull" -> pull(name, step);
                case "pull.commit" -> {
                    MessageQueue queue = run.queue(step.get("queue").asText());
                    ready(name, step, queue).getOffsetStore().updateConsumeOffsetToBroker(queue, step.get("offset").asLong(), false);
                }
                case "pop" -> pop(name, step);
                case "pop.ack" -> ack(name, step);
                case "pop.change" -> change(name, step);
                default -> {
                    return false;
                }
            }
        } catch (MQClientException | MQBrokerException | RemotingException refused) {
            run.error("consumer", name, refused);
        }
        return true;
    }

    private DefaultMQPullConsumer puller(String name, JsonNode step) throws MQClientException {
        DefaultMQPullConsumer known = pullers.get(name);
        if (known != null) return known;
        String group = Fields.text(step, "group", "g");
        run.groups.add(group);
        DefaultMQPullConsumer puller = new DefaultMQPullConsumer(run.real(group));
        puller.setNamesrvAddr(run.site.cluster.namesrv());
        puller.setInstanceName(run.real(name));
        puller.setClientIP("127.0.0.1");
        puller.setPollNameServerInterval(1_000);
        puller.setPersistConsumerOffsetInterval(3_600_000);
        puller.start();
        pullers.put(name, puller);
        return puller;
    }

    /** The consumer when it knows the queue's broker, and what that broker can do. */
    private DefaultMQPullConsumer ready(String name, JsonNode step, MessageQueue queue) throws MQClientException {
        DefaultMQPullConsumer puller = puller(name, step);
        var factory = puller.getDefaultMQPullConsumerImpl().getRebalanceImpl().getmQClientFactory();
        factory.updateTopicRouteInfoFromNameServer(queue.getTopic());
        factory.sendHeartbeatToAllBrokerWithLock();
        return puller;
    }

    private void pull(String name, ObjectNode step) throws Exception {
        MessageQueue queue = run.queue(step.get("queue").asText());
        int max = Fields.number(step, "max", 32);
        DefaultMQPullConsumer puller = ready(name, step, queue);
        PullResult result = step.has("sql")
            ? puller.pull(queue, MessageSelector.bySql(step.get("sql").asText()), step.get("offset").asLong(), max)
            : puller.pull(queue, Fields.text(step, "tags", "*"), step.get("offset").asLong(), max);
        ObjectNode event = run.event("pulled").put("consumer", name).put("queue", run.own(queue)).put("status", result.getPullStatus().name())
            .put("next", result.getNextBeginOffset()).put("min", result.getMinOffset()).put("max", result.getMaxOffset());
        ArrayNode messages = event.putArray("messages");
        if (result.getMsgFoundList() != null) {
            result.getMsgFoundList().forEach(message -> messages.addArray().add(message.getQueueOffset()).add(message.getKeys()));
        }
    }

    private void pop(String name, ObjectNode step) throws Exception {
        String group = Fields.text(step, "group", "g");
        run.groups.add(group);
        PopMessageRequestHeader header = new PopMessageRequestHeader();
        header.setConsumerGroup(run.real(group));
        String topic = Fields.text(step, "topic", "t");
        header.setTopic(run.real(topic));
        header.setQueueId(Fields.number(step, "queue", -1));
        header.setMaxMsgNums(Fields.number(step, "max", 32));
        header.setInvisibleTime(Fields.number(step, "invisibleMs", 60_000));
        header.setInitMode(Fields.text(step, "from", "FIRST").equals("FIRST") ? ConsumeInitMode.MIN : ConsumeInitMode.MAX);
        header.setPollTime(0);
        header.setBornTime(System.currentTimeMillis());
        header.setOrder(step.has("order"));
        if (step.has("tags")) {
            header.setExpType("TAG");
            header.setExp(step.get("tags").asText());
        } else if (step.has("sql")) {
            header.setExpType("SQL92");
            header.setExp(step.get("sql").asText());
        }
        CompletableFuture<PopResult> done = new CompletableFuture<>();
        run.site.calls().popMessageAsync("a", run.site.cluster.address("a"), header, CALL_MS, new PopCallback() {
            @Override
            public void onSuccess(PopResult result) {
                done.complete(result);
            }

            @Override
            public void onException(Throwable error) {
                done.completeExceptionally(error);
            }
        });
        PopResult result;
        try {
            result = done.get(CALL_MS, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException refused) {
            run.error("consumer", name, refused);
            return;
        }
        run.event("popped").put("consumer", name).put("status", result.getPopStatus().name());
        if (result.getMsgFoundList() == null) return;
        for (MessageExt message : result.getMsgFoundList()) {
            String[] handle = ExtraInfoUtil.split(message.getProperty(MessageConst.PROPERTY_POP_CK));
            String real = ExtraInfoUtil.getRealTopic(handle, run.real(topic), run.real(group));
            MessageQueue queue = new MessageQueue(real, "a", ExtraInfoUtil.getQueueId(handle));
            ObjectNode event = run.event("message").put("consumer", name).put("queue", run.own(queue)).put("offset", message.getQueueOffset()).put("id", message.getKeys());
            if (message.getTags() != null) event.put("tag", message.getTags());
            if (message.getReconsumeTimes() > 0) event.put("times", message.getReconsumeTimes());
            handles.computeIfAbsent(name + " " + message.getKeys(), key -> new ArrayList<>()).add(message);
        }
    }

    /** The handle that a step names: the last one for this message, or, with `handle`, that one, counted from 0. */
    private MessageExt handle(String name, ObjectNode step) {
        List<MessageExt> all = handles.get(name + " " + step.get("id").asText());
        return all.get(Fields.number(step, "handle", all.size() - 1));
    }

    private void ack(String name, ObjectNode step) throws Exception {
        MessageExt message = handle(name, step);
        String info = message.getProperty(MessageConst.PROPERTY_POP_CK);
        String[] parts = ExtraInfoUtil.split(info);
        AckMessageRequestHeader header = new AckMessageRequestHeader();
        String group = run.real(Fields.text(step, "group", "g"));
        header.setTopic(ExtraInfoUtil.getRealTopic(parts, run.real(Fields.text(step, "topic", "t")), group));
        header.setQueueId(ExtraInfoUtil.getQueueId(parts));
        header.setOffset(ExtraInfoUtil.getQueueOffset(parts));
        header.setConsumerGroup(group);
        header.setExtraInfo(info);
        Answer answer = new Answer();
        run.site.calls().ackMessageAsync(run.site.cluster.address("a"), CALL_MS, answer, header);
        answer.tell(name, step);
    }

    private void change(String name, ObjectNode step) throws Exception {
        MessageExt message = handle(name, step);
        String info = message.getProperty(MessageConst.PROPERTY_POP_CK);
        String[] parts = ExtraInfoUtil.split(info);
        String group = run.real(Fields.text(step, "group", "g"));
        ChangeInvisibleTimeRequestHeader header = new ChangeInvisibleTimeRequestHeader();
        header.setTopic(ExtraInfoUtil.getRealTopic(parts, run.real(Fields.text(step, "topic", "t")), group));
        header.setQueueId(ExtraInfoUtil.getQueueId(parts));
        header.setOffset(ExtraInfoUtil.getQueueOffset(parts));
        header.setConsumerGroup(group);
        header.setExtraInfo(info);
        header.setInvisibleTime(step.get("ms").asLong());
        Answer answer = new Answer();
        run.site.calls().changeInvisibleTimeAsync("a", run.site.cluster.address("a"), header, CALL_MS, answer);
        AckResult result = answer.tell(name, step);
        if (result != null && result.getExtraInfo() != null) {
            MessageExt renewed = new MessageExt();
            org.apache.rocketmq.common.message.MessageAccessor.putProperty(renewed, MessageConst.PROPERTY_POP_CK, result.getExtraInfo());
            handles.get(name + " " + step.get("id").asText()).add(renewed);
        }
    }

    private final class Answer implements AckCallback {
        private final CompletableFuture<AckResult> done = new CompletableFuture<>();

        @Override
        public void onSuccess(AckResult result) {
            done.complete(result);
        }

        @Override
        public void onException(Throwable error) {
            done.completeExceptionally(error);
        }

        AckResult tell(String name, ObjectNode step) throws Exception {
            try {
                AckResult result = done.get(CALL_MS, TimeUnit.MILLISECONDS);
                run.event("acked").put("consumer", name).put("id", step.get("id").asText()).put("status", result.getStatus().name());
                return result;
            } catch (java.util.concurrent.ExecutionException refused) {
                run.error("consumer", name, refused);
                return null;
            }
        }
    }

    void close() {
        for (DefaultMQPullConsumer puller : pullers.values()) puller.shutdown();
    }
}
