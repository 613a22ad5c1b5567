import { describe, expect, it } from "vitest";
import { compileDist } from "../../kernel/distributions.ts";
import { RabbitRig } from "../../testing/rabbit-rig.ts";
import { extrasOf } from "./extras.ts";

const rig = (version: "3.10" | "4" = "4", nodes = 1): RabbitRig => new RabbitRig({ version, nodes });

describe("routing", () => {
  it("sends the original to the last queue and a copy to each of the others, with the bindings passed", () => {
    const sim = rig().queue("q1").queue("q2").exchange("t", "topic").exchange("f", "fanout");
    sim.bind("q1", "t", "a.*").bindExchange("f", "t", "#").bind("q2", "f");
    sim.isSlow = true;
    sim.publish("a.b", ["m1"], { exchange: "t" });
    const [first, second] = sim.underWay;
    expect(sim.underWay.map(({ path }) => path)).toEqual([[0], [1, 2]]);
    expect(second?.copy).toBe(0);
    expect(first?.copy).not.toBe(0);
    sim.arrive();
    expect([sim.ready("q1"), sim.ready("q2")]).toEqual([["m1"], ["m1"]]);
  });

  it("marks the way over an alternate exchange in the path", () => {
    const sim = rig().queue("q").exchange("ae", "fanout").exchange("d", "direct", { "alternate-exchange": "ae" });
    sim.bind("q", "ae");
    sim.isSlow = true;
    sim.publish("x", ["m1"], { exchange: "d" });
    const { model } = sim;
    const [alternate, binding] = sim.underWay[0]?.path ?? [];
    expect(model.bindingSource(alternate as number)).toBe(model.exchangeId("d"));
    expect(model.bindingSource(binding as number)).toBe(model.exchangeId("ae"));
    sim.arrive();
  });

  it("forgets cached routes when the graph changes", () => {
    const sim = rig().queue("q").exchange("d", "direct");
    sim.publish("k", ["m1"], { exchange: "d" }).bind("q", "d", "k").publish("k", ["m2"], { exchange: "d" });
    sim.do((m, meta, out) => m.unbindQueue(sim.channel, "q", "d", "k", {}, meta, out));
    sim.publish("k", ["m3"], { exchange: "d" });
    expect(sim.ready("q")).toEqual(["m2"]);
    expect(sim.take().filter((effect) => effect.includes("unroutable"))).toHaveLength(2);
  });

  it("picks by chance anew for each message, and by hash always alike", () => {
    const sim = rig().exchange("r", "x-random").exchange("h", "x-consistent-hash");
    for (const name of ["q1", "q2", "q3"]) sim.queue(name).bind(name, "r").bind(name, "h", "5");
    const spread = (exchange: string) => {
      const before = ["q1", "q2", "q3"].map((name) => sim.ready(name).length);
      for (let i = 0; i < 60; i++) sim.publish("k", [`${exchange}${i}`], { exchange });
      return ["q1", "q2", "q3"].map((name, i) => sim.ready(name).length - (before[i] as number));
    };
    expect(spread("r").every((count) => count > 5)).toBe(true);
    expect(spread("h").sort((a, b) => a - b)).toEqual([0, 0, 60]);
  });

  it("gives a newly bound queue the recent history, and discards what falls out of it", () => {
    const sim = rig().queue("q").exchange("r", "x-recent-history", { "x-recent-history-length": 2 });
    sim.publish("k", ["m1", "m2", "m3"], { exchange: "r" });
    expect(sim.take().filter((effect) => effect.endsWith("retention"))).toEqual(["discard - m1 retention"]);
    expect(sim.bind("q", "r").ready("q")).toEqual(["m2", "m3"]);
    sim.do((m, meta, out) => m.deleteExchange(sim.channel, "r", {}, meta, out));
    expect(sim.take()).toContain("discard - m2 deleted");
  });

  it("drops an unroutable message and returns a mandatory one, confirming both", () => {
    const sim = rig();
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.publish("nowhere", ["m1"]).publish("nowhere", ["m2"], { mandatory: true });
    expect(sim.take()).toEqual([
      "discard - m1 unroutable",
      "confirm 1",
      "return m2 312",
      "discard - m2 returned",
      "confirm 2",
    ]);
  });
});

describe("confirms", () => {
  it("come when the last copy is in its queue, as nack when one was refused", () => {
    const sim = rig().queue("q1").queue("q2", { "x-max-length": 1, "x-overflow": "reject-publish" });
    sim.exchange("f", "fanout").bind("q1", "f").bind("q2", "f");
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.isSlow = true;
    sim.publish("", ["m1", "m2"], { exchange: "f" });
    expect(sim.take()).toEqual([]);
    sim.arrive();
    expect(sim.take()).toEqual([
      "enqueue q1 m1",
      "enqueue q2 m1",
      "confirm 1",
      "enqueue q1 m2",
      "discard q2 m2 refused",
      "refuse 2",
    ]);
  });

  it("of persistent messages in durable queues wait for the disk; one write covers what came before it began", () => {
    const sim = rig().queue("q", {}, { durable: true });
    sim.model.setDisk(diskOf(10));
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.publish("q", ["m1"]).until(4).publish("q", ["m2", "m3"]).publish("q", ["t"], { persistent: false });
    expect(sim.take().filter((effect) => effect.startsWith("confirm"))).toEqual(["confirm 4"]);
    sim.until(10);
    expect(sim.take()).toEqual(["confirm 1"]);
    sim.until(20);
    expect(sim.take()).toEqual(["confirm 2", "confirm 3"]);
  });

  it("make the difference when the broker dies: what was not on disk is lost", () => {
    const sim = rig().queue("q", {}, { durable: true });
    sim.model.setDisk(diskOf(10));
    sim.publish("q", ["m1"]).until(12).publish("q", ["m2"]).publish("q", ["t"], { persistent: false });
    sim.do((m, meta, out) => m.restart(true, meta, out));
    expect(sim.take().filter((effect) => effect.startsWith("lose"))).toEqual(["lose q m2 restart", "lose q t restart"]);
    expect(sim.ready("q")).toEqual(["m1"]);
  });
});

const diskOf = (ms: number) => compileDist({ d: "constant", value: ms }, 1000);

describe("delivery", () => {
  it("hands a crashed consumer’s unacked messages to the next one, in the old order, marked redelivered", () => {
    const sim = rig().queue("orders").publish("orders", ["m1", "m2", "m3"]);
    const a = sim.openConnection();
    sim.consume("orders", "a", { prefetch: 2, channel: sim.openChannel(a) });
    sim.do((m, meta, out) => m.closeConnection(a, true, meta, out));
    sim.consume("orders", "b", { prefetch: 10 });
    expect(sim.delivered("b").map(({ id, redelivered }) => [id, redelivered])).toEqual([
      ["m1", true],
      ["m2", true],
      ["m3", false],
    ]);
  });

  it("does not pass messages between the channels of a connection that closes", () => {
    const sim = rig().queue("q").publish("q", ["m1", "m2"]);
    const client = sim.openConnection();
    sim.consume("q", "a", { prefetch: 1, channel: sim.openChannel(client) });
    sim.consume("q", "b", { prefetch: 1, channel: sim.openChannel(client) });
    sim.do((m, meta, out) => m.closeConnection(client, true, meta, out));
    expect([sim.got("a"), sim.got("b"), sim.ready("q")]).toEqual([["m1"], ["m2"], ["m1", "m2"]]);
  });

  it("lets a classic queue’s consumer keep its place in the row until it is found without credit", () => {
    const sim = rig().queue("q");
    for (const name of ["a", "b", "c"])
      sim.consume("q", name, { prefetch: name === "a" ? 1 : 0, channel: sim.openChannel() });
    sim.publish("q", ["m1", "m2"]);
    sim.ack(1, false, 1);
    sim.publish("q", ["m3", "m4"]);
    expect([sim.got("a"), sim.got("b"), sim.got("c")]).toEqual([["m1", "m4"], ["m2"], ["m3"]]);
  });

  it("takes a quorum queue’s consumer out of the row with its last credit", () => {
    const sim = rig().queue("q", { "x-queue-type": "quorum" });
    for (const name of ["a", "b", "c"])
      sim.consume("q", name, { prefetch: name === "a" ? 1 : 5, channel: sim.openChannel() });
    sim.publish("q", ["m1", "m2"]);
    sim.ack(1, false, 1);
    sim.publish("q", ["m3", "m4"]);
    expect([sim.got("a"), sim.got("b"), sim.got("c")]).toEqual([["m1"], ["m2", "m4"], ["m3"]]);
  });

  it("goes by x-priority first and in turns among equals", () => {
    const sim = rig().queue("q");
    const take = (name: string, priority: number) =>
      sim.consume("q", name, { channel: sim.openChannel(), prefetch: 2, arguments: { "x-priority": priority } });
    take("low", 0);
    take("high-1", 5);
    take("high-2", 5);
    sim.publish("q", ["m1", "m2", "m3", "m4", "m5"]);
    expect([sim.got("high-1"), sim.got("high-2"), sim.got("low")]).toEqual([["m1", "m3"], ["m2", "m4"], ["m5"]]);
  });

  it("gives everything to the single active consumer; from 4.0 a higher one takes over when the old one has settled", () => {
    const sim = rig().queue("q", { "x-queue-type": "quorum", "x-single-active-consumer": true });
    sim.consume("q", "a").publish("q", ["m1"]);
    sim.consume("q", "b", { channel: sim.openChannel(), arguments: { "x-priority": 1 } }).publish("q", ["m2"]);
    expect([sim.got("a"), sim.got("b")]).toEqual([["m1"], []]);
    sim.ack(1);
    expect([sim.got("a"), sim.got("b")]).toEqual([["m1"], ["m2"]]);
  });

  it("closes a channel that leaves a delivery unanswered for the consumer timeout", () => {
    const sim = rig().queue("q", { "x-consumer-timeout": 60_000 }).consume("q", "a").publish("q", ["m1", "m2"]);
    sim.ack(2).until(59_000);
    expect(sim.take().filter((effect) => effect.startsWith("close"))).toEqual([]);
    sim.until(64_000);
    expect(sim.take()).toEqual(["requeue q m1", "close channel own 406"]);
  });

  it("answers that need two queues are dealt with queue by queue, consumer by consumer", () => {
    const sim = rig().queue("dlq").queue("q", { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dlq" });
    sim.consume("q", "a").consume("q", "b").publish("q", ["m1", "m2", "m3", "m4"]);
    sim.nack(4, false, true);
    expect(sim.ready("dlq")).toEqual(["m1", "m3", "m2", "m4"]);
  });
});

describe("limits and time", () => {
  it("drops from the head what exceeds a limit, at once also when the limit changes", () => {
    const sim = rig().queue("q").publish("q", ["m1", "m2", "m3", "m4"]);
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("q"), { "x-max-length": 2 }, meta, out));
    expect(sim.take().slice(-2)).toEqual(["discard q m1 maxlen", "discard q m2 maxlen"]);
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("q"), {}, meta, out));
    expect(sim.publish("q", ["m5"]).ready("q")).toEqual(["m3", "m4", "m5"]);
  });

  it("deals messages into priorities when they are switched on", () => {
    const sim = rig().queue("q").publish("q", ["m1"], { priority: 1 }).publish("q", ["m2"], { priority: 3 });
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("q"), { "x-max-priority": 3 }, meta, out));
    expect(sim.ready("q")).toEqual(["m2", "m1"]);
  });

  it("expires at the head only, with one timer for the queue", () => {
    const sim = rig().queue("q").publish("q", ["m1"], { expirationMs: 100 }).publish("q", ["m2"], { expirationMs: 10 });
    sim.until(50);
    expect(sim.ready("q")).toEqual(["m1", "m2"]);
    sim.take();
    sim.until(100);
    expect(sim.take()).toEqual(["discard q m1 expired", "discard q m2 expired"]);
  });

  it("deletes an unused queue after x-expires, saying what went with it", () => {
    const sim = rig().queue("q", { "x-expires": 500 }).publish("q", ["m1"]).until(400).get("q", true);
    sim.publish("q", ["m2"]).until(800);
    expect(sim.model.queueId("q")).toBeGreaterThanOrEqual(0);
    sim.take();
    sim.until(900);
    expect(sim.take()).toEqual(["discard  m2 deleted", "gone expires"]);
  });

  it("ends a dead letter that would go round for ever without anybody’s doing", () => {
    const sim = rig("3.10");
    const to = (next: string) => ({
      "x-dead-letter-exchange": "",
      "x-dead-letter-routing-key": next,
      "x-message-ttl": 10,
    });
    sim.queue("q1", to("q2")).queue("q2", to("q1")).publish("q1", ["m1"]).get("q1");
    // One old rejection keeps the recorded broker from seeing the cycle (rabbitmq/dlx/rejected-long-ago).
    sim.nack(1, false).until(600);
    expect(sim.take().filter((effect) => effect.startsWith("discard"))).toEqual([]);
    sim.until(700);
    expect(sim.take().at(-1)).toBe("discard q2 m1 hop-limit");
  });
});

describe("dead letters", () => {
  const chain = (version: "3.10" | "4") => {
    const sim = rig(version).queue("q4");
    for (const i of [1, 2, 3])
      sim.queue(`q${i}`, { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": `q${i + 1}` });
    sim.publish("q1", ["m1"]);
    for (const tag of [1, 2, 3]) sim.get(`q${tag}`).nack(tag, false);
    return sim;
  };
  const deathsIn = (sim: RabbitRig, queue: string): string[] => {
    let names: string[] = [];
    sim.model.forEachReady(sim.model.queueId(queue), (copy) => {
      names = (extrasOf(sim.store, copy)?.deaths ?? []).map((death) => death.queue);
    });
    return names;
  };

  it("carry the newest death first; 3.10 turns the others round each time, 4.x does not", () => {
    expect(deathsIn(chain("3.10"), "q4")).toEqual(["q3", "q1", "q2"]);
    expect(deathsIn(chain("4"), "q4")).toEqual(["q3", "q2", "q1"]);
  });

  it("believe a history that the client sent along in 3.10 only", () => {
    const headers = {
      "x-death": [{ queue: "dlq", reason: "expired", count: 1, exchange: "", "routing-keys": ["dlq"] }],
    };
    const publishDead = (version: "3.10" | "4") =>
      rig(version)
        .queue("dlq")
        .queue("q", { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dlq", "x-message-ttl": 0 })
        .publish("q", ["m1"], { headers });
    expect(publishDead("3.10").take().at(-1)).toBe("discard q m1 dead-letter-cycle");
    expect(publishDead("4").ready("dlq")).toEqual(["m1"]);
  });

  it("at least once stay with their queue until there is a way, counted by its limit", () => {
    const sim = rig().queue("q", {
      "x-queue-type": "quorum",
      "x-dead-letter-exchange": "dx",
      "x-dead-letter-strategy": "at-least-once",
      "x-overflow": "reject-publish",
    });
    sim.publish("q", ["m1"]).get("q").nack(1, false);
    expect([sim.ready("q"), sim.model.heldBack(sim.model.queueId("q"))]).toEqual([[], 1]);
    sim.queue("dlq").exchange("dx", "fanout").bind("dlq", "dx").until(179_000);
    expect(sim.ready("dlq")).toEqual([]);
    expect(sim.until(181_000).ready("dlq")).toEqual(["m1"]);
  });

  it("at least once come back from a target that refuses them", () => {
    const sim = rig().queue("full", { "x-max-length": 0, "x-overflow": "reject-publish" });
    sim.queue("q", {
      "x-queue-type": "quorum",
      "x-dead-letter-exchange": "",
      "x-dead-letter-routing-key": "full",
      "x-dead-letter-strategy": "at-least-once",
      "x-overflow": "reject-publish",
    });
    sim.publish("q", ["m1"]).get("q").nack(1, false);
    expect(sim.model.heldBack(sim.model.queueId("q"))).toBe(1);
    sim.do((m, meta, out) => m.setQueueArguments(m.queueId("full"), {}, meta, out));
    expect(sim.until(200_000).ready("full")).toEqual(["m1"]);
  });
});

describe("quorum queues", () => {
  const quorum = { "x-queue-type": "quorum" };

  it("give a message up after 20 returns in 4.x, never in 3.10 unless asked to", () => {
    const returned = (version: "3.10" | "4") => {
      const sim = rig(version).queue("q", quorum).publish("q", ["m1"]);
      for (let tag = 1; tag <= 21; tag++) sim.get("q").nack(tag, true);
      return sim;
    };
    expect(returned("4").take().at(-1)).toBe("discard q m1 delivery-limit");
    expect(returned("3.10").ready("q")).toEqual(["m1"]);
    const off = rig("4")
      .queue("q", { ...quorum, "x-delivery-limit": -1 })
      .publish("q", ["m1"]);
    for (let tag = 1; tag <= 30; tag++) off.get("q").nack(tag, true);
    expect(off.ready("q")).toEqual(["m1"]);
  });

  it("put returned messages in front with a limit, at the tail without", () => {
    const returned = (version: "3.10" | "4") =>
      rig(version).queue("q", quorum).publish("q", ["m1", "m2", "m3"]).get("q").get("q").nack(1, true).ready("q");
    expect(returned("4")).toEqual(["m1", "m3"]);
    expect(returned("3.10")).toEqual(["m3", "m1"]);
  });

  it("deal two high messages for one normal in 4.x, and ignore priorities in 3.10", () => {
    const dealt = (version: "3.10" | "4") => {
      const sim = rig(version).queue("q", quorum);
      for (const i of [1, 2, 3]) sim.publish("q", [`n${i}`], { priority: 4 });
      for (const i of [1, 2, 3]) sim.publish("q", [`h${i}`], { priority: 5 });
      const before = sim.ready("q");
      sim.consume("q", "a");
      expect(sim.got("a")).toEqual(before);
      return before;
    };
    expect(dealt("4")).toEqual(["h1", "h2", "n1", "h3", "n2", "n3"]);
    expect(dealt("3.10")).toEqual(["n1", "n2", "n3", "h1", "h2", "h3"]);
  });

  it("refuse publishes once the limit was exceeded, and take them again at 80 % of it", () => {
    const sim = rig().queue("q", { ...quorum, "x-max-length": 5, "x-overflow": "reject-publish" });
    sim.publish("q", ["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
    expect(sim.ready("q")).toHaveLength(6);
    sim.get("q", true).publish("q", ["m8"]);
    expect(sim.ready("q")).toHaveLength(5);
    sim.get("q", true).publish("q", ["m9"]);
    expect(sim.ready("q")).toEqual(["m3", "m4", "m5", "m6", "m9"]);
  });

  it("write nothing without a majority, and everything when it is back", () => {
    const sim = rig("4", 3).queue("q", quorum);
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    for (const node of [1, 2]) sim.do((m, meta, out) => m.stopNode(node, true, meta, out));
    sim.publish("q", ["m1"]).consume("q", "late");
    expect(sim.take()).toEqual(["close connection 541"]);
    sim.do((m, meta, out) => m.startNode(1, meta, out));
    expect(sim.take()).toEqual(["enqueue q m1"]);
  });

  it("take the set time for an election, in which publishes wait", () => {
    const sim = new RabbitRig({ version: "4", nodes: 3, electionTime: 1_000_000 });
    const elsewhere = sim.do((m, meta, out) => m.openConnection("guest", meta, out, { node: 1 }));
    const channel = sim.openChannel(elsewhere);
    sim.queue("q", quorum).do((m, meta, out) => m.stopNode(0, true, meta, out));
    sim.publish("q", ["m1"], {}, channel).until(999);
    expect(sim.ready("q")).toEqual([]);
    expect(sim.until(1000).ready("q")).toEqual(["m1"]);
    expect(sim.model.queueNode(sim.model.queueId("q"))).toBe(1);
  });
});

describe("streams", () => {
  const stream = { "x-queue-type": "stream", "x-stream-max-segment-size-bytes": 100, "x-max-length-bytes": 150 };

  it("give each reader a copy, and drop whole segments when they grow too large", () => {
    const sim = rig().queue("s", stream);
    sim.publish("s", ["m1", "m2", "m3", "m4"], { size: 50 });
    sim.consume("s", "a", { prefetch: 1, arguments: { "x-stream-offset": "first" } });
    expect(sim.got("a")).toEqual(["m1"]);
    sim.take();
    sim.publish("s", ["m5"], { size: 50 });
    expect(sim.take()).toEqual(["enqueue s m5", "discard s m1 retention", "discard s m2 retention"]);
    expect(sim.ack(1).got("a")).toEqual(["m1", "m3"]);
    expect(sim.ready("s")).toEqual(["m3", "m4", "m5"]);
  });

  it("begin with what one command wrote together when asked for the last", () => {
    const sim = rig().queue("s", { "x-queue-type": "stream" }).publish("s", ["m1"]);
    sim.do((m, meta, out) => m.txSelect(sim.channel, meta, out));
    sim.publish("s", ["m2", "m3"]).do((m, meta, out) => m.txCommit(sim.channel, meta, out));
    sim.consume("s", "a", { prefetch: 9, channel: sim.openChannel(), arguments: { "x-stream-offset": "last" } });
    expect(sim.got("a")).toEqual(["m2", "m3"]);
  });

  it("can be read from a time on", () => {
    const sim = rig()
      .queue("s", { "x-queue-type": "stream" })
      .publish("s", ["m1"])
      .until(3_600_000)
      .publish("s", ["m2"]);
    sim.consume("s", "a", { prefetch: 9, arguments: { "x-stream-offset": "1m" } });
    expect(sim.got("a")).toEqual(["m2"]);
  });

  it("refuse nack and purge: 540", () => {
    const sim = rig().queue("s", stream).publish("s", ["m1"]);
    sim.consume("s", "a", { prefetch: 9, arguments: { "x-stream-offset": "first" } }).nack(1, true);
    expect(sim.take().slice(-2)).toEqual(["lose s m1 channel-closed", "close connection 540"]);
  });
});

describe("what goes, goes with a reason", () => {
  it("when a queue is deleted: ready and unacknowledged messages; acking them later is no error", () => {
    const sim = rig().queue("q").publish("q", ["m1", "m2"]);
    sim.consume("q", "a", { prefetch: 1, channel: sim.openChannel() });
    sim.take();
    sim.do((m, meta, out) => m.deleteQueue(sim.channel, "q", {}, meta, out));
    expect(sim.take()).toEqual(["cancel a", "discard  m2 deleted", "discard  m1 deleted", "gone deleted"]);
    expect(sim.ack(1, false, 1).take()).toEqual([]);
  });

  it("when a copy reaches a queue that went meanwhile", () => {
    const sim = rig().queue("q");
    sim.do((m, meta, out) => m.confirmSelect(sim.channel, meta, out));
    sim.isSlow = true;
    sim.publish("q", ["m1"]).do((m, meta, out) => m.deleteQueue(sim.channel, "q", {}, meta, out));
    expect(sim.arrive().take()).toEqual(["gone deleted", "lose  m1 queue-gone", "confirm 1"]);
  });

  it("when the broker restarts: transient messages and queues", () => {
    const sim = rig().queue("d", {}, { durable: true }).queue("t").publish("d", ["m1"]).publish("t", ["m2"]);
    sim.publish("d", ["m3"], { persistent: false }).take();
    sim.do((m, meta, out) => m.restart(false, meta, out));
    expect(sim.take()).toEqual(["close connection 320", "lose d m3 restart", "lose t m2 restart", "gone restart"]);
    expect(sim.ready("d")).toEqual(["m1"]);
  });

  it("when a publish is refused, or its channel is closed", () => {
    const sim = rig().queue("q").publish("q", ["m1"], { expirationMs: Number.NaN }).publish("q", ["m2"]);
    expect(sim.take()).toEqual(["discard - m1 denied", "close channel own 406", "lose - m2 channel-closed"]);
  });

  it("when a transaction is rolled back, or its channel closes", () => {
    const sim = rig().queue("q");
    sim.do((m, meta, out) => m.txSelect(sim.channel, meta, out));
    sim.publish("q", ["m1"]).do((m, meta, out) => m.txRollback(sim.channel, meta, out));
    sim.publish("q", ["m2"]).closeChannel(sim.channel);
    expect(sim.take()).toEqual(["discard - m1 rolled-back", "lose - m2 channel-closed"]);
  });
});

describe("alarms", () => {
  it("let the first publish through, then hold publishes and acks of that connection until they end", () => {
    const sim = rig().queue("q").publish("q", ["m0"]).consume("q", "a", { prefetch: 1 });
    sim.do((m, meta, out) => m.setAlarm(true, meta, out));
    sim.take();
    sim.publish("q", ["m1", "m2"]).ack(1);
    expect(sim.take()).toEqual(["enqueue q m1", "blocked"]);
    sim.do((m, meta, out) => m.setAlarm(false, meta, out));
    expect(sim.take()).toEqual(["unblocked", "enqueue q m2", "settle q m0", "deliver a m1"]);
  });

  it("leave connections alone that only consume", () => {
    const sim = rig().queue("q").publish("q", ["m0", "m1"]).consume("q", "a", { prefetch: 1 });
    sim.do((m, meta, out) => m.setAlarm(true, meta, out));
    expect(sim.ack(1).got("a")).toEqual(["m0", "m1"]);
  });
});

describe("permissions and names", () => {
  it("are asked in the broker’s order, for the exchange named in a declaration too", () => {
    const sim = rig().exchange("dx", "fanout");
    sim.do((m, meta, out) => m.setUser("u", { configure: ".*", write: "^q", read: ".*" }, meta, out));
    const channel = sim.openChannel(sim.openConnection("u"));
    sim.do((m, meta, out) =>
      m.declareQueue(channel, "q", { arguments: { "x-dead-letter-exchange": "dx" } }, meta, out),
    );
    expect(sim.take()).toEqual([`close channel ${channel} 403`]);
  });

  it("refuse a user that does not exist or has another password", () => {
    const sim = rig();
    sim.do((m, meta, out) => m.setUser("u", { configure: "", write: "", read: "", password: "right" }, meta, out));
    sim.openConnection("nobody");
    sim.do((m, meta, out) => m.openConnection("u", meta, out, { password: "wrong" }));
    expect(sim.take()).toEqual(["close connection 403", "close connection 403"]);
  });

  it("may change while messages wait", () => {
    const sim = rig().queue("q").publish("q", ["m1"]);
    sim.model.renameQueue(sim.model.queueId("q"), "r");
    expect(sim.publish("r", ["m2"]).publish("q", ["m3"]).ready("r")).toEqual(["m1", "m2"]);
  });
});

describe("a mirrored classic queue (3.10)", () => {
  it("goes on with its oldest mirror, everything marked redelivered", () => {
    const sim = rig("3.10", 3);
    const policy = { pattern: "^q", applyTo: "queues", priority: 0, definition: { "ha-mode": "all" } };
    sim.do((m, meta, out) => m.setPolicy("ha", policy, meta, out));
    const elsewhere = sim.do((m, meta, out) => m.openConnection("guest", meta, out, { node: 1 }));
    const channel = sim.openChannel(elsewhere);
    sim.queue("q", {}, { durable: true }).consume("q", "a", { prefetch: 1, channel }).publish("q", ["m1", "m2"]);
    sim.do((m, meta, out) => m.stopNode(0, true, meta, out));
    sim.ack(1, false, channel).ack(2, false, channel);
    expect(sim.delivered("a").map(({ id, redelivered }) => [id, redelivered])).toEqual([
      ["m1", false],
      ["m1", true],
      ["m2", true],
    ]);
  });
});
