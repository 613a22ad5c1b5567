import { PerformanceObserver } from "node:perf_hooks";
import { fillPlain, playPlain } from "./plain/play.ts";
import { fill, type Played, play } from "./play.ts";
import { type WorkloadName, workload } from "./workloads.ts";

/** A process for one engine and one workload, so that neither another workload's optimised code nor another engine's garbage is measured. Started by `contender.ts`. */
export interface Request {
  engine: "weir" | "plain";
  name: WorkloadName;
  scale: number;
  measure: "time" | "memory";
}

/** Collections of garbage during a run. */
export interface Garbage {
  minor: number;
  major: number;
  /** Longest, ms. */
  longest: number;
}

export interface Timed extends Played {
  garbage: Garbage;
  /** Of Weir's events; empty for the other engine. */
  hash: string;
}

export interface Memory {
  /** Heap and buffers for each queued message, after a collection. */
  bytesPerMessage: number;
  /** What a snapshot of it holds; null for the plain engine, which cannot take one. */
  stateBytesPerMessage: number | null;
  queued: number;
}

export type Answer = { ok: Timed | Memory } | { error: string };

const collections: { kind: number; ms: number }[] = [];
/** `constants.NODE_PERFORMANCE_GC_MAJOR`, which is the only full collection. */
const MAJOR = 4;
const MINOR = 1;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    // Missing in the types of entries that Node shares with browsers.
    const { detail, duration } = entry as typeof entry & { detail: { kind: number } };
    collections.push({ kind: detail.kind, ms: duration });
  }
}).observe({ entryTypes: ["gc"] });

/** The observer is told of collections a little later. */
const settled = () => new Promise((done) => setTimeout(done, 20));

/** No collection is forced before it: that throws optimised code away too, and the run would begin with learning it again. */
async function time({ engine, name, scale }: Request): Promise<Timed> {
  const load = workload(name, scale);
  await settled();
  collections.length = 0;
  const played = engine === "weir" ? play(load) : { ...playPlain(load), hash: "" };
  await settled();
  const of = (kind: number) => collections.filter((one) => one.kind === kind).length;
  const longest = Math.max(0, ...collections.map(({ ms }) => ms));
  return { ...played, garbage: { minor: of(MINOR), major: of(MAJOR), longest } };
}

function bytesUsed(): number {
  // The first collection finds the buffers that nobody holds; they are given back by the second.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function memory({ engine, name, scale }: Request): Memory {
  const load = workload(name, scale);
  const before = bytesUsed();
  const filled = engine === "weir" ? fill(load) : { ...fillPlain(load), stateBytes: null };
  const { queued } = filled;
  const bytesPerMessage = (bytesUsed() - before) / queued;
  const stateBytesPerMessage = filled.stateBytes === null ? null : filled.stateBytes() / queued;
  return { bytesPerMessage, stateBytesPerMessage, queued };
}

process.on("message", async (request: Request) => {
  let answer: Answer;
  try {
    answer = { ok: request.measure === "time" ? await time(request) : memory(request) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(answer);
});
