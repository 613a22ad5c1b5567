import {
  addStream,
  DISCARD_REASONS,
  HandleLedger,
  isError,
  LOSS_REASONS,
  MessageStore,
  type Meta,
  RandomStreams,
  type RedisConfig,
  RedisModel,
  type RedisSink,
  type Reply,
} from "../../engine/index.ts";
import type { CaseEvent } from "../format.ts";
import { byReceiver, type Seen } from "./seen.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The servers' clock at the start of a case, µs: ids made by the server begin with it. */
const EPOCH = 1_795_000_000_000_000;

/** A command whose reply has not come yet. */
export interface Asked {
  readonly args: readonly string[];
  readonly as: string | undefined;
}

/** Redis servers with a clock of their own, whose effects become the events of a case; the ledger is kept. */
export class RecordedRedis implements RedisSink {
  readonly store = new MessageStore();
  readonly model: RedisModel;
  readonly clock = new VirtualClock();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  /** The case's names by the model's ids. */
  readonly names = new Map<number, string>();
  /** What each client waits for. */
  readonly asked = new Map<number, Asked>();
  /** Names for ids made by the server, by the id: `@name`. */
  readonly aliases = new Map<string, string>();
  private seen: Seen[] = [];

  constructor(config: RedisConfig = {}) {
    this.model = new RedisModel(this.store, { ...config, isNamed: true });
    const streams = new RandomStreams();
    this.clock.now = EPOCH;
    this.meta = { now: EPOCH, streams, stream: addStream(streams, 1, "redis") };
  }

  private readonly fire = (what: number, target: number): void => {
    this.meta.now = this.clock.now;
    this.model.timerFired(what, target, this.meta, this);
  };

  passTime(micros: number): void {
    this.clock.advance(this.clock.now + micros, this.fire);
    this.meta.now = this.clock.now;
  }

  /** The events since the last call, grouped by client in the order of their names. The account must balance. */
  takeEvents(): CaseEvent[] {
    this.check();
    const { seen } = this;
    this.seen = [];
    return byReceiver(seen);
  }

  /** Every copy that counts is in exactly one place. */
  check(): void {
    const held: number[] = [];
    this.model.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  /** A message for a word of a command. */
  make(text: string): number {
    const copy = this.store.alloc(this.meta.now, this.store.intern(this.kind), this.model.number(text));
    this.ledger.published(copy);
    return copy;
  }

  private readonly kind = {
    exchange: "",
    routingKey: "",
    headers: null,
    priority: -1,
    expirationMs: -1,
    persistent: true,
    mandatory: false,
    replyTo: "",
    userId: "",
    size: 100,
    key: -1,
    keyName: "",
    source: -1,
  };

  private tell(id: number, event: Record<string, unknown> & { event: string }): void {
    const client = this.names.get(id);
    if (client !== undefined) this.seen.push({ receiver: client, event: { ...event, client } });
  }

  // ---- effects that clients see

  reply(client: number, value: Reply): void {
    const asked = this.asked.get(client);
    if (isError(value)) this.tell(client, { event: "error", code: value.error });
    else {
      if (asked?.as !== undefined && typeof value === "string") this.aliases.set(value, `@${asked.as}`);
      this.tell(client, { event: "reply", value: this.named(shown(asked?.args ?? [], value)) });
    }
  }

  message(client: number, channel: string, pattern: string | null, copy: number): void {
    const id = this.model.text(copy);
    if (pattern === null) this.tell(client, { event: "message", channel, id });
    else this.tell(client, { event: "pmessage", pattern, channel, id });
    this.end(copy, "published");
  }

  closed(client: number): void {
    this.tell(client, { event: "closed" });
    this.names.delete(client);
  }

  /** Ids that the case has names for. */
  named(value: unknown): unknown {
    if (typeof value === "string") return this.aliases.get(value) ?? value;
    if (Array.isArray(value)) return value.map((one) => this.named(one));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.named(one)]));
  }

  // ---- effects on messages

  private end(copy: number, how: string): void {
    this.ledger.ends(copy, how);
    this.store.free(copy);
  }

  blocked(): void {}

  enqueued(key: string, copy: number): void {
    this.ledger.moved(copy, `enqueued in ${key}`);
  }

  popped(_client: number, key: string, copy: number): void {
    this.end(copy, `popped from ${key}`);
  }

  moved(_client: number, _from: string, to: string, copy: number): void {
    this.ledger.moved(copy, `moved to ${to}`);
  }

  removed(_client: number, key: string, copy: number): void {
    this.end(copy, `removed from ${key}`);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }

  read(_client: number, key: string, copy: number): void {
    this.end(copy, `read from ${key}`);
  }

  delivered(_client: number, _key: string, group: string, consumer: string, copy: number): void {
    this.ledger.moved(copy, `delivered to ${consumer} of ${group}`);
  }

  assigned(_key: string, group: string, consumer: string, copy: number): void {
    this.ledger.moved(copy, `assigned to ${consumer} of ${group}`);
  }

  acknowledged(key: string, group: string, copy: number): void {
    this.end(copy, `acknowledged in ${key} by ${group}`);
  }

  superseded(key: string, group: string, copy: number): void {
    this.end(copy, `superseded in ${key} of ${group}`);
  }

  discarded(key: string, copy: number, reason: number): void {
    this.end(copy, `discarded from ${key} (${DISCARD_REASONS[reason]})`);
  }

  lost(key: string, copy: number, reason: number): void {
    this.end(copy, `lost from ${key} (${LOSS_REASONS[reason]})`);
  }

  restored(_server: number, copy: number): void {
    this.ledger.published(copy);
  }

  timer(at: number, what: number, target: number): void {
    this.clock.set(at, what, target);
  }
}

const HUNDRED = 100;

/** A reply as a case writes it: idle times in whole hundreds, XINFO as objects (OPS.md, Replies). */
function shown(args: readonly string[], value: Reply): unknown {
  const [name = "", sub = ""] = args.map((word) => word.toUpperCase());
  if (name === "EXEC" || value === null) return value;
  if (name === "PTTL" && typeof value === "number") return value > 0 ? Math.ceil(value / HUNDRED) * HUNDRED : value;
  if (name === "XPENDING" && args.length > 3 && Array.isArray(value))
    return rows(value).map((row) => row.with(2, floor(row[2])));
  // Inside MULTI it is only QUEUED.
  if (name !== "XINFO" || !Array.isArray(value)) return value;
  if (sub === "STREAM") return asObject(value);
  return rows(value).map(asObject);
}

const rows = (value: Reply): Reply[][] => (Array.isArray(value) ? (value as Reply[][]) : []);
const floor = (value: Reply | undefined): number => Math.floor(Number(value) / HUNDRED) * HUNDRED;

/** Names and values in turn. */
function asObject(value: Reply): Record<string, unknown> {
  const list = Array.isArray(value) ? (value as Reply[]) : [];
  const object: Record<string, unknown> = {};
  for (let i = 0; i < list.length; i += 2) {
    const name = String(list[i]);
    object[name] = name === "idle" ? floor(list[i + 1]) : list[i + 1];
  }
  return object;
}
