import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import type { Text } from "../../../../engine/scenario/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Author.module.css";
import { moved } from "./edit-lesson.ts";
import { focusAgain } from "./focus-again.ts";
import { ListKeys } from "./list-keys.ts";
import { OPTIONS_MIN } from "./options.ts";
import { TextPair } from "./TextPair.tsx";

interface Option {
  text: Text;
  right?: boolean;
}

interface Props<One extends Option> {
  options: readonly One[];
  /** How the author says which are right; null where that follows from something else. */
  right: { isOne: boolean; mark(at: number, isRight: boolean): One[] } | null;
  /** What else is said of an option. @param name of it, for assistive technology */
  beside?(option: One, at: number, name: string): ReactNode;
  withOneMore(): One[];
  without(at: number): One[];
  onChange(options: One[]): void;
}

/** What can be chosen in a prediction or a quiz: the words of each option, whether it is right, its place among the others. */
export function OptionList<One extends Option>(props: Props<One>) {
  const { options, right, beside, withOneMore, without, onChange } = props;
  const { t } = useText();
  const group = useId();
  const add = useRef<HTMLButtonElement>(null);
  const [keys] = useState(() => new ListKeys());
  const move = (button: HTMLElement, at: number, by: -1 | 1) => {
    keys.move(at, by);
    onChange(moved(options, at, by));
    focusAgain(button, () => button.parentElement?.querySelector<HTMLElement>("button:enabled"));
  };
  const remove = (at: number) => {
    keys.remove(at);
    onChange(without(at));
    add.current?.focus();
  };
  return (
    <>
      {options.map((option, i) => {
        const name = `${t("lesson.author.parts.options")} ${i + 1}`;
        const n = i + 1;
        return (
          <div key={keys.of(i, options.length)} className={styles.option} data-option={i}>
            <TextPair
              label={name}
              text={option.text}
              onChange={(text) => onChange(options.map((one, k) => (k === i ? { ...one, text } : one)))}
            />
            <div className={styles.row}>
              {right !== null && (
                <label>
                  <input
                    type={right.isOne ? "radio" : "checkbox"}
                    name={group}
                    checked={option.right === true}
                    aria-label={[name, t("lesson.author.predict.right")].join(t("canvas.spoken.comma"))}
                    onChange={({ target }) => onChange(right.mark(i, target.checked))}
                  />
                  <span>{t("lesson.author.predict.right")}</span>
                </label>
              )}
              {beside?.(option, i, name)}
              <span className={styles.tools}>
                <IconButton
                  label={t("lesson.author.predict.up", { n })}
                  disabled={i === 0}
                  onClick={({ currentTarget }) => move(currentTarget, i, -1)}
                >
                  <ArrowUp size={14} />
                </IconButton>
                <IconButton
                  label={t("lesson.author.predict.down", { n })}
                  disabled={i === options.length - 1}
                  onClick={({ currentTarget }) => move(currentTarget, i, 1)}
                >
                  <ArrowDown size={14} />
                </IconButton>
                <IconButton
                  label={t("lesson.author.predict.remove", { n })}
                  disabled={options.length <= OPTIONS_MIN}
                  onClick={() => remove(i)}
                >
                  <Trash2 size={14} />
                </IconButton>
              </span>
            </div>
          </div>
        );
      })}
      <div className={styles.bar}>
        <button ref={add} type="button" className={controls.button} onClick={() => onChange(withOneMore())}>
          <Plus size={14} aria-hidden />
          {t("lesson.author.predict.add")}
        </button>
      </div>
    </>
  );
}
