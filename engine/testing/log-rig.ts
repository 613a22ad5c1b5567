import { addStream, RandomStreams } from "../kernel/random.ts";
import { HandleLedger } from "../models/handle-ledger.ts";
import { MessageStore, PLAIN_KIND } from "../models/messages.ts";
import type { Meta } from "../models/model.ts";

interface Timer {
  readonly at: number;
  readonly what: number;
  readonly target: number;
}

/** A model that keeps messages in logs, with a clock of its own; the account of all messages is kept from the model's effects alone. */
export abstract class LogRig {
  readonly store = new MessageStore();
  readonly ledger = new HandleLedger();
  readonly meta: Meta;
  private readonly ids: string[] = [];
  private readonly timers: Timer[] = [];
  private readonly kind: number;

  constructor(seed: number, system: string) {
    const streams = new RandomStreams();
    this.meta = { now: 1_000_000, streams, stream: addStream(streams, seed, system) };
    this.kind = this.store.intern(PLAIN_KIND);
  }

  /** A timer of the model's has come. */
  protected abstract fire(what: number, target: number): void;
  /** Every handle that the model answers for. */
  protected abstract forEachHeld(visit: (handle: number) => void): void;

  /** @param micros how long */
  passTime(micros: number): void {
    const end = this.meta.now + micros;
    for (let next = this.timers[0]; next !== undefined && next.at <= end; next = this.timers[0]) {
      this.timers.splice(0, 1);
      this.meta.now = Math.max(this.meta.now, next.at);
      this.fire(next.what, next.target);
    }
    this.meta.now = end;
  }

  /** @throws Error when a message that counts is nowhere, or in two places */
  check(): void {
    const held: number[] = [];
    this.forEachHeld((copy) => held.push(copy));
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

  copied(original: number, copy: number): void {
    this.ledger.copied(original, copy);
  }
}
