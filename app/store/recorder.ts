import { create } from "zustand";
import type { Scenario, TimelineEntry } from "../../engine/scenario/index.ts";
import { useDocument } from "./document.ts";
import { useRun } from "./run.ts";

/** Whether live operations are written down in the timeline of the document, and what the page asks of its editor. */
export const useRecorder = create<{
  on: boolean;
  /** Grows when the form for an operation on what is selected is wanted. */
  asked: number;
  setOn(on: boolean): void;
  askForm(): void;
}>()((set) => ({
  on: false,
  asked: 0,
  setOn: (on) => set({ on }),
  askForm: () => set(({ asked }) => ({ asked: asked + 1 })),
}));

/** An operation done at a time stands a µs later in the script: when it comes again it follows all that had happened then. See `RECORDED_AFTER` of the engine. */
const AFTER_US = 1;

/** Entries in order of time; those of one moment in the order in which they were written. */
export const inOrder = (entries: readonly TimelineEntry[]): TimelineEntry[] =>
  entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.t - b.entry.t || a.index - b.index)
    .map(({ entry }) => entry);

export const withEntries = (scenario: Scenario, more: readonly TimelineEntry[]): Scenario => ({
  ...scenario,
  timeline: inOrder([...scenario.timeline, ...more]),
});

/** Follows what is done live from now on. @returns stops */
export function startRecorder(): () => void {
  return useRun.subscribe(({ acted }, before) => {
    if (acted === null || acted === before.acted || !acted.done || !useRecorder.getState().on) return;
    const { do: operation, target, args, time } = acted;
    const entry: TimelineEntry = { t: (time + AFTER_US) / 1000, do: operation, target };
    if (Object.keys(args).length > 0) entry.args = args;
    useDocument.getState().apply((scenario) => withEntries(scenario, [entry]));
  });
}
