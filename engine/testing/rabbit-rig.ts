import { addStream, RandomStreams } from "../kernel/random.ts";
import { HandleLedger } from "../models/handle-ledger.ts";
import { type MessageKind, MessageStore, PLAIN_KIND, REDELIVERED, type Table } from "../models/messages.ts";
import { DISCARD_REASONS, LOSS_REASONS, type Meta } from "../models/model.ts";
import {
  extrasOf,
  GUEST,
  type RabbitConfig,
  RabbitModel,
  type RabbitSink,
  returnsOf,
} from "../models/rabbitmq/index.ts";

interface Timer {
  at: number;
  what: number;
  target: number;
}

/** What a consumer was given. */
export interface Delivered {
  id: string;
  tag: number;
  redelivered: boolean;
}

/**
 * A broker on the bench: commands by name, one mighty client, effects as a list of short texts, time wound by hand. The account of copies is checked after every command.
 * Texts: `deliver k1 m1`, `discard q1 m1 expired`, `confirm 1`, `close channel 406` …
 */
export class RabbitRig implements RabbitSink {
  readonly store = new MessageStore();
  readonly model: RabbitModel;
  readonly meta: Meta;
  readonly ledger = new HandleLedger();
  /** Everything that happened since `take`. */
  effects: string[] = [];
  /** Copies that wait between exchange and queue, when `isSlow`. */
  readonly underWay: { copy: number; queue: number; path: readonly number[] }[] = [];
  isSlow = false;
  connection: number;
  channel: number;
  private readonly ids: string[] = [""];
  private readonly given = new Map<string, Delivered[]>();
  private readonly consumerNames = new Map<number, string>();
  private subscribing = "";
  private timers: Timer[] = [];

  constructor(config: RabbitConfig = { version: "4" }) {
    this.model = new RabbitModel(this.store, config);
    const streams = new RandomStreams();
    this.meta = { now: 0, streams, stream: addStream(streams, 1, "rig") };
    this.connection = this.model.openConnection(GUEST, this.meta, this);
    this.channel = this.model.openChannel(this.connection, this.meta, this);
  }

  /** Runs a command of the model; the account must balance afterwards. */
  do<T>(command: (model: RabbitModel, meta: Meta, out: RabbitSink) => T): T {
    const result = command(this.model, this.meta, this);
    this.check();
    return result;
  }

  check(): void {
    const held: number[] = [];
    this.model.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  /** @returns the effects since the last call */
  take(): string[] {
    const { effects } = this;
    this.effects = [];
    return effects;
  }

  /** Another channel of the client, or of a new connection. */
  openChannel(connection = this.connection): number {
    return this.do((m, meta, out) => m.openChannel(connection, meta, out));
  }

  openConnection(user = GUEST): number {
    return this.do((m, meta, out) => m.openConnection(user, meta, out));
  }

  queue(
    name: string,
    args: Table = {},
    options: { durable?: boolean; autoDelete?: boolean; exclusive?: boolean } = {},
  ): this {
    const isClassic = args["x-queue-type"] === undefined || args["x-queue-type"] === "classic";
    const all = { durable: !isClassic, ...options, arguments: args };
    this.do((m, meta, out) => m.declareQueue(this.channel, name, all, meta, out));
    return this;
  }

  exchange(name: string, type: string, args: Table = {}): this {
    this.do((m, meta, out) => m.declareExchange(this.channel, name, type, { arguments: args }, meta, out));
    return this;
  }

  bind(queue: string, exchange: string, key = "", args: Table = {}): this {
    this.do((m, meta, out) => m.bindQueue(this.channel, queue, exchange, key, args, meta, out));
    return this;
  }

  bindExchange(to: string, from: string, key = ""): this {
    this.do((m, meta, out) => m.bindExchange(this.channel, to, from, key, {}, meta, out));
    return this;
  }

  /** Publishes messages called `ids` to a queue through the default exchange, or as `kind` says. */
  publish(key: string, ids: readonly string[], kind: Partial<MessageKind> = {}, channel = this.channel): this {
    for (const id of ids) {
      const row = this.store.intern({ ...PLAIN_KIND, routingKey: key, ...kind });
      const copy = this.store.alloc(this.meta.now, row, this.ids.length);
      this.ids.push(id);
      this.ledger.published(copy);
      const exchange = this.model.exchangeId(kind.exchange ?? "");
      this.do((m, meta, out) => m.publish(channel, exchange, copy, meta, out));
    }
    return this;
  }

  consume(
    queue: string,
    name: string,
    options: { prefetch?: number; noAck?: boolean; exclusive?: boolean; channel?: number; arguments?: Table } = {},
  ): this {
    const channel = options.channel ?? this.channel;
    this.subscribing = name;
    if (!this.given.has(name)) this.given.set(name, []);
    this.do((m, meta, out) => {
      if (options.prefetch !== undefined) m.qos(channel, options.prefetch, false, meta, out);
      const id = m.consume(channel, m.queueId(queue), name, options, meta, out);
      if (id >= 0) this.consumerNames.set(id, name);
    });
    return this;
  }

  get(queue: string, noAck = false, channel = this.channel): this {
    this.do((m, meta, out) => m.get(channel, m.queueId(queue), noAck, meta, out));
    return this;
  }

  ack(tag: number, multiple = false, channel = this.channel): this {
    this.do((m, meta, out) => m.ack(channel, tag, multiple, meta, out));
    return this;
  }

  nack(tag: number, requeue: boolean, multiple = false, channel = this.channel): this {
    this.do((m, meta, out) => m.nack(channel, tag, multiple, requeue, meta, out));
    return this;
  }

  closeChannel(channel: number): this {
    this.do((m, meta, out) => m.closeChannel(channel, meta, out));
    return this;
  }

  /** Winds the clock to `ms` and lets happen what falls due, the last moment included. */
  until(ms: number): this {
    const end = ms * 1000;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.meta.now = Math.max(this.meta.now, due.at);
      this.do((m, meta, out) => m.timerFired(due.what, due.target, meta, out));
    }
    this.meta.now = end;
    return this;
  }

  /** The copies under way arrive, in the order of leaving. */
  arrive(): this {
    for (const { copy, queue } of this.underWay.splice(0)) {
      this.ledger.arrived(copy);
      this.do((m, meta, out) => m.enqueue(queue, copy, meta, out));
    }
    return this;
  }

  /** Ready messages of a queue, head first. */
  ready(queue: string): string[] {
    const ids: string[] = [];
    this.model.forEachReady(this.model.queueId(queue), (copy) => ids.push(this.idOf(copy)));
    return ids;
  }

  delivered(consumer: string): Delivered[] {
    return this.given.get(consumer) ?? [];
  }

  /** Message ids given to a consumer. */
  got(consumer: string): string[] {
    return this.delivered(consumer).map(({ id }) => id);
  }

  private idOf(copy: number): string {
    return this.ids[this.store.id[copy] as number] as string;
  }

  private note(...words: (string | number)[]): void {
    this.effects.push(words.join(" "));
  }

  // ---- effects

  transfer(copy: number, queue: number, path: readonly number[]): void {
    this.ledger.transferred(copy);
    if (this.isSlow) {
      this.underWay.push({ copy, queue, path });
      return;
    }
    this.ledger.arrived(copy);
    this.model.enqueue(queue, copy, this.meta, this);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }

  enqueued(queue: number, copy: number): void {
    this.ledger.moved(copy, "enqueued");
    this.note("enqueue", this.model.queueName(queue), this.idOf(copy));
  }

  deliver(consumer: number, _queue: number, tag: number, copy: number): void {
    this.ledger.moved(copy, "delivered");
    const name = this.consumerNames.get(consumer) ?? this.subscribing;
    const redelivered = ((this.store.flags[copy] as number) & REDELIVERED) !== 0;
    this.given.get(name)?.push({ id: this.idOf(copy), tag, redelivered });
    this.note("deliver", name, this.idOf(copy));
  }

  getOk(_channel: number, _queue: number, tag: number, copy: number, readyLeft: number): void {
    this.ledger.moved(copy, "got");
    const returns = returnsOf(this.store, copy);
    this.note(
      "get-ok",
      this.idOf(copy),
      `tag=${tag}`,
      `left=${readyLeft}`,
      ...(returns > 0 ? [`returns=${returns}`] : []),
    );
  }

  getEmpty(): void {
    this.note("get-empty");
  }

  settled(queue: number, copy: number): void {
    this.note("settle", this.model.queueName(queue), this.idOf(copy));
    this.end(copy, "settled");
  }

  kept(): void {}

  reached(): void {}

  strayed(): void {}

  requeued(queue: number, copy: number): void {
    this.ledger.moved(copy, "requeued");
    this.note("requeue", this.model.queueName(queue), this.idOf(copy));
  }

  deadLettered(queue: number, copy: number, reason: number): void {
    this.ledger.moved(copy, "dead-lettered");
    const deaths = extrasOf(this.store, copy)?.deaths.length ?? 0;
    this.note(
      "dead-letter",
      this.model.queueName(queue),
      this.idOf(copy),
      DISCARD_REASONS[reason] as string,
      `deaths=${deaths}`,
    );
  }

  discarded(queue: number, copy: number, reason: number): void {
    const name = queue < 0 ? "-" : this.model.queueName(queue);
    this.note("discard", name, this.idOf(copy), DISCARD_REASONS[reason] as string);
    this.end(copy, `discarded (${DISCARD_REASONS[reason]})`);
  }

  lost(queue: number, copy: number, reason: number): void {
    const name = queue < 0 ? "-" : this.model.queueName(queue);
    this.note("lose", name, this.idOf(copy), LOSS_REASONS[reason] as string);
    this.end(copy, `lost (${LOSS_REASONS[reason]})`);
  }

  private end(copy: number, how: string): void {
    this.ledger.ends(copy, how);
    this.store.free(copy);
  }

  returned(_channel: number, copy: number, code: number): void {
    this.note("return", this.idOf(copy), code);
  }

  confirm(_channel: number, sequence: number): void {
    this.note("confirm", sequence);
  }

  refused(_channel: number, sequence: number): void {
    this.note("refuse", sequence);
  }

  timer(at: number, what: number, target: number): void {
    this.timers.push({ at, what, target });
  }

  cancelled(consumer: number): void {
    this.note("cancel", this.consumerNames.get(consumer) ?? "?");
  }

  channelClosed(channel: number, code: number): void {
    this.note("close channel", channel === this.channel ? "own" : channel, code);
  }

  connectionClosed(_connection: number, code: number): void {
    this.note("close connection", code);
  }

  blocked(): void {
    this.note("blocked");
  }

  unblocked(): void {
    this.note("unblocked");
  }

  queueGone(_queue: number, why: string): void {
    this.note("gone", why);
  }
}

/** A broker on the bench. */
export const rig = (version: RabbitConfig["version"] = "4", nodes = 1): RabbitRig => new RabbitRig({ version, nodes });
