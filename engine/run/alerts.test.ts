import "./all-systems.ts";
import { describe, expect, it } from "vitest";
import { SECOND, seconds } from "../kernel/time.ts";
import type { AlertRule } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
import { ALERT_STATES } from "./alerts.ts";
import { createRun, type Run } from "./run.ts";

const rule = (more: Partial<AlertRule>): AlertRule => ({
  name: "backlog",
  target: "q",
  metric: "ready",
  op: ">",
  threshold: 50,
  ...more,
});

const growing = (alerts: AlertRule[]) => ({
  ...draw().producer("p", { rate: 10 }).queue("q").publish("p", "q").scenario(),
  alerts,
});

const changes = (run: Run) =>
  run.core.log
    .read(0, 10_000, (index) => run.state.topology.nodes[index]?.id ?? "")
    .filter(({ kind }) => kind === "alert")
    .map(({ t, value }) => [t / SECOND, ALERT_STATES[(value as number) % ALERT_STATES.length]]);

describe("alerts", () => {
  it("wait for their duration before they fire, and say each change once", () => {
    const run = createRun(growing([rule({ for: 10_000 })]));
    run.advance(seconds(30));
    // The message number 51 stands there at 5.0 s; the first look that sees it is at 6 s.
    expect(changes(run)).toEqual([
      [6, "pending"],
      [16, "firing"],
    ]);
    expect(run.state.alerts.status()).toMatchObject([{ state: "firing", since: seconds(16) }]);
  });

  it("go back to normal when the condition ends too soon, and are resolved when it ends later", () => {
    const scenario = {
      ...draw()
        .producer("p", { rate: 10, limit: 100 })
        .queue("q")
        .consumer("c", { service: 100 })
        .publish("p", "q")
        .consume("q", "c")
        .at(0, "consumer.kill", "c", 12_000)
        .scenario(),
      alerts: [rule({ for: 20_000 }), rule({ name: "quick", for: 0, keep: 2000 })],
    };
    const run = createRun(scenario);
    run.advance(seconds(40));
    const seen = changes(run).map(([, state]) => state);
    expect(seen).toEqual(["pending", "firing", "normal", "resolved"]);
    expect(run.state.alerts.status().map(({ state }) => state)).toEqual(["normal", "resolved"]);
  });

  it("compare times in milliseconds, and never fire on what is not known", () => {
    const run = createRun(
      growing([
        rule({ metric: "oldestAge", threshold: 3000, for: 0 }),
        rule({ metric: "wait.p95", op: "<", threshold: 1e9, for: 0 }),
        rule({ target: "nobody", for: 0 }),
      ]),
    );
    run.advance(seconds(10));
    expect(run.state.alerts.status().map(({ state }) => state)).toEqual(["firing", "normal", "normal"]);
    expect(changes(run)[0]).toEqual([4, "firing"]);
  });

  it("stop the run at their second when they ask for a pause", () => {
    const run = createRun(growing([rule({ for: 0, pause: true })]));
    run.advance(seconds(30));
    expect(run.now).toBe(seconds(6));
    expect(run.state.alerts.wantsPause).toBe(true);
    run.state.alerts.wantsPause = false;
    run.advance(seconds(30));
    expect(run.now).toBe(seconds(30));
  });

  it("are the same after a seek, and keep their state over edits that do not touch them", () => {
    const run = createRun(growing([rule({ for: 5000 })]));
    run.advance(seconds(8));
    const snapshot = run.capture();
    run.advance(seconds(20));
    const straight = run.state.alerts.status();
    run.restore(snapshot);
    expect(run.state.alerts.status()).toMatchObject([{ state: "pending" }]);
    run.advance(seconds(20));
    expect(run.state.alerts.status()).toEqual(straight);
    run.edit(growing([rule({ for: 5000 }), rule({ name: "other", threshold: 1e6 })]));
    expect(run.state.alerts.status().map(({ state }) => state)).toEqual(["firing", "normal"]);
  });

  it("change nothing else: the run with alerts is the run without", () => {
    const hash = (alerts: AlertRule[]) => {
      const run = createRun(growing(alerts));
      run.advance(seconds(30));
      return run.hash();
    };
    expect(hash([rule({})])).toBe(hash([]));
  });

  it("look at one group of a stream, and at a metric under its other name", () => {
    const scenario = {
      ...draw()
        .node("redis", "r")
        .producer("p", { rate: 20 })
        .node("stream", "st", {}, "r")
        .consumer("fast", { service: 1 })
        .consumer("slow", { service: 1000 })
        .publish("p", "st")
        .consume("st", "fast", { group: "fast" })
        .consume("st", "slow", { group: "slow" })
        .scenario(),
      alerts: [
        rule({ target: "st", metric: "lag[slow]", threshold: 100, for: 0 }),
        rule({ target: "st", metric: "lag[fast]", threshold: 100, for: 0 }),
        rule({ target: "st", metric: "lag[nobody]", threshold: 0, op: ">=", for: 0 }),
        rule({ target: "system", metric: "throughput", threshold: 10, for: 0 }),
      ],
    };
    const run = createRun(scenario);
    run.advance(seconds(30));
    expect(run.state.alerts.status().map(({ state }) => state)).toEqual(["firing", "normal", "normal", "firing"]);
    expect(run.state.alerts.status()[2]?.value).toBeNaN();
  });
});
