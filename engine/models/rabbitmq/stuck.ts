import { fromMs } from "../../kernel/time.ts";
import type { Meta } from "../model.ts";
import { beginPublish, tie } from "./confirms.ts";
import { publishDead } from "./dead-letter.ts";
import type { QueueState } from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { TIMER_STUCK } from "./timers.ts";

/** After this time the broker tries again to publish a dead letter that found no place. */
const RETRY = fromMs(180_000);

/**
 * Dead letters at least once (quorum queues with overflow reject-publish): a dead letter without a route, or refused by its target, stays with its queue: not ready, but counted
 * by the length limits. semantics/rabbitmq §6.
 * @param target the queue that refused it, −1 = there was no route
 */
export function holdStuck(m: RabbitState, q: QueueState, copy: number, meta: Meta, out: RabbitSink, target = -1): void {
  q.stuck.push(copy);
  q.stuckTarget.push(target);
  q.stuckBytes += m.store.sizeOf(copy);
  if (q.stuckTimer !== Number.POSITIVE_INFINITY) return;
  q.stuckTimer = meta.now + RETRY;
  out.timer(q.stuckTimer, TIMER_STUCK, q.id);
}

/** @returns a row that brings a refused copy back to `q` */
export const needsArrival = (m: RabbitState, q: QueueState, copies: number): number =>
  beginPublish(m.pending, -2 - q.id, 0, copies);

/** @returns the queue that a refused copy must go back to, null when it may be dropped */
export function keeperOf(m: RabbitState, row: number): QueueState | null {
  if (row === 0) return null;
  const publisher = m.pending.publisher[row] as number;
  return publisher <= -2 ? (m.queues[-2 - publisher] ?? null) : null;
}

/** @returns what was stuck, which is not in the queue any more */
export function takeStuck(q: QueueState): number[] {
  const copies = q.stuck;
  q.stuck = [];
  q.stuckTarget = [];
  q.stuckBytes = 0;
  return copies;
}

export function retryStuck(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  q.stuckTimer = Number.POSITIVE_INFINITY;
  const targets = q.stuckTarget;
  const copies = takeStuck(q);
  copies.forEach((copy, i) => {
    const target = m.queues[targets[i] as number];
    if (!target) {
      publishDead(m, q, copy, meta, out);
      return;
    }
    tie(m.pending, copy, needsArrival(m, q, 1));
    out.transfer(copy, target.id, []);
  });
}
