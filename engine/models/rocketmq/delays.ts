import type { Meta } from "../model.ts";
import type { BrokerState } from "./broker-state.ts";
import type { ClusterState } from "./cluster-state.ts";
import { keepsMoves } from "./flushing.ts";
import { RowQueue } from "./held-messages.ts";
import type { ClusterSink } from "./sink.ts";
import { storeInQueue } from "./storing.ts";
import { TIMER_DELAY } from "./timers.ts";

const MILLI = 1000;
const SECOND = 1_000_000;
/** How often the scheduler looks at its levels, µs: DELAY_FOR_A_WHILE. */
const SCHEDULER_STEP = 100_000;
/** It begins a moment after the broker, so that its looks never coincide with what the broker does every second, µs. */
const SCHEDULER_LAG = 50_000;

/** The queue of a level, from 1 on. */
export function levelQueue(broker: BrokerState, level: number): RowQueue {
  const { levels } = broker;
  while (levels.length < level) levels.push(new RowQueue());
  return levels[level - 1] as RowQueue;
}

/**
 * When the wheel gives out a message, µs: its slots are whole seconds, and a slot is taken when its second is over; a time that is a whole second belongs to the slot
 * before. So it is the first whole second that is not earlier.
 */
export const wheelDue = (deliverAtMs: number): number => Math.ceil((deliverAtMs * MILLI) / SECOND) * SECOND;

/** The scheduler's first look after `due`, and not in the past, µs: what falls due at the very moment of a look is seen by the next one. */
function lookAfter(broker: BrokerState, due: number, now: number): number {
  const first = broker.startedAt + SCHEDULER_LAG;
  const looks = due >= now ? Math.floor((due - first) / SCHEDULER_STEP) + 1 : Math.ceil((now - first) / SCHEDULER_STEP);
  return first + Math.max(0, looks) * SCHEDULER_STEP;
}

/** The scheduler's next look that finds something; Infinity when no message has a level. */
function nextLook(broker: BrokerState, now: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const level of broker.levels) {
    const row = level.first();
    if (row >= 0) next = Math.min(next, lookAfter(broker, broker.held.dues[row] as number, now));
  }
  return next;
}

export function wantDelayTimer(broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (!broker.isAnswering) return;
  broker.lookAt = nextLook(broker, meta.now);
  const row = broker.wheel.first();
  const wheelAt = row < 0 ? Number.POSITIVE_INFINITY : Math.max(meta.now, broker.held.dues[row] as number);
  const at = Math.min(broker.lookAt, wheelAt);
  if (at === Number.POSITIVE_INFINITY || (broker.delayTimer >= 0 && broker.delayTimer <= at)) return;
  broker.delayTimer = at;
  out.timer(at, TIMER_DELAY, broker.id);
}

/** What is due stands in its queue from now on, with an offset of this moment: level by level, each in the order of storing, then the wheel. */
export function delayTimer(state: ClusterState, broker: BrokerState, meta: Meta, out: ClusterSink): void {
  if (broker.delayTimer !== meta.now) return;
  broker.delayTimer = -1;
  if (!broker.isAnswering) return;
  if (broker.isDiskFull) {
    // What is due cannot be put into its queue: tried again in a moment.
    broker.delayTimer = meta.now + SCHEDULER_STEP;
    out.timer(broker.delayTimer, TIMER_DELAY, broker.id);
    return;
  }
  const { held } = broker;
  for (const level of meta.now >= broker.lookAt ? broker.levels : []) {
    for (let row = level.first(); row >= 0 && (held.dues[row] as number) < meta.now; row = level.first()) {
      level.takeFirst();
      giveOut(state, broker, row, meta, out);
    }
  }
  for (let row = broker.wheel.first(); row >= 0 && (held.dues[row] as number) <= meta.now; row = broker.wheel.first()) {
    broker.wheel.takeFirst(held);
    giveOut(state, broker, row, meta, out);
  }
  wantDelayTimer(broker, meta, out);
}

function giveOut(state: ClusterState, broker: BrokerState, row: number, meta: Meta, out: ClusterSink): void {
  const { held } = broker;
  const queue = held.queues[row] as number;
  const handle = held.handles[row] as number;
  const tag = held.tags[row] as number;
  const times = held.times[row] as number;
  const topic = held.topics[row] as number;
  if (keepsMoves(broker)) broker.moves.set(handle, held.positions[row] as number);
  held.remove(row);
  out.due(queue, handle);
  storeInQueue(state, queue, handle, tag, times, topic, meta, out);
}
