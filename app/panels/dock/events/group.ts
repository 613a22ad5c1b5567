import type { RunEvent } from "../../../../engine/worker/protocol.ts";

/** Events of one kind, place and reason that came one after the other. */
export interface EventGroup {
  /** The newest of them. */
  newest: RunEvent;
  /** µs */
  since: number;
  count: number;
}

const alike = (a: RunEvent, b: RunEvent): boolean =>
  a.kind === b.kind && a.node === b.node && a.other === b.other && a.reason === b.reason && a.value === b.value;

/** Puts neighbours that say the same together: a queue that refuses a hundred messages is one fact, not a hundred. @param events newest last @returns newest first, at most `most` */
export function grouped(events: readonly RunEvent[], most: number): EventGroup[] {
  const groups: EventGroup[] = [];
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event === undefined) continue;
    const last = groups.at(-1);
    if (last !== undefined && alike(last.newest, event)) {
      last.count++;
      last.since = event.t;
      continue;
    }
    if (groups.length === most) break;
    groups.push({ newest: event, since: event.t, count: 1 });
  }
  return groups;
}
