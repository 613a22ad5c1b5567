import { type FormEvent, useMemo } from "react";
import { create } from "zustand";
import {
  budgetOf,
  SEEDS_MAX,
  SWEEP_POINTS_MAX,
  SWEEP_SEEDS_MAX,
  seedsFrom,
  turned,
} from "../../../../engine/metrics/plan.ts";
import type { Scenario, ScenarioNode } from "../../../../engine/scenario/index.ts";
import { frames } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useLesson } from "../../../store/lesson.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import controls from "../../../styles/controls.module.css";
import { useText, type Words } from "../../../text/index.ts";
import { typedNumber } from "../../../text/typed-number.ts";
import { labelOf } from "../../inspector/words.ts";
import { metricWords } from "../alerts/metric-words.ts";
import { Choice } from "../Choice.tsx";
import { unitOf } from "../charts/metric-format.ts";
import styles from "./Experiments.module.css";
import { cancelExperiment, IDLE, type Order, type Planned, startExperiment, useExperiment } from "./experiment.ts";
import { evenly, type KnobChoice, knobsOf } from "./knobs.ts";
import { Results } from "./Results.tsx";

interface Draft {
  isSweep: boolean;
  node: string;
  path: string;
  from: string;
  to: string;
  points: string;
  target: string;
  metric: string;
  until: string;
  warmup: string;
  seeds: string;
}

const FIRST: Draft = {
  isSweep: true,
  node: "",
  path: "",
  from: "",
  to: "",
  points: "8",
  target: "",
  metric: "",
  until: "600",
  warmup: "60",
  seeds: "5",
};

/** What stands in the form, of the document that it is about: another tab may be looked at meanwhile. */
const useDraft = create<{ document: string; draft: Draft }>()(() => ({ document: "", draft: FIRST }));

/** Reports count times in ms. */
const UNIT_WORDS: { readonly [unit: string]: "metrics.units.ms" | "metrics.units.rate" } = {
  time: "metrics.units.ms",
  rate: "metrics.units.rate",
};

/** Metrics that are worth a mean: no totals, no figures of the moment the run happens to end. */
const isMeasured = (metric: string): boolean =>
  /\.(mean|p50|p95|p99|rate)$/.test(metric) || ["share"].includes(unitOf(metric));

/** The same drawing many times over, in spare workers. */
export default function ExperimentsPanel() {
  const words = useText();
  const { t } = words;
  const scenario = useDocument((s) => s.scenario);
  const layout = useRun((s) => s.layout);
  const selected = useView((s) => s.selection.nodes[0]);
  const masked = useLesson((s) => s.masked);
  const document = useDocument((s) => s.id);
  const draft = useDraft((s) => (s.document === document ? s.draft : FIRST));
  const state = useExperiment((s) => (s.document === document ? s : IDLE));
  const change = (more: Partial<Draft>) => useDraft.setState({ document, draft: { ...draft, ...more } });

  const turnable = useMemo(() => scenario.nodes.filter((node) => knobsOf(scenario, node).length > 0), [scenario]);
  const node = choose(turnable, draft.node, selected, "consumer");
  const knobs =
    node === undefined ? [] : knobsOf(scenario, node).filter(({ path }) => !masked.has(`${node.id}.${path[0]}`));
  const knob = knobs.find(({ path }) => path.join(".") === draft.path) ?? usual(knobs);
  const measurable = scenario.nodes.filter((one) =>
    layout?.nodes.some(({ id, metrics }) => id === one.id && metrics.some(isMeasured)),
  );
  const target = draft.target === "system" ? undefined : choose(measurable, draft.target, undefined, "queue");
  const place = target === undefined ? layout?.system : layout?.nodes.findLast(({ id }) => id === target.id);
  const metrics = (place?.metrics ?? []).filter(
    (one) => isMeasured(one) && !frames.isMasked(target?.id ?? "system", one),
  );
  const metric = metrics.includes(draft.metric)
    ? draft.metric
    : (metrics.find((one) => /^(depth|e2e)\.mean$/.test(one)) ?? metrics[0] ?? "");
  const kind = target?.kind ?? "system";
  const from = draft.from === "" ? firstOf(knob) : draft.from;
  const to = draft.to === "" ? lastOf(knob) : draft.to;

  const plan = useMemo((): Planned | string => {
    const [until, warmup, count, points] = [
      typedNumber(draft.until) * 1000,
      typedNumber(draft.warmup) * 1000,
      typedNumber(draft.seeds),
      typedNumber(draft.points),
    ];
    const whole = Number.isInteger(count) && count >= 1 && count <= (draft.isSweep ? SWEEP_SEEDS_MAX : SEEDS_MAX);
    if (!whole || !(until > 0) || !(warmup >= 0 && warmup < until)) return t("experiments.wrongNumbers");
    const rest = {
      until,
      warmup,
      seeds: seedsFrom(scenario.seed, count),
      measure: { id: target?.id ?? "system", metric },
    };
    const unit = UNIT_WORDS[unitOf(metric)];
    const label = metricWords(metric, kind, words) + (unit === undefined ? "" : ` (${t(unit)})`);
    if (!draft.isSweep) return { order: { ...rest, scenarios: [scenario], values: [null] }, knob: null, metric: label };
    if (node === undefined || knob === undefined) return t("experiments.nothing");
    const [first, last] = [typedNumber(from), typedNumber(to)];
    if (![first, last].every(Number.isFinite) || !(points >= 1 && points <= SWEEP_POINTS_MAX))
      return t("experiments.wrongNumbers");
    const values = evenly(first, last, Math.round(points), knob.field.type === "integer");
    const scenarios: Scenario[] = [];
    for (const value of values) {
      const made = turned(scenario, { id: node.id, path: knob.path }, value);
      const [issue] = made.issues;
      if (issue !== undefined)
        return t("experiments.wrong", { why: words.find(`issues.${issue.code}`, issue.facts as never) ?? issue.code });
      scenarios.push(made.scenario);
    }
    const name = `${node.name} · ${labelOf(node.kind, knob.field, words)}`;
    return {
      order: { ...rest, scenarios, values },
      knob: { id: node.id, path: knob.path, label: name },
      metric: label,
    };
  }, [draft, scenario, node, knob, from, to, target, metric, kind, words, t]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typeof plan !== "string") startExperiment(plan);
  };
  const field = (name: "from" | "to" | "points" | "until" | "warmup" | "seeds", value: string) => (
    <label>
      <span>{t(`experiments.${name}`)}</span>
      <input
        className={controls.input}
        inputMode="decimal"
        value={value}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className={styles.panel}>
      <form className={styles.form} aria-label={t("experiments.title")} onSubmit={submit}>
        <label className={styles.wide}>
          <span>{t("experiments.kind")}</span>
          <select
            className={controls.select}
            value={draft.isSweep ? "sweep" : "replicate"}
            onChange={(event) => change({ isSweep: event.target.value === "sweep" })}
          >
            <option value="sweep">{t("experiments.sweep")}</option>
            <option value="replicate">{t("experiments.replicate")}</option>
          </select>
        </label>
        {draft.isSweep && (
          <>
            <Choice
              label={t("experiments.node")}
              value={node?.id ?? ""}
              options={turnable.map(({ id, name }) => [id, name])}
              onChange={(id) => change({ node: id, path: "", from: "", to: "" })}
            />
            <Choice
              label={t("experiments.setting")}
              value={knob?.path.join(".") ?? ""}
              options={knobs.map((one) => [one.path.join("."), knobWords(node, one, words)])}
              onChange={(path) => change({ path, from: "", to: "" })}
            />
            {field("from", from)}
            {field("to", to)}
            {field("points", draft.points)}
          </>
        )}
        <Choice
          label={t("experiments.target")}
          value={target?.id ?? "system"}
          options={[["system", t("experiments.system")], ...measurable.map(({ id, name }) => [id, name] as const)]}
          onChange={(id) => change({ target: id })}
        />
        <Choice
          label={t("experiments.metric")}
          value={metric}
          options={metrics.map((one) => [one, metricWords(one, kind, words)])}
          onChange={(one) => change({ metric: one })}
        />
        {field("until", draft.until)}
        {field("warmup", draft.warmup)}
        {field("seeds", draft.seeds)}
        <div className={styles.actions}>
          {/* Keys make them two buttons: one that turns from Cancel into Run while it is pressed would submit the form. */}
          {state.status === "running" ? (
            <button key="cancel" type="button" className={controls.button} onClick={cancelExperiment}>
              {t("experiments.cancel")}
            </button>
          ) : (
            <button
              key="start"
              type="submit"
              className={`${controls.button} ${controls.primary}`}
              disabled={typeof plan === "string"}
            >
              {t("experiments.start")}
            </button>
          )}
          <span className={styles.budget} role="status">
            {typeof plan === "string" ? plan : budgetWords(plan.order, words)}
          </span>
        </div>
      </form>
      <Results state={state} />
    </div>
  );
}

function choose(
  nodes: readonly ScenarioNode[],
  wanted: string,
  selected: string | undefined,
  kind: string,
): ScenarioNode | undefined {
  const of = (id: string | undefined) => nodes.find((node) => node.id === id);
  return of(wanted) ?? of(selected) ?? nodes.find((node) => node.kind === kind) ?? nodes[0];
}

/** What one sweeps most: how many there are, else how much comes. */
const usual = (knobs: readonly KnobChoice[]): KnobChoice | undefined =>
  knobs.find(({ field }) => field.name === "instances" && knobs.some((one) => one.field.name === "service")) ??
  knobs[0];

const firstOf = (knob: KnobChoice | undefined): string =>
  knob === undefined ? "" : String(knob.field.type === "integer" ? (knob.field.min ?? 1) : knob.value / 2);
const lastOf = (knob: KnobChoice | undefined): string =>
  knob === undefined
    ? ""
    : String(knob.field.type === "integer" ? Math.min(knob.field.max ?? 8, knob.value + 7) : knob.value);

function knobWords(node: ScenarioNode | undefined, { field, path }: KnobChoice, words: Words): string {
  const name = labelOf(node?.kind ?? "", field, words);
  return path[1] === "mean" ? `${name} · ${words.t("metrics.parts.mean")}` : name;
}

function budgetWords(order: Order, { t, format }: Words): string {
  const { runs, messages } = budgetOf(order.scenarios, order);
  return t("experiments.budget", {
    count: runs,
    time: format.duration(order.until * 1000),
    messages: format.count(messages),
  });
}
