import { describe, expect, it, vi } from "vitest";
import { fromMs } from "../../kernel/time.ts";
import { hasErrors, type Settings, validate } from "../../scenario/index.ts";
import type { Scenario } from "../../scenario/types.ts";
import { everydayDrawing } from "../../testing/everyday-drawing.ts";
import { Draw } from "../../testing/property/draw.ts";
import { sketch } from "../../testing/sketch.ts";
import {
  act,
  areAlike,
  chain,
  EXPONENTIAL,
  everyday,
  fan,
  LANE,
  laneNodes,
  laneWith,
  onDisk,
  remembered,
  type Sprinter,
  sprinting,
  told,
  walking,
  withPriorities,
} from "../../testing/sprints.ts";
import type { Run } from "../run.ts";

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

/** Plays two runs of a drawing event by event, one of them with sprints, and compares them after each. @returns how it sprinted */
function playByEvents(scenario: Scenario, until: number): Sprinter {
  const sprinter = sprinting(scenario);
  const { run } = sprinter;
  const walker = walking(scenario);
  while (run.advance(fromMs(until), 1) === 1) {
    walker.advance(fromMs(until), 1);
    if (!areAlike(run, walker)) expect(told(run), `at event ${run.performed}`).toEqual(told(walker));
  }
  walker.advance(fromMs(until), 1);
  expect(told(run)).toEqual(told(walker));
  return sprinter;
}

/** The same some events at a time, the one with sprints now and then without. @param between what is done to both after each */
function playByChunks(
  scenario: Scenario,
  until: number,
  { draw, most = 500, between = () => {} }: { draw: Draw; most?: number; between?: (runs: readonly Run[]) => void },
): Sprinter {
  const sprinter = sprinting(scenario);
  const { run } = sprinter;
  const walker = walking(scenario);
  for (let isOver = false; !isOver; ) {
    const count = 1 + draw.below(most);
    sprinter.isWalking = draw.oneIn(5);
    isOver = run.advance(fromMs(until), count) < count;
    walker.advance(fromMs(until), count);
    expect(told(run), `at event ${run.performed}`).toEqual(told(walker));
    if (!isOver) between([run, walker]);
  }
  expect(remembered(run)).toEqual(remembered(walker));
  return sprinter;
}

/** The drawing with other numbers of instances, prefetch counts, rates and latencies. */
function edited(scenario: Scenario, draw: Draw): Scenario {
  const other = structuredClone(scenario);
  for (const node of other.nodes) {
    if (node.kind === "consumer" && draw.oneIn(2))
      node.settings = { ...node.settings, prefetch: 1 + draw.below(3), instances: 1 + draw.below(3) };
    if (node.kind === "producer" && draw.oneIn(2)) node.settings = { ...node.settings, rate: 20 + draw.below(300) };
  }
  for (const edge of other.edges)
    if (draw.oneIn(4)) edge.settings = { ...edge.settings, latency: draw.pick([0, 0, 2, 5]) };
  return other;
}

describe("sprints do exactly what the ordinary way does", () => {
  it.each(seedsFrom(0, 60))("event by event: drawing %i", (seed) => {
    playByEvents(everydayDrawing(seed), 2000);
  });

  it.each(seedsFrom(1000, 60))("some events at a time, with a person at work in between: drawing %i", (seed) => {
    const scenario = everydayDrawing(seed);
    expect(hasErrors(validate(scenario).issues), JSON.stringify(validate(scenario).issues)).toBe(false);
    const draw = new Draw(seed, "chunks");
    let now = scenario;
    playByChunks(scenario, 4000, {
      draw,
      between(runs) {
        if (draw.oneIn(8)) for (const { core } of runs) core.log.detailed = !core.log.detailed;
        if (draw.oneIn(8)) for (const { core } of runs) core.tokens.wanted = !core.tokens.wanted;
        if (draw.oneIn(3)) for (const { core } of runs) core.tokens.take(50);
        if (draw.oneIn(10)) {
          now = edited(scenario, draw);
          for (const run of runs) run.edit(now);
        }
        if (draw.oneIn(20)) for (const run of runs) run.resetStatistics();
      },
    });
  });

  it.each(seedsFrom(2000, 30))("also when they are taken back: drawing %i", (seed) => {
    const scenario = everydayDrawing(seed);
    const draw = new Draw(seed, "taken back");
    const sprinter = sprinting(scenario);
    const walker = walking(scenario);
    for (let t = 0; t < 3000; t += 200 + draw.below(600)) {
      sprinter.run.advance(fromMs(t));
      walker.advance(fromMs(t));
      const snapshot = sprinter.run.capture();
      // What is forgotten: more of the same, and another drawing.
      sprinter.run.advance(fromMs(t + draw.below(500)));
      if (draw.oneIn(2)) sprinter.run.edit(edited(scenario, draw));
      sprinter.run.advance(fromMs(t + 500));
      sprinter.run.restore(snapshot);
      expect(told(sprinter.run), `at ${t} ms`).toEqual(told(walker));
    }
    sprinter.run.advance(fromMs(4000));
    walker.advance(fromMs(4000));
    expect(told(sprinter.run)).toEqual(told(walker));
  });
});

/** Each has something that sprints must heed, or leave to others. */
const special: Record<string, Scenario> = {
  "a limit": laneWith({ p: { limit: 200 } }),
  "a limit that instances share": laneWith({ p: { limit: 201, instances: 3, arrival: "exponential" } }),
  "a late start": laneWith({ p: { start: 300, arrival: "exponential" } }),
  "a pattern": laneWith({ p: { pattern: { p: "burst", rate: 900, on: 100, off: 200 } } }),
  "keys of unequal weight": laneWith({ p: { key: { k: "zipf", n: 20, s: 1 } } }),
  priorities: withPriorities,
  "messages that nobody keeps": laneWith({ p: { persistent: false } }),
  "bodies of two sizes": sketch(
    [
      ...laneNodes({ rate: 200, size: 100 }, {}, { service: EXPONENTIAL, prefetch: 2 }),
      ["producer p2", { rate: 400, arrival: "exponential", size: 5000 }],
    ],
    [...LANE, ["publish", "p2 > q1", { latency: 1 }]],
  ),
  "a transaction": laneWith({ p: { transaction: 4 } }),
  "a rate that is changed": laneWith({}, act(300, "producer.rate", "p1", { factor: 3 }, 700)),
  "a rate that is changed to nothing": laneWith({}, act(300, "producer.rate", "p1", { factor: 0 }, 700)),
  "messages written by hand": laneWith(
    { c: { prefetch: 3 } },
    act(300, "producer.publish", "p1", { count: 20, ttl: 3, priority: 4 }),
    act(600, "producer.publish", "p1", { count: 20, payload: "hello", key: "k" }),
  ),
  "a crash of the producer": laneWith({}, act(300, "producer.crash", "p1", {}, 600)),
  "a slower consumer": laneWith({ c: { service: EXPONENTIAL } }, act(300, "consumer.slow", "c1", { factor: 0.3 }, 700)),
  "a failing consumer": laneWith({ c: { prefetch: 4 } }, act(300, "consumer.fail", "c1", { share: 0.5 }, 600)),
  "a crash that brings messages back": laneWith(
    { c: { service: 4, prefetch: 20, concurrency: 2, instances: 2 }, consume: { latency: 2 } },
    act(300, "consumer.kill", "c1", {}, 350),
    act(600, "consumer.kill", "c1", {}, 601),
  ),
  "deliveries that are asked for again": laneWith(
    { c: { service: 4, prefetch: 20, concurrency: 2 }, consume: { latency: 2 } },
    act(300, "consumer.recover", "c1"),
  ),
  "more and fewer consumers": laneWith(
    { c: { service: 4, prefetch: 2 } },
    act(300, "consumer.scale", "c1", { instances: 4 }, 700),
    act(500, "consumer.scale", "c1", { instances: 2 }),
  ),
  "another prefetch count": laneWith(
    { c: { service: 3, prefetch: 9 } },
    act(300, "consumer.prefetch", "c1", { prefetch: 2 }, 500),
    act(700, "consumer.prefetch", "c1", { prefetch: 0 }),
  ),
  "a pause of the queue": laneWith({ c: { prefetch: 4 } }, act(300, "queue.pause", "q1", {}, 600)),
  "a queue that is deleted": laneWith({ c: { prefetch: 4 } }, act(300, "queue.delete", "q1", {}, 600)),
  "a queue that is deleted while somebody works": laneWith(
    { c: { service: 5, prefetch: 4 } },
    act(300, "queue.delete", "q1", {}, 600),
  ),
  "a queue that is emptied": laneWith({ c: { service: 5, prefetch: 4 } }, act(500, "queue.purge", "q1")),
  "several queues that are emptied": {
    ...fan({}),
    timeline: [0, 1, 2].flatMap((i) => [act(300, "consumer.stop", `c${i}`), act(500, "queue.purge", `q${i}`)]),
  },
  "a link that is cut": laneWith({ consume: { latency: 2 } }, act(300, "edge.cut", "e2", {}, 600)),
  "a link that loses": laneWith({ publish: { latency: 2 } }, act(300, "edge.loss", "e1", { share: 0.3 }, 600)),
  "a link of little bandwidth": laneWith({ publish: { latency: 2, bandwidth: 1 } }),
  "TLS on the links": laneWith({ publish: { latency: 2, tls: true }, consume: { tls: true } }),
  "a time to acknowledge": laneWith({ q: { ackTimeout: 100 }, c: { service: 4, prefetch: 50 } }),
  "messages that are asked for one by one": laneWith({ c: { getEvery: 5 } }),
  "services that publish twice": chain({ fanout: 2 }),
  "services that publish over links that take time": chain({ prefetch: 4 }, 1),
  "one server of a service": chain({ prefetch: 1 }),
  "services that answer": sketch(
    [
      ["producer p", { rate: 200, waitFor: "reply", window: 4 }],
      ["queue q"],
      ["service s", { service: 1, then: "reply" }],
    ],
    [
      ["publish", "p > q"],
      ["consume", "q > s"],
    ],
  ),
  "services that go round to themselves": sketch(
    [
      ["producer p", { rate: 100, limit: 30 }],
      ["exchange x", { type: "topic" }],
      ["queue q"],
      ["service s", { service: 3, prefetch: 2, concurrency: 2 }],
    ],
    [
      ["publish", "p > x"],
      ["binding", "x > q", { key: "#" }],
      ["consume", "q > s"],
      ["publish", "s > x"],
    ],
  ),
  "consumers of unequal priority": sketch(
    [...laneNodes({}, {}, { service: 4, prefetch: 2 }), ["consumer c2", { service: 3, prefetch: 2 }]],
    [...LANE, ["consume", "q1 > c2", { priority: 5 }]],
  ),
  "a consumer that excludes others": sketch(laneNodes({}, {}, {}), [
    ["publish", "p1 > q1"],
    ["consume", "q1 > c1", { exclusive: true }],
  ]),
  "two queues of one consumer over unlike links": sketch(
    [...laneNodes({}, {}, { service: 1, prefetch: 3, concurrency: 2 }), ["queue q2"], ["producer p2", { rate: 300 }]],
    [...LANE, ["publish", "p2 > q2"], ["consume", "q2 > c1", { latency: 3 }]],
  ),
  "what no queue takes": fan({ routingKey: "x", mandatory: true }),
  "a disk that somebody waits for": onDisk(
    [...laneNodes({}, {}, {}), ["producer p2", { rate: 50, waitFor: "confirm", window: 3 }]],
    [...LANE, ["publish", "p2 > q1"]],
    { fsync: 5 },
  ),
  "a disk of uneven speed": onDisk(laneNodes({}, {}, {}), LANE, { fsync: { d: "exponential", mean: 3 } }),
  "an alarm": {
    ...onDisk(laneNodes({}, {}, { prefetch: 3 }), LANE, {}),
    timeline: [act(300, "broker.alarm", "b", {}, 600)],
  },
  "a restart": {
    ...onDisk(laneNodes({}, {}, { prefetch: 3 }), LANE, {}),
    timeline: [act(300, "broker.restart", "b", {}, 600)],
  },
  "a crash of the broker": {
    ...onDisk(laneNodes({}, {}, { prefetch: 3, service: 4 }), LANE, { fsync: 5 }),
    timeline: [act(300, "broker.crash", "b", {}, 600)],
  },
};

describe("sprints, with one thing at a time,", () => {
  /** Plays a drawing event by event, and edits it on the way. */
  const editInMidst = (scenario: Scenario, at: number, edit: (other: Scenario) => void) => {
    const sprinter = sprinting(scenario);
    const runs = [sprinter.run, walking(scenario)] as const;
    const other = structuredClone(scenario);
    edit(other);
    for (const run of runs) {
      run.advance(fromMs(at));
      run.edit(other);
      run.advance(fromMs(at + 100));
    }
    expect(told(runs[0])).toEqual(told(runs[1]));
    return sprinter;
  };
  const slow = laneWith({ publish: { latency: 5 }, consume: { latency: 5 }, c: { prefetch: 20 } });
  const setLatency = (other: Scenario, edge: number, latency: Settings[string]) => {
    const { settings } = other.edges[edge] as Scenario["edges"][number];
    (other.edges[edge] as Scenario["edges"][number]).settings = { ...settings, latency };
  };

  it("in memory that nobody has used before", async () => {
    vi.resetModules();
    const fresh = await import("../../testing/sprints.ts");
    // More and more servers are at work in one sprint.
    const scenario = laneWith({ c: { service: { d: "exponential", mean: 50 }, concurrency: 30, prefetch: 30 } });
    const { run } = fresh.sprinting(scenario);
    const walker = walking(scenario);
    for (const one of [run, walker]) one.advance(fromMs(500));
    expect(told(run)).toEqual(told(walker));
  });

  it.each([0, 1])("nothing overtakes what is still on its way when link %i gets faster", (edge) => {
    editInMidst(slow, 500, (other) => setLatency(other, edge, 1));
  });

  it("what is still on its way when a link gets faster and uneven comes in the same order", () => {
    editInMidst(slow, 500, (other) => setLatency(other, 1, { d: "uniform", min: 0, max: 1 }));
  });

  const cases = Object.entries({ ...everyday, ...special });
  it.each(cases)("do what the ordinary way does: %s", (_name, scenario) => {
    expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
    playByEvents(scenario, 1200);
    playByChunks(scenario, 1200, { draw: new Draw(1, "special") });
  });
});
