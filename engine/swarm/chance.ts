import { addStream, nextBelow, nextUnit, RandomStreams } from "../kernel/random.ts";

/** Draws of one seed, for one purpose: those for the drawing do not move when the script draws more. */
export class Chance {
  private readonly streams: RandomStreams = new RandomStreams();
  private readonly stream: number;

  constructor(seed: number, purpose: string) {
    this.stream = addStream(this.streams, seed, purpose);
  }

  /** 0 … n − 1 */
  below(n: number): number {
    return nextBelow(this.streams, this.stream, n);
  }

  /** low … high, whole */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  yes(share: number): boolean {
    return nextUnit(this.streams, this.stream) < share;
  }
}
