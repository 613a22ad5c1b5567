import { GUEST, PLAIN_KIND, type RabbitConfig, type RabbitModel, type Table } from "../../engine/index.ts";
import type { Replay } from "../adapter.ts";
import { CaseError, type CaseEvent, type Final, type RecordedCase, type Step, StepReader } from "../format.ts";
import { RecordedBroker } from "./rabbitmq-broker.ts";

const REPLY_QUEUE = "amq.rabbitmq.reply-to";
const PASSWORD = "right";
/** The pre-eminent user of every case. */
const MIGHTY = { configure: ".*", write: ".*", read: ".*", password: PASSWORD };
const MESSAGE_FIELDS_MAX = 255;
/** What has nothing to do for so long forgets what it need not keep. */
const IDLE_MS = 1000;

/** A client's name in the case, and the model's id. */
class Names {
  private readonly ids = new Map<string, number>();

  set(name: string, id: number): void {
    this.ids.set(name, id);
  }

  get(what: string, name: string): number {
    const id = this.ids.get(name);
    if (id === undefined) throw new CaseError(`there is no ${what} ${name}`);
    return id;
  }

  all(): [string, number][] {
    return [...this.ids];
  }
}

/** Replays a recorded RabbitMQ case: each operation of OPS.md becomes the model's command of the same name. */
export class RabbitReplay implements Replay {
  readonly broker: RecordedBroker;
  private readonly model: RabbitModel;
  private readonly connections = new Names();
  private readonly channels = new Names();
  private readonly channelConnections = new Map<string, string>();
  /** Consumer ids in order of subscription. */
  private readonly subscribed: { channel: number; id: number }[] = [];
  private readonly handlers: Record<string, (step: StepReader) => void>;
  /** Steps of a blocked connection that the model does not hold back itself: they wait in the socket too. */
  private waiting: { connection: string; step: Step }[] = [];

  constructor(recorded: Pick<RecordedCase, "nodes">, version?: RabbitConfig["version"]) {
    this.broker = new RecordedBroker(recorded.nodes ?? 1, version);
    this.model = this.broker.model;
    this.model.setUser(GUEST, MIGHTY, this.meta, this.broker);
    this.handlers = this.operations();
    this.openConnection(new StepReader({ op: "connection.open", connection: "c1" }));
    this.openChannel(new StepReader({ op: "channel.open", channel: "ch1" }));
    this.broker.takeEvents();
  }

  private get meta() {
    return this.broker.meta;
  }

  perform(step: Step): CaseEvent[] {
    this.run(step);
    if (step.op !== "wait") this.broker.settle();
    const free = this.waiting.filter(({ connection }) => !this.isBlocked(connection));
    if (free.length > 0) {
      this.waiting = this.waiting.filter((one) => !free.includes(one));
      for (const { step: held } of free) this.run(held);
      this.broker.settle();
    }
    return this.broker.takeEvents();
  }

  private run(step: Step): void {
    const handler = Object.hasOwn(this.handlers, step.op) ? this.handlers[step.op] : undefined;
    if (handler === undefined) throw new CaseError(`there is no operation ${step.op}`);
    const connection = this.connectionOf(step);
    const isHeld = connection !== null && this.isBlocked(connection) && !this.isModelsToHold(step, connection);
    if (isHeld) this.waiting.push({ connection, step });
    else if (connection !== null && step.op !== "channel.open" && !this.isChannelOpen(step)) {
      const id = this.connections.get("connection", connection);
      this.model.commandOnClosedChannel(id, this.meta, this.broker);
    } else handler(new StepReader(step));
    this.broker.arrive();
  }

  private isChannelOpen(step: Step): boolean {
    return this.model.isOpen(this.channels.get("channel", String(step.channel ?? "ch1")));
  }

  private isBlocked(connection: string): boolean {
    return this.model.isBlocked(this.connections.get("connection", connection));
  }

  /** The model itself holds publishes and answers back; once anything else waits, everything behind it waits here. */
  private isModelsToHold(step: Step, connection: string): boolean {
    const isHeldThere = /^basic\.(publish|ack|nack|reject)$/.test(step.op);
    return isHeldThere && !this.waiting.some((one) => one.connection === connection);
  }

  /** Whose socket a step goes through; null for what is no client's doing, or closes the socket. */
  private connectionOf(step: Step): string | null {
    if (/^(wait|user\.|policy\.|broker\.|node\.|connection\.)/.test(step.op)) return null;
    if (step.op === "channel.open") return String(step.connection ?? "c1");
    return this.channelConnections.get(String(step.channel ?? "ch1")) ?? null;
  }

  // ---- operations

  private operations(): Record<string, (step: StepReader) => void> {
    const { model, broker } = this;
    const channel = (step: StepReader) => this.channels.get("channel", step.text("channel", "ch1"));
    const requeues = (step: StepReader) => step.flag("requeue", true);
    return {
      wait: (step) => {
        broker.passTime(step.number("ms") * 1000);
        if (step.number("ms") >= IDLE_MS) model.forgetPermissions();
      },
      "connection.open": (step) => this.openConnection(step),
      "connection.close": (step) => this.closeConnection(step, false),
      "connection.abort": (step) => this.closeConnection(step, true),
      "channel.open": (step) => this.openChannel(step),
      "channel.close": (step) => model.closeChannel(channel(step), this.meta, broker),
      "exchange.declare": (step) => this.declareExchange(channel(step), step),
      "exchange.delete": (step) => {
        const options = { ifUnused: step.flag("if_unused") };
        model.deleteExchange(channel(step), step.text("exchange"), options, this.meta, broker);
      },
      "exchange.bind": (step) => this.bindExchange(channel(step), step, true),
      "exchange.unbind": (step) => this.bindExchange(channel(step), step, false),
      "queue.declare": (step) => this.declareQueue(channel(step), step),
      "queue.delete": (step) => this.deleteQueue(channel(step), step),
      "queue.purge": (step) => this.purge(channel(step), step),
      "queue.bind": (step) => this.bindQueue(channel(step), step, true),
      "queue.unbind": (step) => this.bindQueue(channel(step), step, false),
      "basic.publish": (step) => this.publish(channel(step), step),
      "basic.get": (step) => this.get(channel(step), step),
      "basic.consume": (step) => this.consume(channel(step), step),
      "basic.cancel": (step) => {
        const id = model.consumerByTag(channel(step), step.text("consumer"));
        model.cancel(channel(step), id, this.meta, broker);
      },
      "basic.qos": (step) => this.qos(channel(step), step),
      "basic.ack": (step) => model.ack(channel(step), step.number("tag"), step.flag("multiple"), this.meta, broker),
      "basic.nack": (step) => {
        model.nack(channel(step), step.number("tag"), step.flag("multiple"), requeues(step), this.meta, broker);
      },
      "basic.reject": (step) => model.nack(channel(step), step.number("tag"), false, requeues(step), this.meta, broker),
      "basic.recover": (step) => model.recover(channel(step), requeues(step), this.meta, broker),
      "confirm.select": (step) => {
        model.confirmSelect(channel(step), this.meta, broker);
        if (!broker.confirmable.has(channel(step))) broker.confirmable.set(channel(step), []);
      },
      "tx.select": (step) => model.txSelect(channel(step), this.meta, broker),
      "tx.commit": (step) => model.txCommit(channel(step), this.meta, broker),
      "tx.rollback": (step) => model.txRollback(channel(step), this.meta, broker),
      "user.set": (step) => {
        const [configure, write, read] = [step.text("configure", ""), step.text("write", ""), step.text("read", "")];
        const options = { configure, write, read, password: PASSWORD };
        model.setUser(step.text("user"), options, this.meta, broker);
      },
      "policy.set": (step) => this.setPolicy(step),
      "policy.delete": (step) => model.deletePolicy(step.text("policy"), this.meta, broker),
      "broker.restart": () => model.restart(false, this.meta, broker),
      "broker.kill": () => model.restart(true, this.meta, broker),
      "broker.alarm": (step) => model.setAlarm(step.flag("on"), this.meta, broker),
      "node.stop": (step) => model.stopNode(nodeOf(step), false, this.meta, broker),
      "node.kill": (step) => model.stopNode(nodeOf(step), true, this.meta, broker),
      "node.start": (step) => model.startNode(nodeOf(step), this.meta, broker),
    };
  }

  private openConnection(step: StepReader): void {
    const name = step.text("connection");
    const options = {
      node: step.step.node === undefined ? 0 : nodeOf(step),
      password: step.text("password", PASSWORD),
    };
    const id = this.model.openConnection(step.text("user", GUEST), this.meta, this.broker, options);
    this.connections.set(name, id);
    this.broker.connectionNames.set(id, name);
  }

  private closeConnection(step: StepReader, abort: boolean): void {
    const id = this.connections.get("connection", step.text("connection"));
    this.model.closeConnection(id, abort, this.meta, this.broker);
  }

  private openChannel(step: StepReader): void {
    const name = step.text("channel");
    const connection = step.text("connection", "c1");
    const id = this.model.openChannel(this.connections.get("connection", connection), this.meta, this.broker);
    this.channels.set(name, id);
    this.channelConnections.set(name, connection);
    this.broker.channelNames.set(id, name);
  }

  private declareExchange(channel: number, step: StepReader): void {
    const options = {
      passive: step.flag("passive"),
      durable: step.flag("durable"),
      autoDelete: step.flag("auto_delete"),
      internal: step.flag("internal"),
      arguments: step.table("arguments") as Table,
    };
    const type = step.text("type", "direct");
    this.model.declareExchange(channel, step.text("exchange"), type, options, this.meta, this.broker);
  }

  private bindExchange(channel: number, step: StepReader, isBind: boolean): void {
    const [to, from] = [step.text("destination"), step.text("source")];
    const key = this.actual(step.text("routing_key", ""));
    const args = step.table("arguments") as Table;
    if (isBind) this.model.bindExchange(channel, to, from, key, args, this.meta, this.broker);
    else this.model.unbindExchange(channel, to, from, key, args, this.meta, this.broker);
  }

  private bindQueue(channel: number, step: StepReader, isBind: boolean): void {
    const queue = this.actual(step.text("queue"));
    const key = this.actual(step.text("routing_key", ""));
    const args = step.table("arguments") as Table;
    if (isBind) this.model.bindQueue(channel, queue, step.text("exchange"), key, args, this.meta, this.broker);
    else this.model.unbindQueue(channel, queue, step.text("exchange"), key, args, this.meta, this.broker);
  }

  private declareQueue(channel: number, step: StepReader): void {
    const options = {
      passive: step.flag("passive"),
      durable: step.flag("durable"),
      exclusive: step.flag("exclusive"),
      autoDelete: step.flag("auto_delete"),
      arguments: this.queueArguments(step),
    };
    const result = this.model.declareQueue(channel, this.actual(step.text("queue")), options, this.meta, this.broker);
    if (!result.ok) return;
    const alias = step.optionalText("as");
    if (alias !== undefined) this.broker.aliases.set(result.name, alias);
    this.answer(step, {
      event: "declare-ok",
      queue: this.broker.alias(result.name),
      message_count: result.ready,
      consumer_count: result.consumers,
    });
  }

  /** Arguments may name queues that the server named. */
  private queueArguments(step: StepReader): Table {
    const args = step.table("arguments") as Table;
    const key = args["x-dead-letter-routing-key"];
    return typeof key === "string" ? { ...args, "x-dead-letter-routing-key": this.actual(key) } : args;
  }

  private deleteQueue(channel: number, step: StepReader): void {
    const queue = step.text("queue");
    const options = { ifUnused: step.flag("if_unused"), ifEmpty: step.flag("if_empty") };
    const result = this.model.deleteQueue(channel, this.actual(queue), options, this.meta, this.broker);
    if (result.ok) this.answer(step, { event: "delete-ok", queue, message_count: result.count });
  }

  private purge(channel: number, step: StepReader): void {
    const queue = step.text("queue");
    const result = this.model.purge(channel, this.actual(queue), this.meta, this.broker);
    if (result.ok) this.answer(step, { event: "purge-ok", queue, message_count: result.count });
  }

  private answer(step: StepReader, event: { event: string; [field: string]: unknown }): void {
    const channel = step.text("channel", "ch1");
    this.broker.tell(channel, { ...event, channel });
  }

  private publish(channel: number, step: StepReader): void {
    const { broker, model } = this;
    const id = step.text("id");
    const from = step.optionalText("routing_key_from");
    const routingKey =
      from === undefined ? this.actual(step.text("routing_key", "")) : (broker.replyAddresses.get(from) ?? "");
    const exchange = step.text("exchange", "");
    if (step.flag("immediate")) {
      model.refuse(channel, 540, this.meta, broker);
      return;
    }
    const expiration = step.optionalText("expiration");
    const priority = step.step.priority === undefined ? -1 : step.number("priority");
    if (priority > MESSAGE_FIELDS_MAX) throw new CaseError(`basic.publish: priority ${priority} does not fit a byte`);
    const kind = broker.store.intern({
      ...PLAIN_KIND,
      exchange,
      routingKey,
      headers: step.step.headers === undefined ? null : (step.table("headers") as Table),
      priority,
      expirationMs:
        expiration === undefined ? -1 : /^(\+?\d+|-0+)$/.test(expiration) ? Math.abs(Number(expiration)) : Number.NaN,
      persistent: step.step.delivery_mode === 2,
      mandatory: step.flag("mandatory"),
      replyTo: step.text("reply_to", ""),
      userId: step.text("user_id", ""),
      size: step.number("size", 0),
    });
    const copy = broker.store.alloc(this.meta.now, kind, broker.messageIds.length);
    broker.messageIds.push(id);
    broker.confirmable.get(channel)?.push(id);
    broker.ledger.published(copy);
    model.publish(channel, model.exchangeId(exchange), copy, this.meta, broker);
  }

  private get(channel: number, step: StepReader): void {
    const queue = step.text("queue");
    const noAck = step.flag("no_ack");
    this.broker.getting = { queue, noAck };
    const name = this.queueMeant(channel, queue);
    this.model.get(channel, this.model.queueId(name), noAck, this.meta, this.broker, name);
  }

  private consume(channel: number, step: StepReader): void {
    const { model, broker } = this;
    const name = step.text("consumer");
    const queue = step.text("queue");
    const noAck = step.flag("no_ack");
    const consumer = { name, queue, noAck };
    broker.subscribing = consumer;
    const meant = this.queueMeant(channel, queue);
    const args = step.table("arguments") as Table;
    const options = { noAck, exclusive: step.flag("exclusive"), arguments: args, name: meant };
    const id =
      queue === REPLY_QUEUE
        ? model.consumeReplies(channel, name, noAck, this.meta, broker)
        : model.consume(channel, model.queueId(meant), name, options, this.meta, broker);
    broker.subscribing = null;
    if (id < 0) return;
    broker.consumers.set(id, consumer);
    this.subscribed.push({ channel, id });
  }

  private qos(channel: number, step: StepReader): void {
    if (step.number("prefetch_size", 0) !== 0) this.model.refuse(channel, 540, this.meta, this.broker);
    else this.model.qos(channel, step.number("prefetch", 0), step.flag("global"), this.meta, this.broker);
  }

  private setPolicy(step: StepReader): void {
    const policy = {
      pattern: step.text("pattern"),
      applyTo: step.text("apply_to", "all"),
      priority: step.number("priority", 0),
      definition: step.table("definition") as Table,
    };
    this.model.setPolicy(step.text("policy"), policy, this.meta, this.broker);
  }

  /** The broker's name of a queue that the case calls by an alias. */
  private actual(name: string): string {
    for (const [actual, alias] of this.broker.aliases) if (alias === name) return actual;
    return name;
  }

  /** An empty name means the queue declared last. */
  private queueMeant(channel: number, name: string): string {
    return name === "" ? this.model.lastQueue(channel) : this.actual(name);
  }

  // ---- the end

  finish(): Final {
    const { model, broker } = this;
    for (const { channel, id } of this.subscribed.reverse()) {
      model.cancel(channel, id, this.meta, broker);
      broker.arrive();
    }
    for (const [, channel] of this.channels.all().sort((a, b) => a[1] - b[1])) {
      model.closeChannel(channel, this.meta, broker);
      broker.arrive();
    }
    for (const [, connection] of this.connections.all()) {
      model.closeConnection(connection, false, this.meta, broker);
      broker.arrive();
    }
    broker.takeEvents();
    const final: Record<string, string[]> = {};
    for (const name of model.queueNames()) {
      const ids: string[] = [];
      // What is over its time can be counted, but nobody can read which it was.
      const isReadable = (copy: number) => !(broker.store.expiryOf(copy) <= this.meta.now);
      model.forEachReady(model.queueId(name), (copy) => {
        if (isReadable(copy)) ids.push(broker.idOf(copy));
      });
      final[broker.alias(name)] = ids;
    }
    return final;
  }
}

/** n1 is node 0. */
function nodeOf(step: StepReader): number {
  const match = /^n(\d+)$/.exec(step.text("node"));
  if (match === null || Number(match[1]) < 1)
    throw new CaseError(`${step.step.op}: there is no node ${step.text("node")}`);
  return Number(match[1]) - 1;
}
