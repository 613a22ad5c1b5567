import type { ProblemCode, Scenario, Text } from "../engine/scenario/index.ts";

/** A shelf of the catalogue; one per system, and one for what holds in all of them. */
export type Group = "general" | "rabbitmq" | "theory";

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
