import { matchesTopic } from "../scenario/analysis/routing.ts";

/** Stands for any word where a pattern leaves it open. */
export const ANY_WORD = "any";
/** A key must be found within this many words, and within this many states of all patterns together. */
const WORDS_MAX = 12;
const STATES_MAX = 5_000;

/**
 * A routing key that all of some topic patterns match: `*` becomes a word, `#` one word where it can. Of several patterns on one way the words of one fill the gaps of the
 * others. @returns null when there is no such key
 * @example keyFor(["orders.#"], "any") // "orders.any"
 * @example keyFor(["*.created", "orders.#"], "any") // "orders.created"
 */
export function keyFor(patterns: readonly string[], filler: string = ANY_WORD): string | null {
  const single = [...new Set(patterns)].filter((pattern) => pattern !== "#");
  const [first] = single;
  if (first === undefined) return patterns.length === 0 ? "" : filler;
  for (const pattern of [...single].sort((a, b) => openness(a) - openness(b))) {
    const key = fill(pattern, filler);
    if (single.every((other) => matchesTopic(other, key))) return key;
  }
  return search(single, filler);
}

/** Patterns with fewer open places say more about what a key looks like. */
export const openness = (pattern: string): number =>
  wordsOf(pattern).reduce((sum, word) => sum + (word === "#" ? 100 : word === "*" ? 1 : 0), 0);

const wordsOf = (pattern: string): string[] => (pattern === "" ? [] : pattern.split("."));

const fill = (pattern: string, filler: string): string =>
  wordsOf(pattern)
    .map((word) => (word === "*" || word === "#" ? filler : word))
    .join(".");

/** Walks all patterns word by word at once, shortest keys first. */
function search(patterns: readonly string[], filler: string): string | null {
  const parts = patterns.map(wordsOf);
  const words = [...new Set([...parts.flat().filter((word) => word !== "*" && word !== "#"), filler])];
  const skip = (part: readonly string[], at: ReadonlySet<number>): Set<number> => {
    const all = new Set(at);
    for (const place of all) if (part[place] === "#") all.add(place + 1);
    return all;
  };
  let layer: { key: string[]; at: Set<number>[] }[] = [{ key: [], at: parts.map((part) => skip(part, new Set([0]))) }];
  const seen = new Set<string>();
  for (let length = 0; length <= WORDS_MAX && layer.length > 0; length++) {
    const found = layer.find(({ at }) => parts.every((part, i) => at[i]?.has(part.length)));
    if (found !== undefined) return found.key.join(".");
    const next: typeof layer = [];
    for (const { key, at } of layer) {
      for (const word of words) {
        const moved = parts.map((part, i) => skip(part, step(part, at[i] as Set<number>, word)));
        const state = moved.map((places) => [...places].sort((a, b) => a - b).join(",")).join("|");
        if (moved.some((places) => places.size === 0) || seen.has(state) || seen.size > STATES_MAX) continue;
        seen.add(state);
        next.push({ key: [...key, word], at: moved });
      }
    }
    layer = next;
  }
  return null;
}

function step(part: readonly string[], at: ReadonlySet<number>, word: string): Set<number> {
  const moved = new Set<number>();
  for (const place of at) {
    if (part[place] === "#") moved.add(place);
    else if (part[place] === "*" || part[place] === word) moved.add(place + 1);
  }
  return moved;
}

const TEMPLATE_MAX = 255;
/** These have a meaning in a template of routing keys. */
const RESERVED = /[{}|]/;

export const isPlainKey = (key: string): boolean => !RESERVED.test(key);

/**
 * Keys as templates that a producer takes in turns: `orders.{created|paid}`. A template has at most 255 characters, so many keys may need several; these hold about as many
 * keys each, because each is used as often as the others.
 * @param keys plain keys, in order @returns each template with the number of keys in it
 */
export function templatesFor(keys: readonly string[]): { template: string; count: number }[] {
  for (let parts = 1; parts < keys.length; parts++) {
    const size = Math.ceil(keys.length / parts);
    const groups = Array.from({ length: Math.ceil(keys.length / size) }, (_, i) =>
      keys.slice(i * size, (i + 1) * size),
    );
    const templates = groups.map((group) => ({ template: asTemplate(group), count: group.length }));
    if (templates.every(({ template }) => template.length <= TEMPLATE_MAX)) return templates;
  }
  return keys.map((key) => ({ template: key, count: 1 }));
}

function asTemplate(keys: readonly string[]): string {
  const [first] = keys;
  if (first === undefined || keys.length === 1) return first ?? "";
  const split = keys.map((key) => key.split("."));
  const product = asProduct(split);
  if (product !== null) return product;
  const shortest = Math.min(...split.map((words) => words.length));
  let shared = 0;
  while (shared < shortest - 1 && split.every((words) => words[shared] === split[0]?.[shared])) shared++;
  const head = split[0]?.slice(0, shared).join(".") ?? "";
  const tails = split.map((words) => words.slice(shared).join("."));
  return `${head}${head === "" ? "" : "."}{${tails.join("|")}}`;
}

/** `{orders|payments}.{created|paid}`, when the keys are all combinations of a few words in each place. */
function asProduct(split: readonly (readonly string[])[]): string | null {
  const length = split[0]?.length ?? 0;
  if (split.some((words) => words.length !== length)) return null;
  const choices = Array.from({ length }, (_, place) => [...new Set(split.map((words) => words[place] as string))]);
  if (choices.reduce((count, words) => count * words.length, 1) !== split.length) return null;
  return choices.map((words) => (words.length === 1 ? words[0] : `{${words.join("|")}}`)).join(".");
}
