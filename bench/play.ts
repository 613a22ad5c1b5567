import { createRun, fromMs, hasErrors, type Run, snapshotBytes, validate } from "../engine/index.ts";
import { type Figures, figuresOf } from "./figures.ts";
import type { Workload } from "./workloads.ts";

/** One run of a workload. */
export interface Played extends Figures {
  /** Real ms of the run alone: the document was compiled before. */
  ms: number;
  events: number;
}

export interface PlayedByWeir extends Played {
  /** Hash of all events: the same in Node and in every browser. */
  hash: string;
}

function start({ name, scenario }: Workload): Run {
  const { issues } = validate(scenario);
  if (hasErrors(issues)) throw new Error(`${name} is no valid scenario: ${JSON.stringify(issues)}`);
  const run = createRun(scenario);
  // As the page does it at Max speed.
  run.core.log.detailed = false;
  return run;
}

/** Compiles a workload. @returns plays it to its end; throws an Error when the account of its messages does not add up */
export function prepare(workload: Workload): () => PlayedByWeir {
  const run = start(workload);
  return () => {
    const began = performance.now();
    const events = run.advance(fromMs(workload.until));
    const ms = performance.now() - began;
    const { ledger, store } = run.core;
    if (ledger.imbalance() !== 0) throw new Error(`${workload.name}: the ledger is out by ${ledger.imbalance()}.`);
    if (workload.drains && (ledger.open > 0 || store.live > 0)) {
      throw new Error(`${workload.name}: ${ledger.open} messages are left.`);
    }
    return { ms, events, ...figuresOf(workload.scenario, run.layout(), run.read(true)), hash: run.hash() };
  };
}

export const play = (workload: Workload): PlayedByWeir => prepare(workload)();

/** A run at the time when the most messages stand in its queues, how many they are, and the bytes of its state. */
export function fill(workload: Workload): { kept: unknown; queued: number; stateBytes: () => number } {
  const run = start(workload);
  // The moment before producer and consumers change places.
  run.advance(fromMs(workload.fullAt ?? workload.until) - 1);
  return { kept: run, queued: run.core.store.live, stateBytes: () => snapshotBytes(run.capture()) };
}
