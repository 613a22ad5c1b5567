import { describe, expect, it } from "vitest";
import type { Settings, TimelineEntry } from "../scenario/types.ts";
import "../run/all-systems.ts";
import { draw } from "../testing/build.ts";
import { sketch } from "../testing/sketch.ts";
import { checkScenario } from "./index.ts";

/** The smallest scripts of what the swarm has found, each mended since. */
const lane = (producer: Settings, consumer: Settings, links: [number, number], timeline: TimelineEntry[]) => ({
  ...draw()
    .producer("p", { limit: 200, ...producer })
    .queue("q")
    .consumer("c", consumer)
    .publish("p", "q", { latency: links[0] })
    .consume("q", "c", { latency: links[1] })
    .scenario(),
  timeline,
});
const at = (t: number, operation: string, target: string, undoAt: number, args: Settings = {}): TimelineEntry => ({
  t,
  do: operation,
  target,
  args,
  undoAt,
});

describe("the swarm has found", () => {
  it("a delivery lost on a cut link, unacknowledged for good", () => {
    expect(checkScenario(lane({ rate: 10 }, {}, [0, 5], [at(5821, "edge.cut", "q-c-1", 9727)]))).toBeNull();
  });

  it("messages that overtook others when their link became quick again", () => {
    const scenario = lane(
      { rate: 16 },
      { service: 5, prefetch: 1 },
      [5, 5],
      [at(5057, "edge.slow", "p-q-0", 10_427, { ms: 576 })],
    );
    expect(checkScenario({ ...scenario, meta: { title: "", tags: ["gentle"] } })).toBeNull();
  });

  it("a copy freed while a client had it in hand again, acknowledged before the work", () => {
    const scenario = lane(
      { rate: 12 },
      { ack: "before", service: 30 },
      [0, 0],
      [at(1602, "edge.loss", "q-c-1", 7607, { share: 0.19 })],
    );
    expect(checkScenario(scenario)).toBeNull();
  });

  it("everything lost at a second crash that had outlived the first", () => {
    const scenario = lane({ rate: 20, waitFor: "confirm" }, { service: 100 }, [0, 0], []);
    scenario.nodes.push({ id: "b", kind: "broker", name: "b", x: 0, y: 0, settings: { fsync: 5, restart: 1000 } });
    const queue = scenario.nodes.find(({ id }) => id === "q");
    if (queue) queue.parent = "b";
    scenario.timeline = [8000, 11_000].map((t) => ({ t, do: "broker.crash", target: "b" }));
    expect(checkScenario(scenario)).toBeNull();
  });

  it("a message that failed before its acknowledgement was there, and stayed open for ever", () => {
    expect(checkScenario(lane({ rate: 10 }, { ack: "before", service: 1, failRate: 0.2 }, [40, 5], []))).toBeNull();
  });

  it("Kafka batches that overtook others when their link became quick again, and a producer that waits for ever", () => {
    const scenario = sketch(
      [["topic o1"], ["producer p1", { rate: 30, limit: 600 }]],
      [["publish", "p1 > o1", { latency: 5 }]],
    );
    const timeline = [at(1957, "edge.slow", "e1", 4219, { ms: 861 })];
    expect(checkScenario({ ...scenario, seed: 22, timeline })).toBeNull();
  });

  it("a topic that was made again while a batch was on its way to the one before, which nobody took after the next", () => {
    const scenario = sketch(
      [["topic to9"], ["producer pr10", { rate: 19, arrival: "exponential", limit: 380 }]],
      [["publish", "pr10 > to9", { latency: 0, tls: true }]],
    );
    const timeline = [at(1368, "edge.loss", "e1", 4617, { share: 0.44 }), at(1491, "queue.delete", "to9", 3184)];
    for (const seed of [10, 16]) expect(checkScenario({ ...scenario, seed, timeline })).toBeNull();
  });

  it("a member of a Kafka group that rejoined and never committed again", () => {
    const scenario = sketch(
      [
        ["group g1"],
        ["topic o1"],
        ["producer p1", { rate: 10, limit: 200 }],
        ["consumer c1", { service: 13 }, { parent: "g1" }],
      ],
      [
        ["publish", "p1 > o1"],
        ["consume", "o1 > c1"],
      ],
    );
    expect(checkScenario({ ...scenario, timeline: [at(14_372, "edge.cut", "e2", 21_222)] })).toBeNull();
  });

  it.each(["batch", "manual"])("a commit (%s) that found nobody, and was never tried again", (commit) => {
    const scenario = sketch(
      [
        ["group g1", { commit }],
        ["topic o1"],
        ["producer p1", { rate: 23, limit: 250 }],
        ["consumer c1", { service: 25 }, { parent: "g1" }],
      ],
      [
        ["publish", "p1 > o1"],
        ["consume", "o1 > c1", { latency: 40 }],
      ],
    );
    expect(checkScenario({ ...scenario, timeline: [at(10_477, "edge.cut", "e2", 13_019)] })).toBeNull();
  });

  it("a queue that was deleted while its node was down, with all that was confirmed", () => {
    const scenario = sketch(
      [
        ["broker b1", { nodes: 3 }],
        ["queue q1", {}, { parent: "b1" }],
        ["producer p1", { waitFor: "confirm" }],
      ],
      [["publish", "p1 > q1"]],
    );
    const timeline = [
      { t: 3587, do: "node.crash", target: "b1", args: { node: 1 } },
      { t: 4311, do: "queue.delete", target: "q1", undoAt: 5261 },
    ];
    expect(checkScenario({ ...scenario, timeline })).toBeNull();
  });

  it("a member that began while its cluster was down, and never joined", () => {
    const scenario = sketch(
      [
        ["cluster a1"],
        ["group g1"],
        ["topic o1", {}, { parent: "a1" }],
        ["producer p1", { limit: 100 }],
        ["consumer c1", {}, { parent: "g1" }],
      ],
      [
        ["publish", "p1 > o1"],
        ["consume", "o1 > c1", { latency: 5 }],
      ],
    );
    const timeline = [at(14_731, "consumer.kill", "c1", 20_912), at(18_272, "broker.crash", "a1", 23_399)];
    expect(checkScenario({ ...scenario, timeline })).toBeNull();
  });

  it("a processing list that came back with its Redis, and nobody had in hand", () => {
    const scenario = sketch(
      [
        ["redis r1", { persist: "everysec" }],
        ["list l1", { take: "move" }, { parent: "r1" }],
        ["producer p1", { rate: 21, limit: 420 }],
        ["consumer c1", { instances: 2 }],
      ],
      [
        ["publish", "p1 > l1"],
        ["consume", "l1 > c1"],
      ],
    );
    expect(checkScenario({ ...scenario, timeline: [at(15_326, "broker.crash", "r1", 19_187)] })).toBeNull();
  });

  it.each(["consumer.cancel", "consumer.scale", "consumer.stop"])(
    "a copy that ended twice: %s of members of a group whose servers are at work",
    (operation) => {
      const scenario = sketch(
        [
          ["group g1", { offsetReset: "earliest", commit: "batch" }],
          ["topic o1", { partitions: 3 }],
          ["producer p1", { rate: 30, limit: 400 }],
          ["consumer c1", { service: 90, concurrency: 3 }, { parent: "g1" }],
        ],
        [
          ["publish", "p1 > o1"],
          ["consume", "o1 > c1", { latency: 5 }],
        ],
      );
      const undo: Partial<TimelineEntry> = operation === "consumer.cancel" ? {} : { undoAt: 8000 };
      const args: Settings = operation === "consumer.scale" ? { instances: 3 } : {};
      const timeline = [4000, 5000, 7000].map((t) => ({ t, do: operation, target: "c1", args, ...undo }));
      expect(checkScenario({ ...scenario, timeline })).toBeNull();
    },
  );

  it("a message that ended twice: pulled, taken by a power cut, and handed to its listener all the same", () => {
    const scenario = sketch(
      [
        ["brokerSet b1", {}],
        ["rmqTopic r1", {}, { parent: "b1" }],
        ["producer p1", { rate: 29 }],
        ["consumer c1", { service: 23 }],
      ],
      [
        ["publish", "p1 > r1", { latency: 0 }],
        ["consume", "r1 > c1", { latency: 5 }],
      ],
    );
    expect(checkScenario({ ...scenario, timeline: [at(4392, "broker.power", "b1", 12_350)] })).toBeNull();
  });

  it("fewer than no messages on their way over a link that had been narrow", () => {
    const narrow = at(1436, "edge.bandwidth", "q-c-1", 3346, { bytes: 16_135 });
    expect(checkScenario(lane({ rate: 22 }, { service: 22 }, [0, 0], [narrow]))).toBeNull();
  });
});
