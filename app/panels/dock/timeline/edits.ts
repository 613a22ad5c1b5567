import type { Scenario, TimelineEntry } from "../../../../engine/scenario/index.ts";
import { inOrder } from "../../../store/recorder.ts";

/** Changes of a document's timeline; entries are told apart by being the same object. All answers are in order of time. */

export const replaceEntry = (scenario: Scenario, before: TimelineEntry, after: TimelineEntry): Scenario => ({
  ...scenario,
  timeline: inOrder(scenario.timeline.map((entry) => (entry === before ? after : entry))),
});

export const removeEntry = (scenario: Scenario, gone: TimelineEntry): Scenario => ({
  ...scenario,
  timeline: scenario.timeline.filter((entry) => entry !== gone),
});

/** The same once more, a second later. */
export const copyOf = (entry: TimelineEntry): TimelineEntry => shifted(entry, 1000);

/** The whole entry at another time, not before 0. */
export function shifted(entry: TimelineEntry, by: number): TimelineEntry {
  const move = Math.max(-entry.t, by);
  const { undoAt } = entry;
  return { ...entry, t: round(entry.t + move), ...(undoAt !== undefined && { undoAt: round(undoAt + move) }) };
}

/** Its end at another time, not before its beginning; the first move gives an end to one that has none. */
export const withEndMoved = (entry: TimelineEntry, by: number): TimelineEntry => ({
  ...entry,
  undoAt: round(Math.max(entry.t, (entry.undoAt ?? entry.t) + by)),
});

export function switched(entry: TimelineEntry, on: boolean): TimelineEntry {
  const { disabled: _, ...rest } = entry;
  return on ? rest : { ...rest, disabled: true };
}

export type EntryState = "off" | "planned" | "active" | "done";

/** @param now virtual µs */
export function stateOf({ t, undoAt, disabled }: TimelineEntry, now: number): EntryState {
  if (disabled) return "off";
  if (t * 1000 > now) return "planned";
  return undoAt !== undefined && undoAt * 1000 > now ? "active" : "done";
}

/** Whole µs: what was written in ms must not gather dust behind the decimal point. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
