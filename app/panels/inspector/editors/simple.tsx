import { useId } from "react";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { unitsOf } from "../units.ts";
import { choiceOf, noneOf } from "../words.ts";
import styles from "./Editors.module.css";
import type { EditorProps } from "./editor.ts";
import { NumberInput } from "./NumberInput.tsx";
import { TextInput } from "./TextInput.tsx";

export function NumberEditor({ field, value, ...rest }: EditorProps) {
  const words = useText();
  return (
    <NumberInput
      id={rest.id}
      label={rest.label}
      value={typeof value === "number" ? value : null}
      units={unitsOf(field)}
      whole={field.type === "integer" || field.type === "bytes"}
      none={field.nullable ? noneOf(field, words) : undefined}
      mixed={rest.mixed}
      disabled={rest.disabled}
      invalid={rest.invalid}
      describedBy={rest.describedBy}
      onCommit={rest.commit}
      onRefuse={rest.refuse}
    />
  );
}

export function BoolEditor({ id, value, mixed, disabled, describedBy, commit }: EditorProps) {
  const { t } = useText();
  const isOn = value === true;
  return (
    <span className={styles.switchRow}>
      <button
        id={id}
        type="button"
        role="switch"
        className={styles.switch}
        aria-checked={isOn}
        aria-describedby={describedBy}
        disabled={disabled}
        onClick={() => commit(!isOn)}
      >
        <span className={styles.thumb} />
      </button>
      <span className={styles.switchWord}>
        {t(mixed ? "panels.inspector.mixed" : isOn ? "panels.inspector.yes" : "panels.inspector.no")}
      </span>
    </span>
  );
}

export function ChoiceEditor({ id, kind, field, value, mixed, disabled, describedBy, commit }: EditorProps) {
  const words = useText();
  const choices = field.choices ?? [];
  const foreign = typeof value === "string" && !choices.includes(value);
  return (
    <select
      id={id}
      className={`${controls.select} ${styles.select}`}
      aria-describedby={describedBy}
      disabled={disabled}
      value={mixed ? "" : String(value)}
      onChange={(event) => commit(event.target.value)}
    >
      {mixed && (
        <option value="" disabled>
          {words.t("panels.inspector.mixed")}
        </option>
      )}
      {foreign && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choiceOf(kind, field, choice, words)}
        </option>
      ))}
    </select>
  );
}

/** A text. Where `null` has a meaning of its own, a tick says whether there is a text at all: empty and none are different things to a broker. */
export function TextEditor(props: EditorProps & { suggestions?: readonly string[] }) {
  const { id, field, label, value, mixed, disabled, invalid, describedBy, commit, suggestions = [] } = props;
  const words = useText();
  const listId = useId();
  const isNone = value === null && !mixed;
  const input = (
    <>
      <TextInput
        id={id}
        value={mixed ? "" : String(value ?? "")}
        placeholder={mixed ? words.t("panels.inspector.mixed") : isNone ? noneOf(field, words) : undefined}
        maxLength={field.max}
        disabled={disabled || isNone}
        invalid={invalid}
        describedBy={describedBy}
        list={suggestions.length > 0 ? listId : undefined}
        onCommit={(text) => commit(text)}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
  if (!field.nullable) return input;
  return (
    <span className={styles.optional}>
      <input
        type="checkbox"
        className={styles.tick}
        aria-label={label}
        checked={!isNone}
        disabled={disabled}
        onChange={(event) => commit(event.target.checked ? "" : null)}
      />
      {input}
    </span>
  );
}
