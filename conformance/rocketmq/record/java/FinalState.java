package weir.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.client.impl.CommunicationMode;
import org.apache.rocketmq.client.impl.consumer.PullResultExt;
import org.apache.rocketmq.common.filter.ExpressionType;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.common.sysflag.PullSysFlag;
import org.apache.rocketmq.remoting.protocol.header.PullMessageRequestHeader;

/** What is left at the end of a case: every queue, those of retry and dead-letter topics too, and what the groups have stored. */
final class FinalState {
    private final CaseRun run;

    FinalState(CaseRun run) {
        this.run = run;
    }

    ObjectNode read() throws Exception {
        ObjectNode result = Script.JSON.createObjectNode();
        TreeSet<MessageQueue> queues = new TreeSet<>();
        for (String topic : run.topics) queues.addAll(queues(topic));
        // The name server may not know of these yet; the broker does.
        TreeSet<MessageQueue> others = new TreeSet<>();
        for (String group : run.groups) {
            for (String broker : run.site.brokerGroups()) {
                others.add(new MessageQueue(run.realTopic("%RETRY%" + group), broker, 0));
                others.add(new MessageQueue(run.realTopic("%DLQ%" + group), broker, 0));
                for (String topic : run.topics) others.add(new MessageQueue(run.realTopic("%RETRY%" + group) + "_" + run.real(topic), broker, 0));
            }
        }
        for (MessageQueue queue : queues) result.set(run.own(queue), log(queue));
        for (MessageQueue queue : others) {
            if (isAlive(queue) && run.site.admin.maxOffset(queue) > 0) result.set(run.own(queue), log(queue));
        }
        queues.addAll(others);
        for (String group : run.groups) {
            ObjectNode committed = result.putObject("group " + group);
            for (MessageQueue queue : queues) {
                Long offset = null;
                try {
                    if (isAlive(queue)) offset = AdminSteps.committed(run, group, queue);
                } catch (Exception refused) {
                    committed.put("error", CaseRun.errorName(refused));
                }
                if (offset != null && offset > 0) committed.put(run.own(queue), offset);
            }
        }
        return result;
    }

    private boolean isAlive(MessageQueue queue) {
        return run.site.cluster.isAlive(queue.getBrokerName());
    }

    private List<MessageQueue> queues(String topic) throws Exception {
        try {
            return AdminSteps.queues(run, topic);
        } catch (MQClientException none) {
            return List.of();
        }
    }

    /** Minimum, maximum and every message by offset and id; from a master that is down: null. */
    private ObjectNode log(MessageQueue queue) throws Exception {
        if (!isAlive(queue)) return Script.JSON.createObjectNode().put("error", "down");
        long min = run.site.admin.minOffset(queue);
        long max = run.site.admin.maxOffset(queue);
        ObjectNode log = Script.JSON.createObjectNode().put("min", min).put("max", max);
        ArrayNode messages = log.putArray("messages");
        for (long offset = min; offset < max; ) {
            PullMessageRequestHeader header = new PullMessageRequestHeader();
            header.setConsumerGroup("weir_reader");
            header.setTopic(queue.getTopic());
            header.setQueueId(queue.getQueueId());
            header.setQueueOffset(offset);
            header.setMaxMsgNums(32);
            header.setSysFlag(PullSysFlag.buildSysFlag(false, false, true, false));
            header.setCommitOffset(0L);
            header.setSuspendTimeoutMillis(1_000L);
            header.setSubscription("*");
            header.setSubVersion(0L);
            header.setExpressionType(ExpressionType.TAG);
            PullResultExt pulled;
            try {
                pulled = (PullResultExt) run.site.calls().pullMessage(run.site.cluster.address(queue.getBrokerName()), header, 5_000, CommunicationMode.SYNC, null);
            } catch (MQBrokerException refused) {
                log.put("error", CaseRun.errorName(refused));
                break;
            }
            if (pulled.getPullStatus() != PullStatus.FOUND) {
                log.put("status", pulled.getPullStatus().name());
                break;
            }
            for (MessageExt message : MessageDecoder.decodes(ByteBuffer.wrap(pulled.getMessageBinary()))) {
                messages.addArray().add(message.getQueueOffset()).add(message.getKeys());
            }
            offset = pulled.getNextBeginOffset();
        }
        return log;
    }
}
