import {
  answer,
  cancel,
  closeChannels,
  closeConnection,
  commit,
  consume,
  fail,
  failConnection,
  get,
  publish,
  recover,
  rollback,
  select,
  share,
} from "./clients.ts";
import { arriveLetters } from "./dead-letters.ts";
import { bind, declareExchange, declareQueue, deleteExchange, expiryOf, isLocked, removeQueue } from "./objects.ts";
import { changePolicies } from "./policies.ts";
import { dropExpired, inOrder, isQuorum, tellPublishers } from "./queues.ts";
import { restart } from "./restart.ts";
import type { Args, Channel, Connection, Exchange, Message, Queue, Seen, Step } from "./state.ts";
import { BeyondReference, findQueue, heldBy, isSingleActive, tell, textOf, type World } from "./world.ts";

const READY_MADE: readonly [string, string][] = [
  ["", "direct"],
  ["amq.direct", "direct"],
  ["amq.fanout", "fanout"],
  ["amq.topic", "topic"],
  ["amq.headers", "headers"],
  ["amq.match", "headers"],
];

const REPLY_QUEUE = "amq.rabbitmq.reply-to";

/** What a queue holds, by message id. */
export interface Contents {
  /** The next one to go first. */
  readonly ready: readonly string[];
  readonly unacked: number;
  readonly consumers: number;
}

/**
 * A slow, obvious RabbitMQ, to compare the model with. It takes operations as in conformance/rabbitmq/OPS.md and tells what clients see. It begins like a recorded case: connection c1
 * with channel ch1. Where the broker promises no order between two queues, they take turns in the order of declaration.
 *
 * Not in it: streams, clusters, users, alarms, direct reply-to, disk times, at-least-once dead letters, consumer timeouts, exchange types of plugins, x-death sent by
 * clients; dead letters of two queues at the same moment, dead letters that go round for ever, a publish past the backlog of a 3.x single active consumer. Scripts also leave out what
 * nobody has promised: a shared limit over several queues or beside quorum queues, limits that a policy gives a quorum queue later, auto-delete exchanges that are durable.
 */
export class ReferenceBroker implements World {
  readonly isVersion4: boolean;
  now = 0;
  exchanges: Exchange[];
  queues: Queue[] = [];
  bindings: World["bindings"] = [];
  connections: Connection[] = [];
  channels: Channel[] = [];
  policies: World["policies"] = [];
  subscriptions = 0;
  letters: World["letters"] = [];
  isHalted = false;
  isKilled = false;
  seen: World["seen"] = [];

  constructor(version: "3.10" | "4") {
    this.isVersion4 = version === "4";
    const plain = { durable: true, autoDelete: false, internal: false, args: {}, policy: {} };
    this.exchanges = READY_MADE.map(([name, type]) => ({ name, type, ...plain }));
    this.perform({ op: "connection.open", connection: "c1" });
    this.perform({ op: "channel.open", channel: "ch1" });
  }

  /** @returns what the clients saw, sorted by receiver @throws BeyondReference for what is not in it */
  perform(step: Step): Seen[] {
    this.seen = [];
    if (step.op === "wait") this.wait(Number(step.ms));
    else {
      this.run(step);
      arriveLetters(this);
      this.expire(this.now, true);
    }
    for (const queue of this.queues) tellPublishers(this, queue);
    return this.seen
      .map((one, order) => ({ ...one, order }))
      .sort((a, b) => (a.receiver < b.receiver ? -1 : a.receiver > b.receiver ? 1 : a.order - b.order))
      .map(({ event }) => event);
  }

  /** What every queue holds. */
  contents(): Record<string, Contents> {
    const all: Record<string, Contents> = {};
    for (const queue of this.queues) {
      const ready = inOrder(this, queue).map(({ message }) => message.id);
      const unacked = this.channels.flatMap(heldBy).filter((item) => item.queue === queue).length;
      all[queue.name] = { ready, unacked, consumers: this.consumerCount(queue) };
    }
    return all;
  }

  /** The end of a recorded case, as OPS.md says. @returns ready messages by queue */
  finish(): Record<string, readonly string[]> {
    const consumers = this.queues.flatMap((queue) => queue.consumers).sort((a, b) => b.order - a.order);
    const ends = [
      ...consumers.map(
        ({ channel, tag }) =>
          () =>
            cancel(this, channel, tag),
      ),
      ...this.channels.map((channel) => () => closeChannels(this, [channel])),
      ...this.connections.map((connection) => () => closeConnection(this, connection)),
    ];
    for (const end of ends) {
      end();
      arriveLetters(this);
    }
    return Object.fromEntries(Object.entries(this.contents()).map(([name, { ready }]) => [name, ready]));
  }

  /** Tags that the channel may still answer. */
  openTags(channel: string): number[] {
    return this.channelNamed(channel)?.unacked.map(({ tag }) => tag) ?? [];
  }

  isOpen(channel: string): boolean {
    return this.channelNamed(channel)?.isOpen ?? false;
  }

  isConnected(connection: string): boolean {
    return this.connectionNamed(connection)?.isOpen ?? false;
  }

  /** A name may have been used before: the last one counts. */
  channelNamed(name: string): Channel | undefined {
    return this.channels.findLast((channel) => channel.name === name);
  }

  private connectionNamed(name: string): Connection | undefined {
    return this.connections.findLast((connection) => connection.name === name);
  }

  // ---- time

  /** What falls due exactly at the end has not happened yet. */
  private wait(ms: number): void {
    const end = this.now + ms;
    this.expire(end, false);
    this.now = end;
  }

  private expire(end: number, isInclusive: boolean): void {
    for (;;) {
      const due = this.queues.flatMap((queue) => {
        return [
          { queue, at: queue.watched, isHead: true },
          { queue, at: expiryOf(queue), isHead: false },
        ];
      });
      const first = due.sort((a, b) => a.at - b.at)[0];
      if (first === undefined || first.at > end || (!isInclusive && first.at === end)) return;
      const isTie =
        due.filter(({ queue, at }) => at === first.at && textOf(queue, "dead-letter-exchange") !== undefined).length >
        1;
      if (isTie && !isInclusive) throw new BeyondReference("dead letters of two queues at the same moment");
      this.now = Math.max(this.now, first.at);
      if (first.isHead) {
        first.queue.watched = Number.POSITIVE_INFINITY;
        dropExpired(this, first.queue);
      } else removeQueue(this, first.queue);
      arriveLetters(this);
      for (const queue of this.queues) tellPublishers(this, queue);
    }
  }

  // ---- operations

  private run(step: Step): void {
    const text = (field: string, fallback = "") => String(step[field] ?? fallback);
    if (step.op === "connection.open") {
      this.connections.push({ name: text("connection"), isOpen: true });
      return;
    }
    if (step.op === "broker.restart" || step.op === "broker.kill") {
      restart(this, step.op === "broker.kill");
      return;
    }
    if (step.op.startsWith("policy.")) {
      this.changePolicy(step);
      return;
    }
    if (/^(user|broker|node)\./.test(step.op)) throw new BeyondReference(step.op);
    const connection = this.connectionNamed(text("connection", "c1"));
    if (connection === undefined) return;
    const channel = this.channelNamed(text("channel", "ch1")) as Channel;
    if (step.op === "connection.close" || step.op === "connection.abort") closeConnection(this, connection);
    else if (step.op === "channel.open") this.openChannel(text("channel"), connection);
    else if (!channel.isOpen) failConnection(this, channel.connection, 503);
    else {
      const code = this.runOnChannel(step, channel);
      if (code !== 0) fail(this, channel, code);
    }
  }

  private changePolicy(step: Step): void {
    const name = String(step.policy);
    const others = this.policies.filter((policy) => policy.name !== name);
    const policy = {
      name,
      pattern: String(step.pattern),
      applyTo: String(step.apply_to ?? "all"),
      priority: Number(step.priority ?? 0),
      definition: (step.definition ?? {}) as Args,
    };
    changePolicies(this, step.op === "policy.set" ? [...others, policy] : others);
  }

  private openChannel(name: string, connection: Connection): void {
    this.channels.push({
      name,
      connection,
      isOpen: connection.isOpen,
      lastTag: 0,
      unacked: [],
      prefetch: 0,
      shared: 0,
      full: [],
      volume: 0,
      isConfirming: false,
      passing: [],
      transaction: null,
      lastQueue: "",
    });
  }

  private runOnChannel(step: Step, channel: Channel): number {
    const text = (field: string, fallback = "") => String(step[field] ?? fallback);
    const flag = (field: string) => step[field] === true;
    const tag = Number(step.tag);
    const requeues = step.requeue === false ? "reject" : "requeue";
    const queue = findQueue(this, text("queue") || channel.lastQueue);
    switch (step.op) {
      case "channel.close":
        closeChannels(this, [channel]);
        return 0;
      case "exchange.declare":
        return declareExchange(this, text("exchange"), text("type", "direct"), objectOptions(step));
      case "exchange.delete":
        return deleteExchange(this, text("exchange"), flag("if_unused"));
      case "exchange.bind":
      case "exchange.unbind":
      case "queue.bind":
      case "queue.unbind":
        return this.bind(step, channel);
      case "queue.declare":
        return this.declare(step, channel);
      case "queue.delete":
        return this.delete(step, channel, queue);
      case "queue.purge":
        return this.purge(channel, queue);
      case "basic.publish":
        return this.publish(step, channel);
      case "basic.get":
        return get(this, channel, queue, text("queue"), flag("no_ack"));
      case "basic.consume": {
        if (step.queue === REPLY_QUEUE) throw new BeyondReference(REPLY_QUEUE);
        const priority = Number((step.arguments as Args | undefined)?.["x-priority"] ?? 0);
        const options = { tag: text("consumer"), noAck: flag("no_ack"), exclusive: flag("exclusive"), priority };
        return consume(this, channel, queue, options);
      }
      case "basic.cancel":
        cancel(this, channel, text("consumer"));
        return 0;
      case "basic.qos":
        return this.qos(step, channel);
      case "basic.ack":
        return answer(this, channel, tag, flag("multiple"), "ack");
      case "basic.nack":
      case "basic.reject":
        return answer(this, channel, tag, flag("multiple"), requeues);
      case "basic.recover":
        if (requeues === "reject") return 540;
        recover(this, channel);
        return 0;
      case "confirm.select":
        if (channel.transaction !== null) return 406;
        channel.isConfirming = true;
        return 0;
      case "tx.select":
        return select(channel);
      case "tx.commit":
        return commit(this, channel);
      case "tx.rollback":
        return rollback(channel);
      default:
        throw new BeyondReference(step.op);
    }
  }

  private bind(step: Step, channel: Channel): number {
    const toQueue = step.op.startsWith("queue.");
    return bind(
      this,
      channel,
      {
        source: String((toQueue ? step.exchange : step.source) ?? ""),
        toQueue,
        destination: String((toQueue ? step.queue || channel.lastQueue : step.destination) ?? ""),
        key: String(step.routing_key ?? ""),
        args: (step.arguments ?? {}) as Args,
      },
      step.op.endsWith(".bind"),
    );
  }

  private declare(step: Step, channel: Channel): number {
    // A queue that the server names is called here what the case calls it.
    const name = String(step.queue || step.as || channel.lastQueue);
    const code = declareQueue(this, channel, name, objectOptions(step));
    if (code !== 0) return code;
    channel.lastQueue = name;
    const queue = findQueue(this, name) as Queue;
    tell(this, channel.name, "declare-ok", {
      channel: channel.name,
      queue: name,
      message_count: inOrder(this, queue).length,
      consumer_count: this.consumersTold(queue),
    });
    return 0;
  }

  /** In a quorum queue whoever holds a message counts: a cancelled consumer, and each basic.get. */
  private consumerCount(queue: Queue): number {
    if (!isQuorum(queue)) return queue.consumers.length;
    const held = this.channels.flatMap(heldBy).filter((item) => item.queue === queue);
    const holders = new Set(held.map((item) => item.consumer ?? item));
    return new Set<unknown>([...queue.consumers, ...holders]).size;
  }

  /** A quorum queue with a single active consumer does not count those that wait. */
  private consumersTold(queue: Queue): number {
    const waiting = isQuorum(queue) && isSingleActive(queue) ? Math.max(0, queue.consumers.length - 1) : 0;
    return this.consumerCount(queue) - waiting;
  }

  private delete(step: Step, channel: Channel, queue: Queue | undefined): number {
    const count = queue === undefined ? 0 : inOrder(this, queue).length;
    if (queue !== undefined) {
      if (isLocked(queue, channel.connection)) return 405;
      // Conditions are not implemented in quorum queues.
      if (isQuorum(queue) && (step.if_unused === true || step.if_empty === true)) return 540;
      if (step.if_unused === true && queue.consumers.length > 0) return 406;
      if (step.if_empty === true && count > 0) return 406;
      removeQueue(this, queue);
    }
    tell(this, channel.name, "delete-ok", { channel: channel.name, queue: step.queue, message_count: count });
    return 0;
  }

  private purge(channel: Channel, queue: Queue | undefined): number {
    if (queue === undefined) return 404;
    if (isLocked(queue, channel.connection)) return 405;
    const count = inOrder(this, queue).length;
    queue.ready = [];
    queue.returned = [];
    queue.turn = 0;
    tell(this, channel.name, "purge-ok", { channel: channel.name, queue: queue.name, message_count: count });
    return 0;
  }

  private qos(step: Step, channel: Channel): number {
    const prefetch = Number(step.prefetch ?? 0);
    if (Number(step.prefetch_size ?? 0) !== 0) return 540;
    share(this, channel, step.global === true ? prefetch : 0);
    if (step.global !== true) channel.prefetch = prefetch;
    return 0;
  }

  private publish(step: Step, channel: Channel): number {
    if (step.reply_to === REPLY_QUEUE) throw new BeyondReference(REPLY_QUEUE);
    if (step.immediate === true) return 540;
    const { CC, BCC, ...rest } = (step.headers ?? {}) as Args;
    const isList = (value: unknown) => value === undefined || Array.isArray(value);
    const expiration = step.expiration as string | undefined;
    const message: Message = {
      id: String(step.id),
      exchange: String(step.exchange ?? ""),
      routingKey: String(step.routing_key ?? ""),
      cc: Array.isArray(CC) ? CC.map(String) : [],
      bcc: Array.isArray(BCC) ? BCC.map(String) : [],
      headers: CC === undefined ? rest : { CC, ...rest },
      priority: step.priority as number | undefined,
      expiration,
      persistent: step.delivery_mode === 2,
      mandatory: step.mandatory === true,
      size: Number(step.size ?? 0),
      replyTo: step.reply_to as string | undefined,
      userId: step.user_id as string | undefined,
      deaths: [],
      firstDeath: undefined,
    };
    const isWellFormed = isList(CC) && isList(BCC) && (expiration === undefined || /^\d+$/.test(expiration));
    return publish(this, channel, message.exchange, message, isWellFormed);
  }
}

function objectOptions(step: Step) {
  return {
    passive: step.passive === true,
    durable: step.durable === true,
    exclusive: step.exclusive === true,
    autoDelete: step.auto_delete === true,
    internal: step.internal === true,
    args: (step.arguments ?? {}) as Args,
  };
}
