import type { Meta } from "../model.ts";
import { type ChannelState, type ConsumerState, UNLIMITED } from "./client-state.ts";
import { watchChannel } from "./consumer-timeout.ts";
import { headOf, putBack, takeHead } from "./contents.ts";
import { deadLetter } from "./dead-letter.ts";
import { CLASSIC, QUORUM, type QueueState } from "./queue-state.ts";
import { tellPublishers } from "./quorum.ts";
import { EXPIRED } from "./reasons.ts";
import { endTurn, leaveRow, nextConsumer, returnCredit } from "./row.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { TIMER_HEAD } from "./timers.ts";
import { byCodeUnit } from "./values.ts";

/**
 * Hands ready messages to consumers as long as both are there. State is read anew after each effect: the sink may call back. A quorum queue looks at its head's time before it
 * takes it (`checkout_one` of rabbit_fifo), a classic one looks at the next head when it has taken one (`fetch` of rabbit_amqqueue_process).
 */
export function dispatch(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  const isClassic = q.type === CLASSIC;
  while (q.ready > 0 && q.isDown === false) {
    if (q.mayExpire === true && !isClassic) {
      dropExpired(m, q, meta, out);
      if (q.ready === 0) break;
    }
    const c = nextConsumer(m, q);
    if (c === null) {
      if (q.owesCredit === false) break;
      payCredit(m, q);
      continue;
    }
    const copy = takeHead(m, q);
    if (q.type === QUORUM && q.ready > 0) checkOut(m, q, { c, copy, place: q.takenPlace }, meta, out);
    else deliverTo(m, q, c, copy, q.takenPlace, meta, out);
    if (q.mayExpire === true && isClassic) dropExpired(m, q, meta, out);
  }
  if (q.owesCredit === true) payCredit(m, q);
  if (q.mayExpire === true && !isClassic) dropExpired(m, q, meta, out);
  if (q.refusing.length > 0) tellPublishers(m, q, 0);
}

/** A message that a consumer is to get. */
interface Dealt {
  readonly c: ConsumerState;
  readonly copy: number;
  readonly place: number;
}

/**
 * A quorum queue deals out all it can first, and only then sends: consumer by consumer, sorted by tag (`checkout` and `append_delivery_effects` of rabbit_fifo). So delivery tags
 * of one channel follow its consumers' tags, not the order in the queue.
 */
function checkOut(m: RabbitState, q: QueueState, first: Dealt, meta: Meta, out: RabbitSink): void {
  const dealt = [first];
  chargeCredit(q, first.c);
  endTurn(m, q, first.c);
  while (q.ready > 0) {
    if (q.mayExpire) {
      dropExpired(m, q, meta, out);
      if (q.ready === 0) break;
    }
    const c = nextConsumer(m, q);
    if (c === null) break;
    const copy = takeHead(m, q);
    dealt.push({ c, copy, place: q.takenPlace });
    chargeCredit(q, c);
    endTurn(m, q, c);
  }
  if (dealt.length > 1) dealt.sort((a, b) => byCodeUnit(a.c.tag, b.c.tag) || a.c.channel - b.c.channel);
  for (const { c, copy, place } of dealt) {
    // Whoever was told before may have closed this one's channel.
    if (m.channels[c.channel]?.open) handOver(m, q, c, copy, place, meta, out);
    else putBack(m, q, copy, place);
  }
}

/**
 * Quorum: deliveries that need no acknowledgement use credit until the client's channel has them. It settles them in one go when the queue has dealt out all it can; only
 * then do these consumers stand in the row again.
 */
export function payCredit(m: RabbitState, q: QueueState): void {
  q.owesCredit = false;
  const owed = q.consumers.map((id) => m.consumers[id]).filter((c) => c != null && c.owed > 0) as ConsumerState[];
  for (const c of owed.sort((a, b) => byCodeUnit(a.tag, b.tag))) {
    const count = c.owed;
    c.owed = 0;
    returnCredit(m, q, c, count);
  }
}

/** One delivery to a consumer with credit. @param place the copy's place in its lane, for its way back */
export function deliverTo(
  m: RabbitState,
  q: QueueState,
  c: ConsumerState,
  copy: number,
  place: number,
  meta: Meta,
  out: RabbitSink,
): void {
  chargeCredit(q, c);
  if (q.rowCount > 1) endTurn(m, q, c);
  handOver(m, q, c, copy, place, meta, out);
}

function chargeCredit(q: QueueState, c: ConsumerState): void {
  if (c.prefetch === UNLIMITED) return;
  c.credit--;
  if (c.noAck === true) {
    c.owed++;
    q.owesCredit = true;
  }
  // A quorum queue knows at once; a classic one finds out when it is this consumer's turn again.
  if (c.credit === 0 && q.type === QUORUM && q.singleActive === false) leaveRow(q, c);
}

/** The delivery itself, for a consumer that has been charged for it. */
export function handOver(
  m: RabbitState,
  q: QueueState,
  c: ConsumerState,
  copy: number,
  place: number,
  meta: Meta,
  out: RabbitSink,
): void {
  const channel = m.channels[c.channel] as ChannelState;
  if (c.noAck === true) {
    const tag = channel.unacked.skip();
    out.deliver(c.id, q.id, tag, copy);
    out.settled(q.id, copy);
    return;
  }
  c.unacked++;
  q.unacked++;
  if (c.isShared === true) channel.globalUnacked++;
  const tag = channel.unacked.add(copy, q.id, c.id, place);
  if (channel.ticking === false && channel.consumerTimeout !== Number.POSITIVE_INFINITY)
    watchChannel(channel, meta, out);
  out.deliver(c.id, q.id, tag, copy);
}

/** Removes what is at the head and over its time; what is over its time behind the head waits until it gets there. semantics/rabbitmq §4. */
export function dropExpired(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  while (q.ready > 0 && m.store.expiryOf(headOf(q)) <= meta.now) deadLetter(m, q, takeHead(m, q), EXPIRED, meta, out);
  armHead(m, q, out);
}

/** One timer a queue: for its head. */
function armHead(m: RabbitState, q: QueueState, out: RabbitSink): void {
  if (q.ready === 0) return;
  const at = m.store.expiryOf(headOf(q));
  if (at >= q.expiryTimer) return;
  q.expiryTimer = at;
  out.timer(at, TIMER_HEAD, q.id);
}

/** The head's timer fired. */
export function headTimer(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (meta.now >= q.expiryTimer) q.expiryTimer = Number.POSITIVE_INFINITY;
  if (!q.isDown) dropExpired(m, q, meta, out);
  if (q.refusing.length > 0) tellPublishers(m, q, 0);
}
