import type { Micros } from "../kernel/time.ts";

/** What a probe on a link has seen of a message. */
export interface Overheard {
  /** µs */
  t: Micros;
  message: number;
  /** Row of its kind in the store. */
  kind: number;
  /** Bytes. */
  size: number;
  /** Not encrypted: who listens can read it. */
  isReadable: boolean;
}

/** The newest that are kept to be read. */
const KEPT = 50;

/** A probe on a link (product.md §8): it sees every message that passes, and reads those that are not encrypted. It changes nothing of the run. */
export class Wiretap {
  /** Messages that passed since it was put there, and those that could be read. */
  heard = 0;
  readable = 0;
  /** The newest of them: a ring. */
  private readonly ring: Overheard[] = [];

  hear(t: Micros, message: number, kind: number, size: number, isReadable: boolean): void {
    this.ring[this.heard % KEPT] = { t, message, kind, size, isReadable };
    this.heard++;
    if (isReadable) this.readable++;
  }

  /** What it has seen last, the newest first. */
  kept(): Overheard[] {
    const found: Overheard[] = [];
    for (let i = this.heard - 1; i >= 0 && i >= this.heard - KEPT; i--) found.push(this.ring[i % KEPT] as Overheard);
    return found;
  }
}
