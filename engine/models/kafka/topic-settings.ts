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

/** Smallest values that Kafka accepts, where that is not 0 or −1. */
const LEAST: Readonly<Record<string, number>> = {
  "retention.ms": -1,
  "retention.bytes": -1,
  "segment.bytes": 1_048_576,
  "segment.ms": 1,
  "min.insync.replicas": 1,
  "max.compaction.lag.ms": 1,
};

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
  return settings;
}

function changeOf(name: string, text: string): Partial<TopicSettings> | null {
  if (name === "cleanup.policy") {
    const policies = text === "" ? [] : text.split(",").map((one) => one.trim());
    if (!policies.every((one) => one === "compact" || one === "delete")) return null;
    return { isCompacted: policies.includes("compact"), isDeleted: policies.includes("delete") };
  }
  if (name === "unclean.leader.election.enable") return { isUncleanElection: text === "true" };
  if (name === "message.timestamp.type") return { isLogAppendTime: text === "LogAppendTime" };
  const field = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
  // What a model of behaviour has no use for (compression, flushing) is taken without a word.
  if (field === undefined) return {};
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value) || value < (LEAST[name] ?? 0)) return null;
  return { [field]: value };
}
