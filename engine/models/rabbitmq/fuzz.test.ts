import { describe, expect, it } from "vitest";
import { addStream, nextBelow, RandomStreams } from "../../kernel/random.ts";
import { capture } from "../../kernel/snapshot.ts";
import { RabbitRig } from "../../testing/rabbit-rig.ts";
import type { Table } from "../messages.ts";
import type { Meta } from "../model.ts";
import { UNLIMITED } from "./client-state.ts";
import { readyCopies } from "./contents.ts";
import type { RabbitModel, RabbitSink } from "./index.ts";
import { nextConsumer } from "./row.ts";

const EXCHANGES = ["f", "t", "r", "h"] as const;

/** Random commands of every kind against one broker; after each one the account of copies balances (in the rig) and the broker's own figures agree with what it holds. */
class Fuzz {
  readonly rig: RabbitRig;
  private readonly streams = new RandomStreams();
  private readonly stream: number;
  private connections: number[];
  private channels: number[] = [];
  private consumers = 0;
  private messages = 0;
  private time = 0;
  readonly log: string[] = [];

  constructor(seed: number) {
    this.stream = addStream(this.streams, seed, "fuzz");
    this.rig = new RabbitRig({ version: this.pick(["3.10", "4"] as const), nodes: this.pick([1, 3]) });
    this.rig.isSlow = this.below(3) === 0;
    this.connections = [this.rig.connection];
    this.channels = [this.rig.channel];
  }

  below(n: number): number {
    return nextBelow(this.streams, this.stream, n);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  private queueArguments(): Table {
    const type = this.pick(["classic", "classic", "quorum", "stream"]);
    if (type === "stream")
      return {
        "x-queue-type": type,
        ...this.maybe("x-stream-max-segment-size-bytes", [150]),
        ...this.maybe("x-max-length-bytes", [300]),
      };
    return {
      "x-queue-type": type,
      ...this.maybe("x-message-ttl", [0, 40, 200]),
      ...this.maybe("x-max-length", [0, 1, 3]),
      ...this.maybe("x-max-length-bytes", [250]),
      ...this.maybe("x-overflow", [
        "drop-head",
        "reject-publish",
        ...(type === "classic" ? ["reject-publish-dlx"] : []),
      ]),
      ...this.maybe("x-single-active-consumer", [true]),
      ...this.maybe("x-expires", [300]),
      ...(this.below(2) === 0
        ? {
            "x-dead-letter-exchange": this.pick(["", "f", "nowhere"]),
            ...this.maybe("x-dead-letter-routing-key", ["q0", "q1", "q2"]),
          }
        : {}),
      ...(type === "classic" ? this.maybe("x-max-priority", [2]) : {}),
      ...(type === "quorum"
        ? { ...this.maybe("x-delivery-limit", [1, 3]), ...this.maybe("x-dead-letter-strategy", ["at-least-once"]) }
        : {}),
    };
  }

  private maybe(name: string, values: readonly (string | number | boolean)[]): Table {
    return this.below(3) === 0 ? { [name]: this.pick(values) } : {};
  }

  /** Mostly one that exists: every error closes a channel, and then little happens. */
  private queueName(): string {
    const name = `q${this.below(4)}`;
    return this.rig.model.queueId(name) >= 0 || this.below(15) === 0 ? name : (this.rig.model.queueNames()[0] ?? name);
  }

  private channel(): number {
    this.channels = this.channels.filter((id) => this.rig.model.isOpen(id));
    if (this.channels.length < 2 || this.below(12) === 0) {
      if (this.connections.length < 3)
        this.connections.push(
          this.rig.do((m, meta, out) => m.openConnection("guest", meta, out, { node: this.below(m.nodes) })),
        );
      const channel = this.rig.openChannel(this.pick(this.connections));
      if (!this.rig.model.isOpen(channel)) {
        this.connections = this.connections.filter((id) => this.rig.model.connections[id]?.open);
        this.connections.push(this.rig.openConnection());
        return this.channels[0] ?? channel;
      }
      this.channels.push(channel);
    }
    return this.pick(this.channels);
  }

  /** How often, what, and how. */
  private readonly commands: readonly [number, string, (channel: number) => unknown][] = [
    [2, "declare", (channel) => this.declare(channel)],
    [1, "exchange", (channel) => this.declareExchange(channel)],
    [3, "bind", (channel) => this.bind(channel)],
    [7, "publish", (channel) => this.publish(channel)],
    [3, "consume", (channel) => this.consume(channel)],
    [1, "cancel", (channel) => this.run((m, ...to) => m.cancel(channel, this.below(this.consumers + 1), ...to))],
    [2, "get", (channel) => this.rig.get(this.queueName(), this.below(3) === 0, channel)],
    [2, "ack", (channel) => this.answer(channel, (tag) => this.rig.ack(tag, this.below(3) === 0, channel))],
    [
      2,
      "nack",
      (channel) => this.answer(channel, (tag) => this.rig.nack(tag, this.below(2) > 0, this.below(3) === 0, channel)),
    ],
    [1, "mode", (channel) => this.mode(channel)],
    [1, "remove", (channel) => this.remove(channel)],
    [1, "close", (channel) => this.close(channel)],
    [1, "time", () => this.pass()],
    [1, "policy", () => this.policy()],
    [1, "fault", () => this.fault()],
  ];

  step(): void {
    const channel = this.channel();
    let at = this.below(this.commands.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, name, perform] of this.commands) {
      at -= weight;
      if (at >= 0) continue;
      this.log.push(name);
      perform(channel);
      return;
    }
  }

  private run(command: (m: RabbitModel, meta: Meta, out: RabbitSink) => unknown): void {
    this.rig.do(command);
  }

  private declareExchange(channel: number): void {
    const type = this.pick(["fanout", "topic", "x-recent-history", "x-random"]);
    const options = { autoDelete: this.below(3) === 0, durable: this.below(2) === 0 };
    this.run((m, ...to) => m.declareExchange(channel, this.pick(EXCHANGES), type, options, ...to));
  }

  private bind(channel: number): void {
    const [queue, exchange, key] = [this.queueName(), this.pick(EXCHANGES), this.pick(["#", "a", "*"])];
    const other = this.pick(EXCHANGES);
    this.run((m, ...to) => {
      if (m.exchangeId(exchange) < 0) return;
      const what = this.below(4);
      if (what === 0) m.unbindQueue(channel, queue, exchange, key, {}, ...to);
      else if (what > 1) m.bindQueue(channel, queue, exchange, key, {}, ...to);
      else if (m.exchangeId(other) >= 0) m.bindExchange(channel, other, exchange, "#", {}, ...to);
    });
  }

  private remove(channel: number): void {
    this.run((m, ...to) => {
      const what = this.below(8);
      if (what < 4) m.purge(channel, this.queueName(), ...to);
      else if (what < 6) m.deleteQueue(channel, this.queueName(), {}, ...to);
      else m.deleteExchange(channel, this.pick(EXCHANGES), {}, ...to);
    });
  }

  private close(channel: number): void {
    if (this.below(2) === 0) this.rig.closeChannel(channel);
    else this.run((m, ...to) => m.closeConnection(this.pick(this.connections), true, ...to));
  }

  private pass(): void {
    this.time += this.pick([1, 30, 100, 400]);
    this.rig.until(this.time).arrive();
  }

  private declare(channel: number): void {
    const args = this.queueArguments();
    const isClassic = args["x-queue-type"] === "classic";
    const name = `q${this.below(4)}`;
    // Another declaration of the same name would only be refused.
    if (this.rig.model.queueId(name) >= 0 && this.below(10) > 0) return;
    const options = {
      durable: !isClassic || this.below(2) === 0,
      autoDelete: isClassic && this.below(6) === 0,
      exclusive: isClassic && this.below(8) === 0,
      arguments: args,
    };
    this.rig.do((m, meta, out) => m.declareQueue(channel, name, options, meta, out));
  }

  private publish(channel: number): void {
    const exchange = this.pick(["", "", "", "f", "t", "r", "h", "amq.topic"]);
    if (this.rig.model.exchangeId(exchange) < 0) return;
    const kind = {
      exchange,
      routingKey: this.below(6) === 0 ? "a" : this.queueName(),
      priority: this.pick([-1, 0, 1, 2, 9]),
      expirationMs: this.pick([-1, -1, -1, 0, 60]),
      persistent: this.below(2) === 0,
      mandatory: this.below(4) === 0,
      size: this.pick([0, 100]),
      headers: this.below(6) === 0 ? { CC: [this.queueName(), this.queueName()] } : null,
    };
    this.rig.publish(kind.routingKey, [`m${++this.messages}`], kind, channel);
  }

  private consume(channel: number): void {
    const queue = this.queueName();
    const isStream = this.rig.model.isStream(this.rig.model.queueId(queue));
    const name = `k${this.consumers++}`;
    const noAck = this.below(4) === 0 && !isStream;
    const args: Table = isStream ? { "x-stream-offset": "first" } : this.maybe("x-priority", [-1, 5]);
    this.rig.consume(queue, name, {
      channel,
      prefetch: this.pick(isStream ? [1, 2] : [0, 1, 2]),
      noAck,
      exclusive: this.below(15) === 0,
      arguments: args,
    });
  }

  private answer(channel: number, answer: (tag: number) => void): void {
    const tags = this.rig.model.channels[channel]?.unacked.tagsUpTo(Number.MAX_SAFE_INTEGER) ?? [];
    // Now and then a tag that is not there: the channel closes.
    if (tags.length > 0) answer(this.pick(tags));
    else if (this.below(20) === 0) answer(this.below(4));
  }

  private mode(channel: number): void {
    const { rig } = this;
    rig.do((m, meta, out) => {
      switch (this.below(7)) {
        case 0:
          return m.confirmSelect(channel, meta, out);
        case 1:
          return m.txSelect(channel, meta, out);
        case 2:
          return m.channels[channel]?.transaction ? m.txCommit(channel, meta, out) : undefined;
        case 3:
          return m.channels[channel]?.transaction ? m.txRollback(channel, meta, out) : undefined;
        case 4:
          return m.qos(channel, this.below(3), true, meta, out);
        case 5:
          return m.recover(channel, true, meta, out);
        default:
          return m.qos(channel, this.below(3), false, meta, out);
      }
    });
  }

  private policy(): void {
    const definition: Table = {
      ...this.maybe("max-length", [1, 2]),
      ...this.maybe("message-ttl", [50]),
      ...this.maybe("dead-letter-exchange", [""]),
      ...this.maybe("dead-letter-routing-key", ["q3"]),
      ...this.maybe("ha-mode", ["all"]),
    };
    this.rig.do((m, meta, out) =>
      this.below(3) === 0
        ? m.deletePolicy("p", meta, out)
        : m.setPolicy("p", { pattern: this.pick(["q", "q1"]), applyTo: "all", priority: 0, definition }, meta, out),
    );
  }

  private fault(): void {
    this.rig.do((m, meta, out) => {
      if (m.isAlarmed && this.below(2) === 0) return m.setAlarm(false, meta, out);
      switch (this.below(6)) {
        case 0:
          return m.restart(this.below(2) === 0, meta, out);
        case 1:
          return m.setAlarm(!m.isAlarmed, meta, out);
        case 2:
        case 3:
          return m.stopNode(this.below(m.nodes), this.below(2) === 0, meta, out);
        default:
          return m.startNode(this.below(m.nodes), meta, out);
      }
    });
  }

  /** The broker's own figures against what it holds. */
  verify(): void {
    const { model } = this.rig;
    const unackedOf = new Map<number, number>();
    const heldBy = new Map<number, number>();
    for (const channel of model.channels) {
      if (!channel) continue;
      let live = 0;
      const count = (queue: number, consumer: number) => {
        unackedOf.set(queue, (unackedOf.get(queue) ?? 0) + 1);
        heldBy.set(consumer, (heldBy.get(consumer) ?? 0) + 1);
      };
      for (const tag of channel.unacked.tagsUpTo(Number.MAX_SAFE_INTEGER)) {
        live++;
        const copy = channel.unacked.take(tag);
        const { takenQueue, takenConsumer, takenPlace } = channel.unacked;
        if (copy >= 0) count(takenQueue, takenConsumer);
        channel.unacked.putBack(tag, copy, takenQueue, takenConsumer, takenPlace);
      }
      for (const { entries } of channel.transaction?.answers ?? [])
        for (const entry of entries) if (model.queues[entry.queue]) count(entry.queue, entry.consumer);
      expect(channel.unacked.live).toBe(live);
    }
    for (const q of model.queues) {
      if (!q) continue;
      const copies = readyCopies(q);
      expect(copies.length, `ready of ${q.name}`).toBe(q.ready);
      expect(
        copies.reduce((sum, copy) => sum + this.rig.store.sizeOf(copy), 0),
        `bytes of ${q.name}`,
      ).toBe(q.readyBytes);
      expect(q.unacked, `unacked of ${q.name}`).toBe(unackedOf.get(q.id) ?? 0);
      if (q.ready > 0 && !q.isDown && !model.isStream(q.id))
        expect(nextConsumer(model, q), `${q.name} waits beside a consumer with credit`).toBeNull();
      for (const id of q.consumers) {
        const c = model.consumers[id];
        expect(c?.unacked, `held by ${c?.tag}`).toBe(heldBy.get(id) ?? 0);
        if (!c || c.prefetch === UNLIMITED) continue;
        const credit = c.credit + c.unacked;
        // 3.10 gives some credit back twice.
        if (model.isVersion4 || q.deliveryLimit < 0) expect(credit, `credit of ${c.tag}`).toBe(c.prefetch);
        else expect(credit, `credit of ${c.tag}`).toBeGreaterThanOrEqual(c.prefetch);
      }
      if (q.limited && q.overflow === 0 && !q.isDown && !model.isStream(q.id))
        expect(q.ready <= q.maxLength && q.readyBytes <= q.maxBytes, `limit of ${q.name}`).toBe(true);
    }
  }
}

const SEEDS = 150;
const STEPS = 120;

describe("random commands", () => {
  it(`keep the account and the figures true over ${SEEDS} seeds`, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const fuzz = new Fuzz(seed);
      try {
        for (let step = 0; step < STEPS; step++) {
          fuzz.step();
          fuzz.verify();
        }
        expect(() => capture(fuzz.rig.model)).not.toThrow();
      } catch (error) {
        throw new Error(`seed ${seed}, after ${fuzz.log.slice(-8).join(" · ")}: ${(error as Error).stack}`);
      }
    }
  }, 60_000);
});
