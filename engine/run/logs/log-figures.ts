/** How far a group is in each partition or queue of a topic, in their order in it. */
export interface GroupFigures {
  /** Next offset that it would read after a restart: what it has stored, or where it would begin without that; NaN while nobody knows. */
  readonly committed: Float64Array;
  /** Next offset that its member reads; what is committed while nobody reads. */
  readonly position: Float64Array;
  /** Messages that it has not committed; NaN while nobody knows where it is. */
  readonly lag: Float64Array;
  /** The longest time since the oldest of these messages was stored, µs. */
  readonly lagTime: number;
  /** Consumer instances, −1 = nobody. */
  readonly owner: Int32Array;
}

/** A topic at one moment: its groups are reckoned when somebody asks. */
export abstract class TopicFigures<Figures extends GroupFigures> {
  /** The brokers' numbers of its partitions or queues. */
  readonly lanes: readonly number[];
  private readonly groups: Map<string, Figures> = new Map();

  constructor(lanes: readonly number[]) {
    this.lanes = lanes;
  }

  protected abstract reckon(group: string): Figures;

  of(group: string): Figures {
    let known = this.groups.get(group);
    if (known === undefined) {
      known = this.reckon(group);
      this.groups.set(group, known);
    }
    return known;
  }
}

/** Of what is known. */
export function sum(values: Iterable<number>): number {
  let all = 0;
  for (const one of values) if (!Number.isNaN(one)) all += one;
  return all;
}

/** Of a group at a topic. @returns where the next figure goes */
export function topicGroupFigures({ committed, lag, lagTime }: GroupFigures, out: Float64Array, at: number): number {
  out[at] = sum(committed);
  out[at + 1] = sum(lag);
  out[at + 2] = lagTime;
  return at + 3;
}

/** Of a group in one partition or queue. @param members its consumer instances, in the order of the drawing @returns where the next figure goes */
export function memberFigures(
  { committed, position, lag, owner }: GroupFigures,
  index: number,
  members: readonly number[],
  out: Float64Array,
  at: number,
): number {
  out[at] = committed[index] ?? Number.NaN;
  out[at + 1] = position[index] ?? Number.NaN;
  out[at + 2] = lag[index] ?? Number.NaN;
  const reader = owner[index] ?? -1;
  out[at + 3] = reader < 0 ? 0 : members.indexOf(reader) + 1;
  return at + 4;
}
