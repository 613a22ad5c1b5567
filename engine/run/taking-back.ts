import type { Scenario } from "../scenario/types.ts";
import type { Action } from "./recording.ts";

/** What the run knows of a document: where things stand and how the page is seen is none of it. */
const known = ({ nodes, edges, timeline, alerts }: Scenario): string =>
  JSON.stringify([
    nodes.map(({ id, kind, name, parent, settings }) => [id, kind, name, parent, settings]),
    edges.map(({ id, kind, from, to, settings }) => [id, kind, from, to, settings]),
    timeline,
    alerts,
  ]);

const idsOf = ({ nodes, edges }: Scenario): string[] => [...nodes, ...edges].map(({ id }) => id);

/** Parts of one document that another no longer has. */
export function goneFrom(before: Scenario, after: Scenario): string[] {
  const left = new Set(idsOf(after));
  return idsOf(before).filter((id) => !left.has(id));
}

/**
 * Whether an edit undoes the last action of a log, which deleted something: it brings back the document before, and with it what that action took away.
 * @param first the document before all actions @param changed the document of the edit
 */
export function undoesDeletion(log: readonly Action[], first: Scenario, changed: Scenario): boolean {
  const last = log.at(-1);
  if (last?.kind !== "edit") return false;
  let before = first;
  for (const action of log.slice(0, -1)) if (action.kind === "edit") before = action.scenario;
  return goneFrom(before, last.scenario).length > 0 && known(before) === known(changed);
}
