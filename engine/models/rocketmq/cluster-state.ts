import type { MessageStore } from "../messages.ts";
import type { BrokerState } from "./broker-state.ts";
import type { GroupState } from "./group-state.ts";
import type { ProducerState } from "./producer-state.ts";
import { QueueLog } from "./queue-log.ts";
import type { ClusterWatcher, TimerSink } from "./seam.ts";
import { TagTable } from "./tag-table.ts";

/** A topic as one broker has it. */
export interface TopicAtBroker {
  readonly read: number;
  readonly write: number;
  /** 2 = may be written, 4 = may be read, 6 = both. */
  readonly perm: number;
}

export const MAY_WRITE = 2;
export const MAY_READ = 4;

export interface TopicState {
  readonly id: number;
  readonly name: string;
  /** By broker. */
  readonly at: Map<number, TopicAtBroker>;
  /** Numbers of its queues at each broker, by their number in the topic. */
  readonly queues: Map<number, number[]>;
  /** Grows when the name server would tell something else of it. */
  version: number;
  /** When it last did, µs. */
  changedAt: number;
  /** What consumers share, for this version of all routes; null = to be made. */
  readQueues: readonly number[] | null;
}

export interface QueueState {
  readonly id: number;
  readonly topic: number;
  readonly broker: number;
  readonly index: number;
  readonly log: QueueLog;
}

/** A place where a popped message is remembered until it is acknowledged. */
export interface PopCheckpoint {
  readonly group: number;
  readonly queue: number;
  readonly offset: number;
  /** µs */
  popTime: number;
  dueAt: number;
}

/** Everything that name server, brokers and producers know: plain data, that can be cloned and put back. */
export class ClusterState {
  readonly store: MessageStore;
  readonly tags: TagTable = new TagTable();
  watcher: ClusterWatcher | null = null;
  /** What the watcher does goes there; null = where the command's own effects go. */
  watcherSink: TimerSink | null = null;
  brokers: BrokerState[] = [];
  topics: TopicState[] = [];
  topicIds: Map<string, number> = new Map();
  queues: QueueState[] = [];
  groups: GroupState[] = [];
  groupIds: Map<string, number> = new Map();
  producers: ProducerState[] = [];
  /** By queue and offset and group, in the order of popping. */
  checkpoints: Map<string, PopCheckpoint> = new Map();
  popTurn = 0;
  /** Half messages so far. */
  halfCount = 0;
  routeVersion = 0;

  constructor(store: MessageStore) {
    this.store = store;
  }

  broker(id: number): BrokerState {
    return this.brokers[id] as BrokerState;
  }

  topic(id: number): TopicState {
    return this.topics[id] as TopicState;
  }

  queue(id: number): QueueState {
    return this.queues[id] as QueueState;
  }

  brokerOf(queue: number): BrokerState {
    return this.broker(this.queue(queue).broker);
  }

  /** The topic of this name; made up, at no broker, when there is none. */
  topicNamed(name: string): TopicState {
    const known = this.topicIds.get(name);
    if (known !== undefined) return this.topic(known);
    const topic: TopicState = {
      id: this.topics.length,
      name,
      at: new Map(),
      queues: new Map(),
      version: 0,
      changedAt: 0,
      readQueues: null,
    };
    this.topics.push(topic);
    this.topicIds.set(name, topic.id);
    return topic;
  }

  /** The number of a topic's queue at a broker, whether the topic is there or not: its number never changes. */
  queueAt(topic: TopicState, broker: number, index: number): number {
    let queues = topic.queues.get(broker);
    if (queues === undefined) {
      queues = [];
      topic.queues.set(broker, queues);
    }
    while (queues.length <= index) {
      const id = this.queues.length;
      this.queues.push({ id, topic: topic.id, broker, index: queues.length, log: new QueueLog(topic.id) });
      this.broker(broker).queues.push(id);
      queues.push(id);
    }
    return queues[index] as number;
  }
}
