import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { createRun, type Run, snapshotBytes } from "../engine/index.ts";
import { backlog, graph, mm1, tandem, type Workload } from "./workloads.ts";

/**
 * Runs the workloads through the ordinary engine, each beside the C++ reference of the same model, and prints ratios. Absolute figures belong to this machine and
 * this moment; the ratio is the result. `--json` prints one line; `--quick` runs a tenth.
 */
const asJson = process.argv.includes("--json");
const scale = process.argv.includes("--quick") ? 0.1 : 1;
const ROUNDS = 3;
const CHUNK = 50_000;

interface Result {
  messagesPerSecond: number;
  hopsPerSecond: number;
  eventsPerSecond: number;
  ratioToC: number | null;
  bytesPerMessage?: number;
}

function buildReference(): string | null {
  const source = "bench/limit.cpp";
  const binary = "node_modules/.cache/weir/limit";
  mkdirSync("node_modules/.cache/weir", { recursive: true });
  if (existsSync(binary) && statSync(binary).mtimeMs > statSync(source).mtimeMs) return binary;
  try {
    const flags = ["-O3", "-march=native", "-std=c++20", "-ffp-contract=off"];
    execFileSync("g++", [...flags, source, "-o", binary], { stdio: ["ignore", "ignore", "inherit"] });
    return binary;
  } catch {
    return null;
  }
}

/** Messages per second of the reference, best of the rounds. */
function reference(binary: string, workload: Workload): number {
  const [model, set] = workload.reference;
  const out = execFileSync(binary, [model, set, String(workload.messages)], { encoding: "utf8" });
  const { ms, msgs } = JSON.parse(out) as { ms: number; msgs: number };
  return (msgs * 1000) / ms;
}

/** Bytes of engine state for each message while all of them stand in the queue. */
function bytesPerMessage(workload: Workload): number {
  const run = createRun(workload.scenario);
  run.core.log.detailed = false;
  while (run.core.ledger.published < workload.messages) run.advance(Number.MAX_SAFE_INTEGER / 2, CHUNK);
  return snapshotBytes(run.capture()) / run.core.store.live;
}

function engine(workload: Workload): { perSecond: number; events: number } {
  const run: Run = createRun(workload.scenario);
  run.core.log.detailed = false;
  let events = 0;
  const start = process.hrtime.bigint();
  for (;;) {
    const done = run.advance(Number.MAX_SAFE_INTEGER / 2, CHUNK);
    events += done;
    const { ledger } = run.core;
    if (done < CHUNK || (ledger.published >= workload.messages * workload.publishes && ledger.open === 0)) break;
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { ledger } = run.core;
  const ended = ledger.processed + ledger.discardedTotal;
  if (ended !== workload.messages * workload.publishes) {
    throw new Error(`${workload.name}: ${ended} of ${workload.messages * workload.publishes} messages have ended`);
  }
  if (ledger.imbalance() !== 0) throw new Error(`${workload.name}: the ledger is out by ${ledger.imbalance()}`);
  return { perSecond: workload.messages / seconds, events: events / seconds };
}

function measure(workload: Workload, binary: string | null): Result {
  let best = { perSecond: 0, events: 0 };
  let bestReference = 0;
  // Interleaved, best of each: other work on the machine slows both.
  for (let round = 0; round < ROUNDS; round++) {
    const one = engine(workload);
    if (one.perSecond > best.perSecond) best = one;
    if (binary !== null) bestReference = Math.max(bestReference, reference(binary, workload));
  }
  return {
    messagesPerSecond: Math.round(best.perSecond),
    hopsPerSecond: Math.round(best.perSecond * workload.hopsPerMessage),
    eventsPerSecond: Math.round(best.events),
    ratioToC: binary === null ? null : Number((best.perSecond / bestReference).toFixed(3)),
    ...(workload.name === "backlog" && { bytesPerMessage: Math.round(bytesPerMessage(workload) * 10) / 10 }),
  };
}

const whole = (n: number) => Math.max(1000, Math.round(n * scale));
const workloads = [
  mm1(whole(1_000_000)),
  tandem(whole(300_000)),
  graph(whole(200_000), 0),
  graph(whole(100_000), 0.01),
  backlog(whole(2_000_000)),
];

const binary = buildReference();
const results: Record<string, Result> = {};
for (const workload of workloads) {
  const result = measure(workload, binary);
  results[workload.name] = result;
  if (asJson) continue;
  const ratio = result.ratioToC === null ? "no compiler" : `${result.ratioToC} of C++`;
  const million = (n: number) => `${(n / 1e6).toFixed(2)} M`;
  const bytes = result.bytesPerMessage === undefined ? "" : `, ${result.bytesPerMessage} bytes a queued message`;
  console.log(
    `${workload.name.padEnd(10)} ${million(result.messagesPerSecond)} messages/s, ${million(result.hopsPerSecond)} hops/s, ${ratio}${bytes}`,
  );
}
if (asJson) console.log(JSON.stringify({ workloads: results }));
