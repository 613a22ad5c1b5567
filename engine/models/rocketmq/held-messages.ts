const FIRST_CAPACITY = 32;
const NONE = -1;

/** Messages that a broker keeps until their time, as rows: which queue each is for, and when. */
export class HeldMessages {
  handles: Int32Array = new Int32Array(FIRST_CAPACITY);
  queues: Int32Array = new Int32Array(FIRST_CAPACITY);
  tags: Int32Array = new Int32Array(FIRST_CAPACITY);
  times: Int32Array = new Int32Array(FIRST_CAPACITY);
  topics: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** µs */
  dues: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Places in the broker's commit log; of two with the same due time the earlier comes first. */
  positions: Float64Array = new Float64Array(FIRST_CAPACITY);
  top = 0;
  private free_ = NONE;
  count = 0;

  add(
    handle: number,
    queue: number,
    tag: number,
    times: number,
    topic: number,
    dueAt: number,
    position: number,
  ): number {
    let row = this.free_;
    if (row !== NONE) this.free_ = this.queues[row] as number;
    else {
      row = this.top++;
      if (row === this.handles.length) this.grow();
    }
    this.count++;
    this.handles[row] = handle;
    this.queues[row] = queue;
    this.tags[row] = tag;
    this.times[row] = times;
    this.topics[row] = topic;
    this.dues[row] = dueAt;
    this.positions[row] = position;
    return row;
  }

  remove(row: number): void {
    this.handles[row] = NONE;
    this.queues[row] = this.free_;
    this.free_ = row;
    this.count--;
  }

  private grow(): void {
    const capacity = 2 * this.handles.length;
    const wider = (from: Int32Array): Int32Array => {
      const to = new Int32Array(capacity);
      to.set(from);
      return to;
    };
    this.handles = wider(this.handles);
    this.queues = wider(this.queues);
    this.tags = wider(this.tags);
    this.times = wider(this.times);
    this.topics = wider(this.topics);
    const dues = new Float64Array(capacity);
    dues.set(this.dues);
    this.dues = dues;
    const positions = new Float64Array(capacity);
    positions.set(this.positions);
    this.positions = positions;
  }
}

/** Rows in the order in which they were added. */
export class RowQueue {
  rows: Int32Array = new Int32Array(8);
  head = 0;
  count = 0;

  first(): number {
    return this.count === 0 ? NONE : (this.rows[this.head] as number);
  }

  push(row: number): void {
    const capacity = this.rows.length;
    if (this.count === capacity) {
      const wider = new Int32Array(capacity * 2);
      for (let i = 0; i < this.count; i++) wider[i] = this.rows[(this.head + i) & (capacity - 1)] as number;
      this.rows = wider;
      this.head = 0;
    }
    this.rows[(this.head + this.count) & (this.rows.length - 1)] = row;
    this.count++;
  }

  takeFirst(): number {
    const row = this.first();
    this.head = (this.head + 1) & (this.rows.length - 1);
    this.count--;
    return row;
  }

  last(): number {
    return this.count === 0 ? NONE : (this.rows[(this.head + this.count - 1) & (this.rows.length - 1)] as number);
  }

  dropLast(): void {
    this.count--;
  }
}

/** Rows by due time, then by place in the commit log: a heap. */
export class RowHeap {
  rows: number[] = [];

  first(): number {
    return this.rows[0] ?? NONE;
  }

  push(row: number, held: HeldMessages): void {
    const { rows } = this;
    let at = rows.length;
    rows.push(row);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(row, rows[above] as number, held)) break;
      rows[at] = rows[above] as number;
      at = above;
    }
    rows[at] = row;
  }

  takeFirst(held: HeldMessages): number {
    const { rows } = this;
    const first = rows[0] as number;
    const last = rows.pop() as number;
    if (rows.length > 0) this.sink(last, held);
    return first;
  }

  /** Keeps only the rows for which this holds. */
  keep(holds: (row: number) => boolean, held: HeldMessages): void {
    const kept = this.rows.filter(holds);
    this.rows = [];
    for (const row of kept) this.push(row, held);
  }

  private sink(row: number, held: HeldMessages): void {
    const { rows } = this;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= rows.length) break;
      if (below + 1 < rows.length && isBefore(rows[below + 1] as number, rows[below] as number, held)) below++;
      if (!isBefore(rows[below] as number, row, held)) break;
      rows[at] = rows[below] as number;
      at = below;
    }
    rows[at] = row;
  }
}

function isBefore(a: number, b: number, held: HeldMessages): boolean {
  const dueA = held.dues[a] as number;
  const dueB = held.dues[b] as number;
  return dueA === dueB ? (held.positions[a] as number) < (held.positions[b] as number) : dueA < dueB;
}
