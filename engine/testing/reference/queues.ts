import { deadLetter } from "./dead-letters.ts";
import type { Channel, Consumer, Message, Queue, Stored, Unacked } from "./state.ts";
import {
  deliveryLimit,
  hasCredit,
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
  for (let turn = queue.turn; high.length + normal.length > 0; turn = (turn + 1) % TURNS) {
    const isNormal = high.length === 0 || (normal.length > 0 && turn === TURNS - 1);
    order.push((isNormal ? normal.shift() : high.shift()) as Stored);
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

/** Adding this many messages and bytes, would the queue stand above its limits? */
function isOver(w: World, queue: Queue, messages: number, bytes: number): boolean {
  const ready = inOrder(w, queue);
  const size = ready.reduce((sum, { message }) => sum + message.size, 0);
  const maxLength = numberOf(queue, "max-length") ?? Number.POSITIVE_INFINITY;
  const maxBytes = numberOf(queue, "max-length-bytes") ?? Number.POSITIVE_INFINITY;
  return ready.length + messages > maxLength || size + bytes > maxBytes;
}

/** A routed message comes to a queue. @returns false when the queue refused it */
export function put(w: World, queue: Queue, message: Message): boolean {
  if (queue.isGone) return true;
  const ttl = Math.min(
    numberOf(queue, "message-ttl") ?? Number.POSITIVE_INFINITY,
    message.expiration === undefined ? Number.POSITIVE_INFINITY : Number(message.expiration),
  );
  const stored = { message, place: queue.arrivals++, deadline: w.now + ttl, redelivered: false, returns: 0 };
  const overflow = textOf(queue, "overflow") ?? "drop-head";
  if (isQuorum(queue)) {
    // It notices only afterwards that the limit has been exceeded.
    if (overflow === "reject-publish" && isOver(w, queue, 0, 0)) return false;
    queue.ready.push(stored);
    serve(w, queue, stored);
    dropHeads(w, queue);
    dropExpired(w, queue);
    return true;
  }
  const consumer = nextConsumer(queue);
  if (consumer !== null && queue.ready.length === 0) {
    deliver(w, queue, consumer, stored);
    return true;
  }
  if (overflow.startsWith("reject-publish") && isOver(w, queue, 1, message.size)) {
    if (overflow === "reject-publish-dlx") deadLetter(w, queue, stored, "maxlen");
    return false;
  }
  queue.ready.push(stored);
  dropHeads(w, queue);
  dropExpired(w, queue);
  return true;
}

function dropHeads(w: World, queue: Queue): void {
  if ((textOf(queue, "overflow") ?? "drop-head") !== "drop-head") return;
  while (inOrder(w, queue).length > 0 && isOver(w, queue, 0, 0)) deadLetter(w, queue, takeFirst(w, queue), "maxlen");
}

/** Only the head is looked at. */
export function dropExpired(w: World, queue: Queue): void {
  for (let head = inOrder(w, queue)[0]; head !== undefined && head.deadline <= w.now; head = inOrder(w, queue)[0]) {
    deadLetter(w, queue, takeFirst(w, queue), "expired");
  }
}

// ---- consumers

/**
 * Whose turn it is: the first in line among those of the highest priority. In a classic queue a consumer without credit stays in line until its turn comes; it steps aside then (recorded:
 * rabbitmq/queue-fuzz/s139). In a quorum queue it has left the line with its last credit.
 */
function nextConsumer(queue: Queue): Consumer | null {
  if (isSingleActive(queue)) return queue.active !== null && hasCredit(queue.active) ? queue.active : null;
  for (;;) {
    const highest = Math.max(...queue.line.map(({ priority }) => priority));
    const first = queue.line.find(({ priority }) => priority === highest);
    if (first === undefined || hasCredit(first)) return first ?? null;
    queue.line = queue.line.filter((consumer) => consumer !== first);
    queue.aside.push(first);
  }
}

/** Consumers of the channel that stepped aside and have credit again join the line at its end. */
export function rejoin(queue: Queue, channel: Channel): void {
  const back = queue.aside.filter((consumer) => consumer.channel === channel && hasCredit(consumer));
  queue.aside = queue.aside.filter((consumer) => !back.includes(consumer));
  queue.line.push(...back);
}

/** Hands out what is ready. @param fresh a message that came just now: without any time to live it is handed out all the same */
export function serve(w: World, queue: Queue, fresh?: Stored): void {
  for (;;) {
    const head = inOrder(w, queue)[0];
    if (head !== fresh) dropExpired(w, queue);
    // Nobody's turn comes while there is nothing to hand out.
    if (inOrder(w, queue).length === 0) return;
    const consumer = nextConsumer(queue);
    if (consumer === null) return;
    deliver(w, queue, consumer, takeFirst(w, queue));
  }
}

function deliver(w: World, queue: Queue, consumer: Consumer, stored: Stored): void {
  const { channel } = consumer;
  const tag = ++channel.lastTag;
  if (!consumer.noAck) channel.unacked.push({ tag, queue, consumer, stored });
  queue.line = queue.line.filter((other) => other !== consumer);
  if (isQuorum(queue) && !hasCredit(consumer)) queue.aside.push(consumer);
  else queue.line.push(consumer);
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
  for (const { stored } of items) {
    stored.redelivered = true;
    if (!isQuorum(queue)) {
      queue.ready.push(stored);
      continue;
    }
    const limit = deliveryLimit(w, queue);
    stored.returns++;
    if (stored.returns > limit) deadLetter(w, queue, stored, "delivery_limit");
    else if (isExplicit && limit === Number.POSITIVE_INFINITY) queue.ready.push(stored);
    else queue.returned.push(stored);
  }
}

/** After messages came back: limits and times first in a classic queue, consumers first in a quorum queue. */
export function settleDown(w: World, queue: Queue): void {
  if (queue.isGone) return;
  if (isQuorum(queue)) {
    serve(w, queue);
    dropHeads(w, queue);
    dropExpired(w, queue);
  } else {
    dropHeads(w, queue);
    dropExpired(w, queue);
    serve(w, queue);
  }
}
