import type { Meta } from "../../model.ts";
import { conditionOf } from "../filter/broker-filter.ts";
import { tagSubscription } from "../filter/tag-filter.ts";
import type { TimerSink } from "../seam.ts";
import { ByHand } from "./by-hand.ts";
import { ClientState } from "./client-state.ts";
import { CLIENT_DEFAULTS, type ClientSettings, type PushConfig, type Wanted } from "./consumer-config.ts";
import type { RocketConsumerSink } from "./consumer-sink.ts";
import type { Popped, PopRequest, PullAnswer, RocketConsumersFacade, RocketMember, Task } from "./facade.ts";
import { Listening } from "./listening.ts";
import type { ProcessQueue } from "./process-queue.ts";
import { Pulling } from "./pulling.ts";
import { RETRY_PREFIX, Rebalancing } from "./rebalancing.ts";
import { type ConsumersCluster, MILLI, Site } from "./site.ts";
import * as timers from "./timers.ts";

/** The clients that consume from one cluster: see `RocketConsumersFacade`. */
export class RocketConsumers implements RocketConsumersFacade {
  private readonly site: Site;
  private readonly pulling: Pulling;
  private readonly rebalancing: Rebalancing;
  private readonly listening: Listening;
  private readonly byHand: ByHand;
  refusal = "";

  constructor(cluster: ConsumersCluster, settings: Partial<ClientSettings> = {}) {
    this.site = new Site(cluster, { ...CLIENT_DEFAULTS, ...settings });
    this.pulling = new Pulling(this.site);
    this.rebalancing = new Rebalancing(this.site, this.pulling);
    this.listening = new Listening(this.site, this.pulling, this.rebalancing);
    this.pulling.connect(this.listening, this.rebalancing);
    this.byHand = new ByHand(this.site);
  }

  // ---- beginning and end

  start(config: PushConfig, meta: Meta, out: RocketConsumerSink): number {
    const { site, rebalancing } = this;
    this.refusal = config.subscriptions.map((wanted) => this.check(wanted)).find((code) => code !== "") ?? "";
    if (this.refusal !== "") return -1;
    const group = site.cluster.groupId(config.group);
    const client = new ClientState(site.clients.length, config, group, meta.now);
    site.clients.push(client);
    site.members[group] = [...(site.members[group] ?? []), client];
    for (const wanted of config.subscriptions) rebalancing.subscribe(client, wanted, meta.now);
    if (!client.isBroadcasting)
      rebalancing.subscribe(client, { topic: RETRY_PREFIX + config.group, expression: "*", isSql: false }, meta.now);
    rebalancing.learnRoutes(client);
    rebalancing.heartbeat(client, meta, out);
    out.joined(client.number, group);
    rebalancing.soon(client, meta.now, out);
    this.repeat(client, config.persistIntervalMs, timers.TIMER_PERSIST, meta, out);
    this.repeat(client, config.heartbeatIntervalMs, timers.TIMER_HEARTBEAT, meta, out);
    if (client.needsLocks()) this.repeat(client, config.lockIntervalMs, timers.TIMER_LOCKS, meta, out);
    if (!client.isOrderly) this.repeat(client, config.consumeTimeoutMs, timers.TIMER_CLEAN, meta, out);
    return client.number;
  }

  private check({ expression, isSql }: Wanted): string {
    if (!isSql) return tagSubscription(expression) === null ? "MQClientException" : "";
    if (!this.site.cluster.takesConditions) return "SYSTEM_ERROR";
    return conditionOf(expression) === null ? "SUBSCRIPTION_PARSE_FAILED" : "";
  }

  private repeat({ number }: ClientState, everyMs: number, what: number, meta: Meta, out: RocketConsumerSink): void {
    if (Number.isFinite(everyMs)) out.timer(meta.now + everyMs * MILLI, what, number);
  }

  private running(consumer: number): ClientState | null {
    const client = this.site.clients[consumer];
    return client?.isRunning === true ? client : null;
  }

  shutdown(consumer: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client === null) return;
    for (const queue of client.queues.values()) if (!queue.isDropped) this.site.storeOffset(client, queue, meta, out);
    if (client.needsLocks()) this.rebalancing.unlockAll(client, out);
    this.leave(client, meta, out);
  }

  crash(consumer: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client !== null) this.leave(client, meta, out);
  }

  private leave(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    const { site } = this;
    const isHeard = client.isConnected();
    client.isRunning = false;
    this.listening.end(client, site.store);
    for (const queue of [...client.queues.values()]) {
      this.rebalancing.drop(client, queue, out);
      this.rebalancing.forget(client, queue);
    }
    site.members[client.group] = (site.members[client.group] ?? []).filter((one) => one !== client);
    if (isHeard) site.cluster.leave(client.group, client.config.clientId, meta, out);
    if (client.busy === 0) site.clients[client.number] = undefined;
    out.left(client.number, client.group);
  }

  cut(consumer: number, _meta: Meta, _out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client !== null) client.isCut = true;
  }

  heal(consumer: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client === null || !client.isCut) return;
    client.isCut = false;
    this.backAgain(client, meta, out);
  }

  freeze(consumer: number, _meta: Meta, _out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client !== null) client.isFrozen = true;
  }

  thaw(consumer: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client === null || !client.isFrozen) return;
    client.isFrozen = false;
    this.backAgain(client, meta, out);
  }

  /** It tells the brokers that it is there, looks who else is, and reads what it has missed. */
  private backAgain(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    this.rebalancing.learnRoutes(client);
    this.rebalancing.heartbeat(client, meta, out);
    this.rebalancing.soon(client, meta.now, out);
    for (const queue of client.queues.values()) this.notice(queue);
    this.site.list(client);
  }

  suspend(consumer: number): void {
    const client = this.running(consumer);
    if (client !== null) client.isSuspended = true;
  }

  /** The client looks once a second whether it may pull again. */
  resume(consumer: number, _meta: Meta, _out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client !== null) client.isSuspended = false;
  }

  subscribe(consumer: number, wanted: Wanted, meta: Meta, out: RocketConsumerSink): string {
    const client = this.running(consumer);
    if (client === null) return "";
    const code = this.check(wanted);
    if (code !== "") return code;
    this.rebalancing.subscribe(client, wanted, meta.now);
    this.rebalancing.learnRoutes(client);
    this.rebalancing.heartbeat(client, meta, out);
    this.rebalancing.soon(client, meta.now, out);
    return "";
  }

  unsubscribe(consumer: number, topic: string, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client === null) return;
    client.interests.delete(topic);
    this.rebalancing.heartbeat(client, meta, out);
    this.rebalancing.soon(client, meta.now, out);
  }

  // ---- the listener

  get ready(): Int32Array {
    return this.site.ready;
  }

  get readyCount(): number {
    return this.site.readyCount;
  }

  set readyCount(count: number) {
    this.site.readyCount = count;
  }

  get task(): Task {
    return this.listening.task;
  }

  take(consumer: number, meta: Meta, out: RocketConsumerSink): number {
    const client = this.site.clients[consumer];
    if (client === undefined) return 0;
    client.isListed = false;
    if (!client.isRunning) return 0;
    if (client.woken.length > 0) {
      this.pulling.wakeAll(client, meta, out);
      client.isListed = false;
    }
    return this.listening.take(client, meta, out);
  }

  consumed(consumer: number, task: number, ackIndex: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.site.clients[consumer];
    if (client === undefined) return;
    this.listening.answer(client, task, client.isOrderly ? 0 : ackIndex, 0, meta, out);
    this.gone(client);
  }

  reconsumeLater(consumer: number, task: number, delayLevel: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.site.clients[consumer];
    if (client === undefined) return;
    this.listening.answer(client, task, -1, delayLevel, meta, out);
    this.gone(client);
  }

  suspendQueue(consumer: number, task: number, suspendMs: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.site.clients[consumer];
    if (client === undefined) return;
    this.listening.answer(client, task, -1, suspendMs, meta, out);
    this.gone(client);
  }

  /** The last call of a client that has ended has returned. */
  private gone(client: ClientState): void {
    if (!client.isRunning && client.busy === 0) this.site.clients[client.number] = undefined;
  }

  isCurrent(_consumer: number, task: number): boolean {
    return this.listening.isCurrent(task);
  }

  persist(consumer: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(consumer);
    if (client !== null) this.storeAll(client, meta, out);
  }

  private storeAll(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    for (const queue of client.queues.values()) if (!queue.isDropped) this.site.storeOffset(client, queue, meta, out);
  }

  // ---- by hand

  pull(
    _client: string,
    group: string,
    queue: number,
    offset: number,
    max: number,
    filter: Wanted,
    _meta: Meta,
    _out: RocketConsumerSink,
  ): PullAnswer | { readonly error: string } {
    return this.byHand.pull(group, queue, offset, max, filter);
  }

  pullCommit(group: string, queue: number, offset: number, meta: Meta, out: RocketConsumerSink): string {
    return this.byHand.commit(group, queue, offset, meta, out);
  }

  pop(request: PopRequest, meta: Meta, out: RocketConsumerSink): readonly Popped[] | { readonly error: string } {
    return this.byHand.pop(request, meta, out);
  }

  ack(receipt: number, meta: Meta, out: RocketConsumerSink): string {
    return this.byHand.ack(receipt, meta, out);
  }

  changeInvisible(receipt: number, invisibleMs: number, meta: Meta, out: RocketConsumerSink): number {
    return this.byHand.changeInvisible(receipt, invisibleMs, meta, out);
  }

  // ---- what can be seen

  membersOf(group: number): readonly RocketMember[] {
    return (this.site.members[group] ?? []).map(({ number, config }) => ({
      consumer: number,
      clientId: config.clientId,
      queues: this.allocation(number),
    }));
  }

  consumerNamed(group: number, clientId: string): number {
    return (this.site.members[group] ?? []).find(({ config }) => config.clientId === clientId)?.number ?? -1;
  }

  allocation(consumer: number): readonly number[] {
    const client = this.running(consumer);
    if (client === null) return [];
    return [...client.queues.values()].filter(({ isDropped }) => !isDropped).map(({ queue }) => queue);
  }

  known(consumer: number): readonly number[] | null {
    const routes = [...(this.running(consumer)?.interests.values() ?? [])].map(({ route }) => route);
    return routes.some((route) => route === null || route.length === 0) ? null : routes.flatMap((route) => route ?? []);
  }

  buffered(consumer: number): number {
    let count = 0;
    for (const queue of this.running(consumer)?.queues.values() ?? []) count += queue.waiting;
    return count;
  }

  get copiesHeld(): number {
    let count = 0;
    for (const queue of this.site.processQueues) count += queue?.count ?? 0;
    return count;
  }

  inHand(consumer: number): number {
    return this.site.clients[consumer]?.busy ?? 0;
  }

  private reading(consumer: number, queue: number): ProcessQueue | null {
    const process = this.running(consumer)?.queues.get(queue);
    return process === undefined || process.isDropped ? null : process;
  }

  unfinished(consumer: number, queue: number): number {
    const process = this.reading(consumer, queue);
    if (process === null) return -1;
    return process.count > 0 ? process.smallestUnfinished() : process.next;
  }

  suspendedUntil(consumer: number, queue: number): number {
    return this.reading(consumer, queue)?.suspendedUntil ?? 0;
  }

  /** Copies at clients that no listener has: messages pulled, each as long as its client has not finished it. */
  forEachHeld(see: (copy: number) => void): void {
    for (const queue of this.site.processQueues) {
      if (queue === undefined) continue;
      for (let place = queue.head; place < queue.tail; place++)
        if (!queue.isDone(place)) see(queue.copies[queue.at(place)] as number);
    }
  }

  // ---- news of the cluster

  arrived(queue: number): void {
    const readers = this.site.readers[queue];
    if (readers !== undefined) for (let i = 0; i < readers.length; i++) this.notice(readers[i] as ProcessQueue);
  }

  /** Something may have come for a pull that is parked. */
  private notice(queue: ProcessQueue): void {
    const client = this.site.clients[queue.consumer];
    if (queue.isWoken || client === undefined) return;
    queue.isWoken = true;
    client.woken.push(queue);
    this.site.list(client);
  }

  routeChanged(_topic: number, meta: Meta, out: TimerSink): void {
    for (const client of this.site.clients)
      if (client?.isRunning === true) this.rebalancing.routeSoon(client, meta.now, out);
  }

  membersChanged(group: number, meta: Meta, out: TimerSink): void {
    for (const client of this.site.members[group] ?? [])
      if (client.isConnected()) this.rebalancing.soon(client, meta.now, out);
  }

  // ---- time

  timerFired(what: number, target: number, meta: Meta, out: RocketConsumerSink): void {
    if (what >= timers.TIMER_PULL) this.queueTimer(what, target, meta, out);
    else this.clientTimer(what, target, meta, out);
  }

  private clientTimer(what: number, target: number, meta: Meta, out: RocketConsumerSink): void {
    const client = this.running(target);
    if (client === null) return;
    const { config } = client;
    switch (what) {
      case timers.TIMER_REBALANCE:
        this.rebalancing.due(client, meta, out);
        break;
      case timers.TIMER_ROUTE:
        client.isRouteTimerSet = false;
        if (client.isConnected()) this.rebalancing.learnRoutes(client);
        else this.rebalancing.routeSoon(client, meta.now, out);
        break;
      case timers.TIMER_PERSIST:
        this.storeAll(client, meta, out);
        this.repeat(client, config.persistIntervalMs, what, meta, out);
        break;
      case timers.TIMER_HEARTBEAT:
        this.rebalancing.heartbeat(client, meta, out);
        this.repeat(client, config.heartbeatIntervalMs, what, meta, out);
        break;
      case timers.TIMER_LOCKS:
        this.rebalancing.renewAll(client, meta);
        this.repeat(client, config.lockIntervalMs, what, meta, out);
        break;
      case timers.TIMER_CLEAN:
        this.listening.clean(client, meta, out);
        this.repeat(client, config.consumeTimeoutMs, what, meta, out);
        break;
    }
  }

  private queueTimer(what: number, target: number, meta: Meta, out: RocketConsumerSink): void {
    const queue = this.site.processQueues[target];
    const client = queue === undefined ? undefined : this.site.client(queue);
    if (queue === undefined || client?.isRunning !== true) return;
    switch (what) {
      case timers.TIMER_PULL:
        this.pulling.pullAgain(client, queue, meta, out);
        break;
      case timers.TIMER_HOLD:
        this.pulling.holdChecked(client, queue, meta, out);
        break;
      case timers.TIMER_PARKED:
        this.pulling.parkedLongEnough(client, queue, meta, out);
        break;
      case timers.TIMER_RESUME:
        this.listening.resumed(client, queue, meta);
        break;
      case timers.TIMER_KEPT:
        this.listening.giveAgain(client, queue, meta);
        break;
    }
  }
}
