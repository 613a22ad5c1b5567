/** Most hops in one frame, and of one edge: what the canvas can draw. The rest is counted. */
const HOPS_MAX = 3000;
const HOPS_PER_EDGE = 24;

/** Records the hops that start between two frames, while somebody looks. */
export class TokenRecorder {
  wanted = false;
  /** Hops that were over by then are not shown, µs. */
  private after = Number.NEGATIVE_INFINITY;
  private hops: Float64Array = new Float64Array(HOPS_MAX * 4);
  private count = 0;
  /** Hops that were looked at since the last frame, shown or not. */
  private seen = 0;
  /** Of each edge how many are shown, and how many are only counted. */
  private perEdge: Uint32Array = new Uint32Array(0);
  private unseen: Uint32Array = new Uint32Array(0);

  /** So many have been shown or passed over that what begins now needs only be counted until the next frame. @param now µs */
  isSatedAt(now: number): boolean {
    return this.seen >= HOPS_MAX && now > this.after;
  }

  /** @param edge index @param departure, arrival µs @param look see protocol `packLook` */
  hop(edge: number, departure: number, arrival: number, look: number): void {
    // Inside a program there is no edge to travel along.
    if (arrival <= this.after || edge < 0) return;
    if (edge >= this.perEdge.length) this.widen(edge);
    this.seen++;
    const shown = this.perEdge[edge] as number;
    if (shown === HOPS_PER_EDGE || this.count === HOPS_MAX) {
      this.unseen[edge] = (this.unseen[edge] as number) + 1;
      return;
    }
    this.perEdge[edge] = shown + 1;
    const at = this.count * 4;
    this.count++;
    this.hops[at] = edge;
    this.hops[at + 1] = departure;
    this.hops[at + 2] = arrival;
    this.hops[at + 3] = look;
  }

  /** Counts hops that nobody is shown. */
  passOver(edge: number, count: number): void {
    if (count === 0 || edge < 0) return;
    if (edge >= this.perEdge.length) this.widen(edge);
    this.unseen[edge] = (this.unseen[edge] as number) + count;
  }

  private widen(edge: number): void {
    const perEdge = new Uint32Array((edge + 1) * 2);
    perEdge.set(this.perEdge);
    this.perEdge = perEdge;
    const unseen = new Uint32Array((edge + 1) * 2);
    unseen.set(this.unseen);
    this.unseen = unseen;
  }

  /** The run is taken to `time`: of what happens on the way there, only what is still on its way then is seen. @param time µs */
  jumpTo(time: number): void {
    this.after = time;
    this.clear();
  }

  /** Hands out what was recorded, as copies, and begins anew. @param edges number of edges in the layout */
  take(edges: number): { tokens: Float64Array; skipped: Uint32Array } {
    const tokens = this.hops.slice(0, this.count * 4);
    let skipped = new Uint32Array(0);
    for (let edge = 0; edge < this.unseen.length && edge < edges; edge++) {
      const over = this.unseen[edge] as number;
      if (over === 0) continue;
      if (skipped.length === 0) skipped = new Uint32Array(edges);
      skipped[edge] = over;
    }
    this.clear();
    return { tokens, skipped };
  }

  private clear(): void {
    this.count = 0;
    this.seen = 0;
    this.perEdge.fill(0);
    this.unseen.fill(0);
  }
}
