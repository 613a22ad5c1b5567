import type { PlainEnd } from "./plain-ends.ts";

/** The list of OPS.md, Taking turns: the first `n` are active, `at` is next. */
export class Turns {
  list: PlainEnd[] = [];
  n = 0;
  at = 0;

  add(end: PlainEnd): void {
    this.list.push(end);
    this.wake(end);
  }

  /** Swapped to place n, and n grows. */
  wake(end: PlainEnd): void {
    const place = this.list.indexOf(end);
    this.list[place] = this.list[this.n] as PlainEnd;
    this.list[this.n] = end;
    this.n += 1;
  }

  isAwake(end: PlainEnd): boolean {
    const place = this.list.indexOf(end);
    return place >= 0 && place < this.n;
  }

  has(end: PlainEnd): boolean {
    return this.list.includes(end);
  }

  /** n shrinks, and the pipe is swapped with the one at place n. */
  sleep(end: PlainEnd): void {
    const place = this.list.indexOf(end);
    this.n -= 1;
    this.list[place] = this.list[this.n] as PlainEnd;
    this.list[this.n] = end;
    if (this.at === this.n) this.at = 0;
  }

  drop(end: PlainEnd): void {
    if (!this.has(end)) return;
    if (this.isAwake(end)) this.sleep(end);
    const place = this.list.indexOf(end);
    const last = this.list.pop() as PlainEnd;
    if (last !== end) this.list[place] = last;
  }

  get next(): PlainEnd | undefined {
    return this.n > 0 ? this.list[this.at] : undefined;
  }

  moveOn(): void {
    this.at = (this.at + 1) % this.n;
  }
}
