import type { RunEvent } from "../../../../engine/worker/protocol.ts";

/** Events of one kind, place and reason that came one after the other. */
export interface EventGroup {
  /** The newest of them. */
  newest: RunEvent;
  /** µs */
  since: number;
  count: number;
  /** Says what they have in common, and how many groups of the same are newer: stays with the newest group of its sort while that grows. */
  key: string;
}

const sortOf = ({ kind, node, other, reason, value }: RunEvent): string =>
  [kind, node, other ?? "", reason ?? "", value ?? ""].join("\n");

/** Puts neighbours that say the same together: a queue that refuses a hundred messages is one fact, not a hundred. @param events newest last @returns newest first, at most `most` */
export function grouped(events: readonly RunEvent[], most: number): EventGroup[] {
  const groups: EventGroup[] = [];
  const met = new Map<string, number>();
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event === undefined) continue;
    const last = groups.at(-1);
    const sort = sortOf(event);
    if (last !== undefined && sortOf(last.newest) === sort) {
      last.count++;
      last.since = event.t;
      continue;
    }
    if (groups.length === most) break;
    const newer = met.get(sort) ?? 0;
    met.set(sort, newer + 1);
    groups.push({ newest: event, since: event.t, count: 1, key: `${newer}\n${sort}` });
  }
  return groups;
}
