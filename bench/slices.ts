import { askChild } from "./ask-child.ts";
import type { InBrowser } from "./browser.ts";
import { PARTS, type Part, type PlayedInSlices, type Slice } from "./slices-child.ts";
import { type WorkloadName, workload } from "./workloads.ts";

/** Longest that a slice may take, real ms: what Pause has to wait for. */
export const SLICE_MAX_MS = 8;

/** A distribution in few numbers, real ms. */
export interface Spread {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** How a workload is cut into slices at Max speed. */
export interface Slicing {
  workload: WorkloadName;
  /** Without what the machine gave to other programs. */
  slices: Spread;
  /** With it. */
  wall: Spread;
  /** So many slices took longer than `SLICE_MAX_MS`, and what took the most time in most of them. */
  long: number;
  culprit: Part | "garbage" | null;
  /** The longest of all. */
  longest: Slice;
  minor: number;
  major: number;
}

/** The same in Chromium's worker, and how long a page waits there for the answer to Pause. */
export interface BrowserSlicing {
  workload: WorkloadName;
  slices: Spread;
  wall: Spread;
  pause: Spread;
  major: number;
}

/** Real ms in Chromium for each workload. */
const IN_BROWSER_MS = 8000;

export async function slicesIn(browser: InBrowser, name: WorkloadName): Promise<BrowserSlicing> {
  const { tasks, pauses, major } = await browser.slices(workload(name, 1), IN_BROWSER_MS);
  return {
    workload: name,
    slices: spreadOf(tasks.map(({ ms }) => ms)),
    wall: spreadOf(tasks.map(({ wall }) => wall)),
    pause: spreadOf(pauses),
    major,
  };
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { count: values.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Plays a workload once with the worker's driver in a Node of its own. @param scale share of the whole size */
export async function slicesOf(name: WorkloadName, scale: number): Promise<Slicing> {
  const { slices, minor, major } = await askChild<PlayedInSlices>("bench/slices-child.ts", { name, scale });
  const long = slices.filter(({ ms }) => ms > SLICE_MAX_MS);
  const guilty = new Map<Part | "garbage", number>();
  for (const slice of long) {
    const part = culpritOf(slice);
    guilty.set(part, (guilty.get(part) ?? 0) + 1);
  }
  const [culprit = null] = [...guilty].sort(([, a], [, b]) => b - a)[0] ?? [];
  const longest = slices.reduce((most, slice) => (slice.ms > most.ms ? slice : most));
  return {
    workload: name,
    slices: spreadOf(slices.map(({ ms }) => ms)),
    wall: spreadOf(slices.map(({ wall }) => wall)),
    long: long.length,
    culprit,
    longest,
    minor,
    major,
  };
}

/** The part that took the most; events only when nothing else took what was too much. */
function culpritOf({ parts, garbage }: Slice): Part | "garbage" {
  if (garbage > SLICE_MAX_MS / 2) return "garbage";
  const others = PARTS.filter((part) => part !== "events").sort((a, b) => parts[b] - parts[a]);
  const [most = "events"] = others;
  return parts[most] > SLICE_MAX_MS / 4 ? most : "events";
}
