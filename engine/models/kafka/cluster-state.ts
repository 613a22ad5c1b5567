import type { MessageStore } from "../messages.ts";
import type { BrokerState } from "./broker-state.ts";
import { KeyTable } from "./keys.ts";
import type { PartitionState } from "./partition-state.ts";
import type { ProducerState } from "./producer-state.ts";
import type { ClusterWatcher, TimerSink } from "./seam.ts";
import type { TopicSettings } from "./topic-settings.ts";
import type { TransactionState } from "./transaction-state.ts";

/** How brokers are set up; times in ms, Kafka's defaults where left out. */
export interface BrokerSettings {
  readonly sessionTimeoutMs: number;
  readonly replicaLagMs: number;
  readonly retentionCheckMs: number;
  readonly initialTaskDelayMs: number;
  readonly cleanerBackoffMs: number;
  readonly uncleanIntervalMs: number;
  readonly transactionCheckMs: number;
  readonly transactionTimeoutMaxMs: number;
  /** µs from a record's append to its arrival at the followers. */
  readonly replicationDelay: number;
  /** µs between two times at which everything is forced to disk. Can change in a running cluster. */
  flushInterval: number;
}

export const BROKER_DEFAULTS: BrokerSettings = {
  sessionTimeoutMs: 9000,
  replicaLagMs: 30_000,
  retentionCheckMs: 300_000,
  initialTaskDelayMs: 30_000,
  cleanerBackoffMs: 15_000,
  uncleanIntervalMs: 300_000,
  transactionCheckMs: 10_000,
  transactionTimeoutMaxMs: 900_000,
  replicationDelay: 0,
  flushInterval: 30_000_000,
};

export interface TopicState {
  readonly id: number;
  readonly name: string;
  settings: TopicSettings;
  isDeleted: boolean;
  /** Partitions' numbers, by their number in the topic. */
  readonly partitions: number[];
}

/** Everything that brokers, controller and producers know: plain data, that can be cloned and put back. */
export class ClusterState {
  readonly store: MessageStore;
  readonly settings: BrokerSettings;
  readonly keys: KeyTable = new KeyTable();
  watcher: ClusterWatcher | null = null;
  /** What the watcher does goes there; null = where the command's own effects go. */
  watcherSink: TimerSink | null = null;
  brokers: BrokerState[] = [];
  topics: TopicState[] = [];
  topicIds: Map<string, number> = new Map();
  partitions: PartitionState[] = [];
  producers: ProducerState[] = [];
  transactions: Map<string, TransactionState> = new Map();
  transactionsByProducer: Map<number, TransactionState> = new Map();
  nextProducerId = 0;
  topologyVersion = 0;
  hasRetention = false;
  isUncleanWatched = false;
  isTransactionWatched = false;

  constructor(store: MessageStore, settings: Partial<BrokerSettings>) {
    this.store = store;
    this.settings = { ...BROKER_DEFAULTS, ...settings };
  }

  broker(id: number): BrokerState | undefined {
    for (const broker of this.brokers) if (broker.id === id) return broker;
    return undefined;
  }

  isAnswering(id: number): boolean {
    return this.broker(id)?.isAnswering ?? false;
  }

  settingsOf(partition: PartitionState): TopicSettings {
    return (this.topics[partition.topic] as TopicState).settings;
  }

  /** `min.insync.replicas`, or the number of replicas if that is less. */
  minInSync(partition: PartitionState): number {
    return Math.min(this.settingsOf(partition).minInSync, partition.replicas.length);
  }
}
