import { addStream, nextBelow, RandomStreams } from "../../kernel/random.ts";

/** Choices from a seed. */
export class Draw {
  private readonly streams = new RandomStreams();
  private readonly stream: number;

  constructor(seed: number, name: string) {
    this.stream = addStream(this.streams, seed, name);
  }

  /** 0 … n − 1. */
  below(n: number): number {
    return nextBelow(this.streams, this.stream, n);
  }

  /** True once in `n`. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** `{ [name]: one of values }` once in three, else nothing. */
  maybe<T>(name: string, values: readonly T[]): Record<string, T> {
    return this.oneIn(3) ? { [name]: this.pick(values) } : {};
  }

  /** The same, two times in three. */
  often<T>(name: string, values: readonly T[]): Record<string, T> {
    return this.oneIn(3) ? {} : { [name]: this.pick(values) };
  }

  /** @param choices [how often, what] */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let at = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, choice] of choices) {
      at -= weight;
      if (at < 0) return choice;
    }
    throw new Error("nothing to choose from");
  }
}
