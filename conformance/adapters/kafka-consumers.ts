import {
  type AssignMember,
  type AssignorName,
  type ClusterView,
  type ConsumerSink,
  comparePartitions,
  consumerConfigOf,
  type KafkaConsumers,
  type Meta,
  makeAssignor,
  SettingError,
  TOMBSTONE,
} from "../../engine/index.ts";
import { CaseError, type CaseEvent, type StepReader } from "../format.ts";

/** What the consumers' part of the adapter needs of the whole. */
export interface ConsumersHost {
  readonly view: ClusterView;
  readonly consumers: KafkaConsumers;
  readonly meta: Meta;
  readonly out: ConsumerSink;
  /** An event for a receiver; "" is the administrator. */
  tell(receiver: string, event: CaseEvent): void;
  /** The case's id of a record. */
  recordId(handle: number): string;
  /** What is due now happens. */
  settleClock(): void;
}

type Operation = (step: StepReader) => void;
type Names = readonly string[];

/** Settings of the recorder's consumers that differ from Kafka's (OPS.md). */
const RECORDED = { autoCommit: false, autoOffsetReset: "earliest", heartbeatIntervalMs: 200 } as const;
const ROUNDS = 100;

interface Client {
  readonly id: number;
  readonly group: string | null;
  /** Gives up only what moves: rounds without a partition are not told (OPS.md, Callbacks). */
  readonly isIncremental: boolean;
  isSubscribed: boolean;
  isSilent: boolean;
  /** What the case has paused: the recorder pauses it again after a settling, also where a rebalance has forgotten it. */
  readonly paused: Set<number>;
}

/** The operations of groups and consumers, and the events that they bring. */
export class ConsumerSteps {
  private readonly host: ConsumersHost;
  private readonly clients = new Map<string, Client>();
  /** The case's names by the model's numbers. */
  private readonly names = new Map<number, string>();
  /** Groups that the case has named. */
  private readonly groups = new Set<string>();
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(host: ConsumersHost) {
    this.host = host;
    this.operations = this.table();
  }

  private table(): Record<string, Operation> {
    const { consumers, meta, out } = this.host;
    const each = (perform: (client: Client, step: StepReader, name: string) => string): Operation => {
      return (step) => {
        const name = step.text("consumer", "c");
        const client = this.clients.get(name);
        if (client === undefined) throw new CaseError(`${step.step.op}: there is no consumer ${name}`);
        const error = perform(client, step, name);
        if (error !== "") this.tellError(name, error);
      };
    };
    return {
      "consumer.open": (step) => this.open(step),
      subscribe: each(({ id }, step) => {
        const error = consumers.subscribe(id, this.texts(step, "topics"), meta, out);
        const client = this.clients.get(step.text("consumer", "c")) as Client;
        if (error === "") client.isSubscribed = true;
        return error;
      }),
      unsubscribe: each((client) => {
        client.isSubscribed = false;
        return consumers.unsubscribe(client.id, meta, out);
      }),
      assign: each(({ id }, step) => consumers.assign(id, this.partitions(step), meta, out)),
      poll: each((client, _step, name) => this.poll(client, name, false)),
      consume: each((client, _step, name) => this.poll(client, name, true)),
      commit: each((client, step, name) => this.commit(client, step, name)),
      committed: each((client, step, name) => this.committed(client, step, name)),
      position: each((client, step, name) => this.position(client, step, name)),
      seek: each(({ id }, step) => {
        const to = step.step.to;
        const target = to === "beginning" || to === "end" ? to : step.number("to");
        return consumers.seek(id, this.partition(step.text("partition")), target, meta, out);
      }),
      pause: each(({ id, paused }, step) => {
        for (const partition of this.partitions(step)) paused.add(partition);
        return consumers.pause(id, this.partitions(step));
      }),
      resume: each(({ id, paused }, step) => {
        for (const partition of this.partitions(step)) paused.delete(partition);
        return consumers.resume(id, this.partitions(step));
      }),
      offsetsForTimes: each((client, step, name) => this.offsetsForTimes(client, step, name)),
      "consumer.close": each(({ id }, _step, name) => {
        consumers.close(id, meta, out);
        this.clients.delete(name);
        return "";
      }),
      "consumer.crash": each(({ id }, _step, name) => {
        consumers.crash(id, meta, out);
        this.clients.delete(name);
        return "";
      }),
      "group.settle": (step) => this.settle(step),
      "group.describe": (step) => this.describe(step.text("group")),
      "group.lag": (step) => this.lag(step),
      "group.reset": (step) => this.reset(step),
      "group.delete": (step) => this.tellError("", consumers.deleteGroup(step.text("group"))),
      "assign.compute": (step) => this.compute(step),
    };
  }

  /** Whether the case's client is a consumer, whose network is cut. */
  cut(name: string): boolean {
    const client = this.clients.get(name);
    if (client === undefined) return false;
    this.host.consumers.cut(client.id, this.host.meta, this.host.out);
    return true;
  }

  heal(name: string): boolean {
    const client = this.clients.get(name);
    if (client === undefined) return false;
    this.host.consumers.heal(client.id, this.host.meta, this.host.out);
    return true;
  }

  /** The consumer's number, for steps that show it to others. */
  number(name: string): number {
    const client = this.clients.get(name);
    if (client === undefined) throw new CaseError(`there is no consumer ${name}`);
    return client.id;
  }

  /** `group NAME` → partition → committed offset, for every group that the case named. */
  final(): Record<string, Record<string, number>> {
    const { consumers, view } = this.host;
    const all: Record<string, Record<string, number>> = {};
    for (const name of [...this.groups].sort()) {
      const offsets: Record<string, number> = {};
      const group = consumers.groupId(name);
      if (group >= 0) {
        for (const [partition, next] of consumers.offsetsOf(group)) offsets[view.partitionName(partition)] = next;
      }
      all[`group ${name}`] = offsets;
    }
    return all;
  }

  // ---- effects

  /** A rebalance callback. */
  callback(what: "assigned" | "revoked" | "lost", consumer: number, partitions: readonly number[]): void {
    const name = this.names.get(consumer);
    const client = name === undefined ? undefined : this.clients.get(name);
    if (name === undefined || client?.id !== consumer) return;
    if (client.isSilent || (client.isIncremental && partitions.length === 0)) return;
    this.host.tell(name, { event: what, consumer: name, partitions: this.namesOf(partitions) });
  }

  // ---- names

  private texts(step: StepReader, field: string): Names {
    const value = step.step[field];
    if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) {
      throw new CaseError(`${step.step.op}: ${field} must be a list of texts`);
    }
    return value as string[];
  }

  private partition(name: string): number {
    return this.host.view.partitionNamed(name);
  }

  private partitions(step: StepReader): number[] {
    const named = this.texts(step, "partitions").map((name) => this.partition(name));
    return named.filter((partition) => partition >= 0);
  }

  private namesOf(partitions: readonly number[]): string[] {
    return partitions.map((partition) => this.host.view.partitionName(partition)).sort(comparePartitions);
  }

  private tellError(name: string, error: string): void {
    if (error === "") return;
    this.host.tell(
      name,
      name === "" ? { event: "error", name: error } : { event: "error", consumer: name, name: error },
    );
  }

  // ---- consumers

  private open(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    const name = step.text("consumer", "c");
    const group = step.optionalText("group") ?? null;
    if (group !== null) this.groups.add(group);
    const settings = Object.fromEntries(
      Object.entries(step.table("config")).map(([key, value]) => [key, String(value)]),
    );
    try {
      // Like the recorder's: what follows the name sorts behind letters and digits.
      const config = consumerConfigOf(group, `${name}~`, settings, RECORDED);
      const isIncremental =
        config.protocol === "consumer" || config.assignors.every((one) => one === "cooperative-sticky");
      const id = consumers.open(config, meta, out);
      this.clients.set(name, { id, group, isIncremental, isSubscribed: false, isSilent: false, paused: new Set() });
      this.names.set(id, name);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      this.tellError(name, error.code);
    }
  }

  /** Polls until records come, or with `all` until no more come. Records are told by partition. */
  private poll(client: Client, name: string, all: boolean): string {
    const { consumers, meta, out, view } = this.host;
    const seen: { partition: string; event: CaseEvent }[] = [];
    let count = 0;
    do {
      count = consumers.poll(client.id, meta, out);
      this.host.settleClock();
      // News that has just come is part of the same poll.
      if (count === 0) count = consumers.poll(client.id, meta, out);
      const batch = consumers.batch(client.id);
      for (let i = 0; i < Math.max(count, 0); i++) {
        const partition = view.partitionName(batch.partitions[i] as number);
        const handle = batch.handles[i] as number;
        const key = view.keyText(batch.keys[i] as number);
        const event: Record<string, unknown> & { event: string } = {
          event: "record",
          consumer: name,
          partition,
          offset: batch.offsets[i],
        };
        if (key !== null) event.key = key;
        event.id = this.host.recordId(handle);
        if (((batch.flags[i] as number) & TOMBSTONE) !== 0) event.tombstone = true;
        seen.push({ partition, event });
        view.store.free(handle);
      }
    } while (all && count > 0);
    consumers.stopPolling(client.id, meta, out);
    seen.sort((a, b) => comparePartitions(a.partition, b.partition));
    for (const { event } of seen) this.host.tell(name, event);
    return count < 0 ? consumers.errorOf(client.id) : "";
  }

  /** Offsets by partition; partitions that do not exist are left out. */
  private offsets(step: StepReader): { known: Map<number, number>; isComplete: boolean; isNegative: boolean } {
    const known = new Map<number, number>();
    const table = Object.entries(step.table("offsets"));
    for (const [name, next] of table) {
      if (typeof next !== "number") throw new CaseError(`${step.step.op}: ${name} must be a number`);
      const partition = this.partition(name);
      if (partition >= 0) known.set(partition, next);
    }
    return {
      known,
      isComplete: known.size === table.length,
      isNegative: table.some(([, next]) => (next as number) < 0),
    };
  }

  private commit(client: Client, step: StepReader, name: string): string {
    const { consumers, meta, out } = this.host;
    let offsets: ReadonlyMap<number, number>;
    if (step.step.offsets === undefined) {
      const error = this.findAll(client, consumers.assignment(client.id));
      if (error !== "") return error;
      offsets = new Map(consumers.assignment(client.id).map((one) => [one, consumers.position(client.id, one)]));
    } else {
      const { known, isComplete, isNegative } = this.offsets(step);
      if (isNegative) return "IllegalArgumentException";
      offsets = known;
      if (!isComplete) {
        // What exists is committed, but the client asks again and again for the rest.
        const error = consumers.commitOffsets(client.id, offsets, meta, out);
        return error === "" ? "REQUEST_TIMED_OUT" : error;
      }
    }
    const error = consumers.commitOffsets(client.id, offsets, meta, out);
    if (error === "") this.host.tell(name, { event: "committed", consumer: name, offsets: this.named(offsets) });
    return error;
  }

  private findAll(client: Client, partitions: readonly number[]): string {
    const { consumers, meta, out } = this.host;
    for (const partition of partitions) {
      const error = consumers.findPosition(client.id, partition, meta, out);
      if (error !== "") return error;
    }
    return "";
  }

  private named(offsets: ReadonlyMap<number, number>): Record<string, number> {
    const { view } = this.host;
    return Object.fromEntries([...offsets].map(([partition, next]) => [view.partitionName(partition), next]));
  }

  private committed(client: Client, step: StepReader, name: string): string {
    const { consumers, meta } = this.host;
    if (client.group === null) return "INVALID_GROUP_ID";
    const group = consumers.groupId(client.group);
    const offsets: Record<string, number | null> = {};
    for (const partition of this.texts(step, "partitions")) {
      const id = this.partition(partition);
      // It asks again until `default.api.timeout.ms` is over.
      if (consumers.isUnstable(group, id)) return "REQUEST_TIMED_OUT";
      const next = consumers.committedOffset(group, id, meta);
      offsets[partition] = next < 0 ? null : next;
    }
    this.host.tell(name, { event: "committed", consumer: name, offsets });
    return "";
  }

  private position(client: Client, step: StepReader, name: string): string {
    const { consumers, view } = this.host;
    const asked = step.step.partitions === undefined ? consumers.assignment(client.id) : this.partitions(step);
    const sorted = [...asked].sort((a, b) => comparePartitions(view.partitionName(a), view.partitionName(b)));
    for (const partition of sorted) {
      const error = this.findAll(client, [partition]);
      const event = { event: "position", consumer: name, partition: view.partitionName(partition) };
      // The recorder begins the event before it asks: without an answer it stays without an offset.
      this.host.tell(name, error === "" ? { ...event, offset: consumers.position(client.id, partition) } : event);
      if (error !== "") return error;
    }
    return "";
  }

  private offsetsForTimes(_client: Client, step: StepReader, name: string): string {
    const { view } = this.host;
    const times = Object.entries(step.table("times")).sort(([a], [b]) => comparePartitions(a, b));
    if (times.some(([, time]) => (time as number) < 0)) return "IllegalArgumentException";
    for (const [partition, time] of times) {
      const id = this.partition(partition);
      const offset = view.offsetForTime(id, time as number);
      const found = offset < 0 ? { offset: null } : { offset, timestamp: view.timestampAt(id, offset) };
      this.host.tell(name, { event: "offset", consumer: name, partition, ...found });
    }
    return "";
  }

  // ---- groups

  /** Members poll in turns, without taking records, until nothing changes any more. */
  private settle(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    const group = step.text("group");
    const wanted = step.step.members === undefined ? null : this.texts(step, "members");
    const isShort = step.text("show", "") === "assignment";
    const members = [...this.clients]
      .filter(([name, one]) => one.group === group && one.isSubscribed && (wanted?.includes(name) ?? true))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const failed = new Set<string>();
    for (const [, client] of members) client.isSilent = isShort;
    for (let round = 0, last = ""; round < ROUNDS; round++) {
      for (const [name, client] of members) {
        if (failed.has(name)) continue;
        const error = consumers.attend(client.id, meta, out);
        if (error === "") continue;
        failed.add(name);
        this.tellError(name, error);
      }
      this.host.settleClock();
      const now = JSON.stringify([this.stateOf(group), members.map(([, { id }]) => consumers.membership(id))]);
      if (now === last) break;
      last = now;
    }
    for (const [name, client] of members) {
      client.isSilent = false;
      consumers.stopPolling(client.id, meta, out);
      consumers.pause(
        client.id,
        consumers.assignment(client.id).filter((partition) => client.paused.has(partition)),
      );
      if (!isShort || failed.has(name)) continue;
      const partitions = this.namesOf(consumers.assignment(client.id));
      this.host.tell(name, { event: "assignment", consumer: name, partitions });
    }
  }

  private stateOf(name: string): unknown {
    const group = this.host.consumers.groupId(name);
    return group < 0 ? null : this.host.consumers.describe(group);
  }

  private describe(name: string): void {
    const { consumers } = this.host;
    if (!consumers.exists(name)) {
      this.tellError("", "GROUP_ID_NOT_FOUND");
      return;
    }
    const { state, members } = consumers.describe(consumers.groupId(name));
    const shown = members
      .map((one) => ({ consumer: one.clientId.replace(/~.*/, ""), partitions: this.namesOf(one.partitions) }))
      .sort((a, b) => (a.consumer < b.consumer ? -1 : 1));
    this.host.tell("", { event: "group", group: name, state, members: shown });
  }

  private lag(step: StepReader): void {
    const { consumers, view, meta } = this.host;
    const group = consumers.groupId(step.text("group"));
    const topic = view.topicId(step.text("topic"));
    for (let index = 0; index < view.partitionCount(topic); index++) {
      const partition = view.partitionId(topic, index);
      const end = view.highWatermark(partition);
      const committed = group < 0 ? -1 : consumers.committedOffset(group, partition, meta);
      const known = committed < 0 ? { committed: null, lag: null } : { committed, lag: end - committed };
      this.host.tell("", { event: "lag", partition: view.partitionName(partition), end, ...known });
    }
  }

  private reset(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    const group = step.text("group");
    this.groups.add(group);
    const { known, isComplete, isNegative } = this.offsets(step);
    const error = isNegative ? "IllegalArgumentException" : consumers.reset(group, known, meta, out);
    this.tellError("", error === "" && !isComplete ? "UNKNOWN_TOPIC_OR_PARTITION" : error);
  }

  // ---- without a broker

  /** Rounds of an assignor; a member brings what it got in the round before, unless it says itself what it has. */
  private compute(step: StepReader): void {
    const assignor = makeAssignor(step.text("assignor") as AssignorName);
    const owned = new Map<string, Names>();
    const generations = new Map<string, number>();
    const rounds = step.step.rounds as readonly { members: readonly AssignStep[]; topics?: Record<string, number> }[];
    rounds.forEach((round, index) => {
      const topics = new Map(Object.entries(round.topics ?? (step.table("topics") as Record<string, number>)));
      const members = [...round.members].sort((a, b) => (a.id < b.id ? -1 : 1));
      const asked = members.map((one): AssignMember => {
        if (one.owned !== undefined) owned.set(one.id, one.owned);
        if (one.generation !== undefined) generations.set(one.id, one.generation);
        return {
          id: one.id,
          instance: one.instance ?? null,
          topics: one.topics,
          owned: owned.get(one.id) ?? [],
          generation: generations.get(one.id) ?? -1,
        };
      });
      const assignment = assignor.assign(topics, asked);
      owned.clear();
      generations.clear();
      for (const { id } of members) {
        const partitions = [...(assignment.get(id) ?? [])].sort(comparePartitions);
        owned.set(id, partitions);
        generations.set(id, index + 1);
        this.host.tell("", { event: "assignment", round: index + 1, member: id, partitions });
      }
    });
  }
}

interface AssignStep {
  readonly id: string;
  readonly topics: Names;
  readonly instance?: string;
  readonly owned?: Names;
  readonly generation?: number;
}
