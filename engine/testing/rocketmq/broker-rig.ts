import { RocketCluster } from "../../models/rocketmq/cluster.ts";
import type { ClusterSink } from "../../models/rocketmq/sink.ts";
import { LogRig } from "../log-rig.ts";

/** RocketMQ's brokers and producers. */
export class BrokerRig extends LogRig implements ClusterSink {
  readonly cluster: RocketCluster;

  constructor(seed: number) {
    super(seed, "rocketmq");
    this.cluster = new RocketCluster(this.store);
  }

  protected fire(what: number, target: number): void {
    this.cluster.timerFired(what, target, this.meta, this);
  }

  protected forEachHeld(visit: (handle: number) => void): void {
    this.cluster.forEachHeld(visit);
  }

  stored(queue: number, offset: number, handle: number): void {
    this.ledger.moved(handle, `stored in ${queue} at ${offset}`);
  }

  failed(_producer: number, handle: number, error: string, isStored: boolean): void {
    if (!isStored) this.end(handle, `failed (${error})`);
  }

  discarded(queue: number, handle: number, reason: number): void {
    this.end(handle, `discarded from ${queue} (${reason})`);
  }

  lost(queue: number, handle: number, reason: number): void {
    this.end(handle, `lost from ${queue} (${reason})`);
  }

  acked(_producer: number, _handle: number, _queue: number, _offset: number, _status: number): void {}
  half(_producer: number, _handle: number, _queue: number, _status: number): void {}
  asked(_producer: number, _handle: number, _time: number): void {}
  delayed(_queue: number, _handle: number, _level: number, _dueAt: number): void {}
  due(_queue: number, _handle: number): void {}
  committed(_handle: number, _queue: number): void {}
  sent(): void {}
  released(): void {}
  rolledBack(): void {}
  setAside(): void {}
  retried(): void {}
  deadLettered(): void {}
  replicated(): void {}
  brokerChanged(): void {}
}
