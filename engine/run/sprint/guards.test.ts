import { describe, expect, it } from "vitest";
import { fromMs } from "../../kernel/time.ts";
import { type Settings, validate } from "../../scenario/index.ts";
import type { Scenario } from "../../scenario/types.ts";
import { sketch } from "../../testing/sketch.ts";
import { act, areAlike, chain, laneWith, onDisk, sprinting, told, walking } from "../../testing/sprints.ts";

/** Plays the drawing event by event with sprints and without. @returns the share of events that sprints performed */
function play(scenario: Scenario, until: number): number {
  const sprinter = sprinting(scenario);
  const walker = walking(scenario);
  const { run } = sprinter;
  while (run.advance(fromMs(until), 1) === 1) {
    walker.advance(fromMs(until), 1);
    if (!areAlike(run, walker)) expect(told(run), `at event ${run.performed}`).toEqual(told(walker));
  }
  walker.advance(fromMs(until), 1);
  expect(told(run)).toEqual(told(walker));
  return sprinter.events / run.performed;
}

const busy = laneWith({
  p: { rate: 900 },
  c: { service: { d: "exponential", mean: 5 }, concurrency: 6, prefetch: 20 },
});

/** A service before an exchange. */
const relay = sketch(
  [
    ["producer p", { rate: 300 }],
    ["queue q"],
    ["service s", { service: 1, prefetch: 5, routingKey: "a" }],
    ["exchange x", { type: "direct" }],
    ["queue qa"],
    ["queue qb"],
    ["consumer c", { service: 1, prefetch: 5 }],
  ],
  [
    ["publish", "p > q"],
    ["consume", "q > s"],
    ["publish", "s > x"],
    ["binding", "x > qa", { key: "a" }],
    ["binding", "x > qb", { key: "b" }],
    ["consume", "qa > c"],
  ],
);

describe("sprints heed", () => {
  it("deliveries that were on their way to a process that has come back since", () => {
    // What it had goes to the other consumer, and its first deliveries are new messages.
    const scenario: Scenario = {
      ...sketch(
        [
          ["producer p", { rate: 1000 }],
          ["queue q"],
          ["consumer c1", { service: 1, prefetch: 100 }],
          ["consumer c2", { service: 1, prefetch: 0 }],
        ],
        [
          ["publish", "p > q"],
          ["consume", "q > c1", { latency: 20 }],
          ["consume", "q > c2"],
        ],
      ),
      timeline: [act(100, "consumer.kill", "c1", {}, 101), act(200, "consumer.kill", "c1", {}, 205)],
    };
    expect(play(scenario, 400)).toBeGreaterThan(0.5);
  });

  it.each([
    act(100, "producer.crash", "p1", {}, 140),
    act(100, "broker.alarm", "b", {}, 140),
    act(100, "broker.restart", "b", {}, 140),
  ])("what is on its way to the broker at $do", (entry) => {
    const scenario = onDisk(
      [["producer p1", { rate: 500 }], ["queue q1"], ["consumer c1", { service: 1, prefetch: 3 }]],
      [
        ["publish", "p1 > q1", { latency: 20 }],
        ["consume", "q1 > c1"],
      ],
      {},
    );
    expect(play({ ...scenario, timeline: [entry] }, 400)).toBeGreaterThan(0.3);
  });

  it.each<[string, Scenario]>([
    ["of a producer", laneWith({ p: { rate: 5000 }, c: { service: 5 }, publish: { latency: 5 } })],
    [
      "of a service",
      sketch(
        [
          ["producer p", { rate: 3000, limit: 3000 }],
          ["queue q"],
          ["service s", { service: 0.2, prefetch: 20 }],
          ["queue r"],
          ["consumer c", { service: 5 }],
        ],
        [
          ["publish", "p > q"],
          ["consume", "q > s"],
          ["publish", "s > r", { latency: 5 }],
          ["consume", "r > c"],
        ],
      ),
    ],
    [
      "of a producer whose oldest messages are consumed",
      laneWith({ p: { rate: 400_000 }, c: { service: 0.005, prefetch: 300 } }),
    ],
  ])("that messages which wait need more and more room: those %s", (_name, scenario) => {
    const runs = [sprinting(scenario).run, walking(scenario)] as const;
    for (let t = 100; t <= 900; t += 100) {
      for (const run of runs) run.advance(fromMs(t));
      expect(told(runs[0]), `at ${t} ms`).toEqual(told(runs[1]));
    }
    expect(runs[0].core.store.top).toBeGreaterThan(2000);
  });

  it("that a delivery which takes no time lets another one arrive that was on its way before", () => {
    // Which of the two has been delivered before makes the difference.
    const scenario: Scenario = {
      ...sketch(
        [
          ["producer p1", { rate: 400 }],
          ["producer p2", { rate: 300 }],
          ["queue q1"],
          ["queue q2"],
          ["consumer c", { service: 1, prefetch: 20, concurrency: 2 }],
        ],
        [
          ["publish", "p1 > q1"],
          ["publish", "p2 > q2"],
          ["consume", "q1 > c"],
          ["consume", "q2 > c", { latency: 20 }],
        ],
      ),
      timeline: [100, 150, 200, 250, 300].map((t) => act(t, "consumer.recover", "c")),
    };
    play(scenario, 500);
  });

  it("the first message that comes to its queue later than it was made, while nobody consumes from there", () => {
    const scenario: Scenario = {
      ...sketch(
        [
          ["producer p", { rate: 300 }],
          ["exchange x", { type: "fanout" }],
          ["queue q"],
          ["consumer c", { service: 1, prefetch: 3 }],
        ],
        [
          ["publish", "p > x"],
          ["binding", "x > q", { latency: 3 }],
          ["consume", "q > c"],
        ],
      ),
      timeline: [act(0, "consumer.stop", "c", {}, 100)],
    };
    expect(play(scenario, 300)).toBeGreaterThan(0.5);
  });

  it("what is noted of single messages: nothing of it is left when they are gone", () => {
    const scenario = sketch(
      [
        ["producer p1", { rate: 300, limit: 60 }],
        ["queue q1", { maxLength: 3 }],
        ["exchange x", { type: "fanout" }],
        ["queue q2"],
        ["consumer c", { service: 3, prefetch: 3 }],
      ],
      [
        ["publish", "p1 > q1"],
        ["deadLetter", "q1 > x"],
        ["binding", "x > q2"],
        ["consume", "q2 > c"],
      ],
    );
    const runs = [sprinting(scenario).run, walking(scenario)] as const;
    let most = 0;
    for (let t = 5; t <= 400; t += 5) {
      for (const run of runs) run.advance(fromMs(t));
      const [size, expected] = runs.map(({ core }) => core.store.extras.size);
      expect(size, `at ${t} ms`).toBe(expected);
      most = Math.max(most, expected as number);
    }
    expect(most).toBeGreaterThan(0);
    expect(told(runs[0])).toEqual(told(runs[1]));
  });

  it("when messages expire: those that have the rows of expired ones do not", () => {
    const scenario: Scenario = {
      ...sketch(
        [
          ["producer p1", { rate: 1, start: 500 }],
          ["queue q1"],
          ["producer p2", { rate: 500, start: 50 }],
          ["exchange x", { type: "fanout" }],
          ["queue q2"],
          ["queue q3"],
          ["consumer c", { service: 5, prefetch: 2 }],
        ],
        [
          ["consume", "q2 > c"],
          ["consume", "q3 > c"],
          ["publish", "p1 > q1"],
          ["publish", "p2 > x"],
          ["binding", "x > q2"],
          ["binding", "x > q3"],
        ],
      ),
      timeline: [
        act(5, "consumer.stop", "c", {}, 160),
        act(20, "producer.publish", "p1", { count: 50, ttl: 3 }),
        act(20, "producer.publish", "p2", { count: 1 }),
        act(40, "queue.purge", "q2"),
        act(40, "queue.purge", "q3"),
        act(150, "producer.publish", "p2", { count: 1, ttl: 1000 }),
      ],
    };
    expect(play(scenario, 200)).toBeGreaterThan(0.3);
  });

  /** Edits the drawing on the way, and takes the edit back. */
  const edits: Record<string, [Scenario, node: string, Settings]> = {
    "fewer servers": [busy, "c1", { concurrency: 2 }],
    "more servers": [busy, "c1", { concurrency: 9 }],
    "another speed": [busy, "c1", { speed: 2 }],
    "service times that are drawn otherwise": [busy, "c1", { service: { d: "uniform", min: 1, max: 9 } }],
    "work that fails": [busy, "c1", { failRate: 0.3 }],
    "another key": [laneWith({}), "p1", { routingKey: "other" }],
    "other sizes": [laneWith({}), "p1", { size: 5000 }],
    "sizes that are drawn": [laneWith({}), "p1", { size: { d: "uniform", min: 10, max: 2000 } }],
    "messages that nobody keeps": [laneWith({}), "p1", { persistent: false }],
    "messages that expire": [laneWith({ c: { service: 3, prefetch: 2 } }), "p1", { ttl: 5 }],
    "a priority": [laneWith({}), "p1", { priority: 3 }],
    "more keys": [laneWith({ p: { key: { k: "uniform", n: 3 } } }), "p1", { key: { k: "uniform", n: 30 } }],
    "fewer keys": [laneWith({ p: { key: { k: "uniform", n: 30 } } }), "p1", { key: { k: "uniform", n: 3 } }],
    "another arrival": [laneWith({}), "p1", { arrival: "exponential" }],
    "a rate of nothing": [laneWith({}), "p1", { rate: 0 }],
    confirms: [laneWith({}), "p1", { waitFor: "confirm", window: 3 }],
    "a queue that holds few": [laneWith({ c: { service: 3, prefetch: 2 } }), "q1", { maxLength: 5 }],
    "a service that hands on under another key": [chain({}), "s0", { routingKey: "other" }],
    "a service that routes by another key": [relay, "s", { routingKey: "b" }],
    "a service that answers": [chain({}), "s0", { then: "reply" }],
    "a service that publishes and answers": [chain({}), "s0", { then: "both" }],
    "a service that publishes twice": [chain({}), "s0", { fanout: 2 }],
  };
  it.each(Object.entries(edits))("an edit: %s", (_name, [scenario, id, settings]) => {
    const other = structuredClone(scenario);
    const node = other.nodes.find((one) => one.id === id) as Scenario["nodes"][number];
    node.settings = { ...node.settings, ...settings };
    expect(validate(other).issues.filter(({ severity }) => severity === "error")).toEqual([]);
    const { run } = sprinting(scenario);
    const walker = walking(scenario);
    for (let t = 5; t <= 900; t += 5) {
      for (const one of [run, walker]) {
        if (t === 300) one.edit(other);
        if (t === 600) one.edit(scenario);
        one.advance(fromMs(t));
      }
      if (!areAlike(run, walker)) expect(told(run), `at ${t} ms`).toEqual(told(walker));
    }
    expect(told(run)).toEqual(told(walker));
  });
});
