import { DEFAULT_DELAY_LEVELS, parseDelayLevels } from "./delay-levels.ts";

/** What a broker is told in its file; RocketMQ's names and defaults, times in ms unless the name says otherwise. */
export interface BrokerSettings {
  /** 5, or 4: what a synchronous master promises, and whether there is a timer wheel. */
  readonly line: 4 | 5;
  /** brokerRole of the master: waits for slaves before it answers. */
  readonly isSyncMaster: boolean;
  /** Copies, its own included, that a synchronous master of line 5 waits for. */
  readonly inSyncReplicas: number;
  readonly slaveTimeout: number;
  /** flushDiskType: on disk before the answer. */
  readonly isSyncFlush: boolean;
  readonly syncFlushTimeout: number;
  /** µs that a flush takes: how long a message waits for the disk with SYNC_FLUSH. */
  readonly flushDelay: number;
  readonly flushIntervalCommitLog: number;
  readonly transientStorePoolEnable: boolean;
  readonly commitIntervalCommitLog: number;
  readonly autoCreateTopicEnable: boolean;
  readonly defaultTopicQueueNums: number;
  /** Delays of the levels from 1 on. */
  readonly delayLevels: readonly number[];
  readonly timerMaxDelaySec: number;
  readonly transactionTimeOut: number;
  readonly transactionCheckInterval: number;
  readonly transactionCheckMax: number;
  readonly flushConsumerOffsetInterval: number;
  readonly slaveReadEnable: boolean;
  readonly enablePropertyFilter: boolean;
  /** rocketmq.broker.rebalance.lockMaxLiveTime */
  readonly lockMaxLiveTime: number;
  /** fileReservedTime, but in ms: RocketMQ counts hours. */
  readonly fileReservedMs: number;
  readonly mappedFileSizeCommitLog: number;
  readonly cleanResourceInterval: number;
  readonly reviveInterval: number;
  /** Controller mode: ms without a master until one of its slaves takes over (controllerHeartBeatTimeoutMills); −1 = no controller, nobody is promoted. */
  readonly electionTimeout: number;
  /** With a controller, of a synchronous master: waits for all slaves that are in sync, however many, instead of `inSyncReplicas`. */
  readonly allAckInSyncStateSet: boolean;
  /** A slave that is behind for longer is not in sync. */
  readonly haMaxTimeSlaveNotCatchup: number;
  /** µs from a message's storing to its arrival at the slaves. */
  readonly replicationDelay: number;
}

const HOUR = 3_600_000;

export const BROKER_DEFAULTS: BrokerSettings = {
  line: 5,
  isSyncMaster: false,
  inSyncReplicas: 1,
  slaveTimeout: 3000,
  isSyncFlush: false,
  syncFlushTimeout: 5000,
  flushDelay: 0,
  flushIntervalCommitLog: 500,
  transientStorePoolEnable: false,
  commitIntervalCommitLog: 200,
  autoCreateTopicEnable: true,
  defaultTopicQueueNums: 8,
  delayLevels: parseDelayLevels(DEFAULT_DELAY_LEVELS) ?? [],
  timerMaxDelaySec: 3 * 24 * 3600,
  transactionTimeOut: 6000,
  transactionCheckInterval: 30_000,
  transactionCheckMax: 15,
  flushConsumerOffsetInterval: 5000,
  slaveReadEnable: false,
  enablePropertyFilter: false,
  lockMaxLiveTime: 60_000,
  fileReservedMs: 72 * HOUR,
  mappedFileSizeCommitLog: 1024 ** 3,
  cleanResourceInterval: 10_000,
  reviveInterval: 1000,
  electionTimeout: -1,
  allAckInSyncStateSet: false,
  haMaxTimeSlaveNotCatchup: 15_000,
  replicationDelay: 0,
};

/** Whole numbers that are called as in RocketMQ. */
const NUMBERS = [
  "inSyncReplicas",
  "slaveTimeout",
  "syncFlushTimeout",
  "flushIntervalCommitLog",
  "defaultTopicQueueNums",
  "timerMaxDelaySec",
  "transactionTimeOut",
  "transactionCheckInterval",
  "transactionCheckMax",
  "flushConsumerOffsetInterval",
  "mappedFileSizeCommitLog",
  "reviveInterval",
] as const;
const SWITCHES = [
  "transientStorePoolEnable",
  "autoCreateTopicEnable",
  "slaveReadEnable",
  "enablePropertyFilter",
] as const;

/**
 * Settings out of a broker's file. What means nothing to the model is passed over.
 * @param words RocketMQ's own names and values @param before what holds where nothing is said
 * @throws Error for a value that cannot be read
 */
export function brokerSettings(
  words: Readonly<Record<string, string>>,
  before: BrokerSettings = BROKER_DEFAULTS,
): BrokerSettings {
  const set: { -readonly [Key in keyof BrokerSettings]: BrokerSettings[Key] } = { ...before };
  for (const name of NUMBERS) if (words[name] !== undefined) set[name] = wholeOf(name, words[name]);
  for (const name of SWITCHES) if (words[name] !== undefined) set[name] = words[name] === "true";
  if (words.brokerRole !== undefined) set.isSyncMaster = words.brokerRole === "SYNC_MASTER";
  if (words.flushDiskType !== undefined) set.isSyncFlush = words.flushDiskType === "SYNC_FLUSH";
  if (words.fileReservedTime !== undefined)
    set.fileReservedMs = wholeOf("fileReservedTime", words.fileReservedTime) * HOUR;
  const lock = words["rocketmq.broker.rebalance.lockMaxLiveTime"];
  if (lock !== undefined) set.lockMaxLiveTime = wholeOf("lockMaxLiveTime", lock);
  // What has waited this long is handed to the system, however little it is; a message alone never fills the pages of the shorter interval.
  const commit = words.commitCommitLogThoroughInterval;
  if (commit !== undefined) set.commitIntervalCommitLog = wholeOf("commitCommitLogThoroughInterval", commit);
  if (words.messageDelayLevel !== undefined) {
    const levels = parseDelayLevels(words.messageDelayLevel);
    if (levels === null) throw new Error(`messageDelayLevel cannot be read: ${words.messageDelayLevel}`);
    set.delayLevels = levels;
  }
  return set;
}

function wholeOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Error(`${name} is no whole number: ${text}`);
  return value;
}
