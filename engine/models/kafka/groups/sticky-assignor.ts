import { type AssignMember, type Assignment, type Assignor, partitionsOf, wantedTopics } from "./assignor.ts";
import type { PartitionName } from "./partition-name.ts";
import { settleClaims, take } from "./sticky-claims.ts";
import { assignMixed } from "./sticky-mixed.ts";
import { assignUniform } from "./sticky-uniform.ts";

/** Members keep what they have as far as the balance allows. */
export class StickyAssignor implements Assignor {
  /** A member without a generation brings nothing, whatever it says it owns: an eager sticky member tells of both in one piece. */
  protected readonly needsGeneration: boolean = true;
  /** What passed from one owner to another in the last assignment; null when that has to be found by comparison. */
  protected moved: Set<PartitionName> | null = null;
  /** The highest generation ever heard of; an assignor lives as long as its consumer. */
  private youngest = -1;

  assign(topics: ReadonlyMap<string, number>, asked: readonly AssignMember[]): Assignment {
    const members = asked.map((one) => (this.needsGeneration && one.generation < 0 ? { ...one, owned: [] } : one));
    const wanted = new Map(wantedTopics(topics, members).map((topic) => [topic, topics.get(topic) as number]));
    for (const { generation } of members) this.youngest = Math.max(this.youngest, generation);
    const claims = settleClaims(members, wanted);
    if (!claims.isUniform) {
      this.moved = null;
      return assignMixed(wanted, members, claims, this.youngest);
    }
    this.moved = new Set();
    const all = [...wanted].flatMap(([topic, count]) => partitionsOf(topic, count));
    return assignUniform(all, claims, this.moved);
  }
}

/** Sticky, but what still belongs to another member is handed out only when that has given it up: in the next round. */
export class CooperativeStickyAssignor extends StickyAssignor {
  protected override readonly needsGeneration = false;

  override assign(topics: ReadonlyMap<string, number>, members: readonly AssignMember[]): Assignment {
    const assignment = super.assign(topics, members);
    const moved = this.moved ?? passedOn(members, assignment);
    for (const partitions of assignment.values()) for (const partition of moved) take(partitions, partition);
    return assignment;
  }
}

/** What one member gets that another one says it owns and does not get. */
function passedOn(members: readonly AssignMember[], assignment: Assignment): Set<PartitionName> {
  const added = new Set<PartitionName>();
  const given = new Set<PartitionName>();
  for (const { id, owned } of members) {
    const mine = assignment.get(id) ?? [];
    for (const partition of mine) if (!owned.includes(partition)) added.add(partition);
    for (const partition of owned) if (!mine.includes(partition)) given.add(partition);
  }
  return new Set([...added].filter((partition) => given.has(partition)));
}
