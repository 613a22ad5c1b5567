import {
  type AssignMember,
  type Assignment,
  type Assignor,
  compareMembers,
  emptyAssignment,
  partitionsOf,
  wantedTopics,
} from "./assignor.ts";

/**
 * Each topic by itself: consecutive partitions, and one more for the first members where it does not divide. So the first members collect the surplus of every
 * topic (kafka/assign/range-two-topics).
 */
export class RangeAssignor implements Assignor {
  assign(topics: ReadonlyMap<string, number>, members: readonly AssignMember[]): Assignment {
    const assignment = emptyAssignment(members);
    const sorted = [...members].sort(compareMembers);
    for (const topic of wantedTopics(topics, members)) {
      const partitions = partitionsOf(topic, topics.get(topic) as number);
      const subscribers = sorted.filter((member) => member.topics.includes(topic));
      const share = Math.floor(partitions.length / subscribers.length);
      const surplus = partitions.length % subscribers.length;
      let next = 0;
      subscribers.forEach((member, rank) => {
        const count = share + (rank < surplus ? 1 : 0);
        assignment.get(member.id)?.push(...partitions.slice(next, next + count));
        next += count;
      });
    }
    return assignment;
  }
}
