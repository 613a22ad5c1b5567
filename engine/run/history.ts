import type { Micros } from "../kernel/time.ts";
import type { FrameLayout } from "../worker/protocol.ts";
import type { Meters } from "./meters.ts";

/** Where a figure stands in the rows of a layout; −1 where it did not exist. */
export type SlotOf = (layout: FrameLayout) => number;

/** A metric of the frame that is a level: where it stands in the frame's values, and the meters' levels that it is the difference of (−1 = nothing is taken away). */
export interface LevelSlot {
  slot: number;
  level: number;
  less: number;
}

/** One metric over time. All metrics of one stretch are told at the same times. */
export interface Course {
  /** µs, ascending. */
  times: Float64Array;
  /** Of a level its mean since the time before, of everything else what it was at the time; NaN where there is nothing. */
  values: Float64Array;
  /** The least and the greatest that was seen since the time before. */
  lows: Float64Array;
  highs: Float64Array;
}

const FIRST_STEP: Micros = 500_000;
/** Samples are thinned by half when there are this many; small layouts get the most. Even, so that the newest one stays. */
const SAMPLES_MAX = 1200;
const SAMPLES_MIN = 150;
const FLOATS_MAX = 6_000_000;
/** Levels that are merged at a stretch when rows are thinned out: some 0.2 ms of work. */
const MERGED_AT_ONCE = 16_384;
/** Levels are looked at once in each stretch of this length, µs: 16 times a sample. */
const GLANCE_EVERY: Micros = 31_250;
/** Golden ratio: the looks wander evenly through their stretches, so that traffic in step with the samples does not look as if it stood still. */
const GOLDEN = 0.618_033_988_749_895;

/** Rows of one layout, with the places of its levels. */
interface Shape {
  layout: FrameLayout;
  levels: readonly LevelSlot[];
  /** Slot → which level, −1 for none. */
  levelAt: Int32Array;
}

/** The frame's values, then the lows and the highs of the levels. */
interface Row {
  time: Micros;
  shape: Shape;
  figures: Float32Array;
}

/**
 * The past of every metric for the charts: the frame's values, sampled evenly in virtual time. Of a level the row holds the mean since the row before, exactly, and the
 * least and greatest value of some 16 looks at uneven times: a sample alone would show periodic traffic always at the same moment of its period. When full, every other
 * row is merged into its follower and the step doubles, so that memory is bounded and the whole run stays in sight.
 */
export class History {
  step: Micros = FIRST_STEP;
  next: Micros = 0;
  nextGlance: Micros = 0;
  private rows: Row[] = [];
  /** Every other row goes: those that stay of the first `thinned`, in order. */
  private kept: Row[] | null = null;
  private thinned = 0;
  private shape: Shape | null = null;
  /** What has been seen of each level since the last row, up to `seen`. Runs that are taken back pass here again. */
  private areas: Float64Array = new Float64Array(0);
  private lows: Float64Array = new Float64Array(0);
  private highs: Float64Array = new Float64Array(0);
  private span: Micros = 0;
  private seen: Micros = -1;
  /** When one looked last; a run that was taken back has seen what is still to come. */
  private glanced: Micros = -1;

  /**
   * From now on these are the figures to come.
   * @param layout what stands where in the frame's values @param levelsOf the levels among them, asked once for each layout
   */
  watch(layout: FrameLayout, levelsOf: (layout: FrameLayout) => readonly LevelSlot[]): void {
    if (this.shape?.layout === layout) return;
    const levels = levelsOf(layout);
    const levelAt = new Int32Array(layout.size).fill(-1);
    levels.forEach(({ slot }, k) => {
      levelAt[slot] = k;
    });
    const isSame = sameLevels(this.shape?.levels ?? [], levels);
    this.shape = { layout, levels, levelAt };
    if (isSame) return;
    this.areas = new Float64Array(levels.length);
    this.lows = new Float64Array(levels.length);
    this.highs = new Float64Array(levels.length);
    this.restart();
  }

  /** To be called when virtual time has reached `nextGlance`, before anything happens at that time. */
  glance(now: Micros, meters: Meters): void {
    const turn = Math.floor(now / GLANCE_EVERY) + 1;
    this.nextGlance = Math.floor(GLANCE_EVERY * (turn + ((turn * GOLDEN) % 1)));
    if (now <= this.seen) return;
    this.look(meters);
    this.glanced = Math.max(this.glanced, now);
  }

  private look(meters: Meters): void {
    const { lows, highs } = this;
    const levels = this.shape?.levels ?? [];
    for (let k = 0; k < levels.length; k++) {
      const value = levelIn(levels[k] as LevelSlot, meters);
      if (!(value >= (lows[k] as number))) lows[k] = value;
      if (!(value <= (highs[k] as number))) highs[k] = value;
    }
  }

  /** To be called just before the meters take a sample. */
  note(now: Micros, meters: Meters): void {
    if (now <= this.seen) return;
    this.look(meters);
    this.grow(now, meters);
    this.seen = now;
  }

  private grow(now: Micros, meters: Meters): void {
    const { areas } = this;
    const levels = this.shape?.levels ?? [];
    for (let k = 0; k < levels.length; k++) {
      areas[k] = (areas[k] as number) + growthOf(levels[k] as LevelSlot, now, meters);
    }
    this.span += now - meters.sampledAt;
  }

  /** May leave rows to be thinned out. @param values the frame's values, as the layout watched says */
  add(time: Micros, values: Float64Array): void {
    const { shape } = this;
    if (shape === null) return;
    this.thin();
    const { levels } = shape;
    const figures = new Float32Array(values.length + 2 * levels.length);
    figures.set(values);
    for (let k = 0; k < levels.length; k++) {
      const { slot } = levels[k] as LevelSlot;
      const value = values[slot] as number;
      if (this.span > 0) figures[slot] = (this.areas[k] as number) / this.span;
      figures[values.length + k] = lower(this.lows[k] as number, value);
      figures[values.length + levels.length + k] = higher(this.highs[k] as number, value);
    }
    this.rows.push({ time, shape, figures });
    this.restart();
    if (this.rows.length > keptOf(values.length)) {
      this.kept = [];
      this.thinned = 0;
      this.step *= 2;
    }
    this.next = time + this.step;
  }

  /** What is seen from now on belongs to the next row. */
  private restart(): void {
    this.areas.fill(0);
    this.lows.fill(Number.NaN);
    this.highs.fill(Number.NaN);
    this.span = 0;
  }

  /** Drops what lies at or after `time`: the run was taken back. */
  cut(time: Micros): void {
    this.thin();
    while (this.rows.length > 0 && (this.rows[this.rows.length - 1] as Row).time >= time) this.rows.pop();
    const last = this.rows[this.rows.length - 1];
    this.next = last === undefined ? 0 : last.time + this.step;
    this.nextGlance = 0;
    if (this.seen < time) return;
    this.restart();
    this.seen = last === undefined ? -1 : last.time;
    this.glanced = this.seen;
  }

  /** The run has been taken to another time. */
  moved(): void {
    this.nextGlance = 0;
  }

  /**
   * One metric over [from, to] µs, at most about `points` points: where there are more samples, stretches of equally many of them, whose borders do not move with `from`.
   * @param slotOf asked once for each layout
   */
  read(slotOf: SlotOf, from: Micros, to: Micros, points: number): Course {
    this.thin();
    const { rows } = this;
    const first = lowerBound(rows, from);
    const last = lowerBound(rows, to + 1);
    const width = this.step * Math.max(1, Math.ceil((last - first) / Math.max(1, points)));
    const times: number[] = [];
    const values: number[] = [];
    const lows: number[] = [];
    const highs: number[] = [];
    let shape: Shape | undefined;
    let slot = -1;
    let level = -1;
    let stretch = Number.NaN;
    let sum = 0;
    let span = 0;
    let before = first > 0 ? (rows[first - 1] as Row).time : Number.NaN;
    for (let i = first; i < last; i++) {
      const row = rows[i] as Row;
      if (row.shape !== shape) {
        shape = row.shape;
        slot = slotOf(shape.layout);
        level = slot < 0 ? -1 : (shape.levelAt[slot] as number);
      }
      const value = row.figures[slot] ?? Number.NaN;
      const isLevel = level >= 0;
      const { size } = shape.layout;
      const low = isLevel ? (row.figures[size + level] as number) : value;
      const high = isLevel ? (row.figures[size + shape.levels.length + level] as number) : value;
      const time = Math.max(1, row.time - (Number.isNaN(before) ? row.time - this.step : before));
      before = row.time;
      // A stretch ends with the row that stands on its border.
      const inStretch = Math.ceil(row.time / width);
      const at = times.length - 1;
      if (inStretch === stretch) {
        times[at] = row.time;
        lows[at] = lower(lows[at] as number, low);
        highs[at] = higher(highs[at] as number, high);
        if (Number.isNaN(value)) continue;
        sum += value * time;
        span += time;
        values[at] = isLevel ? sum / span : value;
        continue;
      }
      stretch = inStretch;
      sum = Number.isNaN(value) ? 0 : value * time;
      span = Number.isNaN(value) ? 0 : time;
      times.push(row.time);
      values.push(value);
      lows.push(low);
      highs.push(high);
    }
    return {
      times: Float64Array.from(times),
      values: Float64Array.from(values),
      lows: Float64Array.from(lows),
      highs: Float64Array.from(highs),
    };
  }

  /** Whether what is now is later than all that is kept. @param now µs */
  isBehind(now: Micros): boolean {
    const last = this.rows[this.rows.length - 1];
    return last === undefined || last.time < now;
  }

  /**
   * What one metric has been since the newest row, up to now.
   * @param slot in the layout watched @param values the frame's values now; the meters are up to date
   */
  present(
    slot: number,
    now: Micros,
    values: Float64Array,
    meters: Meters,
  ): { value: number; low: number; high: number } {
    const current = values[slot] ?? Number.NaN;
    const k = this.shape?.levelAt[slot] ?? -1;
    const span = this.span + now - meters.sampledAt;
    // Of a run that was taken back, more has been seen than is true now.
    if (k < 0 || now < this.seen || span <= 0) return { value: current, low: current, high: current };
    const area = (this.areas[k] as number) + growthOf(this.shape?.levels[k] as LevelSlot, now, meters);
    const isTrue = now >= this.glanced;
    const low = isTrue ? lower(this.lows[k] as number, current) : current;
    const high = isTrue ? higher(this.highs[k] as number, current) : current;
    return { value: area / span, low: lower(low, area / span), high: higher(high, area / span) };
  }

  /** There are more rows than may be kept. `thinSome` thins them out by stretches; whoever wants to know anything of them has it done at once. */
  get isThinning(): boolean {
    return this.kept !== null;
  }

  /** Thins out a stretch of rows. @returns whether none is left to be */
  thinSome(): boolean {
    const { rows, kept, shape } = this;
    if (kept === null) return true;
    const pairs = Math.ceil(MERGED_AT_ONCE / Math.max(1, shape?.levels.length ?? 0));
    const end = Math.min(rows.length, this.thinned + 2 * pairs);
    for (let i = this.thinned; i < end; i += 2) {
      const [before, between, row] = [rows[i - 2], rows[i - 1], rows[i] as Row];
      if (before !== undefined && between !== undefined) merge(before.time, between, row);
      kept.push(row);
    }
    this.thinned = end;
    if (end < rows.length) return false;
    this.rows = kept;
    this.kept = null;
    return true;
  }

  private thin(): void {
    while (!this.thinSome());
  }
}

const keptOf = (floats: number): number =>
  Math.max(SAMPLES_MIN, Math.min(SAMPLES_MAX, Math.floor(FLOATS_MAX / Math.max(1, floats)) & ~1));

const sameLevels = (a: readonly LevelSlot[], b: readonly LevelSlot[]): boolean =>
  a.length === b.length &&
  a.every((one, k) => one.slot === b[k]?.slot && one.level === b[k]?.level && one.less === b[k]?.less);

/** Puts what a row says about levels into the one that follows it. @param since when `from` begins */
function merge(since: Micros, from: Row, into: Row): void {
  if (from.shape !== into.shape) return;
  const { levels, layout } = into.shape;
  const share = (from.time - since) / Math.max(1, into.time - since);
  for (let k = 0; k < levels.length; k++) {
    const { slot } = levels[k] as LevelSlot;
    const low = layout.size + k;
    const high = low + levels.length;
    const [a, b] = [from.figures, into.figures];
    b[slot] = share * (a[slot] as number) + (1 - share) * (b[slot] as number);
    b[low] = lower(a[low] as number, b[low] as number);
    b[high] = higher(a[high] as number, b[high] as number);
  }
}

const levelIn = ({ level, less }: LevelSlot, meters: Meters): number =>
  meters.levelOf(level) - (less < 0 ? 0 : meters.levelOf(less));

/** Area under a level since the meters' newest sample. */
function growthOf({ level, less }: LevelSlot, now: Micros, meters: Meters): number {
  const growth = meters.area(level, now) - meters.sampledArea(level);
  return less < 0 ? growth : growth - (meters.area(less, now) - meters.sampledArea(less));
}

/** The lesser one; a number rather than none. */
const lower = (a: number, b: number): number => (a <= b || Number.isNaN(b) ? a : b);
const higher = (a: number, b: number): number => (a >= b || Number.isNaN(b) ? a : b);

/** Index of the first row at or after `at`. */
function lowerBound(rows: readonly Row[], at: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Row).time < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
