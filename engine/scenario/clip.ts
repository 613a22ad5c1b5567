import { absolutePosition } from "./edit.ts";
import type { Issue } from "./issue.ts";
import { FreshNames, idLetter } from "./names.ts";
import { EDGES_MAX, NODES_MAX } from "./read.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "./types.ts";
import { validate } from "./validate.ts";
import { isPlainObject } from "./value-shapes.ts";

/** What the clipboard holds, as plain text: works across tabs and in a chat. */
export interface Clip {
  weir: "clip";
  v: 1;
  nodes: ScenarioNode[];
  edges: ScenarioEdge[];
}

/** The nodes with everything inside the frames among them, and the edges between them; edges with one end outside are left out. Top nodes get canvas positions. */
export function copyClip(scenario: Scenario, ids: Iterable<string>): Clip {
  const chosen = withContents(scenario, new Set(ids));
  const nodes = scenario.nodes
    .filter((node) => chosen.has(node.id))
    .map((node): ScenarioNode => {
      if (node.parent === undefined || chosen.has(node.parent)) return node;
      const { parent: _, ...rest } = node;
      return { ...rest, ...absolutePosition(scenario, node) };
    });
  const edges = scenario.edges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to));
  return { weir: "clip", v: 1, nodes, edges };
}

function withContents(scenario: Scenario, ids: Set<string>): Set<string> {
  for (let grown = true; grown; ) {
    grown = false;
    for (const node of scenario.nodes) {
      if (node.parent === undefined || !ids.has(node.parent) || ids.has(node.id)) continue;
      ids.add(node.id);
      grown = true;
    }
  }
  return ids;
}

/**
 * Reads clipboard text.
 * @returns `clip` null with the reason when the text is none or cannot be used; issues of its content otherwise
 */
export function readClip(text: string): { clip: Clip | null; issues: Issue[] } {
  const refused = (code: string): { clip: null; issues: Issue[] } => ({
    clip: null,
    issues: [{ path: "", code, facts: {}, severity: "error" }],
  });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refused("not-a-clip");
  }
  if (!isPlainObject(raw) || raw.weir !== "clip") return refused("not-a-clip");
  // A clip is a piece of a document: the document's rules decide about it.
  const { scenario, issues } = validate({ v: raw.v, nodes: raw.nodes ?? [], edges: raw.edges ?? [] });
  if (scenario === null) return { clip: null, issues };
  const ids = new Set(scenario.nodes.map((node) => node.id));
  const edges = scenario.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  return { clip: { weir: "clip", v: 1, nodes: scenario.nodes, edges }, issues };
}

/**
 * Adds a clip's nodes and edges under new ids; names that are taken get `-2`. Nodes keep their distances.
 * @param at where the top left corner of the clip goes, or a shift from its own place; grid steps
 */
export function pasteClip(
  scenario: Scenario,
  clip: Clip,
  at: { x: number; y: number } | { dx: number; dy: number },
): { scenario: Scenario; ids: string[] } {
  const top = clip.nodes.filter((node) => node.parent === undefined);
  const left = Math.min(...top.map((node) => node.x));
  const upper = Math.min(...top.map((node) => node.y));
  const shift = "dx" in at ? at : { dx: at.x - left, dy: at.y - upper };
  const names = new FreshNames(scenario);
  const ids = new Map<string, string>();
  for (const node of clip.nodes) ids.set(node.id, names.id(idLetter(node.kind)));
  const nodes = clip.nodes.map((node): ScenarioNode => {
    const { parent, locked: _, ...rest } = node;
    const frame = parent === undefined ? undefined : ids.get(parent);
    const moved = frame === undefined ? { x: Math.round(node.x + shift.dx), y: Math.round(node.y + shift.dy) } : {};
    const id = ids.get(node.id) as string;
    const name = names.like(node.name);
    const copy = { ...(name === node.name ? rest : withoutBrokerName(rest)), ...moved, id, name };
    return frame === undefined ? copy : { ...copy, parent: frame };
  });
  const edges = clip.edges.flatMap((edge): ScenarioEdge[] => {
    const from = ids.get(edge.from);
    const to = ids.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ ...edge, id: names.id("e"), from, to }];
  });
  return {
    scenario: { ...scenario, nodes: [...scenario.nodes, ...nodes], edges: [...scenario.edges, ...edges] },
    ids: [...ids.values()],
  };
}

/** A copy beside its original is another object to the broker too: it is called what it is called here. */
function withoutBrokerName(node: Omit<ScenarioNode, "parent" | "locked">): Omit<ScenarioNode, "parent" | "locked"> {
  if (node.settings?.brokerName === undefined) return node;
  const { settings, ...rest } = node;
  const kept = Object.entries(settings).filter(([name]) => name !== "brokerName");
  return kept.length === 0 ? rest : { ...rest, settings: Object.fromEntries(kept) };
}

/** Copies beside the originals. */
export const duplicate = (scenario: Scenario, ids: Iterable<string>, shift = { dx: 2, dy: 2 }) =>
  pasteClip(scenario, copyClip(scenario, ids), shift);

/** Whether a document with the clip in it would still be within the limits. */
export const fits = (scenario: Scenario, clip: Clip): boolean =>
  scenario.nodes.length + clip.nodes.length <= NODES_MAX && scenario.edges.length + clip.edges.length <= EDGES_MAX;
