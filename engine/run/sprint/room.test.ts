import { describe, expect, it } from "vitest";
import { fromMs } from "../../kernel/time.ts";
import type { Scenario, Settings } from "../../scenario/types.ts";
import { everydayDrawing } from "../../testing/everyday-drawing.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "../../testing/sketch.ts";
import {
  act,
  areAlike,
  EXPONENTIAL,
  everyday,
  fan,
  laneWith,
  type Sprinter,
  sprinting,
  told,
  walking,
} from "../../testing/sprints.ts";
import type { RabbitHost } from "../rabbit-host.ts";
import type { Run } from "../run.ts";
import * as R from "./rows.ts";

/** Plays the drawing with sprints and without, and compares them at each of these times, ms. */
function play(scenario: Scenario, ...times: number[]): Sprinter {
  const sprinter = sprinting(scenario, false);
  const walker = walking(scenario);
  for (const time of times) {
    for (const run of [sprinter.run, walker]) run.advance(fromMs(time));
    expect(told(sprinter.run), `at ${time} ms`).toEqual(told(walker));
  }
  return sprinter;
}

/** The same. @returns of each interval what `look` saw before it, how many events sprints performed, and what it saw after */
function playNoting(scenario: Scenario, times: readonly number[], look: (run: Run) => number) {
  const sprinter = sprinting(scenario);
  const walker = walking(scenario);
  const { run } = sprinter;
  const sprinted = times.map((time) => {
    const [before, events] = [look(run), sprinter.events];
    for (const one of [run, walker]) one.advance(fromMs(time));
    if (!areAlike(run, walker)) expect(told(run), `at ${time} ms`).toEqual(told(walker));
    return [before, sprinter.events - events, look(run)] as const;
  });
  expect(told(run)).toEqual(told(walker));
  return { run, sprinted };
}

const shareOf = ({ run, events }: Sprinter) => events / run.performed;
const times = (step: number, count: number) => Array.from({ length: count }, (_, i) => step * (i + 1));

describe("two runs", () => {
  const drawings = [
    ...Object.values(everyday),
    ...[1, 4, 7, 12, 23].map(everydayDrawing),
    laneWith({ publish: { latency: 7 } }),
  ];

  it("that play by turns leave each other alone", () => {
    const pairs = drawings.map((scenario) => ({ sprinter: sprinting(scenario), walker: walking(scenario) }));
    for (let t = 20; t <= 800; t += 20) {
      for (const { sprinter, walker } of pairs) {
        for (const run of [sprinter.run, walker]) run.advance(fromMs(t));
        if (!areAlike(sprinter.run, walker)) expect(told(sprinter.run), `at ${t} ms`).toEqual(told(walker));
      }
    }
    for (const { sprinter, walker } of pairs) expect(told(sprinter.run)).toEqual(told(walker));
    for (const { sprinter } of pairs.slice(0, Object.keys(everyday).length))
      expect(sprinter.events).toBeGreaterThan(0.5 * sprinter.run.performed);
  });

  it("of one drawing, one of them far ahead and full, are the same in the end", () => {
    const scenario = laneWith({ p: { rate: 5000 }, c: { service: EXPONENTIAL, concurrency: 20, prefetch: 0 } });
    const [first, second] = [sprinting(scenario), sprinting(scenario)];
    first.run.advance(fromMs(1000));
    for (const t of times(100, 10)) {
      second.run.advance(fromMs(t));
      first.run.advance(fromMs(1000 + t));
    }
    first.run.advance(fromMs(3000));
    second.run.advance(fromMs(3000));
    expect(told(second.run)).toEqual(told(first.run));
  });
});

describe("rings grow in sprints as they do otherwise:", () => {
  it("a queue's, through stretches of a large ring, and of the messages themselves", () => {
    const scenario = laneWith(
      { p: { rate: 400_000, start: 10 }, c: { service: 0.01, prefetch: 300, concurrency: 8 } },
      act(5, "consumer.stop", "c1"),
      act(800, "consumer.restart", "c1"),
      act(850, "producer.pause", "p1"),
    );
    const sprinter = play(scenario, 300, 700, 790, 840, 900);
    expect(sprinter.run.core.store.top).toBeGreaterThan(300_000);
    expect(shareOf(sprinter)).toBeGreaterThan(0.9);
  });

  it("that of what is unsettled, behind stragglers", () => {
    // The oldest of a hundred deliveries is far older than the others.
    let moved = 0;
    for (const latency of [0, 2]) {
      const c = { service: { d: "exponential", mean: 20 }, concurrency: 100, prefetch: 130 };
      const p = { rate: 2500, arrival: "exponential" };
      const scenario = laneWith(
        { p, c, consume: { latency } },
        act(1000, "producer.rate", "p1", { factor: 0.3 }, 1500),
      );
      const { run, sprinted } = playNoting(scenario, times(20, 100), ({ state }) => {
        const { channels } = (state.topology.hosts[0] as RabbitHost).model;
        moved += channels.filter((channel) => channel !== null && channel.unacked.old.length > 0).length;
        return Math.max(...channels.map((channel) => channel?.unacked.mask ?? 0));
      });
      expect(sprinted.at(-1)?.[2]).toBeGreaterThan(200);
      expect(sprinted.reduce((sum, [, events]) => sum + events, 0)).toBeGreaterThan(0.5 * run.performed);
    }
    expect(moved).toBeGreaterThan(0);
  });

  it("that of messages of several copies, and of their groups", () => {
    const scenario = { ...fan({ rate: 2500 }), timeline: [0, 1, 2].map((i) => act(5, "consumer.stop", `c${i}`)) };
    const { run, sprinted } = playNoting(scenario, times(40, 10), ({ core }) => core.ledger.groupTop);
    expect(run.core.store.top).toBeGreaterThan(2048);
    expect(sprinted.at(-1)?.[2]).toBeGreaterThan(900);
    expect(sprinted.every(([, events]) => events > 50)).toBe(true);
  });

  it("with no limit to prefetch", () => {
    for (const latency of [0, 3]) {
      const c = { service: EXPONENTIAL, concurrency: 4, prefetch: 0, instances: 2 };
      const sprinter = play(laneWith({ p: { rate: 20_000 }, c, consume: { latency } }), ...times(100, 10));
      const [instance] = sprinter.run.state.consumers.instances;
      expect(instance?.count).toBeGreaterThan(6000);
      expect(shareOf(sprinter)).toBeGreaterThan(0.9);
    }
  });
});

describe("what there is no room for takes the ordinary way:", () => {
  it("more producers than rows", () => {
    const scenario = sketch(
      [
        ["producer p", { rate: 3, arrival: "exponential", instances: R.PRODUCERS_MOST }],
        ["producer r", { rate: 3, arrival: "exponential", instances: 200 }],
        ["queue q"],
        ["consumer c", { service: 0.1, concurrency: 4, prefetch: 10 }],
      ],
      [
        ["publish", "p > q"],
        ["publish", "r > q"],
        ["consume", "q > c"],
      ],
    );
    const sprinter = play(scenario, ...times(200, 5));
    expect(sprinter.events).toBeGreaterThan(0);
    expect(shareOf(sprinter)).toBeLessThan(0.95);
  });

  it("more consumers than rows", () => {
    const nodes: SketchedNode[] = [["producer p", { rate: 3000 }], ["queue q0"], ["queue q1"]];
    const edges: SketchedEdge[] = [["publish", "p > q0"]];
    for (let i = 0; i < 60; i++) {
      nodes.push([`consumer c${i}`, { service: EXPONENTIAL, instances: 80, prefetch: 2 }]);
      edges.push(["consume", `q${i % 2} > c${i}`]);
    }
    const sprinter = play(sketch(nodes, edges), 100, 200);
    expect(sprinter.run.state.consumers.instances.length).toBeGreaterThan(R.INSTANCES_MOST);
  });

  it("more events in the heap than a sprint takes", () => {
    const c = { service: { d: "exponential", mean: 300 }, concurrency: 100, prefetch: 100, instances: 50 };
    const scenario = laneWith({ p: { rate: 8000 }, c }, act(800, "producer.pause", "p1"));
    const { run, sprinted } = playNoting(scenario, times(50, 50), (run) => run.core.calendar.size);
    const full = sprinted.filter(([before, , after]) => before > R.HEAP_ENTRIES / 2 && after > R.HEAP_ENTRIES / 2);
    expect(full.length).toBeGreaterThan(3);
    expect(full.every(([, events]) => events === 0)).toBe(true);
    // Before and after that there are.
    expect(sprinted[0]?.[1]).toBeGreaterThan(0);
    expect(run.core.calendar.size).toBeLessThan(100);
  });

  it("more events on one link than a sprint takes", () => {
    const scenario = laneWith(
      { p: { rate: 20_000 }, c: { service: 0.01, prefetch: 20 }, publish: { latency: 40 } },
      act(300, "producer.rate", "p1", { factor: 0.2 }),
    );
    const { sprinted } = playNoting(scenario, times(10, 60), (run) => run.core.calendar.size);
    const full = sprinted.filter(([before, , after]) => Math.min(before, after) > R.RING_ENTRIES / 2 + 10);
    expect(full.length).toBeGreaterThan(3);
    expect(full.every(([, events]) => events === 0)).toBe(true);
    expect(sprinted[0]?.[1]).toBeGreaterThan(0);
    expect(sprinted.at(-1)?.[1]).toBeGreaterThan(0);
  });

  /** A producer, a queue and a consumer, beside messages that wait and have brought the store to a size that lasts. */
  const beside = (consumer: Settings, latency: number): Scenario =>
    sketch(
      [
        ["producer p", { rate: 200_000, start: 50 }],
        ["queue q"],
        ["consumer c", consumer],
        ["producer p2", { rate: 400_000, limit: 9000 }],
        ["queue q2"],
      ],
      [
        ["publish", "p > q", { latency }],
        ["consume", "q > c"],
        ["publish", "p2 > q2"],
      ],
    );
  const slow = { service: { d: "exponential", mean: 300 }, concurrency: 100, prefetch: 100, instances: 50 };
  it.each<[string, number, Scenario]>([
    ["in the heap", R.HEAP_ENTRIES, beside(slow, 0)],
    ["on one link", R.RING_ENTRIES, beside({ prefetch: 20 }, 40)],
  ])("more events %s than there are entries, when a sprint has begun with few", (_name, entries, scenario) => {
    const { sprinted } = playNoting(scenario, [51, 110], (run) => run.core.calendar.size);
    const [[before = 0, events = 0, after = 0] = []] = sprinted.slice(-1);
    expect(before).toBeLessThan(entries / 4);
    expect(before + events).toBeGreaterThan(0.8 * entries);
    expect(after).toBeGreaterThan(entries);
  });

  it("more delays than there are rings", () => {
    const lanes = Array.from({ length: 12 }, (_, i) => i);
    const scenario = sketch(
      lanes.flatMap((i): SketchedNode[] => [
        [`producer p${i}`, { rate: 100, arrival: "exponential" }],
        [`queue q${i}`],
        [`consumer c${i}`, { service: EXPONENTIAL, prefetch: 3 }],
      ]),
      lanes.flatMap((i): SketchedEdge[] => [
        ["publish", `p${i} > q${i}`, { latency: i }],
        ["consume", `q${i} > c${i}`, { latency: (i * 5) % 12 }],
      ]),
    );
    play(scenario, ...times(100, 10));
  });

  it("routes of more ways than one publish takes", () => {
    const nodes: SketchedNode[] = [
      ["producer p", { rate: 100 }],
      ["exchange x", { type: "fanout" }],
    ];
    const edges: SketchedEdge[] = [["publish", "p > x"]];
    for (let i = 0; i < 70; i++) {
      nodes.push([`queue q${i}`], [`consumer c${i}`, { service: EXPONENTIAL, prefetch: 2 }]);
      edges.push(["binding", `x > q${i}`], ["consume", `q${i} > c${i}`]);
    }
    play(sketch(nodes, edges), ...times(100, 5));
    play(sketch(nodes.slice(0, 102), edges.slice(0, 101)), ...times(100, 5));
  });
});
