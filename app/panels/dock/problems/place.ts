import { fieldOf, type Issue, type Scenario } from "../../../../engine/scenario/index.ts";
import type { Words } from "../../../text/index.ts";

export interface Place {
  /** Node or edge id; undefined when the trouble is the document's own. */
  target: string | undefined;
  isNode: boolean;
  /** What the target is called. */
  name: string;
  /** The setting concerned, in words. */
  field: string | undefined;
}

/** Where in the document a trouble lies. The path names nodes by name, which may hold dots, so the field is what is left behind it. */
export function placeOf(scenario: Scenario, { path, target }: Issue, words: Words): Place {
  const node = scenario.nodes.find((one) => one.id === target);
  const edge = scenario.edges.find((one) => one.id === target);
  const nameOf = (id: string) => scenario.nodes.find((one) => one.id === id)?.name ?? id;
  const item = node ?? edge;
  if (item === undefined)
    return { target: undefined, isNode: false, name: words.t("panels.dock.problems.document"), field: undefined };
  const head = node ? `nodes.${node.name}` : `edges.${item.id}`;
  const rest = path.startsWith(`${head}.`) ? path.slice(head.length + 1) : "";
  const field = rest.split(".")[0] ?? "";
  const label =
    field !== "" && fieldOf(item.kind, field) !== undefined
      ? words.find(`fields.${item.kind}.${field}.label`)
      : undefined;
  const name = node ? node.name : edge ? `${nameOf(edge.from)} → ${nameOf(edge.to)}` : "";
  return { target: item.id, isNode: node !== undefined, name, field: label };
}
