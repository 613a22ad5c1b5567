import { create } from "zustand";
import type { Scenario } from "../../engine/scenario/index.ts";
import type { Observed, RunReport, Series } from "../../engine/worker/protocol.ts";

/** Product.md §6: more could no longer be told apart. */
export const KEPT_MAX = 6;

/** Everything about a run up to one virtual time that another one can be compared with. */
export interface RunPicture {
  /** As it was drawn at that time. */
  scenario: Scenario;
  /** µs */
  time: number;
  /** What a person did while it ran: live operations, and changes of the drawing. */
  acts: number;
  edits: number;
  report: RunReport;
  observed: readonly Observed[];
  series: readonly Series[];
}

export interface KeptRun extends RunPicture {
  id: number;
  /** As the person calls it. */
  name: string;
  /** Id of the document that it is a run of. */
  document: string;
}

export interface KeptState {
  runs: readonly KeptRun[];
  /** Id of the run that the present one is compared with; null = none. */
  chosen: number | null;
  /** Its curves are drawn behind those of the present run. */
  overlays: boolean;
}

/** Runs that were kept to compare others with. They live as long as the page: a link or a file repeats any of them exactly. */
export const useKept = create<KeptState>()(() => ({ runs: [], chosen: null, overlays: true }));

export const keptOf = (runs: readonly KeptRun[], document: string): readonly KeptRun[] =>
  runs.filter((run) => run.document === document);

let count = 0;

/** Keeps a run and chooses it. @returns false when there are as many as there may be */
export function keepRun(picture: RunPicture, document: string, name: string): boolean {
  const { runs } = useKept.getState();
  if (keptOf(runs, document).length >= KEPT_MAX) return false;
  const run: KeptRun = { ...picture, id: ++count, name, document };
  useKept.setState({ runs: [...runs, run], chosen: run.id });
  return true;
}

export function renameKept(id: number, name: string): void {
  useKept.setState(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? { ...run, name } : run)) }));
}

/** Drops a run; the one before it, of the same document, is chosen in its place. */
export function removeKept(id: number): void {
  useKept.setState(({ runs, chosen }) => {
    const gone = runs.find((run) => run.id === id);
    const rest = runs.filter((run) => run !== gone);
    if (chosen !== id || gone === undefined) return { runs: rest };
    return { runs: rest, chosen: keptOf(rest, gone.document).at(-1)?.id ?? null };
  });
}

/** The run whose curves stand behind those of a document's present run; null for none. */
export const overlaid = ({ runs, chosen, overlays }: KeptState, document: string): KeptRun | null =>
  (overlays && runs.find((run) => run.id === chosen && run.document === document)) || null;
