import type { Issue } from "../scenario/issue.ts";
import { fieldOf, kindSpec } from "../scenario/schema.ts";
import type { Scenario, SettingValue } from "../scenario/types.ts";
import { isPlainObject } from "../scenario/value-shapes.ts";
import { splitPath, withChange, withSettings } from "./change.ts";
import { factsIn, linksIn } from "./markup.ts";
import { readCondition, readReading } from "./read-checks.ts";
import { checkSetting, type Place, placeIn } from "./reading-place.ts";
import type { Change, Lesson, Step } from "./types.ts";

const STEPS_MAX = 60;
const HINTS_MAX = 10;
const OPTIONS_MAX = 12;
const SPEED_MAX = 1000;
const TIME_MAX = 86_400_000;
const TOP_MAX = 1_000_000_000;

type Raw = { [name: string]: unknown };

/** What a lesson may link to, when whoever reads it knows. */
export interface ReadOptions {
  terms?: ReadonlySet<string>;
}

/**
 * Reads a lesson that belongs to a drawing. Collects everything that is wrong, each with its place and what to do (`lessonIssues.<code>`); throws for nothing.
 * @returns null when it cannot be taken as it is
 */
export function readLesson(
  raw: unknown,
  scenario: Scenario,
  options: ReadOptions = {},
): { lesson: Lesson | null; issues: Issue[] } {
  const issues: Issue[] = [];
  const place = placeIn(issues, "lesson", scenario, options.terms);
  if (!isPlainObject(raw)) {
    place.error("lesson-not-an-object");
    return { lesson: null, issues };
  }
  if (raw.v !== 1) place.at("v").error("lesson-version");
  if (typeof raw.id !== "string" || raw.id === "") place.at("id").error("lesson-no-id");
  readText(raw.title, place.at("title"), []);
  if (!["intro", "core", "deep"].includes(raw.level as string))
    place.at("level").error("lesson-choice", { choices: "intro, core, deep" });
  if (typeof raw.minutes !== "number" || !(raw.minutes > 0) || raw.minutes > 600)
    place.at("minutes").error("lesson-number", { min: 1, max: 600 });
  readSteps(raw.steps, place.at("steps"));
  if (raw.lock !== undefined) readLock(raw.lock, place.at("lock"));
  for (const kind of listOf(raw.palette, place.at("palette")))
    if (kindSpec(kind) === undefined) place.at("palette").error("lesson-kind", { name: kind });
  for (const entry of listOf(raw.hide, place.at("hide"))) readHidden(entry, place.at("hide"));
  for (const path of listOf(raw.expose, place.at("expose"))) checkSetting(path, place.at("expose"));
  if (raw.assignment !== undefined) readAssignment(raw.assignment, place.at("assignment"));
  others(
    raw,
    ["v", "id", "title", "level", "minutes", "steps", "lock", "palette", "hide", "expose", "assignment"],
    place,
  );
  const isSound = !issues.some((issue) => issue.severity === "error");
  return { lesson: isSound ? (raw as unknown as Lesson) : null, issues };
}

function listOf(raw: unknown, place: Place): string[] {
  if (raw === undefined) return [];
  if (Array.isArray(raw) && raw.every((one) => typeof one === "string")) return raw;
  place.error("lesson-list");
  return [];
}

function others(raw: Raw, names: readonly string[], place: Place): void {
  for (const name of Object.keys(raw)) if (!names.includes(name)) place.at(name).warning("lesson-unknown", { name });
}

function readHidden(entry: string, place: Place): void {
  const path = entry.startsWith("values:") ? splitPath(entry.slice("values:".length)) : null;
  const kind = path === null ? undefined : place.kindOf(path.id);
  const isField = kind !== undefined && path !== null && fieldOf(kind, path.name) !== undefined;
  const isMetric = kind !== undefined && path !== null && place.metricUnit(`${path.id}.${path.name}`) !== undefined;
  if (!isField && !isMetric) place.error("lesson-hide", { name: entry.slice(0, 60) });
}

function readLock(raw: unknown, place: Place): void {
  if (!isPlainObject(raw)) {
    place.error("lesson-not-an-object");
    return;
  }
  if (raw.default !== "locked" && raw.default !== "open")
    place.at("default").error("lesson-choice", { choices: "locked, open" });
  for (const name of ["allow", "deny"])
    for (const word of listOf(raw[name], place.at(name))) {
      if (["edges", "timeline", "alerts", "seed"].includes(word) || place.kindOf(word) !== undefined) continue;
      checkSetting(word, place.at(name));
    }
  const { maxNodes } = raw;
  if (maxNodes !== undefined && !(typeof maxNodes === "number" && maxNodes >= 0 && maxNodes <= 300))
    place.at("maxNodes").error("lesson-number", { min: 0, max: 300 });
  others(raw, ["default", "allow", "deny", "maxNodes"], place);
}

const PROHIBITIONS = ["noPaste", "noImport", "noSolution", "noLive"];

function readAssignment(raw: unknown, place: Place): void {
  if (!isPlainObject(raw)) {
    place.error("lesson-not-an-object");
    return;
  }
  for (const name of PROHIBITIONS)
    if (raw[name] !== undefined && typeof raw[name] !== "boolean")
      place.at(name).error("lesson-choice", { choices: "true, false" });
  if (raw.seed !== undefined && raw.seed !== "name") place.at("seed").error("lesson-choice", { choices: "name" });
  others(raw, [...PROHIBITIONS, "seed"], place);
}

/** A text in both languages, whose links lead somewhere. @param facts names that it may ask for */
function readText(raw: unknown, place: Place, facts: readonly string[]): void {
  for (const language of ["en", "zh"] as const) {
    const text = isPlainObject(raw) ? raw[language] : undefined;
    const at = place.at(language);
    if (typeof text !== "string" || text.trim() === "") {
      at.error("lesson-no-text", { language: language === "en" ? "English" : "中文" });
      continue;
    }
    if (text.length > 2000) at.error("lesson-long", { max: 2000 });
    for (const id of linksIn(text, "node")) if (place.kindOf(id) === undefined) at.error("lesson-target", { name: id });
    for (const term of linksIn(text, "term"))
      if (place.terms !== undefined && !place.terms.has(term)) at.error("lesson-term", { name: term });
    for (const fact of factsIn(text)) if (!facts.includes(fact)) at.error("lesson-fact", { name: fact });
  }
}

function readSteps(raw: unknown, place: Place): void {
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > STEPS_MAX) {
    place.error("lesson-steps", { max: STEPS_MAX });
    return;
  }
  // What earlier steps put in place is what later ones find.
  let scenario = place.scenario;
  raw.forEach((step: unknown, i) => {
    const here = place.at(i + 1).on(scenario);
    if (!isPlainObject(step)) {
      here.error("lesson-not-an-object");
      return;
    }
    if (step.set !== undefined) scenario = readSet(step.set, here.at("set"), scenario);
    readStep(step, here.on(scenario));
    if (step.type === "do" && isPlainObject(step.solution)) scenario = withChange(scenario, step.solution as Change);
  });
}

function readSet(raw: unknown, place: Place, scenario: Scenario): Scenario {
  if (!isPlainObject(raw)) {
    place.error("lesson-not-an-object");
    return scenario;
  }
  const { scenario: next, issues, missing } = withSettings(scenario, raw as { [path: string]: SettingValue });
  for (const path of missing) place.error("lesson-setting", { name: path.slice(0, 60) });
  for (const issue of issues) place.error("lesson-value", { name: issue.path });
  return next;
}

const COMMON = ["type", "title", "highlight", "camera", "set", "facts"];

function readStep(step: Raw, place: Place): void {
  const facts = isPlainObject(step.facts) ? step.facts : {};
  if (step.facts !== undefined && !isPlainObject(step.facts)) place.at("facts").error("lesson-not-an-object");
  for (const [name, reading] of Object.entries(facts)) readReading(reading, place.at("facts").at(name));
  for (const id of listOf(step.highlight, place.at("highlight")))
    if (place.kindOf(id) === undefined) place.at("highlight").error("lesson-target", { name: id });
  if (step.camera !== undefined && step.camera !== "fit")
    for (const id of listOf(step.camera, place.at("camera")))
      if (place.kindOf(id) === undefined) place.at("camera").error("lesson-target", { name: id });
  const named = Object.keys(facts);
  const text = (name: string) => readText(step[name], place.at(name), named);
  const optional = (...names: string[]) => {
    for (const name of names) if (step[name] !== undefined) text(name);
  };
  optional("title");
  switch (step.type as Step["type"]) {
    case "text":
      text("body");
      others(step, [...COMMON, "body"], place);
      return;
    case "observe":
      text("body");
      for (const entry of listOf(step.reveal, place.at("reveal"))) readReveal(entry, place.at("reveal"));
      others(step, [...COMMON, "body", "reveal"], place);
      return;
    case "predict":
      text("ask");
      optional("unit");
      readPrediction(step, place);
      others(step, [...COMMON, "ask", "kind", "options", "answerFrom", "tolerance", "unit", "top"], place);
      return;
    case "run":
      optional("body");
      readUntil(step.until, place.at("until"));
      if (step.orWhen !== undefined) readCondition(step.orWhen, place.at("orWhen"));
      readSpeed(step.speed, place.at("speed"));
      others(step, [...COMMON, "body", "until", "orWhen", "speed"], place);
      return;
    case "do":
      text("goal");
      optional("why");
      readTask(step, place, named);
      others(step, [...COMMON, "goal", "why", "check", "until", "speed", "hints", "solution"], place);
      return;
    case "quiz":
      text("ask");
      text("why");
      readQuiz(step, place);
      others(step, [...COMMON, "kind", "ask", "why", "options", "answer", "tolerance", "accept"], place);
      return;
    default:
      place.at("type").error("lesson-choice", { choices: "text, predict, run, observe, do, quiz" });
  }
}

function readReveal(entry: string, place: Place): void {
  const path = entry.startsWith("chart:") ? entry.slice("chart:".length) : "";
  if (place.metricUnit(path) === undefined) place.error("lesson-reveal", { name: entry.slice(0, 60) });
}

function readUntil(raw: unknown, place: Place): void {
  const t = isPlainObject(raw) ? raw.t : undefined;
  if (typeof t !== "number" || !(t > 0) || t > TIME_MAX) place.error("lesson-until", { max: TIME_MAX });
}

function readSpeed(raw: unknown, place: Place): void {
  if (raw !== undefined && !(typeof raw === "number" && raw >= 0 && raw <= SPEED_MAX))
    place.error("lesson-number", { min: 0, max: SPEED_MAX });
}

function readTolerance(raw: unknown, place: Place): void {
  if (raw !== undefined && !(typeof raw === "number" && raw >= 0 && raw <= 1))
    place.error("lesson-number", { min: 0, max: 1 });
}

function readPrediction(step: Raw, place: Place): void {
  if (step.answerFrom !== undefined) readReading(step.answerFrom, place.at("answerFrom"));
  readTolerance(step.tolerance, place.at("tolerance"));
  if (step.kind === "number") {
    if (step.answerFrom === undefined) place.at("answerFrom").error("lesson-no-outcome");
    return;
  }
  if (step.kind === "graph") {
    const reading = isPlainObject(step.answerFrom) ? step.answerFrom : {};
    if (reading.at === undefined && reading.within === undefined) place.at("answerFrom").error("lesson-no-stretch");
    if (!(typeof step.top === "number" && step.top > 0 && step.top <= TOP_MAX))
      place.at("top").error("lesson-number", { min: 0, max: TOP_MAX });
    return;
  }
  if (step.kind !== "choice") {
    place.at("kind").error("lesson-choice", { choices: "choice, number, graph" });
    return;
  }
  const options = readOptions(step.options, place.at("options"));
  if (step.answerFrom === undefined && options.filter(({ right }) => right === true).length !== 1)
    place.at("options").error("lesson-one-right");
  if (step.answerFrom === undefined) return;
  const ranges = options.map(({ min, max }) => [min ?? -Infinity, max ?? Infinity] as [number, number]);
  const isOver = ranges.some(([low, high], i) =>
    ranges.some(([from, to], k) => k !== i && Math.max(low, from) < Math.min(high, to)),
  );
  if (isOver || ranges.some(([low, high]) => !(low < high))) place.at("options").error("lesson-ranges");
}

function readOptions(raw: unknown, place: Place): { right?: unknown; min?: number; max?: number }[] {
  if (!Array.isArray(raw) || raw.length < 2 || raw.length > OPTIONS_MAX || !raw.every(isPlainObject)) {
    place.error("lesson-options", { max: OPTIONS_MAX });
    return [];
  }
  raw.forEach((option: Raw, i) => {
    readText(option.text, place.at(i + 1).at("text"), []);
    for (const name of ["min", "max"])
      if (option[name] !== undefined && typeof option[name] !== "number")
        place
          .at(i + 1)
          .at(name)
          .error("lesson-number", { min: "−∞", max: "∞" });
    others(option, ["text", "right", "min", "max"], place.at(i + 1));
  });
  return raw as { right?: unknown; min?: number; max?: number }[];
}

function readTask(step: Raw, place: Place, facts: readonly string[]): void {
  if (!Array.isArray(step.check) || step.check.length === 0) place.at("check").error("lesson-no-check");
  else
    step.check.forEach((one: unknown, i) => {
      readCondition(one, place.at("check").at(i + 1));
    });
  if (step.until !== undefined) readUntil(step.until, place.at("until"));
  readSpeed(step.speed, place.at("speed"));
  const { hints, solution } = step;
  if (!Array.isArray(hints) || hints.length === 0 || hints.length > HINTS_MAX)
    place.at("hints").error("lesson-hints", { max: HINTS_MAX });
  else
    hints.forEach((hint: unknown, i) => {
      readText(hint, place.at("hints").at(i + 1), facts);
    });
  if (!isPlainObject(solution) || Object.keys(solution).length === 0) {
    place.at("solution").error("lesson-no-solution");
    return;
  }
  others(solution, ["set", "add", "remove", "timeline"], place.at("solution"));
  const { set: _, ...structure } = solution as Change;
  if (solution.set !== undefined)
    readSet(solution.set, place.at("solution").at("set"), withChange(place.scenario, structure));
  for (const id of listOf(solution.remove, place.at("solution").at("remove")))
    if (place.kindOf(id) === undefined) place.at("solution").at("remove").error("lesson-target", { name: id });
}

function readQuiz(step: Raw, place: Place): void {
  const { kind } = step;
  readTolerance(step.tolerance, place.at("tolerance"));
  if (kind === "single" || kind === "multi") {
    const right = readOptions(step.options, place.at("options")).filter((option) => option.right === true).length;
    if (kind === "single" ? right !== 1 : right < 1) place.at("options").error("lesson-one-right");
  } else if (kind === "order") readOptions(step.options, place.at("options"));
  else if (kind === "number") {
    if (typeof step.answer !== "number") place.at("answer").error("lesson-no-answer");
  } else if (kind === "text") {
    if (listOf(step.accept, place.at("accept")).length === 0) place.at("accept").error("lesson-no-answer");
  } else place.at("kind").error("lesson-choice", { choices: "single, multi, number, order, text" });
}
