import { describe, expect, it } from "vitest";
import { fromMs } from "../../kernel/time.ts";
import { validate } from "../../scenario/index.ts";
import type { Scenario } from "../../scenario/types.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "../../testing/sketch.ts";
import { areAlike, laneWith, sprinting, told, walking } from "../../testing/sprints.ts";
import type { RabbitHost } from "../rabbit-host.ts";
import type { Run } from "../run.ts";
import * as R from "./rows.ts";

/** Plays the drawing with sprints and without, and compares them at each of these times, ms. @param before what is done to both at the start */
function play(scenario: Scenario, times: readonly number[], before: (run: Run) => void = () => {}): Run {
  expect(validate(scenario).issues.filter(({ severity }) => severity === "error")).toEqual([]);
  const { run } = sprinting(scenario);
  const walker = walking(scenario);
  for (const one of [run, walker]) before(one);
  for (const time of times) {
    for (const one of [run, walker]) one.advance(fromMs(time));
    if (!areAlike(run, walker)) expect(told(run), `at ${time} ms`).toEqual(told(walker));
  }
  expect(told(run)).toEqual(told(walker));
  return run;
}

const times = (step: number, count: number) => Array.from({ length: count }, (_, i) => step * (i + 1));

/** A number that is too large for a table does not mean the row of the number that is left when it is cut to the table's length. */
describe("sprints leave to the ordinary way what has no row:", () => {
  it("routes beyond those of a drawing", () => {
    const p = { rate: 10_000, key: { k: "uniform", n: 10_000 } };
    const run = play(laneWith({ p, c: { service: 0.03 } }), [1000, 1800, 2200, 2600]);
    expect((run.state.topology.hosts[0] as RabbitHost).model.routes.length).toBeGreaterThan(8200);
  });

  it("brokers whose number is too large, with bindings that take time", () => {
    const nodes: SketchedNode[] = [];
    const edges: SketchedEdge[] = [];
    for (let i = 0; i <= R.HOSTS_MOST; i++) {
      nodes.push([`broker b${i}`]);
      if (i > 0 && i < R.HOSTS_MOST) continue;
      nodes.push([`exchange x${i}`, { type: "fanout" }, { parent: `b${i}` }], [`queue q${i}`, {}, { parent: `b${i}` }]);
      nodes.push([`producer p${i}`, { rate: 200 + i }], [`consumer c${i}`, { service: 1 }]);
      edges.push(["publish", `p${i} > x${i}`], ["binding", `x${i} > q${i}`, { latency: 2 }]);
      edges.push(["consume", `q${i} > c${i}`]);
    }
    const run = play(sketch(nodes, edges), times(1, 100));
    expect(run.state.topology.hosts.length).toBeGreaterThan(R.HOSTS_MOST);
  });

  it("instances of consumers whose number is too large", () => {
    const nodes: SketchedNode[] = [["producer p", { rate: 500 }], ["queue q0"], ["queue q1"]];
    const edges: SketchedEdge[] = [["publish", "p > q1"]];
    for (let i = 0; i < 82; i++) {
      nodes.push([`consumer c${i}`, { service: 1, instances: 50, prefetch: 1 }]);
      edges.push(["consume", `q0 > c${i}`]);
    }
    nodes.push(["consumer d", { service: 1, prefetch: 1 }]);
    edges.push(["consume", "q1 > d"]);
    const run = play(sketch(nodes, edges), times(2, 20));
    expect(run.state.consumers.instances.length).toBeGreaterThan(R.INSTANCES_MOST);
  });

  it("a subscription whose number is too large, as those of a process that has often connected are", () => {
    const scenario = sketch(
      [
        ["producer p1", { rate: 500 }],
        ["queue q1"],
        ["consumer c1", { service: 1, prefetch: 10 }],
        ["producer p2", { rate: 300 }],
        ["queue q2"],
        ["consumer c2", { service: 1, prefetch: 10 }],
      ],
      [
        ["publish", "p1 > q1"],
        ["consume", "q1 > c1", { latency: 2 }],
        ["publish", "p2 > q2"],
        ["consume", "q2 > c2", { latency: 5 }],
      ],
    );
    const run = play(scenario, times(1, 100), (one) => {
      while (one.state.consumers.subscriptions.length <= R.SUBSCRIPTIONS_MOST) {
        one.act("consumer.kill", "c2");
        one.act("consumer.restart", "c2");
      }
    });
    expect(run.state.consumers.subscriptions.length).toBe(R.SUBSCRIPTIONS_MOST + 1);
  });
});
