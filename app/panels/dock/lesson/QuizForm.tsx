import type { QuizStep } from "../../../../engine/lesson/index.ts";
import { useText } from "../../../text/index.ts";
import { typedNumber } from "../../../text/typed-number.ts";
import { Choice } from "../Choice.tsx";
import styles from "./Author.module.css";
import { OptionList } from "./OptionList.tsx";
import { acceptedIn, asQuiz, QUIZ_KINDS, withoutQuizOption, withQuizOption, withQuizRight } from "./quizzes.ts";
import { WrittenField } from "./WrittenField.tsx";

/** How a quiz is answered, its options, and which of them are right. */
export function QuizForm({ step, onChange }: { step: QuizStep; onChange(step: QuizStep): void }) {
  const { t } = useText();
  const { kind, options = [] } = step;
  return (
    <div className={styles.predict}>
      <div className={styles.row}>
        <Choice
          label={t("lesson.author.predict.kind")}
          value={kind}
          options={QUIZ_KINDS.map((one) => [one, t(`lesson.author.quiz.kinds.${one}`)])}
          onChange={(next) => onChange(asQuiz(step, next))}
        />
        {kind === "number" && <NumberAnswer step={step} onChange={onChange} />}
        {kind === "text" && (
          <WrittenField
            label={t("lesson.author.quiz.accept")}
            size={24}
            value={(step.accept ?? []).join(", ")}
            take={(text) => {
              onChange({ ...step, accept: acceptedIn(text) });
              return true;
            }}
          />
        )}
      </div>
      {kind === "order" && <p className={styles.hint}>{t("lesson.author.quiz.order")}</p>}
      {kind !== "number" && kind !== "text" && (
        <OptionList
          options={options}
          right={
            kind === "order"
              ? null
              : { isOne: kind === "single", mark: (at, isRight) => withQuizRight(step, at, isRight) }
          }
          withOneMore={() => withQuizOption(step)}
          without={(at) => withoutQuizOption(step, at)}
          onChange={(next) => onChange({ ...step, options: next })}
        />
      )}
    </div>
  );
}

/** The number that is right, and how far from it is right as well. */
function NumberAnswer({ step, onChange }: { step: QuizStep; onChange(step: QuizStep): void }) {
  const { t } = useText();
  const { answer, tolerance, ...rest } = step;
  return (
    <>
      <WrittenField
        label={t("lesson.author.quiz.answer")}
        size={24}
        isNumber
        value={String(answer ?? "")}
        bad={t("lesson.author.badNumber")}
        take={(text) => {
          const value = typedNumber(text);
          if (!Number.isNaN(value)) onChange({ ...step, answer: value });
          return !Number.isNaN(value);
        }}
      />
      <WrittenField
        label={t("lesson.author.quiz.tolerance")}
        size={24}
        isNumber
        value={tolerance === undefined ? "" : String(Number((tolerance * 100).toPrecision(12)))}
        bad={t("lesson.author.badShare")}
        take={(text) => {
          const value = typedNumber(text);
          if (text.trim() === "") onChange({ ...rest, ...(answer !== undefined && { answer }) });
          else if (!(value >= 0 && value <= 100)) return false;
          else onChange({ ...step, tolerance: value / 100 });
          return true;
        }}
      />
    </>
  );
}
