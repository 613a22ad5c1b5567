/** Tokens on the screen at most; more than this are bands long before. */
export const TOKENS_MAX = 3000;
/** A trip that would be shorter on the screen is replayed this long, lighter: movement stays visible, figures stay exact (product.md §4.7). */
export const ECHO_MS = 250;

/** The tokens that are on their way, as columns: thousands come and go every second. */
export class TokenBook {
  count = 0;
  readonly edge = new Int32Array(TOKENS_MAX);
  /** Virtual µs. */
  readonly departure = new Float64Array(TOKENS_MAX);
  readonly arrival = new Float64Array(TOKENS_MAX);
  readonly look = new Int32Array(TOKENS_MAX);
  /** Real ms at which an echo began; NaN = not yet, or no echo (see `isEcho`). */
  readonly echoAt = new Float64Array(TOKENS_MAX);
  readonly isEcho = new Uint8Array(TOKENS_MAX);
  /** How many messages it stands for. */
  readonly stands = new Float64Array(TOKENS_MAX);

  /** @returns false when there is no room: then it is not drawn, and the bands say how many pass */
  add(edge: number, departure: number, arrival: number, look: number, isEcho: boolean, stands: number): boolean {
    if (this.count === TOKENS_MAX) return false;
    const i = this.count++;
    this.edge[i] = edge;
    this.departure[i] = departure;
    this.arrival[i] = arrival;
    this.look[i] = look;
    this.isEcho[i] = isEcho ? 1 : 0;
    this.echoAt[i] = Number.NaN;
    this.stands[i] = stands;
    return true;
  }

  /** Takes away what has arrived. @param time virtual µs @param now real ms */
  retire(time: number, now: number): void {
    for (let i = this.count - 1; i >= 0; i--) {
      if (this.isEcho[i] === 1) {
        if (Number.isNaN(this.echoAt[i]) && (this.departure[i] as number) <= time) this.echoAt[i] = now;
        if (now - (this.echoAt[i] as number) >= ECHO_MS) this.#drop(i);
      } else if (time >= (this.arrival[i] as number)) this.#drop(i);
    }
  }

  /** Share of its way that a token has behind it; negative = not yet departed. */
  shareOf(i: number, time: number, now: number): number {
    if (this.isEcho[i] === 1) {
      const at = this.echoAt[i] as number;
      return Number.isNaN(at) ? -1 : (now - at) / ECHO_MS;
    }
    const departure = this.departure[i] as number;
    return (time - departure) / ((this.arrival[i] as number) - departure);
  }

  clear(): void {
    this.count = 0;
  }

  /** After the layout has changed: edges have other numbers, or are gone. @param to new number by old one; −1 = gone */
  renumber(to: (edge: number) => number): void {
    for (let i = this.count - 1; i >= 0; i--) {
      const edge = to(this.edge[i] as number);
      if (edge < 0) this.#drop(i);
      else this.edge[i] = edge;
    }
  }

  #drop(i: number): void {
    const last = --this.count;
    if (i === last) return;
    for (const column of [this.edge, this.departure, this.arrival, this.look, this.echoAt, this.isEcho, this.stands])
      column[i] = column[last] as number;
  }
}
