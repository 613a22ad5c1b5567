import { fieldOf } from "../scenario/schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { splitPath } from "./change.ts";
import type { Lesson, Lock } from "./types.ts";

/** What a lesson lets a person change. */
export interface Restrictions {
  lock: Lock | undefined;
  palette: readonly string[] | undefined;
  /** Settings with a control of their own: what is put into the person's hand is not locked. */
  exposed: readonly string[];
  /** Nodes and edges of the lesson's own drawing; what the person has added is theirs. */
  own: ReadonlySet<string>;
  noPaste: boolean;
  noImport: boolean;
  noLive: boolean;
  /** The seed stays, whatever the lock says. */
  fixedSeed: boolean;
  /** Whether settings are hidden: then nothing that is worked out from them is shown either. */
  hidesSettings: boolean;
  /** The drawing without hidden settings, for what leaves the page as readable text. */
  veil(scenario: Scenario): Scenario;
}

type RestrictingParts = Pick<Lesson, "lock" | "palette" | "expose" | "hide" | "assignment">;

function veilOf(hide: readonly string[], { nodes, edges }: Scenario): Pick<Restrictions, "hidesSettings" | "veil"> {
  const kinds = new Map([...nodes, ...edges].map(({ id, kind }) => [id, kind]));
  const hidden = new Map<string, string[]>();
  for (const path of hiddenIn({ hide: [...hide] })) {
    const place = splitPath(path);
    const kind = place === null ? undefined : kinds.get(place.id);
    if (place === null || kind === undefined || fieldOf(kind, place.name) === undefined) continue;
    hidden.set(place.id, [...(hidden.get(place.id) ?? []), place.name]);
  }
  const bare = <T extends ScenarioNode | ScenarioEdge>(item: T): T => {
    const names = hidden.get(item.id);
    if (names === undefined || item.settings === undefined) return item;
    const shown = Object.entries(item.settings).filter(([name]) => !names.includes(name));
    return { ...item, settings: Object.fromEntries(shown) };
  };
  return {
    hidesSettings: hidden.size > 0,
    veil: (scenario) =>
      hidden.size === 0 ? scenario : { ...scenario, nodes: scenario.nodes.map(bare), edges: scenario.edges.map(bare) },
  };
}

export const restrictionsOf = (
  { lock, palette, expose = [], hide = [], assignment }: RestrictingParts,
  scenario: Scenario,
): Restrictions => ({
  lock,
  palette,
  exposed: expose,
  own: new Set([...scenario.nodes, ...scenario.edges].map(({ id }) => id)),
  noPaste: assignment?.noPaste === true,
  // What is imported would go round the lock.
  noImport: lock?.default === "locked" || assignment?.noImport === true,
  noLive: assignment?.noLive === true,
  fixedSeed: assignment !== undefined,
  ...veilOf(hide, scenario),
});

/** Why a change is refused: part of the drawing, a kind of node, or too many nodes. */
export interface Locked {
  reason: "locked" | "kind" | "count";
  /** Node or edge, its field, the kind, or the number of nodes that are allowed. */
  what: string;
}

/** Words of a lock: `node`, `node.field`, `edges`, `timeline`, `alerts`, `seed`. */
function isOpen({ lock }: Restrictions, ...words: string[]): boolean {
  if (lock === undefined) return true;
  const list = (lock.default === "locked" ? lock.allow : lock.deny) ?? [];
  const isListed = words.some((word) => list.includes(word));
  return lock.default === "locked" ? isListed : !isListed;
}

/** Whether a setting (or `name`) of a node or edge may be changed. */
export const mayChange = (restrictions: Restrictions, id: string, field: string): boolean =>
  !restrictions.own.has(id) ||
  restrictions.exposed.includes(`${id}.${field}`) ||
  isOpen(restrictions, id, `${id}.${field}`);

/** Whether a node of a kind may be added. Under a lock only what the palette offers. */
export const mayAdd = ({ lock, palette }: Restrictions, kind: string): boolean =>
  palette === undefined ? lock?.default !== "locked" : palette.includes(kind);

/**
 * What of a change the lesson forbids; null = nothing. Where things stand may always be changed: it changes nothing else. Every edit of a document goes through here, by
 * whichever way it came.
 */
export function lockedIn(before: Scenario, after: Scenario, restrictions: Restrictions): Locked | null {
  return (
    lockedNodes(before.nodes, after.nodes, restrictions) ??
    lockedEdges(before.edges, after.edges, restrictions) ??
    lockedRest(before, after, restrictions)
  );
}

const locked = (what: string): Locked => ({ reason: "locked", what });

function lockedNodes(
  before: readonly ScenarioNode[],
  after: readonly ScenarioNode[],
  restrictions: Restrictions,
): Locked | null {
  if (before === after) return null;
  const then = new Map(before.map((node) => [node.id, node]));
  const now = new Map(after.map((node) => [node.id, node]));
  const { lock } = restrictions;
  if (lock?.maxNodes !== undefined && after.length > lock.maxNodes && after.length > before.length)
    return { reason: "count", what: String(lock.maxNodes) };
  for (const node of after) {
    const old = then.get(node.id);
    if (old === undefined) {
      if (!restrictions.own.has(node.id) && !mayAdd(restrictions, node.kind))
        return { reason: "kind", what: node.kind };
      continue;
    }
    if (old === node) continue;
    const field = changedField(old, node);
    if (field !== null && !mayChange(restrictions, node.id, field)) return locked(`${node.name}.${field}`);
  }
  for (const node of before)
    if (!now.has(node.id) && restrictions.own.has(node.id) && !isOpen(restrictions, node.id)) return locked(node.name);
  return null;
}

/** The first setting, or `name`, `kind`, `parent`, that differs. */
function changedField(old: ScenarioNode | ScenarioEdge, now: ScenarioNode | ScenarioEdge): string | null {
  const [a, b] = [old.settings ?? {}, now.settings ?? {}];
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (JSON.stringify(a[name]) !== JSON.stringify(b[name])) return name;
  for (const name of ["kind", "name", "parent", "from", "to"] as const) {
    if ((old as Partial<ScenarioNode & ScenarioEdge>)[name] !== (now as Partial<ScenarioNode & ScenarioEdge>)[name])
      return name;
  }
  return null;
}

function lockedEdges(
  before: readonly ScenarioEdge[],
  after: readonly ScenarioEdge[],
  restrictions: Restrictions,
): Locked | null {
  if (before === after) return null;
  const then = new Map(before.map((edge) => [edge.id, edge]));
  const now = new Set(after.map(({ id }) => id));
  const mayConnect = (edge: ScenarioEdge) =>
    isOpen(restrictions, "edges", edge.from, edge.to) ||
    !restrictions.own.has(edge.from) ||
    !restrictions.own.has(edge.to);
  for (const edge of after) {
    const old = then.get(edge.id);
    if (old === undefined) {
      if (!restrictions.own.has(edge.id) && !mayConnect(edge)) return locked(`${edge.from}–${edge.to}`);
      continue;
    }
    const field = old === edge ? null : changedField(old, edge);
    const isEnd = field === "from" || field === "to";
    if (field !== null && !(isEnd ? mayConnect(edge) && mayConnect(old) : mayChange(restrictions, edge.id, field)))
      return locked(`${edge.from}–${edge.to}`);
  }
  for (const edge of before)
    if (!now.has(edge.id) && restrictions.own.has(edge.id) && !mayConnect(edge))
      return locked(`${edge.from}–${edge.to}`);
  return null;
}

/** What is no node and no edge. The title and the view are the person's own. */
function lockedRest(before: Scenario, after: Scenario, restrictions: Restrictions): Locked | null {
  if (restrictions.fixedSeed && before.seed !== after.seed) return locked("seed");
  for (const part of ["timeline", "alerts", "seed"] as const)
    if (JSON.stringify(before[part]) !== JSON.stringify(after[part]) && !isOpen(restrictions, part))
      return locked(part);
  return JSON.stringify(before.lesson) === JSON.stringify(after.lesson) ? null : locked("lesson");
}

/** `node.field` or `node.metric` that a lesson hides. */
export const hiddenIn = ({ hide = [] }: Pick<Lesson, "hide">): ReadonlySet<string> =>
  new Set(hide.filter((entry) => entry.startsWith("values:")).map((entry) => entry.slice("values:".length)));
