import type { Sampler } from "../../kernel/distributions.ts";
import type { MessageStore, Table } from "../messages.ts";
import type { Meta } from "../model.ts";
import { setAlarm } from "./alarm.ts";
import { ACK, answer, REJECT, REQUEUE, recover } from "./answers.ts";
import { bind, unbindByName } from "./binding.ts";
import { electionTimer, restart, startBroker, startNode, stopBroker, stopNode } from "./cluster.ts";
import { limitChannel, unlimitChannel } from "./common-limit.ts";
import { lookAtChannel } from "./consumer-timeout.ts";
import {
  type CountResult,
  declareExchange,
  declareQueue,
  deleteExchange,
  deleteQueue,
  type ExchangeOptions,
  makeExchange,
  purge,
  type QueueOptions,
  type QueueResult,
} from "./declaring.ts";
import { removeBinding } from "./deleting.ts";
import { headTimer } from "./delivery.ts";
import { written } from "./disk.ts";
import { COMMAND_INVALID, errorName, NOT_IMPLEMENTED, PRECONDITION_FAILED, type Result } from "./errors.ts";
import { TO_EXCHANGE, TO_QUEUE } from "./exchange-state.ts";
import { expiresTimer } from "./expires.ts";
import { closeChannel, closeConnection, fail, openChannel, openConnection } from "./lifecycle.ts";
import { forgetPermissions } from "./permissions.ts";
import { publish } from "./publishing.ts";
import { enqueue } from "./queue.ts";
import { RabbitReaders } from "./readers.ts";
import { subscribeToReplies } from "./replies.ts";
import { applyExchangeSettings, applyPolicies, changeQueueSettings, type Policy } from "./settings.ts";
import type { RabbitSink } from "./sink.ts";
import type { RabbitConfig } from "./state.ts";
import { retryStuck } from "./stuck.ts";
import { type ConsumeOptions, cancel, consume, get } from "./subscribing.ts";
import { TIMER_CHANNEL, TIMER_ELECTION, TIMER_EXPIRES, TIMER_HEAD, TIMER_STUCK, TIMER_SYNC } from "./timers.ts";
import { commit, rollback, select } from "./transactions.ts";
import { GUEST, setUser, type UserOptions } from "./users.ts";

/**
 * One RabbitMQ broker: one virtual host, one or more nodes. Plain data, and one method a command: (…, meta: time and chance, out: effects). Names are looked up when things are
 * declared; everything afterwards goes by integer ids. Ids are never used twice.
 */
export class RabbitModel extends RabbitReaders {
  constructor(store: MessageStore, config: RabbitConfig) {
    super(store, config);
    setUser(this, GUEST, { configure: ".*", write: ".*", read: ".*" });
    const durable = { durable: true };
    makeExchange(this, "", "direct", durable);
    makeExchange(this, "amq.direct", "direct", durable);
    makeExchange(this, "amq.fanout", "fanout", durable);
    makeExchange(this, "amq.topic", "topic", durable);
    makeExchange(this, "amq.headers", "headers", durable);
    makeExchange(this, "amq.match", "headers", durable);
    makeExchange(this, "amq.rabbitmq.trace", "topic", { durable: true, internal: true });
  }

  // ---- connections and channels

  /** A refused connection has an id too; the sink is told that it is closed. */
  openConnection(
    user: string,
    _meta: Meta,
    out: RabbitSink,
    options: { readonly node?: number; readonly password?: string } = {},
  ): number {
    return openConnection(this, user, options.password ?? null, options.node ?? 0, out);
  }

  openChannel(connection: number, _meta: Meta, _out: RabbitSink): number {
    return openChannel(this, connection);
  }

  closeChannel(channel: number, meta: Meta, out: RabbitSink): void {
    closeChannel(this, channel, meta, out);
  }

  /**
   * The client leaves, or vanishes: the broker does the same for both. What it sent before is read first, so that a blocked connection goes when the alarm ends.
   * @param _abort the client vanished
   */
  closeConnection(connection: number, _abort: boolean, meta: Meta, out: RabbitSink): void {
    const known = this.connections[connection];
    if (known?.open && known.blocked) known.isLeft = true;
    else closeConnection(this, connection, meta, out);
  }

  /** A client that goes on using a channel which is closed: its connection is closed, 503. */
  commandOnClosedChannel(connection: number, meta: Meta, out: RabbitSink): void {
    if (!this.connections[connection]?.open) return;
    closeConnection(this, connection, meta, out);
    out.connectionClosed(connection, COMMAND_INVALID, errorName(COMMAND_INVALID));
  }

  /** A command that the broker does not know or implement: closes the channel or connection with this code. */
  refuse(channel: number, code: number, meta: Meta, out: RabbitSink): void {
    fail(this, channel, code, meta, out);
  }

  // ---- exchanges, queues, bindings

  declareExchange(
    channel: number,
    name: string,
    type: string,
    options: ExchangeOptions,
    meta: Meta,
    out: RabbitSink,
  ): Result {
    return declareExchange(this, channel, name, type, options, meta, out);
  }

  deleteExchange(channel: number, name: string, options: { ifUnused?: boolean }, meta: Meta, out: RabbitSink): Result {
    return deleteExchange(this, channel, name, options, meta, out);
  }

  declareQueue(channel: number, name: string, options: QueueOptions, meta: Meta, out: RabbitSink): QueueResult {
    return declareQueue(this, channel, name, options, meta, out);
  }

  deleteQueue(
    channel: number,
    name: string,
    options: { ifUnused?: boolean; ifEmpty?: boolean },
    meta: Meta,
    out: RabbitSink,
  ): CountResult {
    return deleteQueue(this, channel, name, options, meta, out);
  }

  purge(channel: number, name: string, meta: Meta, out: RabbitSink): CountResult {
    return purge(this, channel, name, meta, out);
  }

  bindQueue(
    channel: number,
    queue: string,
    exchange: string,
    key: string,
    args: Table,
    meta: Meta,
    out: RabbitSink,
  ): Result {
    return bind(this, channel, TO_QUEUE, queue, exchange, key, args, meta, out);
  }

  bindExchange(
    channel: number,
    destination: string,
    source: string,
    key: string,
    args: Table,
    meta: Meta,
    out: RabbitSink,
  ): Result {
    return bind(this, channel, TO_EXCHANGE, destination, source, key, args, meta, out);
  }

  unbindQueue(
    channel: number,
    queue: string,
    exchange: string,
    key: string,
    args: Table,
    meta: Meta,
    out: RabbitSink,
  ): Result {
    return unbindByName(this, channel, TO_QUEUE, queue, exchange, key, args, meta, out);
  }

  unbindExchange(
    channel: number,
    destination: string,
    source: string,
    key: string,
    args: Table,
    meta: Meta,
    out: RabbitSink,
  ): Result {
    return unbindByName(this, channel, TO_EXCHANGE, destination, source, key, args, meta, out);
  }

  /** By id, without a client. */
  unbind(binding: number, meta: Meta, out: RabbitSink): void {
    const known = this.bindings[binding];
    if (known) removeBinding(this, known, meta, out);
  }

  /** A live edit of the drawn queue: its limits, times and dead letters change at once, as by a policy. */
  setQueueArguments(queue: number, args: Table, meta: Meta, out: RabbitSink): void {
    const q = this.queues[queue];
    if (!q) return;
    q.arguments = args;
    this.topologyVersion++;
    changeQueueSettings(this, q, meta, out);
  }

  setExchangeArguments(exchange: number, args: Table, _meta: Meta, _out: RabbitSink): void {
    const known = this.exchanges[exchange];
    if (!known) return;
    known.arguments = args;
    this.topologyVersion++;
    applyExchangeSettings(this, known);
  }

  /** Broker objects cannot be renamed; a drawn one can, and keeps its contents. */
  renameQueue(queue: number, name: string): void {
    const q = this.queues[queue];
    if (!q || this.queueIds.has(name)) return;
    this.queueIds.delete(q.name);
    this.queueIds.set(name, queue);
    q.name = name;
    this.topologyVersion++;
  }

  renameExchange(exchange: number, name: string): void {
    const known = this.exchanges[exchange];
    if (!known || this.exchangeIds.has(name)) return;
    this.exchangeIds.delete(known.name);
    this.exchangeIds.set(name, exchange);
    known.name = name;
    this.topologyVersion++;
  }

  /** Routes are found anew: what the sink keeps with them (`Route.carried`) is no longer true. */
  forgetRoutes(): void {
    this.topologyVersion++;
  }

  // ---- publishing

  publish(channel: number, exchange: number, copy: number, meta: Meta, out: RabbitSink): void {
    this.command++;
    publish(this, channel, exchange, copy, meta, out);
  }

  /** A transferred copy has arrived. */
  enqueue(queue: number, copy: number, meta: Meta, out: RabbitSink): void {
    enqueue(this, queue, copy, meta, out);
  }

  confirmSelect(channel: number, meta: Meta, out: RabbitSink): void {
    const c = this.channels[channel];
    if (!c?.open) return;
    if (c.transaction !== null) fail(this, channel, PRECONDITION_FAILED, meta, out);
    else if (c.confirmSequence === 0) c.confirmSequence = 1;
  }

  txSelect(channel: number, meta: Meta, out: RabbitSink): void {
    select(this, channel, meta, out);
  }

  txCommit(channel: number, meta: Meta, out: RabbitSink): void {
    this.command++;
    commit(this, channel, meta, out);
  }

  txRollback(channel: number, meta: Meta, out: RabbitSink): void {
    rollback(this, channel, meta, out);
  }

  // ---- consuming

  consume(channel: number, queue: number, tag: string, options: ConsumeOptions, meta: Meta, out: RabbitSink): number {
    return consume(this, channel, queue, tag, options, meta, out);
  }

  /** basic.consume of the reply pseudo-queue. */
  consumeReplies(channel: number, tag: string, noAck: boolean, meta: Meta, out: RabbitSink): number {
    return subscribeToReplies(this, channel, tag, noAck, meta, out);
  }

  cancel(channel: number, consumer: number, meta: Meta, out: RabbitSink): void {
    cancel(this, channel, consumer, meta, out);
  }

  /** @param prefetch 0 = no limit @param global for all consumers of the channel together; else for each one made later, and the common limit is off */
  qos(channel: number, prefetch: number, global: boolean, meta: Meta, out: RabbitSink): void {
    const c = this.channels[channel];
    if (!c?.open) return;
    if (global) limitChannel(this, c, prefetch, meta, out);
    else {
      c.prefetch = prefetch;
      unlimitChannel(this, c, meta, out);
    }
  }

  /** @param name of a queue that is not there (id −1): permissions are asked before that is told */
  get(channel: number, queue: number, noAck: boolean, meta: Meta, out: RabbitSink, name?: string): void {
    get(this, channel, queue, noAck, meta, out, name);
  }

  ack(channel: number, tag: number, multiple: boolean, meta: Meta, out: RabbitSink): void {
    this.command++;
    answer(this, channel, tag, multiple, ACK, meta, out);
  }

  nack(channel: number, tag: number, multiple: boolean, requeue: boolean, meta: Meta, out: RabbitSink): void {
    this.command++;
    answer(this, channel, tag, multiple, requeue ? REQUEUE : REJECT, meta, out);
  }

  recover(channel: number, requeue: boolean, meta: Meta, out: RabbitSink): void {
    this.command++;
    if (requeue) recover(this, channel, true, meta, out);
    else fail(this, channel, NOT_IMPLEMENTED, meta, out);
  }

  // ---- operating

  setUser(name: string, options: UserOptions, _meta: Meta, _out: RabbitSink): void {
    setUser(this, name, options);
  }

  /** A second without anything to do: channels ask for permissions anew. */
  forgetPermissions(): void {
    forgetPermissions(this);
  }

  setPolicy(name: string, policy: Omit<Policy, "name">, meta: Meta, out: RabbitSink): void {
    this.policies = [...this.policies.filter((other) => other.name !== name), { name, ...policy }];
    applyPolicies(this, meta, out);
  }

  deletePolicy(name: string, meta: Meta, out: RabbitSink): void {
    this.policies = this.policies.filter((policy) => policy.name !== name);
    applyPolicies(this, meta, out);
  }

  setAlarm(on: boolean, meta: Meta, out: RabbitSink): void {
    this.command++;
    setAlarm(this, on, meta, out);
  }

  /** @param fsync how long a write takes, in µs; null = no time */
  setDisk(fsync: Sampler | null): void {
    this.fsync = fsync;
  }

  /** The whole broker stops and starts. @param kill it dies */
  restart(kill: boolean, meta: Meta, out: RabbitSink): void {
    restart(this, kill, meta, out);
  }

  /** The whole broker stops, to be started later. @param kill it dies */
  stop(kill: boolean, meta: Meta, out: RabbitSink): void {
    stopBroker(this, kill, meta, out);
  }

  start(meta: Meta, out: RabbitSink): void {
    startBroker(this, meta, out);
  }

  /** @param time how long a quorum queue takes to choose a leader, µs */
  setElectionTime(time: number): void {
    this.electionTime = time;
  }

  stopNode(node: number, kill: boolean, meta: Meta, out: RabbitSink): void {
    stopNode(this, node, kill, meta, out);
  }

  startNode(node: number, meta: Meta, out: RabbitSink): void {
    startNode(this, node, meta, out);
  }

  timerFired(what: number, target: number, meta: Meta, out: RabbitSink): void {
    this.command++;
    if (what === TIMER_CHANNEL) {
      const channel = this.channels[target];
      if (channel) lookAtChannel(this, channel, meta, out);
      return;
    }
    const q = this.queues[target];
    if (!q) return;
    if (what === TIMER_HEAD) headTimer(this, q, meta, out);
    else if (what === TIMER_EXPIRES) expiresTimer(this, q, meta, out);
    else if (what === TIMER_SYNC) written(this, q, meta, out);
    else if (what === TIMER_STUCK) retryStuck(this, q, meta, out);
    else if (what === TIMER_ELECTION) electionTimer(this, q, meta, out);
  }
}
