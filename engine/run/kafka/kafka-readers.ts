import { SECOND } from "../../kernel/time.ts";
import {
  CONSUMER_DEFAULTS,
  type ConsumerConfig,
  type KafkaCluster,
  type KafkaConsumers,
} from "../../models/kafka/index.ts";
import { REDELIVERED } from "../../models/messages.ts";
import { discardReason } from "../../models/model.ts";
import { EVENT, ownReason } from "../event-log.ts";
import { END_DISCARDED } from "../ledger.ts";
import type { Subscription } from "../session.ts";
import type { Topology } from "../topology.ts";
import { K } from "../vocabulary.ts";
import { GroupEffects } from "./group-effects.ts";
import { KafkaEffects } from "./kafka-effects.ts";
import { type GroupSettings, Reader, type ReaderHost, type Readers, type TopicPlace } from "./places.ts";

const SUPERSEDED = discardReason("superseded");

/** Our own words among the model's timers. */
export const ARRIVE = 250;
export const READ_AGAIN = 252;

const MILLI = 1000;

/** What a commit throws when its coordinator cannot be reached. */
const NOBODY_THERE = "REQUEST_TIMED_OUT";

/** After an error a client waits this long before it polls again. */
const PAUSE = SECOND;

/** The programs that read: each polls, works on what it got, commits as its group does, and polls again. */
export abstract class KafkaReaders extends KafkaEffects implements ReaderHost {
  readonly consuming: KafkaConsumers;
  readonly groupSink: GroupEffects = new GroupEffects(this);

  constructor(topology: Topology, id: string, cluster: KafkaCluster, consuming: KafkaConsumers) {
    super(topology, id, cluster);
    this.consuming = consuming;
  }

  /**
   * Copies that the ledger does not count, for audits: those that clients have fetched and not handed to their programs (each counts once it is handed over), and those that a broker
   * has which is not in sync (each counts again if that broker comes to lead).
   */
  get copiesAside(): number {
    let count = 0;
    for (const { replicas } of this.cluster.state.partitions)
      for (const { branch } of replicas) for (const { handle } of branch?.records ?? []) if (handle >= 0) count++;
    for (const reader of this.readers) if (reader !== undefined) count += this.consuming.buffered(reader.consumer);
    return count;
  }

  // ---- beginning and end

  /** A consumer instance takes from a topic, over one edge. */
  read(subscription: Subscription, place: TopicPlace, readers: Readers, isFromStart: boolean): void {
    const instance = subscription.client;
    let reader = readers.readers.find((one) => one.instance === instance && one.isOpen);
    if (reader === undefined) {
      reader = new Reader(this, instance, readers);
      readers.readers.push(reader);
      reader.isFromStart = isFromStart;
    }
    reader.subscriptions.set(place.topic, subscription);
    readers.topics.add(place.topic);
    subscription.taking = reader;
    subscription.reader = reader;
    this.startSoon(reader);
  }

  protected startReading(reader: Reader): void {
    reader.isStarting = false;
    if (!reader.isOpen) return;
    const { consuming } = this;
    if (reader.consumer < 0) {
      reader.consumer = consuming.open(configOf(reader), this.tick(), this.groupSink);
      this.readers[reader.consumer] = reader;
      this.nodeOfConsumer[reader.consumer] = reader.instance.node.index;
    }
    const topics = [...reader.subscriptions.keys()];
    if (reader.readers.name !== "") {
      const names = topics.map((topic) => this.cluster.topicName(topic));
      consuming.subscribe(reader.consumer, names, this.tick(), this.groupSink);
    } else {
      const all = topics.flatMap((topic) =>
        Array.from({ length: this.cluster.partitionCount(topic) }, (_, i) => this.cluster.partitionId(topic, i)),
      );
      consuming.assign(reader.consumer, all, this.tick(), this.groupSink);
    }
    if (reader.inHand === 0) this.pollNow(reader);
    this.goOn();
  }

  /** Its topics are others: those who read alone have the partitions that there are now. */
  protected readAnew(reader: Reader): void {
    if (reader.consumer >= 0) this.startSoon(reader);
  }

  /** One edge less. */
  stopReading(subscription: Subscription): void {
    const reader = subscription.reader as Reader | null;
    if (reader === null || !reader.isOpen) return;
    if ([...reader.subscriptions.values()].every((own) => own === subscription)) {
      // What its servers work on is worked on to the end.
      this.end(reader, false, reader.isTravelling ? 0 : reader.next);
      reader.subscriptions.clear();
      return;
    }
    for (const [topic, own] of reader.subscriptions) if (own === subscription) reader.subscriptions.delete(topic);
    this.startSoon(reader);
  }

  /**
   * @param abort gone without a word; else what was not worked on is left for others
   * @param from the first record of the batch that no server has
   */
  end(reader: Reader, abort: boolean, from = 0): void {
    if (!reader.isOpen) return;
    reader.isOpen = false;
    const { readers } = reader;
    readers.readers = readers.readers.filter((one) => one !== reader);
    this.closeClient(reader, abort, from);
    this.goOn();
  }

  private closeClient(reader: Reader, abort: boolean, from = 0): void {
    const { consumer } = reader;
    if (consumer >= 0 && !abort) this.leaveUndone(reader);
    this.forget(reader, from);
    if (consumer < 0) return;
    if (abort) this.consuming.crash(consumer, this.tick(), this.groupSink);
    else this.consuming.close(consumer, this.tick(), this.groupSink);
    this.readers[consumer] = undefined;
    reader.consumer = -1;
  }

  protected reopen(reader: Reader): void {
    if (reader.consumer < 0) return;
    this.consumers.dropAll(reader.instance);
    this.closeClient(reader, false);
    this.startSoon(reader);
    this.goOn();
  }

  /** Whoever closes commits positions: they go back to what is not done. */
  private leaveUndone(reader: Reader): void {
    const first = new Map<number, number>(reader.rewound);
    for (let i = 0; i < reader.count; i++) {
      if ((reader.handles[i] as number) < 0) continue;
      const partition = reader.partitions[i] as number;
      first.set(partition, Math.min(first.get(partition) ?? Number.POSITIVE_INFINITY, reader.offsets[i] as number));
    }
    for (const [partition, offset] of first)
      this.consuming.seek(reader.consumer, partition, offset, this.tick(), this.groupSink);
  }

  /** Copies that the program has in hand end; the log keeps its own. */
  private forget(reader: Reader, from = 0): void {
    for (let i = from; i < reader.count; i++) {
      const copy = reader.handles[i] as number;
      if (copy < 0) continue;
      this.landed(reader, i);
      this.core.end(copy, END_DISCARDED, SUPERSEDED);
    }
    reader.count = 0;
    reader.next = 0;
    reader.inHand = 0;
    reader.isTravelling = false;
    reader.owesCommit = false;
    reader.rewound.clear();
  }

  /** The members of a group go on elsewhere; of one without members only the offsets are moved. */
  protected moveGroup({ name, readers }: Readers, wanted: ReadonlyMap<number, number>): void {
    const { consuming } = this;
    for (const reader of readers) {
      if (reader.consumer < 0) continue;
      this.consumers.dropAll(reader.instance);
      this.forget(reader);
      const own = new Map<number, number>();
      for (const partition of consuming.assignment(reader.consumer)) {
        const offset = wanted.get(partition);
        if (offset === undefined) continue;
        own.set(partition, offset);
        consuming.seek(reader.consumer, partition, offset, this.tick(), this.groupSink);
      }
      if (own.size > 0) consuming.commitOffsets(reader.consumer, own, this.tick(), this.groupSink);
      this.pollNow(reader);
    }
    if (readers.length === 0) consuming.reset(name, wanted, this.tick(), this.groupSink);
    this.goOn();
  }

  // ---- the loop

  /** After each command: consumers whose waiting poll may go on. */
  goOn(): void {
    const { consuming } = this;
    while (consuming.readyCount > 0) {
      const ready = consuming.ready.slice(0, consuming.readyCount);
      consuming.readyCount = 0;
      for (const consumer of ready) {
        const reader = this.readers[consumer];
        if (reader !== undefined && reader.inHand === 0) this.pollNow(reader);
      }
    }
  }

  protected pollNow(reader: Reader): void {
    if (!reader.isOpen || reader.consumer < 0 || reader.inHand > 0 || reader.owesCommit) return;
    const count = this.consuming.poll(reader.consumer, this.tick(), this.groupSink);
    if (count === 0) return;
    if (count < 0) {
      reader.error = this.consuming.errorOf(reader.consumer);
      this.timer(this.core.now + PAUSE, READ_AGAIN, reader.consumer);
      return;
    }
    reader.error = "";
    this.receive(reader, count);
  }

  /** A batch sets out to the program: all of it arrives together. */
  private receive(reader: Reader, count: number): void {
    const batch = this.consuming.batch(reader.consumer);
    const { core } = this;
    const { store } = core;
    if (count > reader.handles.length) grow(reader, count);
    reader.count = count;
    reader.next = 0;
    reader.inHand = count;
    const { progress } = reader.readers;
    let latest = core.now;
    let isOnTheWay = false;
    let partition = -1;
    let topic = -1;
    let place = null as unknown as TopicPlace;
    let subscription: Subscription | undefined;
    /** Up to here the records of this partition were handed out before. */
    let known = 0;
    for (let i = 0; i < count; i++) {
      const copy = batch.handles[i] as number;
      const offset = batch.offsets[i] as number;
      if (batch.partitions[i] !== partition) {
        partition = batch.partitions[i] as number;
        topic = this.cluster.topicOf(partition);
        place = this.placeOf[topic] as TopicPlace;
        subscription = reader.subscriptions.get(topic);
        known = progress.handedTo(partition);
      }
      if (i + 1 === count || batch.partitions[i + 1] !== partition) progress.hand(partition, offset + 1);
      reader.handles[i] = copy;
      reader.partitions[i] = partition;
      reader.offsets[i] = offset;
      reader.topics[i] = topic;
      reader.links[i] = null;
      const timeMs = this.cluster.timestampAt(partition, offset);
      core.ledger.countCopy(store, this.cluster.handleAt(partition, offset), copy);
      place.fetched.pending++;
      // Timestamps are ms, with fractions that a double cannot hold.
      const waited = timeMs < 0 ? 0 : Math.floor(core.now - timeMs * MILLI + 0.5);
      place.waits.record(waited > 0 ? waited : 0);
      if (offset < known) this.again(place, copy);
      if (subscription === undefined) continue;
      const { link } = subscription;
      if (core.log.detailed === true)
        core.log.add(EVENT.deliver, core.now, place.node, store.id[copy] as number, reader.instance.node.index);
      if (link.instant === true) {
        core.passNow(link, copy);
        continue;
      }
      latest = Math.max(latest, link.forwardTcp(core.now, store.sizeOf(copy), core.streams));
      isOnTheWay = true;
      reader.links[i] = link;
      core.hop(link, copy, latest);
    }
    if (!isOnTheWay) {
      this.feed(reader);
      return;
    }
    reader.isTravelling = true;
    this.timer(latest, ARRIVE, reader.consumer);
  }

  private again(place: TopicPlace, copy: number): void {
    const { core } = this;
    const { store } = core;
    store.flags[copy] = (store.flags[copy] as number) | REDELIVERED;
    core.meters.count(place.counters + K.redeliver);
    core.log.add(EVENT.redeliver, core.now, place.node, store.id[copy] as number);
  }

  private landed({ links }: Reader, i: number): void {
    const link = links[i] ?? null;
    if (link === null) return;
    links[i] = null;
    this.core.landed(link);
  }

  protected arrived(reader: Reader): void {
    if (!reader.isTravelling) return;
    reader.isTravelling = false;
    for (let i = 0; i < reader.count; i++) this.landed(reader, i);
    this.feed(reader);
  }

  /** Free servers get records of the batch, in its order. */
  private feed(reader: Reader): void {
    const { instance } = reader;
    if (reader.isFeeding || reader.isTravelling) return;
    reader.isFeeding = true;
    while (reader.next < reader.count && instance.concurrency - instance.busy - instance.count > 0) {
      const i = reader.next++;
      const subscription = reader.subscriptions.get(reader.topics[i] as number);
      if (subscription === undefined || reader.rewound.has(reader.partitions[i] as number)) {
        this.core.end(reader.handles[i] as number, END_DISCARDED, SUPERSEDED);
        reader.handles[i] = -1;
        reader.inHand--;
      } else this.consumers.take(instance, reader.handles[i] as number, i, subscription.index);
    }
    reader.isFeeding = false;
    if (reader.inHand === 0 && reader.count > 0) this.batchDone(reader);
  }

  /** A server is free again. */
  finished(subscription: Subscription): void {
    const reader = subscription.reader as Reader | null;
    if (reader === null) return;
    if (!reader.isOpen) {
      // A server that was busy for a reader before this one.
      for (const other of this.readersOf(reader.instance)) if (other.inHand > 0) this.feed(other);
      return;
    }
    if (reader.inHand === 0) return;
    reader.inHand--;
    this.feed(reader);
  }

  private batchDone(reader: Reader): void {
    reader.count = 0;
    for (const [partition, offset] of reader.rewound)
      this.consuming.seek(reader.consumer, partition, offset, this.tick(), this.groupSink);
    reader.rewound.clear();
    const { name, settings } = reader.readers;
    if (name !== "" && (settings.commit === "batch" || reader.owesCommit)) this.commitAll(reader);
    this.pollNow(reader);
    this.goOn();
  }

  /** commitSync: whoever finds nobody tries again. */
  private commitAll(reader: Reader): void {
    const error = this.consuming.commit(reader.consumer, this.tick(), this.groupSink);
    reader.owesCommit = error === NOBODY_THERE;
    if (reader.owesCommit) this.timer(this.core.now + PAUSE, READ_AGAIN, reader.consumer);
    else this.complain(reader, error);
  }

  /** Its pause is over. */
  protected tryAgain(reader: Reader): void {
    if (reader.owesCommit && reader.inHand === 0 && reader.consumer >= 0) this.commitAll(reader);
    this.pollNow(reader);
  }

  /** A commit was refused: the group has gone on without this member. */
  private complain(reader: Reader, error: string): void {
    if (error === "") return;
    this.core.log.add(EVENT.close, this.core.now, reader.instance.node.index, -1, -1, ownReason("fenced"));
  }

  // ---- what the program says of its records

  done(reader: Reader, tag: number): boolean {
    const partition = reader.partitions[tag] as number;
    const offset = reader.offsets[tag] as number;
    reader.handles[tag] = -1;
    const isRepeat = reader.readers.progress.finish(partition, offset);
    const { name, settings } = reader.readers;
    if (name !== "" && settings.commit === "manual" && reader.consumer >= 0) {
      const { consuming } = this;
      const error = consuming.commitOffset(reader.consumer, partition, offset + 1, this.tick(), this.groupSink);
      // With the batch, which is not done yet.
      if (error === NOBODY_THERE) reader.owesCommit = true;
      else this.complain(reader, error);
    }
    return isRepeat;
  }

  /** It is a member of a group that has dealt its partitions, and got none. */
  hasNothing({ consumer, readers, isStarting }: Reader): boolean {
    if (consumer < 0 || isStarting || readers.name === "") return false;
    if (this.consuming.assignedCount(consumer) > 0) return false;
    const group = this.consuming.groupId(readers.name);
    return group >= 0 && this.consuming.describe(group).state === "Stable";
  }

  rewind(reader: Reader, tag: number): void {
    reader.handles[tag] = -1;
    const partition = reader.partitions[tag] as number;
    const before = reader.rewound.get(partition) ?? Number.POSITIVE_INFINITY;
    reader.rewound.set(partition, Math.min(before, reader.offsets[tag] as number));
  }

  protected topicAt(reader: Reader, tag: number): number {
    return reader.topics[tag] as number;
  }

  // ---- a client's connection

  protected cutReader({ consumer }: Reader): void {
    this.consuming.cut(consumer, this.tick(), this.groupSink);
  }

  protected healReader({ consumer }: Reader): void {
    this.consuming.heal(consumer, this.tick(), this.groupSink);
  }
}

function grow(reader: Reader, count: number): void {
  const capacity = 2 * count;
  reader.handles = new Int32Array(capacity);
  reader.partitions = new Int32Array(capacity);
  reader.offsets = new Float64Array(capacity);
  reader.topics = new Int32Array(capacity);
}

function configOf(reader: Reader): ConsumerConfig {
  const { instance, readers, isFromStart } = reader;
  const { name, settings: s } = readers;
  const clientId = `${instance.node.name}-${instance.node.instances.indexOf(instance.index) + 1}`;
  if (name === "")
    return { ...CONSUMER_DEFAULTS, clientId, autoCommit: false, autoOffsetReset: isFromStart ? "earliest" : "latest" };
  return {
    ...CONSUMER_DEFAULTS,
    group: name,
    clientId,
    instanceId: s.static ? clientId : null,
    assignors: [s.assignor],
    autoCommit: s.commit === "auto",
    autoCommitIntervalMs: s.commitInterval,
    autoOffsetReset: s.offsetReset,
    maxPollRecords: s.maxPollRecords,
    maxPollIntervalMs: s.maxPollInterval,
    sessionTimeoutMs: s.sessionTimeout,
    heartbeatIntervalMs: s.heartbeat,
    // In Kafka five minutes. New partitions are to be seen while one looks.
    metadataMaxAgeMs: METADATA_MS,
  };
}

/** `metadata.max.age.ms`, scaled. */
const METADATA_MS = 5000;

/** What a group that no frame draws is set to. */
export const plainGroup = (defaults: GroupSettings, isFromStart: boolean): GroupSettings => ({
  ...defaults,
  offsetReset: isFromStart ? "earliest" : "latest",
});
