import { describe, expect, it } from "vitest";
import type { Settings, TimelineEntry } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
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
});
