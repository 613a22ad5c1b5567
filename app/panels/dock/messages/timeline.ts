import type { MessageTrace, RunEvent, TraceLeg, TraceStage } from "../../../../engine/worker/protocol.ts";

/** A row of a leg's timeline: a stretch of time, or what happened at its end. */
export type TimelineRow = { stage: TraceStage } | { event: RunEvent };

/** Events and the stages between them, in the order in which they happened; what still goes on comes last. */
export function rowsOf(leg: TraceLeg): TimelineRow[] {
  const rows: TimelineRow[] = [];
  const events = [...leg.events];
  for (const stage of leg.stages) {
    while (events[0] !== undefined && (stage.event === 0 || events[0].n < stage.event))
      rows.push({ event: events.shift() as RunEvent });
    rows.push({ stage });
  }
  for (const event of events) rows.push({ event });
  return rows;
}

/** How the message stands as a whole. A copy that was processed counts more than one that was lost, and that more than a discarded one; open while any copy is in the system. */
export type Standing = "under way" | "processed" | "lost" | "discarded" | "refused" | "unrecorded" | "unknown";

export function standingOf(trace: MessageTrace): Standing {
  const has = (outcome: TraceLeg["outcome"]) => trace.legs.some((leg) => leg.outcome === outcome);
  if (trace.live > 0) return "under way";
  for (const outcome of ["processed", "lost", "discarded", "refused", "unrecorded"] as const)
    if (has(outcome)) return outcome;
  return trace.legs.length === 0 ? "unknown" : "unrecorded";
}

/** Length of a stage, µs; one that goes on is counted to now. NaN = its beginning is not known. */
export const lengthOf = ({ from, until }: TraceStage, now: number): number =>
  (Number.isNaN(until) ? now : until) - from;

/** A length in ms to the last digit, so that a sum can be checked by eye. @param length µs */
export const exactMs = (length: number, format: { number(value: number, digits?: number): string }): string =>
  format.number(length / 1000, 3);
