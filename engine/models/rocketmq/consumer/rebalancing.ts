import type { Meta } from "../../model.ts";
import type { MessageQueue } from "../allocation.ts";
import { type ClientState, TopicInterest } from "./client-state.ts";
import type { Wanted } from "./consumer-config.ts";
import type { RocketConsumerSink } from "./consumer-sink.ts";
import { ProcessQueue, PULL_OVER } from "./process-queue.ts";
import type { Pulling } from "./pulling.ts";
import { MILLI, type Site } from "./site.ts";
import { strategyOf } from "./strategies.ts";
import { TIMER_REBALANCE, TIMER_ROUTE } from "./timers.ts";

export const RETRY_PREFIX = "%RETRY%";
/** A lock that was refused is asked for again, by a rebalance. */
const LOCK_AGAIN = 500 * MILLI;
/** A queue that was given up while its listener works is kept until that returns; but not longer than this after the last renewal of its lock. */
const UNLOCK_AT_LAST = 20_000 * MILLI;

/** How each client comes to its queues: it asks who is in the group and shares out by itself, so views differ for a moment. */
export class Rebalancing {
  private readonly site: Site;
  private readonly pulling: Pulling;

  constructor(site: Site, pulling: Pulling) {
    this.site = site;
    this.pulling = pulling;
  }

  // ---- when

  /** As soon as the client may; at most one a second. */
  soon(client: ClientState, wanted: number, out: { timer(at: number, what: number, target: number): void }): void {
    const at = Math.max(wanted, client.lastRebalance + this.site.settings.rebalanceMinMs * MILLI);
    if (at >= client.rebalanceAt) return;
    client.rebalanceAt = at;
    out.timer(at, TIMER_REBALANCE, client.number);
  }

  /** TIMER_REBALANCE */
  due(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    if (client.rebalanceAt > meta.now || !client.isRunning) return;
    client.rebalanceAt = Number.POSITIVE_INFINITY;
    const isBalanced = !client.isFrozen && this.rebalance(client, meta, out);
    client.lastRebalance = meta.now;
    const pause = isBalanced ? client.config.rebalanceIntervalMs : this.site.settings.rebalanceMinMs;
    this.soon(client, meta.now + pause * MILLI, out);
  }

  // ---- routes

  /** There is another route: the client learns of it when it asks next. */
  routeSoon(client: ClientState, now: number, out: { timer(at: number, what: number, target: number): void }): void {
    if (client.isRouteTimerSet) return;
    client.isRouteTimerSet = true;
    const every = client.config.routeIntervalMs * MILLI;
    const asked = Math.floor((now - client.startedAt) / every);
    out.timer(client.startedAt + (asked + 1) * every, TIMER_ROUTE, client.number);
  }

  learnRoutes(client: ClientState): void {
    const { cluster } = this.site;
    for (const [name, interest] of client.interests) {
      const topic = cluster.topicId(name);
      // The name server knows nothing of it (any more): the client goes on with what it has.
      if (topic >= 0 && cluster.hasRoute(topic)) interest.route = cluster.readQueues(topic);
    }
  }

  // ---- heartbeats

  heartbeat(client: ClientState, meta: Meta, out: RocketConsumerSink): void {
    if (!client.isConnected()) return;
    const said = [...client.interests.values()].map((interest) => interest.heartbeat());
    this.site.cluster.heartbeat(client.group, client.config.clientId, said, meta, out);
  }

  subscribe(client: ClientState, wanted: Wanted, now: number): void {
    const before = client.interests.get(wanted.topic);
    const interest = new TopicInterest(wanted, Math.floor(now / MILLI));
    interest.route = before?.route ?? null;
    client.interests.set(wanted.topic, interest);
  }

  // ---- sharing out

  /** @returns whether the client has now all that it should have */
  private rebalance(client: ClientState, meta: Meta, out: RocketConsumerSink): boolean {
    let isBalanced = true;
    let isChanged = false;
    for (const [name, interest] of client.interests) {
      const wanted = this.wantedQueues(client, name, interest);
      if (wanted === null) continue;
      if (this.update(client, name, interest, wanted, meta, out)) isChanged = true;
      if (!this.hasAll(client, name, wanted)) isBalanced = false;
    }
    for (const queue of client.queues.values()) {
      if (client.interests.has(queue.topicName)) continue;
      this.drop(client, queue, out);
      this.forget(client, queue);
      isChanged = true;
    }
    if (isChanged) out.rebalanced(client.number, client.group, this.held(client));
    return isBalanced;
  }

  private held(client: ClientState): number[] {
    return [...client.queues.values()].filter(({ isDropped }) => !isDropped).map(({ queue }) => queue);
  }

  /** By the client's own view; null when it cannot tell: it knows no route, or no broker tells it who is in the group. */
  private wantedQueues(client: ClientState, name: string, { route }: TopicInterest): readonly number[] | null {
    if (route === null) return null;
    if (client.isBroadcasting) return route;
    const { cluster } = this.site;
    if (!client.isConnected() || !route.some((queue) => cluster.isUp(cluster.brokerOf(queue)))) return null;
    const members = cluster.members(client.group);
    if (members.length === 0) return null;
    const index = members.indexOf(client.config.clientId);
    // The brokers do not know it any more: it has no right to anything.
    if (index < 0) return [];
    const queues = route.map(
      (queue): MessageQueue => ({
        topic: name,
        broker: cluster.brokerName(cluster.brokerOf(queue)),
        id: cluster.indexOf(queue),
      }),
    );
    return strategyOf(client.config.strategy)(queues, members, index)
      .map(({ topic, broker, id }) => cluster.queueId(cluster.topicId(topic), cluster.brokerId(broker), id))
      .filter((queue) => queue >= 0);
  }

  private hasAll(client: ClientState, name: string, wanted: readonly number[]): boolean {
    for (const queue of wanted) if (client.queues.get(queue)?.isDropped !== false) return false;
    for (const queue of client.queues.values())
      if (queue.topicName === name && !wanted.includes(queue.queue)) return false;
    return true;
  }

  private update(
    client: ClientState,
    name: string,
    interest: TopicInterest,
    wanted: readonly number[],
    meta: Meta,
    out: RocketConsumerSink,
  ): boolean {
    let isChanged = false;
    for (const queue of client.queues.values()) {
      if (queue.topicName !== name) continue;
      if (!wanted.includes(queue.queue)) this.drop(client, queue, out);
      if (queue.isDropped && this.release(client, queue, meta, out)) isChanged = true;
    }
    const gained: ProcessQueue[] = [];
    for (const queue of wanted) {
      if (client.queues.has(queue)) continue;
      const process = this.gain(client, queue, meta, out);
      if (process !== null) gained.push(process);
    }
    if (!isChanged && gained.length === 0) return false;
    interest.version = Math.floor(meta.now / MILLI);
    this.heartbeat(client, meta, out);
    for (const queue of gained) this.pulling.later(queue, this.site.settings.firstPullMs * MILLI, meta, out);
    return true;
  }

  private gain(client: ClientState, queue: number, meta: Meta, out: RocketConsumerSink): ProcessQueue | null {
    const { site } = this;
    const { cluster } = site;
    if (client.needsLocks() && !this.lock(client, queue, meta, out)) {
      this.soon(client, meta.now + LOCK_AGAIN, out);
      return null;
    }
    const topic = cluster.topicOf(queue);
    const number = site.processQueues.length;
    const process = new ProcessQueue(number, client.number, queue, topic, cluster.topicName(topic), 0, -1);
    const next = this.beginning(client, process);
    if (next < 0) return null;
    process.next = next;
    process.isLocked = client.needsLocks();
    process.lockedAt = meta.now;
    site.processQueues.push(process);
    client.queues.set(queue, process);
    const readers = site.readers[queue];
    if (readers === undefined) site.readers[queue] = [process];
    else readers.push(process);
    out.gained(client.number, queue, next);
    return process;
  }

  /** Where the client begins with a queue; −1 when nobody tells. */
  beginning(client: ClientState, process: ProcessQueue): number {
    const { cluster } = this.site;
    const { queue, topicName } = process;
    const { config } = client;
    if (client.isBroadcasting) {
      const known = this.site.file(client).get(queue);
      if (known !== undefined) {
        process.memory = known;
        return known;
      }
    }
    if (!client.isConnected() || !cluster.isUp(cluster.brokerOf(queue))) return -1;
    if (!client.isBroadcasting) {
      const stored = cluster.beginning(client.group, queue);
      if (stored >= 0) {
        process.memory = stored;
        return stored;
      }
    }
    const isRetry = topicName.startsWith(RETRY_PREFIX);
    if (config.from === "FIRST_OFFSET") return 0;
    if (config.from === "LAST_OFFSET") return isRetry ? 0 : cluster.max(queue);
    if (isRetry) return cluster.max(queue);
    return cluster.offsetForTime(queue, Math.floor(client.startedAt / MILLI) - config.fromAgeMs);
  }

  // ---- giving up

  /** The client pulls no more, and what it has does not count any more. */
  drop(client: ClientState, queue: ProcessQueue, out: RocketConsumerSink): void {
    if (queue.isDropped) return;
    queue.isDropped = true;
    queue.pull = PULL_OVER;
    queue.clear(this.site.store);
    out.gaveUp(client.number, queue.queue);
  }

  /** @returns whether the client has let go of a dropped queue: an orderly one it keeps as long as the listener works on it */
  private release(client: ClientState, queue: ProcessQueue, meta: Meta, out: RocketConsumerSink): boolean {
    this.site.storeOffset(client, queue, meta, out);
    if (client.needsLocks()) {
      if (queue.inHand > 0 && meta.now <= queue.lockedAt + UNLOCK_AT_LAST) return false;
      this.unlock(client, queue, out);
    }
    this.forget(client, queue);
    return true;
  }

  forget(client: ClientState, queue: ProcessQueue): void {
    queue.memory = -1;
    if (client.queues.get(queue.queue) === queue) client.queues.delete(queue.queue);
    const readers = this.site.readers[queue.queue];
    if (readers !== undefined) this.site.readers[queue.queue] = readers.filter((one) => one !== queue);
    if (queue.inHand === 0) this.site.processQueues[queue.number] = undefined;
  }

  /** The offset is to be another: stored, and the queue taken anew with the next rebalance. */
  restart(client: ClientState, queue: ProcessQueue, next: number, meta: Meta, out: RocketConsumerSink): void {
    this.drop(client, queue, out);
    queue.memory = next;
    this.site.storeOffset(client, queue, meta, out);
    if (client.needsLocks() && queue.inHand === 0) this.unlock(client, queue, out);
    // A queue in the listener's hands stays until that returns: two at once would be out of order.
    if (!client.needsLocks() || queue.inHand === 0) this.forget(client, queue);
    this.soon(client, meta.now, out);
  }

  // ---- locks

  private lock(client: ClientState, queue: number, meta: Meta, out: RocketConsumerSink): boolean {
    if (!client.isConnected()) return false;
    const { cluster } = this.site;
    if (!cluster.lock(client.group, client.config.clientId, queue, meta)) return false;
    out.locked(client.number, queue, true);
    return true;
  }

  private unlock(client: ClientState, queue: ProcessQueue, out: RocketConsumerSink): void {
    queue.isLocked = false;
    if (!client.isConnected()) return;
    this.site.cluster.unlock(client.group, client.config.clientId, queue.queue);
    out.locked(client.number, queue.queue, false);
  }

  /** One lock is asked for again. */
  renew(client: ClientState, queue: ProcessQueue, meta: Meta): boolean {
    if (!client.isConnected() || !this.site.cluster.isUp(this.site.cluster.brokerOf(queue.queue))) return false;
    queue.isLocked = this.site.cluster.lock(client.group, client.config.clientId, queue.queue, meta);
    if (queue.isLocked) queue.lockedAt = meta.now;
    return queue.isLocked;
  }

  renewAll(client: ClientState, meta: Meta): void {
    for (const queue of client.queues.values()) if (!queue.isDropped) this.renew(client, queue, meta);
  }

  unlockAll(client: ClientState, out: RocketConsumerSink): void {
    for (const queue of client.queues.values()) this.unlock(client, queue, out);
  }
}
