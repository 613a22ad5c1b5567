import {
  type Condition,
  type MetricCheck,
  metricAt,
  type Reading,
  splitPath,
  type Verdict,
} from "../../../engine/lesson/index.ts";
import { fieldOf, type Scenario, type SettingValue } from "../../../engine/scenario/index.ts";
import type { Words } from "../../text/index.ts";
import { metricInFull } from "../../text/metric-words.ts";
import { showValue, unitOf } from "../dock/charts/metric-format.ts";
import { labelOf, showValueOf } from "../inspector/words.ts";

const SIGNS: Record<string, string> = { ">=": "≥", "<=": "≤", "!=": "≠" };
const sign = (op: string): string => SIGNS[op] ?? op;

const itemOf = (scenario: Scenario, id: string) =>
  scenario.nodes.find((node) => node.id === id) ?? scenario.edges.find((edge) => edge.id === id);

function nameOf(scenario: Scenario, id: string, { t }: Words): string {
  if (id === "system") return t("lesson.check.system");
  const node = scenario.nodes.find((one) => one.id === id);
  if (node !== undefined) return node.name;
  const edge = scenario.edges.find((one) => one.id === id);
  const end = (at: string) => scenario.nodes.find((one) => one.id === at)?.name ?? at;
  return edge === undefined ? id : `${end(edge.from)} → ${end(edge.to)}`;
}

/** A figure of a check with its unit; checks have times in ms. */
export function showFigure(path: string, value: number, scenario: Scenario, words: Words): string {
  const place = splitPath(path);
  const name = place === null ? path : (metricAt(scenario, place.id, place.name)?.name ?? place.name);
  const unit = unitOf(name);
  return showValue(unit === "time" ? value * 1000 : value, unit, words);
}

const time = (ms: number, { format }: Words): string => format.duration(ms * 1000);

function whenOf(check: MetricCheck, words: Words): string {
  const { t } = words;
  if (check.for !== undefined) return t("lesson.check.held", { time: time(check.for, words) });
  const { within, at } = check;
  if (Array.isArray(within))
    return t("lesson.check.within", { from: time(within[0], words), to: time(within[1], words) });
  const to = within ?? at;
  if (to === undefined) return "";
  const isMoment = check.agg === undefined || check.agg === "last";
  return t(isMoment ? "lesson.check.at" : "lesson.check.by", { time: time(to, words) });
}

function metricWords({ metric: path, agg }: Reading, scenario: Scenario, words: Words): string {
  const place = splitPath(path);
  const found = place === null ? undefined : metricAt(scenario, place.id, place.name);
  const kind = itemOf(scenario, place?.id ?? "")?.kind ?? "system";
  const asNamed = found?.name.endsWith(".total") === true ? found.name.slice(0, -".total".length) : found?.name;
  const metric = metricInFull(asNamed ?? path, kind, words);
  return agg === undefined || agg === "last" ? metric : words.t(`lesson.check.agg.${agg}`, { metric });
}

/** A check as a sentence that a person can act on. */
export function conditionWords(condition: Condition, scenario: Scenario, words: Words): string {
  const { t, find } = words;
  if ("any" in condition)
    return t("lesson.check.any", {
      list: condition.any.map((one) => conditionWords(one, scenario, words)).join(t("lesson.check.or")),
    });
  if ("config" in condition) {
    const place = splitPath(condition.config);
    const item = itemOf(scenario, place?.id ?? "");
    const field = item === undefined ? undefined : fieldOf(item.kind, place?.name ?? "");
    return t("lesson.check.config", {
      name: nameOf(scenario, place?.id ?? "", words),
      field: item === undefined || field === undefined ? condition.config : labelOf(item.kind, field, words),
      op: sign(condition.op),
      value: settingWords(condition.config, condition.value, scenario, words),
    });
  }
  if ("structure" in condition) {
    if (condition.structure === "count")
      return t("lesson.check.count", {
        kind: find(`kinds.${condition.kind}.name`) ?? condition.kind,
        op: sign(condition.op),
        value: condition.value,
      });
    const wanted = (condition.op === "=") === condition.value;
    return t(wanted ? "lesson.check.path" : "lesson.check.noPath", {
      from: nameOf(scenario, condition.from, words),
      to: nameOf(scenario, condition.to, words),
    });
  }
  const place = splitPath(condition.metric);
  const { value } = condition;
  const other = typeof value === "string" ? splitPath(value) : null;
  return t("lesson.check.metric", {
    name: nameOf(scenario, place?.id ?? "", words),
    metric: metricWords(condition, scenario, words),
    op: condition.op === "=" && condition.tolerance !== undefined ? "≈" : sign(condition.op),
    value:
      typeof value === "number"
        ? showFigure(condition.metric, value, scenario, words)
        : `${nameOf(scenario, other?.id ?? "", words)} · ${metricWords({ metric: value }, scenario, words)}`,
    when: whenOf(condition, words),
  });
}

function settingWords(path: string, value: SettingValue, scenario: Scenario, words: Words): string {
  const place = splitPath(path);
  const item = itemOf(scenario, place?.id ?? "");
  const field = item === undefined ? undefined : fieldOf(item.kind, place?.name ?? "");
  return item === undefined || field === undefined ? String(value) : showValueOf(item.kind, field, value, words);
}

/** What was found, with its unit; null when there is nothing to tell. */
export function measuredWords({ condition, measured }: Verdict, scenario: Scenario, words: Words): string | null {
  if (measured === null || "any" in condition || "structure" in condition)
    return typeof measured === "number" ? String(measured) : null;
  if ("config" in condition) return settingWords(condition.config, measured, scenario, words);
  return typeof measured === "number" ? showFigure(condition.metric, measured, scenario, words) : null;
}
