import {
  type AssignMember,
  type Assignment,
  type Assignor,
  compareMembers,
  emptyAssignment,
  partitionsOf,
  wantedTopics,
} from "./assignor.ts";

/** All partitions of all topics, one each in a circle; who does not want the topic is passed over and loses its turn (kafka/assign/roundrobin-skip-pointer). */
export class RoundRobinAssignor implements Assignor {
  assign(topics: ReadonlyMap<string, number>, members: readonly AssignMember[]): Assignment {
    const assignment = emptyAssignment(members);
    const circle = [...members].sort(compareMembers);
    let turn = 0;
    for (const topic of wantedTopics(topics, members)) {
      for (const partition of partitionsOf(topic, topics.get(topic) as number)) {
        while (!circle[turn]?.topics.includes(topic)) turn = (turn + 1) % circle.length;
        assignment.get((circle[turn] as AssignMember).id)?.push(partition);
        turn = (turn + 1) % circle.length;
      }
    }
    return assignment;
  }
}
