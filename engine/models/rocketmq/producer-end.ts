import type { ProducerState } from "./producer-state.ts";
import { CRASHED } from "./reasons.ts";
import { END, FREE, GONE, HOMEWARD } from "./send-request.ts";
import type { ClusterSink } from "./sink.ts";

/** The producer is no more, in an orderly way or not: what is under way still arrives, what only the producer has is lost with it. */
export function endProducer(producer: ProducerState, out: ClusterSink): void {
  producer.isOpen = false;
  for (const request of [...producer.live]) {
    if (request.state === FREE || request.mode === END || !request.isAwaited()) continue;
    const isHere = request.state === GONE || request.state === HOMEWARD || request.isForgotten;
    if (isHere && !request.isStored) {
      for (const handle of request.batch ?? [request.handle]) out.lost(-1, handle, CRASHED);
      request.isStored = true;
    }
    if (request.state === GONE) producer.release(request);
    else request.isAbandoned = true;
  }
}
