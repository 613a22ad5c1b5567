import { create } from "zustand";
import type { Issue, Settings } from "../../engine/scenario/index.ts";
import type { Frame, FrameLayout, RunEvent, Tape } from "../../engine/worker/protocol.ts";

/** loading: the engine or the document is on its way. refused: the document cannot run (`issues`). fault: a bug of ours stopped the run. */
export type RunStatus = "loading" | "ready" | "running" | "paused" | "refused" | "fault";

export interface Fault {
  message: string;
  time: number;
  seed: number;
  stack?: string | undefined;
}

export interface RunState {
  runId: number;
  status: RunStatus;
  /** Why it stands still, when it is paused. */
  reason: "asked" | "until" | "step" | "idle" | "alert" | null;
  /** Asked for; 0 = Max. */
  speed: number;
  /** Virtual time in µs; renewed at most 10 times a second. */
  time: number;
  /** Reached. */
  speedNow: number;
  /** Virtual time at which the run stops by itself, µs. */
  until: number | null;
  layout: FrameLayout | null;
  issues: readonly Issue[];
  fault: Fault | null;
  /** Grows whenever the run was taken to another time: what was listed before may not have happened. */
  passage: number;
  /** How far the run has come and what happened on the way: for the scrubber. */
  tape: Tape;
  /** Number of the newest event. */
  lastEvent: number;
  /** What the last step did, for the status line. */
  stepped: RunEvent | null;
  /** The last live operation: when it was done (µs), or that it had no effect. `n` tells one from the next. */
  acted: { n: number; time: number; do: string; target: string; args: Settings; done: boolean } | null;
  /** Badges of nodes that are not in their normal state; the object changes only when they do. */
  badges: Readonly<Record<string, readonly string[]>>;
  /** One a rule of the document, in its order; the list changes only when a state or a figure does. */
  alerts: Frame["alerts"];
}

/** Nothing has run yet. */
export const NEW_TAPE: Tape = { furthest: 0, marks: [], far: [] };

/** What the page knows about the run. Only the bridge writes it; components read it and ask the bridge for changes. */
export const useRun = create<RunState>()(() => ({
  runId: 0,
  status: "loading",
  reason: null,
  speed: 1,
  time: 0,
  speedNow: 0,
  until: null,
  layout: null,
  issues: [],
  fault: null,
  passage: 0,
  tape: NEW_TAPE,
  lastEvent: 0,
  stepped: null,
  acted: null,
  badges: {},
  alerts: [],
}));

/** Whether the last step, which is still being looked at, concerned this node. */
export const isStepped = ({ reason, stepped }: RunState, id: string): boolean =>
  reason === "step" && stepped !== null && (stepped.node === id || stepped.other === id);

/** The run can be played now. */
export const isPlayable = (status: RunStatus): boolean =>
  status === "ready" || status === "paused" || status === "running";
