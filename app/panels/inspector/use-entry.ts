import { useEffect, useState } from "react";
import type { CatalogueEntry } from "../../../scenarios/index.ts";
import { loadCatalogue } from "../../commands/examples.ts";

/** The entry of the catalogue that a document came from, once it is loaded. @param id the document's catalogue id */
export function useEntry(id: string | undefined): CatalogueEntry | undefined {
  const [entry, setEntry] = useState<CatalogueEntry | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    setEntry(undefined);
    if (id !== undefined)
      loadCatalogue().then((all) => isWanted && setEntry(all.find(({ scenario }) => scenario.meta.id === id)));
    return () => {
      isWanted = false;
    };
  }, [id]);
  return entry;
}
