import { describe, expect, it } from "vitest";
import { bindTopic, matchTopic, TopicTrie, unbindTopic } from "./topic.ts";

/** The textbook's matcher, straight from the definition of `*` and `#`. */
function matches(pattern: readonly string[], key: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return key.length === 0;
  if (first === "#") return matches(rest, key) || (key.length > 0 && matches(pattern, key.slice(1)));
  return key.length > 0 && (first === "*" || first === key[0]) && matches(rest, key.slice(1));
}

/** All texts of up to `length` words, once each; the empty text has no words. */
function texts(words: readonly string[], length: number): string[] {
  let longest: string[][] = [[]];
  const all = new Set([""]);
  for (let i = 0; i < length; i++) {
    longest = longest.flatMap((before) => words.map((word) => [...before, word]));
    for (const list of longest) all.add(list.join("."));
  }
  return [...all];
}

const wordsOf = (text: string): string[] => (text === "" ? [] : text.split("."));
const patterns = texts(["a", "b", "*", "#", ""], 4);
const keys = texts(["a", "b", ""], 4);

function trieOf(bound: readonly string[]): TopicTrie {
  const trie = new TopicTrie();
  for (const pattern of bound) bindTopic(trie, pattern, patterns.indexOf(pattern));
  return trie;
}

const found = (trie: TopicTrie, key: string): number[] => {
  const ids: number[] = [];
  matchTopic(trie, key, ids);
  return ids.sort((a, b) => a - b);
};

const expected = (bound: readonly string[], key: string): number[] =>
  bound
    .filter((pattern) => matches(wordsOf(pattern), wordsOf(key)))
    .map((pattern) => patterns.indexOf(pattern))
    .sort((a, b) => a - b);

describe("the compiled topic patterns", () => {
  it(`agree with the textbook on all ${patterns.length} patterns of up to 4 words and ${keys.length} keys, bound together`, () => {
    expect(patterns.length).toBe(780);
    expect(keys.length).toBe(120);
    const trie = trieOf(patterns);
    for (const key of keys) expect(found(trie, key), key).toEqual(expected(patterns, key));
  });

  it("agree when each pattern stands alone", () => {
    for (const pattern of patterns) {
      const trie = trieOf([pattern]);
      for (const key of keys) {
        const isFound = found(trie, key).length > 0;
        if (isFound !== matches(wordsOf(pattern), wordsOf(key))) expect.fail(`${pattern} on ${key}: ${isFound}`);
      }
    }
  });

  it("forget a pattern that is unbound, and nothing else", () => {
    const trie = trieOf(patterns);
    const kept = patterns.filter((_, i) => i % 3 !== 0);
    for (const pattern of patterns) if (!kept.includes(pattern)) unbindTopic(trie, pattern, patterns.indexOf(pattern));
    for (const key of keys) expect(found(trie, key), key).toEqual(expected(kept, key));
    for (const pattern of kept) unbindTopic(trie, pattern, patterns.indexOf(pattern));
    expect(trie.root).toEqual(new TopicTrie().root);
  });

  it("keep two bindings of one pattern apart", () => {
    const trie = new TopicTrie();
    bindTopic(trie, "a.#", 1);
    bindTopic(trie, "a.#", 2);
    unbindTopic(trie, "a.#", 1);
    expect(found(trie, "a.b")).toEqual([2]);
  });

  it("take wildcards literally inside a word", () => {
    const trie = new TopicTrie();
    bindTopic(trie, "a*", 1);
    bindTopic(trie, "#b", 2);
    expect(found(trie, "ab")).toEqual([]);
    expect(found(trie, "a*")).toEqual([1]);
  });

  it("match a long key against many hashes without trying every split", () => {
    const trie = new TopicTrie();
    bindTopic(trie, Array(30).fill("#.a").join("."), 1);
    expect(found(trie, Array(120).fill("a").join("."))).toEqual([1]);
    expect(found(trie, Array(120).fill("b").join("."))).toEqual([]);
  });
});
