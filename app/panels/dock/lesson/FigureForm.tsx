import { useState } from "react";
import { splitPath } from "../../../../engine/lesson/index.ts";
import { AGGREGATES, type Reading } from "../../../../engine/lesson/types.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
import { Choice } from "../Choice.tsx";
import styles from "./Author.module.css";
import { useMeasured } from "./measured.ts";
import { type Stretch, stretchOf, withAggregate, withStretch } from "./readings.ts";

/** Which figure of the run answers: of what, which, how taken, and over which stretch. @param isCurve all values of the stretch count, not one of them */
export function FigureForm({
  reading,
  isCurve,
  onChange,
}: {
  reading: Reading;
  isCurve: boolean;
  onChange(reading: Reading): void;
}) {
  const words = useText();
  const { t } = words;
  const { targets, metricsOf, kindOf } = useMeasured();
  const [draft, setDraft] = useState<Stretch | null>(null);
  const place = splitPath(reading.metric);
  const [target, metric] = [place?.id ?? "system", place?.name ?? ""];
  const stretch = draft ?? stretchOf(reading);
  /** The reading over what is written; null when that is no stretch, or one without an end for a curve. */
  const over = (written: Stretch): Reading | null => {
    const next = withStretch(reading, written);
    return isCurve && next?.at === undefined && next?.within === undefined ? null : next;
  };
  const isBad = draft !== null && over(draft) === null;
  const write = (name: keyof Stretch) => (
    <label>
      <span>{t(`lesson.author.figure.${name}`)}</span>
      <input
        className={controls.input}
        inputMode="decimal"
        size={6}
        aria-invalid={isBad}
        value={stretch[name]}
        onChange={(event) => {
          const written = { ...stretch, [name]: event.target.value };
          setDraft(written);
          const next = over(written);
          if (next !== null) onChange(next);
        }}
        onBlur={() => !isBad && setDraft(null)}
      />
    </label>
  );
  return (
    <fieldset className={styles.checks}>
      <legend>{t("lesson.author.figure.title")}</legend>
      <div className={styles.row}>
        <Choice
          label={t("lesson.author.check.target")}
          value={target}
          options={targets}
          onChange={(id) => {
            const there = metricsOf(id);
            const same = there.includes(metric) ? metric : there[0];
            if (same !== undefined) onChange({ ...reading, metric: `${id}.${same}` });
          }}
        />
        <Choice
          label={t("lesson.author.check.metric")}
          value={metric}
          options={metricsOf(target).map((one) => [one, metricInFull(one, kindOf(target), words)])}
          onChange={(one) => onChange({ ...reading, metric: `${target}.${one}` })}
        />
        {!isCurve && (
          <Choice
            label={t("lesson.author.check.agg")}
            value={reading.agg ?? "last"}
            options={AGGREGATES.map((agg) => [agg, t(`lesson.author.check.aggs.${agg}`)])}
            onChange={(agg) => onChange(withAggregate(reading, agg))}
          />
        )}
        {write("from")}
        {write("to")}
      </div>
      {isBad && (
        <p role="alert" className={styles.bad}>
          {t("lesson.author.figure.bad")}
        </p>
      )}
    </fieldset>
  );
}
