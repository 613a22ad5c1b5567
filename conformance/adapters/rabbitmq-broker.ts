import {
  addStream,
  DEAD_LETTER,
  DISCARD_REASONS,
  extrasOf,
  HandleLedger,
  LOSS_REASONS,
  MessageStore,
  type Meta,
  plainTable,
  type RabbitConfig,
  RabbitModel,
  type RabbitSink,
  RandomStreams,
  REDELIVERED,
  returnsOf,
  visibleHeaders,
} from "../../engine/index.ts";
import type { CaseEvent } from "../format.ts";
import { byReceiver } from "./seen.ts";

import { VirtualClock } from "./virtual-clock.ts";

const REPLY_ADDRESS = /^amq\.rabbitmq\.reply-to\..*/;

/** An event, and who saw it: a name now, or a connection whose name is known later. */
interface Seen {
  receiver: string | { connection: number };
  event: CaseEvent;
}

/**
 * A broker model with a clock of its own, whose effects become the events of a case: routed copies arrive at once, and the ledger is kept.
 */
export class RecordedBroker implements RabbitSink {
  readonly store = new MessageStore();
  readonly model: RabbitModel;
  readonly clock = new VirtualClock();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  /** The case's names by the model's ids. */
  readonly connectionNames = new Map<number, string>();
  readonly channelNames = new Map<number, string>();
  readonly consumers = new Map<number, { name: string; queue: string; noAck: boolean }>();
  /** Message ids of the case by publish number. */
  readonly messageIds: string[] = [""];
  /** Publishes of a channel with confirms, in order. */
  readonly confirmable = new Map<number, string[]>();
  /** The case's names for queues that the server named. */
  readonly aliases = new Map<string, string>();
  /** Reply addresses as receivers saw them, by message. */
  readonly replyAddresses = new Map<string, string>();
  /** The consumer being subscribed, whose id is not known before its first deliveries. */
  subscribing: { name: string; queue: string; noAck: boolean } | null = null;
  /** The basic.get under way. */
  getting = { queue: "", noAck: false };
  private seen: Seen[] = [];
  /** Dead letters on their way. */
  private underWay: { copy: number; queue: number }[] = [];

  /** @param version what was recorded, unless somebody compares something else */
  constructor(nodes: number, version: RabbitConfig["version"] = "3.10") {
    this.model = new RabbitModel(this.store, { version, nodes });
    const streams = new RandomStreams();
    this.meta = { now: 0, streams, stream: addStream(streams, 1, "broker") };
  }

  /** Tells an event. */
  tell(receiver: Seen["receiver"], event: CaseEvent): void {
    this.seen.push({ receiver, event });
  }

  private readonly fire = (what: number, target: number): void => {
    this.meta.now = this.clock.now;
    this.model.timerFired(what, target, this.meta, this);
    this.arrive();
  };

  passTime(micros: number): void {
    this.clock.advance(this.clock.now + micros, this.fire);
    this.meta.now = this.clock.now;
  }

  /** What is due now happens. */
  settle(): void {
    this.clock.settle(this.fire);
  }

  /** The events since the last call, sorted by receiver, in their order for each. The account must balance. */
  takeEvents(): CaseEvent[] {
    const held: number[] = [];
    this.model.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
    const named = this.seen.map(({ receiver, event }) => {
      if (typeof receiver === "string") return { receiver, event };
      const connection = this.connectionNames.get(receiver.connection) ?? "?";
      return { receiver: connection, event: { ...event, connection } };
    });
    this.seen = [];
    return byReceiver(named);
  }

  alias(name: string): string {
    return this.aliases.get(name) ?? name.replace(REPLY_ADDRESS, "amq.rabbitmq.reply-to.*");
  }

  idOf(copy: number): string {
    return this.messageIds[this.store.id[copy] as number] as string;
  }

  private channelName(channel: number): string {
    return this.channelNames.get(channel) ?? "?";
  }

  /** Message fields in the order of OPS.md. */
  private message(copy: number, tag: number, noAck: boolean): Record<string, unknown> {
    const { store } = this;
    const kind = store.kindOf(copy);
    const extras = extrasOf(store, copy);
    const headers = visibleHeaders(kind.headers);
    const id = this.idOf(copy);
    if (kind.replyTo !== "") this.replyAddresses.set(id, kind.replyTo);
    const deaths = extras?.deaths ?? [];
    return {
      id,
      ...(noAck ? {} : { tag }),
      redelivered: ((store.flags[copy] as number) & REDELIVERED) !== 0,
      exchange: kind.exchange,
      routing_key: this.alias(kind.routingKey),
      ...(kind.priority >= 0 ? { priority: kind.priority } : {}),
      ...(kind.expirationMs >= 0 ? { expiration: String(kind.expirationMs) } : {}),
      ...(kind.userId === "" ? {} : { user_id: kind.userId }),
      ...(kind.replyTo === "" ? {} : { reply_to: this.alias(kind.replyTo) }),
      ...(deaths.length === 0 ? {} : { x_death: deaths.map((death) => this.death(death)) }),
      ...(extras?.firstDeath
        ? { first_death: { ...extras.firstDeath, queue: this.alias(extras.firstDeath.queue) } }
        : {}),
      ...(headers === null || Object.keys(headers).length === 0 ? {} : { headers: plainTable(headers) }),
    };
  }

  private death(death: NonNullable<ReturnType<typeof extrasOf>>["deaths"][number]): Record<string, unknown> {
    return {
      queue: this.alias(death.queue),
      reason: death.reason,
      count: death.count,
      exchange: death.exchange,
      routing_keys: death.routingKeys.map((key) => this.alias(key)),
      ...(death.originalExpirationMs >= 0 ? { original_expiration: String(death.originalExpirationMs) } : {}),
    };
  }

  // ---- effects

  /** A publish reaches its queues at once; what dies in a queue goes on only when everybody has done what they are at. */
  transfer(copy: number, queue: number): void {
    this.ledger.transferred(copy);
    if (((this.store.flags[copy] as number) & DEAD_LETTER) !== 0) this.underWay.push({ copy, queue });
    else this.reach(copy, queue);
  }

  private reach(copy: number, queue: number): void {
    this.ledger.arrived(copy);
    this.model.enqueue(queue, copy, this.meta, this);
  }

  /** Dead letters reach their queues, in the order of dying. */
  arrive(): void {
    for (let next = this.underWay.shift(); next !== undefined; next = this.underWay.shift()) {
      this.reach(next.copy, next.queue);
    }
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }

  enqueued(_queue: number, copy: number): void {
    this.ledger.moved(copy, "enqueued");
  }

  deliver(consumer: number, queue: number, tag: number, copy: number): void {
    this.ledger.moved(copy, "delivered");
    const known = this.consumers.get(consumer) ?? this.subscribing;
    if (known === null) throw new Error(`delivery to the unknown consumer ${consumer}`);
    const event: Record<string, unknown> = {
      event: "deliver",
      consumer: known.name,
      queue: known.queue,
      ...this.message(copy, tag, known.noAck),
    };
    const returns = returnsOf(this.store, copy);
    if (returns > 0) event.delivery_count = returns;
    if (this.model.isStream(queue)) event.offset = this.model.streamOffset;
    this.tell(known.name, event as CaseEvent);
  }

  getOk(channel: number, queue: number, tag: number, copy: number, readyLeft: number): void {
    this.ledger.moved(copy, "got");
    const name = this.channelName(channel);
    const event: Record<string, unknown> = {
      event: "get-ok",
      channel: name,
      queue: this.getting.queue,
      ...this.message(copy, tag, this.getting.noAck),
      message_count: readyLeft,
    };
    if (this.model.isQuorum(queue)) event.delivery_count = returnsOf(this.store, copy);
    this.tell(name, event as CaseEvent);
  }

  getEmpty(channel: number): void {
    const name = this.channelName(channel);
    this.tell(name, { event: "get-empty", channel: name, queue: this.getting.queue });
  }

  settled(_queue: number, copy: number): void {
    this.end(copy, "settled");
  }

  kept(): void {}

  reached(): void {}

  strayed(): void {}

  requeued(_queue: number, copy: number): void {
    this.ledger.moved(copy, "requeued");
  }

  deadLettered(_queue: number, copy: number, reason: number): void {
    this.ledger.moved(copy, `dead-lettered (${DISCARD_REASONS[reason]})`);
  }

  discarded(_queue: number, copy: number, reason: number): void {
    this.end(copy, `discarded (${DISCARD_REASONS[reason]})`);
  }

  lost(_queue: number, copy: number, reason: number): void {
    this.end(copy, `lost (${LOSS_REASONS[reason]})`);
  }

  private end(copy: number, how: string): void {
    this.ledger.ends(copy, how);
    this.store.free(copy);
  }

  returned(channel: number, copy: number, code: number): void {
    const name = this.channelName(channel);
    const kind = this.store.kindOf(copy);
    this.tell(name, {
      event: "return",
      channel: name,
      id: this.idOf(copy),
      code,
      name: "NO_ROUTE",
      exchange: kind.exchange,
      routing_key: this.alias(kind.routingKey),
    });
  }

  confirm(channel: number, sequence: number): void {
    this.answer(channel, sequence, "confirm");
  }

  refused(channel: number, sequence: number): void {
    this.answer(channel, sequence, "nack");
  }

  private answer(channel: number, sequence: number, event: string): void {
    const name = this.channelName(channel);
    this.tell(name, { event, channel: name, id: this.confirmable.get(channel)?.[sequence - 1] });
  }

  timer(at: number, what: number, target: number): void {
    this.clock.set(at, what, target);
  }

  cancelled(consumer: number): void {
    const known = this.consumers.get(consumer);
    if (known !== undefined) this.tell(known.name, { event: "cancel", consumer: known.name, queue: known.queue });
  }

  channelClosed(channel: number, code: number, name: string): void {
    const channelName = this.channelName(channel);
    this.tell(channelName, { event: "error", channel: channelName, code, name });
  }

  connectionClosed(connection: number, code: number, name: string): void {
    const event = code === 0 ? { event: "closed" } : { event: "error", code, name };
    this.tell({ connection }, event);
  }

  blocked(connection: number): void {
    this.tell({ connection }, { event: "blocked" });
  }

  unblocked(connection: number): void {
    this.tell({ connection }, { event: "unblocked" });
  }

  queueGone(): void {}
}
