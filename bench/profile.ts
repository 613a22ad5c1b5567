import { writeFileSync } from "node:fs";
import { type HeapProfiler, type Profiler, type Runtime, Session } from "node:inspector/promises";
import { findSourceMap } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, ROOT } from "./places.ts";
import { type PlayedByWeir, play, prepare } from "./play.ts";
import { warmUp } from "./warm-up.ts";
import { type WorkloadName, workload } from "./workloads.ts";

/** µs between two looks at the stack. */
const SAMPLE_EVERY = 200;
/** Bytes between two looks at what is allocated, on average. */
const SAMPLE_BYTES = 4096;

export interface ProfileRow {
  /** `name  file:line`, or what the machine does in brackets. */
  place: string;
  /** Of the run's time. */
  share: number;
  ms: number;
}

export interface AllocationRow {
  place: string;
  bytesPerEvent: number;
}

export interface WorkloadProfile {
  workload: WorkloadName;
  events: number;
  ms: number;
  /** By time in the function itself, most first. */
  functions: ProfileRow[];
  /** By bytes allocated, garbage included, most first. */
  allocations: AllocationRow[];
  /** For a viewer: the browser's developer tools read it. */
  file: string;
}

/** Plays a workload in this process, warmed up: once with an eye on the time, once on what is allocated. */
export async function profile(name: WorkloadName, scale: number): Promise<WorkloadProfile> {
  await warmUp(async (short) => play(workload(name, short)).ms);
  const timed = prepare(workload(name, scale));
  const weighed = prepare(workload(name, scale));
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_EVERY });
  await session.post("Profiler.start");
  const played = timed();
  const { profile } = await session.post("Profiler.stop");
  const file = `${cacheFolder()}/${name}.cpuprofile`;
  writeFileSync(file, JSON.stringify(profile));
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: SAMPLE_BYTES,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  } as HeapProfiler.StartSamplingParameterType);
  const again = weighed();
  const { profile: heap } = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  return {
    workload: name,
    events: played.events,
    ms: played.ms,
    functions: functionsOf(profile),
    allocations: allocationsOf(heap, again),
    file: relative(process.cwd(), file),
  };
}

function functionsOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfileRow[] {
  const placeOfNode = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const spent = new Map<string, number>();
  let total = 0;
  samples.forEach((id, i) => {
    const place = placeOfNode.get(id) ?? "";
    // A delta is the time before its sample: what follows the sample is spent where it was taken.
    const ms = (timeDeltas[i + 1] ?? 0) / 1000;
    spent.set(place, (spent.get(place) ?? 0) + ms);
    total += ms;
  });
  return sorted(spent).map(([place, ms]) => ({ place, ms, share: ms / total }));
}

function allocationsOf({ head }: HeapProfiler.SamplingHeapProfile, { events }: PlayedByWeir): AllocationRow[] {
  const bytes = new Map<string, number>();
  const open = [head];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const place = placeOf(node.callFrame);
    bytes.set(place, (bytes.get(place) ?? 0) + node.selfSize);
    open.push(...node.children);
  }
  return sorted(bytes).map(([place, size]) => ({ place, bytesPerEvent: size / events }));
}

const sorted = (sums: Map<string, number>): [string, number][] =>
  [...sums].filter(([, sum]) => sum > 0).sort(([, a], [, b]) => b - a);

/** Where the function stands in the sources: what runs is a bundle. */
function placeOf({ functionName, url, lineNumber, columnNumber }: Runtime.CallFrame): string {
  const name = functionName === "" ? "(anonymous)" : functionName;
  if (url === "") return name;
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const entry = findSourceMap(path)?.findEntry(lineNumber, columnNumber);
  if (entry === undefined || !("originalSource" in entry) || entry.originalSource === undefined) {
    return `${name}  ${relative(ROOT, path)}`;
  }
  const source = entry.originalSource.startsWith("file:") ? fileURLToPath(entry.originalSource) : entry.originalSource;
  return `${name}  ${relative(ROOT, source)}:${entry.originalLine + 1}`;
}
