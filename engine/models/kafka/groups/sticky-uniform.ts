import type { Assignment } from "./assignor.ts";
import { inHashOrder, stringHash } from "./java-order.ts";
import { compareByNumber, compareText, type PartitionName, topicOf } from "./partition-name.ts";
import { type Claims, remaining } from "./sticky-claims.ts";

/**
 * The sticky assignment where all members want the same topics: everybody keeps what fits its share, the rest is dealt in a circle. Who keeps one more than the
 * least share is decided by the order of a Java HashMap of member ids.
 * @param all every partition, by topic and number @param moved filled with what passes from one owner to another
 */
export function assignUniform(all: readonly PartitionName[], claims: Claims, moved: Set<PartitionName>): Assignment {
  return new UniformBuilder(all, claims, moved).build();
}

class UniformBuilder {
  private readonly all: readonly PartitionName[];
  private readonly claims: Claims;
  private readonly moved: Set<PartitionName>;
  private readonly assignment: Assignment = new Map();
  private readonly given: PartitionName[] = [];
  /** What an owner had beyond its share. */
  private readonly spare = new Map<PartitionName, string>();
  private readonly least: number;
  private readonly most: number;
  /** How many members have more than the least share in the end. */
  private readonly places: number;
  private taken = 0;
  private needy: string[] = [];
  private atLeast: string[] = [];

  constructor(all: readonly PartitionName[], claims: Claims, moved: Set<PartitionName>) {
    this.all = all;
    this.claims = claims;
    this.moved = moved;
    const members = claims.owned.size;
    this.least = Math.floor(all.length / members);
    this.most = Math.ceil(all.length / members);
    this.places = all.length % members;
  }

  build(): Assignment {
    const members = [...this.claims.owned.keys()];
    for (const id of members) this.assignment.set(id, []);
    for (const id of inHashOrder(members, stringHash)) this.keepOwned(id);
    this.needy.sort(compareText);
    this.atLeast.sort(compareText);
    this.deal(remaining(this.all, this.given, (a, b) => compareText(topicOf(a), topicOf(b))));
    return this.assignment;
  }

  private keepOwned(id: string): void {
    const { least, most, places } = this;
    const owned = (this.claims.owned.get(id) as PartitionName[]).filter((name) => !this.claims.disputed.has(name));
    owned.sort(compareByNumber);
    if (owned.length < least) {
      this.keep(id, owned, owned.length);
      this.needy.push(id);
    } else if (owned.length >= most && this.taken < places) {
      this.taken++;
      // Once all places are taken nobody else at the least share can hope for one more.
      if (this.taken === places) this.atLeast = [];
      this.keep(id, owned, most);
    } else {
      this.keep(id, owned, least);
      if (this.taken < places) this.atLeast.push(id);
    }
  }

  private keep(id: string, owned: readonly PartitionName[], count: number): void {
    owned.forEach((partition, rank) => {
      if (rank >= count) {
        this.spare.set(partition, id);
        return;
      }
      this.assignment.get(id)?.push(partition);
      this.given.push(partition);
    });
  }

  /** One each to those below the least share, until all have it; then one each to those who may have one more. */
  private deal(rest: readonly PartitionName[]): void {
    let turn = 0;
    let next = 0;
    for (const partition of rest) {
      if (this.needy.length > 0) {
        if (turn >= this.needy.length) turn = 0;
        const id = this.needy[turn] as string;
        if (this.give(id, partition) === this.least) {
          this.needy.splice(turn, 1);
          this.atLeast.push(id);
        } else turn++;
      } else this.give(this.atLeast[next++] as string, partition);
    }
  }

  /** @returns how many the member has now */
  private give(id: string, partition: PartitionName): number {
    const owner = this.spare.get(partition);
    if ((owner !== undefined && owner !== id) || this.claims.disputed.has(partition)) this.moved.add(partition);
    return (this.assignment.get(id) as PartitionName[]).push(partition);
  }
}
