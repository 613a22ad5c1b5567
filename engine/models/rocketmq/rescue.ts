import type { ClusterState } from "./cluster-state.ts";
import type { SendRequest } from "./send-request.ts";
import type { ClusterSink } from "./sink.ts";

/** A message that is older than this is no longer waited for by any producer, ms. */
const WAITED_MS = 120_000;

/**
 * A broker is about to lose, or delete, a message. A producer that still waits for the answer keeps a copy, for it may send it again.
 * @param storedMs when it was stored, ms
 */
export function rescue(state: ClusterState, handle: number, storedMs: number, nowMs: number, out: ClusterSink): void {
  if (nowMs - storedMs > WAITED_MS) return;
  for (const { live } of state.producers) for (const request of live) keepFor(state, request, handle, out);
}

function keepFor(state: ClusterState, request: SendRequest, handle: number, out: ClusterSink): void {
  if (!request.isAwaited()) return;
  if (request.earlierHandle === handle) request.earlierHandle = -1;
  const place = request.batch === null ? (request.handle === handle ? 0 : -1) : request.batch.indexOf(handle);
  if (place < 0 || !request.isStored) return;
  // The messages of a batch stand together, and are lost together.
  const handles = request.batch ?? [handle];
  const copies = handles.map((one) => {
    const copy = state.store.clone(one);
    out.copied(one, copy);
    return copy;
  });
  if (request.batch !== null) request.batch = copies;
  request.handle = copies[0] as number;
  request.isStored = false;
  request.isForgotten = true;
}
