/** Above these, an edge is drawn as a band with sampled tokens (product.md §4.7). */
export const EDGE_RATE_MAX = 30;
export const SCREEN_TOKENS_MAX = 400;
/** A band becomes tokens again only well below the mark, so that nothing flickers. */
const BACK = 0.8;
/** Sampled tokens a second on one edge, and on the screen at once. */
const SAMPLES_PER_SECOND = 10;
const SAMPLES_ON_SCREEN = 150;

/** What is known of one edge now. */
export interface EdgeLoad {
  /** Messages per real second. */
  rate: number;
  /** Real seconds that a token is on the screen. */
  stay: number;
}

/** Decides which edges are bands, and how many messages a sampled token stands for: one number for the whole screen, because it is written once in a legend. */
export class Bands {
  isBand = new Uint8Array(0);
  /** Messages that a sampled token stands for; 1 while there is no band. */
  stands = 1;
  #passed = new Float64Array(0);

  resize(edges: number): void {
    this.isBand = new Uint8Array(edges);
    this.#passed = new Float64Array(edges);
    this.stands = 1;
  }

  decide(loads: readonly EdgeLoad[]): void {
    loads.forEach(({ rate }, edge) => {
      const mark = this.isBand[edge] === 1 ? EDGE_RATE_MAX * BACK : EDGE_RATE_MAX;
      this.isBand[edge] = rate > mark ? 1 : 0;
    });
    this.#fitScreen(loads);
    this.#choose(loads);
  }

  /** Too many tokens in all: the busiest edges become bands too. */
  #fitScreen(loads: readonly EdgeLoad[]): void {
    const busy = (edge: number) => (loads[edge] as EdgeLoad).rate * (loads[edge] as EdgeLoad).stay;
    const single = loads.map((_, edge) => edge).filter((edge) => this.isBand[edge] === 0);
    let total = single.reduce((sum, edge) => sum + busy(edge), 0);
    single.sort((a, b) => busy(b) - busy(a));
    for (const edge of single) {
      if (total <= SCREEN_TOKENS_MAX) return;
      this.isBand[edge] = 1;
      total -= busy(edge);
    }
  }

  #choose(loads: readonly EdgeLoad[]): void {
    let most = 0;
    let screen = 0;
    loads.forEach(({ rate, stay }, edge) => {
      if (this.isBand[edge] === 0) return;
      most = Math.max(most, rate);
      screen += rate * stay;
    });
    if (most === 0) {
      this.stands = 1;
      return;
    }
    const needed = Math.max(2, most / SAMPLES_PER_SECOND, screen / SAMPLES_ON_SCREEN);
    if (needed > this.stands * 1.2 || needed < roundBelow(this.stands) * BACK || this.stands === 1)
      this.stands = roundAbove(needed);
  }

  /** Counts messages that pass an edge. @returns whether a sampled token is due */
  pass(edge: number, messages: number): boolean {
    const before = this.#passed[edge] as number;
    const after = before + messages;
    this.#passed[edge] = after;
    return Math.floor(after / this.stands) > Math.floor(before / this.stands);
  }

  /** Width of a band, px: with each tenfold rate the same step wider. */
  static width(rate: number): number {
    return Math.min(18, 4 + 4 * Math.log10(Math.max(1, rate / EDGE_RATE_MAX)));
  }
}

/** 2, 5, 10, 20, 50 …: the smallest that is not below. */
export function roundAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 5, 10]) if (step * power >= value * 0.999_999) return step * power;
  return 10 * power;
}

const roundBelow = (value: number): number => roundAbove(value / 2.6);
