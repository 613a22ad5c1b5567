import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { type PredictOption, type PredictStep, splitPath } from "../../../../engine/lesson/index.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import { unitOf } from "../charts/metric-format.ts";
import { targetName } from "../timeline/words.ts";
import styles from "./Author.module.css";
import { factorOf } from "./CheckList.tsx";
import { FigureForm } from "./FigureForm.tsx";
import { answeredBy, asKind, withMoved, withOption, withoutOption, withRight } from "./predictions.ts";
import { TextPair } from "./TextPair.tsx";

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
  const factor = factorOf(metric);
  const kind = [...scenario.nodes, ...scenario.edges].find(({ id }) => id === place?.id)?.kind ?? "system";
  const add = useRef<HTMLButtonElement>(null);
  const put = (next: PredictOption[]) => onChange({ ...step, options: next });
  const end = (at: number, name: "min" | "max", text: string) => {
    const { [name]: _, ...rest } = options[at] as PredictOption;
    const value = text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
    const option = Number.isFinite(value) ? { ...rest, [name]: Number((value * factor).toPrecision(12)) } : rest;
    put(options.map((one, i) => (i === at ? option : one)));
  };
  return (
    <div className={styles.predict}>
      <div className={styles.row}>
        <label>
          <span>{t("lesson.author.predict.kind")}</span>
          <select
            className={controls.select}
            value={step.kind}
            onChange={({ target }) => onChange(asKind(step, KINDS.find((one) => one === target.value) ?? "choice"))}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`lesson.author.predict.kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {step.kind === "choice" && (
          <label>
            <span>{t("lesson.author.predict.by")}</span>
            <select
              className={controls.select}
              value={answerFrom === undefined ? "author" : "run"}
              onChange={({ target }) => onChange(answeredBy(step, target.value === "run" ? "run" : "author"))}
            >
              <option value="run">{t("lesson.author.predict.byRun")}</option>
              <option value="author">{t("lesson.author.predict.byAuthor")}</option>
            </select>
          </label>
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
      {step.kind === "choice" &&
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
                {answerFrom === undefined ? (
                  <label>
                    <input
                      type="radio"
                      checked={option.right === true}
                      aria-label={[name, t("lesson.author.predict.right")].join(t("canvas.spoken.comma"))}
                      onChange={() => put(withRight(step, i))}
                    />
                    <span>{t("lesson.author.predict.right")}</span>
                  </label>
                ) : (
                  ENDS.map((side) => {
                    const value =
                      option[side] === undefined ? "" : String(Number((option[side] / factor).toPrecision(12)));
                    return (
                      <label key={`${side} ${value}`}>
                        <span>{t(`lesson.author.predict.${side}`)}</span>
                        <input
                          className={controls.input}
                          inputMode="decimal"
                          size={7}
                          aria-label={[name, t(`lesson.author.predict.${side}`)].join(t("canvas.spoken.comma"))}
                          defaultValue={value}
                          onBlur={({ target }) => target.value !== value && end(i, side, target.value)}
                        />
                      </label>
                    );
                  })
                )}
                <span className={styles.tools}>
                  <IconButton
                    label={t("lesson.author.predict.up", { n: i + 1 })}
                    disabled={i === 0}
                    onClick={() => put(withMoved(step, i, -1))}
                  >
                    <ArrowUp size={14} />
                  </IconButton>
                  <IconButton
                    label={t("lesson.author.predict.down", { n: i + 1 })}
                    disabled={i === options.length - 1}
                    onClick={() => put(withMoved(step, i, 1))}
                  >
                    <ArrowDown size={14} />
                  </IconButton>
                  <IconButton
                    label={t("lesson.author.predict.remove", { n: i + 1 })}
                    disabled={options.length <= 2}
                    onClick={() => {
                      put(withoutOption(step, i));
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
      {step.kind === "choice" && (
        <div className={styles.bar}>
          <button ref={add} type="button" className={controls.button} onClick={() => put(withOption(step))}>
            <Plus size={14} aria-hidden />
            {t("lesson.author.predict.add")}
          </button>
        </div>
      )}
    </div>
  );
}
