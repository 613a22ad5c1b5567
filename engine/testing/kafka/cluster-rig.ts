import { addStream, RandomStreams } from "../../kernel/random.ts";
import { HandleLedger } from "../../models/handle-ledger.ts";
import { KafkaCluster } from "../../models/kafka/cluster.ts";
import type { BrokerSettings } from "../../models/kafka/cluster-state.ts";
import type { ClusterSink } from "../../models/kafka/sink.ts";
import { MessageStore, PLAIN_KIND } from "../../models/messages.ts";
import type { Meta } from "../../models/model.ts";

interface Timer {
  readonly at: number;
  readonly what: number;
  readonly target: number;
}

/** A cluster with a clock of its own; the account of all records is kept from its effects alone. */
export class ClusterRig implements ClusterSink {
  readonly store = new MessageStore();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  readonly view: KafkaCluster;
  private readonly ids: string[] = [];
  private readonly timers: Timer[] = [];
  private readonly kind: number;

  constructor(seed: number, settings: Partial<BrokerSettings>) {
    const streams = new RandomStreams();
    this.meta = { now: 1_000_000, streams, stream: addStream(streams, seed, "kafka") };
    this.kind = this.store.intern(PLAIN_KIND);
    this.view = new KafkaCluster(this.store, settings);
  }

  /** @param micros how long */
  passTime(micros: number): void {
    const end = this.meta.now + micros;
    for (let next = this.timers[0]; next !== undefined && next.at <= end; next = this.timers[0]) {
      this.timers.splice(0, 1);
      this.meta.now = Math.max(this.meta.now, next.at);
      this.view.timerFired(next.what, next.target, this.meta, this);
    }
    this.meta.now = end;
  }

  /** @throws Error when a record that counts is nowhere, or in two places */
  check(): void {
    const held: number[] = [];
    this.view.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  /** A record for a send. */
  make(id: string): number {
    this.ids.push(id);
    const handle = this.store.alloc(this.meta.now, this.kind, this.ids.length - 1);
    this.ledger.published(handle);
    return handle;
  }

  recordId(handle: number): string {
    return this.ids[this.store.id[handle] as number] as string;
  }

  private end(handle: number, how: string): void {
    this.ledger.ends(handle, how);
    this.store.free(handle);
  }

  timer(at: number, what: number, target: number): void {
    let place = this.timers.length;
    while (place > 0 && (this.timers[place - 1] as Timer).at > at) place--;
    this.timers.splice(place, 0, { at, what, target });
  }

  appended(partition: number, offset: number, handle: number): void {
    this.ledger.moved(handle, `appended to ${partition} at ${offset}`);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
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
