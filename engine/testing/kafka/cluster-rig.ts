import { KafkaCluster } from "../../models/kafka/cluster.ts";
import type { BrokerSettings } from "../../models/kafka/cluster-state.ts";
import type { ClusterSink } from "../../models/kafka/sink.ts";
import { LogRig } from "../log-rig.ts";

/** A Kafka cluster. */
export class ClusterRig extends LogRig implements ClusterSink {
  readonly view: KafkaCluster;

  constructor(seed: number, settings: Partial<BrokerSettings>) {
    super(seed, "kafka");
    this.view = new KafkaCluster(this.store, settings);
  }

  protected fire(what: number, target: number): void {
    this.view.timerFired(what, target, this.meta, this);
  }

  protected forEachHeld(visit: (handle: number) => void): void {
    this.view.forEachHeld(visit);
  }

  appended(partition: number, offset: number, handle: number): void {
    this.ledger.moved(handle, `appended to ${partition} at ${offset}`);
  }

  acked(_producer: number, _handle: number, _partition: number, _offset: number): void {}

  failed(_producer: number, handle: number, _partition: number, error: string, isStored: boolean): void {
    if (!isStored) this.end(handle, `failed (${error})`);
  }

  discarded(partition: number, handle: number, reason: number): void {
    this.end(handle, `discarded from ${partition} (${reason})`);
  }

  lost(partition: number, handle: number, reason: number): void {
    this.end(handle, `lost from ${partition} (${reason})`);
  }

  withdrawn(partition: number, handle: number): void {
    this.ledger.moved(handle, `withdrawn from ${partition}`);
  }

  restored(_partition: number, _offset: number, handle: number): void {
    this.ledger.published(handle);
  }

  sent(): void {}
  led(): void {}
  inSync(): void {}
  transactionEnded(): void {}
  refused(): void {}
}
