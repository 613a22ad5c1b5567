import type { Draw } from "./draw.ts";
import type { Move } from "./play.ts";

/** What a script may be about, and in how many of a hundred it is. */
export const THEMES = {
  quorum: 40,
  ttl: 45,
  limits: 50,
  "dead-letters": 70,
  priorities: 30,
  "single-active": 20,
  exclusive: 15,
  "auto-delete": 20,
  expires: 20,
  prefetch: 70,
  "shared-prefetch": 20,
  "consumer-priorities": 25,
  confirms: 50,
  transactions: 25,
  exchanges: 40,
  headers: 25,
  copies: 25,
  deleting: 25,
  closing: 25,
  restarts: 15,
  policies: 20,
  mistakes: 25,
} as const;
export type Theme = keyof typeof THEMES;

export const KEYS = ["a", "b", "a.b", "a.b.c", "b.a", ""] as const;
const PATTERNS = ["a", "b", "#", "*", "a.#", "*.b", "a.*.c", "#.b", ""] as const;
const TYPES = ["direct", "fanout", "topic", "headers"] as const;
const HEADER_VALUES = [1, 2, "1", true] as const;

/** What queues and exchanges a script has. */
export class Topology {
  readonly queues: readonly string[];
  readonly exchanges: readonly string[];
  private readonly types = new Map<string, string>();
  private readonly arguments = new Map<string, Record<string, unknown>>();
  private readonly draw: Draw;
  private readonly has: (theme: Theme) => boolean;

  constructor(draw: Draw, has: (theme: Theme) => boolean) {
    this.draw = draw;
    this.has = has;
    this.queues = ["q1", "q2", "q3"].slice(0, 1 + draw.below(3));
    this.exchanges = has("exchanges") ? ["e1", "e2", "e3"].slice(0, 1 + draw.below(3)) : ["e1"];
  }

  declarations(): Move[] {
    const moves = [
      ...this.exchanges.map((exchange) => this.declareExchange(exchange)),
      ...this.queues.map((queue) => this.declareQueue(queue)),
    ];
    for (let count = this.queues.length + this.draw.below(4); count > 0; count--) moves.push(this.bind(true));
    for (const channel of ["ch1", "ch2", "ch3", "ch4"]) {
      if (this.has("prefetch")) moves.push({ op: "basic.qos", channel, prefetch: this.draw.below(4) });
      if (this.has("confirms") && this.draw.oneIn(2)) moves.push({ op: "confirm.select", channel });
    }
    return moves;
  }

  /** The same declaration whenever it is made again, but for a mistake now and then. */
  declareQueue(queue: string): Move {
    const drawn = this.arguments.get(queue) ?? this.queueFields(queue);
    this.arguments.set(queue, drawn);
    return { op: "queue.declare", channel: this.draw.pick(["ch1", "ch1", "ch3"]), queue, ...drawn };
  }

  declareExchange(exchange: string): Move {
    const { draw } = this;
    const known = this.arguments.get(exchange);
    if (known !== undefined) return { op: "exchange.declare", channel: "ch1", exchange, ...known };
    const type = draw.pick(this.has("headers") ? ["headers", ...TYPES] : TYPES);
    const rich = this.has("exchanges");
    const fields = {
      type,
      // What auto-delete exchanges do at a restart is not known.
      ...(rich && draw.oneIn(4) ? { auto_delete: true } : { durable: draw.oneIn(2) }),
      ...(rich && draw.oneIn(6) ? { internal: true } : {}),
      ...(rich && draw.oneIn(3)
        ? { arguments: { "alternate-exchange": draw.pick([...this.exchanges, "amq.fanout", "missing"]) } }
        : {}),
    };
    this.types.set(exchange, type);
    this.arguments.set(exchange, fields);
    return { op: "exchange.declare", channel: "ch1", exchange, ...fields };
  }

  /** A binding of a queue, or of an exchange to an exchange, made or undone. */
  bind(isBind: boolean): Move {
    const { draw } = this;
    const source = draw.oneIn(5) ? draw.pick(["amq.direct", "amq.fanout", "amq.topic"]) : draw.pick(this.exchanges);
    const type = source.startsWith("amq.") ? source.slice("amq.".length) : this.types.get(source);
    const what = {
      channel: "ch1",
      routing_key: draw.pick(type === "topic" ? PATTERNS : KEYS),
      ...(type === "headers" ? { arguments: this.bindingArguments() } : {}),
    };
    if (this.has("exchanges") && draw.oneIn(4)) {
      const destination = draw.pick([...this.exchanges, "amq.topic"]);
      return { op: isBind ? "exchange.bind" : "exchange.unbind", destination, source, ...what };
    }
    return { op: isBind ? "queue.bind" : "queue.unbind", queue: draw.pick(this.queues), exchange: source, ...what };
  }

  private bindingArguments(): Record<string, unknown> {
    const { draw } = this;
    return {
      ...draw.maybe("x-match", ["all", "any", "all-with-x", "any-with-x"]),
      ...draw.maybe("h1", [...HEADER_VALUES, null]),
      ...draw.maybe("h2", HEADER_VALUES),
      ...draw.maybe("x-h", HEADER_VALUES),
    };
  }

  headers(): Record<string, unknown> {
    const { draw } = this;
    return {
      ...draw.maybe("h1", HEADER_VALUES),
      ...draw.maybe("h2", HEADER_VALUES),
      ...draw.maybe("x-h", HEADER_VALUES),
    };
  }

  private queueFields(queue: string): Record<string, unknown> {
    const { draw } = this;
    const isQuorum = this.has("quorum") && !draw.oneIn(3);
    const durable = isQuorum || draw.oneIn(2);
    const args = this.queueArguments(queue, isQuorum);
    return {
      ...(durable ? { durable } : {}),
      ...(!isQuorum && this.has("auto-delete") && draw.oneIn(3) ? { auto_delete: true } : {}),
      ...(!isQuorum && this.has("exclusive") && draw.oneIn(8) ? { exclusive: true } : {}),
      ...(Object.keys(args).length > 0 ? { arguments: args } : {}),
    };
  }

  private queueArguments(queue: string, isQuorum: boolean): Record<string, unknown> {
    const { draw } = this;
    // No two queues with one time to live: what falls due in both at once has no promised order.
    const number = 1 + this.queues.indexOf(queue);
    return {
      ...(isQuorum ? { "x-queue-type": "quorum" } : {}),
      ...(this.has("ttl") ? draw.often("x-message-ttl", [0, 40 + 3 * number, 150 + 3 * number]) : {}),
      ...(this.has("limits") ? this.limits(isQuorum) : {}),
      ...(this.has("dead-letters") && !draw.oneIn(4) ? this.deadLetters(queue) : {}),
      ...(this.has("priorities") && !isQuorum ? draw.maybe("x-max-priority", [1, 3]) : {}),
      ...(this.has("single-active") ? draw.maybe("x-single-active-consumer", [true]) : {}),
      ...(this.has("expires") ? draw.maybe("x-expires", [200 + 7 * number]) : {}),
      ...(isQuorum ? draw.often("x-delivery-limit", [0, 1, 3]) : {}),
    };
  }

  /** Other settings for one queue, for all, or for an exchange. */
  policy(): Move {
    const { draw } = this;
    const policy = draw.pick(["p1", "p2"]);
    if (draw.oneIn(4)) return { op: "policy.delete", policy };
    const isForExchanges = this.has("exchanges") && draw.oneIn(4);
    return {
      op: "policy.set",
      policy,
      pattern: isForExchanges ? "^e" : draw.pick(["^q", "1$", "^q2"]),
      apply_to: isForExchanges ? "exchanges" : draw.pick(["queues", "all"]),
      priority: policy === "p1" ? 1 : 2,
      definition: isForExchanges
        ? { "alternate-exchange": draw.pick([...this.exchanges, "amq.fanout"]) }
        : {
            ...(this.has("ttl") ? draw.maybe("message-ttl", [0, 62, 181]) : {}),
            ...(this.has("expires") ? draw.maybe("expires", [231]) : {}),
            // Which publishers a quorum queue knows when it gets a limit later is nowhere said.
            ...(this.has("quorum") ? {} : draw.maybe("max-length", [1, 3])),
            ...(this.has("quorum")
              ? {}
              : draw.maybe("overflow", ["drop-head", "reject-publish", "reject-publish-dlx"])),
            ...draw.maybe("dead-letter-exchange", [""]),
            ...draw.maybe("dead-letter-routing-key", this.queues),
            ...draw.maybe("delivery-limit", [2]),
          },
    };
  }

  private limits(isQuorum: boolean): Record<string, unknown> {
    const { draw } = this;
    const overflows = ["drop-head", "reject-publish", ...(isQuorum ? [] : ["reject-publish-dlx"])];
    return {
      ...draw.often("x-max-length", [0, 1, 2, 4]),
      ...draw.maybe("x-max-length-bytes", [50, 150]),
      ...draw.often("x-overflow", overflows),
    };
  }

  /** Half of them from queue to queue, round and round: long histories need that. */
  private deadLetters(queue: string): Record<string, unknown> {
    const { draw, queues } = this;
    const next = queues[(queues.indexOf(queue) + 1) % queues.length];
    if (draw.oneIn(2)) return { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": next };
    const exchange = draw.weighted([
      [6, ""],
      [4, draw.pick(this.exchanges)],
      [1, "amq.fanout"],
      [1, "missing"],
    ]);
    return {
      "x-dead-letter-exchange": exchange,
      ...(exchange === "" || draw.oneIn(2)
        ? { "x-dead-letter-routing-key": draw.pick(exchange === "" ? this.queues : KEYS) }
        : {}),
    };
  }
}
