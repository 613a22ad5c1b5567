/** Timers in virtual time, in order of time, then of setting. */
export class VirtualClock {
  now = 0;
  private timers: { at: number; what: number; target: number }[] = [];

  set(at: number, what: number, target: number): void {
    let i = this.timers.length;
    while (i > 0 && (this.timers[i - 1] as { at: number }).at > at) i--;
    this.timers.splice(i, 0, { at: Math.max(at, this.now), what, target });
  }

  /** When the next timer is due, Infinity without one. */
  nextAt(): number {
    return this.timers[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Lets time pass up to `end`. What falls due exactly then has not happened yet: on the real broker an operation comes a moment before the deadline that it starts
   * (recorded: rabbitmq/ttl/ttl-dead-letter).
   */
  advance(end: number, fire: (what: number, target: number) => void): void {
    this.fireWhile((at) => at < end, fire);
    this.now = end;
  }

  /** What is due now happens. */
  settle(fire: (what: number, target: number) => void): void {
    this.fireWhile((at) => at <= this.now, fire);
  }

  private fireWhile(isDue: (at: number) => boolean, fire: (what: number, target: number) => void): void {
    for (let next = this.timers[0]; next !== undefined && isDue(next.at); next = this.timers[0]) {
      this.timers.shift();
      this.now = next.at;
      fire(next.what, next.target);
    }
  }
}
