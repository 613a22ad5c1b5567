import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { draw } from "../testing/build.ts";
import { createRun, type Run } from "./run.ts";

const figures = (run: Run, name: string) => run.report().nodes[name] as Record<string, number>;
const events = (run: Run, kind: string) =>
  run.core.log.read(0, 10_000, (index) => run.state.topology.nodes[index]?.name ?? "").filter((e) => e.kind === kind);
const balanced = (run: Run) => {
  const { published, processed, inSystem, discarded, lost } = run.report().ledger;
  const sum = (reasons: Record<string, number>) => Object.values(reasons).reduce((a, b) => a + b, 0);
  expect(published).toBe(processed + inSystem + sum(discarded) + sum(lost));
  expect(run.core.ledger.imbalance()).toBe(0);
};

describe("streams on the drawing", () => {
  const log = () =>
    draw()
      .producer("p", { rate: 10, limit: 50 })
      .queue("log", { queueType: "stream" })
      .consumer("live", { service: 10 })
      .consumer("late", { service: 10 })
      .publish("p", "log");

  it("are read by everybody and emptied by nobody; a message counts as processed when one has read it", () => {
    const run = createRun(log().consume("log", "live").consume("log", "late", { offset: "first" }).scenario());
    run.advance(seconds(10));
    expect(figures(run, "live").processed).toBe(50);
    expect(figures(run, "late").processed).toBe(50);
    expect(figures(run, "log").ready).toBe(50);
    expect(run.report().ledger).toMatchObject({ published: 50, processed: 50, inSystem: 0 });
    expect(run.report().ledger.copies.inSystem).toBe(50);
    balanced(run);
  });

  it("begin at the offset that the edge names", () => {
    const scenario = log().consume("log", "live").scenario();
    const run = createRun(scenario);
    run.advance(seconds(10));
    const withLate = log().consume("log", "live").consume("log", "late", { offset: "40" }).scenario();
    run.edit(withLate);
    run.advance(seconds(12));
    expect(figures(run, "late").processed).toBe(10);
    balanced(run);
  });

  it("drop whole segments by size and age; what nobody has read is discarded by retention", () => {
    const scenario = draw()
      .producer("p", { rate: 10, size: 1000 })
      .queue("log", { queueType: "stream", maxBytes: 10_000, segmentBytes: 5000 })
      .publish("p", "log")
      .scenario();
    const run = createRun(scenario);
    run.advance(seconds(10));
    expect(figures(run, "log").ready).toBeLessThanOrEqual(15);
    expect(run.report().ledger.discarded.retention).toBeGreaterThan(80);
    balanced(run);
  });

  it("close the channel of a consumer that would not acknowledge", () => {
    const run = createRun(
      draw()
        .producer("p")
        .queue("log", { queueType: "stream" })
        .consumer("c", { ack: "auto" })
        .publish("p", "log")
        .consume("log", "c")
        .scenario(),
    );
    run.advance(seconds(3));
    expect(events(run, "close")).toMatchObject([{ node: "c", value: 540 }]);
  });
});

describe("a broker that goes away", () => {
  const lanes = (operation: string, persistent = true, durable = true) =>
    createRun(
      draw()
        .node("broker", "b", { restart: 5000 })
        .producer("p", { rate: 10, persistent, limit: 100 })
        .node("queue", "q", { durable }, "b")
        .consumer("c", { service: 1 })
        .publish("p", "q")
        .at(5000, operation, "b")
        .scenario(),
    );

  it.each([
    ["broker.restart", true, true, 50],
    ["broker.restart", false, true, 0],
    ["broker.crash", true, true, 50],
  ])("%s: persistent %s, durable %s keeps %i", (operation, persistent, durable, kept) => {
    const run = lanes(operation, persistent, durable);
    run.advance(seconds(5.05));
    expect(run.badges().b).toContain("down");
    run.advance(seconds(9.99));
    expect(figures(run, "b").up).toBe(0);
    const lost = run.report().ledger.lost;
    run.advance(seconds(12));
    expect(run.badges().b).toBeUndefined();
    // 50 were there before the stop at 5 s; the other 50 found nobody to talk to.
    expect(run.report().ledger.lost.restart ?? 0).toBe(50 - kept);
    expect(lost["channel-closed"]).toBe(50);
    balanced(run);
  });

  it("takes a queue that is not durable with it; the consumer hears 404, and a client that declares brings it back", () => {
    const drawing = (declare: string) =>
      draw()
        .node("broker", "b", { restart: 2000 })
        .producer("p", { rate: 10 })
        .node("queue", "q", { durable: false }, "b")
        .consumer("c", { service: 1 })
        .publish("p", "q")
        .consume("q", "c", { declare })
        .at(5000, "broker.restart", "b")
        .scenario();
    const without = createRun(drawing("nothing"));
    without.advance(seconds(10));
    expect(without.badges().q).toContain("away");
    expect(events(without, "close").map((e) => [e.node, e.value])).toContainEqual(["c", 404]);
    expect(without.report().ledger.discarded.unroutable).toBeGreaterThan(0);
    balanced(without);
    const declaring = createRun(drawing("transient"));
    declaring.advance(seconds(10));
    expect(declaring.badges().q).toBeUndefined();
    const before = figures(declaring, "c").processed as number;
    declaring.advance(seconds(12));
    expect(figures(declaring, "c").processed).toBe(before + 20);
    balanced(declaring);
  });

  it("consumers connect again by themselves; confirmed messages are all there", () => {
    const run = createRun(
      draw()
        .node("broker", "b", { restart: 2000 })
        .producer("p", { rate: 10, waitFor: "confirm", timeout: 1000, retries: null, limit: 100 })
        .node("queue", "q", {}, "b")
        .consumer("c", { service: 10 })
        .publish("p", "q")
        .consume("q", "c")
        .at(5000, "broker.crash", "b")
        .scenario(),
    );
    run.advance(seconds(30));
    expect(run.report().ledger).toMatchObject({ published: 100, processed: 100, lost: {} });
    balanced(run);
  });
});

describe("what clients can ask for", () => {
  it("transactions: nothing is there before the commit, nothing of a rollback ever", () => {
    const drawing = (rollback: number) =>
      draw().producer("p", { rate: 10, transaction: 5, rollback }).queue("q").publish("p", "q").scenario();
    const run = createRun(drawing(0));
    run.advance(seconds(0.35));
    expect(figures(run, "q").ready).toBe(0);
    run.advance(seconds(0.45));
    expect(figures(run, "q").ready).toBe(5);
    expect(events(run, "commit")).toHaveLength(1);
    const back = createRun(drawing(1));
    back.advance(seconds(10));
    expect(figures(back, "q").ready).toBe(0);
    expect(back.report().ledger.discarded["rolled-back"]).toBe(100);
    balanced(back);
    const half = createRun(drawing(0.5));
    half.advance(seconds(100));
    const committed = figures(half, "q").ready as number;
    expect(committed % 5).toBe(0);
    expect(committed).toBeGreaterThan(350);
    expect(committed).toBeLessThan(650);
    balanced(half);
  });

  it("basic.get: one message at a time, as often as asked", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 20 })
        .queue("q")
        .consumer("c", { getEvery: 200, service: 50 })
        .publish("p", "q")
        .consume("q", "c")
        .scenario(),
    );
    run.advance(seconds(10));
    expect(figures(run, "c").processed).toBeGreaterThanOrEqual(49);
    expect(figures(run, "c").processed).toBeLessThanOrEqual(51);
    expect(figures(run, "q").consumers).toBe(0);
    balanced(run);
  });

  it("a prefetch for the whole channel holds over all its queues", () => {
    const held = (prefetchGlobal: boolean) => {
      const run = createRun(
        draw()
          .producer("p", { rate: 20 })
          .queue("a")
          .queue("b")
          .consumer("c", { prefetch: 3, prefetchGlobal, service: 100_000 })
          .publish("p", "a")
          .publish("p", "b")
          .consume("a", "c")
          .consume("b", "c")
          .scenario(),
      );
      run.advance(seconds(5));
      return (figures(run, "a").unacked as number) + (figures(run, "b").unacked as number);
    };
    expect(held(true)).toBe(3);
    expect(held(false)).toBe(6);
  });

  it("direct replies come back without a queue", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 5, waitFor: "reply", replyTo: "direct", limit: 20 })
        .queue("rpc")
        .service("s", { then: "reply", service: 50 })
        .publish("p", "rpc")
        .consume("rpc", "s")
        .scenario(),
    );
    run.advance(seconds(10));
    expect(figures(run, "p").confirm).toBe(20);
    expect(figures(run, "p").outbox).toBe(0);
    balanced(run);
  });

  it("a declaration that disagrees closes the channel with 406; one that agrees changes nothing", () => {
    const run = (declare: string, durable: boolean) => {
      const made = createRun(
        draw()
          .producer("p", { rate: 10 })
          .queue("hello", { durable })
          .consumer("c", { service: 1 })
          .publish("p", "hello", { declare })
          .consume("hello", "c", { declare: "durable" })
          .scenario(),
      );
      made.advance(seconds(2));
      balanced(made);
      return made;
    };
    const wrong = run("transient", true);
    expect(events(wrong, "close").map((e) => [e.node, e.value])).toContainEqual(["p", 406]);
    expect(figures(wrong, "c").processed).toBe(0);
    expect(figures(run("durable", true), "c").processed).toBe(20);
    expect(figures(run("passive", true), "c").processed).toBe(20);
  });

  it("cancel stops deliveries, a restart of the client subscribes again; recover gives back what is held", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 10 })
        .queue("q")
        .consumer("c", { service: 1, prefetch: 1 })
        .publish("p", "q")
        .consume("q", "c")
        .scenario(),
    );
    run.advance(seconds(2));
    expect(run.act("consumer.cancel", "c")).toBe(true);
    run.advance(seconds(4));
    expect(run.badges().c).toContain("not-assigned");
    expect(figures(run, "q").ready).toBeGreaterThanOrEqual(19);
    expect(run.act("consumer.restart", "c")).toBe(true);
    run.advance(seconds(6));
    expect(figures(run, "q").ready).toBeLessThan(3);
    balanced(run);
    const slow = createRun(
      draw()
        .producer("p", { limit: 1 })
        .queue("q")
        .consumer("c", { service: 10_000 })
        .publish("p", "q")
        .consume("q", "c")
        .scenario(),
    );
    slow.advance(seconds(5));
    expect(slow.act("consumer.recover", "c")).toBe(true);
    slow.advance(seconds(5.1));
    expect(figures(slow, "q").redeliver).toBe(1);
    slow.advance(seconds(20));
    expect(slow.report().ledger.processed).toBe(1);
  });

  it("strangers are not let in where users are listed, and are where none are", () => {
    const run = (users: unknown[]) => {
      const made = createRun(
        draw()
          .node("broker", "b", { users: users as never })
          .producer("p", { rate: 10, user: "stranger" })
          .producer("web", { rate: 10, user: "web" })
          .node("queue", "q", {}, "b")
          .consumer("c", { service: 1, user: "web" })
          .publish("p", "q")
          .publish("web", "q")
          .consume("q", "c")
          .scenario(),
      );
      made.advance(seconds(5));
      balanced(made);
      return made;
    };
    const guarded = run([{ name: "web", configure: ".*", write: ".*", read: ".*" }]);
    expect(figures(guarded, "c").processed).toBe(50);
    expect(guarded.badges().p).toContain("denied");
    expect(guarded.report().ledger.discarded.denied).toBe(51);
    expect(figures(run([]), "c").processed).toBe(100);
  });

  it("a queue named by the broker can be drawn to, read from and dead-lettered into", () => {
    const run = createRun(
      draw()
        .producer("p", { rate: 10, limit: 10 })
        .queue("work", { maxLength: 1 })
        .queue("own", { serverNamed: true, exclusive: true })
        .consumer("c", { service: 1 })
        .publish("p", "work")
        .deadLetter("work", "own")
        .consume("own", "c")
        .scenario(),
    );
    run.advance(seconds(5));
    expect(figures(run, "c").processed).toBe(9);
    balanced(run);
  });
});

describe("the version of a broker", () => {
  const poison = (version: string) =>
    draw()
      .node("broker", "b", { version })
      .producer("p", { limit: 1 })
      .node("queue", "q", { queueType: "quorum" }, "b")
      .consumer("c", { service: 10, failRate: 1 })
      .publish("p", "q")
      .consume("q", "c")
      .scenario();

  it("decides whether quorum queues limit deliveries by default, and can change in a running simulation", () => {
    const four = createRun(poison("4"));
    four.advance(seconds(5));
    expect(four.report().ledger.discarded["delivery-limit"]).toBe(1);
    const three = createRun(poison("3.10"));
    three.advance(seconds(5));
    expect(three.report().ledger.inSystem).toBe(1);
    three.edit(poison("4"));
    three.advance(seconds(6));
    // Another broker: what the old one held went with it.
    expect(three.report().ledger.discarded.deleted).toBe(1);
    three.act("producer.burst", "p", { count: 1 });
    three.advance(seconds(10));
    expect(three.report().ledger.discarded["delivery-limit"]).toBe(1);
    balanced(three);
  });
});

describe("keys that always fail", () => {
  it("are known by their own name, also one that a single producer fixes", () => {
    const run = (key: string) => {
      const made = createRun(
        draw()
          .producer("good", { limit: 5, key: { k: "fixed", name: "fine" } })
          .producer("bad", { limit: 5, key: { k: "fixed", name: "broken" } })
          .queue("q")
          .consumer("c", { service: 1, failKeys: [key], onFail: "reject" })
          .publish("good", "q")
          .publish("bad", "q")
          .consume("q", "c")
          .scenario(),
      );
      made.advance(seconds(10));
      return made.report().ledger.processed;
    };
    expect(run("broken")).toBe(5);
    expect(run("A")).toBe(10);
  });
});

describe("x-recent-history on the drawing", () => {
  it("gives its last messages to a later binding; what it keeps aside is neither in the system nor unroutable", () => {
    const drawing = () =>
      draw()
        .producer("p", { rate: 10, limit: 30 })
        .exchange("x", { type: "x-recent-history", historyLength: 5 })
        .queue("q")
        .queue("late")
        .consumer("c", { service: 1 })
        .publish("p", "x")
        .bind("x", "q")
        .consume("q", "c");
    const run = createRun(drawing().scenario());
    run.advance(seconds(10));
    expect(figures(run, "x")).toMatchObject({ in: 30, unroutable: 0 });
    expect(run.report().ledger).toMatchObject({ published: 30, processed: 30, inSystem: 0 });
    run.edit(drawing().bind("x", "late").scenario());
    run.advance(seconds(11));
    expect(figures(run, "late").ready).toBe(5);
    balanced(run);
  });
});

describe("links", () => {
  const drawing = (latency: unknown = 10) =>
    draw()
      .producer("p", { rate: 10 })
      .queue("q")
      .consumer("c", { service: 1 })
      .publish("p", "q", { latency } as never)
      .consume("q", "c")
      .scenario();
  const link = "p-q-0";

  it("can be cut, be lossy or slow, and be healed", () => {
    const run = createRun(drawing());
    run.advance(seconds(2));
    expect(run.act("edge.cut", link)).toBe(true);
    run.advance(seconds(4));
    expect(run.report().ledger.lost.link).toBe(20);
    expect(run.act("edge.heal", link)).toBe(true);
    run.advance(seconds(6));
    expect(run.report().ledger.lost.link).toBe(20);
    run.act("edge.loss", link, { share: 0.5 });
    run.advance(seconds(26));
    const lost = (run.report().ledger.lost.link as number) - 20;
    expect(lost).toBeGreaterThan(60);
    expect(lost).toBeLessThan(140);
    run.act("edge.heal", link);
    expect(run.act("edge.nonsense", link)).toBe(false);
    expect(events(run, "fault").map(({ value }) => value)).toEqual([1, 0, 2, 0]);
    balanced(run);
  });

  it.each([10, { d: "uniform", min: 5, max: 15 }])("take longer by as much as is asked: %j", (latency) => {
    const run = createRun(drawing(latency));
    run.act("edge.slow", link, { ms: 500 });
    run.advance(seconds(10));
    expect(run.report().nodes.c?.["e2e.mean"]).toBeGreaterThan(505);
    expect(run.report().nodes.c?.["e2e.mean"]).toBeLessThan(520);
  });

  it("a script cuts and heals by itself", () => {
    const scenario = { ...drawing(), timeline: [{ t: 1000, do: "edge.cut", target: link, undoAt: 2000 }] };
    const run = createRun(scenario);
    run.advance(seconds(5));
    expect(run.report().ledger.lost.link).toBe(10);
  });
});
