import type { Micros } from "../kernel/time.ts";
import type { Observed } from "../worker/protocol.ts";
import type { Slots } from "./core.ts";
import type { Meters } from "./meters.ts";
import { COUNTERS, HISTOGRAMS, LEVEL_METRICS, type MeteredKind } from "./vocabulary.ts";

const FIRST_STEP: Micros = 500_000;
/** Rows are thinned by half when there are this many; so many more are always left than batch means need. */
const ROWS_MAX = 1000;
const ROWS_MIN = 240;
const FLOATS_MAX = 1_500_000;

interface Row {
  time: Micros;
  counters: Float64Array;
  areas: Float64Array;
  /** Number and sum of durations, two by two. */
  durations: Float64Array;
}

/** A figure as growth ÷ growth of two of a row's sums. */
interface Quotient {
  above(row: Row): number;
  below(row: Row): number;
}

/**
 * What all instruments have summed up, taken evenly in virtual time: the difference of two rows is exactly what happened between them, however long ago and however
 * many rows in between were thinned out. From these come means with intervals (`metrics/steady-state.ts`). It begins anew when the document changes: figures of two systems have no common mean.
 */
export class Sums {
  next: Micros = 0;
  private step: Micros = FIRST_STEP;
  private rows: Row[] = [];

  /** To be called when virtual time has reached `next`. */
  add(time: Micros, meters: Meters): void {
    const floats = meters.counterTop + meters.levelTop + 2 * meters.histograms.length;
    if (this.rows.length >= Math.max(ROWS_MIN, Math.min(ROWS_MAX, Math.floor(FLOATS_MAX / floats)))) this.thin();
    this.rows.push(rowOf(time, meters));
    this.next = time + this.step;
  }

  /** From now on only what comes counts. */
  clear(now: Micros): void {
    this.rows = [];
    this.step = FIRST_STEP;
    this.next = now;
  }

  /** Drops what lies at or after `time`: the run was taken back. */
  cut(time: Micros): void {
    this.rows = this.rows.filter((row) => row.time < time);
    const last = this.rows.at(-1);
    this.next = last === undefined ? 0 : last.time + this.step;
  }

  /**
   * A figure as a quotient of sums over equal stretches of time, since the document last changed.
   * @returns null for a figure that is no mean or rate
   */
  observe(kind: MeteredKind, slots: Slots, metric: string): Omit<Observed, "target"> | null {
    const quotient = quotientOf(kind, slots, metric);
    if (quotient === null) return null;
    const { sums, weights } = this.growth(quotient);
    return { metric, since: this.rows[0]?.time ?? 0, step: this.step, sums, weights };
  }

  /** Growth over equal stretches. Where time was passed over because nothing happened, sums grow evenly. */
  private growth({ above, below }: Quotient): { sums: Float64Array; weights: Float64Array } {
    const { rows, step } = this;
    const sums: number[] = [];
    const weights: number[] = [];
    const [first] = rows;
    if (first === undefined) return { sums: new Float64Array(0), weights: new Float64Array(0) };
    let at = 0;
    let before: readonly [number, number] = [above(first), below(first)];
    for (let time = first.time + step; time <= (rows.at(-1) as Row).time; time += step) {
      while ((rows[at + 1] as Row).time < time) at++;
      const a = rows[at] as Row;
      const b = rows[at + 1] as Row;
      const share = (time - a.time) / (b.time - a.time);
      const now = [above(a) + share * (above(b) - above(a)), below(a) + share * (below(b) - below(a))] as const;
      sums.push(now[0] - before[0]);
      weights.push(now[1] - before[1]);
      before = now;
    }
    return { sums: Float64Array.from(sums), weights: Float64Array.from(weights) };
  }

  private thin(): void {
    this.rows = this.rows.filter((_, i) => i % 2 === 0);
    this.step *= 2;
  }
}

function rowOf(time: Micros, meters: Meters): Row {
  meters.settle();
  const areas = new Float64Array(meters.levelTop);
  for (let slot = 0; slot < areas.length; slot++) areas[slot] = meters.area(slot, time);
  const durations = new Float64Array(2 * meters.histograms.length);
  meters.histograms.forEach(({ current, before, older }, slot) => {
    durations[2 * slot] = current.count + before.count + older.count;
    durations[2 * slot + 1] = current.sum + before.sum + older.sum;
  });
  return { time, counters: meters.counters.slice(0, meters.counterTop), areas, durations };
}

/** Which sums a metric is made of. What was not yet there in an older row had not grown. */
function quotientOf(kind: MeteredKind, slots: Slots, metric: string): Quotient | null {
  const dot = metric.lastIndexOf(".");
  const [name, part] = dot < 0 ? [metric, ""] : [metric.slice(0, dot), metric.slice(dot + 1)];
  const area = (slot: number) => (row: Row) => row.areas[slots.levels + slot] ?? 0;
  const time = (row: Row) => row.time;
  const histogram = HISTOGRAMS[kind].indexOf(name);
  if (histogram >= 0 && part === "mean") {
    const slot = 2 * (slots.histograms + histogram);
    return { above: (row) => row.durations[slot + 1] ?? 0, below: (row) => row.durations[slot] ?? 0 };
  }
  const counter = (COUNTERS[kind] as readonly string[]).indexOf(name);
  if (counter >= 0 && part === "rate")
    return { above: (row) => row.counters[slots.counters + counter] ?? 0, below: (row) => row.time / 1e6 };
  const integrated = LEVEL_METRICS[kind].find(([level]) => level === name && (part === "" || part === "mean"));
  if (integrated !== undefined) {
    const [, level, less] = integrated;
    return { above: (row) => area(level)(row) - (less < 0 ? 0 : area(less)(row)), below: time };
  }
  // A socket has the levels of a producer before those of a consumer.
  const servers = kind === "socket" ? 3 : 0;
  if (metric === "utilisation") return { above: area(servers), below: area(servers + 1) };
  if (metric === "blockedShare") return { above: area(1), below: area(2) };
  return null;
}
