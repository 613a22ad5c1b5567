import {
  fieldsOf,
  type Knob,
  METERED_KINDS,
  type Measure,
  type MeteredKind,
  type MetricUnit,
  metricOf,
  metricsFor,
  partsAt,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  type SettingValue,
  SWEEP_POINTS_MAX,
  settingsOf,
} from "../engine/index.ts";
import { Failure } from "./output.ts";

type Item = ScenarioNode | ScenarioEdge;

/** Names that an error message lists at most. */
const LISTED = 12;

/** `consumer-1.instances` or `consumer-1.service.mean`: a node by its name or id, a connection by its id. @throws Failure naming what is not there and what is */
export function knobAt(scenario: Scenario, text: string, option: string): Knob {
  const { item, rest } = split(scenario, text, option);
  const [first = "", ...path] = rest;
  const fields = fieldsOf(item.kind).map(({ name }) => name);
  if (!fields.includes(first))
    throw new Failure(
      `${option}: ${nameOf(item)} (${item.kind}) has no setting "${first}". It has: ${fields.join(", ")}.`,
    );
  let value: SettingValue | undefined = settingsOf(item)[first];
  path.forEach((part, i) => {
    const parts = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
    if (!Object.hasOwn(parts, part)) {
      const place = [first, ...path.slice(0, i)].join(".");
      const known = Object.keys(parts);
      const remedy = known.length === 0 ? `It is ${JSON.stringify(value)}.` : `It has: ${known.join(", ")}.`;
      throw new Failure(`${option}: ${nameOf(item)}.${place} has no part "${part}". ${remedy}`);
    }
    value = parts[part];
  });
  return { id: item.id, path: rest };
}

/** `consumer-1.e2e.p95`, `system.throughput`. @throws Failure naming what is not there and what is */
export function measureAt(scenario: Scenario, text: string, option: string): Measure & { unit: MetricUnit } {
  const isSystem =
    text.startsWith("system.") && !scenario.nodes.some(({ name, id }) => name === "system" || id === "system");
  const found = isSystem ? null : split(scenario, text, option, true);
  const metric = found === null ? text.slice("system.".length) : found.rest.join(".");
  const kind = (found?.item.kind ?? "system") as MeteredKind;
  const groups = found === null ? [] : partsAt(found.item, scenario);
  const isMetered = METERED_KINDS.includes(kind);
  const metrics = isMetered ? metricsFor(kind, groups) : [];
  const spec = isMetered ? metricOf(kind, metric, groups) : undefined;
  if (spec === undefined) {
    const known = metrics.map(({ name }) => name).join(", ") || "none";
    const owner = found === null ? "The system" : `${nameOf(found.item)} (${kind})`;
    throw new Failure(`${option}: ${owner} has no metric "${metric}". Metrics: ${known}.`);
  }
  return { id: found?.item.id ?? "system", metric, unit: spec.unit };
}

const nameOf = (item: Item): string => ("name" in item ? item.name : item.id);

/** The longest beginning of `text` that names something; names may hold dots. A name goes before an id. */
function split(scenario: Scenario, text: string, option: string, nodesOnly = false): { item: Item; rest: string[] } {
  for (let dot = text.lastIndexOf("."); dot > 0; dot = text.lastIndexOf(".", dot - 1)) {
    const head = text.slice(0, dot);
    const item =
      scenario.nodes.find(({ name }) => name === head) ??
      scenario.nodes.find(({ id }) => id === head) ??
      (nodesOnly ? undefined : scenario.edges.find(({ id }) => id === head));
    if (item !== undefined) return { item, rest: text.slice(dot + 1).split(".") };
  }
  const known = scenario.nodes.filter(({ kind }) => fieldsOf(kind).length > 0 && kind !== "note").map(nameOf);
  const listed = known.slice(0, LISTED).join(", ") + (known.length > LISTED ? ", …" : "");
  if (!text.includes("."))
    throw new Failure(`${option} takes NODE.${nodesOnly ? "METRIC" : "SETTING"}, not "${text}". Nodes: ${listed}.`);
  throw new Failure(`${option}: there is no node "${text.slice(0, text.indexOf("."))}". Nodes: ${listed}.`);
}

/** `1..8`, `0.5..0.9:0.1`, `1,2,5`, `drop-head,reject-publish`, and any mix. @throws Failure for what is none of these */
export function valuesOf(text: string, option: string): SettingValue[] {
  const values = text.split(",").flatMap((part) => range(part, option) ?? [scalar(part, option)]);
  if (values.length > SWEEP_POINTS_MAX)
    throw new Failure(
      `${option}: ${text} has ${values.length} values, at most ${SWEEP_POINTS_MAX} can be swept. Take a larger step: 1..100:10.`,
    );
  return values;
}

function scalar(text: string, option: string): SettingValue {
  if (text === "") throw new Failure(`${option}: a value is missing. Give them as 1..8, 1..9:2 or 1,2,5.`);
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return Number.isFinite(Number(text)) && text.trim() !== "" ? Number(text) : text;
}

function range(text: string, option: string): number[] | null {
  const [, from, to, by] = /^(.+?)\.\.(.+?)(?::(.+))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return null;
  const [a, b, step] = [Number(from), Number(to), by === undefined ? 1 : Number(by)];
  if (![a, b, step].every(Number.isFinite) || !(step > 0))
    throw new Failure(`${option}: "${text}" is no range. Give it as 1..8, or with a step above 0 as 1..9:2.`);
  const count = Math.min(1000, Math.floor(Math.abs(b - a) / step + 1e-9) + 1);
  return Array.from({ length: count }, (_, i) => Number((a + Math.sign(b - a) * i * step).toPrecision(12)));
}
