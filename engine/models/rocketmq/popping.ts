import type { Meta } from "../model.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState, PopCheckpoint } from "./cluster-state.ts";
import { type GroupState, NO_OFFSET } from "./group-state.ts";
import { retryTopicOf } from "./members.ts";
import { setOffset } from "./offset-store.ts";
import { QueueBuffer } from "./queue-buffer.ts";
import { readQueue } from "./reading.ts";
import { type BrokerFilter, READ_FOUND, READ_NO_NEW, READ_UNAVAILABLE, type ReadCode } from "./seam.ts";
import type { ClusterSink } from "./sink.ts";
import { storeInQueue } from "./storing.ts";
import { TIMER_REVIVE } from "./timers.ts";
import { ensureGroupTopic } from "./topics.ts";

const MILLI = 1000;

/** What was popped of a topic and not acknowledged comes back through this one. */
export const popRetryTopicOf = (group: string, topic: string): string => `${retryTopicOf(group)}_${topic}`;

/** One handing out of one message: a change of its time counts as another one. */
const keyOf = (group: number, queue: number, offset: number, popTime: number): string =>
  `${group} ${queue} ${offset} ${popTime}`;

/**
 * Hands out messages and moves the group's offset behind them at once; each is remembered until it is acknowledged, or comes back (PopMessageProcessor). What the filter holds
 * back is passed over for good.
 */
export function pop(
  state: ClusterState,
  group: GroupState,
  topicId: number,
  queue: number,
  limit: number,
  invisibleMs: number,
  fromFirst: boolean,
  filter: BrokerFilter,
  into: QueueBuffer,
  meta: Meta,
  out: ClusterSink,
): ReadCode {
  into.clear();
  into.popTime = meta.now;
  const queues = queue >= 0 ? [queue] : queuesOf(state, topicId, state.popTurn++);
  const retry = state.topicIds.get(popRetryTopicOf(group.name, state.topic(topicId).name));
  const own = new QueueBuffer();
  let isThere = false;
  const popFrom = (from: number): void => {
    if (!state.brokerOf(from).isAnswering) return;
    isThere = true;
    if (into.count >= limit) return;
    const at = state.queue(from);
    let offset = group.offsets.get(from);
    if (offset === NO_OFFSET) offset = fromFirst || at.log.min === 0 ? at.log.min : at.log.max;
    offset = Math.min(Math.max(offset, at.log.min), at.log.max);
    const code = readQueue(state, at, offset, at.log.max, limit - into.count, filter, own);
    if (own.next !== group.offsets.get(from) && code !== READ_NO_NEW) {
      setOffset(state, group, from, own.next, meta, out);
    }
    for (let i = 0; i < own.count; i++) {
      const messageOffset = own.offsets[i] as number;
      into.add(
        own.handles[i] as number,
        messageOffset,
        own.tags[i] as number,
        own.times[i] as number,
        own.topics[i] as number,
        from,
      );
      state.checkpoints.set(keyOf(group.id, from, messageOffset, meta.now), {
        group: group.id,
        queue: from,
        offset: messageOffset,
        popTime: meta.now,
        dueAt: meta.now + invisibleMs * MILLI,
      });
    }
    if (own.count > 0) wantRevive(state.brokerOf(from), meta.now + invisibleMs * MILLI, meta, out);
  };
  for (const from of queues) popFrom(from);
  if (retry !== undefined) for (const from of queuesOf(state, retry, 0)) popFrom(from);
  if (!isThere) return READ_UNAVAILABLE;
  return into.count > 0 ? READ_FOUND : READ_NO_NEW;
}

/** All read queues of a topic, beginning with one in turn. */
function queuesOf(state: ClusterState, topicId: number, turn: number): number[] {
  const topic = state.topic(topicId);
  const queues: number[] = [];
  for (const [broker, { read }] of topic.at) {
    for (let index = 0; index < read; index++) queues.push(state.queueAt(topic, broker, index));
  }
  const first = queues.length === 0 ? 0 : turn % queues.length;
  return [...queues.slice(first), ...queues.slice(0, first)];
}

/** An acknowledgement; one that comes too late is answered like any other (rocketmq/pop/expired-ack). */
export function popAck(state: ClusterState, group: GroupState, queue: number, offset: number, popTime: number): string {
  state.checkpoints.delete(keyOf(group.id, queue, offset, popTime));
  return "";
}

/**
 * The broker remembers the message anew, for the time from now on, and takes the handle as acknowledged (ChangeInvisibleTimeProcessor). It does not ask whether that was
 * acknowledged before, or has come back: then the message comes (once more).
 * @returns the new pop time, −1 when the message is no longer in the queue
 */
export function popChange(
  state: ClusterState,
  group: GroupState,
  queue: number,
  offset: number,
  popTime: number,
  invisibleMs: number,
  meta: Meta,
  out: ClusterSink,
): number {
  const { log } = state.queue(queue);
  if (offset < log.min || offset >= log.max) return -1;
  const dueAt = meta.now + invisibleMs * MILLI;
  state.checkpoints.delete(keyOf(group.id, queue, offset, popTime));
  const key = keyOf(group.id, queue, offset, meta.now);
  state.checkpoints.set(key, { group: group.id, queue, offset, popTime: meta.now, dueAt });
  wantRevive(state.brokerOf(queue), dueAt, meta, out);
  return meta.now;
}

/** The broker looks every `reviveInterval` for what was not acknowledged in time. */
function wantRevive(broker: BrokerState, dueAt: number, meta: Meta, out: ClusterSink): void {
  if (!broker.isAnswering) return;
  const step = broker.settings.reviveInterval * MILLI;
  const at = broker.startedAt + (Math.floor((Math.max(dueAt, meta.now) - broker.startedAt) / step) + 1) * step;
  if (broker.reviveTimer >= 0 && broker.reviveTimer <= at) return;
  broker.reviveTimer = at;
  out.timer(at, TIMER_REVIVE, broker.id);
}

/** Asks for the next look, if anything is remembered. */
export function wantReviveTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  let due = Number.POSITIVE_INFINITY;
  for (const checkpoint of state.checkpoints.values()) {
    if (state.queue(checkpoint.queue).broker === broker.id) due = Math.min(due, checkpoint.dueAt);
  }
  if (due !== Number.POSITIVE_INFINITY) wantRevive(broker, due, meta, out);
}

/** What was not acknowledged in time is stored again, in the group's own queue for that topic, with one more reconsume time (PopReviveService). */
export function reviveTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.reviveTimer !== meta.now) return;
  broker.reviveTimer = -1;
  if (!broker.isAnswering) return;
  for (const [key, checkpoint] of [...state.checkpoints]) {
    if (checkpoint.dueAt > meta.now || state.queue(checkpoint.queue).broker !== broker.id) continue;
    state.checkpoints.delete(key);
    revive(state, broker, checkpoint, meta, out);
  }
  wantReviveTimer(state, broker, meta, out);
}

function revive(
  state: ClusterState,
  broker: BrokerState,
  { group: groupId, queue, offset }: PopCheckpoint,
  meta: Meta,
  out: ClusterSink,
): void {
  const { log, topic } = state.queue(queue);
  if (offset < log.min || offset >= log.max) return;
  const group = state.groups[groupId] as GroupState;
  const place = log.placeOf(offset);
  const original = log.handles[place] as number;
  const times = log.timesAt(place) + 1;
  const copy = state.store.clone(original);
  out.copied(original, copy);
  out.retried(groupId, copy, times);
  const prefix = `${retryTopicOf(group.name)}_`;
  const { name } = state.topic(topic);
  const retry = name.startsWith(prefix) ? name : popRetryTopicOf(group.name, name);
  const retryTopic = ensureGroupTopic(state, retry, broker.id, 1, meta, out);
  const target = state.queueAt(retryTopic, broker.id, 0);
  storeInQueue(state, target, copy, log.tags[place] as number, times, log.topicAt(place), meta, out);
}
