import type { ClusterSink, KafkaCluster, ProducerConfig } from "../../models/kafka/index.ts";
import { EVENT, faultReason, ownReason, ruleReason } from "../event-log.ts";
import { END_DISCARDED, END_LOST } from "../ledger.ts";
import { LogHost } from "../logs/log-host.ts";
import type { Topology } from "../topology.ts";
import { K } from "../vocabulary.ts";
import type { PartitionFigures } from "./figures.ts";
import type { GroupSettings, Reader, Readers, TopicPlace, Writer } from "./places.ts";

/** What brokers, producers and groups do to the run: records end in the ledger, and every effect is metered and logged at the node it belongs to. */
export abstract class KafkaEffects
  extends LogHost<TopicPlace, Writer, ProducerConfig, Reader, Readers, GroupSettings, PartitionFigures>
  implements ClusterSink
{
  readonly cluster: KafkaCluster;

  constructor(topology: Topology, id: string, cluster: KafkaCluster) {
    super(topology, "kafka", id);
    this.cluster = cluster;
  }

  placeAt(partition: number): TopicPlace | undefined {
    return this.placeOf[this.cluster.topicOf(partition)];
  }

  // ---- producers and logs

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
    place.kept.change(1, core.now);
    if (core.log.detailed === false) return;
    const id = core.store.id[handle] as number;
    core.log.add(EVENT.enqueue, core.now, place.node, id, -1, undefined, this.cluster.indexOf(partition));
  }

  acked(producer: number, handle: number, _partition: number, offset: number): void {
    const writer = this.writers[producer];
    if (writer === undefined || !writer.isOpen) return;
    // With acks=0 nobody says that it is stored.
    if (offset < 0) this.settled(writer);
    else this.confirmed(writer, handle);
  }

  failed(producer: number, handle: number, _partition: number, _error: string, isStored: boolean): void {
    this.gaveUpOn(producer, handle, isStored);
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
    if (place !== undefined && core.ledger.isKept(core.store, handle)) place.kept.change(-1, core.now);
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
    if (place !== undefined) place.kept.change(1, core.now);
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
}
