import { settingsAs } from "../schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import type { Table } from "../values.ts";
import type { Graph } from "./graph.ts";

/**
 * Which queues a message would reach, worked out on the document alone, for hints while drawing. The run does not use this: it asks the broker's model, which is compared
 * with recorded brokers. @returns queue id → expected copies, 0…1 (parts come from consistent hashing); empty = unroutable
 */
export function route(graph: Graph, start: ScenarioNode, key: string, headers: Table): Map<string, number> {
  const reached = new Map<string, number>();
  const visited = new Set<string>();
  const visit = (exchange: ScenarioNode, part: number): void => {
    if (visited.has(exchange.id)) return;
    visited.add(exchange.id);
    const bindings = graph.out(exchange.id, "binding");
    const matching = matchingBindings(exchange, bindings, key, headers);
    if (matching.length === 0) {
      const name = graph.alternate(exchange);
      const alternate = name === null ? undefined : graph.find("exchange", name, exchange);
      if (alternate !== undefined) visit(alternate, part);
      return;
    }
    for (const { edge, share } of matching) {
      const to = graph.node(edge.to);
      if (to.kind === "exchange") visit(to, part * share);
      else reached.set(to.id, Math.min(1, (reached.get(to.id) ?? 0) + part * share));
    }
  };
  visit(start, 1);
  return reached;
}

function matchingBindings(
  exchange: ScenarioNode,
  bindings: ScenarioEdge[],
  key: string,
  headers: Table,
): { edge: ScenarioEdge; share: number }[] {
  const type = settingsAs("exchange", exchange).type;
  const all = bindings.map((edge) => ({ edge, s: settingsAs("binding", edge), share: 1 }));
  switch (type) {
    case "direct":
      return all.filter(({ s }) => s.key === key);
    case "fanout":
    case "x-recent-history":
      return all;
    case "x-random":
    case "x-local-random":
      return all.map(({ edge }) => ({ edge, share: 1 / all.length }));
    case "topic":
      return all.filter(({ s }) => matchesTopic(s.key, key));
    case "headers":
      return all.filter(({ s }) => matchesHeaders(s.headers, s.match, headers));
    case "x-consistent-hash": {
      const total = all.reduce((sum, { s }) => sum + s.weight, 0);
      return all.map(({ edge, s }) => ({ edge, share: s.weight / total }));
    }
    default:
      return [];
  }
}

/** `*` = exactly one word, `#` = any number of words; the empty key has no words. */
export function matchesTopic(pattern: string, key: string): boolean {
  const words = key === "" ? [] : key.split(".");
  const parts = pattern === "" ? [] : pattern.split(".");
  // `reach[j]`: whether the parts so far can cover the first j words.
  let reach: boolean[] = [true, ...words.map(() => false)];
  for (const part of parts) {
    const next: boolean[] = [];
    for (let j = 0; j <= words.length; j++) {
      if (part === "#") next[j] = reach[j] === true || (j > 0 && next[j - 1] === true);
      else next[j] = j > 0 && reach[j - 1] === true && (part === "*" || part === words[j - 1]);
    }
    reach = next;
  }
  return reach[words.length] === true;
}

function matchesHeaders(bound: Table, match: string, headers: Table): boolean {
  const names = Object.keys(bound).filter((name) => match.endsWith("-with-x") || !name.startsWith("x-"));
  const equal = (name: string) => {
    if (!Object.hasOwn(headers, name)) return false;
    return bound[name] === null || bound[name] === headers[name];
  };
  return match.startsWith("any") ? names.some(equal) : names.every(equal);
}
