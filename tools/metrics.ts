// Writes docs/metrics.md anew: node tools/run-ts.mjs tools/metrics.ts
import { writeFileSync } from "node:fs";
import { METRICS_FILE, metricsPage } from "./metrics-page.ts";

writeFileSync(METRICS_FILE, metricsPage());
