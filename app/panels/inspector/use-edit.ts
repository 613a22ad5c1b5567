import { useMemo } from "react";
import {
  type FieldSpec,
  fieldOf,
  fieldsOf,
  type Issue,
  isSame,
  isShown,
  offered,
  resetSetting,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  type Settings,
  type SettingValue,
  type Surroundings,
  setSetting,
  settingsIn,
  surroundingsOf,
} from "../../../engine/scenario/index.ts";
import { useDocument } from "../../store/document.ts";

export type Item = ScenarioNode | ScenarioEdge;

export const isNode = (item: Item): item is ScenarioNode => "x" in item;

export const itemOf = (scenario: Scenario, id: string): Item | undefined =>
  scenario.nodes.find((node) => node.id === id) ?? scenario.edges.find((edge) => edge.id === id);

/** One field of what is selected, with the value it has there. */
export interface FieldState {
  /** Kind whose words name the field. */
  kind: string;
  field: FieldSpec;
  value: SettingValue;
  /** The selected items do not agree. */
  mixed: boolean;
  changed: boolean;
}

const visible = (field: FieldSpec, settings: Settings, around: Surroundings): boolean => {
  if (!isShown(field, settings, around)) return false;
  return field.imported !== true || !isSame(settings[field.name], field.default);
};

/** The setting in the words of the product that this item is about: its name, and its choices. */
function realIn(field: FieldSpec, { stores, from, to }: Surroundings): FieldSpec {
  const { realOf, choicesAt } = field;
  const kinds = [...(stores ?? []), from?.kind ?? "", to?.kind ?? ""];
  if (kinds.includes("queue") || kinds.includes("exchange")) return field;
  const real = kinds.find((one) => realOf?.[one] !== undefined);
  const at = kinds.find((one) => choicesAt?.includes(one));
  if (real === undefined && at === undefined) return field;
  return { ...field, ...(real && { real: realOf?.[real] as string }), ...(at && { at }) };
}

/** Fields that all items have and show, in the order of the first item's form. */
export function fieldStates(scenario: Scenario, items: readonly Item[]): FieldState[] {
  const [first] = items;
  if (first === undefined) return [];
  const all = items.map((item) => ({
    item,
    settings: settingsIn(scenario, item),
    around: surroundingsOf(scenario, item),
  }));
  return fieldsOf(first.kind).flatMap((field): FieldState[] => {
    const shared = all.every(({ item, settings, around }) => {
      const own = fieldOf(item.kind, field.name);
      return own !== undefined && own.type === field.type && visible(own, settings, around);
    });
    if (!shared) return [];
    const around = all[0]?.around ?? {};
    const shown = offered(realIn(field, around), around);
    const given = all[0]?.settings[field.name] ?? null;
    // What is not offered has no meaning here: the first that is offered is what happens.
    const isOffered = shown.choices === field.choices || shown.choices?.includes(given as string) === true;
    const value = isOffered ? given : (shown.choices?.[0] ?? given);
    return [
      {
        kind: first.kind,
        field: shown,
        value,
        mixed: all.some(({ settings }) => !isSame(settings[field.name] ?? null, given)),
        changed: all.some(({ settings }) => !isSame(settings[field.name] ?? null, field.default)),
      },
    ];
  });
}

/** Changes a setting of all items, or of none when one of them refuses. */
export function setForAll(
  scenario: Scenario,
  ids: readonly string[],
  name: string,
  value: SettingValue,
): { scenario: Scenario; issues: Issue[] } {
  let now = scenario;
  for (const id of ids) {
    const edited = setSetting(now, id, name, value);
    const errors = edited.issues.filter((issue) => issue.severity === "error");
    if (errors.length > 0) return { scenario, issues: errors };
    now = edited.scenario;
  }
  return { scenario: now, issues: [] };
}

export interface Edit {
  /** @returns why it was refused; empty when it was taken */
  set(name: string, value: SettingValue, burst?: boolean): Issue[];
  reset(name: string): void;
}

/** The way from a form into the document. */
export function useEdit(ids: readonly string[]): Edit {
  const apply = useDocument((s) => s.apply);
  const key = ids.join(" ");
  return useMemo(() => {
    const targets = key.split(" ");
    return {
      set: (name, value, burst = false) => {
        const { scenario, issues } = setForAll(useDocument.getState().scenario, targets, name, value);
        if (issues.length === 0) apply(() => scenario, burst ? { coalesce: `${key}.${name}` } : {});
        return issues;
      },
      reset: (name) => void apply((scenario) => targets.reduce((now, id) => resetSetting(now, id, name), scenario)),
    };
  }, [apply, key]);
}
