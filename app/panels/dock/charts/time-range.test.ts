import { describe, expect, it } from "vitest";
import { between, panned, SPAN_MIN, stretchOf, zoomed } from "./time-range.ts";

const S = 1e6;

describe("the time shown", () => {
  it("follows the run in a window of full width from the start, or stands still", () => {
    expect(stretchOf(5 * S, { mode: "follow", seconds: 30 })).toEqual({ from: 0, to: 30 * S });
    expect(stretchOf(100 * S, { mode: "follow", seconds: 30 })).toEqual({ from: 70 * S, to: 100 * S });
    expect(stretchOf(100 * S, { mode: "follow", seconds: null })).toEqual({ from: 0, to: 100 * S });
    expect(stretchOf(0, { mode: "follow", seconds: null }).to).toBeGreaterThan(0);
    expect(stretchOf(500 * S, { mode: "fixed", from: 3 * S, to: 9 * S })).toEqual({ from: 3 * S, to: 9 * S });
  });

  it("is what was marked, in either direction, but never too little to see anything", () => {
    expect(between(20 * S, 12 * S, 60 * S)).toEqual({ mode: "fixed", from: 12 * S, to: 20 * S });
    expect(between(20 * S, 20.1 * S, 60 * S)).toEqual({ mode: "fixed", from: 19.05 * S, to: 21.05 * S });
    expect(between(59.9 * S, 60 * S, 60 * S)).toEqual({ mode: "fixed", from: 60 * S - SPAN_MIN, to: 60 * S });
  });

  it("is zoomed around what one looks at, down to the samples and out to the whole run", () => {
    expect(zoomed({ from: 0, to: 60 * S }, 15 * S, 0.5, 60 * S)).toEqual({
      mode: "fixed",
      from: 7.5 * S,
      to: 37.5 * S,
    });
    expect(zoomed({ from: 10 * S, to: 13 * S }, 11 * S, 0.1, 60 * S)).toMatchObject({ mode: "fixed" });
    const { from, to } = zoomed({ from: 10 * S, to: 13 * S }, 11 * S, 0.1, 60 * S) as { from: number; to: number };
    expect(to - from).toBe(SPAN_MIN);
    expect(from).toBeLessThan(11 * S);
    expect(to).toBeGreaterThan(11 * S);
    expect(zoomed({ from: 10 * S, to: 40 * S }, 20 * S, 10, 60 * S)).toEqual({ mode: "fixed", from: 0, to: 60 * S });
  });

  it("is moved along, and stops at both ends with its width", () => {
    expect(panned({ from: 20 * S, to: 30 * S }, 0.5, 60 * S)).toEqual({ mode: "fixed", from: 25 * S, to: 35 * S });
    expect(panned({ from: 2 * S, to: 12 * S }, -0.5, 60 * S)).toEqual({ mode: "fixed", from: 0, to: 10 * S });
    expect(panned({ from: 52 * S, to: 60 * S }, 0.5, 60 * S)).toEqual({ mode: "fixed", from: 52 * S, to: 60 * S });
  });
});
