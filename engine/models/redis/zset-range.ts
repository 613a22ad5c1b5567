import { float } from "./arguments.ts";
import { Refused } from "./replies.ts";
import type { Member, ZsetValue } from "./zset-value.ts";

/** A bound of scores: `(5` is exclusive. */
export interface ScoreBound {
  readonly score: number;
  readonly isExclusive: boolean;
}

export function scoreBound(text: string): ScoreBound {
  const isExclusive = text.startsWith("(");
  return { score: float(isExclusive ? text.slice(1) : text), isExclusive };
}

const isAtLeast = (score: number, { score: least, isExclusive }: ScoreBound): boolean =>
  isExclusive ? score > least : score >= least;
const isAtMost = (score: number, { score: most, isExclusive }: ScoreBound): boolean =>
  isExclusive ? score < most : score <= most;

/** Members with scores between two bounds, lowest first. */
export const byScore = (zset: ZsetValue, least: ScoreBound, most: ScoreBound): Member[] =>
  zset.members.filter(({ score }) => isAtLeast(score, least) && isAtMost(score, most));

/** `-`, `+`, `[name`, `(name`. @throws Refused ERR */
export function nameBound(text: string): {
  readonly name: string;
  readonly isExclusive: boolean;
  readonly edge: number;
} {
  if (text === "-") return { name: "", isExclusive: false, edge: -1 };
  if (text === "+") return { name: "", isExclusive: false, edge: 1 };
  if (text[0] !== "[" && text[0] !== "(") throw new Refused("ERR");
  return { name: text.slice(1), isExclusive: text[0] === "(", edge: 0 };
}

type NameBound = ReturnType<typeof nameBound>;

function compareToBound(name: string, bound: NameBound): number {
  if (bound.edge !== 0) return -bound.edge;
  return name < bound.name ? -1 : name > bound.name ? 1 : 0;
}

/** Members with names between two bounds; of use only when all scores are equal. */
export const byName = (zset: ZsetValue, least: NameBound, most: NameBound): Member[] =>
  zset.members.filter(({ text }) => {
    const low = compareToBound(text, least);
    const high = compareToBound(text, most);
    return (least.isExclusive ? low > 0 : low >= 0) && (most.isExclusive ? high < 0 : high <= 0);
  });
