import { type PredictOption, type PredictStep, splitPath } from "../../../../engine/lesson/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
import { typedNumber } from "../../../text/typed-number.ts";
import { Choice } from "../Choice.tsx";
import { unitOf } from "../charts/metric-format.ts";
import { targetName } from "../timeline/words.ts";
import styles from "./Author.module.css";
import { asCounted, asWritten } from "./check-units.ts";
import { FigureForm } from "./FigureForm.tsx";
import { kindIn } from "./measured.ts";
import { OptionList } from "./OptionList.tsx";
import { answeredBy, asKind, withOption, withoutOption, withRight } from "./predictions.ts";
import { WrittenField } from "./WrittenField.tsx";

const KINDS: readonly PredictStep["kind"][] = ["choice", "number", "graph"];
const ENDS = ["min", "max"] as const;

/** A prediction's way of answering, and its options: which one is right follows from the run's figure, or is said here. */
export function PredictForm({ step, onChange }: { step: PredictStep; onChange(step: PredictStep): void }) {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const { options = [], answerFrom } = step;
  const place = splitPath(answerFrom?.metric ?? "");
  const metric = place?.name ?? "";
  const kind = kindIn(scenario, place?.id ?? "system");
  const put = (next: PredictOption[]) => onChange({ ...step, options: next });
  /** The end of an option's stretch, taken from what is written; nothing written leaves it open. */
  const take = (at: number, end: "min" | "max", text: string): boolean => {
    const { [end]: _, ...rest } = options[at] as PredictOption;
    const value = typedNumber(text);
    if (Number.isNaN(value) && text.trim() !== "") return false;
    const option = Number.isNaN(value) ? rest : { ...rest, [end]: asCounted(value, metric) };
    put(options.map((one, i) => (i === at ? option : one)));
    return true;
  };
  return (
    <div className={styles.predict}>
      <div className={styles.row}>
        <Choice
          label={t("lesson.author.predict.kind")}
          value={step.kind}
          options={KINDS.map((one) => [one, t(`lesson.author.predict.kinds.${one}`)])}
          onChange={(next) => onChange(asKind(step, next))}
        />
        {step.kind === "choice" && (
          <Choice
            label={t("lesson.author.predict.by")}
            value={answerFrom === undefined ? "author" : "run"}
            options={[
              ["run", t("lesson.author.predict.byRun")],
              ["author", t("lesson.author.predict.byAuthor")],
            ]}
            onChange={(by) => onChange(answeredBy(step, by))}
          />
        )}
      </div>
      {answerFrom !== undefined && (
        <FigureForm
          reading={answerFrom}
          isCurve={step.kind === "graph"}
          onChange={(reading) => onChange({ ...step, answerFrom: reading })}
        />
      )}
      {step.kind === "choice" && answerFrom !== undefined && (
        <p className={styles.hint}>
          {t("lesson.author.predict.follows", {
            figure: `${place?.id === "system" ? t("lesson.check.system") : targetName(scenario, place?.id ?? "", words)} · ${metricInFull(metric, kind, words)}`,
            unit: t(`lesson.author.check.units.${unitOf(metric)}`),
          })}
        </p>
      )}
      {step.kind === "choice" && (
        <OptionList
          options={options}
          right={answerFrom === undefined ? { isOne: true, mark: (at) => withRight(step, at) } : null}
          beside={(option, at, name) =>
            answerFrom !== undefined &&
            ENDS.map((end) => (
              <WrittenField
                key={end}
                label={t(`lesson.author.predict.${end}`)}
                name={[name, t(`lesson.author.predict.${end}`)].join(t("canvas.spoken.comma"))}
                size={7}
                isNumber
                value={String(option[end] === undefined ? "" : asWritten(option[end], metric))}
                bad={t("lesson.author.badNumber")}
                take={(text) => take(at, end, text)}
              />
            ))
          }
          withOneMore={() => withOption(step)}
          without={(at) => withoutOption(step, at)}
          onChange={put}
        />
      )}
    </div>
  );
}
