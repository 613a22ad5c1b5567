import type { InBrowser } from "./browser.ts";
import type { Garbage, Memory } from "./child.ts";
import { Contender } from "./contender.ts";
import { type Figures, median } from "./figures.ts";
import { runReference } from "./reference.ts";
import { warmUp } from "./warm-up.ts";
import { type Workload, type WorkloadName, workload } from "./workloads.ts";

export interface Settings {
  /** Share of the whole size. */
  scale: number;
  /** Odd. */
  rounds: number;
  /** The C++ reference; null without a compiler. */
  binary: string | null;
  browser: InBrowser | null;
}

/** What is known of a workload after all rounds. Ratios are of speeds: above 1 Weir is faster. Null = not asked for, or there is nothing to compare with. */
export interface Result {
  /** Published by the producers in one run, and the virtual seconds that it took them. */
  messages: number;
  virtualSeconds: number;
  messagesPerSecond: number;
  hopsPerSecond: number;
  eventsPerSecond: number;
  /** Virtual seconds in a real one. */
  timesRealTime: number;
  /** Heap and buffers while all messages stand in the queue; beside it what a snapshot holds for each, and the same of the plain engine. */
  bytesPerMessage: number | null;
  stateBytesPerMessage: number | null;
  plainBytesPerMessage: number | null;
  garbage: Garbage;
  /** Real ms of every run, in the order of the rounds. */
  rounds: { weir: number[]; reference: number[]; plain: number[]; browser: number[] };
  /** In Chromium's worker, as a share of Node's speed. */
  browserShare: number | null;
  ratioToPlain: number | null;
  ratioToC: number | null;
}

/**
 * Plays a workload in all engines in turn, round after round: whatever else the machine is doing slows all of them. A ratio is taken within a round; the median of the
 * rounds is reported.
 */
export async function measure(name: WorkloadName, { scale, rounds, binary, browser }: Settings): Promise<Result> {
  const load = workload(name, scale);
  const weir = new Contender("weir", name);
  const plain = load.isPlain ? new Contender("plain", name) : null;
  try {
    await weir.warmUp();
    await plain?.warmUp();
    await browser?.freshWorker();
    if (browser !== null) await warmUp(async (short) => (await browser.play(workload(name, short))).ms);
    const taken: Result["rounds"] = { weir: [], reference: [], plain: [], browser: [] };
    const ratios = { toC: [] as number[], toPlain: [] as number[], browser: [] as number[] };
    let first = null;
    const garbage: Garbage = { minor: 0, major: 0, longest: 0 };
    for (let round = 0; round < rounds; round++) {
      const own = await weir.time(scale);
      first ??= own;
      if (own.hash !== first.hash) throw new Error(`${name}: two runs of one scenario differ.`);
      const speed = speedOf(own, load);
      taken.weir.push(own.ms);
      garbage.minor += own.garbage.minor / rounds;
      garbage.major += own.garbage.major / rounds;
      garbage.longest = Math.max(garbage.longest, own.garbage.longest);
      if (binary !== null && load.reference !== null) {
        const native = runReference(binary, load.reference);
        taken.reference.push(native.ms);
        ratios.toC.push(speed / speedOf(native, load));
      }
      if (plain !== null) {
        const other = await plain.time(scale);
        taken.plain.push(other.ms);
        ratios.toPlain.push(speed / speedOf(other, load));
      }
      if (browser !== null) {
        const there = await browser.play(load);
        if (there.hash !== own.hash) throw new Error(`${name}: Chromium and Node do not see the same events.`);
        taken.browser.push(there.ms);
        ratios.browser.push(own.ms / there.ms);
      }
    }
    const { messages, hops, events } = first as NonNullable<typeof first>;
    const seconds = median(taken.weir) / 1000;
    const memory = load.fullAt === null ? null : await memoryOf("weir", name, scale);
    const plainMemory = load.fullAt === null || plain === null ? null : await memoryOf("plain", name, scale);
    return {
      messages,
      virtualSeconds: load.until / 1000,
      messagesPerSecond: Math.round(messages / seconds),
      hopsPerSecond: Math.round(hops / seconds),
      eventsPerSecond: Math.round(events / seconds),
      timesRealTime: digits(load.until / 1000 / seconds),
      bytesPerMessage: digits(memory?.bytesPerMessage),
      stateBytesPerMessage: digits(memory?.stateBytesPerMessage),
      plainBytesPerMessage: digits(plainMemory?.bytesPerMessage),
      garbage: { minor: digits(garbage.minor), major: digits(garbage.major), longest: digits(garbage.longest) },
      rounds: {
        weir: taken.weir.map(digits<number>),
        reference: taken.reference.map(digits<number>),
        plain: taken.plain.map(digits<number>),
        browser: taken.browser.map(digits<number>),
      },
      browserShare: ratio(ratios.browser),
      ratioToPlain: ratio(ratios.toPlain),
      ratioToC: ratio(ratios.toC),
    };
  } finally {
    weir.end();
    plain?.end();
  }
}

/** In a new process: what rounds have left behind would be collected in between, and be missing from the difference. */
async function memoryOf(engine: "weir" | "plain", name: WorkloadName, scale: number): Promise<Memory> {
  const contender = new Contender(engine, name);
  try {
    return await contender.memory(scale);
  } finally {
    contender.end();
  }
}

/** Messages or hops in a millisecond. */
function speedOf(played: Figures & { ms: number }, { unit }: Workload): number {
  return played[unit] / played.ms;
}

function ratio(rounds: readonly number[]): number | null {
  return rounds.length === 0 ? null : digits(median(rounds));
}

/** Three digits say all there is to say about a figure that another run will not repeat. */
function digits<T extends number | null | undefined>(value: T): T extends number ? number : number | null {
  return (typeof value === "number" ? Number(value.toPrecision(3)) : null) as T extends number ? number : number | null;
}
