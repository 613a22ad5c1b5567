import type { KafkaHost } from "./kafka-host.ts";
import type { Readers, TopicPlace } from "./places.ts";

/** What is measured of topics, partitions and groups when somebody asks. */

const MILLI = 1000;

const partitionsOf = ({ cluster }: KafkaHost, topic: number): number[] =>
  Array.from({ length: topic < 0 ? 0 : cluster.partitionCount(topic) }, (_, i) => cluster.partitionId(topic, i));

/** Next offset that a group would read after a restart: its commit, or where it would begin without one; NaN while nobody knows. */
function committedIn(host: KafkaHost, group: string, partition: number): number {
  const number = host.consuming.groupId(group);
  const offset = number < 0 ? -1 : host.consuming.committedOffset(number, partition);
  if (offset >= 0) return offset;
  const readers = host.groups.get(group);
  if (readers?.settings.offsetReset === "earliest") return host.cluster.start(partition);
  const position = positionIn(host, readers, partition);
  return position < 0 ? Number.NaN : position;
}

function positionIn(host: KafkaHost, readers: Readers | undefined, partition: number): number {
  for (const { consumer } of readers?.readers ?? []) {
    if (consumer < 0 || !host.consuming.holds(consumer, partition)) continue;
    return host.consuming.position(consumer, partition);
  }
  return -1;
}

/** Records that a group has not committed. NaN while nobody knows where it is. */
const lagIn = (host: KafkaHost, group: string, partition: number): number =>
  Math.max(0, host.cluster.highWatermark(partition) - committedIn(host, group, partition));

/** µs since the oldest of them was written; 0 when there is none. */
function lagTimeIn(host: KafkaHost, group: string, partition: number): number {
  const offset = Math.max(committedIn(host, group, partition), host.cluster.start(partition));
  if (!(offset < host.cluster.highWatermark(partition))) return 0;
  const at = host.cluster.timestampAt(partition, offset);
  return at < 0 ? 0 : Math.max(0, host.core.now - at * MILLI);
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + (Number.isNaN(one) ? 0 : one), 0);

export function topicGauges(host: KafkaHost, place: TopicPlace | null, out: Float64Array, start: number): number {
  const { cluster } = host;
  const topic = place?.topic ?? -1;
  const partitions = partitionsOf(host, topic);
  const states = partitions.map((partition) => host.stateOf(partition));
  const behind = states.filter(({ isr, replicas }) => isr.length < replicas.length);
  let at = start;
  out[at++] = place === null ? 0 : host.core.meters.levelOf(place.level);
  out[at++] = sum(partitions.map((partition) => cluster.start(partition)));
  out[at++] = sum(partitions.map((partition) => cluster.logEnd(partition)));
  let lag = 0;
  for (const { name } of host.readersAt(topic))
    if (name !== "") for (const partition of partitions) lag += lagIn(host, name, partition) || 0;
  out[at++] = lag;
  out[at++] = host.readerCount(topic);
  out[at++] = states.length === 0 ? 0 : Math.min(...states.map(({ isr, leader }) => (leader < 0 ? 0 : isr.length)));
  out[at++] = behind.length;
  out[at++] = states.filter(({ leader }) => leader < 0).length;
  return at;
}

export function topicGroupFigures(
  host: KafkaHost,
  topic: number,
  group: string,
  out: Float64Array,
  at: number,
): number {
  const partitions = partitionsOf(host, topic);
  out[at] = sum(partitions.map((partition) => committedIn(host, group, partition)));
  out[at + 1] = sum(partitions.map((partition) => lagIn(host, group, partition)));
  out[at + 2] = Math.max(0, ...partitions.map((partition) => lagTimeIn(host, group, partition)));
  return at + 3;
}

export function partitionFigures(host: KafkaHost, topic: number, index: number, out: Float64Array, at: number): number {
  const { cluster } = host;
  const partition = topic < 0 ? -1 : cluster.partitionId(topic, index);
  if (partition < 0) {
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

/** @param members consumer instances of the group, in the order of the drawing */
export function memberFigures(
  host: KafkaHost,
  topic: number,
  index: number,
  group: string,
  members: readonly number[],
  out: Float64Array,
  at: number,
): number {
  const partition = topic < 0 ? -1 : host.cluster.partitionId(topic, index);
  if (partition < 0) {
    out.fill(Number.NaN, at, at + 4);
    return at + 4;
  }
  const readers = host.groups.get(group);
  const position = positionIn(host, readers, partition);
  const owner = readers?.readers.find(({ consumer }) => consumer >= 0 && host.consuming.holds(consumer, partition));
  out[at] = committedIn(host, group, partition);
  out[at + 1] = position < 0 ? committedIn(host, group, partition) : position;
  out[at + 2] = lagIn(host, group, partition);
  out[at + 3] = owner === undefined ? 0 : members.indexOf(owner.instance.index) + 1;
  return at + 4;
}

/** Of a group, on all clusters that its members read from. */
export function groupFigures(hosts: readonly KafkaHost[], name: string, out: Float64Array, at: number): number {
  let [members, idle, lag, lagTime] = [0, 0, 0, 0];
  for (const host of hosts) {
    const readers = host.groups.get(name);
    if (readers === undefined) continue;
    const joined = readers.readers.filter(({ consumer }) => consumer >= 0);
    members += joined.length;
    idle += joined.filter(({ consumer }) => host.consuming.assignedCount(consumer) === 0).length;
    for (const topic of host.topicsOf(readers)) {
      for (const partition of partitionsOf(host, topic)) {
        lag += lagIn(host, name, partition) || 0;
        lagTime = Math.max(lagTime, lagTimeIn(host, name, partition));
      }
    }
  }
  out[at] = members;
  out[at + 1] = idle;
  out[at + 2] = lag;
  out[at + 3] = lagTime;
  return at + 4;
}
