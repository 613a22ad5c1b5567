import { temporal } from "zundo";
import { create, useStore } from "zustand";
import { emptyScenario, type Scenario } from "../../engine/scenario/index.ts";

/** Where the document came from. What came from outside becomes one's own with the first edit; own work is never replaced. */
export type Origin = "own" | "link" | "file" | "example";

/** What autosave knows about the newest change. `memory`: there is no storage, the work lives in this tab only. */
export type Saved = "saved" | "saving" | "unsaved" | "failed" | "memory";

export interface ApplyOptions {
  /** Edits of one burst (a slider drag, typing in one field) share a name and become one undo step while less than a second apart. */
  coalesce?: string;
}

export interface DocumentState {
  /** Identity in the library and autosave; a new one for each opened document. */
  id: string;
  scenario: Scenario;
  readOnly: boolean;
  origin: Origin;
  saved: Saved;
  /** Changes the document through a pure edit; the same object back means nothing changed. @returns whether it did */
  apply(edit: (scenario: Scenario) => Scenario, options?: ApplyOptions): boolean;
  /** Another document takes its place; its undo history starts empty. */
  open(scenario: Scenario, options: { origin: Origin; id?: string; readOnly?: boolean; saved?: Saved }): void;
  setSaved(saved: Saved): void;
  setReadOnly(readOnly: boolean): void;
}

export const UNDO_STEPS_MAX = 300;
export const COALESCE_MS = 1000;

/** Ids of documents only have to differ on one device. */
export const newDocumentId = (): string =>
  `d-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 5).toString(36)}`;

let burst = { name: "", at: 0 };

/** The document and its undo history. */
export const useDocument = create<DocumentState>()(
  temporal(
    (set, get) => ({
      id: newDocumentId(),
      scenario: emptyScenario(),
      readOnly: false,
      origin: "own",
      saved: "saved",
      apply: (edit, options = {}) => {
        const before = get();
        if (before.readOnly) return false;
        const scenario = edit(before.scenario);
        if (scenario === before.scenario) return false;
        const history = useDocument.temporal.getState();
        const now = performance.now();
        const goesOn =
          options.coalesce !== undefined && burst.name === options.coalesce && now - burst.at < COALESCE_MS;
        burst = { name: options.coalesce ?? "", at: now };
        if (goesOn) history.pause();
        set({
          scenario,
          saved: before.saved === "memory" ? "memory" : "unsaved",
          ...(before.origin !== "own" && { origin: "own" as const }),
        });
        if (goesOn) history.resume();
        return true;
      },
      open: (scenario, { origin, id = newDocumentId(), readOnly = false, saved = "saved" }) => {
        const history = useDocument.temporal.getState();
        history.pause();
        set({ scenario, origin, id, readOnly, saved });
        history.clear();
        history.resume();
        burst = { name: "", at: 0 };
      },
      setSaved: (saved) => set({ saved }),
      setReadOnly: (readOnly) => set({ readOnly }),
    }),
    {
      limit: UNDO_STEPS_MAX,
      partialize: (s) => ({ scenario: s.scenario }),
      equality: (a, b) => a.scenario === b.scenario,
    },
  ),
);

function travel(step: "undo" | "redo"): boolean {
  const history = useDocument.temporal.getState();
  const waiting = step === "undo" ? history.pastStates : history.futureStates;
  if (waiting.length === 0 || useDocument.getState().readOnly) return false;
  history[step]();
  burst = { name: "", at: 0 };
  if (useDocument.getState().saved !== "memory") useDocument.setState({ saved: "unsaved" });
  return true;
}

/** @returns whether there was anything to undo */
export const undo = (): boolean => travel("undo");
export const redo = (): boolean => travel("redo");

/** How many steps can be undone and redone: for the two buttons. */
export const useHistory = (): { undo: number; redo: number } => ({
  undo: useStore(useDocument.temporal, (s) => s.pastStates.length),
  redo: useStore(useDocument.temporal, (s) => s.futureStates.length),
});
