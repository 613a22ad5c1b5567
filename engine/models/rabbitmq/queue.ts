import type { Meta } from "../model.ts";
import { arrived, untie } from "./confirms.ts";
import { headOf, passBy, putTail, takeHead } from "./contents.ts";
import { crashQueue, overtakes } from "./crash.ts";
import { deadLetter } from "./dead-letter.ts";
import { deliverTo, dispatch, dropExpired, payCredit } from "./delivery.ts";
import { isWritten, toDisk, write } from "./disk.ts";
import {
  CLASSIC,
  DROP_HEAD,
  QUORUM,
  type QueueState,
  REJECT_PUBLISH,
  REJECT_PUBLISH_DLX,
  STREAM,
} from "./queue-state.ts";
import { refusesFrom, tellPublishers } from "./quorum.ts";
import { MAXLEN, QUEUE_GONE_LOSS, REFUSED } from "./reasons.ts";
import { nextConsumer } from "./row.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { append } from "./stream.ts";
import { holdStuck, keeperOf } from "./stuck.ts";

/** A routed copy has reached its queue. semantics/rabbitmq §4, §5. */
export function enqueue(m: RabbitState, queue: number, copy: number, meta: Meta, out: RabbitSink): void {
  const q = m.queues[queue];
  const row = m.pending.isUsed === false ? 0 : untie(m.pending, copy);
  if (q == null) {
    // The queue went while the copy was on its way. The broker confirms: there is nothing more to wait for.
    out.lost(queue, copy, QUEUE_GONE_LOSS);
    if (row !== 0) arrived(m, row, false, out);
    return;
  }
  if (q.isUnusual === true) enqueueUnusual(m, q, copy, row, meta, out);
  else if (take(m, q, copy, row, meta, out) && (row !== 0 || m.fsync !== null)) confirmed(m, q, copy, row, meta, out);
}

/** Queues that may refuse, are down, or are streams: `isUnusual` says so. */
function enqueueUnusual(m: RabbitState, q: QueueState, copy: number, row: number, meta: Meta, out: RabbitSink): void {
  if (q.isDown) {
    if (q.type === CLASSIC) {
      out.lost(q.id, copy, QUEUE_GONE_LOSS);
      if (row !== 0) arrived(m, row, false, out);
    } else {
      q.unwritten.push(copy);
      q.unwrittenRows.push(row);
    }
    return;
  }
  if (q.type === STREAM) append(m, q, copy, meta, out);
  else if (refuses(m, q, copy, row)) {
    const keeper = keeperOf(m, row);
    if (keeper !== null) holdStuck(m, keeper, copy, meta, out, q.id);
    else if (q.overflow === REJECT_PUBLISH_DLX) deadLetter(m, q, copy, MAXLEN, meta, out);
    else out.discarded(q.id, copy, REFUSED);
    if (row !== 0) arrived(m, row, true, out);
    return;
  } else if (!take(m, q, copy, row, meta, out)) return;
  if (q.type === QUORUM && q.limited) tellPublishers(m, q, row);
  confirmed(m, q, copy, row, meta, out);
}

/** What waited for a majority is written now, in the order of arrival. */
export function enqueueUnwritten(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const copies = q.unwritten;
  const rows = q.unwrittenRows;
  q.unwritten = [];
  q.unwrittenRows = [];
  copies.forEach((copy, i) => {
    enqueueUnusual(m, q, copy, rows[i] as number, meta, out);
  });
}

/** The queue has the copy; its publisher is told when it is safe. */
function confirmed(m: RabbitState, q: QueueState, copy: number, row: number, meta: Meta, out: RabbitSink): void {
  if (m.fsync !== null && isWritten(m, q, copy)) write(m, q, row, meta, out);
  else if (row !== 0) arrived(m, row, false, out);
}

/** reject-publish: a new message that would go beyond a limit, even if a consumer waits for it (will_overflow of rabbit_amqqueue_process). */
function refuses(m: RabbitState, q: QueueState, copy: number, row: number): boolean {
  if (q.overflow === DROP_HEAD || !q.limited) return false;
  if (q.type === QUORUM) return refusesFrom(m, q, row);
  return q.ready + 1 > q.maxLength || q.readyBytes + m.store.sizeOf(copy) > q.maxBytes;
}

/** Takes the copy in: to a consumer with credit, else to the tail. @returns false when that was the queue's end: the publisher has been answered */
function take(m: RabbitState, q: QueueState, copy: number, row: number, meta: Meta, out: RabbitSink): boolean {
  const { store } = m;
  const { now } = meta;
  store.setEnqueued(copy, now);
  const { expirationMs } = store.kindOf(copy);
  if (q.hasTtl === true || expirationMs >= 0) setExpiry(m, q, copy, now, expirationMs);
  else if (store.hasExpiry === true) store.expiry[copy] = Number.POSITIVE_INFINITY;
  if (q.ready === 0) {
    const c = nextConsumer(m, q);
    if (c !== null) {
      const place = passBy(m, q, copy);
      out.enqueued(q.id, copy);
      deliverTo(m, q, c, copy, place, meta, out);
      if (q.owesCredit === true) payCredit(m, q);
      return true;
    }
  } else if (q.singleActive === true) {
    const c = overtakes(m, q);
    if (c !== null && !c.noAck) {
      crashQueue(m, q, copy, row, meta, out);
      return false;
    }
    if (c !== null) {
      out.enqueued(q.id, copy);
      deliverTo(m, q, c, copy, q.takenPlace, meta, out);
      return true;
    }
  }
  if (expirationMs >= 0 && q.isLazy === true) toDisk(m, copy);
  putTail(m, q, copy);
  out.enqueued(q.id, copy);
  const isNewHead = q.limited === true && q.overflow === DROP_HEAD && dropHead(m, q, meta, out);
  if (q.mayExpire === true && q.ready > 0 && (isNewHead || isWatched(q, copy))) dropExpired(m, q, meta, out);
  return true;
}

/**
 * Whether the queue looks at its head's time because this message came. A classic queue does so when it is the only one (deliver_or_enqueue of rabbit_amqqueue_process): one that
 * overtakes others by its priority is not noticed, and may even be delivered when its time is over.
 */
const isWatched = (q: QueueState, copy: number): boolean => (q.type === CLASSIC ? q.ready === 1 : headOf(q) === copy);

/** Expiry is fixed here, by the smaller of the queue's and the message's time to live; 0 means now, unless a consumer takes it. */
function setExpiry(m: RabbitState, q: QueueState, copy: number, now: number, expirationMs: number): void {
  const own = expirationMs >= 0 ? expirationMs * 1000 : Number.POSITIVE_INFINITY;
  m.store.setExpiry(copy, now + Math.min(own, q.ttl));
  q.mayExpire = true;
  q.isPlain = false;
}

export const isOverLimit = (q: QueueState): boolean =>
  q.ready + q.stuck.length > q.maxLength || q.readyBytes + q.stuckBytes > q.maxBytes;

/** drop-head: what is too much goes from the head, dead-lettered as `maxlen`. Does nothing for the other overflows. @returns whether anything went */
export function dropHead(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): boolean {
  if (q.overflow !== DROP_HEAD || !q.limited || q.ready === 0 || !isOverLimit(q)) return false;
  const dropped: number[] = [];
  while (q.ready > 0 && isOverLimit(q)) dropped.push(takeHead(m, q));
  // Several at once leave a quorum queue of 3.x in reversed order: each one's effect is put before those of the others (`drop_head` of rabbit_fifo).
  if (dropped.length > 1 && q.type === QUORUM && !m.isVersion4) dropped.reverse();
  for (const copy of dropped) deadLetter(m, q, copy, MAXLEN, meta, out);
  return true;
}

/** After the contents or the settings changed other than by a publish. */
export function settleDown(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (q.isDown || q.type === STREAM) return;
  if (q.type === CLASSIC) {
    dropHead(m, q, meta, out);
    if (q.mayExpire) dropExpired(m, q, meta, out);
    dispatch(m, q, meta, out);
    return;
  }
  // A quorum queue serves its consumers first and looks at its limits afterwards.
  dispatch(m, q, meta, out);
  if (dropHead(m, q, meta, out) && q.mayExpire) dropExpired(m, q, meta, out);
  if (q.overflow === REJECT_PUBLISH) tellPublishers(m, q, 0);
}
