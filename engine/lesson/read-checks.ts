import { isPlainObject } from "../scenario/value-shapes.ts";
import { checkSetting, type Place } from "./reading-place.ts";
import { AGGREGATES, OPERATORS } from "./types.ts";

type Raw = { [name: string]: unknown };

/** A figure that exists, an aggregate that is known, at most one stretch. */
export function readReading(raw: unknown, place: Place): void {
  if (!isPlainObject(raw)) {
    place.error("lesson-not-an-object");
    return;
  }
  readFigure(raw.metric, place.at("metric"));
  if (raw.agg !== undefined && !(AGGREGATES as readonly unknown[]).includes(raw.agg))
    place.at("agg").error("lesson-choice", { choices: AGGREGATES.join(", ") });
  readStretch(raw, place);
}

function readFigure(raw: unknown, place: Place): void {
  if (typeof raw !== "string" || place.metricUnit(raw) === undefined)
    place.error("lesson-metric", { name: String(typeof raw === "string" ? raw : "…").slice(0, 60) });
}

const isTime = (raw: unknown): raw is number => typeof raw === "number" && raw > 0 && raw <= 86_400_000;

function readStretch(raw: Raw, place: Place): void {
  const { at, within } = raw;
  const isPair = Array.isArray(within) && within.length === 2;
  const [from, to] = isPair ? (within as unknown[]) : [0, within];
  const isSound =
    (at === undefined || isTime(at)) &&
    (within === undefined || (typeof from === "number" && from >= 0 && isTime(to) && from < to)) &&
    (raw.for === undefined || isTime(raw.for)) &&
    [at, within, raw.for].filter((one) => one !== undefined).length <= 1;
  if (!isSound) place.error("lesson-stretch");
}

/** A check, or `{ any: […] }`. */
export function readCondition(raw: unknown, place: Place): void {
  if (!isPlainObject(raw)) {
    place.error("lesson-not-an-object");
    return;
  }
  if (raw.any !== undefined) {
    if (!Array.isArray(raw.any) || raw.any.length < 2) {
      place.at("any").error("lesson-check");
      return;
    }
    raw.any.forEach((one: unknown, i) => {
      readCondition(one, place.at("any").at(i + 1));
    });
    return;
  }
  if (!(OPERATORS as readonly unknown[]).includes(raw.op))
    place.at("op").error("lesson-choice", { choices: OPERATORS.join(" ") });
  if (raw.metric !== undefined) readMetricCheck(raw, place);
  else if (raw.config !== undefined) {
    if (typeof raw.config === "string") checkSetting(raw.config, place.at("config"));
    else place.at("config").error("lesson-check");
    if (raw.value === undefined) place.at("value").error("lesson-check");
  } else if (raw.structure !== undefined) readStructure(raw, place);
  else place.error("lesson-check");
}

function readMetricCheck(raw: Raw, place: Place): void {
  readReading(raw, place);
  if (typeof raw.value === "string") readFigure(raw.value, place.at("value"));
  else if (typeof raw.value !== "number" || !Number.isFinite(raw.value)) place.at("value").error("lesson-check");
  // What holds all the time has no mean and no last value, and is compared with a number.
  if (raw.for !== undefined && (raw.agg !== undefined || typeof raw.value !== "number"))
    place.error("lesson-for-alone");
}

function readStructure(raw: Raw, place: Place): void {
  const isCount = raw.structure === "count" && typeof raw.kind === "string" && typeof raw.value === "number";
  const isPath =
    raw.structure === "path" &&
    typeof raw.from === "string" &&
    typeof raw.to === "string" &&
    typeof raw.value === "boolean" &&
    (raw.op === "=" || raw.op === "!=");
  if (!isCount && !isPath) place.error("lesson-check");
  if (isPath)
    for (const id of [raw.from as string, raw.to as string])
      if (place.kindOf(id) === undefined) place.error("lesson-target", { name: id });
}
