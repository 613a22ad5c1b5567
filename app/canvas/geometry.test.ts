import { describe, expect, it } from "vitest";
import { alongRoute, route, SAMPLES } from "./geometry.ts";

const end = (x: number, y: number, side: "left" | "right" | "bottom") => ({ x, y, side }) as const;

describe("the line of a connection", () => {
  it("begins and ends where the nodes are, and arrives level", () => {
    const { d, samples, angle } = route(end(10, 20, "right"), end(300, 90, "left"));
    expect(d.startsWith("M10,20C")).toBe(true);
    expect(d.endsWith("300,90")).toBe(true);
    expect([samples[0], samples[1]]).toEqual([10, 20]);
    expect([samples[SAMPLES * 2 - 2], samples[SAMPLES * 2 - 1]]).toEqual([300, 90]);
    expect(angle).toBeCloseTo(0);
  });

  it("has points at equal distances, so that tokens move evenly", () => {
    const { samples, length } = route(end(0, 0, "right"), end(240, 160, "left"));
    for (let i = 1; i < SAMPLES; i++) {
      const step = Math.hypot(
        (samples[i * 2] as number) - (samples[i * 2 - 2] as number),
        (samples[i * 2 + 1] as number) - (samples[i * 2 - 1] as number),
      );
      expect(step).toBeCloseTo(length / (SAMPLES - 1), 0);
    }
  });

  it("goes around below when the target lies behind", () => {
    const { samples } = route(end(500, 100, "right"), end(100, 100, "left"));
    const lowest = Math.max(...samples.filter((_, i) => i % 2 === 1));
    expect(lowest).toBeGreaterThan(160);
  });

  it("bends parallel lines apart by as much as is asked", () => {
    const middle = (bow: number) => route(end(0, 0, "right"), end(300, 0, "left"), bow).middle.y;
    expect(middle(0)).toBeCloseTo(0);
    expect(middle(26)).toBeCloseTo(26, 0);
    expect(middle(-26)).toBeCloseTo(-26, 0);
  });

  it("loops below from bottom to bottom", () => {
    const { samples, angle } = route(end(400, 50, "bottom"), end(100, 60, "bottom"));
    expect(Math.max(...samples.filter((_, i) => i % 2 === 1))).toBeGreaterThan(90);
    expect(angle).toBeCloseTo(-90, 0);
  });

  it("tells where any share of the way is", () => {
    const { samples } = route(end(0, 0, "right"), end(200, 0, "left"));
    const at = { x: 0, y: 0 };
    alongRoute(samples, 0.25, at);
    expect(at.x).toBeCloseTo(50, 0);
    alongRoute(samples, 2, at);
    expect(at.x).toBe(200);
  });
});
