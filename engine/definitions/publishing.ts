import type { Graph } from "../scenario/analysis/graph.ts";
import { route } from "../scenario/analysis/routing.ts";
import { type ScenarioEdge, type ScenarioNode, settingsAs, type Table } from "../scenario/index.ts";
import { ANY_WORD, isPlainKey, keyFor, openness } from "./keys.ts";

/** One kind of message to publish, and the queues that it reaches. */
export interface Letter {
  key: string;
  headers: Table;
  queues: string[];
}

/** Ways through exchanges are not followed further than this, nor more of them. */
const DEPTH_MAX = 6;
const WAYS_MAX = 1_000;
const LITERALS_MAX = 40;
const LETTERS_MAX = 80;
const STRAYS_MAX = 6;
/** Different words, so that a consistent hash has something to tell apart. */
const SPREAD = ["a", "b", "c", "d"];

/** A way from an entry to a queue: what each binding on it asks of a message. */
interface Way {
  keys: string[];
  patterns: string[];
  headers: Table;
  /** A header that decides by its hash. */
  hashHeader: string | null;
  isHashed: boolean;
  isPossible: boolean;
}

/**
 * What to publish to an exchange so that every queue behind it gets something: the keys that its bindings name, and for open patterns a made-up one where none of those
 * fits. Each is checked against the routing rules before it is used.
 */
export function lettersFor(graph: Graph, entry: ScenarioNode): Letter[] {
  const ways = waysFrom(graph, entry);
  const candidates = ways
    .filter(({ way }) => way.isPossible)
    .flatMap(({ way }) =>
      lettersOf(way).map((letter) => ({ ...letter, open: Math.max(0, ...way.patterns.map(openness)) })),
    );
  // Exact keys first: they show the bindings as they were meant, and mostly reach the open patterns too.
  const ordered = candidates
    .map((letter, at) => ({ letter, at }))
    .sort((a, b) => a.letter.open - b.letter.open || a.at - b.at);
  const letters: Letter[] = [];
  const reached = new Set<string>();
  const known = new Set<string>();
  const consider = (key: string, headers: Table, isLiteral: boolean, isHashed: boolean): void => {
    const same = JSON.stringify([key, headers]);
    if (known.has(same) || letters.length >= LETTERS_MAX || !isPlainKey(key) || key.length > 200) return;
    known.add(same);
    const queues = [...route(graph, entry, key, headers).keys()];
    const isNews = queues.some((queue) => !reached.has(queue));
    if (queues.length === 0 || !(isNews || isHashed || (isLiteral && letters.length < LITERALS_MAX))) return;
    letters.push({ key, headers, queues });
    for (const queue of queues) reached.add(queue);
  };
  for (const { letter } of ordered) consider(letter.key, letter.headers, letter.open === 0, letter.isHashed);
  const isStray = (key: string) => [...route(graph, entry, key, {}).keys()].some((queue) => !reached.has(queue));
  const strays = strayKeys(letters).filter(isStray);
  for (const key of strays.length > 0 ? strays : ["unknown.key"].filter(isStray)) consider(key, {}, false, true);
  return letters;
}

/**
 * Keys that nothing is bound to, for the alternate exchange if there is one: like the others but for the first word, so that a template of all of them stays short.
 */
function strayKeys(letters: readonly Letter[]): string[] {
  const tails = new Set(letters.map(({ key }) => key.split(".").slice(1).join(".")));
  const [first, ...more] = [...tails].filter((tail) => tail !== "");
  if (first === undefined || more.length >= STRAYS_MAX) return [];
  return [first, ...more].map((tail) => `unknown.${tail}`);
}

function lettersOf(way: Way): { key: string; headers: Table; isHashed: boolean }[] {
  const { headers, isHashed, hashHeader } = way;
  if (hashHeader !== null)
    return SPREAD.map((word) => ({
      key: keyOf(way, ANY_WORD) ?? "",
      headers: { ...headers, [hashHeader]: word },
      isHashed,
    }));
  const words = isHashed ? SPREAD : [ANY_WORD];
  return words.flatMap((word) => {
    const key = keyOf(way, word);
    return key === null ? [] : [{ key, headers, isHashed }];
  });
}

function keyOf({ keys, patterns, isHashed }: Way, word: string): string | null {
  const [own] = keys;
  if (own !== undefined) return own;
  if (patterns.length === 0) return isHashed ? word : "";
  return keyFor(patterns, word);
}

function waysFrom(graph: Graph, entry: ScenarioNode): { way: Way; queue: string }[] {
  const found: { way: Way; queue: string }[] = [];
  const start: Way = { keys: [], patterns: [], headers: {}, hashHeader: null, isHashed: false, isPossible: true };
  const walk = (exchange: ScenarioNode, way: Way, passed: readonly string[]): void => {
    if (passed.length > DEPTH_MAX || passed.includes(exchange.id)) return;
    for (const edge of graph.out(exchange.id, "binding")) {
      if (found.length >= WAYS_MAX) return;
      const to = graph.node(edge.to);
      const on = through(exchange, edge, way);
      if (to.kind === "queue") found.push({ way: on, queue: to.id });
      else if (on.isPossible) walk(to, on, [...passed, exchange.id]);
    }
  };
  walk(entry, start, []);
  return found;
}

function through(exchange: ScenarioNode, edge: ScenarioEdge, way: Way): Way {
  const s = settingsAs("exchange", exchange);
  const b = settingsAs("binding", edge);
  switch (s.type) {
    case "direct":
      return {
        ...way,
        keys: [...way.keys, b.key],
        isPossible: way.isPossible && way.keys.every((key) => key === b.key),
      };
    case "topic":
      return { ...way, patterns: [...way.patterns, b.key] };
    case "headers": {
      const wanted = Object.entries(b.headers as Table).filter(
        ([name]) => b.match.endsWith("-with-x") || !name.startsWith("x-"),
      );
      const clash = wanted.some(([name, value]) => Object.hasOwn(way.headers, name) && way.headers[name] !== value);
      // A void value asks for presence only.
      const given = wanted.map(([name, value]) => [name, value ?? ANY_WORD] as const);
      return {
        ...way,
        headers: { ...way.headers, ...Object.fromEntries(given) },
        isPossible: way.isPossible && !clash,
      };
    }
    case "x-consistent-hash":
      return { ...way, isHashed: true, hashHeader: s.hashHeader ?? way.hashHeader };
    default:
      return way;
  }
}
