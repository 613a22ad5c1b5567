/** The engine's public face, for whoever runs a scenario: command line, bench, tests. */
export { snapshotBytes } from "./kernel/snapshot.ts";
export { fromMs, type Micros, SECOND, seconds, toMs } from "./kernel/time.ts";
export { createRun, type LedgerReport, type Report, Run } from "./run/run.ts";
export { METRICS, type MeteredKind, type MetricSpec, type MetricUnit } from "./run/vocabulary.ts";
export * from "./scenario/index.ts";
