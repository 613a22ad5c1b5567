import { useId } from "react";
import type { FieldSpec, SettingValue } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { unitsOf } from "../units.ts";
import styles from "./Editors.module.css";
import type { EditorProps } from "./editor.ts";
import { NumberInput } from "./NumberInput.tsx";
import { TextInput } from "./TextInput.tsx";

/** How one number inside a compound value is typed. */
export interface PartSpec {
  name: string;
  unit?: FieldSpec["unit"];
  whole?: boolean;
  text?: boolean;
  /** Word for it, when it is not the name's (`fields.parts.<name>`). */
  word?: string;
}

/** The numbers of a compound value, one a line. */
export function Parts({
  value,
  parts,
  disabled,
  onChange,
  refuse,
}: {
  value: { readonly [name: string]: SettingValue };
  parts: readonly PartSpec[];
  disabled: boolean;
  onChange(name: string, value: SettingValue, burst?: boolean): boolean;
  refuse(sentence: string): void;
}) {
  const { find } = useText();
  const base = useId();
  return parts.map((part) => {
    const label = find(`fields.parts.${part.word ?? part.name}`) ?? part.name;
    const id = `${base}-${part.name}`;
    const now = value[part.name];
    return (
      <div key={part.name} className={styles.part}>
        <label htmlFor={id}>{label}</label>
        {part.text ? (
          <TextInput
            id={id}
            value={typeof now === "string" ? now : ""}
            disabled={disabled}
            onCommit={(text) => onChange(part.name, text)}
          />
        ) : (
          <NumberInput
            id={id}
            label={label}
            value={typeof now === "number" ? now : null}
            units={unitsOf({ type: "number", ...(part.unit && { unit: part.unit }) })}
            whole={part.whole ?? false}
            disabled={disabled}
            onCommit={(next, burst) => next !== null && onChange(part.name, next, burst)}
            onRefuse={refuse}
          />
        )}
      </div>
    );
  });
}

/** The menu that chooses the form of a compound value: the field's own control. */
export function FormMenu({
  props,
  tag,
  forms,
  now,
  onChoose,
}: {
  props: EditorProps;
  tag: "d" | "p" | "k" | "b";
  forms: readonly string[];
  now: string;
  onChoose(form: string): void;
}) {
  const { t, find } = useText();
  return (
    <select
      id={props.id}
      className={`${controls.select} ${styles.select}`}
      disabled={props.disabled}
      aria-describedby={props.describedBy}
      value={props.mixed ? "" : now}
      onChange={(event) => onChoose(event.target.value)}
    >
      {props.mixed && (
        <option value="" disabled>
          {t("panels.inspector.mixed")}
        </option>
      )}
      {forms.map((form) => (
        <option key={form} value={form}>
          {find(`fields.forms.${tag}.${form}`) ?? form}
        </option>
      ))}
    </select>
  );
}
