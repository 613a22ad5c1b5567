import type { Series } from "../../../../engine/worker/protocol.ts";
import { engine } from "../../../bridge/index.ts";
import { useLesson } from "../../../store/lesson.ts";
import { useRun } from "../../../store/run.ts";
import { isCurtainDown, useTeaching } from "../../../store/teaching.ts";
import { type Stretch, stretchOf, type TimeRange } from "./time-range.ts";

export interface SeriesKey {
  target: string;
  metric: string;
}

/** What the engine said, all of it about one stretch of time: every chart that shows it has the same axis. Times in µs. */
export interface Answer extends Stretch {
  now: number;
  /** What lies in the stretch. */
  series: ReadonlyMap<string, Series>;
  /** The same with what comes before and after, so that lines reach the edges. */
  drawn: ReadonlyMap<string, Series>;
}

export const keyOf = ({ target, metric }: SeriesKey): string => `${target} ${metric}`;

const MORE_MS = 20;
/** Lines are known so much further than they are shown, as a share and at least, µs: in a long run values stand seconds apart. */
const MARGIN = 0.05;
const MARGIN_MIN = 10_000_000;

/** The part of a series that lies in a stretch; the same memory. */
export function inSight(series: Series, { from, to }: Stretch): Series {
  const { times } = series;
  const first = times.findIndex((time) => time >= from);
  const beyond = times.findIndex((time) => time > to);
  const begin = first < 0 ? times.length : first;
  const end = beyond < 0 ? times.length : Math.max(begin, beyond);
  const part = (list: Float64Array) => list.subarray(begin, end);
  const { values, lows, highs } = series;
  return { ...series, times: part(times), values: part(values), lows: part(lows), highs: part(highs) };
}

/** What may not be shown now: when that changes, what was asked for is asked for again. */
const maskedNow = (): string =>
  isCurtainDown(useTeaching.getState()) ? "*" : [...useLesson.getState().masked].sort().join(" ");

/**
 * Asks the engine for series a few times a second and tells whoever listens. Outside React: what comes in is written to the page, not rendered. While the run stands
 * still it asks again only when something about it, or about what is wanted, has changed.
 */
export class SeriesFeed {
  answer: Answer | null = null;
  private wanted: readonly SeriesKey[] = [];
  private range: TimeRange;
  private readonly points: number;
  private readonly listeners = new Set<() => void>();
  private asked = "";
  private isWaiting = false;
  private timer: ReturnType<typeof setInterval> | undefined;
  private soon: ReturnType<typeof setTimeout> | undefined;

  /** @param points of each series at most */
  constructor(range: TimeRange, points = 120) {
    this.range = range;
    this.points = points;
  }

  /** @returns the way out */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  want(wanted: readonly SeriesKey[]): void {
    this.wanted = [...new Map(wanted.map((one) => [keyOf(one), one])).values()];
    this.hurry();
  }

  show(range: TimeRange): void {
    this.range = range;
    this.hurry();
  }

  /** Begins to ask. @param hz times a real second @returns stops */
  start(hz: number): () => void {
    this.timer = setInterval(() => void this.ask(), 1000 / hz);
    this.hurry();
    return () => {
      clearInterval(this.timer);
      clearTimeout(this.soon);
      this.timer = undefined;
    };
  }

  /** What a person has just asked for does not wait for the next turn. */
  private hurry(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.ask(), this.isWaiting ? MORE_MS : 0);
  }

  private async ask(): Promise<void> {
    if (this.isWaiting || document.hidden || this.wanted.length === 0) return;
    const { runId, passage, time, lastEvent, layout } = useRun.getState();
    const { wanted, range } = this;
    const state = JSON.stringify([runId, passage, time, lastEvent, layout?.revision, wanted, range, maskedNow()]);
    if (state === this.asked) return;
    const stretch = stretchOf(time, range);
    this.isWaiting = true;
    try {
      const margin = Math.max(MARGIN_MIN, MARGIN * (stretch.to - stretch.from));
      const series = await engine.series({
        series: [...wanted],
        from: Math.max(0, stretch.from - margin),
        to: stretch.to + margin,
        points: this.points,
      });
      this.asked = state;
      this.answer = {
        ...stretch,
        now: time,
        series: new Map(series.map((one) => [keyOf(one), inSight(one, stretch)])),
        drawn: new Map(series.map((one) => [keyOf(one), one])),
      };
      if (this.timer !== undefined) for (const listener of this.listeners) listener();
    } catch {
      // Another run has begun: the next turn asks that one.
    } finally {
      this.isWaiting = false;
      if (wanted !== this.wanted || range !== this.range) this.hurry();
    }
  }
}
