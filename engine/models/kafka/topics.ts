import type { Meta } from "../model.ts";
import { unblock } from "./accumulator.ts";
import type { ClusterState, TopicState } from "./cluster-state.ts";
import { withdraw } from "./leading.ts";
import { PartitionState } from "./partition-state.ts";
import { DELETED } from "./reasons.ts";
import { dropBranch, refuseWaiting } from "./replication.ts";
import { runSender, wakeProducers } from "./sender.ts";
import { moveBatch } from "./sent.ts";
import type { ClusterSink } from "./sink.ts";
import { TIMER_CLEANER, TIMER_RETENTION, TIMER_UNCLEAN } from "./timers.ts";
import { TOPIC_DEFAULTS, topicSettings } from "./topic-settings.ts";

/** What a topic is made of. */
export interface TopicPlan {
  /** Brokers of each partition, the preferred leader first; or their number, placed by the cluster. */
  readonly assignment: readonly (readonly number[])[] | { readonly partitions: number; readonly replicas: number };
  /** By Kafka's names, as texts. */
  readonly config: Readonly<Record<string, string>>;
}

/** @returns Kafka's code, "" when the topic is there */
export function createTopic(c: ClusterState, name: string, plan: TopicPlan, meta: Meta, out: ClusterSink): string {
  if (c.topicIds.has(name)) return "TOPIC_ALREADY_EXISTS";
  const settings = topicSettings(TOPIC_DEFAULTS, plan.config);
  if (settings === null) return "INVALID_CONFIG";
  const assignment = "partitions" in plan.assignment ? placed(c, plan.assignment) : plan.assignment;
  if (typeof assignment === "string") return assignment;
  const refusal = misplaced(c, assignment);
  if (refusal !== "") return refusal;
  const topic: TopicState = { id: c.topics.length, name, settings, isDeleted: false, partitions: [] };
  c.topics.push(topic);
  c.topicIds.set(name, topic.id);
  for (const brokers of assignment) addPartition(c, topic, brokers, meta, out);
  inherit(c, topic);
  changed(c, topic, meta, out);
  for (const id of topic.partitions) wakeProducers(c, id, meta, out);
  watch(c, meta, out);
  return "";
}

/** Batches that wait for a topic of this name, which was deleted, are sent to the new one: a client knows a partition by its topic's name and its number there. */
function inherit(c: ClusterState, { id, name, partitions }: TopicState): void {
  const before = c.topics.findLast((one) => one.name === name && one.id !== id);
  if (before === undefined) return;
  before.partitions.forEach((old, index) => {
    const now = partitions[index];
    if (now === undefined) return;
    (c.partitions[old] as PartitionState).successor = now;
    for (const producer of c.producers) {
      const queue = producer.queues[old];
      if (queue === undefined || queue === null) continue;
      producer.queues[old] = null;
      while (producer.queues.length <= now) producer.queues.push(null);
      producer.queues[now] = queue;
      queue.partition = now;
      for (const batch of queue.batches.list()) moveBatch(c, batch, now);
    }
  });
}

/** @returns brokers of each partition, or Kafka's code */
function placed(c: ClusterState, count: { partitions: number; replicas: number }): number[][] | string {
  if (count.partitions < 1) return "INVALID_PARTITIONS";
  const alive = c.brokers.filter(({ isFenced }) => !isFenced);
  if (count.replicas < 1 || count.replicas > alive.length) return "INVALID_REPLICATION_FACTOR";
  return striped(
    alive.map(({ id }) => id),
    c.topics.length,
    0,
    count.partitions,
    count.replicas,
  );
}

/** Kafka begins anywhere and goes round; here the topic's number says where. */
function striped(brokers: readonly number[], start: number, from: number, to: number, replicas: number): number[][] {
  const lists: number[][] = [];
  for (let index = from; index < to; index++) {
    const list: number[] = [];
    for (let r = 0; r < replicas; r++) list.push(brokers[(start + index + r) % brokers.length] as number);
    lists.push(list);
  }
  return lists;
}

function misplaced(c: ClusterState, assignment: readonly (readonly number[])[]): string {
  const [first] = assignment;
  if (first === undefined) return "INVALID_PARTITIONS";
  for (const brokers of assignment) {
    const isKnown = brokers.every((id) => c.broker(id) !== undefined);
    if (brokers.length === 0 || !isKnown || new Set(brokers).size < brokers.length) return "INVALID_REPLICA_ASSIGNMENT";
    if (brokers.length !== first.length) return "INVALID_REPLICA_ASSIGNMENT";
  }
  return "";
}

function addPartition(
  c: ClusterState,
  topic: TopicState,
  brokers: readonly number[],
  meta: Meta,
  out: ClusterSink,
): void {
  const partition = new PartitionState(c.partitions.length, topic.id, topic.partitions.length, brokers, meta.now);
  c.partitions.push(partition);
  topic.partitions.push(partition.id);
  const alive = brokers.filter((id) => c.broker(id)?.isFenced === false);
  if (alive.length > 0 && alive.length < brokers.length) {
    partition.isr = alive;
    partition.leader = alive[0] as number;
    partition.lastLeader = partition.leader;
  }
  out.led(partition.id, partition.leader);
  out.inSync(partition.id, partition.isr.length);
}

/** Clients hear of it in their own time; sends that were waiting for it go on. */
function changed(c: ClusterState, topic: TopicState, meta: Meta, out: ClusterSink): void {
  c.topologyVersion++;
  c.watcher?.topicChanged(topic.id, meta, c.watcherSink ?? out);
  for (const producer of c.producers) {
    if (producer.blocked.length === 0) continue;
    unblock(c, producer, meta, out);
    runSender(c, producer, meta, out);
  }
}

/** @param total partitions that there are to be @returns Kafka's code, "" when they are there */
export function addPartitions(c: ClusterState, topic: TopicState, total: number, meta: Meta, out: ClusterSink): string {
  if (total <= topic.partitions.length) return "INVALID_PARTITIONS";
  const replicas = c.partitions[topic.partitions[0] as number]?.replicas.length ?? 1;
  const alive = c.brokers.filter(({ isFenced }) => !isFenced).map(({ id }) => id);
  if (replicas > alive.length) return "INVALID_REPLICATION_FACTOR";
  for (const brokers of striped(alive, topic.id, topic.partitions.length, total, replicas)) {
    addPartition(c, topic, brokers, meta, out);
  }
  changed(c, topic, meta, out);
  return "";
}

/** @param set by Kafka's names @returns Kafka's code, "" when they hold */
export function configureTopic(
  c: ClusterState,
  topic: TopicState,
  set: Readonly<Record<string, string>>,
  meta: Meta,
  out: ClusterSink,
): string {
  const settings = topicSettings(topic.settings, set);
  if (settings === null) return "INVALID_CONFIG";
  topic.settings = settings;
  if (settings.isUncleanElection && !c.isUncleanWatched) {
    c.isUncleanWatched = true;
    out.timer(meta.now + c.settings.uncleanIntervalMs * 1000, TIMER_UNCLEAN, 0);
  }
  return "";
}

/** The topic goes with all that is in it. */
export function deleteTopic(c: ClusterState, topic: TopicState, meta: Meta, out: ClusterSink): void {
  topic.isDeleted = true;
  c.topicIds.delete(topic.name);
  for (const id of topic.partitions) {
    const partition = c.partitions[id] as PartitionState;
    partition.isDeleted = true;
    const { log } = partition;
    const awaited = withdraw(c, partition, log.start);
    for (let place = log.head; place < log.head + log.count; place++) {
      const handle = log.handles[place] as number;
      if (handle < 0) continue;
      if (awaited.has(handle)) out.withdrawn(id, handle);
      else out.discarded(id, handle, DELETED);
    }
    log.dropBefore(log.end);
    for (const replica of partition.replicas) dropBranch(c, replica);
    partition.leader = -1;
    refuseWaiting(c, partition, meta, out);
  }
  changed(c, topic, meta, out);
}

/** Retention and the cleaner look from the first topic on. */
function watch(c: ClusterState, meta: Meta, out: ClusterSink): void {
  if (c.hasRetention) return;
  c.hasRetention = true;
  out.timer(meta.now + c.settings.initialTaskDelayMs * 1000, TIMER_RETENTION, 0);
  out.timer(meta.now + c.settings.cleanerBackoffMs * 1000, TIMER_CLEANER, 0);
}
