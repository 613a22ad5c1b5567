import { discardReason } from "../../models/model.ts";
import type { ClusterSink, ProducerConfig, RocketCluster } from "../../models/rocketmq/index.ts";
import { LOOK } from "../../worker/protocol.ts";
import { EVENT, faultReason, ruleReason } from "../event-log.ts";
import { END_DISCARDED, END_LOST } from "../ledger.ts";
import { LogHost } from "../logs/log-host.ts";
import type { Topology } from "../topology.ts";
import { M, P, U } from "../vocabulary.ts";
import type { QueueFigures } from "./figures.ts";
import type { GroupSettings, Reader, Readers, TopicPlace, Writer } from "./places.ts";

const ROLLED_BACK = discardReason("rolled-back");

/** What brokers and producers do to the run: messages end in the ledger, and every effect is metered and logged at the node it belongs to. */
export abstract class RocketEffects
  extends LogHost<TopicPlace, Writer, ProducerConfig, Reader, Readers, GroupSettings, QueueFigures>
  implements ClusterSink
{
  readonly cluster: RocketCluster;
  /** By the model's numbers of retry topics. */
  private readonly retryOf: Map<number, Readers> = new Map();
  /** Messages that wait for their time, and half ones, each with its topic. */
  readonly delayedAt: Map<number, TopicPlace> = new Map();
  readonly halfAt: Map<number, TopicPlace> = new Map();

  constructor(topology: Topology, id: string, cluster: RocketCluster) {
    super(topology, "rocketmq", id);
    this.cluster = cluster;
  }

  placeAt(queue: number): TopicPlace | undefined {
    return queue < 0 ? undefined : this.placeOf[this.cluster.topicOf(queue)];
  }

  /** The group in whose retry topic a queue is. */
  protected retryAt(queue: number): Readers | undefined {
    const topic = this.cluster.topicOf(queue);
    const known = this.retryOf.get(topic);
    if (known !== undefined) return known;
    const name = this.cluster.topicName(topic);
    if (!name.startsWith(RETRY)) return undefined;
    const readers = this.groups.get(name.slice(RETRY.length));
    if (readers !== undefined) this.retryOf.set(topic, readers);
    return readers;
  }

  abstract readersOfGroup(group: number): Readers | undefined;

  /** When the message at an offset was stored, µs; now for one that is gone. */
  abstract storedAt(queue: number, offset: number): number;

  // ---- queues

  sent(producer: number, handle: number, _queue: number, attempt: number): void {
    const writer = this.writers[producer];
    if (writer === undefined) return;
    const { core } = this;
    const { link } = writer.port.output;
    link.bytes.pending += core.store.sizeOf(handle);
    const { send, place } = writer;
    const isHidden = send.delayLevel > 0 || send.delayMs > 0;
    const what = place?.messageType === "transaction" ? LOOK.half : isHidden ? LOOK.delayed : LOOK.message;
    core.passed(link, handle, core.now, core.now + writer.latency + writer.toll, what);
    if (attempt <= 1 || writer.confirmed === null) return;
    core.meters.count(writer.counters + P.retry);
    core.log.add(EVENT.retry, core.now, writer.node, core.store.id[handle] as number);
  }

  stored(queue: number, _offset: number, handle: number): void {
    const { core } = this;
    core.ledger.keep(core.store, handle);
    const place = this.placeAt(queue);
    if (place === undefined) return;
    place.produced.pending++;
    place.kept.change(1, core.now);
    if (core.log.detailed === false) return;
    const id = core.store.id[handle] as number;
    core.log.add(EVENT.enqueue, core.now, place.node, id, -1, undefined, this.cluster.indexOf(queue));
  }

  // ---- time

  delayed(queue: number, handle: number, _level: number, dueAt: number): void {
    const { core } = this;
    const place = this.placeAt(queue);
    if (place === undefined) return;
    this.delayedAt.set(handle, place);
    place.delayed++;
    if (core.log.detailed === false) return;
    const ms = Math.round((dueAt - core.now) / 1000);
    core.log.add(EVENT.delay, core.now, place.node, core.store.id[handle] as number, -1, undefined, ms);
  }

  due(queue: number, handle: number): void {
    this.retryAt(queue)?.waited(handle);
    this.waitsNoMore(handle);
  }

  private waitsNoMore(handle: number): void {
    const place = this.delayedAt.get(handle);
    if (place === undefined) return;
    this.delayedAt.delete(handle);
    place.delayed--;
  }

  // ---- transactions

  half(producer: number, handle: number, queue: number, status: number): void {
    const { core } = this;
    const place = this.placeAt(queue);
    const writer = this.writers[producer];
    if (writer?.isOpen) this.confirmed(writer, handle);
    if (place !== undefined && !this.halfAt.has(handle)) {
      this.halfAt.set(handle, place);
      place.half++;
    }
    if (core.log.detailed === true && place !== undefined)
      core.log.add(EVENT.half, core.now, place.node, core.store.id[handle] as number);
    if (status === 0 && writer !== undefined) this.transact(writer, handle);
  }

  asked(producer: number, handle: number, time: number): void {
    const { core } = this;
    const place = this.halfAt.get(handle);
    const writer = this.writers[producer];
    if (place !== undefined) {
      core.meters.count(place.counters + M.check);
      const id = core.store.id[handle] as number;
      core.log.add(EVENT["check-back"], core.now, place.node, id, writer?.node ?? -1, undefined, time);
    }
    if (writer !== undefined) this.answerCheck(writer, handle);
  }

  /** The local transaction of a half message that is stored. */
  protected abstract transact(writer: Writer, handle: number): void;
  protected abstract answerCheck(writer: Writer, handle: number): void;

  committed(handle: number, queue: number): void {
    const { core } = this;
    this.isNoHalf(handle);
    const place = this.placeAt(queue);
    if (place === undefined) return;
    core.meters.count(place.counters + M.commit);
    core.log.add(EVENT.commit, core.now, place.node, core.store.id[handle] as number);
  }

  rolledBack(handle: number, queue: number): void {
    this.undone(handle, queue);
  }

  setAside(handle: number, queue: number): void {
    this.undone(handle, queue);
  }

  private undone(handle: number, queue: number): void {
    this.isNoHalf(handle);
    const place = this.placeAt(queue);
    if (place !== undefined) this.core.meters.count(place.counters + M.rollback);
  }

  private isNoHalf(handle: number): void {
    const place = this.halfAt.get(handle);
    if (place === undefined) return;
    this.halfAt.delete(handle);
    place.half--;
  }

  // ---- answers to producers

  acked(producer: number, handle: number, _queue: number, _offset: number, _status: number): void {
    const writer = this.writers[producer];
    if (writer?.isOpen) this.confirmed(writer, handle);
  }

  failed(producer: number, handle: number, _error: string, isStored: boolean): void {
    this.gaveUpOn(producer, handle, isStored);
  }

  released(producer: number): void {
    const writer = this.writers[producer];
    if (writer?.isOpen) this.settled(writer);
  }

  // ---- failures

  retried(group: number, handle: number, times: number): void {
    const { core } = this;
    const readers = this.readersOfGroup(group);
    if (readers === undefined) return;
    readers.waits(handle, times);
    if (readers.counters < 0) return;
    core.meters.count(readers.counters + U.retry);
    core.log.add(EVENT.retry, core.now, readers.node, core.store.id[handle] as number, -1, undefined, times);
  }

  deadLettered(group: number, handle: number): void {
    const { core } = this;
    const readers = this.readersOfGroup(group);
    if (readers === undefined || readers.counters < 0) return;
    core.meters.count(readers.counters + U.deadLettered);
    core.log.add(EVENT["dead-letter"], core.now, readers.node, core.store.id[handle] as number);
  }

  // ---- ends

  discarded(queue: number, handle: number, reason: number): void {
    const { core } = this;
    const place = this.placeAt(queue);
    if (place !== undefined) core.meters.count(place.counters + M.discarded);
    this.gone(queue, place, handle);
    const id = core.store.id[handle] as number;
    const kind = reason === ROLLED_BACK ? EVENT.rollback : EVENT.discard;
    core.log.add(kind, core.now, place?.node ?? -1, id, -1, ruleReason(reason));
    core.end(handle, END_DISCARDED, reason);
  }

  lost(queue: number, handle: number, reason: number): void {
    const { core } = this;
    const place = this.placeAt(queue);
    this.gone(queue, place, handle);
    core.log.add(EVENT.lost, core.now, place?.node ?? -1, core.store.id[handle] as number, -1, faultReason(reason));
    core.end(handle, END_LOST, reason);
  }

  private gone(queue: number, place: TopicPlace | undefined, handle: number): void {
    const { core } = this;
    this.isNoHalf(handle);
    this.waitsNoMore(handle);
    if (queue >= 0) this.retryAt(queue)?.waited(handle);
    if (place !== undefined && core.ledger.isKept(core.store, handle)) place.kept.change(-1, core.now);
  }

  replicated(): void {}

  /** A slave became master: told at every topic, for each has queues there. @param promoted its name; brokers count from 1, as where they are crashed */
  brokerChanged(broker: number, _isUp: boolean, promoted = ""): void {
    if (promoted === "") return;
    const { core } = this;
    for (const place of this.placeOf)
      if (place !== undefined) core.log.add(EVENT.elect, core.now, place.node, -1, -1, undefined, broker + 1);
  }
}

export const RETRY = "%RETRY%";
export const DEAD = "%DLQ%";
