import type { Scenario } from "../../engine/scenario/index.ts";
import { beginAt } from "../bridge/begin-at.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { decodeLink } from "./link.ts";
import { type LinkVisit, PLAIN_VISIT } from "./link-visit.ts";

/**
 * Opens the document of a link as a copy of its own; a broken link leaves everything as it is and opens the dialog that says why. A view link's document can be played and
 * not changed; with a lesson, the lesson's own lock says what may be changed, because its tasks ask for changes.
 * @returns whether it opened
 */
export function openLink(address: string): boolean {
  const decoded = decodeLink(address);
  if (!decoded.ok) {
    useView.getState().openDialog("badLink", { code: decoded.code, facts: decoded.facts });
    return false;
  }
  openVisited(decoded.scenario, decoded.visit);
  return true;
}

/** The same for a link that has been read already. */
export function openVisited(scenario: Scenario, visit: LinkVisit = PLAIN_VISIT): void {
  useView.getState().select({});
  useDocument.getState().open(scenario, { origin: "link", readOnly: visit.view && scenario.lesson === undefined });
  if (visit.startAt > 0) beginAt(visit.startAt);
}
