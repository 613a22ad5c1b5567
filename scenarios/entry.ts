import type { ProblemCode, Scenario, Text } from "../engine/scenario/index.ts";

/** A shelf of the catalogue; one per system, and one for what holds in all of them. */
export type Group = "general" | "rabbitmq" | "kafka" | "rocketmq" | "redis" | "zeromq" | "theory";

/** One thing to try: what to change, and why. `change` is applied to the entry's scenario by `withChange`. */
export interface Variant {
  id: string;
  name: Text;
  /** `node id.field` or `edge id.field` → new value; `null` takes a setting back to its default. */
  change: Record<string, unknown>;
}

/** A row of the catalogue (product.md §10): a drawing that shows one thing, and what to look at. */
export interface CatalogueEntry {
  group: Group;
  level: "intro" | "core" | "deep";
  /** `meta.id` is the row's id, `meta.title` and `meta.about` are in both languages. */
  scenario: Scenario;
  /** What a person should look at while it plays. */
  observe: Text;
  /** The one sentence to take home. */
  aha: Text;
  variants?: readonly Variant[];
  /** Problems that the drawing shows on purpose, as it stands or in a variant: the catalogue's test allows no others. */
  intended?: readonly ProblemCode[];
}

export const idOf = (entry: CatalogueEntry): string => entry.scenario.meta.id ?? "";

/** The entry's scenario with some settings changed. @throws Error naming a node or edge that is not there */
export function withChange(scenario: Scenario, change: Variant["change"]): Scenario {
  const copy = structuredClone(scenario);
  for (const [path, value] of Object.entries(change)) {
    const dot = path.indexOf(".");
    const id = path.slice(0, dot);
    const field = path.slice(dot + 1);
    const item = copy.nodes.find((node) => node.id === id) ?? copy.edges.find((edge) => edge.id === id);
    if (item === undefined) throw new Error(`${scenario.meta.id}: there is no node or edge "${id}" to change.`);
    const settings: Record<string, unknown> = { ...item.settings };
    if (value === null) delete settings[field];
    else settings[field] = value;
    item.settings = settings as NonNullable<typeof item.settings>;
  }
  return copy;
}

/**
 * A drawing that came from an entry, with one of its variants instead of any other: settings that variants touch go back to the entry's, the rest stays as it is.
 * Nodes and edges that are no longer there are passed over. @param variant null = as the entry begins
 */
export function withVariant(now: Scenario, entry: CatalogueEntry, variant: Variant | null): Scenario {
  const wanted = settingsTouched(entry.scenario, entry, variant);
  const replace = <T extends { id: string; settings?: object }>(items: T[]): T[] =>
    items.map((item) => {
      const fields = wanted.get(item.id);
      if (fields === undefined) return item;
      const settings: Record<string, unknown> = { ...item.settings };
      for (const [field, value] of fields) {
        if (value === undefined || value === null) delete settings[field];
        else settings[field] = value;
      }
      return { ...item, settings } as T;
    });
  return { ...now, nodes: replace(now.nodes), edges: replace(now.edges) };
}

/** The variant that a drawing shows now: the one whose settings, and those of the entry for the rest, it has. Undefined = none of them. */
export function variantOf(now: Scenario, entry: CatalogueEntry): Variant | null | undefined {
  const shows = (variant: Variant | null) => {
    for (const [id, fields] of settingsTouched(entry.scenario, entry, variant)) {
      const item = now.nodes.find((node) => node.id === id) ?? now.edges.find((edge) => edge.id === id);
      if (item === undefined) return false;
      for (const [field, value] of fields) {
        const has = (item.settings as Record<string, unknown> | undefined)?.[field];
        if (JSON.stringify(has ?? null) !== JSON.stringify(value ?? null)) return false;
      }
    }
    return true;
  };
  if (shows(null)) return null;
  return entry.variants?.find(shows);
}

/** By id: every field that a variant of the entry touches, with its value in `variant`. */
function settingsTouched(
  scenario: Scenario,
  entry: CatalogueEntry,
  variant: Variant | null,
): Map<string, Map<string, unknown>> {
  const wanted = new Map<string, Map<string, unknown>>();
  for (const { change } of entry.variants ?? []) {
    for (const path of Object.keys(change)) {
      const dot = path.indexOf(".");
      const [id, field] = [path.slice(0, dot), path.slice(dot + 1)];
      const item = scenario.nodes.find((node) => node.id === id) ?? scenario.edges.find((edge) => edge.id === id);
      const own = (item?.settings as Record<string, unknown> | undefined)?.[field];
      const value = variant !== null && Object.hasOwn(variant.change, path) ? variant.change[path] : own;
      if (!wanted.has(id)) wanted.set(id, new Map());
      wanted.get(id)?.set(field, value);
    }
  }
  return wanted;
}
