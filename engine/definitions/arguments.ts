import {
  type FieldSpec,
  fieldsOf,
  isShown,
  type Settings,
  type SettingValue,
  settingsOf,
  type Table,
  type TableValue,
  TEXT_LENGTH_MAX,
} from "../scenario/index.ts";
import type { Notices } from "./notices.ts";

/** A queue's arguments as its settings: which field stands for which is written in the schema (`real`). */
const FIELD_OF: ReadonlyMap<string, FieldSpec> = new Map(
  fieldsOf("queue").flatMap((field) => (field.real?.startsWith("x-") ? [[field.real, field] as const] : [])),
);

const CLASSIC = ["classic"];
const QUORUM = ["quorum"];
const STREAM = ["stream"];
const LIVING = ["classic", "quorum"];
/** Which types of queue a broker takes an argument for; it refuses to declare a queue of another type with it (semantics/rabbitmq.md §3, §15). */
const TAKEN_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ["x-message-ttl", LIVING],
  ["x-expires", LIVING],
  ["x-max-length", LIVING],
  ["x-overflow", LIVING],
  ["x-dead-letter-exchange", LIVING],
  ["x-dead-letter-routing-key", LIVING],
  ["x-single-active-consumer", LIVING],
  ["x-max-in-memory-length", LIVING],
  ["x-max-in-memory-bytes", LIVING],
  ["x-max-priority", CLASSIC],
  ["x-queue-mode", CLASSIC],
  ["x-queue-version", CLASSIC],
  ["x-queue-master-locator", CLASSIC],
  ["x-dead-letter-strategy", QUORUM],
  ["x-delivery-limit", QUORUM],
  ["x-quorum-initial-group-size", QUORUM],
  ["x-max-age", STREAM],
  ["x-stream-max-segment-size-bytes", STREAM],
  ["x-initial-cluster-size", STREAM],
]);

/** Decided together with their targets, in `links.ts`. */
const LINKS = new Set(["x-dead-letter-exchange", "x-dead-letter-routing-key"]);
const DEPTH_MAX = 8;

/**
 * @param table a queue's arguments as declared
 * @returns its settings; arguments that no setting stands for, or whose value a setting cannot have, are kept word for word in `arguments`
 */
export function queueSettings(table: Table, path: string, name: string, notices: Notices): Settings {
  const settings: Settings = {};
  const others: [string, TableValue][] = [];
  const type = table["x-queue-type"];
  if (typeof type === "string" && type !== "") settings.queueType = type;
  if (typeof type === "string" && !FIELD_OF.get("x-queue-type")?.choices?.includes(type))
    notices.warning("argument-unusable", path, { name, argument: "x-queue-type", value: short(type) });
  const around = settingsOf({ kind: "queue", settings });
  for (const [argument, value] of Object.entries(table)) {
    if (argument === "x-queue-type" && settings.queueType !== undefined) continue;
    const isRefused = TAKEN_BY.get(argument)?.includes(around.queueType as string) === false;
    if (isRefused)
      notices.warning("argument-refused", `${path}.arguments.${argument}`, {
        name,
        argument,
        value: short(value),
        type: around.queueType as string,
      });
    if (LINKS.has(argument) && typeof value === "string" && !isRefused) continue;
    const field = FIELD_OF.get(argument);
    const place = `${path}.arguments.${argument.slice(0, 60)}`;
    const age = field?.name === "maxAge" ? wholeSeconds(value) : null;
    if (age !== null && field !== undefined && isShown(field, around) && fits(field, age)) {
      settings.maxAge = age;
      continue;
    }
    if (field !== undefined && isShown(field, around) && fits(field, value)) {
      settings[field.name] = value as SettingValue;
      continue;
    }
    if (!isStorable(value, argument)) {
      notices.warning("argument-too-long", place, { name, argument: argument.slice(0, 60) });
      continue;
    }
    others.push([argument, value]);
    if (isRefused) continue;
    if (field !== undefined && isShown(field, around) && !(field.name === "maxAge" && isAge(value)))
      notices.warning("argument-unusable", place, { name, argument, value: short(value) });
    else notices.info("argument-kept", place, { name, argument: argument.slice(0, 60), value: short(value) });
  }
  if (others.length > 0) settings.arguments = Object.fromEntries(others) as SettingValue;
  return settings;
}

/** Arguments of an exchange or binding that are kept as they are. */
export function keptArguments(table: Table, path: string, name: string, notices: Notices): Table {
  const kept = Object.entries(table).filter(([argument, value]) => {
    const place = `${path}.arguments.${argument.slice(0, 60)}`;
    if (!isStorable(value, argument)) {
      notices.warning("argument-too-long", place, { name, argument: argument.slice(0, 60) });
      return false;
    }
    notices.info("argument-kept", place, { name, argument, value: short(value) });
    return true;
  });
  return Object.fromEntries(kept);
}

/** An age of a stream as the export writes it: only that form becomes a setting, so that a file comes back word for word. @returns ms */
function wholeSeconds(value: TableValue): number | null {
  const found = typeof value === "string" ? /^([1-9]\d{0,8})s$/.exec(value) : null;
  return found === null ? null : Number(found[1]) * 1000;
}

const isAge = (value: TableValue): boolean => typeof value === "string" && /^\d+[YMDhms]$/.test(value);

function fits(field: FieldSpec, value: TableValue): boolean {
  switch (field.type) {
    case "bool":
      return typeof value === "boolean";
    case "choice":
      return typeof value === "string" && (field.choices?.includes(value) ?? false);
    case "text":
      return typeof value === "string" && value.length <= (field.max ?? TEXT_LENGTH_MAX);
    default:
      return (
        typeof value === "number" &&
        Number.isInteger(value) &&
        value >= (field.min ?? Number.NEGATIVE_INFINITY) &&
        value <= (field.max ?? Number.POSITIVE_INFINITY)
      );
  }
}

/** Whether a document may hold it: texts of bounded length, nested a few levels at most. */
export function isStorable(value: unknown, name = "", depth = 0): boolean {
  if (name.length > 255 || depth > DEPTH_MAX) return false;
  if (typeof value === "string") return value.length <= TEXT_LENGTH_MAX;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return value === null || typeof value === "boolean";
  return Object.entries(value).every(([key, inner]) => isStorable(inner, key, depth + 1));
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
