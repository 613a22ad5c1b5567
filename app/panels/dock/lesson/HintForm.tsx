import { Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import type { Text } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Author.module.css";
import { EMPTY_TEXT } from "./edit-lesson.ts";
import { TextPair } from "./TextPair.tsx";

/** As the reader of lessons has it (engine/lesson/read.ts). */
const HINTS_MAX = 10;

/** The hints of a task, which open one by one. */
export function HintForm({ hints, onChange }: { hints: readonly Text[]; onChange(hints: Text[]): void }) {
  const { t } = useText();
  const add = useRef<HTMLButtonElement>(null);
  const name = (i: number) => `${t("lesson.author.parts.hints")} ${i + 1}`;
  return (
    <div className={styles.predict}>
      {hints.map((hint, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hints have no names of their own
        <div key={i} className={styles.option}>
          <TextPair
            label={name(i)}
            text={hint}
            onChange={(next) => onChange(hints.map((one, k) => (k === i ? next : one)))}
          />
          <span className={styles.tools}>
            <IconButton
              label={t("lesson.author.hints.remove", { n: i + 1 })}
              disabled={hints.length <= 1}
              onClick={() => {
                onChange(hints.filter((_, k) => k !== i));
                add.current?.focus();
              }}
            >
              <Trash2 size={14} />
            </IconButton>
          </span>
        </div>
      ))}
      <div className={styles.bar}>
        <button
          ref={add}
          type="button"
          className={controls.button}
          aria-disabled={hints.length >= HINTS_MAX}
          onClick={() => hints.length < HINTS_MAX && onChange([...hints, EMPTY_TEXT])}
        >
          <Plus size={14} aria-hidden />
          {t("lesson.author.hints.add")}
        </button>
      </div>
    </div>
  );
}
