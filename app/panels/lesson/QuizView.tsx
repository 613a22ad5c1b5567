import { ArrowDown, ArrowUp } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { isRight, type QuizAnswer, type QuizStep } from "../../../engine/lesson/index.ts";
import { useLesson } from "../../store/lesson.ts";
import controls from "../../styles/controls.module.css";
import { useText } from "../../text/index.ts";
import { typedNumber } from "../../text/typed-number.ts";
import { IconButton } from "../shell/IconButton.tsx";
import styles from "./Lesson.module.css";
import { LessonText } from "./LessonText.tsx";
import { record } from "./session.ts";

/** Not the right order, and the same for everybody: the last first, then the first, and so on inwards. */
function mixed(count: number): number[] {
  const order: number[] = [];
  for (let low = 0, high = count - 1; low <= high; low++, high--) order.push(...(low === high ? [low] : [high, low]));
  return order;
}

function Picks({
  step,
  picked,
  onPick,
}: {
  step: QuizStep;
  picked: readonly number[];
  onPick(picked: number[]): void;
}) {
  const { of } = useText();
  const id = useId();
  const isMulti = step.kind === "multi";
  return (
    <fieldset className={styles.choices}>
      {step.options?.map((option, i) => (
        <label key={option.text.en} className={styles.choice}>
          <input
            type={isMulti ? "checkbox" : "radio"}
            name={id}
            checked={picked.includes(i)}
            onChange={(event) =>
              onPick(!isMulti ? [i] : event.target.checked ? [...picked, i] : picked.filter((other) => other !== i))
            }
          />
          <span>
            <LessonText text={of(option.text)} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Order({
  step,
  picked,
  onPick,
}: {
  step: QuizStep;
  picked: readonly number[];
  onPick(picked: number[]): void;
}) {
  const { t, of } = useText();
  const move = (at: number, by: -1 | 1) => {
    const next = [...picked];
    [next[at], next[at + by]] = [next[at + by] as number, next[at] as number];
    onPick(next);
  };
  return (
    <ol className={styles.order}>
      {picked.map((option, at) => {
        const text = of(step.options?.[option]?.text);
        return (
          <li key={option}>
            <span>
              <LessonText text={text} />
            </span>
            <IconButton label={`${t("lesson.quiz.up")}: ${text}`} disabled={at === 0} onClick={() => move(at, -1)}>
              <ArrowUp size={14} />
            </IconButton>
            <IconButton
              label={`${t("lesson.quiz.down")}: ${text}`}
              disabled={at === picked.length - 1}
              onClick={() => move(at, 1)}
            >
              <ArrowDown size={14} />
            </IconButton>
          </li>
        );
      })}
    </ol>
  );
}

/** A question after the run; it may be answered again until it is right, and one may go on without. */
export function QuizView({ step, at }: { step: QuizStep; at: number }) {
  const { t, of } = useText();
  const kept = useLesson((s) => s.progress.records[at]);
  const given = kept?.answer;
  const [picked, setPicked] = useState<number[]>(
    given !== undefined && "picked" in given
      ? given.picked
      : step.kind === "order"
        ? mixed(step.options?.length ?? 0)
        : [],
  );
  const [text, setText] = useState(
    given === undefined ? "" : "number" in given ? String(given.number) : "text" in given ? given.text : "",
  );
  const isRightNow = kept?.done === true;
  const answer = (event: FormEvent) => {
    event.preventDefault();
    const said: QuizAnswer =
      step.kind === "number" ? { number: typedNumber(text) } : step.kind === "text" ? { text } : { picked };
    record(at, { answer: said, done: isRight(step, said) });
  };
  const isTyped = step.kind === "number" || step.kind === "text";
  return (
    <form onSubmit={answer}>
      <p className={styles.words}>
        <LessonText text={of(step.ask)} />
      </p>
      {isTyped ? (
        <label className={styles.number}>
          <span>{t("lesson.quiz.number")}</span>
          <input
            className={controls.input}
            inputMode={step.kind === "number" ? "decimal" : "text"}
            size={12}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      ) : step.kind === "order" ? (
        <Order step={step} picked={picked} onPick={setPicked} />
      ) : (
        <Picks step={step} picked={picked} onPick={setPicked} />
      )}
      <div className={styles.actions}>
        <button
          type="submit"
          className={`${controls.button} ${isRightNow ? "" : controls.primary}`}
          disabled={isTyped ? text.trim() === "" : picked.length === 0}
        >
          {t("lesson.quiz.answer")}
        </button>
      </div>
      <div role="status" aria-live="assertive">
        {given !== undefined && (
          <p className={isRightNow ? styles.good : styles.bad}>
            {t(isRightNow ? "lesson.quiz.right" : "lesson.quiz.wrong")}
          </p>
        )}
        {isRightNow && (
          <p className={styles.why}>
            <LessonText text={of(step.why)} />
          </p>
        )}
      </div>
    </form>
  );
}
