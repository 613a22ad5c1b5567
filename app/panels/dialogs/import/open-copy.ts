import type { Scenario } from "../../../../engine/scenario/index.ts";
import { canvas } from "../../../canvas/control.ts";
import type { LinkVisit } from "../../../share/link-visit.ts";
import { openVisited } from "../../../share/open-link.ts";
import { type Origin, useDocument } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";

/** Opens a document that came from outside. One's own work stays where it is kept; the new document is one's own with the first edit or with "Keep a copy". */
export function openAsCopy(scenario: Scenario, origin: Origin, visit?: LinkVisit): void {
  if (origin === "link") openVisited(scenario, visit);
  else {
    useView.getState().select({});
    useDocument.getState().open(scenario, { origin });
  }
  // Once the new nodes have their sizes.
  setTimeout(() => canvas()?.fit(), 80);
}
