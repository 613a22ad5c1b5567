import { describe, expect, it } from "vitest";
import { seconds } from "../kernel/time.ts";
import { OPERATIONS, operationsFor } from "../scenario/operations.ts";
import type { Settings } from "../scenario/types.ts";
import { draw } from "../testing/build.ts";
import { createRun, type Run } from "./run.ts";

const lane = (consumer: Settings = {}, queue: Settings = {}, latency = 10) =>
  draw()
    .producer("p", { rate: 10 })
    .queue("q", queue)
    .consumer("c", { service: 50, prefetch: 1, ...consumer })
    .publish("p", "q", { latency })
    .consume("q", "c", { latency: 0 })
    .scenario();

const LINK = "p-q-0";

/** A cluster of three with one queue; the broker is back after 5 s, a leader found after 1 s. */
function cluster(queue: Settings, producer: Settings = {}) {
  const scenario = lane({}, queue, 5);
  scenario.nodes.push({
    id: "b",
    kind: "broker",
    name: "b",
    x: 0,
    y: 0,
    w: 20,
    h: 20,
    settings: { nodes: 3, election: 1000, restart: 5000 },
  });
  const [p, q] = scenario.nodes;
  if (q) q.parent = "b";
  if (p) p.settings = { ...p.settings, ...producer };
  return createRun(scenario);
}

const figures = (run: Run, node: string) => run.report().nodes[node] as Record<string, number>;
const lossesOf = (run: Run) => Object.values(run.report().ledger.lost).reduce((sum, n) => sum + n, 0);

describe("operations", () => {
  it("refuse what has no meaning for a part, and what nobody knows", () => {
    const run = createRun(lane());
    expect(run.act("consumer.kill", "p")).toBe(false);
    expect(run.act("node.crash", "q")).toBe(false);
    expect(run.act("make.tea", "c")).toBe(false);
    expect(run.act("network.partition", "system", { nodes: [] })).toBe(false);
  });

  it("are each performed on some part that they are offered for", () => {
    const run = cluster({ queueType: "quorum" }, { waitFor: "confirm" });
    run.advance(seconds(1));
    const { document } = run.state.topology;
    const users = ["broker.grant", "broker.revoke", "broker.expire", "broker.renew"];
    const idle = new Set(["queue.resume", "queue.create", "node.start", "edge.untap", ...users]);
    const elsewhere = ["topic", "group", "deadLetters", "rocketBrokers", "redisServer", "kafkaCluster", "machines"];
    for (const spec of OPERATIONS.filter(({ on }) => !on.every((role) => elsewhere.includes(role)))) {
      const target = ["system", LINK, "b", "c", "p", "q"].find((id) =>
        operationsFor(document as never, id).includes(spec),
      );
      expect(target, spec.id).toBeDefined();
      const args = spec.id === "network.partition" ? { nodes: ["p"] } : {};
      // Those have nothing to take back here; they are tested below.
      if (!idle.has(spec.id)) expect(cluster({ queueType: "quorum" }).act(spec.id, target as string, args)).toBe(true);
    }
  });

  it("hold deliveries back and let them go on", () => {
    const run = createRun(lane());
    run.advance(seconds(2));
    run.act("queue.pause", "q");
    expect(run.badges().q).toEqual(["paused"]);
    run.advance(seconds(4));
    expect(figures(run, "q").ready).toBe(20);
    run.act("consumer.kill", "c");
    run.act("consumer.restart", "c");
    run.advance(seconds(5));
    expect(figures(run, "q").ready).toBe(30);
    expect(run.act("queue.resume", "q")).toBe(true);
    run.advance(seconds(12));
    expect(figures(run, "q").ready).toBe(0);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("put other settings of a client in place of the drawn ones, also over an edit, and take them back", () => {
    const scenario = lane({ service: 400 });
    const run = createRun(scenario);
    run.act("consumer.scale", "c", { instances: 4 });
    run.advance(seconds(10));
    expect(figures(run, "q").ready).toBeLessThan(3);
    const edited = structuredClone(scenario);
    const worker = edited.nodes.find(({ id }) => id === "c");
    if (worker) worker.settings = { ...worker.settings, prefetch: 2 };
    run.edit(edited);
    expect(run.state.consumers.nodes[0]?.instances).toHaveLength(4);
    run.operations.perform("consumer.scale", "c", {}, true);
    expect(run.state.consumers.nodes[0]?.instances).toHaveLength(1);
    const count = (by: number) => [
      run.act("consumer.scale", "c", { by }),
      run.state.consumers.nodes[0]?.instances.length,
      (run.badges().c ?? []).find((badge) => badge.startsWith("scaled")),
    ];
    expect(count(-1)).toEqual([false, 1, undefined]);
    expect(count(1)).toEqual([true, 2, "scaled"]);
    expect(count(1)).toEqual([true, 3, "scaled"]);
    expect(count(48)).toEqual([false, 3, "scaled"]);
    expect(count(-1)).toEqual([true, 2, "scaled"]);
    expect(count(-1)).toEqual([true, 1, undefined]);
    // Taken back: as many as there were before, which need not be as many as are drawn.
    run.act("consumer.scale", "c", { instances: 4 });
    for (const undo of [false, true]) run.operations.perform("consumer.scale", "c", { by: 2 }, undo);
    expect(run.state.consumers.nodes[0]?.instances).toHaveLength(4);
    run.act("consumer.scale", "c", { instances: 5 });
    run.act("consumer.scale", "c", { instances: null });
    expect(run.state.consumers.nodes[0]?.instances).toHaveLength(1);
    run.act("consumer.fail", "c", { share: 1 });
    expect(run.badges().c).toContain("faulty");
    const before = figures(run, "c").errors as number;
    run.advance(seconds(20));
    expect(figures(run, "c").errors).toBeGreaterThan(before + 15);
    run.act("consumer.fail", "c", { share: 0 });
    expect(run.badges().c ?? []).not.toContain("faulty");
  });

  it("publish what a person wrote, and delete a queue until it is declared again", () => {
    const scenario = draw()
      .producer("p", { rate: 0 })
      .exchange("x", { type: "topic" })
      .queue("q")
      .consumer("c", { service: 1 })
      .publish("p", "x")
      .bind("x", "q", { key: "order.#" })
      .scenario();
    const run = createRun(scenario);
    run.act("producer.publish", "p", { count: 3, routingKey: "order.new", priority: 4, headers: { vip: true } });
    run.act("producer.publish", "p", { routingKey: "mail" });
    run.advance(seconds(1));
    expect(figures(run, "q").ready).toBe(3);
    expect(run.report().ledger.discarded).toEqual({ unroutable: 1 });
    const kind = run.core.store.kindOf(run.core.store.id.indexOf(1));
    expect([kind.routingKey, kind.priority, kind.headers]).toEqual(["order.new", 4, { vip: true }]);
    run.act("queue.delete", "q");
    expect(run.badges().q).toEqual(["away"]);
    expect(run.report().ledger.discarded).toEqual({ unroutable: 1, deleted: 3 });
    run.act("producer.publish", "p", { routingKey: "order.new" });
    run.operations.perform("queue.delete", "q", {}, true);
    run.act("producer.publish", "p", { routingKey: "order.new" });
    run.advance(seconds(2));
    expect(run.badges().q).toBeUndefined();
    expect(figures(run, "q").ready).toBe(1);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("slow the disk down: a confirm takes as many times as long", () => {
    const scenario = lane({}, {}, 0);
    const [p] = scenario.nodes;
    if (p) p.settings = { rate: 2, waitFor: "confirm" };
    scenario.nodes.push({ id: "b", kind: "broker", name: "b", x: 0, y: 0, w: 9, h: 9, settings: { fsync: 5 } });
    const q = scenario.nodes.find(({ id }) => id === "q");
    if (q) q.parent = "b";
    const run = createRun(scenario);
    run.advance(seconds(10));
    expect(figures(run, "p")["response.mean"]).toBeCloseTo(5);
    run.act("broker.disk", "b", { factor: 20 });
    expect(run.badges().b).toEqual(["slow-disk"]);
    // A write that had begun is as long as it was.
    run.advance(seconds(11));
    run.resetStatistics();
    run.advance(seconds(20));
    expect(figures(run, "p")["response.mean"]).toBeCloseTo(100);
  });

  it("take a user's permissions and give them back", () => {
    const scenario = lane();
    const user = { name: "web", configure: ".*", write: ".*", read: ".*" };
    scenario.nodes.push({
      id: "b",
      kind: "broker",
      name: "b",
      x: 0,
      y: 0,
      w: 9,
      h: 9,
      settings: { users: [user, { ...user, name: "guest" }] },
    });
    const q = scenario.nodes.find(({ id }) => id === "q");
    if (q) q.parent = "b";
    const [p] = scenario.nodes;
    if (p) p.settings = { rate: 10, user: "web" };
    const run = createRun(scenario);
    run.advance(seconds(1));
    expect(run.act("broker.revoke", "b", { user: "nobody" })).toBe(false);
    run.act("broker.revoke", "b", { user: "web" });
    run.advance(seconds(3));
    const denied = figures(run, "p").denied as number;
    expect(denied).toBeGreaterThan(10);
    run.act("broker.grant", "b", { user: "web" });
    run.advance(seconds(5));
    expect(figures(run, "p").denied).toBeLessThanOrEqual(denied + 1);
  });
});

describe("links", () => {
  it("have several troubles at once, and lose each by itself", () => {
    const run = createRun(lane());
    run.act("edge.slow", LINK, { ms: 100 });
    run.act("edge.bandwidth", LINK, { bytes: 20_000 });
    run.act("edge.cut", LINK);
    expect(run.badges()[LINK]).toEqual(["cut", "delayed", "narrow"]);
    run.operations.perform("edge.cut", LINK, {}, true);
    run.advance(seconds(5));
    // 1000 B over 20 kB/s, 10 ms as drawn and 100 ms more.
    expect(run.report().system).toBeDefined();
    const values = run.read(true);
    const { edges } = run.layout();
    const at = edges.find(({ id }) => id === LINK) as { offset: number; metrics: string[] };
    expect((values[at.offset + at.metrics.indexOf("transfer.mean")] as number) / 1000).toBeCloseTo(160);
    run.act("edge.heal", LINK);
    expect(run.badges()[LINK]).toBeUndefined();
  });

  it("keep their troubles when the drawing changes", () => {
    const scenario = lane();
    const run = createRun(scenario);
    run.act("edge.cut", LINK);
    const edited = structuredClone(scenario);
    const edge = edited.edges.find(({ id }) => id === LINK);
    if (edge) edge.settings = { latency: 20 };
    run.edit(edited);
    run.advance(seconds(2));
    // From 0 to 2 s, both included.
    expect(lossesOf(run)).toBe(21);
  });

  it("are cut between the nodes that a partition sets apart and the rest, until it heals", () => {
    const scenario = lane();
    scenario.timeline = [{ t: 2000, do: "network.partition", target: "system", args: { nodes: ["p"] }, undoAt: 4000 }];
    const run = createRun(scenario);
    run.advance(seconds(3));
    expect(run.badges()[LINK]).toEqual(["cut"]);
    expect(run.badges()["q-c-1"]).toBeUndefined();
    run.advance(seconds(6));
    expect(lossesOf(run)).toBe(20);
    expect(run.badges()[LINK]).toBeUndefined();
    run.act("network.partition", "system", { nodes: ["q", "c"] });
    expect(run.badges()[LINK]).toEqual(["cut"]);
    run.act("network.heal", "system");
    expect(run.badges()[LINK]).toBeUndefined();
  });
});

describe("nodes of a cluster", () => {
  it("lose a leader: a pause, a new leader, and all that was confirmed is still there", () => {
    const run = cluster({ queueType: "quorum" }, { waitFor: "confirm", timeout: 2000, retries: 10 });
    run.advance(seconds(10));
    const before = figures(run, "q").publish as number;
    expect(run.act("queue.leaderCrash", "q")).toBe(true);
    expect(run.badges().q).toEqual(["no-leader"]);
    expect(run.badges().b).toEqual(["down-1"]);
    run.advance(seconds(10.9));
    expect(figures(run, "q").publish).toBe(before);
    run.advance(seconds(12));
    expect(run.badges().q).toEqual(["leader-2"]);
    expect(figures(run, "q").publish).toBeGreaterThan(before + 5);
    run.advance(seconds(15.1));
    expect(run.badges().b).toBeUndefined();
    run.advance(seconds(30));
    const { ledger } = run.report();
    // What was lost had not been confirmed: each was tried again, and came.
    expect(figures(run, "p").failed).toBe(0);
    expect(ledger.processed + ledger.inSystem).toBe(ledger.published);
  });

  it("take a classic queue with them until they are back, and its consumer finds it again", () => {
    const run = cluster({});
    run.advance(seconds(5));
    run.act("node.crash", "b", { node: 1 });
    run.advance(seconds(9.9));
    expect(run.badges().q).toEqual(["no-leader"]);
    const processed = figures(run, "c").processed as number;
    run.advance(seconds(14));
    expect(run.badges().q).toEqual(["home-1"]);
    expect(figures(run, "c").processed).toBeGreaterThan(processed + 20);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("without a majority take nothing, and go on when it is back", () => {
    const run = cluster({ queueType: "quorum" }, { waitFor: "confirm", timeout: 60_000 });
    run.advance(seconds(5));
    run.act("node.stop", "b", { node: 2 });
    run.act("node.stop", "b", { node: 3 });
    run.advance(seconds(8));
    expect(run.badges().q).toEqual(["no-leader"]);
    const confirmed = figures(run, "p").confirm as number;
    run.advance(seconds(20));
    expect(figures(run, "p").confirm).toBe(confirmed);
    run.act("node.start", "b", { node: 2 });
    run.advance(seconds(30));
    expect(figures(run, "p").confirm).toBeGreaterThan(confirmed + 200);
  });

  it("go on after a snapshot as the straight run does", () => {
    const straight = cluster({ queueType: "quorum" }, { waitFor: "confirm" });
    straight.act("consumer.slow", "c", { factor: 0.5 });
    straight.act("edge.loss", LINK, { share: 0.2 });
    straight.advance(seconds(3));
    straight.act("queue.leaderCrash", "q");
    straight.advance(seconds(3.5));
    const kept = straight.capture();
    straight.advance(seconds(12));
    const hash = straight.hash();
    straight.act("node.crash", "b", { node: 2 });
    straight.restore(kept);
    expect(straight.badges().c).toContain("slowed");
    expect(straight.badges()[LINK]).toEqual(["lossy"]);
    straight.advance(seconds(12));
    expect(straight.hash()).toBe(hash);
  });
});
