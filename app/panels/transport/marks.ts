import type { TimelineEntry } from "../../../engine/scenario/index.ts";
import type { TapeMark } from "../../../engine/worker/protocol.ts";

/** One sign on the scrubber, for one or several marks that would cover each other. */
export interface Sign {
  /** µs of the first of them. */
  time: number;
  /** The weightiest of its marks. */
  kind: SignKind;
  marks: readonly Mark[];
}

export type SignKind = "alert" | "block" | "act" | "edit" | "planned";

/** A mark of the run, or an operation that the document's timeline plans. Times in µs. */
export type Mark = TapeMark | { time: number; kind: "planned"; do: string; target: string; isEnd: boolean };

const WEIGHT: readonly SignKind[] = ["alert", "block", "act", "edit", "planned"];
/** Planned operations beyond this do not stretch the scale: one would see nothing of the beginning. µs */
const PLAN_SHOWN = 600_000_000;
const SCALE_MIN = 10_000_000;

export function plannedMarks(timeline: readonly TimelineEntry[]): Mark[] {
  return timeline
    .filter((entry) => !entry.disabled)
    .flatMap(({ t, undoAt, do: operation, target }) => {
      const mark = (ms: number, isEnd: boolean): Mark => ({
        time: Math.round(ms * 1000),
        kind: "planned",
        do: operation,
        target,
        isEnd,
      });
      return undoAt === undefined ? [mark(t, false)] : [mark(t, false), mark(undoAt, true)];
    });
}

/** Where the scale ends, µs: as far as the run has come, is to run, or has plans for. */
export function scaleEnd(furthest: number, until: number | null, planned: readonly Mark[]): number {
  const plans = planned.map(({ time }) => time).filter((time) => time <= PLAN_SHOWN);
  return Math.max(SCALE_MIN, furthest, until ?? 0, ...plans);
}

/** Marks in order of time, those closer than `gap` µs as one sign. Marks beyond `end` are left out. */
export function signsOf(marks: readonly Mark[], end: number, gap: number): Sign[] {
  const signs: { time: number; marks: Mark[] }[] = [];
  for (const mark of [...marks].filter(({ time }) => time <= end).sort((a, b) => a.time - b.time)) {
    const last = signs[signs.length - 1];
    if (last !== undefined && mark.time - last.time < gap) last.marks.push(mark);
    else signs.push({ time: mark.time, marks: [mark] });
  }
  return signs.map((sign) => ({
    ...sign,
    kind: WEIGHT.find((kind) => sign.marks.some((mark) => mark.kind === kind)) ?? "planned",
  }));
}

/** When at least one alert fired, in order of time. @param furthest as far as the run has come: what has not resolved fires until there, µs */
export function firingStretches(marks: readonly Mark[], furthest: number): [from: number, to: number][] {
  const all = marks.flatMap((mark): [number, number][] =>
    mark.kind === "alert" ? [[mark.time, mark.until ?? furthest]] : [],
  );
  const joined: [number, number][] = [];
  for (const [from, to] of all.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
