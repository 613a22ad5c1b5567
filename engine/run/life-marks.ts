import type { Micros } from "../kernel/time.ts";
import type { ConsumerInstance, Consumers } from "./consumers.ts";
import { EVENT } from "./event-log.ts";

/** How a consumer lays out what it holds; `consumers.ts` has the same numbers, and the tracer's tests fail when they part. */
const WIDTH_BITS = 2;
const SLOT_BITS = 7;

/** Notes in the log that a delivery has come over a link that takes time: where its transfer ends and its stay in the client begins. Called before it is taken in. */
export function markArrival(consumers: Consumers, index: number, epoch: number): void {
  const instance = consumers.instances[index] as ConsumerInstance;
  if (epoch !== instance.epoch) return;
  const { core } = consumers;
  const handle = instance.ring[((instance.head + instance.arrived) & instance.mask) << WIDTH_BITS] as number;
  core.log.add(EVENT.arrive, core.now, instance.node.index, core.store.id[handle] as number);
}

/** Ends a piece of work, and notes with its event when it began. */
export function doneMarked(consumers: Consumers, target: number, epoch: number): void {
  const { log } = consumers.core;
  if (!log.detailed) {
    consumers.done(target, epoch);
    return;
  }
  const instance = consumers.instances[target >> SLOT_BITS] as ConsumerInstance;
  const began = instance.slotStart[target & ((1 << SLOT_BITS) - 1)] as number;
  const isStale = epoch !== instance.epoch;
  const before = log.last;
  consumers.done(target, epoch);
  // Whatever else follows, the end of the work is told first.
  if (!isStale && log.last > before) log.markWork(before + 1, began);
}

/** Where a message is within a consumer: on the way to it, in its buffer, or at work since a time (µs). */
export type Held = { at: "way" | "buffer" } | { at: "work"; since: Micros };

/** Every hold of the message at the consumer node, oldest delivery first in each instance. Looks through all that its instances hold. */
export function holdsOf(consumers: Consumers, nodeIndex: number, message: number): Held[] {
  const { store } = consumers.core;
  const node = consumers.nodes.find(({ index }) => index === nodeIndex);
  const found: Held[] = [];
  for (const index of node?.instances ?? []) {
    const instance = consumers.instances[index] as ConsumerInstance;
    const idle = new Set(instance.idle.subarray(0, instance.idleCount));
    for (let slot = 0; slot < instance.slotStart.length; slot++) {
      if (idle.has(slot) || store.id[instance.slots[slot << WIDTH_BITS] as number] !== message) continue;
      found.push({ at: "work", since: instance.slotStart[slot] as number });
    }
    for (let i = 0; i < instance.count; i++) {
      const handle = instance.ring[((instance.head + i) & instance.mask) << WIDTH_BITS] as number;
      if (store.id[handle] === message) found.push({ at: i < instance.arrived ? "buffer" : "way" });
    }
  }
  return found;
}
