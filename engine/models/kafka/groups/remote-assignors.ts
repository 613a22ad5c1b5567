import { type AssignMember, type Assignment, emptyAssignment, partitionsOf, wantedTopics } from "./assignor.ts";
import { type PartitionName, topicOf } from "./partition-name.ts";
import { RangeAssignor } from "./range-assignor.ts";
import { StickyAssignor } from "./sticky-assignor.ts";
import type { RemoteAssignor } from "./target.ts";

/** The assignors of the consumer protocol, which run in the broker. `owned` is what a member had in the target before. */
export function assignRemotely(
  name: RemoteAssignor,
  topics: ReadonlyMap<string, number>,
  members: readonly AssignMember[],
): Assignment {
  if (name === "range") return new RangeAssignor().assign(topics, members);
  const [first] = members;
  const isUniform = members.every(({ topics: wanted }) => isSameSet(wanted, first?.topics ?? []));
  return isUniform ? assignEvenly(topics, members) : new StickyAssignor().assign(topics, members);
}

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/**
 * Everybody keeps what it had up to its share; who is short takes consecutive partitions of what is free. Which members get one more depends in the broker on the order
 * of a map (semantics/kafka.md, section 14); here it is those that have it already, then those that came first.
 */
function assignEvenly(topics: ReadonlyMap<string, number>, members: readonly AssignMember[]): Assignment {
  const assignment = emptyAssignment(members);
  const all = wantedTopics(topics, members).flatMap((topic) => partitionsOf(topic, topics.get(topic) as number));
  const share = Math.floor(all.length / members.length);
  let extra = all.length % members.length;
  const free = new Set<PartitionName>(all);
  for (const { id, owned } of members) {
    const mine = owned.filter((partition) => free.has(partition) && topics.has(topicOf(partition)));
    const mayHaveMore = mine.length > share && extra > 0;
    if (mayHaveMore) extra--;
    for (const partition of mine.slice(0, share + (mayHaveMore ? 1 : 0))) {
      assignment.get(id)?.push(partition);
      free.delete(partition);
    }
  }
  const rest = [...free];
  for (const { id } of members) {
    const mine = assignment.get(id) as PartitionName[];
    if (mine.length > share) continue;
    const missing = share - mine.length + (extra > 0 ? 1 : 0);
    if (extra > 0) extra--;
    mine.push(...rest.splice(0, missing));
  }
  return assignment;
}
