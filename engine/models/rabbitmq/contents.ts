import { toDisk } from "./disk.ts";
import { Lane } from "./lane.ts";
import { CLASSIC, type QueueState } from "./queue-state.ts";
import type { RabbitState } from "./state.ts";

/** Taking messages out of a queue's lanes and putting them in. Counts and bytes of ready messages are kept here and nowhere else. */

/** Priorities above this are "high" in a 4.x quorum queue. semantics/rabbitmq §18. */
const NORMAL_PRIORITY_MAX = 4;
/** Of three messages two are high, while there are both. */
const HIGH_IN_A_ROW = 2;

/** The lane a message belongs to. */
function laneOf(m: RabbitState, q: QueueState, copy: number): Lane {
  if (q.lanes === null) return q.lane;
  const level = levelOf(m, q, copy);
  if (level > q.topLane) q.topLane = level;
  return q.lanes[level] as Lane;
}

/** Number of the lane a message belongs to. */
export function levelOf(m: RabbitState, q: QueueState, copy: number): number {
  const { priority } = m.store.kindOf(copy);
  if (q.type !== CLASSIC) return priority > NORMAL_PRIORITY_MAX ? 1 : 0;
  return Math.min(priority < 0 ? 0 : priority, (q.lanes?.length ?? 1) - 1);
}

/** The lane whose head is the queue's head; the queue is not empty. */
function headLane(q: QueueState): Lane {
  const { lanes } = q;
  if (lanes === null) return q.lane;
  if (q.type !== CLASSIC) {
    // Whatever came back goes first; it waits in the first lane.
    if (q.lane.backCount > 0) return q.lane;
    const high = lanes[1] as Lane;
    if (high.count === 0) return q.lane;
    return q.lane.count > 0 && q.highTaken === HIGH_IN_A_ROW ? q.lane : high;
  }
  let level = q.topLane;
  while (level > 0 && (lanes[level] as Lane).count === 0) level--;
  q.topLane = level;
  return lanes[level] as Lane;
}

/** The handle at the head; the queue is not empty. */
export const headOf = (q: QueueState): number => headLane(q).first();

/** Takes the head out. @returns its handle; the place is in `q.takenPlace` */
export function takeHead(m: RabbitState, q: QueueState): number {
  const lane = headLane(q);
  if (q.lanes !== null && q.type !== CLASSIC && lane.backCount === 0) countTaken(q);
  const copy = lane.take();
  q.takenPlace = lane.takenPlace;
  q.ready--;
  q.readyBytes -= m.store.sizeOf(copy);
  return copy;
}

/** A place for a copy that goes straight to a consumer; the queue is empty. */
export function passBy(m: RabbitState, q: QueueState, copy: number): number {
  if (q.lanes === null) return q.lane.passBy();
  if (q.type !== CLASSIC) countTaken(q);
  return laneOf(m, q, copy).passBy();
}

/** 4.x quorum: whose turn it is, high or normal. */
function countTaken(q: QueueState): void {
  q.highTaken = q.highTaken === HIGH_IN_A_ROW ? 0 : q.highTaken + 1;
}

export function putTail(m: RabbitState, q: QueueState, copy: number): void {
  const lane = q.lanes === null ? q.lane : laneOf(m, q, copy);
  lane.push(copy);
  q.ready++;
  q.readyBytes += m.store.sizeOf(copy);
}

/** Classic: back to the place it was taken from. */
export function putBack(m: RabbitState, q: QueueState, copy: number, place: number): void {
  laneOf(m, q, copy).restore(copy, place);
  if (q.isLazy === true) toDisk(m, copy);
  q.ready++;
  q.readyBytes += m.store.sizeOf(copy);
}

/** Quorum: to the front, behind what came back before. */
export function putBehindReturned(m: RabbitState, q: QueueState, copy: number): void {
  q.lane.restoreBehindReturned(copy);
  q.ready++;
  q.readyBytes += m.store.sizeOf(copy);
}

/** Empties the queue of ready messages. @returns them, head first */
export function takeAll(m: RabbitState, q: QueueState): number[] {
  const copies = readyCopies(q);
  while (q.ready > 0) takeHead(m, q);
  // A queue that has been emptied begins its turns anew.
  q.highTaken = 0;
  return copies;
}

/** The ready messages from head to tail, as the next deliveries would take them. */
export function readyCopies(q: QueueState): number[] {
  const { lanes } = q;
  const copies: number[] = [];
  if (lanes === null) {
    for (let i = 0; i < q.lane.count; i++) copies.push(q.lane.at(i));
    return copies;
  }
  if (q.type === CLASSIC) {
    for (let level = lanes.length - 1; level >= 0; level--) {
      const lane = lanes[level] as Lane;
      for (let i = 0; i < lane.count; i++) copies.push(lane.at(i));
    }
    return copies;
  }
  const high = lanes[1] as Lane;
  let normalAt = 0;
  let highAt = 0;
  let taken = q.highTaken;
  for (; normalAt < q.lane.backCount; normalAt++) copies.push(q.lane.at(normalAt));
  while (copies.length < q.ready) {
    const isNormal = highAt === high.count || (normalAt < q.lane.count && taken === HIGH_IN_A_ROW);
    copies.push(isNormal ? q.lane.at(normalAt++) : high.at(highAt++));
    taken = taken === HIGH_IN_A_ROW ? 0 : taken + 1;
  }
  return copies;
}

/** Gives a queue its lanes; what is ready is dealt anew, in the present order. @param count lanes, 1 = a single one */
export function dealLanes(m: RabbitState, q: QueueState, count: number): void {
  if ((q.lanes?.length ?? 1) === count) return;
  const copies = takeAll(m, q);
  q.lanes = count === 1 ? null : Array.from({ length: count }, (_, level) => (level === 0 ? q.lane : new Lane()));
  q.topLane = 0;
  if (count > 1) q.isPlain = false;
  for (const copy of copies) putTail(m, q, copy);
}
