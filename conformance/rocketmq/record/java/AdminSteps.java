package weir.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.QueryConsumerOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.route.QueueData;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** What the administrator does, and what happens to brokers. */
final class AdminSteps {
    private static final long AWAIT_MS = 15_000;

    private final CaseRun run;

    AdminSteps(CaseRun run) {
        this.run = run;
    }

    boolean perform(String op, ObjectNode step) throws Exception {
        try {
            return tryPerform(op, step);
        } catch (MQClientException | MQBrokerException | RemotingException refused) {
            run.error(null, null, refused);
            return true;
        }
    }

    private boolean tryPerform(String op, ObjectNode step) throws Exception {
        switch (op) {
            case "topic.create" -> createTopic(step);
            case "topic.delete" -> {
                for (String broker : run.site.brokerGroups()) run.site.admin.deleteTopicInBroker(Set.of(run.site.cluster.address(broker)), topic(step));
                run.site.admin.deleteTopicInNameServer(Set.of(run.site.cluster.namesrv()), topic(step));
            }
            case "topic.route" -> route(step);
            case "group.create" -> createGroup(step);
            case "queue.stat" -> stat(step);
            case "offset.query" -> queryOffsets(step);
            case "offset.update" -> {
                run.groups.add(step.get("group").asText());
                MessageQueue queue = run.queue(step.get("queue").asText());
                run.site.admin.updateConsumeOffset(run.site.cluster.address(queue.getBrokerName()), group(step), queue, step.get("offset").asLong());
            }
            case "offset.reset" -> reset(step);
            case "offset.search" -> {
                MessageQueue queue = run.queue(step.get("queue").asText());
                run.event("offset").put("queue", run.own(queue)).put("offset", run.site.admin.searchOffset(queue, time(step)));
            }
            case "replica.await" -> awaitReplica(step.get("broker").asText());
            case "broker.kill" -> run.site.cluster.kill(step.get("broker").asText());
            case "broker.stop" -> run.site.cluster.stop(step.get("broker").asText());
            case "broker.pause" -> run.site.cluster.signal(step.get("broker").asText(), "-STOP");
            case "broker.resume" -> {
                run.site.cluster.signal(step.get("broker").asText(), "-CONT");
                Thread.sleep(1_000);
            }
            case "broker.start" -> {
                run.site.cluster.restart(step.get("broker").asText(), Fields.config(step, "config"));
                awaitBrokers();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void createTopic(ObjectNode step) throws Exception {
        String name = step.get("topic").asText();
        int queues = Fields.number(step, "queues", 1);
        List<String> brokers = new ArrayList<>();
        if (step.has("brokers")) step.get("brokers").forEach(broker -> brokers.add(broker.asText()));
        else brokers.addAll(run.site.brokerGroups());
        for (String broker : brokers) {
            TopicConfig config = new TopicConfig(topic(step), Fields.number(step, "read", queues), Fields.number(step, "write", queues), Fields.number(step, "perm", 6));
            run.site.admin.createAndUpdateTopicConfig(run.site.cluster.address(broker), config);
        }
        run.topics.add(name);
        long deadline = System.currentTimeMillis() + AWAIT_MS;
        while (!isKnown(topic(step), brokers, step, queues) && System.currentTimeMillis() < deadline) Thread.sleep(30);
        // Clients that run already ask once a second.
        Thread.sleep(step.has("live") ? 2_500 : 0);
    }

    private boolean isKnown(String topic, List<String> brokers, ObjectNode step, int queues) throws Exception {
        try {
            List<QueueData> known = run.site.admin.examineTopicRouteInfo(topic).getQueueDatas();
            return brokers.stream().allMatch(broker -> known.stream().anyMatch(data -> data.getBrokerName().equals(broker)
                && data.getReadQueueNums() == Fields.number(step, "read", queues) && data.getWriteQueueNums() == Fields.number(step, "write", queues)
                && data.getPerm() == Fields.number(step, "perm", 6)));
        } catch (MQClientException notYet) {
            return false;
        }
    }

    private void route(ObjectNode step) throws Exception {
        List<QueueData> queues = new ArrayList<>(run.site.admin.examineTopicRouteInfo(run.realTopic(step.get("topic").asText())).getQueueDatas());
        queues.sort(Comparator.comparing(QueueData::getBrokerName));
        for (QueueData data : queues) {
            run.event("route").put("broker", data.getBrokerName()).put("read", data.getReadQueueNums()).put("write", data.getWriteQueueNums()).put("perm", data.getPerm());
        }
    }

    private void createGroup(ObjectNode step) throws Exception {
        run.groups.add(step.get("group").asText());
        SubscriptionGroupConfig config = new SubscriptionGroupConfig();
        config.setGroupName(group(step));
        config.setRetryMaxTimes(Fields.number(step, "retryMaxTimes", 16));
        config.setRetryQueueNums(Fields.number(step, "retryQueues", 1));
        if (step.has("consumeEnable")) config.setConsumeEnable(step.get("consumeEnable").asBoolean());
        if (step.has("broadcastEnable")) config.setConsumeBroadcastEnable(step.get("broadcastEnable").asBoolean());
        for (String broker : run.site.brokerGroups()) run.site.admin.createAndUpdateSubscriptionGroupConfig(run.site.cluster.address(broker), config);
    }

    /** Minimum and maximum of every queue that can be read. */
    private void stat(ObjectNode step) throws Exception {
        for (MessageQueue queue : queues(run, step.get("topic").asText())) {
            run.event("queue").put("queue", run.own(queue)).put("min", run.site.admin.minOffset(queue)).put("max", run.site.admin.maxOffset(queue));
        }
    }

    /** The queues of a topic that can be read, in order. */
    static List<MessageQueue> queues(CaseRun run, String topic) throws Exception {
        List<MessageQueue> queues = new ArrayList<>();
        String real = run.realTopic(topic);
        for (QueueData data : run.site.admin.examineTopicRouteInfo(real).getQueueDatas()) {
            int count = Math.max(data.getReadQueueNums(), data.getWriteQueueNums());
            for (int id = 0; id < count; id++) queues.add(new MessageQueue(real, data.getBrokerName(), id));
        }
        queues.sort(Comparator.naturalOrder());
        return queues;
    }

    private void queryOffsets(ObjectNode step) throws Exception {
        run.groups.add(step.get("group").asText());
        for (MessageQueue queue : queues(run, step.get("topic").asText())) {
            Long offset = committed(run, step.get("group").asText(), queue);
            // A consumer that got nothing has stored 0, or nothing, depending on how long it has been there.
            run.event("offset").put("queue", run.own(queue)).put("offset", offset == null ? 0 : offset);
        }
    }

    /** @return null if there is nothing */
    static Long committed(CaseRun run, String group, MessageQueue queue) throws Exception {
        QueryConsumerOffsetRequestHeader header = new QueryConsumerOffsetRequestHeader();
        header.setConsumerGroup(run.real(group));
        header.setTopic(queue.getTopic());
        header.setQueueId(queue.getQueueId());
        // Otherwise a young queue answers 0, as it does to consumers.
        header.setSetZeroIfNotFound(false);
        try {
            return run.site.calls().queryConsumerOffset(run.site.cluster.address(queue.getBrokerName()), header, 5_000);
        } catch (MQBrokerException none) {
            if (none.getResponseCode() == ResponseCode.QUERY_NOT_FOUND || none.getClass().getSimpleName().equals("OffsetNotFoundException")) return null;
            throw none;
        }
    }

    private void reset(ObjectNode step) throws Exception {
        run.groups.add(step.get("group").asText());
        TreeMap<MessageQueue, Long> sorted = new TreeMap<>(run.site.admin.resetOffsetByTimestamp(topic(step), group(step), time(step), true));
        sorted.forEach((queue, offset) -> run.event("offset").put("queue", run.own(queue)).put("offset", offset));
        Thread.sleep(1_500);
    }

    /** @return ms: a moment marked before, 0 for the begin of all times, or −1: the end */
    private long time(ObjectNode step) {
        String to = step.get("to").asText();
        return to.equals("earliest") ? 0 : to.equals("latest") ? -1 : run.marks.get(to);
    }

    /** Sends something that no case looks at, until the slave has as much as its master. */
    private void awaitReplica(String slave) throws Exception {
        run.site.admin.createAndUpdateTopicConfig(run.site.cluster.address(Cluster.group(slave)), new TopicConfig(run.real("replica"), 1, 1));
        Thread.sleep(1_000);
        DefaultMQProducer producer = new DefaultMQProducer("weir_replica");
        producer.setNamesrvAddr(run.site.cluster.namesrv());
        producer.setInstanceName(run.real("replica"));
        producer.setClientIP("127.0.0.1");
        producer.start();
        try {
            Message message = new Message(run.real("replica"), new byte[] {1});
            message.setWaitStoreMsgOK(false);
            long deadline = System.currentTimeMillis() + 90_000;
            do {
                if (System.currentTimeMillis() > deadline) throw new IllegalStateException("the slave does not follow");
                producer.send(message);
                Thread.sleep(1_000);
            } while (stored(slave) == 0 || stored(slave) != stored(Cluster.group(slave)));
        } finally {
            producer.shutdown();
        }
    }

    private long stored(String broker) throws Exception {
        return Long.parseLong(run.site.admin.fetchBrokerRuntimeStats(run.site.cluster.address(broker)).getTable().get("commitLogMaxOffset"));
    }

    private void awaitBrokers() throws Exception {
        long deadline = System.currentTimeMillis() + AWAIT_MS;
        long alive = run.site.cluster.names().stream().filter(run.site.cluster::isAlive).count();
        while (System.currentTimeMillis() < deadline) {
            var table = run.site.admin.examineBrokerClusterInfo().getBrokerAddrTable();
            if (table.values().stream().mapToInt(data -> data.getBrokerAddrs().size()).sum() >= alive) break;
            Thread.sleep(100);
        }
        Thread.sleep(2_500);
    }

    private String topic(JsonNode step) {
        return run.real(step.get("topic").asText());
    }

    private String group(JsonNode step) {
        return run.real(step.get("group").asText());
    }
}
