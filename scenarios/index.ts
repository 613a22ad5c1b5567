/** The catalogue, in the order of product.md §10: one file per row, its numbers in the test beside it. */
import type { CatalogueEntry } from "./entry.ts";
import { HELLO_QUEUE } from "./hello-queue.ts";
import { PEAK_SHAVING } from "./peak-shaving.ts";

export { type CatalogueEntry, type Group, idOf, type Variant, withChange } from "./entry.ts";

export const CATALOGUE: readonly CatalogueEntry[] = [HELLO_QUEUE, PEAK_SHAVING];
