import type { Micros } from "../kernel/time.ts";
import { Histogram } from "../metrics/histogram.ts";
import { Amount, Counter, Durations, Level } from "./instruments.ts";

/** Rates and shares look back this far (product.md §5). */
export const WINDOW: Micros = 5_000_000;
const SAMPLE_EVERY: Micros = 500_000;
const SAMPLES = WINDOW / SAMPLE_EVERY + 2;

const NOWHERE = -1;
const NOTHING = new Histogram();

/**
 * The run's instruments. *Counters* only grow. *Levels* go up and down and are integrated over time. *Histograms* hold durations in µs, the last window apart from the rest.
 * All are addressed by slot; slots are never used again. What happens often is counted by instruments at the place where it happens, one a slot, that are collected here
 * before anybody reads.
 */
export class Meters {
  counters: Float64Array = new Float64Array(256);
  counterTop = 0;
  /** Of each level n and s. */
  private levels: Float64Array = new Float64Array(128);
  levelTop = 0;
  histograms: Durations[] = [];
  /** The instruments that stand elsewhere, and by slot where they are in these lists. */
  private readonly heldCounters: Counter[] = [];
  private readonly heldAmounts: Amount[] = [];
  private readonly heldLevels: Level[] = [];
  private readonly counterAt: Map<number, Counter> = new Map();
  private readonly amountAt: Map<number, Amount> = new Map();
  private readonly levelAt: Map<number, Level> = new Map();
  /** The counter that a slot's durations are durations of. */
  private readonly occasions: number[] = [];
  /** Start of the statistics: 0, or the end of the warm-up. */
  since: Micros = 0;
  nextSample: Micros = SAMPLE_EVERY;
  private idleTurns = 0;
  // Samples of the past window, a ring: counters and areas as they stood at `sampleTimes`.
  sampleTimes: number[] = [];
  sampleCounters: Float64Array[] = [];
  sampleAreas: Float64Array[] = [];
  sampleAt = 0;
  /** What `past` found last, and for when. */
  private pastOf: Micros = -1;
  private pastSample = 0;
  private pastFound = -1;

  addCounters(count: number): number {
    const slot = this.counterTop;
    this.counterTop += count;
    if (this.counterTop > this.counters.length) this.counters = widen(this.counters, this.counterTop * 2);
    return slot;
  }

  addLevels(count: number): number {
    const slot = this.levelTop;
    this.levelTop += count;
    if (this.levelTop * 2 > this.levels.length) this.levels = widen(this.levels, this.levelTop * 4);
    return slot;
  }

  addHistogram(): number {
    this.occasions.push(NOWHERE);
    return this.histograms.push(new Durations()) - 1;
  }

  /** A counter as a thing to hold: count there what is counted often. */
  counterHeld(slot: number): Counter {
    const known = this.counterAt.get(slot);
    if (known !== undefined) return known;
    const counter = new Counter(slot);
    this.counterAt.set(slot, counter);
    this.heldCounters.push(counter);
    return counter;
  }

  /** The same for what is not counted one by one. */
  amountHeld(slot: number): Amount {
    const known = this.amountAt.get(slot);
    if (known !== undefined) return known;
    const amount = new Amount(slot);
    this.amountAt.set(slot, amount);
    this.heldAmounts.push(amount);
    return amount;
  }

  /** A level as a thing to hold; from now on `level` is not to be called for this slot. */
  levelHeld(slot: number): Level {
    const known = this.levelAt.get(slot);
    if (known !== undefined) return known;
    const level = new Level(slot);
    // (As an integer, so that the field keeps its form.)
    level.height = (this.levels[slot << 1] as number) | 0;
    level.steps = this.levels[(slot << 1) + 1] as number;
    this.levelAt.set(slot, level);
    this.heldLevels.push(level);
    return level;
  }

  /** What records a slot's durations. */
  durationsHeld(slot: number): Durations {
    return this.histograms[slot] as Durations;
  }

  /** Brings in what the instruments that stand elsewhere have seen. To be called before anything is read. */
  collect(): void {
    const { counters, heldAmounts, heldCounters } = this;
    for (let i = 0; i < heldCounters.length; i++) {
      const counter = heldCounters[i] as Counter;
      if (counter.pending === 0) continue;
      counters[counter.slot] = (counters[counter.slot] as number) + counter.pending;
      counter.pending = 0;
    }
    for (let i = 0; i < heldAmounts.length; i++) {
      const amount = heldAmounts[i] as Amount;
      counters[amount.slot] = (counters[amount.slot] as number) + amount.pending;
      amount.pending = 0;
    }
    this.collectLevels();
  }

  /** As `collect`, of levels alone. */
  collectLevels(): void {
    const { levels, heldLevels } = this;
    for (let i = 0; i < heldLevels.length; i++) {
      const { slot, height, steps } = heldLevels[i] as Level;
      levels[slot << 1] = height;
      levels[(slot << 1) + 1] = steps;
    }
  }

  /** Whatever is recorded in `slot` from now on is recorded in `gatherer` too. */
  gather(slot: number, gatherer: number): void {
    (this.histograms[slot] as Durations).gatherer = this.histograms[gatherer] as Durations;
  }

  /** Whatever `counter` counts and `slot` has no duration of took no time: those need not be recorded. */
  complete(slot: number, counter: number): void {
    this.occasions[slot] = counter;
  }

  count(slot: number): void {
    this.counters[slot] = (this.counters[slot] as number) + 1;
  }

  add(slot: number, amount: number): void {
    this.counters[slot] = (this.counters[slot] as number) + amount;
  }

  level(slot: number, change: number, now: Micros): void {
    const { levels } = this;
    const at = slot << 1;
    levels[at] = (levels[at] as number) + change;
    levels[at + 1] = (levels[at + 1] as number) + change * now;
  }

  setLevel(slot: number, value: number, now: Micros): void {
    this.level(slot, value - this.levelOf(slot), now);
  }

  levelOf(slot: number): number {
    return this.levels[slot << 1] as number;
  }

  record(slot: number, duration: Micros): void {
    (this.histograms[slot] as Durations).record(duration);
  }

  /** Hands all waiting durations on: at the end of a window, and before anybody reads what is gathered. */
  settle(): void {
    this.collect();
    for (let slot = 0; slot < this.histograms.length; slot++) this.settleOne(slot);
  }

  private settleOne(slot: number): void {
    const durations = this.histograms[slot] as Durations;
    durations.settle();
    const counter = this.occasions[slot] as number;
    if (counter === NOWHERE) return;
    const { current, before, older } = durations;
    current.recordNothings((this.counters[counter] as number) - current.count - before.count - older.count);
  }

  /** Mean and percentiles of a slot's durations, four numbers from `out[at]` on; of a gatherer after `settle`. @param whole as of `durations` */
  summarise(slot: number, whole: boolean, out: Float64Array, at: number): void {
    this.settleOne(slot);
    const { current, before, older } = this.histograms[slot] as Durations;
    Histogram.summarise(current, before, whole ? older : NOTHING, out, at);
  }

  /** The durations of a slot; of a gatherer after `settle`. @param whole everything since the start of the statistics, else the last one to two windows */
  durations(slot: number, whole: boolean): Histogram {
    this.settleOne(slot);
    return (this.histograms[slot] as Durations).read(whole);
  }

  /** ∫ level dt since the start of the statistics, in level·µs. */
  area(slot: number, now: Micros): number {
    return (this.levels[slot << 1] as number) * now - (this.levels[(slot << 1) + 1] as number);
  }

  /** When the newest sample was taken; the start of the statistics before the first. */
  get sampledAt(): Micros {
    return this.sampleTimes.length === 0 ? this.since : (this.sampleTimes[this.newestSample] as number);
  }

  /** The area under a level as it stood at the newest sample. */
  sampledArea(slot: number): number {
    return this.sampleTimes.length === 0 ? 0 : ((this.sampleAreas[this.newestSample] as Float64Array)[slot] ?? 0);
  }

  private get newestSample(): number {
    return (this.sampleAt + SAMPLES - 1) % SAMPLES;
  }

  /** To be called once when virtual time has reached `nextSample`. */
  sample(): void {
    const now = this.nextSample;
    this.collect();
    this.nextSample += SAMPLE_EVERY;
    const at = this.sampleAt;
    this.sampleAt = (at + 1) % SAMPLES;
    this.sampleTimes[at] = now;
    let counters = this.sampleCounters[at];
    if (counters === undefined || counters.length < this.counterTop) counters = new Float64Array(this.counters.length);
    counters.set(this.counters.subarray(0, this.counterTop));
    this.sampleCounters[at] = counters;
    let areas = this.sampleAreas[at];
    if (areas === undefined || areas.length < this.levelTop) areas = new Float64Array(this.levels.length >> 1);
    for (let slot = 0; slot < this.levelTop; slot++) areas[slot] = this.area(slot, now);
    this.sampleAreas[at] = areas;
    if (now % WINDOW === 0) {
      this.settle();
      for (const histogram of this.histograms) histogram.turn();
    }
  }

  /**
   * Leaves out samples that nobody will look at: nothing happens before `to`, and only the last windows before it are read. To be called with time standing at a sample.
   */
  skipIdle(to: Micros): void {
    const last = to - (to % WINDOW) - 3 * WINDOW;
    // Two turns move what was measured out of the recent window; then every further sample is like the one before.
    if (last - this.nextSample > 3 * WINDOW && this.nextSample % WINDOW === SAMPLE_EVERY) this.idleTurns++;
    else if (last <= this.nextSample) this.idleTurns = 0;
    if (this.idleTurns > 2) {
      this.nextSample = last + SAMPLE_EVERY;
      this.idleTurns = 0;
    }
  }

  /** Index of the newest sample that is at least a window old, or −1 when the run is younger than that. All figures of a reading ask for the same one. */
  private past(now: Micros): number {
    if (now !== this.pastOf || this.sampleAt !== this.pastSample) {
      this.pastOf = now;
      this.pastSample = this.sampleAt;
      this.pastFound = this.findPast(now);
    }
    return this.pastFound;
  }

  private findPast(now: Micros): number {
    let best = -1;
    for (let i = 0; i < this.sampleTimes.length; i++) {
      const t = this.sampleTimes[i] as number;
      if (t <= now - WINDOW && (best < 0 || t > (this.sampleTimes[best] as number))) best = i;
    }
    return best;
  }

  /** Growth of a counter per virtual second over the window (over the whole run when that is shorter). */
  rate(slot: number, now: Micros): number {
    const past = this.past(now);
    const from = past < 0 ? this.since : (this.sampleTimes[past] as number);
    const before = past < 0 ? 0 : ((this.sampleCounters[past] as Float64Array)[slot] ?? 0);
    return now > from ? (((this.counters[slot] as number) - before) * 1e6) / (now - from) : 0;
  }

  /** Mean of a level over the window. NaN before time has passed. */
  mean(slot: number, now: Micros): number {
    const past = this.past(now);
    const from = past < 0 ? this.since : (this.sampleTimes[past] as number);
    const before = past < 0 ? 0 : ((this.sampleAreas[past] as Float64Array)[slot] ?? 0);
    return now > from ? (this.area(slot, now) - before) / (now - from) : Number.NaN;
  }

  /** Mean of a level since the start of the statistics. */
  meanAll(slot: number, now: Micros): number {
    return now > this.since ? this.area(slot, now) / (now - this.since) : Number.NaN;
  }

  rateAll(slot: number, now: Micros): number {
    return now > this.since ? ((this.counters[slot] as number) * 1e6) / (now - this.since) : 0;
  }

  /** Forgets everything measured so far; levels keep their value. For a warm-up. */
  reset(now: Micros): void {
    this.since = now;
    this.collect();
    this.counters.fill(0);
    for (let at = 0; at < this.levelTop * 2; at += 2) this.levels[at + 1] = (this.levels[at] as number) * now;
    for (const level of this.heldLevels) level.steps = level.height * now;
    for (const histogram of this.histograms) histogram.reset();
    this.sampleTimes = [];
    this.sampleCounters = [];
    this.sampleAreas = [];
    this.sampleAt = 0;
    this.pastOf = -1;
  }
}

function widen(from: Float64Array, capacity: number): Float64Array {
  const to = new Float64Array(capacity);
  to.set(from);
  return to;
}
