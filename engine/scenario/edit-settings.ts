import { checkValue } from "./check-value.ts";
import { connect, remove } from "./edit.ts";
import { NAME_LENGTH_MAX } from "./fields.ts";
import type { Issue } from "./issue.ts";
import { Report } from "./report.ts";
import { fieldOf, settingsOf } from "./schema.ts";
import { brokerNameOf, brokerOf } from "./topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode, Settings, SettingValue } from "./types.ts";

/** A document after an edit that can be refused: then it is the old one, and `issues` says why. */
export interface Edited {
  scenario: Scenario;
  issues: Issue[];
}

/**
 * Changes one setting of a node or edge. A value equal to the default is left out of the document; a value out of range is refused and the old one stays.
 * `deadLetterExchange` of a queue and `alternate` of an exchange become a drawn link when the exchange they name is in the document, so that there is one truth.
 */
export function setSetting(scenario: Scenario, id: string, name: string, value: SettingValue): Edited {
  const node = scenario.nodes.find((n) => n.id === id);
  const edge = node === undefined ? scenario.edges.find((e) => e.id === id) : undefined;
  const item = node ?? edge;
  if (item === undefined) return { scenario, issues: [] };
  const field = fieldOf(item.kind, name);
  const issues: Issue[] = [];
  const report = new Report(issues, `${node ? "nodes" : "edges"}.${node?.name ?? id}.${name}`, id);
  if (field === undefined) report.error("unknown-setting", { name, kind: item.kind });
  else checkValue(field, value, report);
  if (issues.some((issue) => issue.severity === "error")) return { scenario, issues };
  if (node?.kind === "queue" && name === "deadLetterExchange")
    return { scenario: linkByName(scenario, node, "deadLetter", name, value), issues };
  if (node?.kind === "exchange" && name === "alternate")
    return { scenario: linkByName(scenario, node, "alternate", name, value), issues };
  return { scenario: withSetting(scenario, item, name, value), issues };
}

/** Back to the default. */
export function resetSetting(scenario: Scenario, id: string, name: string): Scenario {
  const item = scenario.nodes.find((n) => n.id === id) ?? scenario.edges.find((e) => e.id === id);
  const field = item && fieldOf(item.kind, name);
  return item && field ? setSetting(scenario, id, name, field.default).scenario : scenario;
}

function linkByName(
  scenario: Scenario,
  node: ScenarioNode,
  kind: "deadLetter" | "alternate",
  name: string,
  value: SettingValue,
): Scenario {
  const old = scenario.edges.find((edge) => edge.kind === kind && edge.from === node.id);
  const exchange = scenario.nodes.find(
    (other) =>
      other.kind === "exchange" &&
      other.id !== node.id &&
      value !== "" &&
      brokerNameOf(other) === value &&
      brokerOf(scenario, other)?.id === brokerOf(scenario, node)?.id,
  );
  if (exchange !== undefined) {
    if (old?.to === exchange.id) return scenario;
    const connected = connect(scenario, node.id, exchange.id, { as: kind });
    if (connected.ok) return withSetting(connected.scenario, node, name, null);
  }
  return withSetting(old === undefined ? scenario : remove(scenario, [old.id]), node, name, value);
}

function withSetting(
  scenario: Scenario,
  item: ScenarioNode | ScenarioEdge,
  name: string,
  value: SettingValue,
): Scenario {
  const settings = settingsWith(item, name, value);
  if (settings === item.settings) return scenario;
  const replace = <T extends ScenarioNode | ScenarioEdge>(other: T): T => {
    if (other.id !== item.id) return other;
    const { settings: _, ...rest } = other;
    return (Object.keys(settings).length === 0 ? rest : { ...rest, settings }) as T;
  };
  return "x" in item
    ? { ...scenario, nodes: scenario.nodes.map(replace) }
    : { ...scenario, edges: scenario.edges.map(replace) };
}

/** The settings object with one value changed; defaults are left out. The same object when nothing changes. */
function settingsWith(item: ScenarioNode | ScenarioEdge, name: string, value: SettingValue): Settings {
  const settings = item.settings ?? {};
  const isDefault = isSame(value, fieldOf(item.kind, name)?.default);
  if (isDefault ? !Object.hasOwn(settings, name) : isSame(settings[name], value)) return item.settings ?? settings;
  const others = Object.entries(settings).filter(([other]) => other !== name);
  // A known setting keeps its place, so that dragging a slider does not reorder a file.
  if (isDefault) return Object.fromEntries(others);
  if (!Object.hasOwn(settings, name)) return { ...settings, [name]: value };
  return Object.fromEntries(Object.entries(settings).map(([other, old]) => [other, other === name ? value : old]));
}

/** Equal as JSON, where a bare number is short for the constant distribution. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "number" && isConstant(b)) return a === b.value;
  if (typeof b === "number" && isConstant(a)) return b === a.value;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => Object.hasOwn(b, name) && isSame(value, (b as { [name: string]: unknown })[name]))
  );
}

const isConstant = (value: unknown): value is { d: "constant"; value: number } =>
  typeof value === "object" && value !== null && (value as { d?: unknown }).d === "constant";

/**
 * Gives a node another name. Everything else refers to nodes by id; only settings that name an exchange in words (an alternate or dead-letter exchange without a drawn
 * link) follow the new name.
 */
export function renameNode(scenario: Scenario, id: string, name: string): Edited {
  const node = scenario.nodes.find((other) => other.id === id);
  if (node === undefined || node.name === name) return { scenario, issues: [] };
  const issues: Issue[] = [];
  const report = new Report(issues, `nodes.${node.name}.name`, id);
  if (name.trim() === "") report.error("empty-text");
  else if (name.length > NAME_LENGTH_MAX) report.error("too-long", { max: NAME_LENGTH_MAX, got: name.length });
  else if (scenario.nodes.some((other) => other !== node && other.name === name))
    report.error("duplicate-name", { name });
  if (issues.length > 0) return { scenario, issues };
  const renamed = { ...node, name };
  const before = brokerNameOf(node);
  const after = brokerNameOf(renamed);
  const nodes = scenario.nodes.map((other) => {
    if (other === node) return renamed;
    if (node.kind !== "exchange" || brokerOf(scenario, other)?.id !== brokerOf(scenario, node)?.id) return other;
    const setting = other.kind === "queue" ? "deadLetterExchange" : other.kind === "exchange" ? "alternate" : "";
    if (other.settings === undefined || settingsOf(other)[setting] !== before) return other;
    return { ...other, settings: { ...other.settings, [setting]: after } };
  });
  return { scenario: { ...scenario, nodes }, issues };
}
