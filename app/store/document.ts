import { temporal } from "zundo";
import { create, useStore } from "zustand";
import type { Locked, Restrictions } from "../../engine/lesson/restrictions.ts";
import { emptyScenario, type Scenario } from "../../engine/scenario/index.ts";
import { useView } from "./view.ts";

/** Where the document came from. What came from outside becomes one's own with the first edit; own work is never replaced. */
export type Origin = "own" | "link" | "file" | "example";

/** What autosave knows about the newest change. `memory`: there is no storage, the work lives in this tab only. */
export type Saved = "saved" | "saving" | "unsaved" | "failed" | "memory";

/** What of an edit is forbidden; null = nothing. */
type LockedIn = (before: Scenario, after: Scenario, restrictions: Restrictions) => Locked | null;

export interface ApplyOptions {
  /** Edits of one burst (a slider drag, typing in one field) share a name and become one undo step while less than a second apart. */
  coalesce?: string;
  /** The lesson itself changes its drawing: its own restrictions do not hold, and there is nothing to undo before it. */
  byLesson?: boolean;
}

export interface DocumentState {
  /** Identity in the library and autosave; a new one for each opened document. */
  id: string;
  scenario: Scenario;
  readOnly: boolean;
  origin: Origin;
  saved: Saved;
  /** What a lesson allows while it is taken; null = everything. Held here, so that no way into the document goes round it. */
  restrictions: Restrictions | null;
  /** Changes the document through a pure edit; the same object back means nothing changed. @returns whether it did */
  apply(edit: (scenario: Scenario) => Scenario, options?: ApplyOptions): boolean;
  /** Another document takes its place; its undo history starts empty. */
  open(scenario: Scenario, options: { origin: Origin; id?: string; readOnly?: boolean; saved?: Saved }): void;
  setSaved(saved: Saved): void;
  setReadOnly(readOnly: boolean): void;
  /** @param lockedIn judges an edit by them; brought along, because few documents have a lesson */
  restrict(...by: [null] | [restrictions: Restrictions, lockedIn: LockedIn]): void;
}

export const UNDO_STEPS_MAX = 300;
export const COALESCE_MS = 1000;

/** Ids of documents only have to differ on one device. */
export const newDocumentId = (): string =>
  `d-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 5).toString(36)}`;

let judge: LockedIn = () => null;
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
      restrictions: null,
      apply: (edit, options = {}) => {
        const before = get();
        if (before.readOnly) return false;
        const scenario = edit(before.scenario);
        if (scenario === before.scenario) return false;
        const history = useDocument.temporal.getState();
        if (options.byLesson !== true && isRefused(before, scenario)) return false;
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
        if (options.byLesson === true) history.clear();
        return true;
      },
      open: (scenario, { origin, id = newDocumentId(), readOnly = false, saved = "saved" }) => {
        // What is imported would go round the lock: first the lesson is ended.
        if (origin === "file" && get().restrictions?.noImport) {
          refuse({ reason: "import", what: "" });
          return;
        }
        const history = useDocument.temporal.getState();
        history.pause();
        set({ scenario, origin, id, readOnly, saved, restrictions: null });
        history.clear();
        history.resume();
        burst = { name: "", at: 0 };
      },
      setSaved: (saved) => set({ saved }),
      setReadOnly: (readOnly) => set({ readOnly }),
      restrict: (restrictions, lockedIn = () => null) => {
        judge = lockedIn;
        set({ restrictions });
      },
    }),
    {
      limit: UNDO_STEPS_MAX,
      partialize: (s) => ({ scenario: s.scenario }),
      equality: (a, b) => a.scenario === b.scenario,
    },
  ),
);

/** Says why the lesson does not let this happen. */
function refuse({ reason, what }: Omit<Locked, "reason"> & { reason: Locked["reason"] | "import" }): void {
  useView.getState().notify({ tone: "warning", key: `lesson.refused.${reason}`, facts: { what } });
}

function isRefused({ scenario, restrictions }: DocumentState, next: Scenario): boolean {
  const locked = restrictions === null ? null : judge(scenario, next, restrictions);
  if (locked !== null) refuse(locked);
  return locked !== null;
}

function travel(step: "undo" | "redo"): boolean {
  const history = useDocument.temporal.getState();
  const waiting = step === "undo" ? history.pastStates : history.futureStates;
  const next = waiting.at(-1)?.scenario;
  if (next === undefined || useDocument.getState().readOnly) return false;
  if (isRefused(useDocument.getState(), next)) return false;
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
