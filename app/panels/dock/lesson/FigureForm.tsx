import { useState } from "react";
import { splitPath } from "../../../../engine/lesson/index.ts";
import { AGGREGATES, type Aggregate, type Reading } from "../../../../engine/lesson/types.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
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
  const next = draft === null ? null : withStretch(reading, draft);
  const isBad = draft !== null && (next === null || (isCurve && next.at === undefined && next.within === undefined));
  const metrics = metricsOf(target);
  const pick = (
    name: "target" | "metric" | "agg",
    value: string,
    options: readonly (readonly [value: string, label: string])[],
    choose: (value: string) => void,
  ) => (
    <label>
      <span>{t(`lesson.author.check.${name}`)}</span>
      <select className={controls.select} value={value} onChange={(event) => choose(event.target.value)}>
        {/* What is written as data may name what is not measured now: it stays until another is chosen. */}
        {options.every(([one]) => one !== value) && <option value={value}>{value}</option>}
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
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
          const over = withStretch(reading, written);
          if (over !== null && !(isCurve && over.at === undefined && over.within === undefined)) onChange(over);
        }}
        onBlur={() => !isBad && setDraft(null)}
      />
    </label>
  );
  return (
    <fieldset className={styles.checks}>
      <legend>{t("lesson.author.figure.title")}</legend>
      <div className={styles.row}>
        {pick("target", target, targets, (id) => {
          const there = metricsOf(id);
          const same = there.includes(metric) ? metric : there[0];
          if (same !== undefined) onChange({ ...reading, metric: `${id}.${same}` });
        })}
        {pick(
          "metric",
          metric,
          metrics.map((one) => [one, metricInFull(one, kindOf(target), words)]),
          (one) => onChange({ ...reading, metric: `${target}.${one}` }),
        )}
        {!isCurve &&
          pick(
            "agg",
            reading.agg ?? "last",
            AGGREGATES.map((one) => [one, t(`lesson.author.check.aggs.${one}`)]),
            (agg) => onChange(withAggregate(reading, agg as Aggregate)),
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
