/**
 * The account of one broker, kept from its effects alone: published + copied = settled + discarded + lost + held, and every live copy is in exactly one place.
 * A second, simpler truth that watches a model while cases are replayed.
 */
export class HandleLedger {
  /** Live copies, and what was last heard of each. */
  private readonly live = new Map<number, string>();
  private made = 0;
  private ended = 0;
  /** Copies on their way from an exchange to a queue. */
  private readonly underWay = new Set<number>();

  published(copy: number): void {
    this.begin(copy, "published");
  }

  copied(original: number, copy: number): void {
    this.mustLive(original, "copied");
    this.begin(copy, "copied");
  }

  transferred(copy: number): void {
    this.mustLive(copy, "transferred");
    if (this.underWay.has(copy)) throw new Error(`copy ${copy} is on its way twice`);
    this.underWay.add(copy);
    this.live.set(copy, "under way");
  }

  arrived(copy: number): void {
    if (!this.underWay.delete(copy)) throw new Error(`copy ${copy} arrived without having left`);
  }

  moved(copy: number, what: string): void {
    this.mustLive(copy, what);
    this.live.set(copy, what);
  }

  ends(copy: number, how: string): void {
    this.mustLive(copy, how);
    if (this.underWay.has(copy)) throw new Error(`copy ${copy} ended as ${how} on its way`);
    this.live.delete(copy);
    this.ended++;
  }

  /** @param held what the broker says it holds @throws Error when a copy is nowhere, or in two places */
  check(held: readonly number[]): void {
    const places = new Map<number, number>();
    for (const copy of [...held, ...this.underWay]) places.set(copy, (places.get(copy) ?? 0) + 1);
    for (const [copy, count] of places) {
      if (!this.live.has(copy)) throw new Error(`the broker holds copy ${copy}, which has ended`);
      if (count > 1) throw new Error(`copy ${copy} is in ${count} places (${this.live.get(copy)})`);
    }
    for (const [copy, last] of this.live) if (!places.has(copy)) throw new Error(`copy ${copy} vanished after ${last}`);
    if (this.made !== this.ended + this.live.size) throw new Error(`${this.made} made, ${this.ended} ended`);
  }

  private begin(copy: number, how: string): void {
    if (this.live.has(copy)) throw new Error(`copy ${copy} came into being twice`);
    this.live.set(copy, how);
    this.made++;
  }

  private mustLive(copy: number, what: string): void {
    if (!this.live.has(copy)) throw new Error(`copy ${copy} is ${what}, but has ended`);
  }
}
