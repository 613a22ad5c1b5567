import { negLogUnit } from "../../kernel/math.ts";
import { mixEvent } from "../event-hash.ts";
import * as R from "./rows.ts";
import { F, I, MASK } from "./rows.ts";

/** The calendar of a sprint, and its draws: as `Calendar`, `nextInt32` and `drawExponential`, in the sprint's memory. */

const NEVER = Number.POSITIVE_INFINITY;
/** An event brings at most so many others. */
export const MOST_AT_ONCE = 140;
const FROM_HEAP = -1;

F.fill(NEVER, R.HEAP, R.HEAP + 4 * R.HEAP_ENTRIES);

/** Finds the next event: its time is left in `DUE`, what it is in `WHAT` and `DATA`. @returns where it stands, for `take`: −1 = in the heap, else in that ring */
export function look(): number {
  const numbers = F;
  let at = numbers[R.HEAP] as number;
  let key = numbers[R.HEAP + 1] as number;
  let from = FROM_HEAP;
  const rings = I[R.RING_COUNT] as number;
  for (let i = 0; i < rings; i++) {
    const ring = R.FIRST_RING + i * R.RING_WIDTH;
    const first = numbers[(ring + R.RING_TIME) >> 1] as number;
    if (first < at || (first === at && (numbers[(ring + R.RING_KEY) >> 1] as number) < key)) {
      at = first;
      key = numbers[(ring + R.RING_KEY) >> 1] as number;
      from = i;
    }
  }
  let entry = R.HEAP;
  if (from !== FROM_HEAP) entry = ringEntry(from, I[R.FIRST_RING + from * R.RING_WIDTH + R.RING_HEAD] as number);
  numbers[R.DUE >> 1] = at;
  I[R.WHAT] = numbers[entry + 2] as number;
  I[R.DATA] = numbers[entry + 3] as number;
  return from;
}

const ringEntry = (ring: number, place: number): number =>
  R.RING_AREA + 4 * (((ring & 7) * R.RING_ENTRIES + (place & (R.RING_ENTRIES - 1))) | 0);

/** The event that `look` found happens now. */
export function take(from: number): void {
  const at = F[R.DUE >> 1] as number;
  F[R.NOW >> 1] = at;
  I[R.HASH] = mixEvent(I[R.HASH] as number, I[R.WHAT] as number, I[R.DATA] as number, at);
  if (from === FROM_HEAP) {
    I[R.IS_HOLE] = 1;
    return;
  }
  const ring = R.FIRST_RING + (from & 7) * R.RING_WIDTH;
  const head = ((I[ring + R.RING_HEAD] as number) + 1) & (R.RING_ENTRIES - 1);
  I[ring + R.RING_HEAD] = head;
  const left = (I[ring + R.RING_EVENTS] as number) - 1;
  I[ring + R.RING_EVENTS] = left;
  const entry = ringEntry(from, head);
  F[(ring + R.RING_TIME) >> 1] = left === 0 ? NEVER : (F[entry] as number);
  F[(ring + R.RING_KEY) >> 1] = F[entry + 1] as number;
}

/** The event that was taken stays where it is after all. Not once anything has been planned. */
export function giveBack(from: number): void {
  if (from === FROM_HEAP) {
    I[R.IS_HOLE] = 0;
    return;
  }
  const ring = R.FIRST_RING + (from & 7) * R.RING_WIDTH;
  const head = ((I[ring + R.RING_HEAD] as number) - 1) & (R.RING_ENTRIES - 1);
  I[ring + R.RING_HEAD] = head;
  (I[ring + R.RING_EVENTS] as number)++;
  const entry = ringEntry(from, head);
  F[(ring + R.RING_TIME) >> 1] = F[entry] as number;
  F[(ring + R.RING_KEY) >> 1] = F[entry + 1] as number;
}

/** Plans what stands in `DUE`, `WHAT` and `DATA`. */
export function plan(): void {
  const place = I[R.IS_HOLE] === 1 ? 0 : 4 * (I[R.COUNT] as number);
  const entry = R.HEAP + (place & (4 * R.HEAP_ENTRIES - 1));
  const key = F[R.SEQUENCE >> 1] as number;
  F[R.SEQUENCE >> 1] = key + 1;
  F[entry] = F[R.DUE >> 1] as number;
  F[entry + 1] = key;
  F[entry + 2] = I[R.WHAT] as number;
  F[entry + 3] = I[R.DATA] as number;
  if (place === 0) {
    I[R.IS_HOLE] = 0;
    if (I[R.COUNT] === 0) I[R.COUNT] = 1;
    sink();
    return;
  }
  const count = (I[R.COUNT] as number) + 1;
  I[R.COUNT] = count;
  if (count > R.HEAP_ENTRIES - MOST_AT_ONCE) I[R.IS_FULL] = 1;
  rise(place);
}

/** Plans `WHAT` and `DATA` for when a link's delay is over. @param ring address @param delay in `VALUE`, µs */
export function planOn(ring: number): void {
  const at = (F[R.NOW >> 1] as number) + (F[R.VALUE >> 1] as number);
  const key = F[R.SEQUENCE >> 1] as number;
  F[R.SEQUENCE >> 1] = key + 1;
  const events = I[(ring & MASK) + R.RING_EVENTS] as number;
  const index = ((ring - R.FIRST_RING) / R.RING_WIDTH) | 0;
  const entry = ringEntry(index, (I[(ring & MASK) + R.RING_HEAD] as number) + events);
  if (events === 0) {
    F[((ring & MASK) + R.RING_TIME) >> 1] = at;
    F[((ring & MASK) + R.RING_KEY) >> 1] = key;
  }
  I[(ring & MASK) + R.RING_EVENTS] = events + 1;
  if (events > R.RING_ENTRIES - MOST_AT_ONCE) I[R.IS_FULL] = 1;
  F[entry] = at;
  F[entry + 1] = key;
  F[entry + 2] = I[R.WHAT] as number;
  F[entry + 3] = I[R.DATA] as number;
}

/** Closes the hole that nothing new has filled. */
export function settle(): void {
  const count = ((I[R.COUNT] as number) - 1) & (R.HEAP_ENTRIES - 1);
  I[R.COUNT] = count;
  I[R.IS_HOLE] = 0;
  const last = R.HEAP + 4 * count;
  F[R.HEAP] = F[last] as number;
  F[R.HEAP + 1] = F[last + 1] as number;
  F[R.HEAP + 2] = F[last + 2] as number;
  F[R.HEAP + 3] = F[last + 3] as number;
  F[last] = NEVER;
  if (count > 1) sink();
}

function rise(from: number): void {
  const heap = F;
  let i = from & (4 * R.HEAP_ENTRIES - 1);
  const at = heap[R.HEAP + i] as number;
  const key = heap[R.HEAP + i + 1] as number;
  const what = heap[R.HEAP + i + 2] as number;
  const data = heap[R.HEAP + i + 3] as number;
  while (i > 0) {
    const parent = ((i - 4) >> 2) & (4 * R.HEAP_ENTRIES - 4);
    const t = heap[R.HEAP + parent] as number;
    if (t < at || (t === at && (heap[R.HEAP + parent + 1] as number) < key)) break;
    heap[R.HEAP + i] = t;
    heap[R.HEAP + i + 1] = heap[R.HEAP + parent + 1] as number;
    heap[R.HEAP + i + 2] = heap[R.HEAP + parent + 2] as number;
    heap[R.HEAP + i + 3] = heap[R.HEAP + parent + 3] as number;
    i = parent;
  }
  heap[R.HEAP + i] = at;
  heap[R.HEAP + i + 1] = key;
  heap[R.HEAP + i + 2] = what;
  heap[R.HEAP + i + 3] = data;
}

function sink(): void {
  const heap = F;
  const end = 4 * ((I[R.COUNT] as number) & (R.HEAP_ENTRIES - 1));
  const at = heap[R.HEAP] as number;
  const key = heap[R.HEAP + 1] as number;
  const what = heap[R.HEAP + 2] as number;
  const data = heap[R.HEAP + 3] as number;
  let i = 0;
  for (let a = 4; a < end; a = 4 * i + 4) {
    let best = a;
    if (end > 20) {
      const ta = heap[R.HEAP + a] as number;
      const tb = heap[R.HEAP + a + 4] as number;
      const tc = heap[R.HEAP + a + 8] as number;
      const td = heap[R.HEAP + a + 12] as number;
      const left = a + 4 * +(tb < ta);
      const right = a + 8 + 4 * +(td < tc);
      const l = heap[R.HEAP + left] as number;
      const r = heap[R.HEAP + right] as number;
      best = left + (right - left) * +(r < l);
      if (l === r || (ta === tb && r > l) || (tc === td && l > r)) best = first(a, end);
    } else best = first(a, end);
    const t = heap[R.HEAP + best] as number;
    if (t > at || (t === at && (heap[R.HEAP + best + 1] as number) > key)) break;
    heap[R.HEAP + i] = t;
    heap[R.HEAP + i + 1] = heap[R.HEAP + best + 1] as number;
    heap[R.HEAP + i + 2] = heap[R.HEAP + best + 2] as number;
    heap[R.HEAP + i + 3] = heap[R.HEAP + best + 3] as number;
    i = best & (4 * R.HEAP_ENTRIES - 1);
  }
  heap[R.HEAP + i] = at;
  heap[R.HEAP + i + 1] = key;
  heap[R.HEAP + i + 2] = what;
  heap[R.HEAP + i + 3] = data;
}

/** Which of the up to four entries from `a` on comes first. */
function first(a: number, end: number): number {
  const heap = F;
  const last = a + 16 < end ? a + 16 : end;
  let best = a;
  let least = heap[R.HEAP + a] as number;
  for (let k = a + 4; k < last; k += 4) {
    const t = heap[R.HEAP + k] as number;
    if (t > least || (t === least && (heap[R.HEAP + k + 1] as number) > (heap[R.HEAP + best + 1] as number))) continue;
    best = k;
    least = t;
  }
  return best;
}

/** The next 32 random bits of a stream. @param stream address */
export function bits(stream: number): number {
  const at = stream & MASK;
  const s0 = I[at] as number;
  const s1 = I[at + 1] as number;
  const s2 = (I[at + 2] as number) ^ s0;
  const s3 = (I[at + 3] as number) ^ s1;
  const five = Math.imul(s1, 5);
  I[at + 1] = s1 ^ s2;
  I[at] = s0 ^ s3;
  I[at + 2] = s2 ^ (s1 << 9);
  I[at + 3] = (s3 << 11) | (s3 >>> 21);
  return Math.imul((five << 7) | (five >>> 25), 9);
}

/** An exponential variate of mean 1, left in `VALUE`. */
export function drawOne(stream: number): void {
  F[R.VALUE >> 1] = negLogUnit(bits(stream));
}
