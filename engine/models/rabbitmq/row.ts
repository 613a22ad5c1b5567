import { BLOCKED, type ChannelState, type ConsumerState, IN_ROW, NOWHERE } from "./client-state.ts";
import { CLASSIC, NOBODY, QUORUM, type QueueState } from "./queue-state.ts";
import type { RabbitState } from "./state.ts";

/**
 * The row of consumers that take turns. A classic queue finds out only when it tries a consumer that it has no credit; then the consumer leaves the row, and joins its end when
 * it has credit again. A quorum queue takes it out of the row with the delivery that used the last credit. The difference shows in whose turn is next
 * (conformance rabbitmq/queue-fuzz/*).
 */

const consumerOf = (m: RabbitState, id: number): ConsumerState => m.consumers[id] as ConsumerState;

/** The i-th consumer in the row. */
const inRow = (q: QueueState, i: number): number => q.row[(q.rowStart + i) & (q.row.length - 1)] as number;

/** Undefined in an empty row. */
export const firstInRow = (q: QueueState): number | undefined => (q.rowCount === 0 ? undefined : inRow(q, 0));

/** Joins the row behind all consumers of the same or a higher priority. */
export function joinRow(m: RabbitState, q: QueueState, c: ConsumerState): void {
  if (q.rowCount === q.row.length) widenRow(q);
  let at = q.rowCount;
  if (at > 0 && (q.rowIsEven === false || consumerOf(m, inRow(q, 0)).priority !== c.priority)) {
    q.rowIsEven = false;
    while (at > 0 && consumerOf(m, inRow(q, at - 1)).priority < c.priority) at--;
  }
  const mask = q.row.length - 1;
  for (let i = q.rowCount; i > at; i--) q.row[(q.rowStart + i) & mask] = inRow(q, i - 1);
  q.row[(q.rowStart + at) & mask] = c.id;
  q.rowCount++;
  c.place = IN_ROW;
}

function widenRow(q: QueueState): void {
  const wider = new Int32Array(Math.max(4, q.row.length * 2));
  for (let i = 0; i < q.rowCount; i++) wider[i] = inRow(q, i);
  q.row = wider;
  q.rowStart = 0;
}

/** Leaves the row or the blocked. */
export function leaveRow(q: QueueState, c: ConsumerState): void {
  if (c.place === IN_ROW) {
    if (q.row[q.rowStart] === c.id) q.rowStart = (q.rowStart + 1) & (q.row.length - 1);
    else {
      let at = 1;
      while (inRow(q, at) !== c.id) at++;
      const mask = q.row.length - 1;
      for (let i = at + 1; i < q.rowCount; i++) q.row[(q.rowStart + i - 1) & mask] = inRow(q, i);
    }
    q.rowCount--;
    if (q.rowCount === 0) q.rowIsEven = true;
  }
  c.place = NOWHERE;
}

/** The consumer at the head of the row has had its turn. */
export function endTurn(m: RabbitState, q: QueueState, c: ConsumerState): void {
  if (c.place !== IN_ROW || q.singleActive === true) return;
  if (q.rowIsEven === true) {
    const mask = q.row.length - 1;
    q.row[(q.rowStart + q.rowCount) & mask] = c.id;
    q.rowStart = (q.rowStart + 1) & mask;
    return;
  }
  leaveRow(q, c);
  joinRow(m, q, c);
}

function block(q: QueueState, c: ConsumerState): void {
  leaveRow(q, c);
  c.place = BLOCKED;
  c.blockedSince = ++q.blockedCount;
}

/** Whether the channel's common limit lets the consumer have another message; when it does not, all consumers of the channel wait for it. */
function hasSharedCredit(m: RabbitState, q: QueueState, c: ConsumerState): boolean {
  const channel = m.channels[c.channel] as ChannelState;
  if (channel.waitingQueues.includes(q.id)) return false;
  if (channel.globalUnacked < channel.globalPrefetch) return true;
  channel.waitingQueues.push(q.id);
  return false;
}

/** Who gets the next message; null when nobody can take it. */
export function nextConsumer(m: RabbitState, q: QueueState): ConsumerState | null {
  if (m.isHalted === true) return null;
  if (q.singleActive === true) return activeWithCredit(m, q);
  while (q.rowCount > 0) {
    const c = consumerOf(m, q.row[q.rowStart] as number);
    if (c.credit > 0 && (c.isShared === false || hasSharedCredit(m, q, c))) return c;
    if (q.type === QUORUM) leaveRow(q, c);
    else block(q, c);
  }
  return null;
}

function activeWithCredit(m: RabbitState, q: QueueState): ConsumerState | null {
  if (q.active === NOBODY) return null;
  const c = consumerOf(m, q.active);
  if (q.type !== CLASSIC) return c.credit > 0 && !c.fading ? c : null;
  if (c.place === BLOCKED) return null;
  if (c.credit > 0 && (!c.isShared || hasSharedCredit(m, q, c))) return c;
  block(q, c);
  return null;
}

/** Credit came back to a consumer. @returns whether the queue should be looked at again */
export function returnCredit(m: RabbitState, q: QueueState, c: ConsumerState, count: number): boolean {
  const had = c.credit;
  c.credit = had + count;
  if (q.type === CLASSIC) return had === 0 && unblockChannel(m, q, c.channel);
  if (q.singleActive) return true;
  if (c.place !== NOWHERE) return had === 0;
  joinRow(m, q, c);
  return true;
}

/** The channel may have more: those of its consumers that were passed over and have credit of their own join the row, in the order in which they left it. @returns whether there were any */
export function unblockChannel(m: RabbitState, q: QueueState, channel: number): boolean {
  let first: ConsumerState | null = null;
  for (let i = 0; i < q.consumers.length; i++) {
    const c = consumerOf(m, q.consumers[i] as number);
    if (c.place !== BLOCKED || c.channel !== channel || c.credit <= 0) continue;
    if (first !== null) return unblockMany(m, q, channel);
    first = c;
  }
  if (first === null) return false;
  joinRow(m, q, first);
  return true;
}

/** A channel that has several consumers on one queue. */
function unblockMany(m: RabbitState, q: QueueState, channel: number): boolean {
  const joining = q.consumers
    .map((id) => consumerOf(m, id))
    .filter((c) => c.channel === channel && c.place === BLOCKED && c.credit > 0);
  joining.sort((a, b) => a.blockedSince - b.blockedSince);
  for (const c of joining) joinRow(m, q, c);
  return true;
}
