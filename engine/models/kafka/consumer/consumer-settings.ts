import { ASSIGNOR_NAMES, type AssignorName } from "../groups/assignors.ts";
import { READ_COMMITTED, READ_UNCOMMITTED } from "../seam.ts";
import { CONSUMER_DEFAULTS, type ConsumerConfig, type OffsetReset } from "./consumer-config.ts";

/** A setting that the client refuses. `code` is Kafka's name of what it throws. */
export class SettingError extends Error {
  override name = "SettingError";
  readonly code: string;

  constructor(code: string, setting: string) {
    super(`${setting}: ${code}`);
    this.code = code;
  }
}

type Settings = Readonly<Record<string, string>>;
type Changes = { -readonly [field in keyof ConsumerConfig]?: ConsumerConfig[field] };

const CLASSES: Readonly<Record<string, AssignorName>> = {
  RangeAssignor: "range",
  RoundRobinAssignor: "roundrobin",
  StickyAssignor: "sticky",
  CooperativeStickyAssignor: "cooperative-sticky",
};

/** What the consumer protocol leaves to the brokers, and refuses from the client. */
const CLASSIC_ONLY = ["session.timeout.ms", "heartbeat.interval.ms", "partition.assignment.strategy"];

const NUMBERS: Readonly<Record<string, { readonly field: keyof ConsumerConfig; readonly least: number }>> = {
  "auto.commit.interval.ms": { field: "autoCommitIntervalMs", least: 0 },
  "max.poll.records": { field: "maxPollRecords", least: 1 },
  "max.poll.interval.ms": { field: "maxPollIntervalMs", least: 1 },
  "session.timeout.ms": { field: "sessionTimeoutMs", least: 0 },
  "heartbeat.interval.ms": { field: "heartbeatIntervalMs", least: 0 },
  "metadata.max.age.ms": { field: "metadataMaxAgeMs", least: 0 },
  "max.partition.fetch.bytes": { field: "maxPartitionFetchBytes", least: 0 },
};

/**
 * A consumer's settings from Kafka's own words. Settings that the model does not have are ignored.
 * @param clientId what member ids begin with @throws SettingError as the client's constructor does
 */
export function consumerConfigOf(
  group: string | null,
  clientId: string,
  settings: Settings,
  defaults: Partial<ConsumerConfig> = {},
): ConsumerConfig {
  const read: Changes = { group, clientId };
  for (const [name, { field, least }] of Object.entries(NUMBERS)) {
    const text = settings[name];
    if (text !== undefined) (read as Record<string, unknown>)[field] = numberOf(name, text, least);
  }
  if (settings["group.instance.id"] !== undefined) read.instanceId = settings["group.instance.id"];
  if (settings["group.remote.assignor"] !== undefined) read.remoteAssignor = settings["group.remote.assignor"];
  if (settings["auto.offset.reset"] !== undefined) read.autoOffsetReset = resetOf(settings["auto.offset.reset"]);
  readChoices(settings, read);
  const config = { ...CONSUMER_DEFAULTS, ...defaults, ...read };
  checkTogether(settings, config);
  return group === null ? { ...config, autoCommit: false } : config;
}

function readChoices(settings: Settings, read: Changes): void {
  const commit = settings["enable.auto.commit"];
  if (commit !== undefined) read.autoCommit = oneOf("enable.auto.commit", commit, ["true", "false"]) === "true";
  const isolation = settings["isolation.level"];
  if (isolation !== undefined) {
    const level = oneOf("isolation.level", isolation, ["read_committed", "read_uncommitted"]);
    read.isolation = level === "read_committed" ? READ_COMMITTED : READ_UNCOMMITTED;
  }
  const protocol = settings["group.protocol"];
  if (protocol !== undefined) {
    read.protocol = oneOf("group.protocol", protocol.toLowerCase(), ["classic", "consumer"]) as "classic" | "consumer";
  }
  const strategy = settings["partition.assignment.strategy"];
  if (strategy !== undefined) read.assignors = strategy.split(",").map(assignorOf);
}

function checkTogether(settings: Settings, config: ConsumerConfig): void {
  if (config.protocol === "consumer") {
    for (const name of CLASSIC_ONLY) if (settings[name] !== undefined) throw new SettingError("ConfigException", name);
  } else {
    if (settings["group.remote.assignor"] !== undefined)
      throw new SettingError("ConfigException", "group.remote.assignor");
    if (config.heartbeatIntervalMs >= config.sessionTimeoutMs) {
      throw new SettingError("IllegalArgumentException", "heartbeat.interval.ms");
    }
  }
  // Without a group automatic commits are off, but who asks for them is refused.
  if (config.group === null && settings["enable.auto.commit"] === "true") {
    throw new SettingError("INVALID_CONFIG", "enable.auto.commit");
  }
}

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new SettingError("ConfigException", name);
  return value;
}

function oneOf(name: string, text: string, allowed: readonly string[]): string {
  if (!allowed.includes(text)) throw new SettingError("ConfigException", name);
  return text;
}

/** By class, as Kafka wants it, or by the assignor's own name. */
function assignorOf(text: string): AssignorName {
  const name = text.trim();
  const found = CLASSES[name.slice(name.lastIndexOf(".") + 1)] ?? ASSIGNOR_NAMES.find((one) => one === name);
  if (found === undefined) throw new SettingError("ClassNotFoundException", "partition.assignment.strategy");
  return found;
}

const DURATION = /^by_duration:P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const SECONDS = [86_400, 3600, 60, 1];

function resetOf(text: string): OffsetReset {
  const lower = text.toLowerCase();
  if (lower === "earliest" || lower === "latest" || lower === "none") return lower;
  const match = DURATION.exec(text);
  if (match === null) throw new SettingError("ConfigException", "auto.offset.reset");
  return SECONDS.reduce((sum, seconds, i) => sum + 1000 * seconds * Number(match[i + 1] ?? 0), 0);
}
