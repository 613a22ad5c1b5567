/** Nothing there. */
export const NOTHING = -1;
/** The end of what a closed pipe's writer had written. */
export const DELIMITER = -2;

const FIRST_CAPACITY = 8;

/**
 * One direction of a pipe: whole messages in order. What is 0 or more is a handle; below −2 stands what the library itself says (see items.ts).
 * With CONFLATE it has one place, and what is written replaces what is there.
 */
export class Ring {
  cells: Int32Array = new Int32Array(FIRST_CAPACITY);
  start = 0;
  count = 0;
  readonly isConflating: boolean;

  constructor(isConflating: boolean) {
    this.isConflating = isConflating;
  }

  /** Those that are messages: what the library says stands first (who the peer is) or last (that it has gone). */
  get messages(): number {
    const { count } = this;
    if (count === 0) return 0;
    const rest = this.at(count - 1) < 0 ? count - 1 : count;
    return rest > 0 && this.at(0) < 0 ? rest - 1 : rest;
  }

  /** @param index 0 … count − 1 */
  at(index: number): number {
    return this.cells[(this.start + index) & (this.cells.length - 1)] as number;
  }

  /** @returns what was replaced, NOTHING when nothing was */
  push(item: number): number {
    if (this.isConflating && this.count === 1) {
      const replaced = this.cells[this.start] as number;
      this.cells[this.start] = item;
      return replaced;
    }
    if (this.count === this.cells.length) this.grow();
    this.cells[(this.start + this.count) & (this.cells.length - 1)] = item;
    this.count++;
    return NOTHING;
  }

  /** Takes the first; the ring is not empty. */
  take(): number {
    const item = this.cells[this.start] as number;
    this.start = (this.start + 1) & (this.cells.length - 1);
    this.count--;
    return item;
  }

  private grow(): void {
    const wider = new Int32Array(this.cells.length * 2);
    for (let i = 0; i < this.count; i++) wider[i] = this.at(i);
    this.cells = wider;
    this.start = 0;
  }
}
