/**
 * Topic exchange: words split at dots; `*` is exactly one word (an empty word between dots counts), `#` any number, none included; both only as whole words.
 * The empty key has no words. semantics/rabbitmq §2; conformance rabbitmq/exchange/topic-*.
 */
export class TopicNode {
  /** Words that are not wildcards. */
  words: Map<string, TopicNode> = new Map();
  star: TopicNode | null = null;
  /** Entered without consuming a word; any word stays in it. */
  hash: TopicNode | null = null;
  readonly isHash: boolean;
  bindings: number[] = [];

  constructor(isHash: boolean) {
    this.isHash = isHash;
  }
}

/** All patterns bound to one exchange, compiled when they are bound. */
export class TopicTrie {
  root: TopicNode = new TopicNode(false);
}

const wordsOf = (key: string): string[] => (key === "" ? [] : key.split("."));

export function bindTopic(trie: TopicTrie, pattern: string, binding: number): void {
  let node = trie.root;
  for (const word of wordsOf(pattern)) node = childFor(node, word);
  node.bindings.push(binding);
}

export function unbindTopic(trie: TopicTrie, pattern: string, binding: number): void {
  const path: TopicNode[] = [trie.root];
  const words = wordsOf(pattern);
  for (const word of words) {
    const next = childOf(path[path.length - 1] as TopicNode, word);
    if (next === null) return;
    path.push(next);
  }
  const last = path[path.length - 1] as TopicNode;
  last.bindings = last.bindings.filter((id) => id !== binding);
  for (let i = words.length - 1; i >= 0 && isEmpty(path[i + 1] as TopicNode); i--) {
    dropChild(path[i] as TopicNode, words[i] as string);
  }
}

/**
 * Adds the ids of all bindings whose pattern matches the key, in no particular order, each pattern's once.
 * The active nodes move one word at a time, so that the work is bounded by words × nodes whatever the pattern.
 */
export function matchTopic(trie: TopicTrie, key: string, found: number[]): void {
  let active: TopicNode[] = [];
  enter(active, trie.root);
  for (const word of wordsOf(key)) {
    const next: TopicNode[] = [];
    for (const node of active) {
      if (node.isHash) enter(next, node);
      const literal = node.words.get(word);
      if (literal !== undefined) enter(next, literal);
      if (node.star !== null) enter(next, node.star);
    }
    active = next;
  }
  for (const node of active) for (const binding of node.bindings) found.push(binding);
}

/** A node becomes active, and with it the `#` below it, which may stand for no word. */
function enter(active: TopicNode[], node: TopicNode): void {
  if (active.includes(node)) return;
  active.push(node);
  if (node.hash !== null) enter(active, node.hash);
}

function childOf(node: TopicNode, word: string): TopicNode | null {
  if (word === "*") return node.star;
  if (word === "#") return node.hash;
  return node.words.get(word) ?? null;
}

function childFor(node: TopicNode, word: string): TopicNode {
  const known = childOf(node, word);
  if (known !== null) return known;
  const made = new TopicNode(word === "#");
  if (word === "*") node.star = made;
  else if (word === "#") node.hash = made;
  else node.words.set(word, made);
  return made;
}

function dropChild(node: TopicNode, word: string): void {
  if (word === "*") node.star = null;
  else if (word === "#") node.hash = null;
  else node.words.delete(word);
}

const isEmpty = (node: TopicNode): boolean =>
  node.bindings.length === 0 && node.words.size === 0 && node.star === null && node.hash === null;
