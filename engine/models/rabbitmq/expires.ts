import { fromMs } from "../../kernel/time.ts";
import type { Meta } from "../model.ts";
import { deleteQueueState } from "./deleting.ts";
import { QUORUM, type QueueState } from "./queue-state.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";
import { TIMER_EXPIRES } from "./timers.ts";

/** µs between two looks of a quorum queue at itself (quorum_tick_interval). */
const TICK = fromMs(5000);

/** A quorum queue finds out at its next tick that nobody used it; they are counted from its declaration. */
const lookAfter = (q: QueueState, time: number): number =>
  q.type === QUORUM && time !== Number.POSITIVE_INFINITY
    ? q.declaredAt + Math.ceil((time - q.declaredAt) / TICK) * TICK
    : time;

/** x-expires: a queue that nobody used for that long — no consumer, no declare, no get — goes, and dead-letters nothing. semantics/rabbitmq §3. */
export function armExpires(q: QueueState, out: RabbitSink): void {
  const at = lookAfter(q, q.usedAt + q.expires);
  if (at >= q.expiresTimer) return;
  q.expiresTimer = at;
  out.timer(at, TIMER_EXPIRES, q.id);
}

export function expiresTimer(m: RabbitState, q: QueueState, meta: Meta, out: RabbitSink): void {
  if (meta.now < q.expiresTimer) return;
  q.expiresTimer = Number.POSITIVE_INFINITY;
  // A consumer that goes starts the clock anew.
  if (q.consumers.length > 0 || q.expires === Number.POSITIVE_INFINITY) return;
  if (meta.now >= q.usedAt + q.expires) deleteQueueState(m, q, "expires", meta, out);
  else armExpires(q, out);
}
