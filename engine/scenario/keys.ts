import { pow } from "../kernel/math.ts";
import type { KeyChoice } from "./values.ts";

/** How many ordering keys a choice has; 0 = messages have none. */
export const keyCount = (choice: KeyChoice): number =>
  choice.k === "none" ? 0 : choice.k === "fixed" ? 1 : Math.max(1, choice.n);

/** Name of an ordering key: A … Z, then A1 … Z1, A2 … */
export function keyName(choice: KeyChoice, index: number): string {
  if (choice.k === "fixed") return choice.name;
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letter + Math.floor(index / 26);
}

/** Weight of one key, not normalised. */
export function keyWeight(choice: KeyChoice, index: number): number {
  if (choice.k === "zipf") return 1 / pow(index + 1, choice.s);
  if (choice.k !== "hot") return 1;
  if (index === 0) return choice.share;
  return (1 - choice.share) / Math.max(1, choice.n - 1);
}

/**
 * The routing key of a message with ordering key number `key` (−1 = none). In the template `{key}` stands for the key's name, and `{a|b|c}` for one of the words: the
 * key's number counts through all combinations, the last group fastest. Without keys the first of each.
 * @example expandKey("{eu|us}.{new|old}", { k: "uniform", n: 4 }, 2) // "us.new"
 */
export function expandKey(template: string, choice: KeyChoice, key: number): string {
  const groups = template.match(WORDS) ?? [];
  let rest = Math.max(0, key);
  const chosen: string[] = [];
  for (let i = groups.length - 1; i >= 0; i--) {
    const words = (groups[i] as string).slice(1, -1).split("|");
    chosen[i] = words[rest % words.length] as string;
    rest = Math.floor(rest / words.length);
  }
  let group = 0;
  return template
    .replace(WORDS, () => chosen[group++] as string)
    .split("{key}")
    .join(key < 0 ? "" : keyName(choice, key));
}

const WORDS = /\{[^{}|]*(?:\|[^{}|]*)+\}/g;
