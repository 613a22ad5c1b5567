import { memberFigures as figuresOfMember, type GroupFigures, sum, TopicFigures } from "../logs/log-figures.ts";
import type { Readers } from "./places.ts";
import type { RocketHost } from "./rocket-host.ts";

/** What is measured of topics, queues and groups when somebody asks. */

/** Of a broadcasting group its own offsets and positions are those of the member that is farthest behind. */
interface SharedFigures extends GroupFigures {
  /** 1 while a failed message holds the queue. */
  readonly suspended: Uint8Array;
}

/** A topic at one moment. */
export class QueueFigures extends TopicFigures<SharedFigures> {
  private readonly host: RocketHost;

  /** @param topic the brokers' number, −1 = none */
  constructor(host: RocketHost, topic: number) {
    super(topic < 0 ? [] : host.lanesOf(topic));
    this.host = host;
  }

  protected reckon(group: string): SharedFigures {
    return figuresOf(this.host, group, this.lanes);
  }
}

function figuresOf(host: RocketHost, name: string, queues: readonly number[]): SharedFigures {
  const { cluster, consuming } = host;
  const readers = host.groups.get(name);
  const group = cluster.groupId(name);
  const { length } = queues;
  const committed = new Float64Array(length);
  const position = new Float64Array(length);
  const lag = new Float64Array(length);
  const owner = new Int32Array(length).fill(-1);
  const suspended = new Uint8Array(length);
  const isBroadcasting = readers?.isBroadcasting === true;
  const own = new Float64Array(length).fill(-1);
  for (const reader of readers?.readers ?? []) {
    if (reader.consumer < 0) continue;
    for (const queue of consuming.allocation(reader.consumer)) {
      const i = queues.indexOf(queue);
      if (i < 0) continue;
      const at = consuming.unfinished(reader.consumer, queue);
      own[i] = (own[i] as number) < 0 ? at : Math.min(own[i] as number, at);
      owner[i] = reader.instance.index;
      if (consuming.suspendedUntil(reader.consumer, queue) > host.core.now) suspended[i] = 1;
    }
  }
  let lagTime = 0;
  for (let i = 0; i < length; i++) {
    const queue = queues[i] as number;
    const [first, end] = [cluster.min(queue), cluster.max(queue)];
    const stored = isBroadcasting ? (own[i] as number) : cluster.committed(group, queue);
    const next = stored >= 0 ? stored : first;
    committed[i] = next;
    position[i] = (own[i] as number) >= 0 ? (own[i] as number) : next;
    lag[i] = Math.max(0, end - next);
    const oldest = Math.max(next, first);
    if (oldest < end) lagTime = Math.max(lagTime, host.core.now - host.storedAt(queue, oldest));
  }
  return { committed, position, lag, lagTime, owner, suspended };
}

export function topicGauges(host: RocketHost, topic: number, out: Float64Array, start: number): number {
  const { cluster } = host;
  const figures = host.figuresOf(topic);
  const place = topic < 0 ? undefined : host.placeOf[topic];
  let [first, end, lag, offline] = [0, 0, 0, 0];
  for (const queue of figures.lanes) {
    first += cluster.min(queue);
    end += cluster.max(queue);
    if (!cluster.isUp(cluster.brokerOf(queue))) offline++;
  }
  for (const { name } of host.readersAt(topic)) lag += sum(figures.of(name).lag);
  let at = start;
  out[at++] = end - first;
  out[at++] = first;
  out[at++] = end;
  out[at++] = lag;
  out[at++] = host.readerCount(topic);
  out[at++] = place?.delayed ?? 0;
  out[at++] = place?.half ?? 0;
  out[at++] = offline;
  return at;
}

export function queueFigures(host: RocketHost, topic: number, index: number, out: Float64Array, at: number): number {
  const { cluster } = host;
  const queue = host.figuresOf(topic).lanes[index];
  out[at] = queue === undefined ? Number.NaN : cluster.min(queue);
  out[at + 1] = queue === undefined ? Number.NaN : cluster.max(queue);
  out[at + 2] = queue === undefined ? Number.NaN : cluster.isUp(cluster.brokerOf(queue)) ? 0 : 1;
  return at + 3;
}

/** @param members consumer instances of the group, in the order of the drawing */
export function memberFigures(
  figures: SharedFigures,
  index: number,
  members: readonly number[],
  out: Float64Array,
  start: number,
): number {
  const at = figuresOfMember(figures, index, members, out, start);
  out[at] = figures.suspended[index] ?? Number.NaN;
  return at + 1;
}

/** Of a group, at all sets of brokers that its members read from. */
export function groupFigures(hosts: readonly RocketHost[], name: string, out: Float64Array, at: number): number {
  let [members, idle, lag, lagTime, retrying, dead] = [0, 0, 0, 0, 0, 0];
  for (const host of hosts) {
    const readers = host.groups.get(name);
    if (readers === undefined) continue;
    for (const reader of readers.readers) {
      if (reader.consumer < 0) continue;
      members++;
      if (host.hasNothing(reader)) idle++;
    }
    for (const topic of [...readers.topics, host.retryTopic(readers)]) {
      if (topic < 0) continue;
      const figures = host.figuresOf(topic).of(name);
      lag += sum(figures.lag);
      lagTime = Math.max(lagTime, figures.lagTime);
    }
    retrying += sum(readers.waiting);
    dead += host.deadLetters(readers);
  }
  out[at] = members;
  out[at + 1] = idle;
  out[at + 2] = lag;
  out[at + 3] = lagTime;
  out[at + 4] = retrying;
  out[at + 5] = dead;
  return at + 6;
}

/** How many wait for their n-th retry. */
export function stepFigures(
  hosts: readonly RocketHost[],
  name: string,
  step: number,
  out: Float64Array,
  at: number,
): number {
  out[at] = sum(hosts.map((host) => waitingOf(host.groups.get(name), step)));
  return at + 1;
}

const waitingOf = (readers: Readers | undefined, step: number): number => readers?.waiting[step] ?? 0;
