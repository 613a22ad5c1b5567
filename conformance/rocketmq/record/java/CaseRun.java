package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.rocketmq.client.common.ClientErrorCode;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * One performance of one case on real brokers. Names of the case get a prefix of their own on the way to the broker and lose it on the way back,
 * so that many cases can share one broker.
 */
final class CaseRun implements AutoCloseable {
    /** After a step nothing may have happened for so long: with push consumers about, and without any. */
    private static final long QUIET_MS = Long.getLong("quiet", 600);
    private static final long SHORT_MS = 80;
    private static final long BUSY_MS = 3_000;
    private static final Map<Integer, String> CODES = codes();

    final Site site;
    final String prefix;
    final TreeSet<String> topics = new TreeSet<>();
    final TreeSet<String> groups = new TreeSet<>();
    /** Moments that the case has named, ms. */
    final Map<String, Long> marks = new HashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private volatile long lastEvent;
    private final AdminSteps adminSteps = new AdminSteps(this);
    private final ProducerSteps producers = new ProducerSteps(this);
    private final ConsumerSteps consumers = new ConsumerSteps(this);
    private final PullSteps pulls = new PullSteps(this);

    CaseRun(Site site, String prefix) {
        this.site = site;
        this.prefix = prefix;
    }

    /** @return `observed` and `final` of the case */
    ObjectNode perform(List<ObjectNode> steps) throws Exception {
        ObjectNode result = Script.JSON.createObjectNode();
        ArrayNode observed = result.putArray("observed");
        for (ObjectNode step : steps) {
            try {
                perform(step);
            } catch (Exception wrong) {
                throw new IllegalStateException("step " + (observed.size() + 1) + " " + step + ": " + wrong, wrong);
            }
            ArrayNode list = observed.addArray();
            synchronized (events) {
                events.sort(ORDER);
                events.forEach(event -> list.add(event.without("orderly")));
                events.clear();
            }
        }
        consumers.persist();
        result.set("final", site == null ? Script.JSON.createObjectNode() : new FinalState(this).read());
        return result;
    }

    private void perform(ObjectNode step) throws Exception {
        String op = step.get("op").asText();
        if (PureSteps.perform(this, op, step)) return;
        consumers.persist();
        switch (op) {
            case "cluster.start" -> {
                return;
            }
            case "wait" -> Thread.sleep(step.get("ms").asLong());
            case "mark" -> mark(step.get("name").asText());
            default -> {
                if (!adminSteps.perform(op, step) && !producers.perform(op, step) && !consumers.perform(op, step) && !pulls.perform(op, step)) {
                    throw new IllegalArgumentException("there is no operation " + op);
                }
            }
        }
        settle();
    }

    /** A moment between what was stored before and what is stored after. */
    private void mark(String name) throws InterruptedException {
        Thread.sleep(20);
        marks.put(name, System.currentTimeMillis());
        Thread.sleep(20);
    }

    private void settle() throws InterruptedException {
        long quiet = consumers.isAnyLive() ? QUIET_MS : SHORT_MS;
        lastEvent = Math.max(lastEvent, System.currentTimeMillis());
        long deadline = System.currentTimeMillis() + BUSY_MS;
        while (System.currentTimeMillis() - lastEvent < quiet || consumers.isBusy() && System.currentTimeMillis() < deadline) Thread.sleep(20);
    }

    ObjectNode event(String name) {
        return event(Script.JSON.createObjectNode().put("event", name));
    }

    /** Adds an event that is complete: other threads' events must be. */
    ObjectNode event(ObjectNode event) {
        synchronized (events) {
            events.add(event);
        }
        lastEvent = System.currentTimeMillis();
        return event;
    }

    /** Adds an error to what was seen. @param receiver the field that names who saw it: producer, consumer or none */
    void error(String receiver, String name, Throwable cause) {
        ObjectNode event = Script.JSON.createObjectNode().put("event", "error");
        if (receiver != null) event.put(receiver, name);
        event(event.put("name", errorName(cause)));
    }

    /** RocketMQ's own code of an error, or, for errors without one, the name of its class. */
    static String errorName(Throwable cause) {
        Throwable error = cause;
        while (error instanceof ExecutionException && error.getCause() != null) error = error.getCause();
        int code = error instanceof MQBrokerException broker ? broker.getResponseCode()
            : error instanceof MQClientException client ? client.getResponseCode() : -1;
        if (code == -1 && error instanceof MQClientException && error.getCause() instanceof MQBrokerException broker) code = broker.getResponseCode();
        if (code == -1 && error.getCause() instanceof MQClientException client) code = client.getResponseCode();
        return CODES.getOrDefault(code, error.getClass().getSimpleName());
    }

    private static Map<Integer, String> codes() {
        Map<Integer, String> codes = new HashMap<>();
        for (Class<?> names : List.of(org.apache.rocketmq.remoting.protocol.RemotingSysResponseCode.class, ResponseCode.class, ClientErrorCode.class)) {
            for (Field field : names.getDeclaredFields()) {
                try {
                    if (field.getType() == int.class) codes.put(field.getInt(null), field.getName());
                } catch (IllegalAccessException hidden) {
                    // Then it is no code either.
                }
            }
        }
        codes.remove(-1);
        return codes;
    }

    /**
     * By receiver; of one receiver first what is no message and no check, as it came; checks by message; messages by queue, and those of a listener that works
     * on several at once by offset.
     */
    private static final Comparator<ObjectNode> ORDER = Comparator.comparing(Fields::receiver)
        .thenComparing(event -> switch (event.get("event").asText()) {
            case "message" -> "2 " + event.get("queue").asText();
            case "checked" -> "1 " + event.get("id").asText();
            default -> "";
        })
        .thenComparing(event -> event.has("orderly") || !event.get("event").asText().equals("message") ? 0L : event.get("offset").asLong());

    String real(String name) {
        return prefix + name;
    }

    String own(String realName) {
        return realName.replace(prefix, "");
    }

    /** @param name as in a case: t-0, or b/t-0 where there are several brokers; also %RETRY%g-0 */
    MessageQueue queue(String name) {
        int slash = name.indexOf('/');
        int dash = name.lastIndexOf('-');
        String broker = slash < 0 ? "a" : name.substring(0, slash);
        return new MessageQueue(realTopic(name.substring(slash + 1, dash)), broker, Integer.parseInt(name.substring(dash + 1)));
    }

    /** A retry or dead-letter topic has its group's name within. */
    String realTopic(String topic) {
        int percent = topic.lastIndexOf('%');
        return topic.substring(0, percent + 1) + real(topic.substring(percent + 1));
    }

    String own(MessageQueue queue) {
        String name = own(queue.getTopic()) + "-" + queue.getQueueId();
        return site.isSeveral() ? queue.getBrokerName() + "/" + name : name;
    }

    ArrayNode names(Iterable<MessageQueue> queues) {
        List<MessageQueue> sorted = new ArrayList<>();
        queues.forEach(sorted::add);
        sorted.sort(Comparator.naturalOrder());
        ArrayNode names = Script.JSON.createArrayNode();
        sorted.forEach(queue -> names.add(own(queue)));
        return names;
    }

    @Override
    public void close() {
        producers.close();
        consumers.close();
        pulls.close();
    }
}
