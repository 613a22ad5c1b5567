import { compareText, type PartitionName, partitionName } from "./partition-name.ts";

/** What a member tells the leader when it joins. */
export interface AssignMember {
  readonly id: string;
  /** `group.instance.id`, null for a dynamic member. */
  readonly instance: string | null;
  readonly topics: readonly string[];
  /** What it had in its last generation; only sticky assignors look at it. */
  readonly owned: readonly PartitionName[];
  /** That generation, −1 if it never had one. */
  readonly generation: number;
}

/** Member id → its partitions, sorted by topic and number. Every member has an entry. */
export type Assignment = Map<string, PartitionName[]>;

/**
 * An assignor of the client, as an object of its own: one lives in every consumer, and a sticky one remembers the highest generation it has heard of.
 * `topics` holds the number of partitions of every topic that exists; others that a member wants are skipped. `members` come in the order of the leader's map.
 */
export interface Assignor {
  assign(topics: ReadonlyMap<string, number>, members: readonly AssignMember[]): Assignment;
}

/** Static members by instance id, before dynamic ones by member id. */
export function compareMembers(a: AssignMember, b: AssignMember): number {
  if (a.instance !== null && b.instance !== null) return compareText(a.instance, b.instance);
  if (a.instance !== null) return -1;
  if (b.instance !== null) return 1;
  return compareText(a.id, b.id);
}

/** Topics that exist and that somebody wants, by name. */
export function wantedTopics(topics: ReadonlyMap<string, number>, members: readonly AssignMember[]): string[] {
  const wanted = new Set<string>();
  for (const member of members) {
    for (const topic of member.topics) if ((topics.get(topic) ?? 0) > 0) wanted.add(topic);
  }
  return [...wanted].sort(compareText);
}

/** All partitions of a topic, in order. */
export function partitionsOf(topic: string, count: number): PartitionName[] {
  return Array.from({ length: count }, (_, partition) => partitionName(topic, partition));
}

export function emptyAssignment(members: readonly AssignMember[]): Assignment {
  return new Map(members.map((member) => [member.id, []]));
}
