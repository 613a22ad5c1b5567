import type { AssignMember } from "./assignor.ts";
import { numberOf, type PartitionName, topicOf } from "./partition-name.ts";

/** Who brings what into a sticky assignment. */
export interface Claims {
  /** Member → what it may call its own, members in the order in which they were asked. */
  readonly owned: Map<string, PartitionName[]>;
  /** Claimed by two members of one generation: it belongs to neither, and passes hands even if one of them gets it. */
  readonly disputed: Set<PartitionName>;
  /** Whether all want the same topics. */
  readonly isUniform: boolean;
}

/** The younger generation's claim counts, two of the same void each other. */
export function settleClaims(members: readonly AssignMember[], known: ReadonlyMap<string, number>): Claims {
  const owned = new Map<string, PartitionName[]>();
  const disputed = new Set<PartitionName>();
  const holders = new Map<PartitionName, AssignMember>();
  for (const member of members) {
    const mine: PartitionName[] = [];
    owned.set(member.id, mine);
    for (const partition of member.owned) {
      if (!known.has(topicOf(partition))) continue;
      const holder = holders.get(partition);
      if (holder === undefined || member.generation > holder.generation) mine.push(partition);
      else if (member.generation < holder.generation) continue;
      else disputed.add(partition);
      if (holder !== undefined) take(owned.get(holder.id) as PartitionName[], partition);
      holders.set(partition, member);
    }
  }
  return { owned, disputed, isUniform: areUniform(members) };
}

/** Removes a partition from a list that may hold it. */
export function take(list: PartitionName[], partition: PartitionName): void {
  const at = list.indexOf(partition);
  if (at >= 0) list.splice(at, 1);
}

/** As Kafka compares: by the first subscription that is not empty, and by its size; a topic that does not exist counts too. */
function areUniform(members: readonly AssignMember[]): boolean {
  let wanted = new Set<string>();
  for (const { topics } of members) {
    if (wanted.size === 0) wanted = new Set(topics);
    else if (topics.length !== wanted.size || !topics.every((topic) => wanted.has(topic))) return false;
  }
  return true;
}

/**
 * What nobody has, in the order of `all`. Kafka walks both lists side by side: an owned partition that does not exist any more (a topic made anew with fewer) stops
 * the walk, and everything behind it counts as free, owned or not.
 * @param taken in any order @param byTopic the order of topics in `all`
 */
export function remaining(
  all: readonly PartitionName[],
  taken: readonly PartitionName[],
  byTopic: (a: PartitionName, b: PartitionName) => number,
): PartitionName[] {
  const sorted = [...taken].sort((a, b) => byTopic(a, b) || numberOf(a) - numberOf(b));
  let next = 0;
  return all.filter((partition) => {
    if (partition !== sorted[next]) return true;
    next++;
    return false;
  });
}
