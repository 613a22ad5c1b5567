import { describe, expect, it } from "vitest";
import { fromMs } from "../../kernel/time.ts";
import type { Scenario } from "../../scenario/types.ts";
import { sketch } from "../../testing/sketch.ts";
import { act, EXPONENTIAL, everyday, laneWith, sprinting, walking, withPriorities } from "../../testing/sprints.ts";

/** Share of its events that a run performs in sprints by itself, once it has had time to learn what there is. */
function shareOf(scenario: Scenario): number {
  const sprinter = sprinting(scenario, false);
  const { run } = sprinter;
  run.advance(fromMs(2000));
  const [before, sprinted] = [run.performed, sprinter.events];
  run.advance(fromMs(6000));
  expect(run.performed - before).toBeGreaterThan(2000);
  const walker = walking(scenario);
  walker.advance(fromMs(6000));
  expect(run.hash()).toBe(walker.hash());
  return (sprinter.events - sprinted) / (run.performed - before);
}

const most: Record<string, Scenario> = {
  ...everyday,
  "messages that nobody keeps": laneWith({ p: { persistent: false } }),
  "Poisson arrivals": laneWith({ p: { arrival: "exponential" }, c: { service: EXPONENTIAL } }),
  "a backlog that only grows": laneWith({ c: { service: 5, prefetch: 30 } }),
  "two queues of one consumer": sketch(
    [
      ["producer p1", { rate: 300 }],
      ["producer p2", { rate: 300 }],
      ["queue q1"],
      ["queue q2"],
      ["consumer c1", { service: 1, prefetch: 3, concurrency: 2 }],
    ],
    [
      ["publish", "p1 > q1"],
      ["publish", "p2 > q2"],
      ["consume", "q1 > c1"],
      ["consume", "q2 > c1"],
    ],
  ),
};

const none: Record<string, Scenario> = {
  priorities: withPriorities,
  transactions: laneWith({ p: { transaction: 4 } }),
  "TLS on all links": laneWith({ publish: { tls: true }, consume: { tls: true } }),
  "a quorum queue": laneWith({ q: { queueType: "quorum" } }),
  "a time to live": laneWith({ q: { messageTtl: 20 } }),
  confirms: laneWith({ p: { waitFor: "confirm", window: 5 } }),
};

describe("sprints perform", () => {
  it.each(Object.entries(most))("most of the events: %s", (_name, scenario) => {
    expect(shareOf(scenario)).toBeGreaterThan(0.95);
  });

  it.each(Object.entries(none))("none of the events: %s", (_name, scenario) => {
    expect(shareOf(scenario)).toBe(0);
  });

  it.each([
    act(500, "consumer.kill", "c1", {}, 1500),
    act(500, "consumer.fail", "c1", { share: 0.5 }, 1500),
    act(500, "queue.pause", "q1", {}, 1500),
    act(500, "producer.crash", "p1", {}, 1500),
    act(500, "producer.rate", "p1", { factor: 2 }, 1500),
    act(500, "edge.loss", "e1", { share: 0.5 }, 1500),
  ])("most of what comes after $do", (entry) => {
    expect(shareOf(laneWith({ c: { prefetch: 3 } }, entry))).toBeGreaterThan(0.95);
  });

  it("what somebody sees on the screen, and count each hop of it", () => {
    const p = { rate: 9000, arrival: "exponential" };
    const links = { publish: { latency: 2 }, consume: { latency: 1 } };
    const sprinter = sprinting(laneWith({ p, c: { service: 0.1, prefetch: 20 }, ...links }));
    const walker = walking(laneWith({ p, c: { service: 0.1, prefetch: 20 }, ...links }));
    for (let t = 0; t < 1000; t += 250) {
      const hops = [sprinter.run, walker].map((run) => {
        run.core.tokens.wanted = true;
        run.advance(fromMs(t));
        const { tokens, skipped } = run.core.tokens.take(2);
        return [0, 1].map((edge) => {
          const shown = tokens.filter((value, i) => i % 4 === 0 && value === edge);
          return shown.length + (skipped[edge] ?? 0);
        });
      });
      expect(hops[0], `at ${t} ms`).toEqual(hops[1]);
    }
    expect(sprinter.events).toBeGreaterThan(0.3 * sprinter.run.performed);
  });
});
