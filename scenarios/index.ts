/** The catalogue, in the order of product.md §10: one file per row, its numbers in the test beside it. */

import { DECOUPLE } from "./decouple.ts";
import type { CatalogueEntry } from "./entry.ts";
import { HELLO_QUEUE } from "./hello-queue.ts";
import { PEAK_SHAVING } from "./peak-shaving.ts";
import { SYNC_VS_ASYNC } from "./sync-vs-async.ts";
import { WORK_QUEUE } from "./work-queue.ts";

export { type CatalogueEntry, type Group, idOf, type Variant, withChange } from "./entry.ts";

export const CATALOGUE: readonly CatalogueEntry[] = [HELLO_QUEUE, DECOUPLE, SYNC_VS_ASYNC, PEAK_SHAVING, WORK_QUEUE];
