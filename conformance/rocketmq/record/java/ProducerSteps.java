package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.common.ThreadLocalIndex;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.producer.TopicPublishInfo;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Producers and what they send. */
final class ProducerSteps {
    /** One producer of the case. */
    private final class Producer implements TransactionListener {
        final String name;
        final TransactionMQProducer client;
        /** Topic → the place in the list of queues at which its turn begins. */
        final JsonNode first;
        final Map<String, TopicPublishInfo> begun = new HashMap<>();
        final Set<String> delayed = new HashSet<>();
        final Map<String, String> local = new ConcurrentHashMap<>();
        final Map<String, List<String>> checks = new ConcurrentHashMap<>();
        final Map<String, Integer> checked = new ConcurrentHashMap<>();

        Producer(String name, JsonNode step) {
            this.name = name;
            this.first = step.get("first");
            client = new TransactionMQProducer(run.real(Fields.text(step, "group", "producers-of-" + name)));
            client.setNamesrvAddr(run.site.cluster.namesrv());
            client.setInstanceName(run.real(name));
            client.setClientIP("127.0.0.1");
            client.setPollNameServerInterval(1_000);
            client.setTransactionListener(this);
            Fields.config(step, "config").forEach(this::configure);
        }

        private void configure(String key, String value) {
            switch (key) {
                case "sendMsgTimeout" -> client.setSendMsgTimeout(Integer.parseInt(value));
                case "sendMsgMaxTimeoutPerRequest" -> client.setSendMsgMaxTimeoutPerRequest(Integer.parseInt(value));
                case "retryTimesWhenSendFailed" -> client.setRetryTimesWhenSendFailed(Integer.parseInt(value));
                case "retryTimesWhenSendAsyncFailed" -> client.setRetryTimesWhenSendAsyncFailed(Integer.parseInt(value));
                case "retryAnotherBrokerWhenNotStoreOK" -> client.setRetryAnotherBrokerWhenNotStoreOK(Boolean.parseBoolean(value));
                case "sendLatencyFaultEnable" -> client.setSendLatencyFaultEnable(Boolean.parseBoolean(value));
                case "maxMessageSize" -> client.setMaxMessageSize(Integer.parseInt(value));
                case "defaultTopicQueueNums" -> client.setDefaultTopicQueueNums(Integer.parseInt(value));
                default -> throw new IllegalArgumentException("no setting " + key);
            }
        }

        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            String id = message.getKeys();
            String state = local.get(id);
            run.event(Script.JSON.createObjectNode().put("event", "local").put("producer", name).put("id", id).put("state", state));
            if (state.equals("throw")) throw new IllegalStateException("as the case says");
            return state.equals("null") ? null : LocalTransactionState.valueOf(state);
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            String id = message.getKeys();
            List<String> answers = checks.getOrDefault(id, List.of("UNKNOW"));
            int time = checked.merge(id, 1, Integer::sum);
            String state = answers.get(Math.min(time, answers.size()) - 1);
            run.event(Script.JSON.createObjectNode().put("event", "checked").put("producer", name).put("id", id).put("time", time).put("state", state));
            return LocalTransactionState.valueOf(state);
        }
    }

    private final CaseRun run;
    private final Map<String, Producer> producers = new TreeMap<>();

    ProducerSteps(CaseRun run) {
        this.run = run;
    }

    boolean perform(String op, ObjectNode step) throws Exception {
        String name = Fields.text(step, "producer", "p");
        switch (op) {
            case "producer.start" -> start(name, step);
            case "producer.shutdown" -> producers.remove(name).client.shutdown();
            case "send" -> send(producer(name, step), step);
            case "send.batch" -> sendBatch(producer(name, step), step);
            case "send.transaction" -> sendTransaction(producer(name, step), step);
            case "answers" -> producer(name, step).checks.put(step.get("id").asText(), answers(step));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void start(String name, ObjectNode step) throws MQClientException {
        Producer producer = new Producer(name, step);
        producer.client.start();
        producers.put(name, producer);
    }

    private Producer producer(String name, ObjectNode step) throws MQClientException {
        if (!producers.containsKey(name)) start(name, Script.JSON.createObjectNode());
        return producers.get(name);
    }

    private Message message(JsonNode step) {
        byte[] body = "x".repeat(Fields.number(step, "size", 1)).getBytes(StandardCharsets.UTF_8);
        Message message = new Message(run.realTopic(step.get("topic").asText()), body);
        message.setKeys(step.get("id").asText());
        if (!step.get("topic").asText().startsWith("%")) run.topics.add(step.get("topic").asText());
        if (step.has("tag")) message.setTags(step.get("tag").asText());
        Fields.config(step, "properties").forEach(message::putUserProperty);
        if (step.has("delayLevel")) message.setDelayTimeLevel(step.get("delayLevel").asInt());
        if (step.has("delayMs")) message.setDelayTimeMs(step.get("delayMs").asLong());
        if (step.has("delaySec")) message.setDelayTimeSec(step.get("delaySec").asLong());
        if (step.has("deliverInMs")) message.setDeliverTimeMs(System.currentTimeMillis() + step.get("deliverInMs").asLong());
        if (step.has("waitStore")) message.setWaitStoreMsgOK(step.get("waitStore").asBoolean());
        if (step.has("checkImmunitySec")) message.putUserProperty(MessageConst.PROPERTY_CHECK_IMMUNITY_TIME_IN_SECONDS, step.get("checkImmunitySec").asText());
        return message;
    }

    private void send(Producer producer, ObjectNode step) throws Exception {
        Message message = message(step);
        String id = step.get("id").asText();
        String mode = Fields.text(step, "mode", "sync");
        if (message.getDelayTimeLevel() > 0 || step.has("delayMs") || step.has("delaySec") || step.has("deliverInMs")) producer.delayed.add(id);
        DefaultMQProducer client = producer.client;
        try {
            begin(producer, message.getTopic());
            if (mode.equals("oneway")) {
                if (step.has("queue")) client.sendOneway(message, run.queue(step.get("queue").asText()));
                else if (step.has("hash")) client.sendOneway(message, new SelectMessageQueueByHash(), step.get("hash").asText());
                else client.sendOneway(message);
                Thread.sleep(200);
            } else if (mode.equals("async")) {
                sendAsync(producer, message, id, step);
            } else if (step.has("queue")) {
                sent(producer, id, client.send(message, run.queue(step.get("queue").asText())));
            } else if (step.has("hash")) {
                JsonNode hash = step.get("hash");
                Object argument = hash.isIntegralNumber() ? (Object) hash.asInt() : hash.asText();
                sent(producer, id, client.send(message, new SelectMessageQueueByHash(), argument));
            } else if (step.has("select")) {
                // A selector of one's own: the queue at this place of the list.
                int place = step.get("select").asInt();
                sent(producer, id, client.send(message, (queues, sending, argument) -> queues.get(place), null));
            } else {
                sent(producer, id, client.send(message));
            }
        } catch (MQClientException | MQBrokerException | RemotingException refused) {
            failed(producer, id, refused);
        }
    }

    private void sendAsync(Producer producer, Message message, String id, ObjectNode step) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        SendCallback callback = new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                sent(producer, id, result);
                done.countDown();
            }

            @Override
            public void onException(Throwable error) {
                failed(producer, id, error);
                done.countDown();
            }
        };
        if (step.has("queue")) producer.client.send(message, run.queue(step.get("queue").asText()), callback);
        else if (step.has("hash")) producer.client.send(message, new SelectMessageQueueByHash(), step.get("hash").asText(), callback);
        else producer.client.send(message, callback);
        done.await(30, TimeUnit.SECONDS);
    }

    private void sendBatch(Producer producer, ObjectNode step) throws Exception {
        List<Message> messages = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (JsonNode one : step.get("messages")) {
            ObjectNode full = one.deepCopy();
            if (!full.has("topic")) full.put("topic", step.get("topic").asText());
            messages.add(message(full));
            ids.add(full.get("id").asText());
        }
        String id = String.join(",", ids);
        try {
            begin(producer, messages.get(0).getTopic());
            sent(producer, id, step.has("queue") ? producer.client.send(messages, run.queue(step.get("queue").asText())) : producer.client.send(messages));
        } catch (MQClientException | MQBrokerException | RemotingException refused) {
            failed(producer, id, refused);
        } catch (RuntimeException refused) {
            failed(producer, id, refused.getCause() == null ? refused : refused.getCause());
        }
    }

    private void sendTransaction(Producer producer, ObjectNode step) throws Exception {
        String id = step.get("id").asText();
        producer.local.put(id, Fields.text(step, "local", "UNKNOW"));
        if (step.has("onCheck")) producer.checks.put(id, answers(step));
        Message message = message(step);
        try {
            begin(producer, message.getTopic());
            SendResult result = producer.client.sendMessageInTransaction(message, null);
            run.event(Script.JSON.createObjectNode().put("event", "half").put("producer", producer.name).put("id", id).put("status", result.getSendStatus().name()));
            Thread.sleep(200);
        } catch (MQClientException refused) {
            failed(producer, id, refused);
        }
    }

    private static List<String> answers(JsonNode step) {
        List<String> answers = new ArrayList<>();
        step.get("onCheck").forEach(answer -> answers.add(answer.asText()));
        return answers;
    }

    private void sent(Producer producer, String id, SendResult result) {
        ObjectNode event = Script.JSON.createObjectNode().put("event", "sent").put("producer", producer.name).put("id", id).put("status", result.getSendStatus().name());
        MessageQueue queue = result.getMessageQueue();
        event.put("queue", run.own(queue));
        // What is delayed stands in a queue that all topics share.
        if (!producer.delayed.contains(id)) event.put("offset", result.getQueueOffset());
        run.event(event);
    }

    private void failed(Producer producer, String id, Throwable error) {
        run.event(Script.JSON.createObjectNode().put("event", "failed").put("producer", producer.name).put("id", id).put("name", CaseRun.errorName(error)));
    }

    /**
     * A client takes the queues in turn, but draws where to begin; here it begins where the case says (at the first one, if it says nothing). It
     * draws again when the topic's route has changed, and so do we.
     */
    private void begin(Producer producer, String topic) throws Exception {
        var implementation = producer.client.getDefaultMQProducerImpl();
        var table = implementation.getTopicPublishInfoTable();
        if (!table.containsKey(topic) || !table.get(topic).ok()) {
            table.putIfAbsent(topic, new TopicPublishInfo());
            boolean isKnown = implementation.getMqClientFactory().updateTopicRouteInfoFromNameServer(topic);
            // A topic that nobody knows may be made as the default one is.
            if (!isKnown) implementation.getMqClientFactory().updateTopicRouteInfoFromNameServer(topic, true, producer.client);
        }
        TopicPublishInfo info = table.get(topic);
        if (info == null || producer.begun.get(topic) == info) return;
        producer.begun.put(topic, info);
        String own = run.own(topic);
        int place = producer.first != null && producer.first.has(own) ? producer.first.get(own).asInt() : 0;
        Field field = ThreadLocalIndex.class.getDeclaredField("threadLocalIndex");
        field.setAccessible(true);
        @SuppressWarnings("unchecked")
        ThreadLocal<Integer> index = (ThreadLocal<Integer>) field.get(info.getSendWhichQueue());
        index.set(place - 1);
    }

    void close() {
        for (Producer producer : producers.values()) producer.client.shutdown();
    }
}
