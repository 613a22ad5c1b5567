import { describe, expect, it } from "vitest";
import { BrokerRig } from "../../testing/rocketmq/broker-rig.ts";
import { type BrokerSettings, brokerSettings } from "./broker-settings.ts";
import { PRODUCER_DEFAULTS } from "./producer-config.ts";
import { QueueBuffer } from "./queue-buffer.ts";
import { EVERYTHING, READ_FOUND, READ_UNAVAILABLE } from "./seam.ts";
import { blankMessage, type OutgoingMessage } from "./sends.ts";

const SECOND = 1_000_000;

/** A broker with one topic of one queue, and a producer. */
class Site extends BrokerRig {
  readonly producer: number;
  readonly queue: number;
  readonly into = new QueueBuffer();
  private count = 0;

  constructor(words: Record<string, string>, more: Partial<BrokerSettings> = {}) {
    super(1);
    this.cluster.addBroker("a", { ...brokerSettings(words), ...more }, this.meta.now);
    const topic = this.cluster.createTopic("t", { read: 1, write: 1, perm: 6 }, this.meta, this);
    this.queue = this.cluster.queueId(topic, 0, 0);
    this.producer = this.cluster.openProducer(PRODUCER_DEFAULTS, this.meta);
  }

  send(more: Partial<OutgoingMessage> = {}): void {
    const message = { ...blankMessage(), topic: "t", handle: this.make(`m${++this.count}`), ...more };
    this.cluster.send(this.producer, message, this.meta, this);
  }

  /** Ids of what stands in the queue. */
  there(): string[] {
    const { cluster, queue } = this;
    cluster.read(queue, cluster.min(queue), 100, EVERYTHING, this.into);
    return Array.from({ length: this.into.count }, (_, i) => this.idOf(this.into.handles[i] as number));
  }

  act(action: "kill" | "power" | "start"): void {
    this.cluster.actOnMaster(0, action, this.meta, this);
    this.check();
  }
}

describe("when the machine goes down", () => {
  it("what was not flushed yet is lost, acknowledged or not", () => {
    const site = new Site({});
    site.send();
    site.passTime(SECOND);
    site.send();
    site.act("power");
    site.act("start");
    expect(site.there()).toEqual(["m1"]);
  });

  it("nothing is lost that was flushed before the answer", () => {
    const site = new Site({ flushDiskType: "SYNC_FLUSH" });
    site.send();
    site.send();
    site.act("power");
    site.act("start");
    expect(site.there()).toEqual(["m1", "m2"]);
  });

  it("a delayed message whose time had just come is there all the same, behind what was kept", () => {
    const site = new Site({ messageDelayLevel: "1s", flushIntervalCommitLog: "700" });
    site.send({ delayLevel: 1 });
    site.passTime(0.9 * SECOND);
    site.send();
    site.passTime(0.3 * SECOND);
    expect(site.there()).toEqual(["m2", "m1"]);
    site.act("power");
    site.act("start");
    expect(site.there()).toEqual(["m1"]);
  });
});

describe("old files", () => {
  it("go whole, read or not, but never the last one", () => {
    const settings = { fileReservedMs: 5000, mappedFileSizeCommitLog: 450, cleanResourceInterval: 1000 };
    const site = new Site({}, settings);
    for (let i = 0; i < 5; i++) site.send();
    site.passTime(4 * SECOND);
    expect(site.there()).toHaveLength(5);
    site.passTime(3 * SECOND);
    expect(site.there()).toEqual(["m5"]);
    expect(site.cluster.min(site.queue)).toBe(4);
    expect(site.cluster.beginning(site.cluster.groupId("g"), site.queue)).toBe(-1);
    site.check();
  });
});

describe("a slave while its master is down", () => {
  it("lets those read on who had the queue, as far as it has the messages, if it may", () => {
    const site = new Site({ slaveReadEnable: "true" }, { replicationDelay: 0.5 * SECOND });
    site.cluster.addSlave(0, "a-slave");
    site.send();
    site.passTime(SECOND);
    site.send();
    site.act("kill");
    const { cluster, queue, into } = site;
    expect(cluster.readOn(queue, 0, 10, EVERYTHING, into)).toBe(READ_FOUND);
    expect([into.count, into.next]).toEqual([1, 1]);
    expect(cluster.readOn(queue, 2, 10, EVERYTHING, into)).toBe(READ_UNAVAILABLE);
    expect(cluster.read(queue, 0, 10, EVERYTHING, into)).toBe(READ_UNAVAILABLE);
  });

  it("shows nothing by default", () => {
    const site = new Site({});
    site.cluster.addSlave(0, "a-slave");
    site.send();
    site.act("kill");
    expect(site.cluster.readOn(site.queue, 0, 10, EVERYTHING, site.into)).toBe(READ_UNAVAILABLE);
  });
});
