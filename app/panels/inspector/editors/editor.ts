import type { FieldSpec, SettingValue } from "../../../../engine/scenario/index.ts";

/** What every field control is given. */
export interface EditorProps {
  /** Id of the first control: the label points at it. */
  id: string;
  kind: string;
  field: FieldSpec;
  label: string;
  value: SettingValue;
  /** The selected items do not agree: show no value, take a new one for all. */
  mixed: boolean;
  disabled: boolean;
  invalid: boolean;
  describedBy: string | undefined;
  /** @param burst part of a series of small changes that are one undo step @returns whether it was taken */
  commit(value: SettingValue, burst?: boolean): boolean;
  /** Says why what was typed is no value at all. */
  refuse(sentence: string): void;
}
