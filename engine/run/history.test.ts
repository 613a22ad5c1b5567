import { describe, expect, it } from "vitest";
import type { FrameLayout } from "../worker/protocol.ts";
import { History } from "./history.ts";

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

describe("the charts' history", () => {
  it("stays bounded, keeps the whole run in sight and says a longer step", () => {
    const history = new History();
    for (let t = 0; t < 20_000; t++) if (t * 500_000 >= history.next) history.add(t * 500_000, row(t), ONE);
    const all = history.read(of("a"), 0, Number.POSITIVE_INFINITY, 5000);
    expect(all.times.length).toBeLessThanOrEqual(1200);
    expect(all.times[0]).toBe(0);
    expect(all.times.at(-1)).toBeGreaterThan(19_900 * 500_000 * 0.99);
    expect(history.step).toBeGreaterThan(500_000);
  });

  it("shows every peak when it thins for the screen", () => {
    const history = new History();
    for (let t = 0; t < 1000; t++) history.add(t * 500_000, row(t === 537 ? 99 : t % 3), ONE);
    const shown = history.read(of("a"), 0, 1000 * 500_000, 40);
    expect(shown.times.length).toBeLessThanOrEqual(40);
    expect(Math.max(...shown.values)).toBe(99);
    expect([...shown.times]).toEqual([...shown.times].sort((a, b) => a - b));
  });

  it("finds a metric where it stood at the time, and answers NaN while it did not exist", () => {
    const history = new History();
    history.add(0, row(1), ONE);
    history.add(500_000, Float64Array.of(7, 2), TWO);
    expect([...history.read(of("a"), 0, 1e6, 10).values]).toEqual([1, 2]);
    expect([...history.read(of("b"), 0, 1e6, 10).values]).toEqual([Number.NaN, 7]);
  });

  it("shows a peak behind values that are not known", () => {
    const history = new History();
    for (let t = 0; t < 100; t++) history.add(t * 500_000, row(t < 45 ? Number.NaN : t === 50 ? 99 : 1), ONE);
    expect(history.read(of("a"), 0, 1e9, 4).values).toContain(99);
  });

  it("forgets what lies after a time that the run went back to", () => {
    const history = new History();
    for (let t = 0; t < 10; t++) history.add(t * 500_000, row(t), ONE);
    history.cut(2_000_001);
    expect([...history.read(of("a"), 0, 1e9, 100).values]).toEqual([0, 1, 2, 3, 4]);
    expect(history.next).toBe(2_500_000);
  });
});
