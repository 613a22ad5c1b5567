import { deadLetter } from "./dead-letters.ts";
import type { Channel, Consumer, Message, Queue, Stored, Unacked } from "./state.ts";
import {
  BeyondReference,
  deliveryLimit,
  hasCredit,
  hasOwnCredit,
  heldFor,
  isSingleActive,
  levelOf,
  messageFields,
  numberOf,
  tell,
  textOf,
  type World,
} from "./world.ts";

/** Of three messages taken from a 4.x quorum queue the third is a normal one, if there are both. */
const TURNS = 3;
const NORMAL_MAX = 4;
const RESUME_SHARE = 0.8;

export const isQuorum = (queue: Queue): boolean => queue.type === "quorum";

/** Ready messages, the one that would be taken first at the front. */
export function inOrder(w: World, queue: Queue): Stored[] {
  if (!isQuorum(queue)) {
    const levels = numberOf(queue, "max-priority") ?? 0;
    const level = (stored: Stored) => Math.min(levelOf(stored.message), levels);
    return [...queue.ready].sort((a, b) => level(b) - level(a) || a.place - b.place);
  }
  if (!w.isVersion4) return [...queue.returned, ...queue.ready];
  const high = queue.ready.filter(({ message }) => levelOf(message) > NORMAL_MAX);
  const normal = queue.ready.filter(({ message }) => levelOf(message) <= NORMAL_MAX);
  const order: Stored[] = [];
  for (let { turn } = queue; order.length < queue.ready.length; turn = (turn + 1) % TURNS) {
    const nextHigh = high.find((stored) => !order.includes(stored));
    const nextNormal = normal.find((stored) => !order.includes(stored));
    const isNormal = nextHigh === undefined || (nextNormal !== undefined && turn === TURNS - 1);
    order.push((isNormal ? nextNormal : nextHigh) as Stored);
  }
  return [...queue.returned, ...order];
}

/** Takes the first ready message out. */
export function takeFirst(w: World, queue: Queue): Stored {
  const first = inOrder(w, queue)[0] as Stored;
  if (queue.ready.includes(first)) queue.turn = (queue.turn + 1) % TURNS;
  queue.ready = queue.ready.filter((stored) => stored !== first);
  queue.returned = queue.returned.filter((stored) => stored !== first);
  return first;
}

/** A quorum queue does not know reject-publish-dlx and drops from the head instead. */
export function overflowOf(queue: Queue): string {
  const overflow = textOf(queue, "overflow") ?? "drop-head";
  return isQuorum(queue) && overflow === "reject-publish-dlx" ? "drop-head" : overflow;
}

/** Adding this many messages and bytes, would the queue stand above its limits? */
function isOver(w: World, queue: Queue, messages: number, bytes: number): boolean {
  const ready = inOrder(w, queue);
  const size = ready.reduce((sum, { message }) => sum + message.size, 0);
  const maxLength = numberOf(queue, "max-length") ?? Number.POSITIVE_INFINITY;
  const maxBytes = numberOf(queue, "max-length-bytes") ?? Number.POSITIVE_INFINITY;
  return ready.length + messages > maxLength || size + bytes > maxBytes;
}

/** A routed message comes to a queue. @param publisher null for a dead letter @returns false when the queue refused it */
export function put(w: World, queue: Queue, message: Message, publisher: Channel | null): boolean {
  if (queue.isGone) return true;
  const ttl = Math.min(
    numberOf(queue, "message-ttl") ?? Number.POSITIVE_INFINITY,
    message.expiration === undefined ? Number.POSITIVE_INFINITY : Number(message.expiration),
  );
  const stored = { message, place: queue.arrivals++, deadline: w.now + ttl, redelivered: false, returns: 0 };
  const overflow = overflowOf(queue);
  if (isQuorum(queue)) {
    if (overflow === "reject-publish" && publisher !== null && isStopped(w, queue, publisher)) return false;
    queue.ready.push(stored);
    settleDown(w, queue, stored);
    return true;
  }
  if (overflow.startsWith("reject-publish") && isOver(w, queue, 1, message.size)) {
    if (overflow === "reject-publish-dlx") deadLetter(w, queue, stored, "maxlen");
    return false;
  }
  const consumer = w.isHalted ? null : nextConsumer(queue);
  // It is offered past the backlog, or the queue's process fails: a mistake of 3.x that the model shows.
  if (consumer !== null && queue.ready.length > 0) throw new BeyondReference("a publish past the backlog");
  if (consumer !== null) {
    deal(w, queue, consumer, stored);
    return true;
  }
  queue.ready.push(stored);
  const hasDropped = dropHeads(w, queue);
  // A message that overtakes others by its priority is not noticed (rabbit_amqqueue_process: deliver_or_enqueue).
  if (hasDropped || queue.ready.length === 1) dropExpired(w, queue);
  return true;
}

/**
 * A quorum queue tells the channels that publish to it to stop once its limit has been exceeded, and to go on when four fifths are left; a new one asks before its first message
 * (rabbit_fifo: register_enqueuer, evaluate_limit). Dead letters do not ask.
 */
function isStopped(w: World, queue: Queue, publisher: Channel): boolean {
  if (!queue.publishers.includes(publisher)) {
    queue.publishers.push(publisher);
    if (isOver(w, queue, 0, 0)) queue.stopped.push(publisher);
  }
  return queue.stopped.includes(publisher);
}

/** After every change of a queue. */
export function tellPublishers(w: World, queue: Queue): void {
  if (!isQuorum(queue)) return;
  const ready = inOrder(w, queue);
  const size = ready.reduce((sum, { message }) => sum + message.size, 0);
  const low = (limit: number | undefined) => Math.trunc((limit ?? Number.POSITIVE_INFINITY) * RESUME_SHARE);
  if (isOver(w, queue, 0, 0)) queue.stopped = [...queue.publishers];
  else if (ready.length <= low(numberOf(queue, "max-length")) && size <= low(numberOf(queue, "max-length-bytes"))) {
    queue.stopped = [];
  }
}

/** @returns whether there was anything to drop */
function dropHeads(w: World, queue: Queue): boolean {
  if (overflowOf(queue) !== "drop-head") return false;
  const dropped: Stored[] = [];
  while (inOrder(w, queue).length > 0 && isOver(w, queue, 0, 0)) dropped.push(takeFirst(w, queue));
  // The effects of several are put in front of each other (rabbit_fifo: drop_head).
  if (isQuorum(queue) && !w.isVersion4) dropped.reverse();
  for (const stored of dropped) deadLetter(w, queue, stored, "maxlen");
  return dropped.length > 0;
}

/** Only the head is looked at. */
export function dropExpired(w: World, queue: Queue): void {
  for (let head = inOrder(w, queue)[0]; head !== undefined && head.deadline <= w.now; head = inOrder(w, queue)[0]) {
    deadLetter(w, queue, takeFirst(w, queue), "expired");
  }
  queue.watched = Math.min(queue.watched, inOrder(w, queue)[0]?.deadline ?? Number.POSITIVE_INFINITY);
}

// ---- consumers

/**
 * Whose turn it is: the first in line among those of the highest priority. In a classic queue a consumer without credit stays in line until its turn comes; it steps aside then (recorded:
 * rabbitmq/queue-fuzz/s139). In a quorum queue it has left the line with its last credit.
 */
function nextConsumer(queue: Queue): Consumer | null {
  if (isSingleActive(queue)) {
    const active = activeOne(queue);
    if (active === null || queue.aside.includes(active)) return null;
    if (hasCredit(active)) return active;
    if (!isQuorum(queue)) stepAside(queue, active);
    return null;
  }
  for (;;) {
    const highest = Math.max(...queue.line.map(({ priority }) => priority));
    const first = queue.line.find(({ priority }) => priority === highest);
    if (first === undefined || hasCredit(first)) return first ?? null;
    stepAside(queue, first);
  }
}

function stepAside(queue: Queue, consumer: Consumer): void {
  queue.line = queue.line.filter((other) => other !== consumer);
  queue.aside.push(consumer);
}

/** The single active consumer, if it may get anything. */
function activeOne(queue: Queue): Consumer | null {
  const { active } = queue;
  if (active?.isFading && heldFor(active).length === 0) {
    active.isFading = false;
    const highest = Math.max(...queue.consumers.map(({ priority }) => priority));
    queue.active = queue.consumers.find(({ priority }) => priority === highest) ?? null;
  }
  return queue.active?.isFading ? null : queue.active;
}

/** Consumers of a channel that stepped aside and have credit of their own (again) join the line at its end. @param only this one */
export function rejoin(queue: Queue, channel: Channel, only?: Consumer): void {
  const joining = queue.aside.filter(
    (c) => (only === undefined || c === only) && c.channel === channel && hasOwnCredit(c),
  );
  queue.aside = queue.aside.filter((consumer) => !joining.includes(consumer));
  queue.line.push(...joining);
}

/** Hands out what is ready. */
export function serve(w: World, queue: Queue, fresh?: Stored): void {
  for (;;) {
    if (isQuorum(queue) && inOrder(w, queue)[0] !== fresh) dropExpired(w, queue);
    // Nobody's turn comes while there is nothing to hand out.
    const consumer = w.isHalted || inOrder(w, queue).length === 0 ? null : nextConsumer(queue);
    if (consumer !== null) {
      deal(w, queue, consumer, takeFirst(w, queue));
      // A classic queue looks at the next head when it has taken one, never before.
      if (!isQuorum(queue)) dropExpired(w, queue);
    } else {
      sendDealt(w, queue);
      if (!payOwed(queue) || inOrder(w, queue).length === 0) return;
    }
  }
}

/** A consumer's turn. A classic queue sends at once, a quorum queue when it has dealt out all it can. */
function deal(w: World, queue: Queue, consumer: Consumer, stored: Stored): void {
  if (isQuorum(queue)) consumer.dealt.push(stored);
  else deliver(w, queue, consumer, stored);
  queue.line = queue.line.filter((other) => other !== consumer);
  if (isQuorum(queue) && !hasCredit(consumer)) queue.aside.push(consumer);
  else queue.line.push(consumer);
}

/** To one consumer after the other, by their tags (rabbit_fifo: add_delivery_effects). */
function sendDealt(w: World, queue: Queue): void {
  for (const consumer of [...queue.consumers].sort((a, b) => (a.tag < b.tag ? -1 : 1))) {
    const { dealt } = consumer;
    consumer.dealt = [];
    for (const stored of dealt) deliver(w, queue, consumer, stored);
  }
}

/**
 * In a quorum queue a consumer without acknowledgement uses credit, too, until its channel has settled what the queue dealt out in one go; then it stands in line again.
 * @returns whether there was anything to pay
 */
function payOwed(queue: Queue): boolean {
  const owed = queue.consumers.filter((consumer) => consumer.owed > 0).sort((a, b) => (a.tag < b.tag ? -1 : 1));
  for (const consumer of owed) {
    consumer.owed = 0;
    rejoin(queue, consumer.channel, consumer);
  }
  return owed.length > 0;
}

function deliver(w: World, queue: Queue, consumer: Consumer, stored: Stored): void {
  const { channel } = consumer;
  const tag = ++channel.lastTag;
  if (!consumer.noAck) {
    channel.unacked.push({ tag, queue, consumer, stored });
    if (channel.shared > 0 && !isQuorum(queue)) channel.volume++;
  } else if (isQuorum(queue) && consumer.prefetch > 0) consumer.owed++;
  tell(w, consumer.tag, "deliver", {
    consumer: consumer.tag,
    queue: queue.name,
    ...messageFields(stored, consumer.noAck ? undefined : tag),
    delivery_count: stored.returns > 0 ? stored.returns : undefined,
  });
}

// ---- coming back

/**
 * Messages go back to their queue; the queue does not hand them out yet.
 * @param isExplicit by nack, reject, recover; else because a channel closed
 */
export function giveBack(w: World, queue: Queue, items: readonly Unacked[], isExplicit: boolean): void {
  for (const { stored, consumer } of items) {
    stored.redelivered = true;
    if (!isQuorum(queue)) {
      queue.ready.push(stored);
      continue;
    }
    const limit = deliveryLimit(w, queue);
    stored.returns++;
    if (stored.returns > limit) {
      // Before 3.13 its credit is given back with the returned ones and once more with the settled ones.
      if (isExplicit && !w.isVersion4 && consumer !== null) consumer.extra++;
      deadLetter(w, queue, stored, "delivery_limit");
    } else if (isExplicit && limit === Number.POSITIVE_INFINITY) queue.ready.push(stored);
    else queue.returned.push(stored);
  }
}

/**
 * After the contents changed. A classic queue looks at limits and times first, a quorum queue serves its consumers first.
 * @param fresh a message that came just now: without any time to live it is handed out all the same
 */
export function settleDown(w: World, queue: Queue, fresh?: Stored): void {
  if (queue.isGone) return;
  if (isQuorum(queue)) {
    serve(w, queue, fresh);
    dropHeads(w, queue);
    dropExpired(w, queue);
    tellPublishers(w, queue);
  } else {
    dropHeads(w, queue);
    dropExpired(w, queue);
    serve(w, queue);
  }
}
