import { Snapshot, snapshotBytes } from "../kernel/snapshot.ts";
import { type Micros, SECOND } from "../kernel/time.ts";

/** A point of a run: nothing but the order of what happens decides it, so that two points of one run can be compared. */
export interface Position {
  /** µs */
  time: Micros;
  /** Events performed. */
  performed: number;
  /** Entries of the log of actions performed. */
  actions: number;
}

/** @returns < 0 when `a` comes first, 0 when they are the same point */
export const comparePositions = (a: Position, b: Position): number =>
  a.time - b.time || a.performed - b.performed || a.actions - b.actions;

export interface KeptSnapshot extends Position {
  snapshot: Snapshot;
  bytes: number;
}

/** Snapshots are wanted this often (product.md §2.3). */
export const SNAPSHOT_EVERY: Micros = 5 * SECOND;
/** And take at most so much memory together. */
export const SNAPSHOT_BYTES = 64 * 1024 * 1024;

/**
 * Snapshots of one run in order of their position. When they take too much memory, one goes where it is missed least: where the neighbours are close in proportion to how
 * long ago it is, so that the newer past stays denser. The first, the start, always stays; what alone is larger than all may be is not kept. Memory of those that are gone
 * is kept for the next ones, within the same limit: fresh memory takes ten times as long to write to.
 */
export class SnapshotStore {
  readonly limit: number;
  private kept: KeptSnapshot[] = [];
  private bytes = 0;
  private readonly spare = new Snapshot();

  /** @param limit bytes */
  constructor(limit: number = SNAPSHOT_BYTES) {
    this.limit = limit;
  }

  get size(): number {
    return this.kept.length;
  }

  /** Bytes that the snapshots take. */
  get memory(): number {
    return this.bytes;
  }

  /** Times of all snapshots, µs, ascending. */
  times(): Micros[] {
    return this.kept.map(({ time }) => time);
  }

  /** Memory for the next snapshot: what is left of it belongs to the store. */
  room(): Snapshot {
    const next = this.kept.at(-1)?.bytes ?? 0;
    // The one that is missed least makes room beforehand, so that its memory is at hand.
    while (this.bytes + next > this.limit && this.kept.length > 2) this.thin();
    return this.spare;
  }

  /** Whether a position has a snapshot. */
  has(position: Position): boolean {
    const before = this.before(position);
    return before !== undefined && comparePositions(before, position) === 0;
  }

  /** Adds one, unless there is one at the place. */
  add(position: Position, snapshot: Snapshot): void {
    if (this.has(position)) return;
    const at = this.indexAfter(position);
    const bytes = snapshotBytes(snapshot);
    const start = this.kept[0]?.bytes ?? 0;
    if (at > 0 && start + bytes > this.limit) {
      // Larger than all that may be kept: those that there are stay, for they are the nearest to it.
      this.spare.takeOver(snapshot);
      this.trim();
      return;
    }
    this.kept.splice(at, 0, { ...position, snapshot, bytes });
    this.bytes += bytes;
    while (this.bytes > this.limit && this.kept.length > 2) this.thin();
    this.trim();
  }

  /** What is spare counts as well. */
  private trim(): void {
    const { chunks } = this.spare;
    let spare = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    while (chunks.length > 0 && this.bytes + spare > this.limit) spare -= (chunks.pop() as Uint8Array).length;
  }

  /** The newest snapshot at or before a position. */
  before(position: Position): KeptSnapshot | undefined {
    return this.kept[this.indexAfter(position) - 1];
  }

  /** The newest one that is before a position and not at it. */
  strictlyBefore(position: Position): KeptSnapshot | undefined {
    const found = this.before(position);
    return found === undefined || comparePositions(found, position) < 0
      ? found
      : this.kept[this.kept.indexOf(found) - 1];
  }

  /** Whether there is one of the last 5 s before the position. */
  isNear(position: Position): boolean {
    const found = this.before(position);
    return found !== undefined && position.time - found.time < SNAPSHOT_EVERY;
  }

  /** Forgets snapshots after a time, and those at it but for the start: the run takes another way from here. */
  cut(time: Micros): void {
    while (this.kept.length > 1 && (this.kept[this.kept.length - 1] as KeptSnapshot).time >= time) {
      this.remove(this.kept.length - 1);
    }
    this.trim();
  }

  private remove(index: number): void {
    const [gone] = this.kept.splice(index, 1);
    if (gone === undefined) return;
    this.bytes -= gone.bytes;
    this.spare.takeOver(gone.snapshot);
  }

  private thin(): void {
    const newest = (this.kept[this.kept.length - 1] as KeptSnapshot).time;
    let least = Number.POSITIVE_INFINITY;
    let victim = 1;
    for (let i = 1; i < this.kept.length - 1; i++) {
      const gap = (this.kept[i + 1] as KeptSnapshot).time - (this.kept[i - 1] as KeptSnapshot).time;
      const loss = gap / (newest - (this.kept[i] as KeptSnapshot).time + SNAPSHOT_EVERY);
      if (loss < least) {
        least = loss;
        victim = i;
      }
    }
    this.remove(victim);
  }

  /** Index of the first snapshot after a position. */
  private indexAfter(position: Position): number {
    let low = 0;
    let high = this.kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePositions(this.kept[middle] as KeptSnapshot, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
