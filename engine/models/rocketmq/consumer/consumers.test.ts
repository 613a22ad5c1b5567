import { describe, expect, it } from "vitest";
import { capture, restore } from "../../../kernel/snapshot.ts";
import { type Call, RocketRig } from "../../../testing/rocketmq/consumer-rig.ts";
import type { PushConfig } from "./consumer-config.ts";

const ALL = Number.POSITIVE_INFINITY;
const MINUTE = 60_000;

interface Listener {
  readonly calls: Call[];
  done(call: Call | undefined): void;
  later(call: Call | undefined, level?: number): void;
  suspend(call: Call | undefined, ms?: number): void;
}

/** Calls that wait for their answer. */
function holding(rig: RocketRig): Listener {
  const calls: Call[] = [];
  rig.onCall = (call) => calls.push(call);
  const { consumers, meta } = rig;
  const answer = (call: Call | undefined, how: (call: Call) => void): void => {
    if (call === undefined) throw new Error("there is no such call");
    how(call);
    rig.serve();
  };
  return {
    calls,
    done: (call) => answer(call, ({ consumer, task }) => consumers.consumed(consumer, task, ALL, meta, rig)),
    later: (call, level = 0) =>
      answer(call, ({ consumer, task }) => consumers.reconsumeLater(consumer, task, level, meta, rig)),
    suspend: (call, ms = -1) =>
      answer(call, ({ consumer, task }) => consumers.suspendQueue(consumer, task, ms, meta, rig)),
  };
}

/** One broker, one topic, one consumer that has settled. */
function settled(config: Partial<PushConfig> = {}, queues = 1): { rig: RocketRig; consumer: number; to: Listener } {
  const rig = new RocketRig(1, ["a"]);
  const to = holding(rig);
  rig.topic("t", queues);
  const consumer = rig.start({ routeIntervalMs: 1000, ...config });
  rig.pass(25_000);
  return { rig, consumer, to };
}

const stored = (rig: RocketRig, name = "t-0"): number =>
  rig.cluster.committed(rig.cluster.groupId("g"), rig.cluster.queueNamed(name));

describe("the listener", () => {
  it("gets messages by themselves, one for each thread, and the next when a thread is free", () => {
    const { rig, to } = settled({ threads: 2 });
    for (let i = 0; i < 3; i++) rig.send("t");
    expect(to.calls.map(({ offsets }) => offsets)).toEqual([[0], [1]]);
    to.done(to.calls[1]);
    expect(to.calls.map(({ offsets }) => offsets)).toEqual([[0], [1], [2]]);
  });

  it("holds the stored offset back with the smallest unfinished message", () => {
    const { rig, consumer, to } = settled();
    for (let i = 0; i < 3; i++) rig.send("t");
    to.done(to.calls[1]);
    to.done(to.calls[2]);
    rig.pass(6000);
    expect(Math.max(0, stored(rig))).toBe(0);
    expect(rig.consumers.unfinished(consumer, rig.cluster.queueNamed("t-0"))).toBe(0);
    to.done(to.calls[0]);
    rig.pass(6000);
    expect(stored(rig)).toBe(3);
  });

  it("stores offsets every five seconds, so a crash repeats what was done since", () => {
    const { rig, consumer, to } = settled();
    rig.send("t");
    to.done(to.calls[0]);
    rig.consumers.crash(consumer, rig.meta, rig);
    rig.start({ clientId: "d" });
    rig.pass(5000);
    expect(to.calls.map(({ offsets }) => offsets)).toEqual([[0], [0]]);
  });

  it("stops pulling above its threshold, and looks again every 50 ms", () => {
    const { rig, to } = settled({ threads: 1, pullThresholdForQueue: 2, pullBatchSize: 1 });
    for (let i = 0; i < 9; i++) rig.send("t");
    expect(rig.consumers.buffered(0)).toBe(2);
    to.done(to.calls[0]);
    expect(rig.consumers.buffered(0)).toBe(1);
    rig.pass(50);
    expect(rig.consumers.buffered(0)).toBe(2);
  });

  it("whose message takes longer than the time-out has it sent back, and its answer counts no more", () => {
    const { rig, consumer, to } = settled();
    rig.send("t");
    const call = to.calls[0] as Call;
    expect(rig.consumers.isCurrent(consumer, call.task)).toBe(true);
    rig.pass(31 * MINUTE);
    expect(rig.consumers.isCurrent(consumer, call.task)).toBe(false);
    expect(stored(rig)).toBe(1);
    expect(to.calls.slice(1).map(({ times }) => times)).toEqual([[1]]);
    to.later(call);
    rig.pass(10 * MINUTE);
    expect(to.calls).toHaveLength(2);
  });

  it("keeps what cannot be sent back and gets it again after five seconds", () => {
    const { rig, consumer, to } = settled();
    rig.send("t");
    rig.consumers.cut(consumer, rig.meta, rig);
    to.later(to.calls[0]);
    rig.pass(4999);
    expect(to.calls).toHaveLength(1);
    rig.pass(1);
    expect(to.calls[1]).toMatchObject({ offsets: [0], times: [1] });
    rig.consumers.heal(consumer, rig.meta, rig);
    to.done(to.calls[1]);
    rig.pass(6000);
    expect(stored(rig)).toBe(1);
  });

  it("gets failures again after their delay level, and no more when they are dead letters", () => {
    const { rig, to } = settled({ maxReconsumeTimes: 1 });
    rig.send("t");
    to.later(to.calls[0]);
    rig.pass(9000);
    expect(to.calls).toHaveLength(1);
    rig.pass(1200);
    expect(to.calls[1]).toMatchObject({ times: [1] });
    to.later(to.calls[1]);
    expect(rig.cluster.max(rig.cluster.queueNamed("%DLQ%g-0"))).toBe(1);
  });
});

describe("a client", () => {
  it("that is suspended takes the answer that is under way, and then nothing until it is resumed", () => {
    const { rig, consumer, to } = settled();
    rig.consumers.suspend(consumer);
    rig.send("t");
    rig.send("t");
    rig.pass(5000);
    expect(to.calls).toHaveLength(1);
    rig.consumers.resume(consumer, rig.meta, rig);
    rig.pass(1000);
    expect(to.calls).toHaveLength(2);
  });

  it("that stands still is given nothing, and all of it when it goes on", () => {
    const { rig, consumer, to } = settled();
    rig.consumers.freeze(consumer, rig.meta, rig);
    rig.send("t");
    rig.pass(5000);
    expect(to.calls).toHaveLength(0);
    rig.consumers.thaw(consumer, rig.meta, rig);
    rig.pass(5000);
    expect(to.calls).toHaveLength(1);
  });

  it("subscribes to further topics, and gives topics up", () => {
    const { rig, consumer, to } = settled();
    rig.topic("u", 1);
    const wanted = { topic: "u", expression: "*", isSql: false };
    expect(rig.consumers.subscribe(consumer, wanted, rig.meta, rig)).toBe("");
    rig.pass(3000);
    rig.send("u");
    expect(to.calls).toHaveLength(1);
    rig.consumers.unsubscribe(consumer, "t", rig.meta, rig);
    rig.pass(3000);
    rig.send("t");
    rig.pass(3000);
    expect(to.calls).toHaveLength(1);
    expect(
      rig.consumers
        .allocation(consumer)
        .map((queue) => rig.cluster.queueName(queue))
        .sort(),
    ).toEqual(["%RETRY%g-0", "u-0"]);
  });

  it("that ends leaves nothing behind", () => {
    const { rig, consumer, to } = settled();
    for (let i = 0; i < 50; i++) rig.send("t");
    rig.consumers.shutdown(consumer, rig.meta, rig);
    expect(rig.store.live).toBe(50);
    to.done(to.calls[0]);
    expect(rig.consumers.inHand(consumer)).toBe(19);
    expect(rig.heldCount()).toBe(50);
    expect(rig.cluster.members(rig.cluster.groupId("g"))).toEqual([]);
  });
});

describe("a failure while its broker is down", () => {
  it("goes to the retry queue of another one", () => {
    const rig = new RocketRig(1, ["a", "b"]);
    const to = holding(rig);
    rig.topic("t", 1);
    rig.start({ routeIntervalMs: 1000 });
    rig.pass(25_000);
    rig.send("t");
    rig.send("t");
    const call = to.calls.find(({ queue }) => rig.cluster.queueName(queue) === "a/t-0");
    rig.cluster.actOnMaster(0, "kill", rig.meta, rig);
    to.later(call, -1);
    rig.pass(15_000);
    const again = to.calls.at(-1);
    expect(again).toMatchObject({ ids: call?.ids, times: [1] });
    expect(rig.cluster.queueName(again?.queue ?? -1)).toBe("b/%RETRY%g-0");
  });
});

describe("orderly listeners", () => {
  const orderly = { listener: "orderly" } as const;

  it("make a queue wait after a failure, and only that queue", () => {
    const { rig, consumer, to } = settled(orderly, 2);
    for (let i = 0; i < 4; i++) rig.send("t");
    const [first, other] = to.calls as [Call, Call];
    to.suspend(first);
    expect(rig.consumers.suspendedUntil(consumer, first.queue)).toBe(rig.meta.now + 1_000_000);
    to.done(other);
    expect(to.calls.at(-1)?.queue).toBe(other.queue);
    rig.pass(1000);
    expect(to.calls.at(-1)).toMatchObject({ queue: first.queue, offsets: [0], times: [1] });
  });

  it("wait as long as they are told, from 10 ms to 30 s", () => {
    const { rig, to } = settled(orderly);
    rig.send("t");
    to.suspend(to.calls[0], 0);
    rig.pass(10);
    expect(to.calls).toHaveLength(2);
    to.suspend(to.calls[1], 99_000);
    rig.pass(29_999);
    expect(to.calls).toHaveLength(2);
    rig.pass(1);
    expect(to.calls).toHaveLength(3);
  });

  it("stop when their locks have not been renewed for half a minute, and go on with a new one", () => {
    const { rig, to } = settled(orderly);
    rig.send("t");
    rig.send("t");
    rig.cluster.actOnMaster(0, "pause", rig.meta, rig);
    rig.pass(55_000);
    to.done(to.calls[0]);
    expect(to.calls).toHaveLength(1);
    rig.cluster.actOnMaster(0, "resume", rig.meta, rig);
    rig.pass(5000);
    expect(to.calls[1]).toMatchObject({ offsets: [1] });
  });

  it("keep the lock of a queue that they should give up until they return, but not for longer than twenty seconds", () => {
    const { rig, to } = settled({ ...orderly, clientId: "z", lockIntervalMs: 2000 });
    rig.send("t");
    rig.start({ ...orderly, clientId: "a" });
    rig.pass(18_000);
    expect(to.calls).toHaveLength(1);
    rig.pass(6000);
    expect(to.calls[1]).toMatchObject({ consumer: 1, offsets: [0] });
  });

  it("hand a queue over at once when they return", () => {
    const { rig, to } = settled({ ...orderly, clientId: "z" });
    rig.send("t");
    rig.start({ ...orderly, clientId: "a" });
    rig.pass(5000);
    to.done(to.calls[0]);
    rig.pass(2500);
    expect(to.calls[1]).toMatchObject({ consumer: 1, offsets: [0] });
  });
});

describe("rebalancing", () => {
  it("is each client's own: for a moment views differ", () => {
    const { rig, consumer } = settled({ clientId: "a" }, 4);
    const held = (one: number): number => rig.consumers.allocation(one).length;
    // With the one of the retry topic.
    expect(held(consumer)).toBe(5);
    const other = rig.start({ clientId: "b" });
    rig.pass(0);
    expect([held(consumer), held(other)]).toEqual([3, 0]);
    rig.pass(1000);
    expect([held(consumer), held(other)]).toEqual([3, 2]);
  });

  it("comes once a second at most, however often somebody joins", () => {
    const { rig, consumer } = settled({ clientId: "a" }, 4);
    const times: number[] = [];
    Object.assign(rig, { rebalanced: (who: number) => who === consumer && times.push(rig.meta.now) });
    for (let i = 1; i <= 4; i++) {
      rig.start({ clientId: `d${i}` });
      rig.pass(300);
    }
    rig.pass(3000);
    expect(times.length).toBe(2);
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(1_000_000);
  });

  it("leaves a client that the brokers have forgotten without queues", () => {
    const { rig, consumer } = settled();
    const other = rig.start({ clientId: "d" });
    rig.consumers.cut(consumer, rig.meta, rig);
    rig.pass(125_000);
    expect(rig.cluster.members(rig.cluster.groupId("g"))).toEqual(["d"]);
    rig.pass(20_000);
    expect(rig.consumers.allocation(other)).toHaveLength(2);
  });
});

describe("filters", () => {
  it("of the newest member count for all; a pull that was parked keeps the one that it came with", () => {
    const { rig, to } = settled({ subscriptions: [{ topic: "t", expression: "A", isSql: false }] });
    const tag = (text: string): void => {
      rig.tag = rig.cluster.tag(text);
      rig.send("t");
    };
    tag("A");
    rig.start({ clientId: "d", subscriptions: [{ topic: "t", expression: "B", isSql: false }] });
    rig.pass(5000);
    to.done(to.calls[0]);
    tag("A");
    tag("B");
    rig.pass(20_000);
    expect(to.calls).toHaveLength(1);
    expect(stored(rig)).toBe(3);
  });

  it("that hold something back let the offset go on within five seconds", () => {
    const { rig } = settled({ subscriptions: [{ topic: "t", expression: "A", isSql: false }] });
    rig.tag = rig.cluster.tag("B");
    rig.send("t");
    rig.pass(10_000);
    expect(stored(rig)).toBe(1);
  });

  it("that cannot be read are refused at the start", () => {
    const rig = new RocketRig(1, ["a"], { enablePropertyFilter: true });
    const start = (expression: string): number =>
      rig.start({ subscriptions: [{ topic: "t", expression, isSql: true }] });
    expect(start("a >")).toBe(-1);
    expect(rig.consumers.refusal).toBe("SUBSCRIPTION_PARSE_FAILED");
    expect(start("a > 5")).toBe(0);
  });
});

describe("pop", () => {
  it("hands out, hides, and brings back what was not acknowledged; a change makes a new receipt", () => {
    const rig = new RocketRig(1, ["a"]);
    rig.topic("t", 1);
    rig.send("t");
    const pop = (): readonly { readonly receipt: number; readonly times: number }[] => {
      const filter = { topic: "t", expression: "*", isSql: false };
      const request = { group: "g", topic: "t", queue: -1, max: 32, invisibleMs: 5000, from: "FIRST", filter } as const;
      const given = rig.consumers.pop(request, rig.meta, rig);
      if ("error" in given) throw new Error(given.error);
      for (const { handle } of given) rig.store.free(handle);
      return given;
    };
    const [first] = pop();
    if (first === undefined) throw new Error("nothing was popped");
    expect(pop()).toEqual([]);
    rig.pass(1);
    expect(rig.consumers.ack(first.receipt, rig.meta, rig)).toBe("");
    const renewed = rig.consumers.changeInvisible(first.receipt, 1000, rig.meta, rig);
    expect(rig.consumers.ack(first.receipt, rig.meta, rig)).toBe("");
    rig.pass(4000);
    const [again] = pop();
    expect(again?.times).toBe(1);
    expect(renewed).not.toBe(first.receipt);
    expect(rig.consumers.ack(again?.receipt ?? -1, rig.meta, rig)).toBe("");
    rig.pass(20_000);
    expect(pop()).toEqual([]);
  });
});

describe("a consumer's state", () => {
  it("is plain data: it can be captured, and goes on from there", () => {
    const { rig, to } = settled({ listener: "orderly" }, 2);
    for (let i = 0; i < 6; i++) rig.send("t");
    const root = { cluster: rig.cluster, consumers: rig.consumers, store: rig.store };
    const snapshot = capture(root);
    to.done(to.calls[0]);
    const went = to.calls.length;
    restore(root, snapshot);
    to.calls.length = 2;
    to.done(to.calls[0]);
    expect(to.calls).toHaveLength(went);
  });
});
