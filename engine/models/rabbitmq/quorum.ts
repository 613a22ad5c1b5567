import { QUORUM, type QueueState, REJECT_PUBLISH } from "./queue-state.ts";
import type { RabbitState } from "./state.ts";

/** A quorum queue that was over its limit lets publishers go on only below this share of it. */
const RESUME_SHARE = 0.8;

/**
 * reject-publish in a quorum queue. The queue tells its publishers to stop once the limit *has been* exceeded — so the message that exceeds it is still taken — and to go on
 * when at most 80 % are left. A channel that publishes for the first time asks. Recorded: limit 1 → two accepted.
 */
export function refusesFrom(m: RabbitState, q: QueueState, row: number): boolean {
  if (row === 0) return false;
  const channel = m.pending.publisher[row] as number;
  // Dead letters at least once have their own publisher, which is told likewise.
  if (!q.publishers.includes(channel)) {
    q.publishers.push(channel);
    if (isOver(q)) q.refusing.push(channel);
  }
  return q.refusing.includes(channel);
}

/** Tells publishers to stop or to go on, as the contents require now. */
export function tellPublishers(m: RabbitState, q: QueueState, row: number): void {
  if (q.type !== QUORUM || q.overflow !== REJECT_PUBLISH) return;
  const channel = row === 0 ? -1 : (m.pending.publisher[row] as number);
  if (channel !== -1 && !q.publishers.includes(channel)) q.publishers.push(channel);
  if (isOver(q)) {
    for (const publisher of q.publishers) if (!q.refusing.includes(publisher)) q.refusing.push(publisher);
  } else if (q.refusing.length > 0 && isBelowResume(q)) q.refusing.length = 0;
}

const isOver = (q: QueueState): boolean =>
  q.ready + q.stuck.length > q.maxLength || q.readyBytes + q.stuckBytes > q.maxBytes;

const isBelowResume = (q: QueueState): boolean =>
  q.ready + q.stuck.length <= Math.trunc(q.maxLength * RESUME_SHARE) &&
  q.readyBytes + q.stuckBytes <= Math.trunc(q.maxBytes * RESUME_SHARE);
