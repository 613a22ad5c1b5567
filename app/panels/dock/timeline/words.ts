import {
  type FieldSpec,
  operationSpec,
  type Scenario,
  type SettingValue,
  type TimelineEntry,
} from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useText } from "../../../text/index.ts";

type Words = ReturnType<typeof useText>;

/** A part of the drawing by name; a connection by its ends. */
export function targetName(scenario: Scenario, target: string, { t }: Words): string {
  if (target === "system") return t("panels.dock.timeline.network");
  const name = (id: string) => scenario.nodes.find((node) => node.id === id)?.name ?? id;
  const edge = scenario.edges.find(({ id }) => id === target);
  return edge === undefined ? name(target) : `${name(edge.from)} → ${name(edge.to)}`;
}

export const operationName = (id: string, { find }: Words): string => find(`operations.do.${id}`) ?? id;

/** One argument as a person reads it. */
export function argumentText(field: FieldSpec, value: SettingValue, scenario: Scenario, { format }: Words): string {
  if (field.type === "share") return format.share(Number(value));
  if (field.type === "ms") return format.duration(Number(value) * 1000);
  if (field.type === "factor" || field.name === "factor") return `×${format.number(Number(value))}`;
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.entries(value)
      .map(([name, of]) => `${name}=${of}`)
      .join(", ");
  if (Array.isArray(value))
    return value.map((item) => scenario.nodes.find(({ id }) => id === item)?.name ?? String(item)).join(", ");
  return typeof value === "number" ? format.number(value) : String(value);
}

/** What an entry does, without its time: operation, part, arguments. */
export function useEntryWords(): (entry: TimelineEntry) => { operation: string; target: string; args: string } {
  const words = useText();
  const scenario = useDocument((s) => s.scenario);
  return (entry) => {
    const spec = operationSpec(entry.do);
    const args = (spec?.args ?? []).flatMap((field) => {
      const value = entry.args?.[field.name] ?? field.default;
      const isEmpty = value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
      if (isEmpty) return [];
      const label = words.find(`operations.args.${field.name}`) ?? field.name;
      return [`${label} ${argumentText(field, value, scenario, words)}`];
    });
    return {
      operation: operationName(entry.do, words),
      target: targetName(scenario, entry.target, words),
      args: args.join(" · "),
    };
  };
}
