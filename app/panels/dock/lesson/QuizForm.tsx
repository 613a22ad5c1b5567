import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { QuizStep } from "../../../../engine/lesson/index.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import styles from "./Author.module.css";
import { moved } from "./edit-lesson.ts";
import {
  acceptedIn,
  asQuiz,
  QUIZ_KINDS,
  type QuizKind,
  type QuizOption,
  withoutQuizOption,
  withQuizOption,
  withQuizRight,
} from "./quizzes.ts";
import { TextPair } from "./TextPair.tsx";

/** A number or a list of words, taken as soon as it can be read. */
function Answer({ label, value, take }: { label: string; value: string; take(text: string): boolean }) {
  const { t } = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const [isBad, setBad] = useState(false);
  return (
    <label>
      <span>{label}</span>
      <input
        className={controls.input}
        size={24}
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
          {t("lesson.author.quiz.bad")}
        </span>
      )}
    </label>
  );
}

/** How a quiz is answered, its options, and which of them are right. */
export function QuizForm({ step, onChange }: { step: QuizStep; onChange(step: QuizStep): void }) {
  const { t } = useText();
  const add = useRef<HTMLButtonElement>(null);
  const { kind, options = [], answer, tolerance, accept = [] } = step;
  const hasOptions = kind !== "number" && kind !== "text";
  const put = (next: QuizOption[]) => onChange({ ...step, options: next });
  const number = (text: string): number | undefined => {
    const value = Number(text.replace(",", "."));
    return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
  };
  return (
    <div className={styles.predict}>
      <div className={styles.row}>
        <label>
          <span>{t("lesson.author.predict.kind")}</span>
          <select
            className={controls.select}
            value={kind}
            onChange={({ target }) => onChange(asQuiz(step, target.value as QuizKind))}
          >
            {QUIZ_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`lesson.author.quiz.kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {kind === "number" && (
          <>
            <Answer
              label={t("lesson.author.quiz.answer")}
              value={String(answer ?? "")}
              take={(text) => {
                const value = number(text);
                if (value !== undefined) onChange({ ...step, answer: value });
                return value !== undefined;
              }}
            />
            <Answer
              label={t("lesson.author.quiz.tolerance")}
              value={tolerance === undefined ? "" : String(Number((tolerance * 100).toPrecision(12)))}
              take={(text) => {
                const { tolerance: _, ...rest } = step;
                const value = number(text);
                const isGood = text.trim() === "" || (value !== undefined && value >= 0 && value <= 100);
                if (isGood) onChange(value === undefined ? rest : { ...rest, tolerance: value / 100 });
                return isGood;
              }}
            />
          </>
        )}
        {kind === "text" && (
          <Answer
            label={t("lesson.author.quiz.accept")}
            value={accept.join(", ")}
            take={(text) => {
              onChange({ ...step, accept: acceptedIn(text) });
              return true;
            }}
          />
        )}
      </div>
      {kind === "order" && <p className={styles.hint}>{t("lesson.author.quiz.order")}</p>}
      {hasOptions &&
        options.map((option, i) => {
          const name = `${t("lesson.author.parts.options")} ${i + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: options have no names of their own
            <div key={i} className={styles.option} data-option={i}>
              <TextPair
                label={name}
                text={option.text}
                onChange={(text) => put(options.map((one, k) => (k === i ? { ...one, text } : one)))}
              />
              <div className={styles.row}>
                {kind !== "order" && (
                  <label>
                    <input
                      type={kind === "single" ? "radio" : "checkbox"}
                      checked={option.right === true}
                      aria-label={[name, t("lesson.author.predict.right")].join(t("canvas.spoken.comma"))}
                      onChange={({ target }) => put(withQuizRight(step, i, target.checked))}
                    />
                    <span>{t("lesson.author.predict.right")}</span>
                  </label>
                )}
                <span className={styles.tools}>
                  <IconButton
                    label={t("lesson.author.predict.up", { n: i + 1 })}
                    disabled={i === 0}
                    onClick={() => put(moved(options, i, -1))}
                  >
                    <ArrowUp size={14} />
                  </IconButton>
                  <IconButton
                    label={t("lesson.author.predict.down", { n: i + 1 })}
                    disabled={i === options.length - 1}
                    onClick={() => put(moved(options, i, 1))}
                  >
                    <ArrowDown size={14} />
                  </IconButton>
                  <IconButton
                    label={t("lesson.author.predict.remove", { n: i + 1 })}
                    disabled={options.length <= 2}
                    onClick={() => {
                      put(withoutQuizOption(step, i));
                      add.current?.focus();
                    }}
                  >
                    <Trash2 size={14} />
                  </IconButton>
                </span>
              </div>
            </div>
          );
        })}
      {hasOptions && (
        <div className={styles.bar}>
          <button ref={add} type="button" className={controls.button} onClick={() => put(withQuizOption(step))}>
            <Plus size={14} aria-hidden />
            {t("lesson.author.predict.add")}
          </button>
        </div>
      )}
    </div>
  );
}
