import { REDELIVERED } from "../messages.ts";
import type { Meta } from "../model.ts";
import { putBack, putBehindReturned, putTail } from "./contents.ts";
import { deadLetter } from "./dead-letter.ts";
import { extrasFor } from "./extras.ts";
import { CLASSIC, type QueueState } from "./queue-state.ts";
import { DELIVERY_LIMIT } from "./reasons.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitState } from "./state.ts";

export interface Entry {
  readonly tag: number;
  readonly copy: number;
  /** −1 = basic.get. */
  readonly consumer: number;
  readonly place: number;
}

/**
 * Puts unacknowledged copies back, marked redelivered. Classic: to their original places. Quorum: what a client returned without a delivery limit to the tail, everything else
 * to the front behind what came back before; each return counts, and beyond the limit the message dies. Whoever calls looks at limits and consumers afterwards.
 * semantics/rabbitmq §9; conformance rabbitmq/quorum/requeue-*, delivery-limit*.
 * @param isExplicit a client asked for it; else its channel is gone
 * @returns how many died of the delivery limit
 */
export function requeue(
  m: RabbitState,
  q: QueueState,
  entries: readonly Entry[],
  isExplicit: boolean,
  out: RabbitSink,
  meta: Meta,
): number {
  let deaths = 0;
  for (const { copy, place } of entries) {
    if (q.type === CLASSIC) putBack(m, q, copy, place);
    else if (!countReturn(m, q, copy)) {
      deaths++;
      deadLetter(m, q, copy, DELIVERY_LIMIT, meta, out);
      continue;
    } else if (isExplicit && q.deliveryLimit < 0) putTail(m, q, copy);
    else putBehindReturned(m, q, copy);
    m.store.flags[copy] = (m.store.flags[copy] as number) | REDELIVERED;
    out.requeued(q.id, copy, isExplicit);
  }
  return deaths;
}

/** @returns false when the message has come back too often */
function countReturn(m: RabbitState, q: QueueState, copy: number): boolean {
  const extras = extrasFor(m.store, copy);
  extras.returns++;
  return q.deliveryLimit < 0 || extras.returns <= q.deliveryLimit;
}
