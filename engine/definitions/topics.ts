import { fieldOf, type Issue, NODES_MAX, type Scenario, type Settings, type SettingValue } from "../scenario/index.ts";
import type { NoticeCode } from "./codes.ts";
import { Drawing } from "./drawing.ts";
import { Notices, some } from "./notices.ts";

/** Topics of a Kafka cluster as `kafka-topics --describe` prints them, one line a topic and one a partition, with `Name: value` between tabs. */

export interface ImportedTopics {
  scenario: Scenario;
  notices: Issue[];
}

interface TopicRow {
  name: string;
  partitions: number;
  replication: number;
  configs: Map<string, string>;
  brokers: Set<string>;
}

/** Whether a text may be such a list: a line that begins with a topic, and says how many partitions it has or which this one is. */
export const looksLikeTopics = (text: string): boolean =>
  /^\s*Topic:\s*\S+.*\b(PartitionCount|Partition|Leader):/m.test(text.slice(0, LOOK_AT));
const LOOK_AT = 20_000;

/** `min.insync.replicas` … as a topic's settings have them. What is not here has no place in a document. */
const CONFIGS: Readonly<Record<string, { field: string }>> = {
  "min.insync.replicas": { field: "minInsync" },
  "retention.ms": { field: "retentionTime" },
  "retention.bytes": { field: "retentionBytes" },
  "cleanup.policy": { field: "cleanup" },
  "segment.ms": { field: "segmentTime" },
  "unclean.leader.election.enable": { field: "uncleanElection" },
};
/** Kafka's own topics. */
const INTERNAL = new Set(["__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata"]);
/** What a real cluster does when nothing else is said; a topic that is drawn by hand is quicker. */
const SEGMENT_MS = 604_800_000;
const COLUMNS = 4;
const STEP = { x: 17, y: 12 };
const INSET = { x: 2, y: 4 };

/** Draws the topics inside a cluster. Never throws; nothing of the text disappears without a notice. */
export function importTopics(text: string, title = "Kafka"): ImportedTopics {
  const notices = new Notices();
  const drawing = new Drawing();
  const rows = readRows(text, notices);
  const kept = rows.slice(0, NODES_MAX - 1);
  if (kept.length < rows.length)
    notices.warning("topics-cut", "", { count: rows.length - kept.length, max: NODES_MAX });
  if (kept.length === 0) return { scenario: drawing.scenario(title), notices: notices.list };
  const ids = new Set(kept.flatMap(({ brokers }) => [...brokers]));
  const most = Math.max(1, ids.size, ...kept.map(({ replication }) => replication));
  const brokers = within("cluster", "brokers", most, "brokers", title, notices);
  const size = {
    w: INSET.x + STEP.x * Math.min(COLUMNS, kept.length),
    h: INSET.y + STEP.y * Math.ceil(kept.length / COLUMNS),
  };
  const frame = drawing.add("cluster", drawing.name(title), { brokers }, { w: Math.max(40, size.w), h: size.h });
  kept.forEach((row, i) => {
    const settings = settingsFor(row, notices);
    const x = INSET.x + STEP.x * (i % COLUMNS);
    const y = INSET.y + STEP.y * Math.floor(i / COLUMNS);
    const node = drawing.add("topic", drawing.name(row.name), settings, { parent: frame.id, x, y });
    if (node.name !== row.name) notices.info("renamed", row.name, { name: row.name, drawn: node.name }, node.id);
  });
  return { scenario: drawing.scenario(title), notices: notices.list };
}

/** `Topic: a⇥PartitionCount: 3` → its fields. Values may hold colons, names do not. */
function fieldsOfLine(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  // Older versions put spaces where newer ones have tabs; a name begins with a capital letter.
  for (const found of line.matchAll(/([A-Z][A-Za-z]*):[ \t]*([^\t]*?)(?=\s+[A-Z][A-Za-z]*:|\t|$)/g))
    fields.set(found[1] as string, (found[2] as string).trim());
  return fields;
}

function readRows(text: string, notices: Notices): TopicRow[] {
  const rows = new Map<string, TopicRow>();
  const internal: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const fields = fieldsOfLine(line);
    const name = fields.get("Topic");
    if (name === undefined || name === "") continue;
    if (INTERNAL.has(name)) {
      internal.push(name);
      continue;
    }
    const row = rows.get(name) ?? {
      name,
      partitions: 0,
      replication: 1,
      configs: new Map<string, string>(),
      brokers: new Set<string>(),
    };
    rows.set(name, row);
    row.partitions = Math.max(
      row.partitions,
      number(fields.get("PartitionCount")),
      number(fields.get("Partition")) + 1,
    );
    const replicas = (fields.get("Replicas") ?? "").split(",").filter((id) => id !== "");
    for (const id of replicas) row.brokers.add(id);
    row.replication = Math.max(row.replication, number(fields.get("ReplicationFactor")), replicas.length);
    for (const [key, value] of configsOf(fields.get("Configs") ?? "")) row.configs.set(key, value);
  }
  if (internal.length > 0) notices.info("internal-topic-skipped", "", { names: some(internal) });
  return [...rows.values()];
}

/** `a=1,cleanup.policy=compact,delete,b=2`: a value may hold commas, a name is a word with an equals sign behind it. */
const configsOf = (text: string): [string, string][] =>
  [...text.matchAll(/([\w.]+)=(.*?)(?=,[\w.]+=|$)/g)].map(([, key = "", value = ""]) => [key, value]);

const number = (text: string | undefined): number => (text !== undefined && /^\d+$/.test(text) ? Number(text) : 0);

function settingsFor(row: TopicRow, notices: Notices): Settings {
  const { name } = row;
  const settings: Settings = {
    partitions: within("topic", "partitions", Math.max(1, row.partitions), "partitions", name, notices),
    replication: within("topic", "replication", row.replication, "replicas", name, notices),
    segmentTime: SEGMENT_MS,
  };
  const others: string[] = [];
  for (const [config, text] of row.configs) {
    const known = CONFIGS[config];
    const value = known && settingOf(known.field, text);
    if (known === undefined || value === undefined) others.push(`${config}=${text}`);
    else settings[known.field] = value;
  }
  if (others.length > 0) notices.info("topic-config-ignored", name, { name, configs: some(others) });
  return settings;
}

/** A config's text as the setting has it. @returns undefined for what the setting cannot be */
function settingOf(name: string, text: string): SettingValue | undefined {
  const field = fieldOf("topic", name);
  if (field === undefined) return undefined;
  if (field.type === "bool") return text === "true" ? true : text === "false" ? false : undefined;
  if (field.choices !== undefined) {
    const sorted = text
      .split(",")
      .map((one) => one.trim())
      .sort()
      .join(",");
    return field.choices.includes(sorted) ? sorted : undefined;
  }
  if (text === "-1" && field.nullable === true) return null;
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= (field.min ?? 0) && value <= (field.max ?? value) ? value : undefined;
}

function within(
  kind: "topic" | "cluster",
  setting: string,
  value: number,
  what: "partitions" | "replicas" | "brokers",
  name: string,
  notices: Notices,
): number {
  const max = fieldOf(kind, setting)?.max ?? value;
  if (value <= max) return value;
  const code: NoticeCode = `too-many-${what}`;
  notices.warning(code, name, { name, got: value, max });
  return max;
}
