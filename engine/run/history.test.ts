import { describe, expect, it } from "vitest";
import type { FrameLayout } from "../worker/protocol.ts";
import { History } from "./history.ts";
import { Meters } from "./meters.ts";

const row = (value: number) => Float64Array.of(value);
/** The metrics `a`, `b`, … of the system. */
const layout = (...metrics: string[]): FrameLayout => ({
  revision: metrics.length,
  nodes: [],
  edges: [],
  system: { offset: 0, metrics },
  size: metrics.length,
});
const ONE = layout("a");
const TWO = layout("b", "a");
const of = (metric: string) => (one: FrameLayout) => one.system.metrics.indexOf(metric);
const historyOf = (first: FrameLayout): History => {
  const history = new History();
  history.watch(first, () => []);
  return history;
};
const STEP = 500_000;

describe("the charts' history", () => {
  it("stays bounded, keeps the whole run in sight and says a longer step", () => {
    const history = historyOf(ONE);
    for (let t = 0; t < 20_000; t++) if (t * STEP >= history.next) history.add(t * STEP, row(t));
    const all = history.read(of("a"), 0, Number.POSITIVE_INFINITY, 5000);
    expect(all.times.length).toBeLessThanOrEqual(1200);
    expect(all.times[0]).toBe(0);
    expect(all.times.at(-1)).toBeGreaterThan(19_900 * STEP * 0.99);
    expect(history.step).toBeGreaterThan(STEP);
    expect([...all.values]).toEqual([...all.times].map((time) => time / STEP));
  });

  it("thins out by stretches, and shows nothing of it", () => {
    const many = layout(...Array.from({ length: 300 }, (_, slot) => `m${slot}`));
    const full = () => {
      const history = new History();
      history.watch(many, () => many.system.metrics.map((_, slot) => ({ slot, level: slot, less: -1 })));
      let time = 0;
      for (; !history.isThinning; time += STEP) {
        history.add(
          time,
          Float64Array.from({ length: 300 }, (_, slot) => ((time / STEP) * 7 + slot) % 17),
        );
      }
      return { history, time };
    };
    const [atOnce, byStretches, asked] = [full(), full(), full()];
    let stretches = 1;
    while (!byStretches.history.thinSome()) stretches++;
    expect(stretches).toBeGreaterThan(5);
    const course = ({ history }: { history: History }) =>
      [0, 299].map((slot) => history.read(() => slot, 0, Number.POSITIVE_INFINITY, 5000));
    const there = course(atOnce);
    expect(there[0]?.times.length).toBe(601);
    expect(course(byStretches)).toEqual(there);
    asked.history.thinSome();
    expect(course(asked)).toEqual(there);
    // In the middle of it the run is taken back, or goes on.
    const [cut, cutLater] = [full(), full()];
    cut.history.thinSome();
    for (const { history } of [cut, cutLater, atOnce]) history.cut(100 * STEP);
    expect(course(cut)).toEqual(course(atOnce));
    expect(course(cutLater)).toEqual(course(atOnce));
  });

  it("shows every peak when it thins for the screen", () => {
    const history = historyOf(ONE);
    for (let t = 0; t < 1000; t++) history.add(t * STEP, row(t === 537 ? 99 : t % 3));
    const shown = history.read(of("a"), 0, 1000 * STEP, 40);
    expect(shown.times.length).toBeLessThanOrEqual(41);
    expect(Math.max(...shown.highs)).toBe(99);
    expect(Math.min(...shown.lows)).toBe(0);
    expect([...shown.times]).toEqual([...shown.times].sort((a, b) => a - b));
  });

  it("tells all figures at the same times, and does not change what it has told while the window moves on", () => {
    const history = historyOf(TWO);
    for (let t = 0; t < 400; t++) history.add(t * STEP, Float64Array.of(t % 7, t < 90 ? Number.NaN : t % 5));
    const a = history.read(of("a"), 0, 300 * STEP, 50);
    const b = history.read(of("b"), 0, 300 * STEP, 50);
    expect([...a.times]).toEqual([...b.times]);
    const later = history.read(of("b"), 3 * STEP, 303 * STEP, 50);
    const borders = [...b.times].slice(1, -1);
    for (const time of borders) {
      const [before, after] = [b, later].map((one) => one.highs[one.times.indexOf(time)]);
      expect(after, String(time)).toBe(before);
    }
  });

  it("finds a metric where it stood at the time, and answers NaN while it did not exist", () => {
    const history = historyOf(ONE);
    history.add(0, row(1));
    history.watch(TWO, () => []);
    history.add(STEP, Float64Array.of(7, 2));
    expect([...history.read(of("a"), 0, 1e6, 10).values]).toEqual([1, 2]);
    expect([...history.read(of("b"), 0, 1e6, 10).values]).toEqual([Number.NaN, 7]);
  });

  it("shows a peak behind values that are not known", () => {
    const history = historyOf(ONE);
    for (let t = 0; t < 100; t++) history.add(t * STEP, row(t < 45 ? Number.NaN : t === 50 ? 99 : 1));
    expect(history.read(of("a"), 0, 1e9, 4).highs).toContain(99);
  });

  it("forgets what lies after a time that the run went back to", () => {
    const history = historyOf(ONE);
    for (let t = 0; t < 10; t++) history.add(t * STEP, row(t));
    history.cut(2_000_001);
    expect([...history.read(of("a"), 0, 1e9, 100).values]).toEqual([0, 1, 2, 3, 4]);
    expect(history.next).toBe(2_500_000);
  });
});

describe("a level's history", () => {
  /** Up for the first 80 ms of every 100: a sample at its end alone would always see the same. */
  const play = (history: History, from: number, to: number, meters: Meters) => {
    const height = meters.levelHeld(0);
    for (let t = from; t < to; t += 20_000) {
      meters.collectLevels();
      if (t >= history.nextGlance) history.glance(t, meters);
      if (t === meters.nextSample) {
        history.note(t, meters);
        meters.sample();
        if (t >= history.next) history.add(t, row(meters.levelOf(0)));
      }
      height.set(t % 100_000 < 80_000 ? 1 : 0, t);
    }
  };
  const level = () => {
    const meters = new Meters();
    meters.addLevels(1);
    const history = new History();
    history.watch(ONE, () => [{ slot: 0, level: 0, less: -1 }]);
    return { meters, history };
  };
  const rounded = (values: Float64Array) => [...values].map((value) => Math.round(value * 1000) / 1000);

  it("is its exact mean, with the least and greatest that was seen, also when it is thinned and gathered", () => {
    const { meters, history } = level();
    play(history, 0, 10_000_001, meters);
    const seen = history.read(of("a"), 0, 1e9, 100);
    expect(seen.times.length).toBe(20);
    for (const value of rounded(seen.values)) expect(value).toBe(0.8);
    expect([...seen.lows]).toEqual(Array(20).fill(0));
    expect([...seen.highs]).toEqual(Array(20).fill(1));
    expect(new Set(rounded(history.read(of("a"), 0, 1e9, 3).values))).toEqual(new Set([0.8]));
    play(history, 10_000_000 + 20_000, 700_000_001, meters);
    const long = history.read(of("a"), 0, 1e9, 5000);
    expect(history.step).toBe(1_000_000);
    expect(new Set(rounded(long.values))).toEqual(new Set([0.8]));
    expect(Math.min(...long.highs)).toBe(1);
  });

  it("does not count twice what is passed once more, and counts anew what comes differently", () => {
    const { meters, history } = level();
    play(history, 0, 5_300_001, meters);
    history.moved();
    const again = new Meters();
    again.addLevels(1);
    play(history, 0, 7_000_001, again);
    expect(new Set(rounded(history.read(of("a"), 0, 1e9, 100).values))).toEqual(new Set([0.8]));
    history.cut(6_200_001);
    const other = new Meters();
    other.addLevels(1);
    other.level(0, 5, 0);
    while (other.nextSample <= 8_000_000) {
      history.note(other.nextSample, other);
      other.sample();
      if (other.sampledAt >= history.next) history.add(other.sampledAt, row(5));
    }
    const after = history.read(of("a"), 6_500_000, 1e9, 100);
    expect([...after.values]).toEqual([5, 5, 5, 5]);
    expect([...after.lows]).toEqual([5, 5, 5, 5]);
  });
});
