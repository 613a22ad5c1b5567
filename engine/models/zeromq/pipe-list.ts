import { checkWrite, flush, type Pipe, read, write } from "./pipe.ts";
import { NOTHING } from "./ring.ts";
import type { Site } from "./site.ts";

/**
 * The pipes of a socket that takes turns among them: the first `active` may be written to (or read from), `current` is next. The swaps decide the order in which peers
 * are served, so they are done as the library does them (conformance zeromq OPS.md, Rules that decide the order).
 */
export class PipeList {
  pipes: Pipe[] = [];
  active = 0;
  current = 0;
  /** The pipe that was sent to or received from last. */
  served: Pipe | null = null;

  attach(pipe: Pipe): void {
    this.pipes.push(pipe);
    this.activate(pipe);
  }

  /** The pipe has room (or a message) again. */
  activate(pipe: Pipe): void {
    this.swap(this.pipes.indexOf(pipe), this.active);
    this.active++;
  }

  /** The pipe whose turn it is has no room (or nothing to read). */
  passOver(): void {
    this.active--;
    this.swap(this.current, this.active);
    if (this.current === this.active) this.current = 0;
  }

  /** The pipe whose turn it is was written to (or read from). */
  advance(): void {
    this.current++;
    if (this.current >= this.active) this.current = 0;
  }

  remove(pipe: Pipe): void {
    const index = this.pipes.indexOf(pipe);
    if (index < 0) return;
    if (index < this.active) {
      this.active--;
      this.swap(index, this.active);
      if (this.current === this.active) this.current = 0;
    }
    removeSwapping(this.pipes, pipe);
  }

  private swap(a: number, b: number): void {
    const { pipes } = this;
    const pipe = pipes[a] as Pipe;
    pipes[a] = pipes[b] as Pipe;
    pipes[b] = pipe;
  }
}

/** The last takes the place of what is removed. */
export function removeSwapping<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index < 0) return;
  list[index] = list[list.length - 1] as T;
  list.pop();
}

/** Sends to the next pipe that is not full. @param beforeFlush is done when it is written and the peer has not heard of it @returns false when all are */
export function sendInTurn(x: Site, turns: PipeList, item: number, beforeFlush?: () => void): boolean {
  while (turns.active > 0) {
    const pipe = turns.pipes[turns.current] as Pipe;
    if (write(x, pipe, item)) {
      beforeFlush?.();
      flush(x, pipe);
      turns.served = pipe;
      turns.advance();
      return true;
    }
    turns.passOver();
  }
  return false;
}

/** Whether a send would find room, as a poll asks: pipes that are found full are passed over. */
export function hasRoom(turns: PipeList): boolean {
  while (turns.active > 0) {
    if (checkWrite(turns.pipes[turns.current] as Pipe)) return true;
    turns.passOver();
  }
  return false;
}

/** Takes from the next pipe that has something. @returns NOTHING when none has */
export function takeFairly(x: Site, fair: PipeList): number {
  while (fair.active > 0) {
    const pipe = fair.pipes[fair.current] as Pipe;
    const item = read(x, pipe);
    if (item !== NOTHING) {
      fair.served = pipe;
      fair.advance();
      return item;
    }
    fair.passOver();
  }
  return NOTHING;
}
