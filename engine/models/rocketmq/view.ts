import type { MessageStore } from "../messages.ts";
import { ClusterState, MAY_READ } from "./cluster-state.ts";
import type { QueueBuffer } from "./queue-buffer.ts";
import { readQueue } from "./reading.ts";
import { readQueues, routeOf } from "./routes.ts";
import {
  type BrokerFilter,
  type ClusterView,
  READ_FORBIDDEN,
  READ_NO_QUEUE,
  READ_UNAVAILABLE,
  type ReadCode,
} from "./seam.ts";

const NO_QUEUES: readonly number[] = [];

/** What the name server tells of a topic at a broker. */
export interface RouteEntry {
  readonly broker: string;
  readonly read: number;
  readonly write: number;
  readonly perm: number;
}

/** All that may be asked of a cluster without changing anything. */
export class ClusterReaders implements ClusterView {
  readonly state: ClusterState;

  constructor(store: MessageStore) {
    this.state = new ClusterState(store);
  }

  get store(): MessageStore {
    return this.state.store;
  }

  get routeVersion(): number {
    return this.state.routeVersion;
  }

  // ---- names

  topicId(name: string): number {
    return this.state.topicIds.get(name) ?? -1;
  }

  topicName(topic: number): string {
    return this.state.topic(topic).name;
  }

  brokerId(name: string): number {
    return this.state.brokers.findIndex((broker) => broker.name === name);
  }

  brokerCount(): number {
    return this.state.brokers.length;
  }

  brokerName(broker: number): string {
    return this.state.broker(broker).name;
  }

  queueId(topic: number, broker: number, index: number): number {
    return this.state.topics[topic]?.queues.get(broker)?.[index] ?? -1;
  }

  queueNamed(name: string): number {
    const slash = name.indexOf("/");
    const dash = name.lastIndexOf("-");
    const broker = slash < 0 ? 0 : this.brokerId(name.slice(0, slash));
    return this.queueId(this.topicId(name.slice(slash + 1, dash)), broker, Number(name.slice(dash + 1)));
  }

  /** As `queueNamed`, of a queue that a program names whether it is there or not: it has a number all the same. −1 when there is no such broker. */
  queueNumber(name: string): number {
    const slash = name.indexOf("/");
    const dash = name.lastIndexOf("-");
    const broker = slash < 0 ? 0 : this.brokerId(name.slice(0, slash));
    if (broker < 0 || broker >= this.state.brokers.length) return -1;
    return this.state.queueAt(this.state.topicNamed(name.slice(slash + 1, dash)), broker, Number(name.slice(dash + 1)));
  }

  queueName(queue: number): string {
    const { topic, broker, index } = this.state.queue(queue);
    const name = `${this.topicName(topic)}-${index}`;
    return this.state.brokers.length > 1 ? `${this.brokerName(broker)}/${name}` : name;
  }

  topicOf(queue: number): number {
    return this.state.queue(queue).topic;
  }

  brokerOf(queue: number): number {
    return this.state.queue(queue).broker;
  }

  indexOf(queue: number): number {
    return this.state.queue(queue).index;
  }

  /** The number of a tag, for messages. */
  tag(text: string): number {
    return this.state.tags.intern(text);
  }

  tagText(tag: number): string {
    return this.state.tags.text(tag);
  }

  // ---- routes

  hasRoute(topic: number): boolean {
    return routeOf(this.state, this.state.topic(topic)).length > 0;
  }

  /** As the name server tells it, broker by broker. */
  route(topic: number): RouteEntry[] {
    const entry = this.state.topic(topic);
    return routeOf(this.state, entry).map((id) => {
      const { read, write, perm } = entry.at.get(id) as RouteEntry;
      return { broker: this.brokerName(id), read, write, perm };
    });
  }

  readQueues(topic: number): readonly number[] {
    const entry = this.state.topics[topic];
    if (entry === undefined) return NO_QUEUES;
    entry.readQueues ??= readQueues(this.state, entry);
    return entry.readQueues;
  }

  /** All queues of a topic that its brokers know, readable or not, by broker's name and number. */
  allQueues(topic: number): number[] {
    const entry = this.state.topic(topic);
    return routeOf(this.state, entry).flatMap((id) => {
      const { read, write } = entry.at.get(id) as RouteEntry;
      return (entry.queues.get(id) ?? []).slice(0, Math.max(read, write));
    });
  }

  isUp(broker: number): boolean {
    return this.state.broker(broker).isAnswering;
  }

  get takesConditions(): boolean {
    return this.state.brokers.every(({ settings }) => settings.enablePropertyFilter);
  }

  // ---- queues

  min(queue: number): number {
    return this.state.queue(queue).log.min;
  }

  max(queue: number): number {
    return this.state.queue(queue).log.max;
  }

  offsetForTime(queue: number, timeMs: number): number {
    return this.state.queue(queue).log.offsetForTime(timeMs);
  }

  read(queue: number, offset: number, limit: number, filter: BrokerFilter, into: QueueBuffer): ReadCode {
    const entry = this.state.queue(queue);
    into.clear();
    const config = this.state.topic(entry.topic).at.get(entry.broker);
    if (!this.isUp(entry.broker) || config === undefined) return READ_UNAVAILABLE;
    if ((config.perm & MAY_READ) === 0) return READ_FORBIDDEN;
    if (entry.index >= config.read) return READ_NO_QUEUE;
    return readQueue(this.state, entry, offset, entry.log.max, limit, filter, into);
  }

  readOn(queue: number, offset: number, limit: number, filter: BrokerFilter, into: QueueBuffer): ReadCode {
    const entry = this.state.queue(queue);
    const broker = this.state.broker(entry.broker);
    if (broker.isRunning || !broker.settings.slaveReadEnable) return this.read(queue, offset, limit, filter, into);
    into.clear();
    let position = -1;
    for (const slave of broker.slaves) {
      if (slave.isRunning && !slave.isPaused) position = Math.max(position, slave.position);
    }
    if (position < 0) return READ_UNAVAILABLE;
    const end = Math.min(entry.log.max, entry.log.offsetAtPosition(position));
    // What the slave does not have yet may come: no reason to go back.
    if (offset > end) return READ_UNAVAILABLE;
    return readQueue(this.state, entry, offset, end, limit, filter, into);
  }

  /** The queue's own handle at an offset that is there; −1 when it is not. */
  handleAt(queue: number, offset: number): number {
    const { log } = this.state.queue(queue);
    return offset < log.min || offset >= log.max ? -1 : (log.handles[log.placeOf(offset)] as number);
  }

  /** When the message at an offset was stored, virtual ms; −1 when it is not there. */
  storedAtMs(queue: number, offset: number): number {
    const { log } = this.state.queue(queue);
    return offset < log.min || offset >= log.max ? -1 : (log.storedMs[log.placeOf(offset)] as number);
  }

  // ---- what brokers keep

  /** Messages that wait for their time at a broker. */
  heldCount(broker: number): number {
    return this.state.broker(broker).held.count;
  }

  /** Half messages at a broker. */
  halfCount(broker: number): number {
    return this.state.broker(broker).halves.size;
  }

  /** Names of slaves whose processes do not run. */
  slavesDown(broker: number): string[] {
    return this.state.broker(broker).slaves.flatMap(({ name, isRunning }) => (isRunning ? [] : [name]));
  }

  /** Messages that a slave lacks; 0 without such a slave. */
  slaveLag(broker: number): number {
    const { slaves, position } = this.state.broker(broker);
    let lag = 0;
    for (const slave of slaves) lag = Math.max(lag, position - slave.position);
    return lag;
  }

  /** Every handle that the model answers for, once. */
  forEachHeld(visit: (handle: number) => void): void {
    for (const { log } of this.state.queues) {
      for (let place = log.head; place < log.head + log.count; place++) visit(log.handles[place] as number);
    }
    for (const { held, halves } of this.state.brokers) {
      for (let row = 0; row < held.top; row++)
        if ((held.handles[row] as number) >= 0) visit(held.handles[row] as number);
      for (const handle of halves.keys()) visit(handle);
    }
    for (const { live } of this.state.producers) {
      for (const request of live)
        if (request.holdsMessages()) for (const one of request.batch ?? [request.handle]) visit(one);
    }
  }
}
