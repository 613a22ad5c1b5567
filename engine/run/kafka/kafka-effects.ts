import type { ClusterSink, KafkaCluster } from "../../models/kafka/index.ts";
import { discardReason } from "../../models/model.ts";
import type { Consumers } from "../consumers.ts";
import { type Core, RunMeta } from "../core.ts";
import { EVENT, faultReason, ownReason, ruleReason } from "../event-log.ts";
import { END_DISCARDED, END_LOST } from "../ledger.ts";
import type { Producers } from "../producers.ts";
import { K, P } from "../vocabulary.ts";
import type { Reader, Readers, TopicPlace, Writer } from "./places.ts";

const FAILED = discardReason("failed");
const SUPERSEDED = discardReason("superseded");

/** What brokers, producers and groups do to the run: records end in the ledger, and every effect is metered and logged at the node it belongs to. */
export abstract class KafkaEffects implements ClusterSink {
  readonly core: Core;
  readonly index: number;
  readonly cluster: KafkaCluster;
  readonly meta: RunMeta;
  readonly producers: Producers;
  readonly consumers: Consumers;
  /** By their ids. */
  readonly places: TopicPlace[] = [];
  /** By the cluster's numbers of topics, partitions, producers and consumers. */
  placeOf: (TopicPlace | undefined)[] = [];
  writers: (Writer | undefined)[] = [];
  readers: (Reader | undefined)[] = [];
  /** Node index of every consumer there was: groups speak of those that are gone. */
  nodeOfConsumer: number[] = [];
  /** By name; those without one are not here. */
  groups: Map<string, Readers> = new Map();

  constructor(
    core: Core,
    index: number,
    id: string,
    producers: Producers,
    consumers: Consumers,
    cluster: KafkaCluster,
  ) {
    this.core = core;
    this.index = index;
    this.producers = producers;
    this.consumers = consumers;
    this.cluster = cluster;
    this.meta = new RunMeta(core.streams, core.addStream(`kafka:${id}`));
  }

  tick(): RunMeta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  timer(at: number, what: number, target: number): void {
    this.core.timer(this.index, at, what, target);
  }

  placeAt(partition: number): TopicPlace | undefined {
    return this.placeOf[this.cluster.topicOf(partition)];
  }

  // ---- producers and logs

  /** A narrow or lossy link. */
  toll(producer: number, bytes: number): number {
    const writer = this.writers[producer];
    if (writer === undefined) return 0;
    const { link } = writer.port.output;
    writer.toll =
      link.config.bandwidth > 0 || link.config.loss > 0 ? link.toll(this.core.now, bytes, this.core.streams) : 0;
    return writer.toll;
  }

  sent(producer: number, _partition: number, handle: number): void {
    const writer = this.writers[producer];
    if (writer === undefined) return;
    const { core } = this;
    const { link } = writer.port.output;
    link.bytes.pending += core.store.sizeOf(handle);
    core.passed(link, handle, core.now, core.now + writer.latency + writer.toll);
  }

  appended(partition: number, _offset: number, handle: number): void {
    const { core } = this;
    const place = this.placeAt(partition);
    core.ledger.keep(core.store, handle);
    if (place === undefined) return;
    place.produced.pending++;
    place.records.change(1, core.now);
    if (core.log.detailed === false) return;
    const id = core.store.id[handle] as number;
    core.log.add(EVENT.enqueue, core.now, place.node, id, -1, undefined, this.cluster.indexOf(partition));
  }

  copied(original: number, copy: number): void {
    this.core.ledger.copied(this.core.store, original, copy);
  }

  acked(producer: number, handle: number, _partition: number, offset: number): void {
    const writer = this.writers[producer];
    if (writer === undefined || !writer.isOpen) return;
    const { core } = this;
    this.settled(writer);
    // With acks=0 nobody says that it is stored.
    if (writer.confirmed === null || writer.response === null || offset < 0) return;
    writer.confirmed.pending++;
    writer.response.record(core.now - (core.store.birth[handle] as number));
    if (core.log.detailed === true) core.log.add(EVENT.confirm, core.now, writer.node, core.store.id[handle] as number);
  }

  failed(producer: number, handle: number, _partition: number, _error: string, isStored: boolean): void {
    const writer = this.writers[producer];
    const { core } = this;
    if (writer?.isOpen) {
      this.settled(writer);
      if (writer.response !== null) core.meters.count(writer.counters + P.failed);
      core.log.add(EVENT.fail, core.now, writer.node, core.store.id[handle] as number, -1, ruleReason(FAILED));
    }
    if (!isStored) core.end(handle, END_DISCARDED, FAILED);
  }

  private settled(writer: Writer): void {
    writer.waiting--;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, -1, this.core.now);
  }

  discarded(partition: number, handle: number, reason: number): void {
    const { core } = this;
    const place = partition < 0 ? undefined : this.placeAt(partition);
    if (place !== undefined) core.meters.count(place.counters + K.discarded);
    this.gone(place, handle);
    const node = place?.node ?? -1;
    core.log.add(EVENT.discard, core.now, node, core.store.id[handle] as number, -1, ruleReason(reason));
    core.end(handle, END_DISCARDED, reason);
  }

  lost(partition: number, handle: number, reason: number): void {
    const { core } = this;
    const place = partition < 0 ? undefined : this.placeAt(partition);
    this.gone(place, handle);
    const node = place?.node ?? -1;
    core.log.add(EVENT.lost, core.now, node, core.store.id[handle] as number, -1, faultReason(reason));
    core.end(handle, END_LOST, reason);
  }

  /** A record leaves the log that it counted in. */
  private gone(place: TopicPlace | undefined, handle: number): void {
    const { core } = this;
    if (place !== undefined && core.ledger.isKept(core.store, handle)) place.records.change(-1, core.now);
  }

  withdrawn(partition: number, handle: number): void {
    this.gone(this.placeAt(partition), handle);
    this.core.ledger.unkeep(this.core.store, handle);
  }

  restored(partition: number, _offset: number, handle: number): void {
    const { core } = this;
    core.ledger.cameBack(core.store, handle);
    core.ledger.keep(core.store, handle);
    const place = this.placeAt(partition);
    if (place !== undefined) place.records.change(1, core.now);
  }

  led(partition: number, leader: number): void {
    const { core } = this;
    const place = this.placeAt(partition);
    if (place === undefined) return;
    const reason = leader < 0 ? ownReason("none") : undefined;
    core.log.add(EVENT.elect, core.now, place.node, -1, -1, reason, Math.max(0, leader));
  }

  inSync(): void {}

  transactionEnded(): void {}

  refused(): void {}

  /** A consumer's copy that nobody will work on. */
  protected dropCopy(copy: number): void {
    this.core.end(copy, END_DISCARDED, SUPERSEDED);
  }

  protected countPublish(writer: Writer): void {
    writer.waiting++;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, 1, this.core.now);
  }
}
