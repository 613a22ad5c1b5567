import { HELD, NONE, REDELIVERED } from "../../models/messages.ts";
import { BLOCKED, IN_ROW } from "../../models/rabbitmq/client-state.ts";
import { AT, EVENT_BITS } from "../core.ts";
import { OUTCOMES } from "../ledger.ts";
import { drawOne, plan, planOn } from "./agenda.ts";
import { columns, type Rare, whose } from "./columns.ts";
import * as R from "./rows.ts";
import { F, I, MASK } from "./rows.ts";

/** What everyday traffic does, in the sprint's memory: every function here does what one of `rabbit-express.ts`, `core.ts` or `consumers.ts` does, in the same order. */

/** Slots of an instance in an event's target. */
export const SLOT_BITS = 7;

/** Notes the duration in `VALUE`. */
export function record(durations: number): void {
  const d = durations & MASK;
  const count = (I[d + R.D_COUNT] as number) & (R.D_MOST - 1);
  F[((d + R.D_FIRST) >> 1) + count] = F[R.VALUE >> 1] as number;
  I[d + R.D_COUNT] = count + 1;
  if (count === R.D_MOST - 1) (whose.rare as Rare).count(d);
}

/** Notes the durations in `VALUE` and `OTHER`, of two instruments that are always used together. */
export function recordBoth(durations: number): void {
  const d = durations & MASK;
  const count = (I[d + R.D_COUNT] as number) & (R.D_MOST - 1);
  F[((d + R.D_FIRST) >> 1) + count] = F[R.VALUE >> 1] as number;
  F[((d + R.D_SECOND) >> 1) + count] = F[R.OTHER >> 1] as number;
  I[d + R.D_COUNT] = count + 1;
  if (count === R.D_MOST - 1) (whose.rare as Rare).count(d);
}

/** The queue is deeper by one, or shallower: the heights follow from what is in it, the areas from when it changed. @param by ±1 */
export function deepen(queue: number, by: number): void {
  const at = ((queue & MASK) + R.Q_DEPTH_STEPS) >> 1;
  F[at] = (F[at] as number) + by * (F[R.NOW >> 1] as number);
}

/** Bytes of a message's body. Where all have the same, `SIZE` has it, and nothing is added up one by one. */
const sizeOf = (copy: number): number => columns.kindSizes[columns.kinds[copy] as number] as number;

/** A copy passes a link that takes no time. */
export function pass(link: number, copy: number): void {
  const l = link & MASK;
  (I[l + R.L_MESSAGES] as number)++;
  if (I[R.SIZE] === -1) F[(l + R.L_BYTES) >> 1] = (F[(l + R.L_BYTES) >> 1] as number) + sizeOf(copy);
}

/** A copy sets off over a link that takes time, to where `WHAT` and `DATA` say. */
export function sendOff(link: number, copy: number): void {
  const l = link & MASK;
  pass(l, copy);
  const delay = F[(l + R.L_DELAY) >> 1] as number;
  F[(l + R.L_LAST) >> 1] = (F[R.NOW >> 1] as number) + delay;
  F[R.VALUE >> 1] = delay;
  record(I[l + R.L_TRANSFER] as number);
  (I[l + R.L_HEIGHT] as number)++;
  F[(l + R.L_STEPS) >> 1] = (F[(l + R.L_STEPS) >> 1] as number) + (F[R.NOW >> 1] as number);
  planOn(I[l + R.L_RING] as number);
}

/** … and has arrived. */
export function land(link: number): void {
  const l = link & MASK;
  (I[l + R.L_HEIGHT] as number)--;
  F[(l + R.L_STEPS) >> 1] = (F[(l + R.L_STEPS) >> 1] as number) - (F[R.NOW >> 1] as number);
}

/** A row of the message store. */
function alloc(): number {
  const free = I[R.FREE] as number;
  (I[R.LIVE] as number)++;
  if (free !== NONE) {
    I[R.FREE] = columns.ids[free] as number;
    return free;
  }
  const top = I[R.TOP] as number;
  I[R.TOP] = top + 1;
  return top;
}

/** A new message of the ledger. @param cause the message whose age it has; −1 = it is made now */
export function make(kind: number, cause: number): number {
  const { birth, kinds, ids, flags, enqueued, expiry, groups } = columns;
  const copy = alloc();
  const now = F[R.NOW >> 1] as number;
  const born = cause < 0 ? now : (birth[cause] as number);
  birth[copy] = born;
  kinds[copy] = kind;
  const id = (I[R.LAST_MESSAGE] as number) + 1;
  I[R.LAST_MESSAGE] = id;
  ids[copy] = id;
  flags[copy] = 0;
  if (columns.hasEnqueued === true) enqueued[copy] = born;
  if (columns.hasExpiry === true) expiry[copy] = Number.POSITIVE_INFINITY;
  if (columns.hasGroups === true) groups[copy] = 0;
  F[R.IN_STEPS >> 1] = (F[R.IN_STEPS >> 1] as number) + now;
  return copy;
}

function clone(original: number): number {
  const { birth, kinds, ids, flags, enqueued, expiry, groups } = columns;
  const copy = alloc();
  birth[copy] = birth[original] as number;
  kinds[copy] = kinds[original] as number;
  ids[copy] = ids[original] as number;
  flags[copy] = 0;
  if (columns.hasEnqueued === true) enqueued[copy] = birth[original] as number;
  if (columns.hasExpiry === true) expiry[copy] = Number.POSITIVE_INFINITY;
  groups[copy] = groups[original] as number;
  return copy;
}

/** Rows of the message store that may be taken before it grows. */
export const roomLeft = (): number => (I[R.STOP] as number) - (I[R.LIVE] as number);

/** Whether there is room for what a publish over this route makes. */
export function hasRoom(route: number): boolean {
  const ways = I[(route & MASK) + R.R_WAYS] as number;
  if (roomLeft() < ways) return false;
  if (ways === 1) return true;
  const { groupFree, groupLive } = columns;
  return columns.hasGroups === true && (groupFree.length > 0 || (I[R.GROUP_TOP] as number) < groupLive.length);
}

/** A message has come to an exchange, and goes all ways of its route. */
export function publish(exchange: number, route: number, message: number): void {
  const x = exchange & MASK;
  const words = I;
  const ways = words[(route & MASK) + R.R_WAYS] as number;
  (words[x + R.X_IN] as number)++;
  words[x + R.X_OUT] = (words[x + R.X_OUT] as number) + ways;
  if (ways > 1) {
    words[R.COPIES] = (words[R.COPIES] as number) + ways - 1;
    const { groupFree, groupLive, groupOutcome, groupReason, groupKept, groups } = columns;
    let group = words[R.GROUP_TOP] as number;
    if (groupFree.length > 0) group = groupFree.pop() as number;
    else words[R.GROUP_TOP] = group + 1;
    groupLive[group] = ways;
    groupOutcome[group] = OUTCOMES;
    groupReason[group] = 0;
    groupKept[group] = 0;
    groups[message] = group;
  }
  const last = ((route & MASK) + R.R_FIRST + ways - 1) & MASK;
  for (let at = last - ways + 1; at < last; at++) carry(words[at & MASK] as number, clone(message));
  carry(words[last] as number, message);
}

function carry(way: number, copy: number): void {
  const w = way & MASK;
  const link = (I[w + R.W_LINK] as number) & MASK;
  const q = (I[w + R.W_QUEUE] as number) & MASK;
  if (link !== 0) {
    (I[link + R.L_MESSAGES] as number)++;
    if (I[link + R.L_IS_INSTANT] === 0) {
      F[R.VALUE >> 1] = F[(link + R.L_DELAY) >> 1] as number;
      record(I[link + R.L_TRANSFER] as number);
      I[R.WHAT] = AT.enqueue | ((I[q + R.Q_TARGET] as number) << EVENT_BITS);
      I[R.DATA] = copy;
      planOn(I[link + R.L_RING] as number);
      return;
    }
  }
  takeIn(q, copy);
}

/** A copy comes into its queue. */
export function takeIn(queue: number, copy: number): void {
  const q = queue & MASK;
  const { enqueued, kinds, kindPersists } = columns;
  if (columns.hasEnqueued === true) enqueued[copy] = F[R.NOW >> 1] as number;
  if (columns.hasExpiry === true) columns.expiry[copy] = Number.POSITIVE_INFINITY;
  const ready = I[q + R.Q_READY] as number;
  const c = ready === 0 ? nextConsumer(q) : 0;
  (I[q + R.Q_PUBLISHED] as number)++;
  deepen(q, 1);
  const place = I[q + R.Q_TAIL] as number;
  if (c !== 0) {
    I[q + R.Q_TAIL] = (place + 1) | 0;
    I[q + R.Q_HEAD] = (place + 1) | 0;
    deliver(q, c, copy, place);
  } else {
    if (((place - (I[q + R.Q_HEAD] as number)) | 0) === I[q + R.Q_LIMIT]) (whose.rare as Rare).widenLane(q);
    (columns.lanes[I[q + R.Q_LANE] as number] as Int32Array)[place & (I[q + R.Q_MASK] as number)] = copy;
    I[q + R.Q_TAIL] = (place + 1) | 0;
    I[q + R.Q_READY] = ready + 1;
    if (I[R.SIZE] === -1) F[(q + R.Q_BYTES) >> 1] = (F[(q + R.Q_BYTES) >> 1] as number) + sizeOf(copy);
    F[(q + R.Q_READY_STEPS) >> 1] = (F[(q + R.Q_READY_STEPS) >> 1] as number) + (F[R.NOW >> 1] as number);
  }
  if (I[q + R.Q_WRITES] === 1 && kindPersists[kinds[copy] as number] === 1) write(q);
}

/** As `write` of the model's disk, of what nobody waits for. */
function write(queue: number): void {
  const q = queue & MASK;
  const now = F[R.NOW >> 1] as number;
  const numbers = F;
  if (now > (numbers[(q + R.Q_DISK_ENDS) >> 1] as number)) {
    while (I[q + R.Q_IS_WRITING] === 1 && (numbers[(q + R.Q_DISK_ENDS) >> 1] as number) < now) {
      const from = numbers[(q + R.Q_DISK_FROM) >> 1] as number;
      const ends = numbers[(q + R.Q_DISK_ENDS) >> 1] as number;
      numbers[(q + R.Q_DISK_SAFE) >> 1] = from;
      I[q + R.Q_IS_WRITING] = I[q + R.Q_IS_DIRTY] as number;
      I[q + R.Q_IS_DIRTY] = 0;
      numbers[(q + R.Q_DISK_FROM) >> 1] = ends;
      numbers[(q + R.Q_DISK_ENDS) >> 1] = ends + (ends - from);
    }
  }
  if (I[q + R.Q_IS_WRITING] === 1) {
    I[q + R.Q_IS_DIRTY] = 1;
    return;
  }
  I[q + R.Q_IS_WRITING] = 1;
  I[q + R.Q_IS_DIRTY] = 0;
  numbers[(q + R.Q_DISK_FROM) >> 1] = now;
  numbers[(q + R.Q_DISK_ENDS) >> 1] = now + (numbers[(q + R.Q_DISK_TAKES) >> 1] as number);
}

/** Who gets the next message; 0 = nobody can take it. */
function nextConsumer(queue: number): number {
  const q = queue & MASK;
  const words = I;
  const row = words[q + R.Q_ROW] as number;
  const mask = words[q + R.Q_ROW_MASK] as number;
  let count = words[q + R.Q_ROW_COUNT] as number;
  while (count > 0) {
    const start = words[q + R.Q_ROW_START] as number;
    const c = (words[(row + start) & MASK] as number) & MASK;
    if ((words[c + R.C_CREDIT] as number) > 0) return c;
    count--;
    words[q + R.Q_ROW_START] = (start + 1) & mask;
    words[q + R.Q_ROW_COUNT] = count;
    words[c + R.C_PLACE] = BLOCKED;
    const blocked = (words[q + R.Q_BLOCKED] as number) + 1;
    words[q + R.Q_BLOCKED] = blocked;
    words[c + R.C_SINCE] = blocked;
  }
  return 0;
}

/** Joins the row. */
export function join(queue: number, c: number): void {
  const q = queue & MASK;
  const count = I[q + R.Q_ROW_COUNT] as number;
  const at = ((I[q + R.Q_ROW_START] as number) + count) & (I[q + R.Q_ROW_MASK] as number);
  I[((I[q + R.Q_ROW] as number) + at) & MASK] = c;
  I[q + R.Q_ROW_COUNT] = count + 1;
  I[(c & MASK) + R.C_PLACE] = IN_ROW;
}

/** Takes the head of the queue. */
export function takeHead(queue: number): number {
  const q = queue & MASK;
  const place = I[q + R.Q_HEAD] as number;
  I[q + R.Q_HEAD] = (place + 1) | 0;
  const copy = (columns.lanes[I[q + R.Q_LANE] as number] as Int32Array)[place & (I[q + R.Q_MASK] as number)] as number;
  (I[q + R.Q_READY] as number)--;
  if (I[R.SIZE] === -1) F[(q + R.Q_BYTES) >> 1] = (F[(q + R.Q_BYTES) >> 1] as number) - sizeOf(copy);
  F[(q + R.Q_READY_STEPS) >> 1] = (F[(q + R.Q_READY_STEPS) >> 1] as number) - (F[R.NOW >> 1] as number);
  return copy;
}

/** Delivers what can be delivered. */
export function deliverAll(queue: number): void {
  const q = queue & MASK;
  const words = I;
  while ((words[q + R.Q_READY] as number) > 0) {
    const c = nextConsumer(q);
    if (c === 0) return;
    const place = words[q + R.Q_HEAD] as number;
    deliver(q, c, takeHead(q), place);
  }
}

/** One delivery to a consumer with credit. @param place the copy's place in its lane */
function deliver(queue: number, consumer: number, copy: number, place: number): void {
  const q = queue & MASK;
  const c = consumer & MASK;
  (I[c + R.C_CREDIT] as number)--;
  const count = I[q + R.Q_ROW_COUNT] as number;
  if (count > 1) {
    const start = I[q + R.Q_ROW_START] as number;
    const mask = I[q + R.Q_ROW_MASK] as number;
    I[((I[q + R.Q_ROW] as number) + ((start + count) & mask)) & MASK] = c;
    I[q + R.Q_ROW_START] = (start + 1) & mask;
  }
  const tag = note(q, c, copy, place);
  const link = (I[c + R.C_LINK] as number) & MASK;
  const v = (I[c + R.C_INSTANCE] as number) & MASK;
  if (I[link + R.L_IS_INSTANT] === 0) {
    wait(v, copy, tag, I[c + R.C_SUBSCRIPTION] as number);
    I[R.WHAT] = AT.delivered | ((I[v + R.V_INDEX] as number) << EVENT_BITS);
    I[R.DATA] = I[v + R.V_EPOCH] as number;
    sendOff(link, copy);
    return;
  }
  pass(link, copy);
  const idle = I[v + R.V_IDLE_COUNT] as number;
  if (idle > 0 && I[v + R.V_COUNT] === 0) {
    begin(v, copy, tag, I[c + R.C_SUBSCRIPTION] as number);
    return;
  }
  wait(v, copy, tag, I[c + R.C_SUBSCRIPTION] as number);
  (I[v + R.V_ARRIVED] as number)++;
  if (idle > 0) startNext(v);
}

/** The delivery gets its tag, and is counted. @returns the tag */
export function note(queue: number, consumer: number, copy: number, place: number): number {
  const q = queue & MASK;
  const c = consumer & MASK;
  const h = (I[c + R.C_CHANNEL] as number) & MASK;
  const tag = I[h + R.H_NEXT] as number;
  if (tag - (I[h + R.H_BASE] as number) > (I[h + R.H_MASK] as number)) (whose.rare as Rare).widenTags(h);
  const tags = columns.tags[I[h + R.H_ROWS] as number] as Int32Array;
  const at = (tag & (I[h + R.H_MASK] as number)) << 2;
  tags[at] = copy;
  tags[at + 1] = I[q + R.Q_ID] as number;
  tags[at + 2] = I[c + R.C_ID] as number;
  tags[at + 3] = place;
  I[h + R.H_NEXT] = tag + 1;
  (I[q + R.Q_DELIVERED] as number)++;
  const { flags } = columns;
  const since = columns.hasEnqueued === true ? columns.enqueued[copy] : columns.birth[copy];
  F[R.VALUE >> 1] = (F[R.NOW >> 1] as number) - (since as number);
  record(I[q + R.Q_WAIT] as number);
  const known = flags[copy] as number;
  if ((known & REDELIVERED) !== 0) (whose.rare as Rare).redelivered(q, (I[c + R.C_INSTANCE] as number) & MASK, copy);
  flags[copy] = known | HELD;
  return tag;
}

/** The delivery stands in the instance's ring. */
function wait(instance: number, copy: number, tag: number, subscription: number): void {
  const v = instance & MASK;
  const count = I[v + R.V_COUNT] as number;
  if (count > (I[v + R.V_MASK] as number)) (whose.rare as Rare).widenRing(v);
  const ring = columns.rings[I[v + R.V_RING] as number] as Int32Array;
  const at = (((I[v + R.V_HEAD] as number) + count) & (I[v + R.V_MASK] as number)) << 2;
  ring[at] = copy;
  ring[at + 1] = tag;
  ring[at + 2] = subscription;
  I[v + R.V_COUNT] = count + 1;
}

/** An idle server takes what has waited longest. */
export function startNext(instance: number): void {
  const v = instance & MASK;
  const ring = columns.rings[I[v + R.V_RING] as number] as Int32Array;
  const head = I[v + R.V_HEAD] as number;
  const at = head << 2;
  I[v + R.V_HEAD] = (head + 1) & (I[v + R.V_MASK] as number);
  (I[v + R.V_COUNT] as number)--;
  (I[v + R.V_ARRIVED] as number)--;
  begin(v, ring[at] as number, ring[at + 1] as number, ring[at + 2] as number);
}

/** An idle server takes the delivery. */
function begin(instance: number, copy: number, tag: number, subscription: number): void {
  const v = instance & MASK;
  const idle = (I[v + R.V_IDLE_COUNT] as number) - 1;
  I[v + R.V_IDLE_COUNT] = idle;
  const slot = I[((I[v + R.V_IDLE] as number) + idle) & MASK] as number;
  const m = (I[v + R.V_NODE] as number) & MASK;
  (I[m + R.M_BUSY] as number)++;
  F[(m + R.M_BUSY_STEPS) >> 1] = (F[(m + R.M_BUSY_STEPS) >> 1] as number) + (F[R.NOW >> 1] as number);
  serve(v, slot, copy, tag, subscription);
}

/** A server begins to work on the delivery. */
export function serve(instance: number, slot: number, copy: number, tag: number, subscription: number): void {
  const v = instance & MASK;
  const at = ((I[v + R.V_SLOTS] as number) + (slot << 2)) & MASK;
  I[at] = copy;
  I[at + 1] = tag;
  I[at + 2] = subscription;
  const now = F[R.NOW >> 1] as number;
  F[(((I[v + R.V_STARTS] as number) & MASK) >> 1) + slot] = now;
  const m = (I[v + R.V_NODE] as number) & MASK;
  let service = F[(m + R.M_MEAN) >> 1] as number;
  if (I[m + R.M_IS_DRAWN] === 1) {
    drawOne(I[m + R.M_STREAM] as number);
    service *= F[R.VALUE >> 1] as number;
  }
  const speed = F[(m + R.M_SPEED) >> 1] as number;
  F[R.DUE >> 1] = now + Math.floor((speed === 1 ? service : service / speed) + 0.5);
  I[R.WHAT] = AT.done | ((((I[v + R.V_INDEX] as number) << SLOT_BITS) | slot) << EVENT_BITS);
  I[R.DATA] = I[v + R.V_EPOCH] as number;
  plan();
}

/** The server stands idle. */
export function release(instance: number, slot: number): void {
  const v = instance & MASK;
  const idle = I[v + R.V_IDLE_COUNT] as number;
  I[((I[v + R.V_IDLE] as number) + idle) & MASK] = slot;
  I[v + R.V_IDLE_COUNT] = idle + 1;
  const m = (I[v + R.V_NODE] as number) & MASK;
  (I[m + R.M_BUSY] as number)--;
  F[(m + R.M_BUSY_STEPS) >> 1] = (F[(m + R.M_BUSY_STEPS) >> 1] as number) - (F[R.NOW >> 1] as number);
}
