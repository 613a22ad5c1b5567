import {
  type FieldSpec,
  fieldsOf,
  isSame,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  type SettingValue,
  settingsOf,
} from "../../../../engine/scenario/index.ts";

/** How the drawing of one run differs from another's, as far as a run can notice. */
export type Change =
  | { what: "seed"; before: number; after: number }
  | { what: "added" | "removed"; name: string }
  | {
      what: "setting";
      /** Of the node or edge. */
      name: string;
      kind: string;
      field: FieldSpec;
      /** Part of a compound value, "" for the whole. */
      part: string;
      before: SettingValue;
      after: SettingValue;
    }
  | { what: "timeline" };

type Item = ScenarioNode | ScenarioEdge;

const nameIn = ({ nodes }: Scenario, item: Item): string => {
  if ("x" in item) return item.name;
  const of = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
  return `${of(item.from)} → ${of(item.to)}`;
};

/** What is drawn for people alone. */
const isSeen = ({ kind }: Item): boolean => kind !== "note" && kind !== "frame";

/** What was changed between two drawings, in the order of the later one. */
export function changesBetween(before: Scenario, after: Scenario): Change[] {
  const changes: Change[] = [];
  if (before.seed !== after.seed) changes.push({ what: "seed", before: before.seed, after: after.seed });
  const [old, now] = [before, after].map(({ nodes, edges }) => [...nodes, ...edges].filter(isSeen)) as [Item[], Item[]];
  const was = new Map(old.map((item) => [item.id, item]));
  const is = new Set(now.map(({ id }) => id));
  for (const item of now) {
    const other = was.get(item.id);
    if (other === undefined || other.kind !== item.kind) changes.push({ what: "added", name: nameIn(after, item) });
    else changes.push(...settingsBetween(other, item, nameIn(after, item)));
  }
  for (const item of old) if (!is.has(item.id)) changes.push({ what: "removed", name: nameIn(before, item) });
  if (JSON.stringify(before.timeline) !== JSON.stringify(after.timeline)) changes.push({ what: "timeline" });
  return changes;
}

function settingsBetween(before: Item, after: Item, name: string): Change[] {
  const [old, now] = [settingsOf(before), settingsOf(after)];
  return fieldsOf(after.kind).flatMap((field): Change[] => {
    const [a, b] = [old[field.name] ?? null, now[field.name] ?? null];
    if (isSame(a, b)) return [];
    const base = { what: "setting" as const, name, kind: after.kind, field };
    const part = onlyPart(a, b);
    if (part === null) return [{ ...base, part: "", before: a, after: b }];
    const inner = (value: SettingValue) => (value as { [part: string]: SettingValue })[part] ?? null;
    return [{ ...base, part, before: inner(a), after: inner(b) }];
  });
}

/** The one part in which two values of the same form differ (the mean of a distribution); null when there is no such part. */
function onlyPart(a: SettingValue, b: SettingValue): string | null {
  const isForm = (value: SettingValue): value is { [part: string]: SettingValue } =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isForm(a) || !isForm(b)) return null;
  const parts = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((part) => !isSame(a[part], b[part]));
  const [part] = parts;
  return part !== undefined && parts.length === 1 && typeof a[part] === "number" && typeof b[part] === "number"
    ? part
    : null;
}
