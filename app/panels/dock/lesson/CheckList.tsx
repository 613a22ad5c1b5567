import { Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import {
  AGGREGATES,
  type Aggregate,
  type Condition,
  type MetricCheck,
  OPERATORS,
  type Operator,
} from "../../../../engine/lesson/types.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
import { conditionWords } from "../../lesson/check-words.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import { unitOf } from "../charts/metric-format.ts";
import styles from "./Author.module.css";
import { useMeasured } from "./measured.ts";

/** Checks count times in ms and shares from 0 to 1; a person writes seconds and per cent. */
const FACTORS: Readonly<Record<string, number>> = { time: 1000, share: 0.01 };
/** What a figure as a person writes it is multiplied by, to be one as checks count it. */
export const factorOf = (metric: string): number => FACTORS[unitOf(metric)] ?? 1;

interface Draft {
  target: string;
  metric: string;
  agg: Aggregate;
  op: Operator;
  value: string;
  at: string;
}

const FIRST: Draft = { target: "system", metric: "lost", agg: "last", op: "<=", value: "0", at: "60" };

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".")));

/** What a draft asks for; null while a number is missing. */
export function checkOf({ target, metric, agg, op, value, at }: Draft): MetricCheck | null {
  const [wanted, seconds] = [numberOf(value), numberOf(at)];
  if (!Number.isFinite(wanted) || !(seconds > 0)) return null;
  const factor = factorOf(metric);
  return {
    metric: `${target}.${metric}`,
    ...(agg !== "last" && { agg }),
    op,
    value: Number((wanted * factor).toPrecision(12)),
    at: Math.round(seconds * 1000),
  };
}

/** The checks of a task in words, and a new one put together from lists. */
export function CheckList({
  checks,
  onAdd,
  onRemove,
}: {
  checks: readonly Condition[];
  onAdd(check: MetricCheck): void;
  onRemove(at: number): void;
}) {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const { targets, metricsOf, kindOf } = useMeasured();
  const [draft, setDraft] = useState(FIRST);
  const list = useRef<HTMLFieldSetElement>(null);
  const metrics = metricsOf(draft.target);
  const kind = kindOf(draft.target);
  const metric = metrics.includes(draft.metric) ? draft.metric : (metrics[0] ?? "");
  const check = metric === "" ? null : checkOf({ ...draft, metric });
  const pick = (
    name: "target" | "metric" | "agg" | "op",
    value: string,
    options: readonly (readonly [value: string, label: string])[],
  ) => (
    <label>
      <span>{t(`lesson.author.check.${name}`)}</span>
      <select
        className={controls.select}
        value={value}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      >
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  const write = (name: "value" | "at") => (
    <label>
      <span>{t(name === "at" ? "lesson.author.check.at" : `lesson.author.check.units.${unitOf(metric)}`)}</span>
      <input
        className={controls.input}
        inputMode="decimal"
        size={7}
        value={draft[name]}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <fieldset ref={list} className={styles.checks}>
      <legend>{t("lesson.task.checks")}</legend>
      <ul>
        {checks.map((one, i) => (
          <li key={JSON.stringify(one)}>
            <span>{conditionWords(one, scenario, words)}</span>
            <IconButton
              label={t("lesson.author.check.remove", { n: i + 1 })}
              onClick={() => {
                onRemove(i);
                // The button is gone with its line.
                list.current?.querySelector("select")?.focus();
              }}
            >
              <Trash2 size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className={styles.row}>
        {pick("target", draft.target, targets)}
        {pick(
          "metric",
          metric,
          metrics.map((one) => [one, metricInFull(one, kind, words)]),
        )}
        {pick(
          "agg",
          draft.agg,
          AGGREGATES.map((one) => [one, t(`lesson.author.check.aggs.${one}`)]),
        )}
        {pick(
          "op",
          draft.op,
          OPERATORS.map((one) => [one, one]),
        )}
        {write("value")}
        {write("at")}
        <button
          type="button"
          className={controls.button}
          disabled={check === null}
          onClick={() => check !== null && onAdd(check)}
        >
          <Plus size={14} aria-hidden />
          {t("lesson.author.check.add")}
        </button>
      </div>
    </fieldset>
  );
}
