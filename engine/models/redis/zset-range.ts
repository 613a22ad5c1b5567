import { parseFloating } from "./arguments.ts";
import { Refused } from "./replies.ts";
import type { Member, ZsetValue } from "./zset-value.ts";

/** A bound of scores: `(5` is exclusive. */
export interface ScoreBound {
  readonly score: number;
  readonly isExclusive: boolean;
}

/** Read more kindly than a score: nothing is 0, and spaces may stand in front. @throws Refused ERR */
export function scoreBound(text: string): ScoreBound {
  const isExclusive = text.startsWith("(");
  const number = (isExclusive ? text.slice(1) : text).replace(/^\s+(?=.)/, "");
  const score = number === "" ? 0 : parseFloating(number);
  if (Number.isNaN(score)) throw new Refused("ERR");
  return { score, isExclusive };
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

const isAfter = ({ text }: Member, bound: NameBound): boolean => {
  const order = compareToBound(text, bound);
  return bound.isExclusive ? order > 0 : order >= 0;
};
const isUpTo = ({ text }: Member, bound: NameBound): boolean => {
  const order = compareToBound(text, bound);
  return bound.isExclusive ? order < 0 : order <= 0;
};

/**
 * Members with names between two bounds, from the lower one up, or `isReversed` from the upper one down. Redis goes on from the first that fits until one does not, which is
 * all of them only when all scores are equal.
 */
export function byName(
  { members }: ZsetValue,
  least: NameBound,
  most: NameBound,
  isReversed: boolean,
  limit: { readonly offset: number; readonly count: number } | null,
): Member[] {
  const [lowest, highest] = [members[0], members.at(-1)];
  if (lowest === undefined || highest === undefined || isEmpty(least, most)) return [];
  if (!isAfter(highest, least) || !isUpTo(lowest, most)) return [];
  const order = isReversed ? [...members].reverse() : members;
  const [begins, goesOn] = isReversed ? [isUpTo, isAfter] : [isAfter, isUpTo];
  const [from, to] = isReversed ? [most, least] : [least, most];
  const begin = order.findIndex((member) => begins(member, from));
  const { offset, count } = limit ?? { offset: 0, count: -1 };
  if (begin < 0 || offset < 0) return [];
  // What LIMIT passes over is not looked at.
  const start = begin + offset;
  const stop = order.findIndex((member, i) => i >= start && !goesOn(member, to));
  const found = order.slice(start, stop < 0 ? order.length : stop);
  return count < 0 ? found : found.slice(0, count);
}

/** Bounds between which nothing can be. */
function isEmpty(least: NameBound, most: NameBound): boolean {
  if (least.edge !== 0 || most.edge !== 0) return least.edge > 0 || most.edge < 0;
  return least.name > most.name || (least.name === most.name && (least.isExclusive || most.isExclusive));
}
