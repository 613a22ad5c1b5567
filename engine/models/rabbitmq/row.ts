import { BLOCKED, type ConsumerState, IN_ROW, NOWHERE } from "./client-state.ts";
import { CLASSIC, NOBODY, QUORUM, type QueueState } from "./queue-state.ts";
import type { RabbitState } from "./state.ts";

/**
 * The row of consumers that take turns. A classic queue finds out only when it tries a consumer that it has no credit; then the consumer leaves the row, and joins its end when
 * it has credit again. A quorum queue takes it out of the row with the delivery that used the last credit. The difference shows in whose turn is next
 * (conformance rabbitmq/queue-fuzz/*).
 */

const consumerOf = (m: RabbitState, id: number): ConsumerState => m.consumers[id] as ConsumerState;

/** Joins the row behind all consumers of the same or a higher priority. */
export function joinRow(m: RabbitState, q: QueueState, c: ConsumerState): void {
  let after = q.rowTail;
  if (after !== NOBODY && (!q.rowIsEven || consumerOf(m, after).priority !== c.priority)) {
    q.rowIsEven = false;
    while (after !== NOBODY && consumerOf(m, after).priority < c.priority) after = consumerOf(m, after).previous;
  }
  c.place = IN_ROW;
  c.previous = after;
  if (after === NOBODY) {
    c.next = q.rowHead;
    q.rowHead = c.id;
  } else {
    const before = consumerOf(m, after);
    c.next = before.next;
    before.next = c.id;
  }
  if (c.next === NOBODY) q.rowTail = c.id;
  else consumerOf(m, c.next).previous = c.id;
}

/** Leaves the row or the blocked. */
export function leaveChain(m: RabbitState, q: QueueState, c: ConsumerState): void {
  if (c.place === NOWHERE) return;
  const { previous, next } = c;
  if (previous !== NOBODY) consumerOf(m, previous).next = next;
  else if (c.place === IN_ROW) q.rowHead = next;
  else q.blockedHead = next;
  if (next !== NOBODY) consumerOf(m, next).previous = previous;
  else if (c.place === IN_ROW) q.rowTail = previous;
  else q.blockedTail = previous;
  c.place = NOWHERE;
  c.previous = NOBODY;
  c.next = NOBODY;
  if (q.rowHead === NOBODY) q.rowIsEven = true;
}

/** The consumer has had its turn. */
export function endTurn(m: RabbitState, q: QueueState, c: ConsumerState): void {
  if (q.rowHead === q.rowTail || c.place !== IN_ROW || q.singleActive) return;
  leaveChain(m, q, c);
  joinRow(m, q, c);
}

function block(m: RabbitState, q: QueueState, c: ConsumerState): void {
  leaveChain(m, q, c);
  c.place = BLOCKED;
  c.previous = q.blockedTail;
  if (q.blockedTail === NOBODY) q.blockedHead = c.id;
  else consumerOf(m, q.blockedTail).next = c.id;
  q.blockedTail = c.id;
}

/** Whether the channel's common limit lets the consumer have another message. */
function hasSharedCredit(m: RabbitState, q: QueueState, c: ConsumerState): boolean {
  const channel = m.channels[c.channel];
  if (!channel || channel.globalPrefetch === 0 || c.noAck || channel.globalUnacked < channel.globalPrefetch)
    return true;
  if (!channel.waitingQueues.includes(q.id)) channel.waitingQueues.push(q.id);
  return false;
}

/** Who gets the next message; null when nobody can take it. */
export function nextConsumer(m: RabbitState, q: QueueState): ConsumerState | null {
  if (m.isHalted) return null;
  if (q.singleActive) {
    if (q.active === NOBODY) return null;
    const c = consumerOf(m, q.active);
    return c.credit > 0 && !c.fading && hasSharedCredit(m, q, c) ? c : null;
  }
  while (q.rowHead !== NOBODY) {
    const c = consumerOf(m, q.rowHead);
    if (c.credit > 0 && hasSharedCredit(m, q, c)) return c;
    if (q.type === QUORUM) leaveChain(m, q, c);
    else block(m, q, c);
  }
  return null;
}

/** Credit came back to a consumer. @returns whether the queue should be looked at again */
export function returnCredit(m: RabbitState, q: QueueState, c: ConsumerState, count: number): boolean {
  const had = c.credit;
  c.credit = had + count;
  if (c.cancelled) return false;
  if (q.singleActive) return true;
  if (q.type === CLASSIC) {
    if (had > 0 || c.place !== BLOCKED) return false;
  } else if (c.place !== NOWHERE) return had === 0;
  if (c.place === BLOCKED) leaveChain(m, q, c);
  joinRow(m, q, c);
  return true;
}

/** The channel has room again: its consumers that were found without it join the row in the order in which they were. @returns whether there were any */
export function unblockChannel(m: RabbitState, q: QueueState, channel: number): boolean {
  if (q.singleActive) return true;
  const joining: ConsumerState[] = [];
  for (let id = q.blockedHead; id !== NOBODY; id = consumerOf(m, id).next) {
    const c = consumerOf(m, id);
    if (c.channel === channel && c.credit > 0) joining.push(c);
  }
  for (const c of joining) {
    leaveChain(m, q, c);
    joinRow(m, q, c);
  }
  return joining.length > 0;
}
