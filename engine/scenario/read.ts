import { labelOf } from "./bounds.ts";
import { checkInteger, checkNumber, checkText, noOthers } from "./check-basics.ts";
import { NAME_LENGTH_MAX, TEXT_LENGTH_MAX, TIME_MS_MAX } from "./fields.ts";
import type { Report } from "./report.ts";
import { got } from "./report.ts";
import type { AlertRule, Scenario, ScenarioEdge, ScenarioMeta, ScenarioNode, TimelineEntry } from "./types.ts";
import { isPlainObject } from "./value-shapes.ts";

export const NODES_MAX = 300;
export const EDGES_MAX = 600;
const ENTRIES_MAX = 1000;
/** More lines can no longer be told apart. */
export const PINS_MAX = 8;
/** Furthest position, in grid steps from the origin. */
const POSITION_MAX = 100_000;

type Raw = { [name: string]: unknown };

/**
 * The structure of a document: every part that is there has the right type, every part that may be left out (all but `v`, ids and kinds) gets its default.
 * Parts of later versions and foreign parts stay in the answer. Settings are not looked at here.
 * @returns null when a part has a shape that nothing could be done with; the report says which
 */
export function readStructure(raw: Raw, report: Report): Scenario | null {
  const counter = { broken: 0 };
  const meta = readMeta(raw.meta, report.at("meta"), counter);
  const seed = raw.seed === undefined ? 1 : raw.seed;
  checkInteger(seed, 0, 4_294_967_295, report.at("seed"));
  if (typeof seed !== "number") counter.broken++;
  const nodes = readList(raw.nodes, report.at("nodes"), counter, readNode);
  const edges = readList(raw.edges, report.at("edges"), counter, readEdge);
  const timeline = readList(raw.timeline, report.at("timeline"), counter, readTimelineEntry);
  const alerts = readList(raw.alerts, report.at("alerts"), counter, readAlert);
  if (nodes.length > NODES_MAX) report.at("nodes").error("too-many-nodes", { max: NODES_MAX, got: nodes.length });
  if (edges.length > EDGES_MAX) report.at("edges").error("too-many-edges", { max: EDGES_MAX, got: edges.length });
  for (const part of ["timeline", "alerts"] as const) {
    const count = { timeline, alerts }[part].length;
    if (count > ENTRIES_MAX) report.at(part).error("too-many-entries", { max: ENTRIES_MAX, got: count });
  }
  if (raw.view !== undefined) readView(raw.view, report.at("view"), counter);
  noOthers(raw, ["v", "meta", "seed", "nodes", "edges", "timeline", "alerts", "lesson", "view"], report);
  if (counter.broken > 0) return null;
  return { ...raw, v: 1, meta, seed: seed as number, nodes, edges, timeline, alerts } as Scenario;
}

interface Counter {
  broken: number;
}

function readList<T>(
  raw: unknown,
  report: Report,
  counter: Counter,
  read: (item: Raw, index: number, report: Report) => T | null,
): T[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) {
    report.error("not-a-list", { got: got(raw) });
    counter.broken++;
    return [];
  }
  const items: T[] = [];
  raw.forEach((item: unknown, index) => {
    const ready = isPlainObject(item) ? read(item, index, report) : null;
    if (!isPlainObject(item)) report.at(index).error("not-an-object", { got: got(item) });
    if (ready === null) counter.broken++;
    else items.push(ready);
  });
  return items;
}

function readNode(raw: Raw, index: number, list: Report): ScenarioNode | null {
  const report = list.at(labelOf(raw, index), typeof raw.id === "string" ? raw.id : undefined);
  checkText(raw.id, 64, report.at("id"));
  checkText(raw.kind, 64, report.at("kind"));
  const name = raw.name ?? raw.id;
  if (raw.name !== undefined) {
    checkText(raw.name, NAME_LENGTH_MAX, report.at("name"));
    if (raw.name === "") report.at("name").error("empty-text");
    else if (typeof raw.name === "string" && hasControl(raw.name)) report.at("name").error("bad-characters");
  }
  const x = raw.x ?? 0;
  const y = raw.y ?? 0;
  checkNumber(x, -POSITION_MAX, POSITION_MAX, report.at("x"));
  checkNumber(y, -POSITION_MAX, POSITION_MAX, report.at("y"));
  if (raw.w !== undefined) checkNumber(raw.w, 1, POSITION_MAX, report.at("w"));
  if (raw.h !== undefined) checkNumber(raw.h, 1, POSITION_MAX, report.at("h"));
  if (raw.parent !== undefined) checkText(raw.parent, 64, report.at("parent"));
  for (const name of ["locked", "folded"])
    if (!isOptional(raw[name], "boolean")) report.at(name).error("not-a-boolean", { got: got(raw[name]) });
  const settings = checkSettings(raw.settings, report);
  noOthers(raw, ["id", "kind", "name", "x", "y", "w", "h", "parent", "locked", "folded", "settings"], report);
  const sound =
    typeof raw.id === "string" &&
    typeof raw.kind === "string" &&
    typeof name === "string" &&
    typeof x === "number" &&
    typeof y === "number" &&
    isOptional(raw.w, "number") &&
    isOptional(raw.h, "number") &&
    isOptional(raw.parent, "string") &&
    isOptional(raw.locked, "boolean") &&
    isOptional(raw.folded, "boolean") &&
    settings;
  return sound ? ({ ...raw, name, x, y } as ScenarioNode) : null;
}

function readEdge(raw: Raw, index: number, list: Report): ScenarioEdge | null {
  const id = typeof raw.id === "string" ? raw.id : undefined;
  const report = list.at(id ?? index, id);
  for (const name of ["id", "kind", "from", "to"]) checkText(raw[name], 64, report.at(name));
  const settings = checkSettings(raw.settings, report);
  noOthers(raw, ["id", "kind", "from", "to", "settings"], report);
  const sound = ["id", "kind", "from", "to"].every((name) => typeof raw[name] === "string") && settings;
  return sound ? (raw as unknown as ScenarioEdge) : null;
}

function checkSettings(raw: unknown, report: Report): boolean {
  if (raw === undefined || isPlainObject(raw)) return true;
  report.at("settings").error("not-an-object", { got: got(raw) });
  return false;
}

function readMeta(raw: unknown, report: Report, counter: Counter): ScenarioMeta {
  if (raw === undefined) return { title: "" };
  if (!isPlainObject(raw)) {
    report.error("not-an-object", { got: got(raw) });
    counter.broken++;
    return { title: "" };
  }
  for (const name of ["title", "about"]) {
    const text = raw[name];
    if (text === undefined) continue;
    const parts = isPlainObject(text) ? [text.en, text.zh] : [text];
    for (const part of parts) {
      checkText(part, TEXT_LENGTH_MAX, report.at(name));
      if (typeof part !== "string") counter.broken++;
    }
  }
  if (raw.id !== undefined) checkText(raw.id, NAME_LENGTH_MAX, report.at("id"));
  const tags = raw.tags;
  if (tags !== undefined && !(Array.isArray(tags) && tags.every((tag) => typeof tag === "string"))) {
    report.at("tags").error("not-a-list", { got: got(tags) });
    counter.broken++;
  }
  if (!isOptional(raw.id, "string")) counter.broken++;
  noOthers(raw, ["title", "about", "id", "tags"], report);
  return { ...raw, title: raw.title ?? "" } as ScenarioMeta;
}

function readTimelineEntry(raw: Raw, index: number, list: Report): TimelineEntry | null {
  const report = list.at(index);
  checkNumber(raw.t, 0, TIME_MS_MAX, report.at("t"));
  checkText(raw.do, 64, report.at("do"));
  checkText(raw.target, 64, report.at("target"));
  if (raw.undoAt !== undefined) checkNumber(raw.undoAt, 0, TIME_MS_MAX, report.at("undoAt"));
  if (raw.args !== undefined && !isPlainObject(raw.args))
    report.at("args").error("not-an-object", { got: got(raw.args) });
  if (raw.disabled !== undefined && typeof raw.disabled !== "boolean")
    report.at("disabled").error("not-a-boolean", { got: got(raw.disabled) });
  noOthers(raw, ["t", "do", "target", "args", "undoAt", "disabled"], report);
  const sound =
    typeof raw.t === "number" &&
    typeof raw.do === "string" &&
    typeof raw.target === "string" &&
    isOptional(raw.undoAt, "number") &&
    isOptional(raw.disabled, "boolean") &&
    (raw.args === undefined || isPlainObject(raw.args));
  if (typeof raw.t === "number" && typeof raw.undoAt === "number" && raw.undoAt < raw.t)
    report.at("undoAt").error("undone-before-done", { at: raw.t, got: raw.undoAt });
  return sound ? (raw as unknown as TimelineEntry) : null;
}

const OPERATORS = [">", ">=", "<", "<=", "="];
const SEVERITIES = ["info", "warning", "critical"];

function readAlert(raw: Raw, index: number, list: Report): AlertRule | null {
  const report = list.at(typeof raw.name === "string" && raw.name !== "" ? raw.name.slice(0, 60) : index);
  for (const name of ["name", "target", "metric"]) checkText(raw[name], NAME_LENGTH_MAX, report.at(name));
  checkNumber(raw.threshold, -Number.MAX_VALUE, Number.MAX_VALUE, report.at("threshold"));
  for (const name of ["for", "keep"])
    if (raw[name] !== undefined) checkNumber(raw[name], 0, TIME_MS_MAX, report.at(name));
  if (!OPERATORS.includes(raw.op as string))
    report.at("op").error("unknown-choice", { got: got(raw.op), choices: OPERATORS.join(" ") });
  if (raw.severity !== undefined && !SEVERITIES.includes(raw.severity as string))
    report.at("severity").error("unknown-choice", { got: got(raw.severity), choices: SEVERITIES.join(", ") });
  if (raw.pause !== undefined && typeof raw.pause !== "boolean")
    report.at("pause").error("not-a-boolean", { got: got(raw.pause) });
  noOthers(raw, ["name", "target", "metric", "op", "threshold", "for", "keep", "severity", "pause"], report);
  const sound =
    ["name", "target", "metric", "op"].every((name) => typeof raw[name] === "string") &&
    typeof raw.threshold === "number" &&
    isOptional(raw.for, "number") &&
    isOptional(raw.keep, "number") &&
    isOptional(raw.severity, "string") &&
    isOptional(raw.pause, "boolean");
  return sound ? (raw as unknown as AlertRule) : null;
}

function readView(raw: unknown, report: Report, counter: Counter): void {
  if (!isPlainObject(raw)) {
    report.error("not-an-object", { got: got(raw) });
    counter.broken++;
    return;
  }
  for (const name of ["x", "y"])
    if (raw[name] !== undefined) checkNumber(raw[name], -10_000_000, 10_000_000, report.at(name));
  if (raw.zoom !== undefined) checkNumber(raw.zoom, 0.01, 100, report.at("zoom"));
  if (["x", "y", "zoom"].some((name) => !isOptional(raw[name], "number"))) counter.broken++;
  if (raw.pins !== undefined) readPins(raw.pins, report.at("pins"), counter);
  if (raw.expose !== undefined) readExposed(raw.expose, report.at("expose"), counter);
  noOthers(raw, ["x", "y", "zoom", "pins", "expose"], report);
}

/** More would be a form, not a handful of controls. */
const EXPOSED_MAX = 12;

function readExposed(raw: unknown, report: Report, counter: Counter): void {
  if (!Array.isArray(raw) || !raw.every((path) => typeof path === "string")) {
    report.error("not-a-list", { got: got(raw) });
    counter.broken++;
  } else if (raw.length > EXPOSED_MAX) report.error("too-many-entries", { max: EXPOSED_MAX, got: raw.length });
}

function readPins(raw: unknown, report: Report, counter: Counter): void {
  const pins = readList(raw, report, counter, (pin, index, list) => {
    for (const name of ["target", "metric"]) checkText(pin[name], NAME_LENGTH_MAX, list.at(index).at(name));
    noOthers(pin, ["target", "metric"], list.at(index));
    return typeof pin.target === "string" && typeof pin.metric === "string" ? pin : null;
  });
  if (pins.length > PINS_MAX) report.error("too-many-entries", { max: PINS_MAX, got: pins.length });
}

const isOptional = (value: unknown, type: "number" | "string" | "boolean"): boolean =>
  value === undefined || typeof value === type;

/** Control characters and line ends: a name is one line everywhere it appears. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127 || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}
