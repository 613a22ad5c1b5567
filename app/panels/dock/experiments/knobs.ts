import {
  type FieldSpec,
  fieldsOf,
  isShown,
  type Scenario,
  type ScenarioNode,
  type SettingValue,
  settingsOf,
  surroundingsOf,
} from "../../../../engine/scenario/index.ts";

/** A setting of a node that can be swept: a number, or the mean of a random quantity. */
export interface KnobChoice {
  field: FieldSpec;
  path: readonly string[];
  /** As set now. */
  value: number;
}

const NUMBERS: ReadonlySet<string> = new Set(["rate", "integer", "ms", "share", "bytes", "factor"]);

/** Settings of a node that are numbers now, in the order of its form. */
export function knobsOf(scenario: Scenario, node: ScenarioNode): KnobChoice[] {
  const settings = settingsOf(node);
  const around = surroundingsOf(scenario, node);
  return fieldsOf(node.kind).flatMap((field): KnobChoice[] => {
    if (!isShown(field, settings, around)) return [];
    const value = settings[field.name];
    if (NUMBERS.has(field.type)) return typeof value === "number" ? [{ field, path: [field.name], value }] : [];
    if (field.type !== "dist") return [];
    const parts = value as { [part: string]: SettingValue };
    const part = typeof parts.mean === "number" ? "mean" : "value";
    const inner = parts[part];
    return typeof inner === "number" ? [{ field, path: [field.name, part], value: inner }] : [];
  });
}

/** From one number to another in even steps, both ends included. @param points ≥ 1 @param whole rounds, and leaves doubles out */
export function evenly(from: number, to: number, points: number, whole: boolean): number[] {
  const values = Array.from({ length: points }, (_, i) => {
    const value = points === 1 ? from : from + ((to - from) * i) / (points - 1);
    return whole ? Math.round(value) : Number(value.toPrecision(6));
  });
  return [...new Set(values)];
}
