import type { AssignMember } from "./assignor.ts";
import type { PartitionName } from "./partition-name.ts";

/** Who brings what into a sticky assignment. */
export interface Claims {
  /** Member → what it may call its own, members in the order in which they were asked. */
  readonly owned: Map<string, PartitionName[]>;
  /** Claimed by two members of one generation: it belongs to neither, and passes hands even if one of them gets it. */
  readonly disputed: Set<PartitionName>;
  /** Whether all want the same topics. */
  readonly isUniform: boolean;
}

/** The younger generation's claim counts, two of the same void each other. @param known topics that exist and are wanted */
export function settleClaims(
  members: readonly AssignMember[],
  known: ReadonlySet<string>,
  topicOf: (name: PartitionName) => string,
): Claims {
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
