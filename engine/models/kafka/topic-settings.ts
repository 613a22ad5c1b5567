/** Settings of a topic, in Kafka's units: ms and bytes; −1 = without limit where Kafka has it so. */
export interface TopicSettings {
  readonly isCompacted: boolean;
  readonly isDeleted: boolean;
  readonly retentionMs: number;
  readonly retentionBytes: number;
  readonly segmentBytes: number;
  readonly segmentMs: number;
  readonly minInSync: number;
  readonly maxMessageBytes: number;
  readonly isUncleanElection: boolean;
  readonly dirtyRatio: number;
  readonly deleteRetentionMs: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
  /** `message.timestamp.type=LogAppendTime` */
  readonly isLogAppendTime: boolean;
  readonly timestampBeforeMs: number;
  readonly timestampAfterMs: number;
}

const DAY = 86_400_000;
/** Longer than any run; Kafka has the largest long. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/** Defaults of Kafka 4.x (semantics/kafka.md §1, §4, §5). */
export const TOPIC_DEFAULTS: TopicSettings = {
  isCompacted: false,
  isDeleted: true,
  retentionMs: 7 * DAY,
  retentionBytes: -1,
  segmentBytes: 1_073_741_824,
  segmentMs: 7 * DAY,
  minInSync: 1,
  maxMessageBytes: 1_048_588,
  isUncleanElection: false,
  dirtyRatio: 0.5,
  deleteRetentionMs: DAY,
  minCompactionLagMs: 0,
  maxCompactionLagMs: FOREVER,
  isLogAppendTime: false,
  timestampBeforeMs: FOREVER,
  timestampAfterMs: 3_600_000,
};

const NUMBERS: Readonly<Record<string, keyof TopicSettings>> = {
  "retention.ms": "retentionMs",
  "retention.bytes": "retentionBytes",
  "segment.bytes": "segmentBytes",
  "internal.segment.bytes": "segmentBytes",
  "segment.ms": "segmentMs",
  "min.insync.replicas": "minInSync",
  "max.message.bytes": "maxMessageBytes",
  "min.cleanable.dirty.ratio": "dirtyRatio",
  "delete.retention.ms": "deleteRetentionMs",
  "min.compaction.lag.ms": "minCompactionLagMs",
  "max.compaction.lag.ms": "maxCompactionLagMs",
  "message.timestamp.before.max.ms": "timestampBeforeMs",
  "message.timestamp.after.max.ms": "timestampAfterMs",
};

/** Smallest and largest values that Kafka accepts. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  "retention.ms": [-1, Number.POSITIVE_INFINITY],
  "retention.bytes": [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  "segment.bytes": [1_048_576, 2_147_483_647],
  "segment.ms": [1, Number.POSITIVE_INFINITY],
  "min.insync.replicas": [1, 2_147_483_647],
  "max.message.bytes": [0, 2_147_483_647],
  "min.cleanable.dirty.ratio": [0, 1],
  "max.compaction.lag.ms": [1, Number.POSITIVE_INFINITY],
};
const NOT_NEGATIVE = [0, Number.POSITIVE_INFINITY] as const;

/** Settings without a meaning in a model of behaviour: how bytes are packed, flushed, indexed and moved. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set([
  "compression.type",
  "compression.gzip.level",
  "compression.lz4.level",
  "compression.zstd.level",
  "file.delete.delay.ms",
  "flush.messages",
  "flush.ms",
  "follower.replication.throttled.replicas",
  "index.interval.bytes",
  "leader.replication.throttled.replicas",
  "local.retention.bytes",
  "local.retention.ms",
  "preallocate",
  "remote.log.copy.disable",
  "remote.log.delete.on.disable",
  "remote.storage.enable",
  "segment.index.bytes",
  "segment.jitter.ms",
]);

/**
 * Settings with some of them changed, by Kafka's own names, as texts.
 * @returns null when Kafka refuses one of them (`INVALID_CONFIG`)
 */
export function topicSettings(before: TopicSettings, changes: Readonly<Record<string, string>>): TopicSettings | null {
  let settings = before;
  for (const [name, text] of Object.entries(changes)) {
    const change = changeOf(name, text);
    if (change === null) return null;
    settings = { ...settings, ...change };
  }
  return settings.maxCompactionLagMs < settings.minCompactionLagMs ? null : settings;
}

function changeOf(name: string, text: string): Partial<TopicSettings> | null {
  if (name === "cleanup.policy") {
    const policies = text === "" ? [] : text.split(",").map((one) => one.trim());
    if (!policies.every((one) => one === "compact" || one === "delete")) return null;
    return { isCompacted: policies.includes("compact"), isDeleted: policies.includes("delete") };
  }
  if (name === "unclean.leader.election.enable") {
    if (text !== "true" && text !== "false") return null;
    return { isUncleanElection: text === "true" };
  }
  if (name === "message.timestamp.type") {
    if (text !== "CreateTime" && text !== "LogAppendTime") return null;
    return { isLogAppendTime: text === "LogAppendTime" };
  }
  const field = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
  if (field === undefined) return WITHOUT_MEANING.has(name) ? {} : null;
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) return null;
  if (field !== "dirtyRatio" && !Number.isInteger(value)) return null;
  const [least, most] = RANGES[name] ?? NOT_NEGATIVE;
  return value < least || value > most ? null : { [field]: value };
}
