package org.apache.kafka.clients.producer.internals;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.LogContext;

/**
 * Kafka's own choice of a partition for records without a key, whose draws come from the case instead of chance.
 * It lives in Kafka's package because the draw is a method that only that package may replace.
 */
public final class DrawnPartitions extends BuiltInPartitioner {
    private final KafkaProducer<?, ?> producer;
    private final String topic;
    private final Iterator<Integer> draws;

    private DrawnPartitions(KafkaProducer<?, ?> producer, String topic, int batchSize, Iterator<Integer> draws) {
        super(new LogContext(), topic, batchSize);
        this.producer = producer;
        this.topic = topic;
        this.draws = draws;
    }

    /**
     * The client uses the draw as a place in its own list of the topic's partitions, whose order follows the hash of the topic's name; so we
     * answer with the place of the partition that the case names. A case that runs out of draws is wrong, and says so.
     */
    @Override
    int randomPartition() {
        int wanted = draws.next();
        List<PartitionInfo> known = producer.partitionsFor(topic);
        for (int place = 0; place < known.size(); place++) {
            if (known.get(place).partition() == wanted) return place;
        }
        throw new IllegalStateException("there is no partition " + wanted);
    }

    /** Gives a fresh producer these draws for one topic, before its first record. */
    public static void prepare(KafkaProducer<?, ?> producer, UnaryOperator<String> realName, List<Integer> draws, String topic, String batchSize) {
        try {
            String name = realName.apply(topic);
            Object accumulator = field(KafkaProducer.class, "accumulator").get(producer);
            @SuppressWarnings("unchecked")
            Map<String, Object> topics = (Map<String, Object>) field(RecordAccumulator.class, "topicInfoMap").get(accumulator);
            Class<?> info = Class.forName(RecordAccumulator.class.getName() + "$TopicInfo");
            Constructor<?> constructor = info.getDeclaredConstructor(BuiltInPartitioner.class);
            constructor.setAccessible(true);
            int bytes = Math.max(1, Integer.parseInt(batchSize));
            topics.put(name, constructor.newInstance(new DrawnPartitions(producer, name, bytes, draws.iterator())));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this version of the client is built otherwise", changed);
        }
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
