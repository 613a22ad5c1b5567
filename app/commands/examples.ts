import type { CatalogueEntry } from "../../scenarios/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";

/** The catalogue, fetched when somebody first wants it. */
export const loadCatalogue = (): Promise<readonly CatalogueEntry[]> =>
  import("../../scenarios/index.ts").then(({ CATALOGUE }) => CATALOGUE);

/** Opens an example as a document of its own; the person's own work stays where it is. */
export function openExample({ scenario }: CatalogueEntry): void {
  useView.getState().select({});
  useDocument.getState().open(structuredClone(scenario), { origin: "example" });
}
