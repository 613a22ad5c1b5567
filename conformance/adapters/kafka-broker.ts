import {
  addStream,
  type BrokerSettings,
  type ClusterSink,
  type ConsumerSink,
  DISCARD_REASONS,
  HandleLedger,
  KafkaCluster,
  KafkaConsumers,
  LOSS_REASONS,
  MessageStore,
  type Meta,
  PLAIN_KIND,
  RandomStreams,
  TIMERS_OF_GROUPS,
} from "../../engine/index.ts";
import type { CaseEvent } from "../format.ts";
import { ConsumerSteps, type ConsumersHost } from "./kafka-consumers.ts";
import { byReceiver, type Seen } from "./seen.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The brokers' clock at the start of a case, µs: records without a timestamp of their own have this time. */
const EPOCH = 1_795_000_000_000_000;

/** Settings of the brokers that the cases were recorded with (OPS.md, Where a case begins). */
const RECORDED_GROUPS = {
  initialRebalanceDelayMs: 0,
  minSessionTimeoutMs: 500,
  consumerHeartbeatIntervalMs: 200,
  hasInstantNews: true,
};

/** A send whose end the producer has not told yet. */
export interface Sent {
  readonly id: string;
  /** Null as long as nobody knows. */
  event: CaseEvent | null;
}

/** Kafka with a clock of its own, whose effects become the events of a case; the account of all copies is kept. */
export class RecordedKafka implements ClusterSink, ConsumersHost {
  readonly store = new MessageStore();
  readonly clock = new VirtualClock();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  readonly view: KafkaCluster;
  readonly consumers: KafkaConsumers;
  readonly steps: ConsumerSteps;
  readonly out: ConsumerSink;
  /** What each producer has sent and not told the end of, by the model's number. */
  readonly pending = new Map<number, Sent[]>();
  /** The case's names of producers by the model's numbers. */
  readonly names = new Map<number, string>();
  /** Texts of message ids, by the store's numbers. */
  private readonly ids: string[] = [];
  private readonly kind: number;
  private seen: Seen[] = [];

  constructor(settings: Partial<BrokerSettings>) {
    const streams = new RandomStreams();
    this.clock.now = EPOCH;
    this.meta = { now: EPOCH, streams, stream: addStream(streams, 1, "kafka") };
    this.kind = this.store.intern(PLAIN_KIND);
    this.view = new KafkaCluster(this.store, settings);
    this.consumers = new KafkaConsumers(this.view, RECORDED_GROUPS);
    this.out = this.consumerSink();
    this.view.watch(this.consumers, this.out);
    this.steps = new ConsumerSteps(this);
  }

  private consumerSink(): ConsumerSink {
    const quiet = (): void => {};
    return {
      timer: (at, what, target) => this.timer(at, what, target),
      assigned: (consumer, partitions) => this.steps.callback("assigned", consumer, partitions),
      revoked: (consumer, partitions) => this.steps.callback("revoked", consumer, partitions),
      lost: (consumer, partitions) => this.steps.callback("lost", consumer, partitions),
      joined: quiet,
      left: quiet,
      rebalancing: quiet,
      stable: quiet,
      committed: quiet,
      positioned: quiet,
    };
  }

  // ---- time

  private readonly fire = (what: number, target: number): void => {
    this.meta.now = this.clock.now;
    if (what < TIMERS_OF_GROUPS) this.view.timerFired(what, target, this.meta, this);
    else this.consumers.timerFired(what, target, this.meta, this.out);
  };

  passTime(micros: number): void {
    this.clock.advance(this.clock.now + micros, this.fire);
    this.meta.now = this.clock.now;
  }

  settleClock(): void {
    this.clock.settle(this.fire);
    this.meta.now = this.clock.now;
  }

  /** Lets as much time pass as it takes until the condition holds. @param limit µs at most @returns whether it holds */
  passUntil(isMet: () => boolean, limit: number): boolean {
    const end = this.clock.now + limit;
    this.settleClock();
    while (!isMet()) {
      const next = this.clock.nextAt();
      if (next > end) {
        this.passTime(end - this.clock.now);
        return isMet();
      }
      this.passTime(next - this.clock.now);
      this.settleClock();
    }
    return true;
  }

  // ---- events

  tell(receiver: string, event: CaseEvent): void {
    this.seen.push({ receiver, event });
  }

  /** The events since the last call, grouped by receiver in the order of their names. The account must balance. */
  takeEvents(): CaseEvent[] {
    this.check();
    const { seen } = this;
    this.seen = [];
    return byReceiver(seen);
  }

  /** Every copy that counts is in exactly one place. */
  check(): void {
    const held: number[] = [];
    this.view.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  // ---- records

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

  private note(producer: number, handle: number, event: Record<string, unknown> & { event: string }): void {
    const id = this.recordId(handle);
    const waiting = this.pending.get(producer)?.find((one) => one.id === id && one.event === null);
    if (waiting !== undefined) waiting.event = { ...event, id, producer: this.names.get(producer) };
  }

  private end(handle: number, how: string): void {
    this.ledger.ends(handle, how);
    this.store.free(handle);
  }

  timer(at: number, what: number, target: number): void {
    this.clock.set(at, what, target);
  }

  appended(partition: number, offset: number, handle: number): void {
    this.ledger.moved(handle, `appended to ${partition} at ${offset}`);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }

  acked(producer: number, handle: number, partition: number, offset: number): void {
    this.note(producer, handle, { event: "acked", partition: this.view.partitionName(partition), offset });
  }

  failed(producer: number, handle: number, _partition: number, error: string, isStored: boolean): void {
    this.note(producer, handle, { event: "failed", name: error });
    if (!isStored) this.end(handle, `failed (${error})`);
  }

  discarded(partition: number, handle: number, reason: number): void {
    this.end(handle, `discarded from ${partition} (${DISCARD_REASONS[reason]})`);
  }

  lost(partition: number, handle: number, reason: number): void {
    this.end(handle, `lost from ${partition} (${LOSS_REASONS[reason]})`);
  }

  withdrawn(partition: number, handle: number): void {
    this.ledger.moved(handle, `withdrawn from ${partition}`);
  }

  restored(_partition: number, _offset: number, handle: number): void {
    this.ledger.published(handle);
  }

  refused(producer: number, error: string): void {
    const name = this.names.get(producer);
    if (name !== undefined) this.tell(name, { event: "error", producer: name, name: error });
  }

  sent(): void {}
  led(): void {}
  inSync(): void {}
  transactionEnded(): void {}
}
