import { Draw } from "./draw.ts";
import type { Move, Script } from "./play.ts";
import { KEYS, THEMES, type Theme, Topology } from "./topology.ts";

const CHANNELS = ["ch1", "ch2", "ch3", "ch4"];
const MOVES_MIN = 40;
const MOVES_MORE = 41;

/** A random script: a topology, then what clients do with it. */
class Generator {
  private readonly draw: Draw;
  private readonly version: Script["version"];
  private readonly themes: readonly Theme[];
  private readonly topology: Topology;
  private readonly moves: Move[] = [];
  private readonly consumers: { consumer: string; channel: string }[] = [];
  private messages = 0;

  constructor(seed: number) {
    this.draw = new Draw(seed, "property");
    this.version = this.draw.pick(["3.10", "4"] as const);
    this.themes = (Object.keys(THEMES) as Theme[]).filter((theme) => this.draw.below(100) < THEMES[theme]);
    this.topology = new Topology(this.draw, (theme) => this.has(theme));
  }

  private has(theme: Theme): boolean {
    // A shared limit is not known to quorum queues.
    return this.themes.includes(theme) && (theme !== "quorum" || !this.themes.includes("shared-prefetch"));
  }

  script(): Script {
    const choices = this.choices();
    this.moves.push(...this.topology.declarations());
    for (let count = MOVES_MIN + this.draw.below(MOVES_MORE); count > 0; count--) {
      const channel = this.draw.pick(CHANNELS);
      const make = this.draw.weighted(choices);
      const isBold = this.has("mistakes") && this.draw.oneIn(15);
      this.moves.push({ ...make(channel), ...(isBold ? { bold: true } : {}) });
    }
    return { version: this.version, moves: this.moves };
  }

  /** How often, and what. */
  private choices(): (readonly [number, (channel: string) => Move])[] {
    const { draw, topology } = this;
    const only = (theme: Theme, weight: number) => (this.has(theme) ? weight : 0);
    return [
      [20, (channel) => this.publish(channel)],
      [5, (channel) => this.consume(channel)],
      [4, (channel) => this.get(channel)],
      [9, (channel) => this.answer("basic.ack", channel)],
      [7, (channel) => this.answer("basic.nack", channel)],
      [3, (channel) => this.answer("basic.reject", channel)],
      [1, () => this.cancel()],
      [3 + only("ttl", 2), () => this.wait()],
      [1, (channel) => ({ op: "channel.close", channel })],
      [1, (channel) => ({ op: "basic.recover", channel })],
      [1, () => topology.declareQueue(this.queue())],
      [only("prefetch", 2), (channel) => ({ op: "basic.qos", channel, prefetch: draw.below(4) })],
      [only("shared-prefetch", 3), (channel) => ({ op: "basic.qos", channel, prefetch: draw.below(4), global: true })],
      [only("confirms", 3), (channel) => ({ op: "confirm.select", channel })],
      [only("transactions", 2), (channel) => ({ op: "tx.select", channel })],
      [only("transactions", 4), (channel) => ({ op: "tx.commit", channel })],
      [only("transactions", 2), (channel) => ({ op: "tx.rollback", channel })],
      [1 + only("exchanges", 2), () => topology.bind(true)],
      [only("exchanges", 2), () => topology.bind(false)],
      [only("exchanges", 1), () => topology.declareExchange(draw.pick(topology.exchanges))],
      [only("deleting", 2), (channel) => ({ op: "queue.purge", channel, queue: this.queue() })],
      [only("deleting", 1), (channel) => this.deleteQueue(channel)],
      [only("deleting", 1), (channel) => this.deleteExchange(channel)],
      [only("closing", 1), () => ({ op: "connection.close", connection: draw.pick(["c1", "c2", "c3"]) })],
      [only("closing", 1), () => ({ op: "connection.abort", connection: draw.pick(["c1", "c2", "c3"]) })],
      [only("restarts", 2), () => ({ op: draw.pick(["broker.restart", "broker.kill"]) })],
      [only("policies", 3), () => topology.policy()],
      [only("mistakes", 1), (channel) => this.mistake(channel)],
    ];
  }

  private queue(): string {
    return this.draw.pick(this.topology.queues);
  }

  private publish(channel: string): Move {
    const { draw, topology } = this;
    const toQueue = !draw.oneIn(3);
    return {
      op: "basic.publish",
      channel,
      id: `m${++this.messages}`,
      exchange: toQueue ? "" : draw.pick([...topology.exchanges, ...topology.exchanges, "amq.direct", "amq.topic"]),
      routing_key: toQueue ? this.queue() : draw.pick(KEYS),
      ...this.properties(),
    };
  }

  private properties(): Record<string, unknown> {
    const { draw } = this;
    const copies = this.has("copies")
      ? { ...draw.maybe("CC", [[this.queue()], ["a", this.queue()]]), ...draw.maybe("BCC", [[this.queue()]]) }
      : {};
    const headers = { ...(this.has("headers") ? this.topology.headers() : {}), ...copies };
    return {
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(this.has("priorities") ? draw.maybe("priority", [0, 1, 2, 5, 9]) : {}),
      // One time for each message, so that no two fall due together.
      ...(this.has("ttl")
        ? draw.maybe("expiration", ["0", String(30 + this.messages), String(200 + this.messages)])
        : {}),
      ...(this.has("limits") ? draw.maybe("size", [10, 100]) : {}),
      ...draw.maybe("delivery_mode", [2]),
      ...draw.maybe("mandatory", [true]),
    };
  }

  private consume(channel: string): Move {
    const { draw } = this;
    const consumer = `k${this.consumers.length + 1}`;
    this.consumers.push({ consumer, channel });
    return {
      op: "basic.consume",
      channel,
      queue: this.queueFor(channel),
      consumer,
      ...(draw.oneIn(4) ? { no_ack: true } : {}),
      ...(this.has("exclusive") && draw.oneIn(8) ? { exclusive: true } : {}),
      ...(this.has("consumer-priorities") && draw.oneIn(2)
        ? { arguments: { "x-priority": draw.pick([-1, 1, 5]) } }
        : {}),
    };
  }

  /** A channel with a shared limit consumes from one queue: the broker wakes several of them in random order. */
  private queueFor(channel: string): string {
    const { queues } = this.topology;
    if (!this.has("shared-prefetch")) return this.queue();
    return queues[CHANNELS.indexOf(channel) % queues.length] as string;
  }

  private cancel(): Move {
    if (this.consumers.length === 0) return this.wait();
    return { op: "basic.cancel", ...this.draw.pick(this.consumers) };
  }

  private get(channel: string): Move {
    return { op: "basic.get", channel, queue: this.queue(), no_ack: this.draw.oneIn(3) };
  }

  private answer(op: string, channel: string): Move {
    const { draw } = this;
    return {
      op,
      channel,
      nth: draw.below(8),
      ...(op === "basic.reject" ? {} : { multiple: draw.oneIn(4) }),
      ...(op === "basic.ack" ? {} : { requeue: !draw.oneIn(this.has("dead-letters") ? 2 : 3) }),
    };
  }

  private deleteQueue(channel: string): Move {
    const { draw } = this;
    return { op: "queue.delete", channel, queue: this.queue(), if_unused: draw.oneIn(4), if_empty: draw.oneIn(4) };
  }

  private deleteExchange(channel: string): Move {
    return {
      op: "exchange.delete",
      channel,
      exchange: this.draw.pick(this.topology.exchanges),
      if_unused: this.draw.oneIn(3),
    };
  }

  /** What only closes a channel or a connection. */
  private mistake(channel: string): Move {
    return {
      bold: true,
      ...this.draw.pick<Move>([
        { op: "basic.ack", channel, tag: 99 },
        { op: "basic.nack", channel, tag: 99, multiple: true },
        { op: "basic.ack", channel, tag: 0 },
        { op: "basic.publish", channel, id: `m${++this.messages}`, exchange: "missing", routing_key: "a" },
        { op: "basic.publish", channel, id: `m${++this.messages}`, routing_key: this.queue(), expiration: "soon" },
        { op: "basic.publish", channel, id: `m${++this.messages}`, routing_key: this.queue(), headers: { CC: "q1" } },
        { op: "queue.declare", channel, queue: this.queue(), arguments: { "x-max-length": 77 } },
        { op: "queue.declare", channel, queue: this.queue(), arguments: { "x-nobody-knows": 1 } },
        { op: "queue.declare", channel, queue: "missing", passive: true },
        { op: "queue.bind", channel, queue: this.queue(), exchange: "", routing_key: "a" },
        { op: "exchange.delete", channel, exchange: "amq.topic" },
        { op: "basic.recover", channel, requeue: false },
        { op: "tx.commit", channel },
      ]),
    };
  }

  /** Never the same sum twice, so that nothing falls due together with a command: µs beside ms. */
  private wait(): Move {
    return { op: "wait", ms: this.draw.pick([1, 20, 50, 120, 300]) + this.moves.length / 1000 };
  }
}

export const generate = (seed: number): Script => new Generator(seed).script();
