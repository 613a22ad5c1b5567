import { describe, expect, it } from "vitest";
import { ConsumerRig } from "../../../testing/kafka/consumer-rig.ts";

/** Polls all that wait, until nobody is woken any more. */
function turn(rig: ConsumerRig): void {
  for (let ready = rig.takeReady(); ready.length > 0; ready = rig.takeReady()) for (const one of ready) rig.poll(one);
}

describe("a group in virtual time", () => {
  it("waits with its first rebalance for more members", () => {
    const rig = new ConsumerRig(1, { initialRebalanceDelayMs: 3000 });
    rig.topic("t", 3);
    const a = rig.open({ clientId: "a" });
    rig.poll(a);
    rig.pass(2000);
    const b = rig.open({ clientId: "b" });
    rig.poll(b);
    rig.pass(1500, () => turn(rig));
    expect(rig.names(a)).toEqual([]);
    rig.pass(3000, () => turn(rig));
    expect(rig.names(a)).toEqual(["t-0", "t-1"]);
    expect(rig.names(b)).toEqual(["t-2"]);
    expect(rig.told.filter((text) => text.startsWith("stable"))).toEqual(["stable 1 2"]);
  });

  it("tells members of a rebalance with their next heartbeat", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 2);
    const a = rig.open({ clientId: "a", heartbeatIntervalMs: 3000 });
    rig.poll(a);
    rig.pass(4000, () => turn(rig));
    const b = rig.open({ clientId: "b" });
    rig.poll(b);
    rig.pass(1900, () => turn(rig));
    expect(rig.names(a)).toEqual(["t-0", "t-1"]);
    rig.pass(200, () => turn(rig));
    expect(rig.names(a)).toEqual(["t-0"]);
    expect(rig.names(b)).toEqual(["t-1"]);
  });

  it("waits for a member that works, and drops it after max.poll.interval.ms", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 2);
    rig.send("t", 0);
    const a = rig.open({ clientId: "a", maxPollIntervalMs: 20_000 });
    expect(rig.poll(a)).toHaveLength(1);
    rig.pass(1000);
    const b = rig.open({ clientId: "b" });
    rig.poll(b);
    rig.pass(18_500, () => turn(rig));
    expect(rig.names(b)).toEqual([]);
    rig.pass(1000, () => turn(rig));
    expect(rig.names(b)).toEqual(["t-0", "t-1"]);
    expect(rig.consumers.commit(a, rig.meta, rig)).toBe("CommitFailedException");
    rig.poll(a);
    expect(rig.told.at(-2)).toBe(`${a} lost t-0 t-1`);
  });

  it("gives a dead member's partitions away when its session ends, counted from its last heartbeat", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 2);
    const a = rig.open({ clientId: "a", sessionTimeoutMs: 10_000 });
    rig.poll(a);
    const b = rig.open({ clientId: "b", sessionTimeoutMs: 10_000 });
    rig.poll(b);
    rig.pass(7000, () => turn(rig));
    expect(rig.names(b)).toEqual(["t-1"]);
    rig.consumers.crash(a, rig.meta, rig);
    rig.pass(7000, () => turn(rig));
    expect(rig.names(b)).toEqual(["t-1"]);
    rig.pass(6000, () => turn(rig));
    expect(rig.names(b)).toEqual(["t-0", "t-1"]);
  });

  it("counts no sessions while no broker runs, and a whole one after that", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 1);
    const a = rig.open({ clientId: "a", sessionTimeoutMs: 10_000 });
    rig.poll(a);
    rig.consumers.crash(a, rig.meta, rig);
    const state = (): string => rig.consumers.describe(0).state;
    rig.act("kill");
    rig.pass(15_000);
    expect(state()).toBe("Stable");
    rig.act("start");
    rig.pass(4000);
    expect(state()).toBe("Stable");
    rig.pass(10_000);
    expect(state()).toBe("Empty");
  });

  it("lets a frozen process come back too late: it has lost its partitions, and joins anew", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 1);
    const a = rig.open({ clientId: "a", sessionTimeoutMs: 10_000 });
    rig.poll(a);
    rig.consumers.freeze(a, rig.meta, rig);
    rig.pass(12_000, () => turn(rig));
    expect(rig.consumers.describe(rig.consumers.groupId("g")).state).toBe("Empty");
    rig.consumers.thaw(a, rig.meta, rig);
    rig.told = [];
    rig.poll(a);
    expect(rig.told).toEqual([`${a} lost t-0`, "rebalancing 2 0", "stable 3 1", `${a} joined 3`, `${a} assigned t-0`]);
    expect(rig.names(a)).toEqual(["t-0"]);
  });

  it("learns of new partitions with the leader's next refresh, also inside a poll that waits", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 1);
    const a = rig.open({ clientId: "a", metadataMaxAgeMs: 10_000 });
    rig.poll(a);
    rig.pass(4000, () => turn(rig));
    rig.grow("t", 3);
    rig.pass(5900, () => turn(rig));
    expect(rig.names(a)).toEqual(["t-0"]);
    rig.pass(200, () => turn(rig));
    expect(rig.names(a)).toEqual(["t-0", "t-1", "t-2"]);
  });

  it("commits automatically while a poll waits", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 1);
    const a = rig.open({ clientId: "a", autoCommit: true, autoCommitIntervalMs: 5000 });
    rig.poll(a);
    rig.send("t", 0, 2);
    expect(rig.poll(a)).toHaveLength(2);
    rig.poll(a);
    const committed = (): number => rig.consumers.committedOffset(0, 0, rig.meta);
    rig.pass(4000);
    expect(committed()).toBe(-1);
    rig.pass(1500);
    expect(committed()).toBe(2);
  });

  it("frees what was fetched and never given out", () => {
    const rig = new ConsumerRig();
    rig.topic("t", 2);
    rig.send("t", 0, 10);
    const { live } = rig.store;
    const a = rig.open({ clientId: "a", maxPollRecords: 3 });
    rig.poll(a);
    expect(rig.consumers.buffered(a)).toBe(7);
    expect(rig.store.live).toBe(live + 7);
    rig.consumers.crash(a, rig.meta, rig);
    expect(rig.store.live).toBe(live);
  });
});
