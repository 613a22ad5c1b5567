import { type FormEvent, useId, useState } from "react";
import type { AlertRule } from "../../../../engine/scenario/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { typedNumber } from "../../../text/typed-number.ts";
import { Choice } from "../Choice.tsx";
import { unitOf } from "../charts/metric-format.ts";
import styles from "./Alerts.module.css";
import { metricWords } from "./metric-words.ts";

const OPS = [">", ">=", "<", "<=", "="] as const;
const SEVERITIES = ["info", "warning", "critical"] as const;
const FOR_MS = 10_000;

/** One rule as a form. Times are entered in seconds, thresholds in the unit that stands beside the field (ms for times). */
export function AlertForm({
  rule,
  onSave,
  onCancel,
}: {
  rule: AlertRule;
  onSave(rule: AlertRule): void;
  onCancel(): void;
}) {
  const words = useText();
  const { t } = words;
  const id = useId();
  const nodes = useDocument((s) => s.scenario.nodes);
  const layout = useRun((s) => s.layout);
  const [draft, setDraft] = useState(rule);
  const [threshold, setThreshold] = useState(String(rule.threshold));
  const [error, setError] = useState<string | null>(null);
  const change = (more: Partial<AlertRule>) => setDraft({ ...draft, ...more });
  const place = draft.target === "system" ? layout?.system : layout?.nodes.findLast((node) => node.id === draft.target);
  const metrics = place?.metrics ?? [draft.metric];
  const kind = draft.target === "system" ? "system" : (nodes.find((node) => node.id === draft.target)?.kind ?? "");
  const unit = unitOf(draft.metric);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const value = typedNumber(threshold);
    if (Number.isNaN(value)) setError(t("panels.dock.alerts.badNumber"));
    else if (draft.name.trim() === "") setError(t("panels.dock.alerts.needsName"));
    else onSave({ ...draft, name: draft.name.trim(), threshold: value });
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <label>
        <span>{t("panels.dock.alerts.name")}</span>
        <input
          className={controls.input}
          value={draft.name}
          maxLength={127}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this form
          autoFocus
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <Choice
        label={t("panels.dock.alerts.target")}
        value={draft.target}
        options={[
          ["system", t("panels.dock.alerts.system")],
          ...nodes
            .filter((node) => layout?.nodes.some((one) => one.id === node.id))
            .map((node) => [node.id, node.name] as const),
        ]}
        onChange={(target) => {
          const other = target === "system" ? layout?.system : layout?.nodes.findLast((node) => node.id === target);
          const metric = other?.metrics.includes(draft.metric) ? draft.metric : (other?.metrics[0] ?? draft.metric);
          change({ target, metric });
        }}
      />
      <label className={styles.wide}>
        <span>{t("panels.dock.alerts.metric")}</span>
        <select
          className={controls.select}
          value={draft.metric}
          onChange={(event) => change({ metric: event.target.value })}
        >
          {metrics.map((metric) => (
            <option key={metric} value={metric}>
              {metricWords(metric, kind, words)}
            </option>
          ))}
        </select>
      </label>
      <Choice
        label={t("panels.dock.alerts.op")}
        value={draft.op}
        options={OPS.map((op) => [op, op])}
        onChange={(op) => change({ op })}
      />
      <label htmlFor={`${id}-threshold`}>
        <span>
          {t("panels.dock.alerts.threshold")}
          {unit === "time" ? " (ms)" : unit === "share" ? " (0–1)" : ""}
        </span>
        <input
          id={`${id}-threshold`}
          className={controls.input}
          inputMode="decimal"
          value={threshold}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={(event) => setThreshold(event.target.value)}
        />
      </label>
      {(["for", "keep"] as const).map((field) => (
        <label key={field}>
          <span>
            {t(`panels.dock.alerts.${field}`)} ({t("panels.dock.alerts.seconds")})
          </span>
          <input
            className={controls.input}
            type="number"
            min={0}
            max={604_800}
            step="any"
            value={(draft[field] ?? (field === "for" ? FOR_MS : 0)) / 1000}
            onChange={(event) => change({ [field]: Math.max(0, Number(event.target.value) || 0) * 1000 })}
          />
        </label>
      ))}
      <Choice
        label={t("panels.dock.alerts.severity")}
        value={draft.severity ?? "warning"}
        options={SEVERITIES.map((severity) => [severity, t(`panels.dock.alerts.severities.${severity}`)])}
        onChange={(severity) => change({ severity })}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.pause === true}
          onChange={(event) => change({ pause: event.target.checked })}
        />
        {t("panels.dock.alerts.pause")}
      </label>
      {error !== null && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        <button type="submit" className={`${controls.button} ${controls.primary}`}>
          {t("panels.dock.alerts.save")}
        </button>
        <button type="button" className={controls.button} onClick={onCancel}>
          {t("panels.dock.alerts.cancel")}
        </button>
      </div>
    </form>
  );
}
