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
  private perEdge: Uint32Array = new Uint32Array(0);

  /** @param edge index @param departure, arrival µs @param look see protocol `packLook` */
  hop(edge: number, departure: number, arrival: number, look: number): void {
    // Inside a program there is no edge to travel along.
    if (arrival <= this.after || edge < 0) return;
    if (edge >= this.perEdge.length) {
      const wider = new Uint32Array((edge + 1) * 2);
      wider.set(this.perEdge);
      this.perEdge = wider;
    }
    const seen = (this.perEdge[edge] as number) + 1;
    this.perEdge[edge] = seen;
    if (seen > HOPS_PER_EDGE || this.count === HOPS_MAX) return;
    const at = this.count * 4;
    this.count++;
    this.hops[at] = edge;
    this.hops[at + 1] = departure;
    this.hops[at + 2] = arrival;
    this.hops[at + 3] = look;
  }

  /** The run is taken to `time`: of what happens on the way there, only what is still on its way then is seen. @param time µs */
  jumpTo(time: number): void {
    this.after = time;
    this.count = 0;
    this.perEdge.fill(0);
  }

  /** Hands out what was recorded, as copies, and begins anew. @param edges number of edges in the layout */
  take(edges: number): { tokens: Float64Array; skipped: Uint32Array } {
    const tokens = this.hops.slice(0, this.count * 4);
    let skipped = new Uint32Array(0);
    for (let edge = 0; edge < this.perEdge.length && edge < edges; edge++) {
      const over = (this.perEdge[edge] as number) - HOPS_PER_EDGE;
      if (over <= 0) continue;
      if (skipped.length === 0) skipped = new Uint32Array(edges);
      skipped[edge] = over;
    }
    this.count = 0;
    this.perEdge.fill(0);
    return { tokens, skipped };
  }
}
