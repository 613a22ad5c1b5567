import type { Issue, IssueCode, Table, TableValue } from "../scenario/index.ts";
import { got } from "../scenario/report.ts";
import type { FaultCode } from "./codes.ts";
import type { DefinitionsFile } from "./file.ts";
import { findPlaceholder, syntaxFault } from "./syntax.ts";

export type ReadDefinitions =
  | { ok: true; file: DefinitionsFile }
  | {
      ok: false;
      /** The first reason; `issues` has all of them. */
      code: DefinitionsFault;
      facts: Issue["facts"];
      issues: Issue[];
    };

/** What is wrong with the text as a whole has its own sentences, `definitions.<code>`; values of a wrong type share those of a document, `issues.<code>`. */
export type DefinitionsFault = FaultCode | IssueCode;

/** Characters; brokers with ten thousand queues export about a tenth of it. */
export const DEFINITIONS_LENGTH_MAX = 20_000_000;
/** AMQP short strings: names and routing keys. Counted here in UTF-16 units, which are never more than the bytes. */
const NAME_MAX = 255;
const PATTERN_MAX = 2_000;
const FAULTS_MAX = 50;

const PARTS = [
  "vhosts",
  "exchanges",
  "queues",
  "bindings",
  "policies",
  "permissions",
  "users",
  "topic_permissions",
  "parameters",
  "global_parameters",
];
/** Texts about the broker that wrote the file; nothing to import. */
const ABOUT = [
  "rabbit_version",
  "rabbitmq_version",
  "product_name",
  "product_version",
  "rabbitmq_definition_format",
  "original_cluster_name",
  "original_vhost_name",
  "explanation",
  "metadata",
  "description",
  "vhost_limits",
];

/**
 * Reads a RabbitMQ definitions file (management UI, `rabbitmqctl export_definitions`, or written by hand). Tolerates a byte order mark and parts left out; everything else
 * that is not as it should be is refused with its place: line and column when it is no JSON, `queues[3].durable` when it is. Never throws.
 */
export function readDefinitions(text: string): ReadDefinitions {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (plain.length > DEFINITIONS_LENGTH_MAX)
    return refuse("too-large", { length: plain.length, max: DEFINITIONS_LENGTH_MAX });
  if (plain.trim() === "") return refuse("empty-file", {});
  let raw: unknown;
  try {
    raw = JSON.parse(plain);
  } catch {
    const fault = syntaxFault(plain) ?? { code: "no-json" as const, facts: { line: 1, column: 1, text: "" } };
    return refuse(fault.code, fault.facts);
  }
  if (!isObject(raw)) return refuse("no-definitions", { got: got(raw) });
  if (!PARTS.some((part) => Object.hasOwn(raw as object, part))) {
    const keys = Object.keys(raw);
    if (keys.includes("nodes") && keys.includes("edges")) return refuse("a-scenario", {});
    return refuse("no-definitions", { got: keys.length === 0 ? "{}" : got(keys.slice(0, 5).join(", ")) });
  }
  const reader = new Reader();
  const file = readFile(raw, reader);
  const [first] = reader.issues;
  if (first !== undefined)
    return { ok: false, code: first.code as DefinitionsFault, facts: first.facts, issues: reader.issues };
  return { ok: true, file };
}

function refuse(code: FaultCode, facts: Issue["facts"]): ReadDefinitions {
  return { ok: false, code, facts, issues: [{ path: "", code, facts, severity: "error" }] };
}

type Raw = { [name: string]: unknown };

const isObject = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

function readFile(raw: Raw, r: Reader): DefinitionsFile {
  const named = r.text(raw, "original_vhost_name", "", "") || undefined;
  const vhosts = r.rows(raw, "vhosts").map(([row, place]) => ({
    place,
    name: r.name(row, "name", place),
    defaultQueueType: queueTypeOf(row),
    hasLimits: Array.isArray(row.limits) && row.limits.length > 0,
  }));
  // Definitions of a single virtual host do not repeat its name in every row.
  const own = named ?? (vhosts.length === 1 ? (vhosts[0]?.name as string) : "/");
  const vhost = (row: Raw, place: string) => (row.vhost === undefined ? own : r.name(row, "vhost", place));
  const file: DefinitionsFile = {
    vhosts,
    exchanges: r.rows(raw, "exchanges").map(([row, place]) => ({
      place,
      vhost: vhost(row, place),
      name: r.name(row, "name", place),
      type: r.name(row, "type", place),
      durable: r.flag(row, "durable", place, true),
      autoDelete: r.flag(row, "auto_delete", place, false),
      internal: r.flag(row, "internal", place, false),
      arguments: r.table(row, "arguments", place),
    })),
    queues: r.rows(raw, "queues").map(([row, place]) => ({
      place,
      vhost: vhost(row, place),
      name: r.name(row, "name", place),
      durable: r.flag(row, "durable", place, true),
      autoDelete: r.flag(row, "auto_delete", place, false),
      exclusive: r.flag(row, "exclusive", place, false),
      arguments: withType(r.table(row, "arguments", place), row.type),
    })),
    bindings: r.rows(raw, "bindings").map(([row, place]) => ({
      place,
      vhost: vhost(row, place),
      source: r.name(row, "source", place),
      destination: r.name(row, "destination", place),
      destinationType: r.oneOf(row, "destination_type", place, ["queue", "exchange"], "queue"),
      routingKey: r.text(row, "routing_key", place, "", NAME_MAX),
      arguments: r.table(row, "arguments", place),
    })),
    policies: r.rows(raw, "policies").map(([row, place]) => ({
      place,
      vhost: vhost(row, place),
      name: r.name(row, "name", place),
      pattern: r.text(row, "pattern", place, undefined, PATTERN_MAX),
      // Files of 3.0 and 3.1 have no such key: their policies apply to everything.
      applyTo: r.text(row, "apply-to", place, "all"),
      priority: r.integer(row, "priority", place, 0),
      definition: r.table(row, "definition", place),
    })),
    permissions: r.rows(raw, "permissions").map(([row, place]) => ({
      place,
      vhost: vhost(row, place),
      user: r.name(row, "user", place),
      configure: r.text(row, "configure", place, undefined, PATTERN_MAX),
      write: r.text(row, "write", place, undefined, PATTERN_MAX),
      read: r.text(row, "read", place, undefined, PATTERN_MAX),
    })),
    users: r.rows(raw, "users").map(([row, place]) => r.name(row, "name", place)),
    topicPermissions: r
      .rows(raw, "topic_permissions")
      .map(([row, place]) => ({ place, vhost: vhost(row, place), user: r.text(row, "user", place, "") })),
    parameters: r.rows(raw, "parameters").map(([row, place]) => ({
      place,
      vhost: vhost(row, place),
      component: r.text(row, "component", place, ""),
      name: r.text(row, "name", place, ""),
    })),
    globalParameters: r.rows(raw, "global_parameters").map(([row, place]) => r.text(row, "name", place, "")),
    otherKeys: Object.keys(raw).filter((key) => !PARTS.includes(key) && !ABOUT.includes(key)),
    placeholders: placeholdersIn(raw),
  };
  return file;
}

/** `type` beside the arguments appeared with 3.13; the argument says the same and decides. */
function withType(table: Table, type: unknown): Table {
  if (typeof type !== "string" || type === "classic" || type === "" || table["x-queue-type"] !== undefined)
    return table;
  return { ...table, "x-queue-type": type };
}

/** A module name stands for the type in files that a node wrote by itself. */
function queueTypeOf(row: Raw): string | null {
  const meta = isObject(row.metadata) ? row.metadata.default_queue_type : undefined;
  const type = row.default_queue_type ?? meta;
  if (typeof type !== "string") return null;
  const word = type.replace(/^rabbit_/, "").replace(/_queue$/, "");
  return ["classic", "quorum", "stream"].includes(word) ? word : null;
}

function placeholdersIn(raw: Raw): DefinitionsFile["placeholders"] {
  const found: DefinitionsFile["placeholders"] = [];
  const stack: { value: unknown; place: string; depth: number }[] = [{ value: raw, place: "", depth: 0 }];
  for (let entry = stack.pop(); entry !== undefined && found.length < FAULTS_MAX; entry = stack.pop()) {
    const { value, place, depth } = entry;
    if (typeof value === "string") {
      const text = findPlaceholder(value);
      if (text !== null) found.push({ place, text });
    } else if (typeof value === "object" && value !== null && depth < 6) {
      const inner = Array.isArray(value)
        ? value.map((item, index) => ({ value: item, place: `${place}[${index}]`, depth: depth + 1 }))
        : Object.entries(value).map(([name, item]) => ({
            value: item,
            place: place === "" ? name : `${place}.${name.slice(0, 60)}`,
            depth: depth + 1,
          }));
      for (let i = inner.length - 1; i >= 0; i--) stack.push(inner[i] as (typeof inner)[number]);
    }
  }
  return found;
}

/** Takes values out of untyped rows and notes every one that is not what it should be; the answer then is a harmless stand-in. */
class Reader {
  readonly issues: Issue[] = [];

  rows(raw: Raw, part: string): [Raw, string][] {
    const list = raw[part];
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) {
      this.wrong("not-a-list", part, list);
      return [];
    }
    const rows: [Raw, string][] = [];
    list.forEach((row: unknown, index) => {
      const place = `${part}[${index}]`;
      if (isObject(row)) rows.push([row, place]);
      else this.wrong("not-an-object", place, row);
    });
    return rows;
  }

  /** A text that names something: must be there, at most 255 characters. It may be empty (the default exchange). */
  name(row: Raw, key: string, place: string): string {
    return this.text(row, key, place, undefined, NAME_MAX);
  }

  /** @param fallback undefined: must be given */
  text(row: Raw, key: string, place: string, fallback: string | undefined, max = Number.MAX_SAFE_INTEGER): string {
    const value = row[key];
    if (typeof value === "string") {
      if (value.length > max) this.add("too-long", at(place, key), { max, got: value.length });
      return value;
    }
    if (value === undefined && fallback !== undefined) return fallback;
    if (value === undefined) this.add("missing", at(place, key), {});
    else this.wrong("not-a-text", at(place, key), value);
    return "";
  }

  oneOf<T extends string>(row: Raw, key: string, place: string, words: readonly T[], fallback: T): T {
    const value = row[key];
    if (value === undefined) return fallback;
    const found = words.find((word) => word === value);
    if (found === undefined) this.add("unknown-choice", at(place, key), { got: got(value), choices: words.join(", ") });
    return found ?? fallback;
  }

  flag(row: Raw, key: string, place: string, fallback: boolean): boolean {
    const value = row[key];
    if (value === undefined) return fallback;
    if (typeof value === "boolean") return value;
    this.wrong("not-a-boolean", at(place, key), value);
    return fallback;
  }

  integer(row: Raw, key: string, place: string, fallback: number): number {
    const value = row[key];
    if (value === undefined) return fallback;
    if (typeof value === "number" && Number.isInteger(value)) return value;
    this.wrong("not-an-integer", at(place, key), value);
    return fallback;
  }

  /** An object; writers in languages with one kind of collection write an empty one as `[]`. */
  table(row: Raw, key: string, place: string): Table {
    const value = row[key];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return {};
    if (isObject(value)) return value as { [name: string]: TableValue };
    this.wrong("not-an-object", at(place, key), value);
    return {};
  }

  private wrong(code: IssueCode, path: string, value: unknown): void {
    this.add(code, path, { got: quoted(value) });
  }

  private add(code: IssueCode, path: string, facts: Issue["facts"]): void {
    if (this.issues.length < FAULTS_MAX) this.issues.push({ path, code, facts: { path, ...facts }, severity: "error" });
  }
}

const at = (place: string, key: string): string => (place === "" ? key : `${place}.${key}`);

/** A text keeps its quotes, so that `"7"` and `7` look different. */
const quoted = (value: unknown): string => (typeof value === "string" ? `"${got(value)}"` : String(got(value)));
