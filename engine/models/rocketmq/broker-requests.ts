import type { Meta } from "../model.ts";
import type { BrokerState } from "./broker-state.ts";
import { type ClusterState, MAY_READ, MAY_WRITE, type TopicAtBroker } from "./cluster-state.ts";
import { wheelDue } from "./delays.ts";
import type { ProducerState } from "./producer-state.ts";
import { promise } from "./promises.ts";
import { routeChanged } from "./routes.ts";
import { END, type SendRequest } from "./send-request.ts";
import type { ClusterSink } from "./sink.ts";
import { holdUntil, storeInQueue } from "./storing.ts";
import { hearEnd, storeHalf } from "./transactions.ts";
import { refuse } from "./wire.ts";

const MILLI = 1000;

/** A running broker does what a producer asks for, and answers. */
export function carryOut(
  state: ClusterState,
  broker: BrokerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): void {
  if (request.mode === END) {
    // A commit would be stored, and so would a rollback's mark: it comes to nothing, and the broker will ask.
    if (!broker.isDiskFull) hearEnd(state, broker, request, meta, out);
    (state.producers[request.producer] as ProducerState).release(request);
    return;
  }
  const error = objection(state, broker, request, meta, out);
  if (error !== "") {
    refuse(state, request, error, meta, out);
    return;
  }
  store(state, broker, request, meta, out);
  request.isStored = true;
  promise(state, broker, request, meta, out);
}

/**
 * Why the broker does not take the message, "" when it does. It asks for the topic and for the queue's number, not for the topic's permission: that is only in the route
 * (rocketmq/send/read-only-queue-named).
 */
function objection(
  state: ClusterState,
  broker: BrokerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): string {
  if (broker.isDiskFull) return "SERVICE_NOT_AVAILABLE";
  const config = topicAt(state, broker, request, meta, out);
  if (config === null) return "TOPIC_NOT_EXIST";
  if (state.queue(request.queue).index >= Math.max(config.read, config.write)) return "INVALID_PARAMETER";
  const wait = deliveryOf(request, meta.now) - meta.now / MILLI;
  const isTooFar = wait > broker.settings.timerMaxDelaySec * 1000;
  return isTooFar && hasTimer(broker, request) ? "MESSAGE_ILLEGAL" : "";
}

/** The topic at this broker; made now if it may be, with as many queues as the producer wants and the broker allows (rocketmq/brokers/auto-create). */
function topicAt(
  state: ClusterState,
  broker: BrokerState,
  request: SendRequest,
  meta: Meta,
  out: ClusterSink,
): TopicAtBroker | null {
  const topic = state.topic(request.topic);
  const known = topic.at.get(broker.id);
  if (known !== undefined) return known;
  if (!broker.settings.autoCreateTopicEnable) return null;
  const { config } = state.producers[request.producer] as ProducerState;
  const count = Math.min(config.defaultTopicQueueNums, broker.settings.defaultTopicQueueNums);
  const made = { read: count, write: count, perm: MAY_READ | MAY_WRITE };
  topic.at.set(broker.id, made);
  for (let index = 0; index < count; index++) state.queueAt(topic, broker.id, index);
  routeChanged(state, topic, meta, out);
  return made;
}

/** Line 5 knows any time; a level wins over it, and a transaction has neither. */
const hasTimer = (broker: BrokerState, { isHalf, delayLevel, delayMs, deliverAtMs }: SendRequest): boolean =>
  broker.settings.line === 5 && !isHalf && delayLevel <= 0 && (delayMs >= 0 || deliverAtMs >= 0);

/** When the message wants to be delivered, ms. */
const deliveryOf = ({ delayMs, deliverAtMs }: SendRequest, now: number): number =>
  delayMs >= 0 ? now / MILLI + delayMs : deliverAtMs;

function store(state: ClusterState, broker: BrokerState, request: SendRequest, meta: Meta, out: ClusterSink): void {
  const { queue, handle, tag, topic, batch } = request;
  const { delayLevels } = broker.settings;
  request.offset = -1;
  if (request.isHalf) storeHalf(state, broker, request, meta, out);
  else if (batch !== null) {
    batch.forEach((one, place) => {
      const offset = storeInQueue(state, queue, one, request.batchTags?.[place] ?? -1, 0, topic, meta, out);
      if (place === 0) request.offset = offset;
    });
  } else if (request.delayLevel > 0 && delayLevels.length > 0) {
    const level = Math.min(request.delayLevel, delayLevels.length);
    const due = meta.now + (delayLevels[level - 1] as number) * MILLI;
    holdUntil(state, queue, handle, tag, 0, topic, level, due, meta, out);
  } else {
    const deliverAt = hasTimer(broker, request) ? deliveryOf(request, meta.now) : 0;
    if (deliverAt * MILLI > meta.now) {
      holdUntil(state, queue, handle, tag, 0, topic, 0, wheelDue(deliverAt), meta, out);
    } else request.offset = storeInQueue(state, queue, handle, tag, 0, topic, meta, out);
  }
}
