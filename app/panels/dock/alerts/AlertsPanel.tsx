import { Bell, BellPlus, BellRing, CircleCheck, Clock3, Pencil, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { AlertRule } from "../../../../engine/scenario/index.ts";
import { useAlertForm } from "../../../store/alert-form.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText } from "../../../text/index.ts";
import { showValue, unitOf } from "../charts/metric-format.ts";
import { AlertForm } from "./AlertForm.tsx";
import styles from "./Alerts.module.css";
import { metricWords } from "./metric-words.ts";
import { freeName, presetsFor } from "./presets.ts";

const ICONS = { normal: Bell, pending: Clock3, firing: BellRing, resolved: CircleCheck };
const FOR_MS = 10_000;

function Row({ rule, index, onEdit }: { rule: AlertRule; index: number; onEdit(): void }) {
  const words = useText();
  const { t, format } = words;
  const node = useDocument((s) => s.scenario.nodes.find((one) => one.id === rule.target));
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const select = useView((s) => s.select);
  const status = useRun((s) => s.alerts[index]);
  const state = status?.state ?? "normal";
  const Icon = ICONS[state];
  const unit = unitOf(rule.metric);
  // Thresholds and figures of times are in ms, the formats' are in µs.
  const show = (value: number) => showValue(unit === "time" ? value * 1000 : value, unit, words);
  return (
    <li className={styles.row} data-state={state} data-severity={rule.severity ?? "warning"}>
      <span className={styles.state}>
        <Icon size={15} aria-hidden />
        {t(`panels.dock.alerts.states.${state}`)}
      </span>
      <div className={styles.words}>
        <p className={styles.name}>
          {rule.name} <small>{t(`panels.dock.alerts.severities.${rule.severity ?? "warning"}`)}</small>
        </p>
        <p>
          {t("panels.dock.alerts.says", {
            target: node?.name ?? t("panels.dock.alerts.system"),
            metric: metricWords(rule.metric, node?.kind ?? "system", words),
            op: rule.op,
            threshold: show(rule.threshold),
            for: format.number((rule.for ?? FOR_MS) / 1000),
          })}
          {status !== undefined && !Number.isNaN(status.value) && (
            <>
              {" · "}
              {t("panels.dock.alerts.now", { value: show(status.value) })}
            </>
          )}
          {status !== undefined && state !== "normal" && (
            <>
              {" · "}
              {t("panels.dock.alerts.since", { time: format.clock(status.since) })}
            </>
          )}
        </p>
      </div>
      {node !== undefined && (
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          onClick={() => select({ nodes: [node.id] })}
        >
          {node.name}
        </button>
      )}
      <button
        type="button"
        className={controls.iconButton}
        disabled={readOnly}
        aria-label={t("panels.dock.alerts.edit", { name: rule.name })}
        onClick={onEdit}
      >
        <Pencil size={14} aria-hidden />
      </button>
      <button
        type="button"
        className={controls.iconButton}
        disabled={readOnly}
        aria-label={t("panels.dock.alerts.remove", { name: rule.name })}
        onClick={() => apply((before) => ({ ...before, alerts: before.alerts.filter((one) => one !== rule) }))}
      >
        <Trash2 size={14} aria-hidden />
      </button>
    </li>
  );
}

/** Rules that watch figures, and how each stands. */
export default function AlertsPanel() {
  const { t } = useText();
  const scenario = useDocument((s) => s.scenario);
  const readOnly = useDocument((s) => s.readOnly);
  const apply = useDocument((s) => s.apply);
  const selected = useView((s) => s.selection.nodes);
  /** Index of the rule in the form; −1 = a new one, null = no form. */
  const [form, setForm] = useState<number | null>(null);
  /** A form that is asked for from elsewhere is another one than the one that may be open. */
  const [round, setRound] = useState(0);
  const isAsked = useAlertForm((s) => s.isAsked);
  useEffect(() => {
    if (!isAsked) return;
    setForm(-1);
    setRound((before) => before + 1);
    useAlertForm.setState({ isAsked: false });
  }, [isAsked]);
  const { alerts } = scenario;
  const target = selected.length === 1 ? (selected[0] as string) : "system";
  const presets = presetsFor(scenario, target);
  const kind = scenario.nodes.find((node) => node.id === target)?.kind;
  const fresh: AlertRule = {
    name: freeName(scenario, t("panels.dock.alerts.preset.backlog")),
    target,
    metric: kind === "queue" ? "ready" : target === "system" ? "inSystem" : (presets[0]?.rule.metric ?? "inSystem"),
    op: ">",
    threshold: 100,
  };
  const add = (rule: AlertRule) => apply((before) => ({ ...before, alerts: [...before.alerts, rule] }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <div className={styles.panel} tabIndex={0}>
      {alerts.length === 0 && <p className={styles.none}>{t("panels.dock.alerts.none")}</p>}
      <ul aria-label={t("panels.dock.alerts.list")}>
        {alerts.map((rule, index) =>
          form === index ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
            <li key={index}>
              <AlertForm
                rule={rule}
                onCancel={() => setForm(null)}
                onSave={(changed) => {
                  apply((before) => ({
                    ...before,
                    alerts: before.alerts.map((one) => (one === rule ? changed : one)),
                  }));
                  setForm(null);
                }}
              />
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Row key={index} rule={rule} index={index} onEdit={() => setForm(index)} />
          ),
        )}
      </ul>
      {form === -1 ? (
        <AlertForm
          key={round}
          rule={fresh}
          onCancel={() => setForm(null)}
          onSave={(rule) => {
            add(rule);
            setForm(null);
          }}
        />
      ) : (
        <div className={styles.adding}>
          <button type="button" className={controls.button} disabled={readOnly} onClick={() => setForm(-1)}>
            <BellPlus size={15} aria-hidden />
            {t("panels.dock.alerts.add")}
          </button>
          {presets.length > 0 && <span className={styles.or}>{t("panels.dock.alerts.presets")}</span>}
          {presets.map((preset) => (
            <button
              key={preset.id}
              type="button"
              className={`${controls.button} ${controls.quiet}`}
              disabled={readOnly}
              onClick={() =>
                add({
                  name: freeName(scenario, t(`panels.dock.alerts.preset.${preset.id}`)),
                  target,
                  ...preset.rule,
                })
              }
            >
              {t(`panels.dock.alerts.preset.${preset.id}`)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
