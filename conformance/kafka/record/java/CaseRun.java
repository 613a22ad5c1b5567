package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;

/**
 * One performance of one case on the real brokers. Names of the case get a prefix of their own on the way to the broker and lose it on the way back,
 * so that many cases can share one broker.
 */
final class CaseRun implements AutoCloseable {
    private static final Comparator<ObjectNode> BY_RECEIVER = Comparator.comparing(Fields::receiver);

    final Cluster cluster;
    final Admin admin;
    final String prefix;
    final long started = System.currentTimeMillis();
    /** Topic of the case → number of partitions. */
    final Map<String, Integer> topics = new TreeMap<>();
    final TreeMap<String, Boolean> groups = new TreeMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final AdminSteps adminSteps = new AdminSteps(this);
    private final ProducerSteps producers = new ProducerSteps(this);
    private final ConsumerSteps consumers = new ConsumerSteps(this);


    CaseRun(Cluster cluster, Admin admin, String prefix) {
        this.cluster = cluster;
        this.admin = admin;
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
            events.sort(BY_RECEIVER);
            ArrayNode list = observed.addArray();
            events.forEach(list::add);
            events.clear();
        }
        result.set("final", new FinalState(this).read());
        return result;
    }

    private void perform(ObjectNode step) throws Exception {
        String op = step.get("op").asText();
        switch (op) {
            case "wait" -> Thread.sleep(step.get("ms").asLong());
            case "hash.murmur2" -> PureSteps.murmur2(this, step);
            case "assign.compute" -> PureSteps.assign(this, step);
            default -> {
                if (adminSteps.perform(op, step) || producers.perform(op, step) || consumers.perform(op, step)) return;
                throw new IllegalArgumentException("there is no operation " + op);
            }
        }
    }

    ObjectNode event(String name) {
        ObjectNode event = Script.JSON.createObjectNode().put("event", name);
        events.add(event);
        return event;
    }

    /** Adds an error to what was seen. @param receiver the field that names who saw it: producer, consumer or none */
    void error(String receiver, String name, Throwable cause) {
        ObjectNode event = event("error");
        if (receiver != null) event.put(receiver, name);
        event.put("name", errorName(cause));
    }

    /** Kafka's code name of an error, or, for errors that only the client knows, the name of its class. */
    static String errorName(Throwable cause) {
        Throwable error = cause;
        while ((error instanceof java.util.concurrent.ExecutionException || error.getClass() == org.apache.kafka.common.KafkaException.class) && error.getCause() != null) {
            error = error.getCause();
        }
        if (error instanceof ApiException && Errors.forException(error) != Errors.UNKNOWN_SERVER_ERROR) {
            return Errors.forException(error).name();
        }
        return error.getClass().getSimpleName();
    }

    ConsumerSteps consumers() {
        return consumers;
    }

    String real(String name) {
        return prefix + name;
    }

    String own(String realName) {
        return realName.startsWith(prefix) ? realName.substring(prefix.length()) : realName;
    }

    /** @param name as in a case: t-0 */
    TopicPartition partition(String name) {
        int dash = name.lastIndexOf('-');
        return new TopicPartition(real(name.substring(0, dash)), Integer.parseInt(name.substring(dash + 1)));
    }

    String own(TopicPartition partition) {
        return own(partition.topic()) + "-" + partition.partition();
    }

    /** The partitions' names, sorted by topic and number. */
    ArrayNode names(Iterable<TopicPartition> partitions) {
        List<TopicPartition> sorted = new ArrayList<>();
        partitions.forEach(sorted::add);
        sorted.sort(BY_PARTITION);
        ArrayNode names = Script.JSON.createArrayNode();
        sorted.forEach(partition -> names.add(own(partition)));
        return names;
    }

    static final Comparator<TopicPartition> BY_PARTITION =
        Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    @Override
    public void close() {
        producers.close();
        consumers.close();
        adminSteps.close();
    }
}
