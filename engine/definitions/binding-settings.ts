import {
  fieldOf,
  type ScenarioNode,
  type Settings,
  type SettingValue,
  settingsOf,
  type Table,
} from "../scenario/index.ts";
import { isStorable, keptArguments } from "./arguments.ts";
import type { BindingRow } from "./file.ts";
import type { Notices } from "./notices.ts";

/** The types of exchange that a run routes by; others are kept and do nothing. */
export const EXCHANGE_TYPES: readonly string[] = fieldOf("exchange", "type")?.choices ?? [];
const MATCHES: readonly string[] = fieldOf("binding", "match")?.choices ?? [];
const WEIGHT_MAX = fieldOf("binding", "weight")?.max ?? 1000;

/** Key and arguments of a binding as settings; the type of its source exchange says what they mean (semantics/rabbitmq.md §2). */
export function bindingSettings(row: BindingRow, source: ScenarioNode, notices: Notices): Settings {
  const { routingKey: key, arguments: table, place } = row;
  const type = settingsOf(source).type;
  const name = `${row.source} → ${row.destination}`;
  if (type === "headers") return { key, ...headersSettings(table, place, name, notices) };
  const kept = keptArguments(table, place, name, notices);
  const rest: Settings = Object.keys(kept).length > 0 ? { arguments: kept as SettingValue } : {};
  if (type !== "x-consistent-hash") return { key, ...rest };
  const weight = /^\d{1,6}$/.test(key) ? Number(key) : 0;
  if (weight >= 1 && weight <= WEIGHT_MAX) return { weight, ...rest };
  // The plugin refuses or misreads such a key; it is kept for the export.
  notices.warning("binding-weight", place, { name, key, max: WEIGHT_MAX });
  return { key, ...rest };
}

function headersSettings(table: Table, place: string, name: string, notices: Notices): Settings {
  const settings: Settings = {};
  const match = table["x-match"];
  if (typeof match === "string" && MATCHES.includes(match)) settings.match = match;
  else if (match !== undefined)
    notices.warning("binding-match", place, { name, value: JSON.stringify(match).slice(0, 60) });
  const headers = Object.entries(table).filter(([header, value]) => {
    if (header === "x-match") return false;
    if (isStorable(value, header)) return true;
    notices.warning("argument-too-long", `${place}.arguments.${header.slice(0, 60)}`, {
      name,
      argument: header.slice(0, 60),
    });
    return false;
  });
  if (headers.length > 0) settings.headers = Object.fromEntries(headers) as SettingValue;
  return settings;
}
