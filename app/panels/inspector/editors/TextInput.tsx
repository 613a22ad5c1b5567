import { useState } from "react";
import controls from "../../../styles/controls.module.css";
import styles from "./Editors.module.css";

interface Props {
  id?: string | undefined;
  label?: string | undefined;
  value: string;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** Id of a datalist. */
  list?: string | undefined;
  mono?: boolean;
  lang?: string | undefined;
  /** @returns false when it was refused: what was typed stays until the field is left */
  onCommit(text: string): boolean;
}

/** A line of text that counts when the field is left or Enter is pressed; Escape takes back what was typed. */
export function TextInput({ id, label, value, onCommit, disabled, invalid, describedBy, mono, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      id={id}
      className={`${controls.input} ${styles.text} ${mono ? styles.mono : ""}`}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || draft === null) return;
        if (event.key === "Enter") {
          if (onCommit(draft)) setDraft(null);
          else event.currentTarget.select();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          setDraft(null);
        }
      }}
      onBlur={() => {
        if (draft !== null && draft !== value) onCommit(draft);
        setDraft(null);
      }}
      {...rest}
    />
  );
}
