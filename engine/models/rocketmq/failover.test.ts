import { describe, expect, it } from "vitest";
import { BrokerRig } from "../../testing/rocketmq/broker-rig.ts";
import { lossReason } from "../model.ts";
import { BROKER_DEFAULTS, type BrokerSettings } from "./broker-settings.ts";
import { PRODUCER_DEFAULTS } from "./producer-config.ts";
import { QueueBuffer } from "./queue-buffer.ts";
import { EVERYTHING } from "./seam.ts";
import { blankMessage, type OutgoingMessage } from "./sends.ts";
import { SEND_OK } from "./sink.ts";

const SECOND = 1_000_000;
const CONTROLLED = { electionTimeout: 1000, replicationDelay: 0.1 * SECOND };
const SYNCHRONOUS = { ...CONTROLLED, isSyncMaster: true, allAckInSyncStateSet: true };

/** A broker group of a master and slaves under a controller, with one topic of one queue, and a producer that asks for routes every two seconds. */
class Site extends BrokerRig {
  readonly producer: number;
  readonly queue: number;
  readonly confirmed: string[] = [];
  readonly gone: string[] = [];
  readonly refused: string[] = [];
  readonly promoted: string[] = [];
  /** Why messages may get lost. */
  reason: "failover" | "restart" = "failover";
  private readonly into = new QueueBuffer();
  private count = 0;

  constructor(more: Partial<BrokerSettings>, slaves: readonly string[]) {
    super(1);
    this.cluster.addBroker("a", { ...BROKER_DEFAULTS, ...more }, this.meta.now);
    for (const name of slaves) this.cluster.addSlave(0, name);
    const topic = this.cluster.createTopic("t", { read: 1, write: 1, perm: 6 }, this.meta, this);
    this.queue = this.cluster.queueId(topic, 0, 0);
    this.producer = this.cluster.openProducer({ ...PRODUCER_DEFAULTS, pollNameServerInterval: 2000 }, this.meta);
  }

  send(more: Partial<OutgoingMessage> = {}): void {
    const message = { ...blankMessage(), topic: "t", handle: this.make(`m${++this.count}`), ...more };
    this.cluster.send(this.producer, message, this.meta, this);
    this.check();
  }

  /** Ids of what stands in the queue. */
  there(): string[] {
    const { cluster, queue, into } = this;
    cluster.read(queue, cluster.min(queue), 100, EVERYTHING, into);
    return Array.from({ length: into.count }, (_, i) => this.idOf(into.handles[i] as number));
  }

  act(action: "kill" | "power" | "stop" | "start"): void {
    this.cluster.actOnMaster(0, action, this.meta, this);
    this.check();
  }

  slave(name: string, action: "kill" | "pause" | "resume" | "start"): void {
    this.cluster.actOnSlave(0, name, action, this.meta, this);
    this.check();
  }

  get master(): string {
    const { isRunning, master } = this.cluster.state.broker(0);
    return isRunning ? master : "";
  }

  override passTime(micros: number): void {
    super.passTime(micros);
    this.check();
  }

  override acked(_producer: number, handle: number, _queue: number, _offset: number, status: number): void {
    if (status === SEND_OK) this.confirmed.push(this.idOf(handle));
  }

  override failed(producer: number, handle: number, error: string, isStored: boolean): void {
    this.refused.push(this.idOf(handle));
    super.failed(producer, handle, error, isStored);
  }

  override lost(queue: number, handle: number, reason: number): void {
    expect(reason).toBe(lossReason(this.reason));
    this.gone.push(this.idOf(handle));
    super.lost(queue, handle, reason);
  }

  override brokerChanged(_broker?: number, _isUp?: boolean, promoted = ""): void {
    if (promoted !== "") this.promoted.push(promoted);
  }
}

describe("a master that is gone under a controller", () => {
  it("gives way to its slave after the election time, with what that has; the rest is lost", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.send();
    site.passTime(0.5 * SECOND);
    site.send();
    site.act("kill");
    site.passTime(0.9 * SECOND);
    expect([site.master, site.gone]).toEqual(["", []]);
    site.passTime(0.2 * SECOND);
    expect([site.master, site.promoted, site.there()]).toEqual(["s1", ["s1"], ["m1"]]);
    expect(site.confirmed).toEqual(["m1", "m2"]);
    expect(site.gone).toEqual(["m2"]);
  });

  it("takes nothing from those who still know the old address, and everything from their next route on", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.passTime(0.5 * SECOND);
    site.act("kill");
    site.passTime(1.1 * SECOND);
    expect(site.master).toBe("s1");
    site.send();
    site.passTime(SECOND);
    site.send();
    expect([site.refused, site.confirmed, site.there()]).toEqual([["m1"], ["m2"], ["m2"]]);
  });

  it("gives way with its power gone too: what its slave has is not lost, written out or not", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.send();
    site.passTime(0.3 * SECOND);
    site.send();
    site.act("power");
    expect(site.gone).toEqual([]);
    site.passTime(1.1 * SECOND);
    expect([site.master, site.there(), site.gone]).toEqual(["s1", ["m1"], ["m2"]]);
  });

  it("has lost what it had not written out if it is back before its slave takes over", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.reason = "restart";
    site.send();
    site.passTime(0.3 * SECOND);
    site.act("power");
    site.passTime(0.5 * SECOND);
    expect(site.gone).toEqual([]);
    site.act("start");
    expect([site.master, site.there(), site.gone]).toEqual(["a", [], ["m1"]]);
    site.send();
    site.passTime(0.3 * SECOND);
    site.reason = "failover";
    site.act("kill");
    site.passTime(2 * SECOND);
    expect([site.master, site.there(), site.gone]).toEqual(["s1", ["m2"], ["m1"]]);
  });

  it("has lost it at once when nobody may take over", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.reason = "restart";
    site.slave("s1", "kill");
    site.send();
    site.act("power");
    expect(site.gone).toEqual(["m1"]);
  });

  it("comes back as a slave, and may take over again once it has everything", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.send();
    site.passTime(0.5 * SECOND);
    site.send();
    site.act("kill");
    site.passTime(3 * SECOND);
    site.send();
    site.slave("a", "start");
    site.act("kill");
    site.passTime(2 * SECOND);
    expect(site.master).toBe("");
    site.act("start");
    site.passTime(SECOND);
    site.act("kill");
    site.passTime(2 * SECOND);
    expect([site.promoted, site.there(), site.gone]).toEqual([["s1", "a"], ["m1", "m3"], ["m2"]]);
  });

  it("stays the master if it is back in time", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.send();
    site.act("stop");
    site.passTime(0.5 * SECOND);
    site.act("start");
    site.passTime(5 * SECOND);
    expect([site.master, site.promoted, site.there(), site.gone]).toEqual(["a", [], ["m1"], []]);
  });

  it("loses nothing that it confirmed after all that are in sync had it", () => {
    const site = new Site(SYNCHRONOUS, ["s1", "s2"]);
    site.slave("s1", "pause");
    site.passTime(16 * SECOND);
    // Out of sync by now: nobody waits for it.
    site.send();
    site.passTime(0.3 * SECOND);
    site.send();
    site.act("kill");
    site.slave("s1", "resume");
    site.passTime(2 * SECOND);
    expect([site.promoted, site.confirmed, site.there()]).toEqual([["s2"], ["m1"], ["m1"]]);
    expect(site.gone).not.toContain("m1");
  });

  it("waits for a slave that is in sync but stands still", () => {
    const site = new Site(SYNCHRONOUS, ["s1", "s2"]);
    site.slave("s1", "pause");
    site.send();
    site.passTime(SECOND);
    expect(site.confirmed).toEqual([]);
    site.slave("s1", "kill");
    expect(site.confirmed).toEqual(["m1"]);
  });

  it("shows readers only what all that are in sync have", () => {
    const site = new Site(CONTROLLED, ["s1", "s2"]);
    site.send();
    expect(site.there()).toEqual([]);
    site.passTime(0.2 * SECOND);
    expect(site.there()).toEqual(["m1"]);
    site.slave("s2", "pause");
    site.send();
    site.passTime(14 * SECOND);
    expect(site.there()).toEqual(["m1"]);
    site.passTime(2 * SECOND);
    expect(site.there()).toEqual(["m1", "m2"]);
  });

  it("has no successor that was not in sync, however long it takes", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.slave("s1", "kill");
    site.send();
    site.act("kill");
    site.slave("s1", "start");
    site.passTime(60 * SECOND);
    expect([site.master, site.promoted]).toEqual(["", []]);
    site.act("start");
    expect([site.master, site.there()]).toEqual(["a", ["m1"]]);
  });

  it("has the one that was in sync and comes back later", () => {
    const site = new Site(CONTROLLED, ["s1"]);
    site.send();
    site.passTime(SECOND);
    site.act("kill");
    site.slave("s1", "kill");
    site.passTime(5 * SECOND);
    expect(site.master).toBe("");
    site.slave("s1", "start");
    expect([site.master, site.there()]).toEqual(["s1", ["m1"]]);
  });

  it("keeps a delayed message whose copy in the queue only the old master had", () => {
    const site = new Site({ ...CONTROLLED, isSyncFlush: true, delayLevels: [1000] }, ["s1"]);
    site.send({ delayLevel: 1 });
    site.passTime(1.06 * SECOND);
    // In its queue, but no slave has that yet.
    expect(site.there()).toEqual([]);
    site.act("kill");
    site.passTime(2 * SECOND);
    expect([site.master, site.there(), site.gone]).toEqual(["s1", ["m1"], []]);
  });
});

describe("without a controller", () => {
  it("nobody is promoted", () => {
    const site = new Site({}, ["s1"]);
    site.send();
    site.act("kill");
    site.passTime(600 * SECOND);
    expect([site.master, site.promoted]).toEqual(["", []]);
  });
});
