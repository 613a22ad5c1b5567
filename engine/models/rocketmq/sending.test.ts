import { describe, expect, it } from "vitest";
import { BrokerRig } from "../../testing/rocketmq/broker-rig.ts";
import { brokerSettings } from "./broker-settings.ts";
import { PRODUCER_DEFAULTS, type ProducerConfig } from "./producer-config.ts";
import { ASYNC, ONEWAY } from "./send-request.ts";
import { blankMessage, type OutgoingMessage } from "./sends.ts";

const MILLI = 1000;
const SECOND = 1_000_000;

/** Two brokers with two queues each, and a producer whose turn begins where it is told. */
class Site extends BrokerRig {
  readonly producer: number;
  readonly said: string[] = [];
  private count = 0;

  constructor(config: Partial<ProducerConfig> = {}, first = 0) {
    super(1);
    for (const name of ["a", "b"]) {
      this.cluster.addBroker(name, brokerSettings({ autoCreateTopicEnable: "false" }), this.meta.now);
    }
    this.cluster.createTopic("t", { read: 2, write: 2, perm: 6 }, this.meta, this);
    this.producer = this.cluster.openProducer({ ...PRODUCER_DEFAULTS, ...config }, this.meta);
    this.cluster.beginTurnAt(this.producer, "", first);
  }

  send(more: Partial<OutgoingMessage> = {}): void {
    const message = { ...blankMessage(), topic: "t", handle: this.make(`m${++this.count}`), ...more };
    this.cluster.send(this.producer, message, this.meta, this);
  }

  act(broker: number, action: "kill" | "pause" | "resume"): void {
    this.cluster.actOnMaster(broker, action, this.meta, this);
  }

  override acked(_producer: number, handle: number, queue: number): void {
    this.said.push(`${this.idOf(handle)} ${this.cluster.queueName(queue)}`);
  }

  override failed(producer: number, handle: number, error: string, isStored: boolean): void {
    this.said.push(`${this.idOf(handle)} ${error}`);
    super.failed(producer, handle, error, isStored);
  }
}

describe("another attempt", () => {
  it("goes to the next queue in turn of another broker", () => {
    const site = new Site({}, 1);
    site.send();
    site.act(0, "kill");
    for (let i = 0; i < 3; i++) site.send();
    expect(site.said).toEqual(["m1 a/t-1", "m2 b/t-0", "m3 b/t-1", "m4 b/t-0"]);
  });

  it("keeps the queue's number when it is asynchronous", () => {
    const site = new Site();
    site.send();
    site.act(0, "kill");
    // a/t-1 in turn, and b/t-0 after it.
    site.send({ mode: ASYNC });
    expect(site.said).toEqual(["m1 a/t-0", "m2 b/t-1"]);
  });

  it("ends with the way of the last failure, and with the time that all may take", () => {
    const site = new Site();
    site.send();
    for (const broker of [0, 1]) site.act(broker, "kill");
    site.send();
    expect(site.said[1]).toBe("m2 CONNECT_BROKER_EXCEPTION");
    const slow = new Site({ sendMsgTimeout: 1000 });
    slow.send();
    for (const broker of [0, 1]) slow.act(broker, "pause");
    slow.send();
    slow.passTime(0.9 * SECOND);
    expect(slow.said).toHaveLength(1);
    slow.passTime(0.2 * SECOND);
    expect(slow.said[1]).toBe("m2 RemotingTooMuchRequestException");
  });
});

describe("a one-way message", () => {
  it("is lost without a word on a way that is cut, and stored by a broker that only stood still", () => {
    const site = new Site();
    site.send();
    site.cluster.cutProducer(site.producer, site);
    site.send({ mode: ONEWAY });
    site.cluster.healProducer(site.producer);
    site.act(1, "pause");
    site.send({ mode: ONEWAY });
    site.act(1, "resume");
    site.check();
    expect(site.said).toEqual(["m1 a/t-0"]);
    const held: string[] = [];
    site.cluster.forEachHeld((handle) => held.push(site.idOf(handle)));
    expect(held.sort()).toEqual(["m1", "m3"]);
  });
});

describe("the way to the brokers", () => {
  it("takes its time in both directions, and keeps the order when it becomes quicker", () => {
    const site = new Site();
    site.cluster.setLatency(site.producer, 10 * MILLI);
    site.send();
    site.cluster.setLatency(site.producer, 0);
    site.send();
    site.passTime(10 * MILLI);
    expect(site.said).toEqual(["m1 a/t-0", "m2 a/t-1"]);
  });
});
