import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { helloQueue } from "../scenario/index.ts";
import { draw } from "../testing/build.ts";
import { createRun } from "./run.ts";

const metric = (run: ReturnType<typeof createRun>, node: string, name: string): number =>
  run.report().nodes[node]?.[name] as number;

describe("a run", () => {
  it("takes hello-queue from producer to consumer and balances", () => {
    const run = createRun(helloQueue());
    run.advance(seconds(10));
    const { ledger } = run.report();
    expect(ledger.published).toBeGreaterThanOrEqual(10);
    expect(ledger.processed).toBeGreaterThanOrEqual(9);
    expect(ledger.lost).toEqual({});
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("lets messages travel as long as their links say", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 1, limit: 1 })
        .queue("q")
        .consumer("c", { service: 300 })
        .publish("p", "q", { latency: 100 })
        .consume("q", "c", { latency: 50 })
        .scenario(),
    );
    run.advance(seconds(5));
    expect(metric(run, "c", "e2e.mean")).toBe(450);
    expect(run.report().ledger.processed).toBe(1);
  });

  it("shares a queue by turns among equal consumers", () => {
    const drawing = draw().producer("p", { rate: 12 }).queue("q").publish("p", "q");
    for (const id of ["a", "b", "c", "d"]) drawing.consumer(id, { service: 250, prefetch: 1 }).consume("q", id);
    const run = createRun(drawing.scenario());
    run.advance(seconds(100));
    for (const id of ["a", "b", "c", "d"]) expect(Math.abs(metric(run, id, "processed") - 300)).toBeLessThanOrEqual(3);
  });

  it("gives each queue of a fanout a copy and counts the message once", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 3, limit: 30 })
        .exchange("x", { type: "fanout" })
        .queue("q1")
        .queue("q2")
        .consumer("c1", { service: 10 })
        .consumer("c2", { service: 10 })
        .publish("p", "x")
        .bind("x", "q1")
        .bind("x", "q2")
        .consume("q1", "c1")
        .consume("q2", "c2")
        .scenario(),
    );
    run.advance(seconds(20));
    const { ledger } = run.report();
    expect(ledger.published).toBe(30);
    expect(ledger.processed).toBe(30);
    expect(ledger.copies.processed).toBe(60);
    expect(metric(run, "c1", "processed")).toBe(30);
    expect(metric(run, "c2", "processed")).toBe(30);
  });

  it("routes through bindings that take time, topic by topic", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 10, limit: 40, key: { k: "roundRobin", n: 4 }, routingKey: "{eu|us}.{new|old}" })
        .exchange("x", { type: "topic" })
        .queue("eu")
        .queue("new")
        .publish("p", "x", { latency: 10 })
        .bind("x", "eu", { key: "eu.*", latency: 20 })
        .bind("x", "new", { key: "#.new", latency: 20 })
        .scenario(),
    );
    run.advance(seconds(10));
    expect(metric(run, "eu", "ready")).toBe(20);
    expect(metric(run, "new", "ready")).toBe(20);
    expect(run.report().ledger.discarded).toEqual({ unroutable: 10 });
    expect(metric(run, "x", "unroutable")).toBe(10);
  });

  it("sends what an exchange cannot route over its alternate, and that takes its time", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 10, limit: 10, routingKey: "nobody" })
        .exchange("x", { type: "direct" })
        .exchange("rest", { type: "fanout" })
        .queue("all")
        .consumer("c", { service: 0 })
        .publish("p", "x")
        .edge("alternate", "x", "rest", { latency: 30 })
        .bind("rest", "all", { latency: 20 })
        .consume("all", "c")
        .scenario(),
    );
    run.advance(seconds(5));
    expect(metric(run, "c", "processed")).toBe(10);
    expect(metric(run, "c", "e2e.mean")).toBe(50);
    expect(run.report().ledger.discarded).toEqual({});
  });

  it("returns what a killed consumer held, and loses what was acknowledged on delivery", () => {
    const lane = (ack: string) =>
      createRun(
        draw()
          .producer("p", { rate: 5 })
          .queue("q")
          .consumer("c", { service: 500, ack, prefetch: 10 })
          .publish("p", "q")
          .consume("q", "c")
          .at(15_000, "consumer.kill", "c")
          .scenario(),
      );
    const manual = lane("manual");
    manual.advance(seconds(15));
    expect(manual.report().ledger.lost).toEqual({});
    expect(metric(manual, "q", "nack")).toBe(10);
    const auto = lane("auto");
    auto.advance(seconds(15));
    expect(auto.report().ledger.lost["client-crash"]).toBeGreaterThan(40);
    for (const run of [manual, auto]) expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("sends rejected messages over the dead-letter link", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 10, limit: 20 })
        .queue("q")
        .queue("dead")
        .consumer("c", { service: 10, failRate: 1, onFail: "reject" })
        .publish("p", "q")
        .consume("q", "c")
        .deadLetter("q", "dead", { latency: 100 })
        .scenario(),
    );
    run.advance(seconds(10));
    expect(metric(run, "dead", "ready")).toBe(20);
    expect(metric(run, "q", "deadLettered")).toBe(20);
    expect(metric(run, "c", "errors")).toBe(20);
  });

  it("confirms, refuses and retries", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 10, waitFor: "confirm", window: 1, retries: 1000, backoff: { b: "fixed", ms: 100 } })
        .queue("q", { maxLength: 10, overflow: "reject-publish" })
        .consumer("c", { service: 250, prefetch: 1 })
        .publish("p", "q", { latency: 5 })
        .consume("q", "c")
        .scenario(),
    );
    run.advance(seconds(60));
    expect(metric(run, "q", "ready")).toBeLessThanOrEqual(11);
    expect(metric(run, "p", "rejected")).toBeGreaterThan(10);
    expect(metric(run, "c", "processed.rate")).toBeGreaterThan(3.7);
    expect(run.report().ledger.discarded).toEqual({});
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("blocks publishers while the broker's memory is above its mark, and lets them go on below", () => {
    const run = createRun(
      draw()
        .node("broker", "b", { memoryLimit: 50_000 })
        .producer("p", { rate: 100, size: 1000 })
        .node("queue", "q", {}, "b")
        .consumer("c", { service: 50 })
        .publish("p", "q")
        .consume("q", "c")
        .scenario(),
    );
    let most = 0;
    let wasBlocked = false;
    for (let t = 1; t <= 60; t++) {
      run.advance(seconds(t));
      most = Math.max(most, metric(run, "q", "depth"));
      wasBlocked ||= run.badges().p?.includes("blocked") === true;
    }
    expect(wasBlocked).toBe(true);
    // One second of arrivals can pass between two looks; without the mark it would be 4,800.
    expect(most).toBeGreaterThan(50);
    expect(most).toBeLessThanOrEqual(50 + 100);
    expect(metric(run, "c", "processed")).toBeGreaterThan(1100);
    expect(metric(run, "p", "blockedShare")).toBeGreaterThan(0.5);
    expect(run.report().ledger.discarded).toEqual({});
  });

  it("draws what is drawn although guest may do nothing, and refuses guest's publishes", () => {
    const run = createRun(
      draw()
        .node("broker", "b", { users: [{ name: "guest", configure: "^$", write: "^$", read: "^$" }] })
        .producer("p", { rate: 2, limit: 4 })
        .node("queue", "q", {}, "b")
        .publish("p", "q")
        .scenario(),
    );
    run.advance(seconds(10));
    expect(run.badges().q).toBeUndefined();
    expect(metric(run, "p", "denied")).toBe(4);
    expect(run.report().ledger.discarded).toEqual({ denied: 4 });
  });

  it("answers requests through a service", () => {
    const run = createRun(
      draw()
        .producer("client", { rate: 2, waitFor: "reply", limit: 20 })
        .queue("rpc")
        .service("server", { service: 100, then: "reply" })
        .publish("client", "rpc", { latency: 10 })
        .consume("rpc", "server")
        .scenario(),
    );
    run.advance(seconds(30));
    expect(metric(run, "client", "confirm")).toBe(20);
    expect(metric(run, "client", "response.mean")).toBeCloseTo(120, 0);
    expect(run.report().ledger.inSystem).toBe(0);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("hands the address for the reply on along a chain, so that the last service answers the client", () => {
    const drawing = draw()
      .producer("client", { rate: 5, waitFor: "reply", limit: 20 })
      .queue("a")
      .service("first", { service: 100 })
      .queue("b")
      .service("last", { service: 50, then: "reply" })
      .publish("client", "a", { latency: 10 })
      .consume("a", "first")
      .publish("first", "b", { latency: 5 })
      .consume("b", "last");
    const run = createRun(drawing.scenario());
    run.advance(seconds(10));
    expect(metric(run, "client", "confirm")).toBe(20);
    expect(metric(run, "client", "response.mean")).toBeCloseTo(175, 0);
    expect(run.report().ledger.inSystem).toBe(0);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("publishes with a service's new routing key after an edit", () => {
    const drawing = (routingKey: string) =>
      draw()
        .producer("p", { rate: 10 })
        .queue("a")
        .service("s", { service: 10, routingKey })
        .exchange("x")
        .queue("q1")
        .queue("q2")
        .publish("p", "a")
        .consume("a", "s")
        .publish("s", "x")
        .bind("x", "q1", { key: "one" })
        .bind("x", "q2", { key: "two" })
        .scenario();
    const run = createRun(drawing("one"));
    run.advance(seconds(4.95));
    run.edit(drawing("two"));
    run.advance(seconds(9.95));
    expect([metric(run, "q1", "publish"), metric(run, "q2", "publish")]).toEqual([50, 50]);
  });

  it("passes on through services with the age of the first publish", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 1, limit: 10 })
        .queue("a")
        .service("s", { service: 100 })
        .queue("b")
        .consumer("c", { service: 50 })
        .publish("p", "a")
        .consume("a", "s")
        .publish("s", "b")
        .consume("b", "c")
        .scenario(),
    );
    run.advance(seconds(20));
    expect(metric(run, "c", "processed")).toBe(10);
    expect(metric(run, "c", "e2e.mean")).toBe(150);
  });
});

describe("the same run again", () => {
  const busy = () =>
    draw()
      .producer("p", { rate: 50, arrival: "exponential", key: { k: "uniform", n: 4 }, routingKey: "{a|b|c|d}" })
      .exchange("x", { type: "topic" })
      .queue("q", { maxLength: 40 })
      .queue("r", { messageTtl: 300 })
      .queue("dead")
      .consumer("c", { service: { d: "exponential", mean: 40 }, instances: 2, failRate: 0.2 })
      .consumer("d", { service: { d: "lognormal", mean: 60, cv: 2 }, failRate: 0.1, onFail: "reject" })
      .publish("p", "x", { latency: { d: "uniform", min: 5, max: 50 } })
      .bind("x", "q", { key: "#", latency: 10 })
      .bind("x", "r", { key: "a", latency: 10 })
      .bind("x", "r", { key: "b", latency: 10 })
      .deadLetter("r", "dead", { latency: 30 })
      .consume("q", "c", { latency: 20 })
      .consume("r", "d", { latency: 20 });

  it("has the same events for the same seed, others for another", () => {
    const hash = (seed: number) => {
      const run = createRun(busy().scenario(seed));
      run.advance(seconds(30));
      return run.hash();
    };
    expect(hash(7)).toBe(hash(7));
    expect(hash(7)).not.toBe(hash(8));
  });

  it("does not depend on how it is cut into slices", () => {
    const whole = createRun(busy().scenario());
    whole.advance(seconds(20));
    const cut = createRun(busy().scenario());
    while (cut.now < seconds(20)) cut.advance(Math.min(seconds(20), cut.now + 7777), 13);
    expect(cut.hash()).toBe(whole.hash());
    expect(cut.report()).toEqual(whole.report());
  });

  it("goes on from a snapshot as if nothing had happened", () => {
    const run = createRun(busy().scenario());
    run.advance(seconds(10));
    const snapshot = run.capture();
    run.advance(seconds(20));
    const hash = run.hash();
    const report = run.report();
    for (let round = 0; round < 2; round++) {
      run.restore(snapshot);
      expect(run.now).toBe(seconds(10));
      run.advance(seconds(20));
      expect(run.hash()).toBe(hash);
      expect(run.report()).toEqual(report);
    }
  });

  it("balances at every event, and every copy is in one place", () => {
    const run = createRun(busy().scenario());
    let events = 0;
    while (run.now < seconds(10)) {
      run.advance(seconds(10), 1);
      events++;
      expect(run.core.ledger.imbalance()).toBe(0);
      const { copiesMade, copiesProcessed, copiesDiscarded, copiesLost } = run.core.ledger;
      const ended = copiesProcessed + copiesDiscarded.reduce((a, b) => a + b) + copiesLost.reduce((a, b) => a + b);
      expect(run.core.store.live).toBe(copiesMade - ended);
    }
    expect(events).toBeGreaterThan(2000);
  });
});

it("passes a long idle time at once, and reads the same as in small steps", () => {
  const quiet = () => createRun(draw().producer("p", { rate: 5, limit: 20 }).queue("q").publish("p", "q").scenario());
  const jump = quiet();
  jump.advance(seconds(1e7));
  expect(jump.now).toBe(seconds(1e7));
  const far = quiet();
  const near = quiet();
  far.advance(seconds(500));
  for (let t = 1; t <= 500; t++) near.advance(seconds(t));
  expect([...far.read()]).toEqual([...near.read()]);
  expect(far.report()).toEqual(near.report());
});

describe("an edit while the run goes on", () => {
  const base = () => draw().producer("p", { rate: 10 }).queue("q").consumer("c", { service: 50 });
  const drawn = () => base().publish("p", "q").consume("q", "c");

  it("changes a rate from now on and keeps what has happened", () => {
    const run = createRun(drawn().scenario());
    run.advance(seconds(10));
    const before = run.report().ledger.published;
    const changed = drawn().scenario();
    (changed.nodes[0] as { settings: object }).settings = { rate: 2 };
    run.edit(changed);
    run.advance(seconds(20));
    expect(run.report().ledger.published - before).toBeGreaterThanOrEqual(19);
    expect(run.report().ledger.published - before).toBeLessThanOrEqual(21);
  });

  it("adds a consumer to a queue with a backlog, and takes it away again", () => {
    const run = createRun(base().publish("p", "q").scenario());
    run.advance(seconds(5));
    expect(metric(run, "q", "ready")).toBe(51);
    run.edit(drawn().scenario());
    run.advance(seconds(20));
    expect(metric(run, "q", "ready")).toBe(0);
    run.edit(base().publish("p", "q").scenario());
    run.advance(seconds(30));
    expect(metric(run, "q", "ready")).toBeGreaterThan(90);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("counts the messages of a deleted queue as discarded", () => {
    const run = createRun(base().publish("p", "q").scenario());
    run.advance(seconds(5));
    const without = draw().producer("p", { rate: 10 }).consumer("c", { service: 50 }).scenario();
    run.edit(without);
    expect(run.report().ledger.discarded.deleted).toBe(51);
    run.advance(seconds(6));
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("keeps messages when a queue is renamed", () => {
    const run = createRun(base().publish("p", "q").scenario());
    run.advance(seconds(5));
    const renamed = base().publish("p", "q").scenario();
    (renamed.nodes[1] as { name: string }).name = "orders";
    run.edit(renamed);
    run.advance(seconds(10));
    expect(metric(run, "orders", "ready")).toBe(101);
    expect(run.report().ledger.discarded).toEqual({});
  });
});
