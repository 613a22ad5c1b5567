import { describe, expect, it } from "vitest";
import { fromMs } from "../kernel/time.ts";
import type { Scenario } from "../scenario/types.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "../testing/sketch.ts";
import { chain, everyday, fan, laneWith, sprinting, walking } from "../testing/sprints.ts";
import type { Run } from "./run.ts";
import { TokenRecorder } from "./tokens.ts";

/** Of each edge how many hops there were: shown, and not. */
function hopsOf(recorder: TokenRecorder, edges: number): number[] {
  const { tokens, skipped } = recorder.take(edges);
  const hops = Array.from({ length: edges }, (_, edge) => skipped[edge] ?? 0);
  for (let i = 0; i < tokens.length; i += 4) hops[tokens[i] as number] = (hops[tokens[i] as number] as number) + 1;
  return hops;
}

describe("the recorder of hops", () => {
  it("shows some of each edge, and counts the rest", () => {
    const recorder = new TokenRecorder();
    for (let i = 0; i < 100; i++) recorder.hop(1, i, i + 5, 42);
    recorder.hop(3, 7, 8, 9);
    recorder.hop(-1, 7, 8, 9);
    const { tokens, skipped } = recorder.take(4);
    expect([...tokens.subarray(0, 8)]).toEqual([1, 0, 5, 42, 1, 1, 6, 42]);
    expect([...tokens.subarray(-4)]).toEqual([3, 7, 8, 9]);
    expect(tokens).toHaveLength(4 * 25);
    expect([...skipped]).toEqual([0, 76, 0, 0]);
    // The next frame begins anew.
    expect(recorder.take(4)).toEqual({ tokens: new Float64Array(0), skipped: new Uint32Array(0) });
  });

  it("is sated by so many hops as a frame shows, whether it has shown them or not", () => {
    const recorder = new TokenRecorder();
    for (let i = 0; i < 2999; i++) recorder.hop(i % 2, i, i, 0);
    expect(recorder.isSatedAt(1)).toBe(false);
    recorder.hop(0, 1, 1, 0);
    expect(recorder.isSatedAt(1)).toBe(true);
    expect(hopsOf(recorder, 2)).toEqual([1501, 1499]);
    expect(recorder.isSatedAt(1)).toBe(false);
  });

  it("counts every hop once, also when the frame is full", () => {
    const recorder = new TokenRecorder();
    const edges = 200;
    for (let i = 0; i < 30 * edges; i++) recorder.hop(i % edges, i, i + 1, 0);
    const { tokens, skipped } = recorder.take(edges);
    expect(tokens).toHaveLength(4 * 3000);
    expect(skipped.reduce((sum, count) => sum + count, 0)).toBe(30 * edges - 3000);
    for (let i = 0; i < 30 * edges; i++) recorder.hop(i % edges, i, i + 1, 0);
    expect(hopsOf(recorder, edges)).toEqual(Array.from({ length: edges }, () => 30));
  });

  it("counts what is passed over with what is not shown", () => {
    const recorder = new TokenRecorder();
    for (let i = 0; i < 30; i++) recorder.hop(2, i, i, 0);
    recorder.passOver(2, 100);
    recorder.passOver(9, 5);
    recorder.passOver(0, 0);
    recorder.passOver(-1, 8);
    expect(recorder.isSatedAt(1)).toBe(false);
    const { tokens, skipped } = recorder.take(10);
    expect(tokens).toHaveLength(4 * 24);
    expect([...skipped]).toEqual([0, 0, 106, 0, 0, 0, 0, 0, 0, 5]);
    expect(recorder.take(10).skipped).toHaveLength(0);
  });

  it("leaves out what was over before the time it was taken to", () => {
    const recorder = new TokenRecorder();
    recorder.hop(0, 1, 1, 0);
    recorder.jumpTo(100);
    recorder.hop(0, 90, 100, 0);
    recorder.hop(0, 90, 101, 0);
    expect(hopsOf(recorder, 1)).toEqual([1]);
  });
});

describe("somebody who looks at many messages", () => {
  const lanes = [0, 1, 2, 3, 4, 5, 6, 7];
  const fast = { p: { rate: 40_000 }, c: { service: 0.01, prefetch: 20 } };
  const drawings: Record<string, Scenario> = {
    "a lane": laneWith(fast),
    "a lane over links that take time": laneWith({ ...fast, publish: { latency: 3 }, consume: { latency: 2 } }),
    "a topic exchange": fan({ rate: 20_000 }),
    "a topic exchange behind links that take time": fan({ rate: 20_000 }, 3),
    "a chain of services": chain({ concurrency: 4, prefetch: 8 }),
    "much on its way": sketch(
      lanes.flatMap((i): SketchedNode[] => [
        [`producer p${i}`, { rate: 900 }],
        [`queue q${i}`],
        [`consumer c${i}`, { service: 1, prefetch: 3 }],
      ]),
      lanes.flatMap((i): SketchedEdge[] => [
        ["publish", `p${i} > q${i}`, { latency: 520 + i }],
        ["consume", `q${i} > c${i}`],
      ]),
    ),
    "a disk": everyday["a disk"] as Scenario,
  };
  const FRAME = 200;

  /** Hops of each edge, frame by frame. */
  function frames(run: Run, count: number, jump = 0): number[][] {
    const { tokens } = run.core;
    const edges = run.layout().edges.length;
    tokens.wanted = true;
    if (jump > 0) {
      tokens.jumpTo(fromMs(jump));
      run.advance(fromMs(jump));
      return [hopsOf(tokens, edges)];
    }
    return Array.from({ length: count }, (_, i) => {
      run.advance(fromMs(FRAME * (i + 1)));
      return hopsOf(tokens, edges);
    });
  }

  it.each(Object.entries(drawings))("is told of as many hops with sprints as without: %s", (_name, scenario) => {
    const sprinter = sprinting(scenario);
    const seen = frames(sprinter.run, 5);
    expect(seen).toEqual(frames(walking(scenario), 5));
    const hops = seen.map((frame) => frame.reduce((sum, count) => sum + count, 0));
    // Sprints begin where a frame has enough.
    expect(sprinter.events > 0).toBe(hops.some((count) => count > 3100));
  });

  it.each(Object.entries(drawings))("is told of what is on its way after a leap: %s", (_name, scenario) => {
    const sprinter = sprinting(scenario);
    expect(frames(sprinter.run, 1, 600)).toEqual(frames(walking(scenario), 1, 600));
  });
});
