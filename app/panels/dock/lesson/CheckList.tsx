import { Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { AGGREGATES, type Condition, type MetricCheck, OPERATORS } from "../../../../engine/lesson/types.ts";
import { useDocument } from "../../../store/document.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { metricInFull } from "../../../text/metric-words.ts";
import { conditionWords } from "../../lesson/check-words.ts";
import { IconButton } from "../../shell/IconButton.tsx";
import { Choice } from "../Choice.tsx";
import { unitOf } from "../charts/metric-format.ts";
import styles from "./Author.module.css";
import { checkOf, FIRST_DRAFT } from "./check-draft.ts";
import { useMeasured } from "./measured.ts";

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
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const list = useRef<HTMLFieldSetElement>(null);
  const metrics = metricsOf(draft.target);
  const kind = kindOf(draft.target);
  const metric = metrics.includes(draft.metric) ? draft.metric : (metrics[0] ?? "");
  const check = metric === "" ? null : checkOf({ ...draft, metric });
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
        <Choice
          label={t("lesson.author.check.target")}
          value={draft.target}
          options={targets}
          onChange={(target) => setDraft({ ...draft, target })}
        />
        <Choice
          label={t("lesson.author.check.metric")}
          value={metric}
          options={metrics.map((one) => [one, metricInFull(one, kind, words)])}
          onChange={(one) => setDraft({ ...draft, metric: one })}
        />
        <Choice
          label={t("lesson.author.check.agg")}
          value={draft.agg}
          options={AGGREGATES.map((agg) => [agg, t(`lesson.author.check.aggs.${agg}`)])}
          onChange={(agg) => setDraft({ ...draft, agg })}
        />
        <Choice
          label={t("lesson.author.check.op")}
          value={draft.op}
          options={OPERATORS.map((op) => [op, op])}
          onChange={(op) => setDraft({ ...draft, op })}
        />
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
