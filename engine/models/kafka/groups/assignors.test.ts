import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AssignMember } from "./assignor.ts";
import { type AssignorName, makeAssignor } from "./assignors.ts";
import { compareByTopic } from "./partition-name.ts";

interface Member {
  id: string;
  topics: string[];
  instance?: string;
  owned?: string[];
  generation?: number;
}

interface Recorded {
  cases: {
    id: string;
    steps: {
      assignor: AssignorName;
      topics?: Record<string, number>;
      rounds: { members: Member[]; topics?: Record<string, number> }[];
    }[];
    observed: { round: number; member: string; partitions: string[] }[][];
  }[];
}

const read = (group: string): Recorded =>
  JSON.parse(readFileSync(new URL(`../../../../conformance/kafka/${group}.json`, import.meta.url), "utf8")) as Recorded;

function replay(step: Recorded["cases"][0]["steps"][0]): unknown[] {
  const assignor = makeAssignor(step.assignor);
  let last = new Map<string, { owned: string[]; generation: number }>();
  return step.rounds.flatMap((round, index) => {
    const members: AssignMember[] = [...round.members]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => ({
        id: one.id,
        topics: one.topics,
        instance: one.instance ?? null,
        owned: one.owned ?? last.get(one.id)?.owned ?? [],
        generation: one.generation ?? last.get(one.id)?.generation ?? -1,
      }));
    const topics = new Map(Object.entries(round.topics ?? step.topics ?? {}));
    const assignment = assignor.assign(topics, members);
    last = new Map();
    return members.map(({ id }) => {
      const partitions = (assignment.get(id) ?? []).sort(compareByTopic);
      last.set(id, { owned: partitions, generation: index + 1 });
      return { event: "assignment", round: index + 1, member: id, partitions };
    });
  });
}

describe("assignors give what the official classes gave", () => {
  for (const group of ["assign", "generated-assign"]) {
    for (const one of read(group).cases) {
      it(one.id, () => {
        one.steps.forEach((step, index) => {
          expect(replay(step)).toEqual(one.observed[index]);
        });
      });
    }
  }
});
