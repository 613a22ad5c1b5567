import { constants, PerformanceObserver } from "node:perf_hooks";
import { fromMs } from "../engine/index.ts";
import { MAX_SPEED } from "../engine/worker/protocol.ts";
import { Session } from "../engine/worker/session.ts";
import { worked } from "./processor-time.ts";
import { type WorkloadName, workload } from "./workloads.ts";

/** What a slice can spend its time with. */
export const PARTS = ["events", "growth", "snapshot", "samples", "frame", "tape"] as const;
export type Part = (typeof PARTS)[number];

/** One uninterrupted stretch of work of the worker's driver, real ms. */
export interface Slice {
  /** Of a processor: without what the machine gave to other programs meanwhile. */
  ms: number;
  /** From its begin to its end. */
  wall: number;
  /** By part, other programs' time included; garbage is in the part that it interrupted. */
  parts: Parts;
  /** Of it collecting garbage. */
  garbage: number;
}

export interface PlayedInSlices {
  slices: Slice[];
  /** Collections of garbage; a steady state needs no major one. */
  minor: number;
  major: number;
}

type SlicesAnswer = { ok: PlayedInSlices } | { error: string };

type Parts = Record<Part, number>;
const nothing = (): Parts => ({ events: 0, growth: 0, snapshot: 0, samples: 0, frame: 0, tape: 0 });

/** Adds up who works how long; what is called within another part is taken out of that one. */
class Shares {
  private spent = nothing();
  private inner = 0;

  /** From now on the method's time belongs to the part. @throws Error when the object has no such method any more */
  measure(part: Part, object: object, method: string): void {
    const own = (object as Record<string, unknown>)[method];
    if (typeof own !== "function") throw new Error(`The bench measures ${method}, which is not there any more.`);
    Object.defineProperty(object, method, {
      configurable: true,
      value: (...args: unknown[]) => {
        const before = this.inner;
        this.inner = 0;
        const start = performance.now();
        try {
          return own.apply(object, args);
        } finally {
          const ms = performance.now() - start;
          this.spent[part] += ms - this.inner;
          this.inner = before + ms;
        }
      },
    });
  }

  /** What has been spent since it was last asked. */
  take(): Parts {
    const { spent } = this;
    this.spent = nothing();
    this.inner = 0;
    return spent;
  }
}

/** The session's inner parts: the bench looks behind the curtain, to say what a long slice did. */
interface Inside {
  recording: { run: { samples: object; core: { store: object; calendar: object } } };
}

/** The worker's own driver at Max speed, with a clock of its own around every slice. */
async function playSliced(name: WorkloadName, scale: number): Promise<PlayedInSlices> {
  const load = workload(name, scale);
  const until = fromMs(load.until);
  const collections: { start: number; ms: number; isMajor: boolean }[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail, startTime, duration } = entry as typeof entry & { detail: { kind: number } };
      collections.push({
        start: startTime,
        ms: duration,
        isMajor: detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR,
      });
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  const shares = new Shares();
  const slices: (Slice & { start: number })[] = [];
  const watched = (callback: () => void) => () => {
    const before = worked();
    const start = performance.now();
    callback();
    const wall = performance.now() - start;
    slices.push({ start, wall, ms: worked() - before, parts: shares.take(), garbage: 0 });
  };
  await new Promise<void>((done, failed) => {
    const session = new Session({
      now: () => performance.now(),
      soon: (callback) => void setImmediate(watched(callback)),
      later: (ms, callback) => void setTimeout(watched(callback), ms),
      send: (message, transfer) => {
        if (message.type === "fault") failed(new Error(message.message));
        if (message.type === "paused") done();
        // As much work as posting it.
        structuredClone(message, { transfer });
      },
    });
    session.hear({ type: "load", runId: 1, scenario: load.scenario });
    const { recording } = session as unknown as Inside;
    const { run } = recording;
    const { store, calendar } = run.core;
    shares.measure("events", recording, "advance");
    shares.measure("snapshot", recording, "workOnSnapshot");
    shares.measure("growth", store, "grow");
    shares.measure("growth", calendar, "grow");
    shares.measure("samples", run.samples, "pass");
    shares.measure("samples", run.samples, "goOn");
    shares.measure("frame", session, "frame");
    shares.measure("tape", session, "tape");
    session.hear({ type: "runUntil", runId: 1, time: until });
    session.hear({ type: "play", runId: 1, speed: MAX_SPEED });
    shares.take();
  });
  // The observer is told of collections a little later.
  await new Promise((done) => setTimeout(done, 30));
  observer.disconnect();
  for (const { start, ms } of collections) {
    const slice = slices.find((one) => one.start <= start && start < one.start + one.wall);
    if (slice !== undefined) slice.garbage += ms;
  }
  const major = collections.filter(({ isMajor }) => isMajor).length;
  return { slices: slices.map(({ start, ...slice }) => slice), minor: collections.length - major, major };
}

process.once("message", async ({ name, scale }: { name: WorkloadName; scale: number }) => {
  let answer: SlicesAnswer;
  try {
    answer = { ok: await playSliced(name, scale) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(answer);
});
