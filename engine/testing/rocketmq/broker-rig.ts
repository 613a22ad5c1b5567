import { addStream, RandomStreams } from "../../kernel/random.ts";
import { HandleLedger } from "../../models/handle-ledger.ts";
import { MessageStore, PLAIN_KIND } from "../../models/messages.ts";
import type { Meta } from "../../models/model.ts";
import { RocketCluster } from "../../models/rocketmq/cluster.ts";
import type { ClusterSink } from "../../models/rocketmq/sink.ts";

interface Timer {
  readonly at: number;
  readonly what: number;
  readonly target: number;
}

/** RocketMQ's brokers and producers with a clock of their own; the account of all messages is kept from their effects alone. */
export class BrokerRig implements ClusterSink {
  readonly store = new MessageStore();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  readonly cluster: RocketCluster;
  private readonly ids: string[] = [];
  private readonly timers: Timer[] = [];
  private readonly kind: number;

  constructor(seed: number) {
    const streams = new RandomStreams();
    this.meta = { now: 1_000_000, streams, stream: addStream(streams, seed, "rocketmq") };
    this.kind = this.store.intern(PLAIN_KIND);
    this.cluster = new RocketCluster(this.store);
  }

  /** @param micros how long */
  passTime(micros: number): void {
    const end = this.meta.now + micros;
    for (let next = this.timers[0]; next !== undefined && next.at <= end; next = this.timers[0]) {
      this.timers.splice(0, 1);
      this.meta.now = Math.max(this.meta.now, next.at);
      this.cluster.timerFired(next.what, next.target, this.meta, this);
    }
    this.meta.now = end;
  }

  /** @throws Error when a message that counts is nowhere, or in two places */
  check(): void {
    const held: number[] = [];
    this.cluster.forEachHeld((copy) => held.push(copy));
    this.ledger.check(held);
  }

  /** A message for a send. */
  make(id: string): number {
    this.ids.push(id);
    const handle = this.store.alloc(this.meta.now, this.kind, this.ids.length - 1);
    this.ledger.published(handle);
    return handle;
  }

  idOf(handle: number): string {
    return this.ids[this.store.id[handle] as number] as string;
  }

  protected end(handle: number, how: string): void {
    this.ledger.ends(handle, how);
    this.store.free(handle);
  }

  timer(at: number, what: number, target: number): void {
    let place = this.timers.length;
    while (place > 0 && (this.timers[place - 1] as Timer).at > at) place--;
    this.timers.splice(place, 0, { at, what, target });
  }

  stored(queue: number, offset: number, handle: number): void {
    this.ledger.moved(handle, `stored in ${queue} at ${offset}`);
  }

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
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
