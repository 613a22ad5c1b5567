import { type GroupFigures, sum, TopicFigures } from "../logs/log-figures.ts";
import type { KafkaHost } from "./kafka-host.ts";
import type { Readers } from "./places.ts";

/** What is measured of topics, partitions and groups when somebody asks. */

const MILLI = 1000;

/** A topic at one moment. */
export class PartitionFigures extends TopicFigures<GroupFigures> {
  private readonly host: KafkaHost;

  /** @param topic the cluster's number, −1 = none */
  constructor(host: KafkaHost, topic: number) {
    const count = topic < 0 ? 0 : host.cluster.partitionCount(topic);
    super(Array.from({ length: count }, (_, i) => host.cluster.partitionId(topic, i)));
    this.host = host;
  }

  protected reckon(group: string): GroupFigures {
    return figuresOf(this.host, group, this.lanes);
  }
}

function figuresOf(host: KafkaHost, name: string, partitions: readonly number[]): GroupFigures {
  const { cluster, consuming } = host;
  const readers = host.groups.get(name);
  const number = consuming.groupId(name);
  const { length } = partitions;
  const committed = new Float64Array(length);
  const position = new Float64Array(length);
  const lag = new Float64Array(length);
  const owner = new Int32Array(length).fill(-1);
  const consumer = new Int32Array(length).fill(-1);
  for (const reader of readers?.readers ?? []) {
    if (reader.consumer < 0) continue;
    for (const partition of consuming.assignment(reader.consumer)) {
      const i = partitions.indexOf(partition);
      if (i < 0) continue;
      owner[i] = reader.instance.index;
      consumer[i] = reader.consumer;
    }
  }
  let lagTime = 0;
  for (let i = 0; i < length; i++) {
    const partition = partitions[i] as number;
    const at = (consumer[i] as number) < 0 ? -1 : consuming.position(consumer[i] as number, partition);
    const commit = number < 0 ? -1 : consuming.committedOffset(number, partition);
    const next = commit >= 0 ? commit : startOf(host, readers, partition, at);
    const high = cluster.highWatermark(partition);
    committed[i] = next;
    position[i] = at < 0 ? next : at;
    lag[i] = Math.max(0, high - next);
    const oldest = Math.max(next, cluster.start(partition));
    const since = oldest < high ? cluster.timestampAt(partition, oldest) : -1;
    if (since >= 0) lagTime = Math.max(lagTime, host.core.now - since * MILLI);
  }
  return { committed, position, lag, lagTime, owner };
}

function startOf(host: KafkaHost, readers: Readers | undefined, partition: number, position: number): number {
  if (readers?.settings.offsetReset === "earliest") return host.cluster.start(partition);
  return position < 0 ? Number.NaN : position;
}

export function topicGauges(host: KafkaHost, topic: number, out: Float64Array, start: number): number {
  const { cluster } = host;
  const figures = host.figuresOf(topic);
  const { lanes: partitions } = figures;
  let [length, first, end, lag, behind, offline] = [0, 0, 0, 0, 0, 0];
  let inSync = partitions.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  for (const partition of partitions) {
    const { isr, replicas, leader, log } = host.stateOf(partition);
    length += log.count;
    first += cluster.start(partition);
    end += cluster.logEnd(partition);
    inSync = Math.min(inSync, leader < 0 ? 0 : isr.length);
    if (isr.length < replicas.length) behind++;
    if (leader < 0) offline++;
  }
  for (const { name } of host.readersAt(topic)) if (name !== "") lag += sum(figures.of(name).lag);
  let at = start;
  out[at++] = length;
  out[at++] = first;
  out[at++] = end;
  out[at++] = lag;
  out[at++] = host.readerCount(topic);
  out[at++] = inSync;
  out[at++] = behind;
  out[at++] = offline;
  return at;
}

export function partitionFigures(host: KafkaHost, topic: number, index: number, out: Float64Array, at: number): number {
  const { cluster } = host;
  const partition = host.figuresOf(topic).lanes[index];
  if (partition === undefined) {
    out.fill(Number.NaN, at, at + 5);
    return at + 5;
  }
  const { isr, leader } = host.stateOf(partition);
  out[at] = cluster.start(partition);
  out[at + 1] = cluster.highWatermark(partition);
  out[at + 2] = cluster.logEnd(partition);
  out[at + 3] = Math.max(0, leader);
  out[at + 4] = leader < 0 ? 0 : isr.length;
  return at + 5;
}

/** Of a group, on all clusters that its members read from. */
export function groupFigures(hosts: readonly KafkaHost[], name: string, out: Float64Array, at: number): number {
  let [members, idle, lag, lagTime] = [0, 0, 0, 0];
  for (const host of hosts) {
    const readers = host.groups.get(name);
    if (readers === undefined) continue;
    for (const { consumer } of readers.readers) {
      if (consumer < 0) continue;
      members++;
      if (host.consuming.assignment(consumer).length === 0) idle++;
    }
    for (const topic of host.topicsOf(readers)) {
      const figures = host.figuresOf(topic).of(name);
      lag += sum(figures.lag);
      lagTime = Math.max(lagTime, figures.lagTime);
    }
  }
  out[at] = members;
  out[at + 1] = idle;
  out[at + 2] = lag;
  out[at + 3] = lagTime;
  return at + 4;
}
