import { DEFAULT_NAMES, DIST_TABLE, FIELD_TABLE, KIND_TABLE } from "./compact-tables.ts";
import type { Scenario, ScenarioEdge, ScenarioNode, Settings, SettingValue } from "./types.ts";
import { isPlainObject } from "./value-shapes.ts";

/**
 * The short form of a document, for links: lists instead of objects, numbers instead of the names we know, ids and names left out where they are the usual ones, ends of
 * edges as places in the node list. What this version does not know is carried along by its own name. Nothing is lost: `expand(compact(s))` equals `s`.
 *
 * `[form, seed, title, nodes, edges, rest]`, a node `[kind, x, y, name, id, settings, rest]`, an edge `[kind, from, to, settings, id, rest]`, settings
 * `[field, value, field, value, …]`; 0 stands for "as usual", and what is at the end and as usual is left out.
 */
export type Compact = unknown[];

/** Raised when the short form itself changes; `expand` reads every earlier one. */
const FORM = 1;
const USUAL = 0;

export function compact(scenario: Scenario): Compact {
  const { v, meta, seed, nodes, edges, timeline, alerts, ...others } = scenario;
  const { title, ...about } = meta;
  const places = new Map<string, number>();
  nodes.forEach((node, index) => {
    if (!places.has(node.id)) places.set(node.id, index);
  });
  const counts = new Map<string, number>();
  const rest: { [name: string]: unknown } = { ...others };
  if (v !== 1) rest.v = v;
  if (Object.keys(about).length > 0) rest.meta = about;
  if (timeline.length > 0) rest.timeline = timeline;
  if (alerts.length > 0) rest.alerts = alerts;
  return short([
    FORM,
    seed,
    title,
    nodes.map((node) => compactNode(node, counts)),
    edges.map((edge, index) => compactEdge(edge, index, places)),
    Object.keys(rest).length === 0 ? USUAL : rest,
  ]);
}

/** Leaves out what is as usual at the end. */
function short(list: unknown[]): unknown[] {
  let length = list.length;
  while (length > 0 && list[length - 1] === USUAL) length--;
  return list.slice(0, length);
}

/** A known name as its number, another as itself. */
const number = (table: readonly string[], name: string): number | string => {
  const at = table.indexOf(name);
  return at < 0 ? name : at;
};

function compactNode(node: ScenarioNode, counts: Map<string, number>): unknown[] {
  const { id, kind, name, x, y, settings, ...rest } = node;
  const usual = usualNames(kind, counts);
  return short([
    number(KIND_TABLE, kind),
    x,
    y,
    name === usual.name ? USUAL : name,
    id === usual.id ? USUAL : id,
    settings === undefined ? USUAL : compactSettings(settings),
    Object.keys(rest).length === 0 ? USUAL : rest,
  ]);
}

/** The n-th node of a kind is usually called `q3` and `queue-3`. Counting goes on whether or not this one is. */
function usualNames(kind: string, counts: Map<string, number>): { id: string; name: string } {
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  const [letter, stem] = (Object.hasOwn(DEFAULT_NAMES, kind) ? DEFAULT_NAMES[kind] : undefined) ?? ["n", kind];
  return { id: `${letter}${count}`, name: `${stem}-${count}` };
}

function compactEdge(edge: ScenarioEdge, index: number, places: Map<string, number>): unknown[] {
  const { id, kind, from, to, settings, ...rest } = edge;
  return short([
    number(KIND_TABLE, kind),
    places.get(from) ?? from,
    places.get(to) ?? to,
    settings === undefined ? USUAL : compactSettings(settings),
    id === `e${index + 1}` ? USUAL : id,
    Object.keys(rest).length === 0 ? USUAL : rest,
  ]);
}

const compactSettings = (settings: Settings): unknown[] =>
  Object.entries(settings).flatMap(([name, value]) => [number(FIELD_TABLE, name), compactValue(value)]);

/** A distribution becomes `[number, parameters…]`; any other list is wrapped, so that it is not taken for one. */
function compactValue(value: SettingValue): unknown {
  if (Array.isArray(value)) return { "": value };
  if (!isPlainObject(value)) return value;
  if (Object.hasOwn(value, "")) return { "": value };
  const form = DIST_TABLE.findIndex(([d]) => d === value.d);
  const [, ...parameters] = DIST_TABLE[form] ?? [""];
  const numbers = parameters.map((name) => value[name]);
  const exact = form >= 0 && Object.keys(value).length === parameters.length + 1;
  return exact && numbers.every((one) => typeof one === "number") ? [form, ...numbers] : value;
}

/**
 * The document that a short form stands for, as an unknown value: what came out of a link may be cut, changed or made up, so it goes through `validate` afterwards.
 * @returns null when it is not a short form, or one of a later version than this code reads (then `form` says which)
 */
export function expand(raw: unknown): { document: unknown } | { document: null; form: unknown } {
  if (!Array.isArray(raw)) return { document: null, form: undefined };
  const [form, seed, title, nodes, edges, rest] = raw as unknown[];
  if (form !== FORM || !Array.isArray(nodes ?? []) || !Array.isArray(edges ?? [])) return { document: null, form };
  const counts = new Map<string, number>();
  const wide = ((nodes ?? []) as unknown[]).map((node) => expandNode(node, counts));
  const ids = wide.map((node) => (isPlainObject(node) ? node.id : undefined));
  const { meta, ...others } = isPlainObject(rest) ? rest : {};
  return {
    document: {
      v: 1,
      seed: seed ?? USUAL,
      nodes: wide,
      edges: ((edges ?? []) as unknown[]).map((edge, index) => expandEdge(edge, index, ids)),
      timeline: [],
      alerts: [],
      ...others,
      meta: { title: title === USUAL || title === undefined ? "" : title, ...(isPlainObject(meta) ? meta : {}) },
    },
  };
}

const named = (table: readonly string[], key: unknown): unknown => (typeof key === "number" ? table[key] : key);

/** Not `String`: an object from a stranger may not let itself be turned into text. */
const asName = (name: unknown): string => (typeof name === "string" ? name : "?");

const isUsual = (value: unknown): boolean => value === USUAL || value === undefined;

function expandNode(raw: unknown, counts: Map<string, number>): unknown {
  if (!Array.isArray(raw)) return raw;
  const [kindNumber, x, y, name, id, settings, rest] = raw as unknown[];
  const kind = named(KIND_TABLE, kindNumber ?? 0);
  const usual = usualNames(typeof kind === "string" ? kind : "", counts);
  return {
    id: isUsual(id) ? usual.id : id,
    kind,
    name: isUsual(name) ? usual.name : name,
    x: x ?? 0,
    y: y ?? 0,
    ...(!isUsual(settings) && { settings: expandSettings(settings) }),
    ...(isPlainObject(rest) ? rest : {}),
  };
}

function expandEdge(raw: unknown, index: number, ids: unknown[]): unknown {
  if (!Array.isArray(raw)) return raw;
  const [kind, from, to, settings, id, rest] = raw as unknown[];
  const end = (place: unknown) => (typeof place === "number" ? ids[place] : (place ?? ids[0]));
  return {
    id: isUsual(id) ? `e${index + 1}` : id,
    kind: named(KIND_TABLE, kind),
    from: end(from),
    to: end(to),
    ...(!isUsual(settings) && { settings: expandSettings(settings) }),
    ...(isPlainObject(rest) ? rest : {}),
  };
}

function expandSettings(raw: unknown): unknown {
  if (!Array.isArray(raw)) return raw;
  const entries: [string, unknown][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2)
    entries.push([asName(named(FIELD_TABLE, raw[i])), expandValue(raw[i + 1])]);
  // fromEntries makes a setting called `__proto__` an ordinary one.
  return Object.fromEntries(entries);
}

function expandValue(raw: unknown): unknown {
  if (isPlainObject(raw)) return Object.hasOwn(raw, "") && Object.keys(raw).length === 1 ? raw[""] : raw;
  if (!Array.isArray(raw)) return raw;
  const [form, ...numbers] = raw as unknown[];
  const shape = typeof form === "number" ? DIST_TABLE[form] : undefined;
  if (shape === undefined) return raw;
  const [d, ...parameters] = shape;
  return Object.fromEntries([["d", d], ...parameters.map((name, i) => [name, numbers[i]])]);
}
