import { describe, expect, it } from "vitest";
import { type Frame, markersPath, timeAt, xAt, yAt } from "./plot-paths.ts";

const frame: Frame = { left: 10, top: 0, width: 100, height: 50, from: 0, to: 10e6, highest: 5 };

describe("paths of a chart", () => {
  it("stand where time and value say", () => {
    expect([xAt(frame, 5e6), yAt(frame, 5), yAt(frame, 0)]).toEqual([60, 0, 50]);
    expect(timeAt(frame, xAt(frame, 3e6))).toBe(3e6);
  });

  it("mark each line at a few times that stay when the window moves on", () => {
    const long = {
      times: Float64Array.from({ length: 100 }, (_, i) => i * 0.5e6),
      values: new Float64Array(100).fill(1),
    };
    const signs = (from: number) => {
      const moved = { ...frame, from: from * 1e6, to: (from + 20) * 1e6 };
      return markersPath(long, 0, "bar", moved)
        .split("M")
        .slice(1)
        .map((sign) => timeAt(moved, Number(/^[\d.]+/.exec(sign)?.[0]) + 0.4 * 3.2) / 1e6);
    };
    const [a, b] = [signs(10), signs(11)];
    expect(a.length).toBeGreaterThanOrEqual(4);
    expect(a.length).toBeLessThanOrEqual(6);
    for (const time of b.slice(0, 3)) expect(a.some((other) => Math.abs(other - time) < 0.1)).toBe(true);
  });
});
