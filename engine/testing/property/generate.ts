import { Draw } from "./draw.ts";
import type { Move, Script } from "./play.ts";

const CHANNELS = ["ch1", "ch2", "ch3", "ch4"] as const;

/** A random script: a topology, then what clients do with it. */
class Generator {
  private readonly draw: Draw;
  private readonly version: Script["version"];
  private readonly queues: string[];
  private readonly moves: Move[] = [];
  private messages = 0;
  private readonly consumers: { consumer: string; channel: string }[] = [];

  constructor(seed: number) {
    this.draw = new Draw(seed, "property");
    this.version = this.draw.pick(["3.10", "4"] as const);
    this.queues = ["q1", "q2", "q3"].slice(0, 1 + this.draw.below(3));
  }

  script(): Script {
    for (const queue of this.queues) this.moves.push({ op: "queue.declare", channel: "ch1", queue });
    for (const queue of this.queues) {
      const routing_key = this.draw.pick(["a", "b"]);
      this.moves.push({ op: "queue.bind", channel: "ch1", queue, exchange: "amq.direct", routing_key });
    }
    for (let count = 40 + this.draw.below(41); count > 0; count--) this.moves.push(this.move());
    return { version: this.version, moves: this.moves };
  }

  private move(): Move {
    const channel = this.draw.pick(CHANNELS);
    const make = this.draw.weighted<(channel: string) => Move>([
      [8, (on) => this.publish(on)],
      [3, (on) => this.consume(on)],
      [2, (on) => this.get(on)],
      [3, (on) => this.answer("basic.ack", on)],
      [3, (on) => this.answer("basic.nack", on)],
      [1, (on) => ({ op: "channel.close", channel: on })],
      [1, () => this.cancel()],
      [1, () => this.wait()],
    ]);
    return make(channel);
  }

  private queue(): string {
    return this.draw.pick(this.queues);
  }

  private publish(channel: string): Move {
    const toQueue = this.draw.oneIn(2);
    return {
      op: "basic.publish",
      channel,
      id: `m${++this.messages}`,
      exchange: toQueue ? "" : "amq.direct",
      routing_key: toQueue ? this.queue() : this.draw.pick(["a", "b", "c"]),
    };
  }

  private consume(channel: string): Move {
    const consumer = `k${this.consumers.length + 1}`;
    this.consumers.push({ consumer, channel });
    return { op: "basic.consume", channel, queue: this.queue(), consumer, no_ack: this.draw.oneIn(4) };
  }

  private cancel(): Move {
    if (this.consumers.length === 0) return this.wait();
    return { op: "basic.cancel", ...this.draw.pick(this.consumers) };
  }

  private get(channel: string): Move {
    return { op: "basic.get", channel, queue: this.queue(), no_ack: this.draw.oneIn(3) };
  }

  private answer(op: string, channel: string): Move {
    const how = { multiple: this.draw.oneIn(4), ...(op === "basic.nack" ? { requeue: !this.draw.oneIn(3) } : {}) };
    return { op, channel, nth: this.draw.below(8), ...how };
  }

  /** Never the same sum twice, so that nothing falls due together with a command: µs beside ms. */
  private wait(): Move {
    return { op: "wait", ms: this.draw.pick([1, 20, 50, 120, 300]) + this.moves.length / 1000 };
  }
}

export const generate = (seed: number): Script => new Generator(seed).script();
