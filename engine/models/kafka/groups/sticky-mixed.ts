import { type AssignMember, type Assignment, partitionsOf } from "./assignor.ts";
import { compareText, type PartitionName, topicOf } from "./partition-name.ts";
import { type Claims, remaining, take } from "./sticky-claims.ts";
import { StickyMovements } from "./sticky-movements.ts";

/**
 * The sticky assignment where members want different topics: what is free goes to who has least, then single partitions move from those with more than one
 * too many until none can; if the balance has not improved by it, nothing moved.
 * @param youngest the highest generation that the assignor has heard of: what is claimed from an older one is remembered as a former owner's
 */
export function assignMixed(
  topics: ReadonlyMap<string, number>,
  members: readonly AssignMember[],
  claims: Claims,
  youngest: number,
): Assignment {
  return new MixedBuilder(topics, members, claims, youngest).build();
}

class MixedBuilder {
  private readonly topics: ReadonlyMap<string, number>;
  private readonly wants = new Map<string, Set<string>>();
  private readonly wantedBy = new Map<string, string[]>();
  /** Members that are still subject to change → what they have. */
  private assignment: Assignment;
  private owners = new Map<PartitionName, string>();
  private readonly former = new Map<PartitionName, AssignMember>();
  private readonly movements = new StickyMovements();
  /** Members by how many partitions they have, then by id. */
  private ranking: string[] = [];
  private mustRevoke = false;

  constructor(topics: ReadonlyMap<string, number>, members: readonly AssignMember[], claims: Claims, youngest: number) {
    this.topics = topics;
    this.assignment = claims.owned;
    for (const topic of topics.keys()) this.wantedBy.set(topic, []);
    for (const member of members) {
      const wanted = member.topics.filter((topic) => topics.has(topic));
      this.wants.set(member.id, new Set(wanted));
      for (const topic of wanted) this.wantedBy.get(topic)?.push(member.id);
      if (member.generation < youngest) this.remember(member);
    }
  }

  /** Of several former owners the one of the youngest generation counts. */
  private remember(member: AssignMember): void {
    for (const partition of member.owned) {
      const known = this.former.get(partition);
      if (known === undefined || member.generation > known.generation) this.former.set(partition, member);
    }
  }

  build(): Assignment {
    const sortedTopics = [...this.topics.keys()].sort((a, b) => this.demand(a) - this.demand(b) || compareText(a, b));
    const all = sortedTopics.flatMap((topic) => partitionsOf(topic, this.topics.get(topic) as number));
    const order = new Map(sortedTopics.map((topic, rank) => [topic, rank]));
    const free = remaining(
      all,
      this.keepOwned(),
      (a, b) => (order.get(topicOf(a)) ?? 0) - (order.get(topicOf(b)) ?? 0),
    );
    this.ranking = [...this.assignment.keys()];
    this.ranking.sort((a, b) => this.compareLoad(a, b));
    this.balance(all, free);
    return this.assignment;
  }

  private demand(topic: string): number {
    return this.wantedBy.get(topic)?.length ?? 0;
  }

  private has(id: string): PartitionName[] {
    return this.assignment.get(id) as PartitionName[];
  }

  private compareLoad(a: string, b: string): number {
    return this.has(a).length - this.has(b).length || compareText(a, b);
  }

  /** @returns everything that stays with its owner */
  private keepOwned(): PartitionName[] {
    const kept: PartitionName[] = [];
    for (const [id, partitions] of this.assignment) {
      const mine = partitions.filter((partition) => this.wants.get(id)?.has(topicOf(partition)));
      // Nothing more is needed to make later moves of old partitions worth while.
      if (mine.length < partitions.length) this.mustRevoke = true;
      this.assignment.set(id, mine);
      for (const partition of mine) this.owners.set(partition, id);
      kept.push(...mine);
    }
    return kept;
  }

  private balance(all: readonly PartitionName[], free: readonly PartitionName[]): void {
    const isFirst = this.has(this.ranking[this.ranking.length - 1] as string).length === 0;
    for (const partition of free) this.giveToLeast(partition);
    const canMove = (partition: PartitionName): boolean => this.demand(topicOf(partition)) > 1;
    const settled: Assignment = new Map();
    for (const id of this.wants.keys()) {
      if (this.canChange(id)) continue;
      settled.set(id, this.has(id));
      this.unrank(id);
    }
    for (const id of settled.keys()) this.assignment.delete(id);
    const before = new Map([...this.assignment].map(([id, partitions]) => [id, [...partitions]]));
    if (!this.mustRevoke) this.moveAll(free.filter(canMove));
    const hasMoved = this.moveAll(all.filter(canMove));
    if (!isFirst && hasMoved && unevenness(this.assignment) >= unevenness(before)) this.assignment = before;
    for (const [id, partitions] of settled) this.assignment.set(id, partitions);
  }

  private giveToLeast(partition: PartitionName): void {
    const id = this.ranking.find((one) => this.wants.get(one)?.has(topicOf(partition)));
    if (id === undefined) return;
    this.unrank(id);
    this.has(id).push(partition);
    this.owners.set(partition, id);
    this.rank(id);
  }

  private unrank(id: string): void {
    this.ranking.splice(this.ranking.indexOf(id), 1);
  }

  private rank(id: string): void {
    const { ranking } = this;
    let at = ranking.length;
    while (at > 0 && this.compareLoad(ranking[at - 1] as string, id) > 0) at--;
    ranking.splice(at, 0, id);
  }

  /** Everything that the member could have. */
  private room(id: string): number {
    let sum = 0;
    for (const topic of this.wants.get(id) as Set<string>) sum += this.topics.get(topic) as number;
    return sum;
  }

  private canChange(id: string): boolean {
    const mine = this.has(id);
    return mine.length < this.room(id) || mine.some((partition) => this.demand(topicOf(partition)) > 1);
  }

  /** Whether nobody could take a partition from somebody who has at least two more. */
  private isBalanced(): boolean {
    const { ranking } = this;
    const least = ranking[0];
    const most = ranking[ranking.length - 1];
    if (least === undefined || most === undefined || this.has(least).length >= this.has(most).length - 1) return true;
    return ranking.every((id) => {
      const mine = this.has(id).length;
      if (mine === this.room(id)) return true;
      for (const topic of this.wants.get(id) as Set<string>) {
        for (const partition of partitionsOf(topic, this.topics.get(topic) as number)) {
          const owner = this.owners.get(partition);
          if (owner !== undefined && owner !== id && mine + 1 < this.has(owner).length) return false;
        }
      }
      return true;
    });
  }

  /** Moves partitions, one pass after another, until no pass moves any. @returns whether any moved */
  private moveAll(partitions: readonly PartitionName[]): boolean {
    let hasMoved = false;
    for (let isMoving = true; isMoving; ) {
      isMoving = false;
      for (const partition of partitions) {
        if (this.isBalanced()) break;
        if (this.improve(partition)) isMoving = true;
      }
      hasMoved ||= isMoving;
    }
    return hasMoved;
  }

  /** Gives a partition to its former owner, or to who has least of those who want it, if its owner has at least two more than some of them. */
  private improve(partition: PartitionName): boolean {
    const owner = this.owners.get(partition);
    if (owner === undefined) return false;
    const isHeavier = (id: string): boolean =>
      this.has(owner).length > (this.assignment.get(id)?.length ?? Number.POSITIVE_INFINITY) + 1;
    const former = this.former.get(partition);
    if (former !== undefined && isHeavier(former.id)) {
      this.move(partition, former.id);
      return true;
    }
    const topic = topicOf(partition);
    if (!this.wantedBy.get(topic)?.some(isHeavier)) return false;
    this.move(partition, this.ranking.find((id) => this.wants.get(id)?.has(topic)) as string);
    return true;
  }

  private move(wanted: PartitionName, to: string): void {
    const partition = this.movements.instead(wanted, this.owners.get(wanted) as string, to);
    const from = this.owners.get(partition) as string;
    this.movements.moved(partition, from, to);
    this.unrank(from);
    this.unrank(to);
    take(this.has(from), partition);
    this.has(to).push(partition);
    this.owners.set(partition, to);
    this.rank(to);
    this.rank(from);
  }
}

/** The sum of the differences of all pairs: 0 when all have the same number. */
function unevenness(assignment: Assignment): number {
  const sizes = [...assignment.values()].map((partitions) => partitions.length);
  let sum = 0;
  sizes.forEach((size, at) => {
    for (let other = at + 1; other < sizes.length; other++) sum += Math.abs(size - (sizes[other] as number));
  });
  return sum;
}
