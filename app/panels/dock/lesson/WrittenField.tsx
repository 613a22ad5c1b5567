import { useState } from "react";
import controls from "../../../styles/controls.module.css";
import styles from "./Author.module.css";

interface Props {
  label: string;
  /** Its name where the label alone would not tell it from others. */
  name?: string;
  /** Characters wide. */
  size: number;
  isNumber?: boolean;
  value: string;
  /** Said while what is written cannot be read; left out where everything can. */
  bad?: string;
  /** @returns whether it could be read, and is kept */
  take(text: string): boolean;
}

/** A field that is taken with each sign, as soon as it can be read; what cannot is left standing, and said to be wrong. */
export function WrittenField({ label, name, size, isNumber = false, value, bad, take }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isBad, setBad] = useState(false);
  return (
    <label>
      <span>{label}</span>
      <input
        className={controls.input}
        inputMode={isNumber ? "decimal" : undefined}
        size={size}
        aria-label={name}
        aria-invalid={isBad}
        value={draft ?? value}
        onChange={({ target }) => {
          setDraft(target.value);
          setBad(!take(target.value));
        }}
        onBlur={() => !isBad && setDraft(null)}
      />
      {isBad && (
        <span role="alert" className={styles.bad}>
          {bad}
        </span>
      )}
    </label>
  );
}
