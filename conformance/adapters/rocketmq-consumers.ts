import {
  type ConsumersCluster,
  compareTexts,
  type MessageQueue,
  type Meta,
  PUSH_DEFAULTS,
  type PushConfig,
  type RocketConsumerSink,
  type RocketConsumers,
  type StrategyPlan,
  type Wanted,
} from "../../engine/index.ts";
import { CaseError, type CaseEvent, type StepReader } from "../format.ts";
import { AskingSteps } from "./rocketmq-consumers-asking.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What the consumers' part of the adapter needs of the whole. */
export interface RocketConsumersHost {
  readonly cluster: ConsumersCluster;
  readonly consumers: RocketConsumers;
  readonly meta: Meta;
  readonly out: RocketConsumerSink;
  readonly clock: VirtualClock;
  /** Groups that the case has named. */
  readonly groups: Set<string>;
  /** Time passes; what falls due happens, and is followed by `serve`. @param micros how long */
  passTime(micros: number): void;
  /** An event for a receiver; "" is the administrator. */
  tell(receiver: string, event: CaseEvent): void;
  /** The case's id of a message. */
  messageId(handle: number): string;
  /** A copy that a client had is no longer needed. */
  free(handle: number): void;
  /** Of a topic: queues that can be read or written, in order. */
  queuesOf(topic: string): readonly number[];
  /** A moment that a step names: ms, 0 for the begin of all times, −1 for the end. */
  moment(step: StepReader): number;
}

type Operation = (step: StepReader) => void;

const MILLI = 1000;
/** After a step nothing may have happened for so long: with push consumers about, and without any (record/java/CaseRun.java). */
const QUIET = 600 * MILLI;
const SHORT = 80 * MILLI;
/** A group is settled when nothing has changed for so long, and all queues have an owner; or for so long, if not (record/java/ConsumerSteps.java). */
const STABLE = 1500 * MILLI;
const STABLE_INCOMPLETE = 5000 * MILLI;
const SETTLE = 12_000 * MILLI;
/** How long the recorder waits after some steps. */
const RESUMED = 1500 * MILLI;

/** Settings of the recorder's clients that differ from RocketMQ's (OPS.md). */
const RECORDED = {
  persistIntervalMs: Number.POSITIVE_INFINITY,
  rebalanceIntervalMs: 1000,
  routeIntervalMs: 1000,
  lockIntervalMs: 2000,
};

type Answer = string | { readonly status: string; readonly [field: string]: unknown };

/** One push consumer of the case. */
interface Member {
  readonly name: string;
  readonly id: number;
  readonly group: string;
  readonly config: PushConfig;
  /** The listener waits for a step `result`. */
  readonly holds: boolean;
  /** Offsets are stored before every step. */
  readonly persists: boolean;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
  readonly answered: Map<string, number>;
  /** First message → the call that waits. */
  readonly held: Map<string, number>;
}

/** The operations of consumers, and of administrators on their offsets; and how long the recorder waits for them. */
export class RocketConsumerSteps {
  private readonly host: RocketConsumersHost;
  private readonly members = new Map<string, Member>();
  /** The case's members by the model's numbers. */
  private readonly byId = new Map<number, Member>();
  private readonly asking: AskingSteps;
  private lastEvent = 0;
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(host: RocketConsumersHost) {
    this.host = host;
    this.asking = new AskingSteps(host);
    this.operations = { ...this.table(), ...this.asking.operations };
  }

  private table(): Record<string, Operation> {
    const { consumers, meta, out } = this.host;
    return {
      "consumer.start": (step) => this.start(step),
      result: (step) => this.result(step),
      persist: (step) => consumers.persist(this.member(step).id, meta, out),
      "consumer.suspend": (step) => consumers.suspend(this.member(step).id),
      "consumer.resume": (step) => {
        consumers.resume(this.member(step).id, meta, out);
        this.host.passTime(RESUMED);
      },
      "consumer.shutdown": (step) => this.end(step, (id) => consumers.shutdown(id, meta, out)),
      "consumer.crash": (step) => this.end(step, (id) => consumers.crash(id, meta, out)),
      "group.settle": (step) => this.settle(step.text("group", "g")),
      allocation: (step) => this.allocation(step),
    };
  }

  private member(step: StepReader): Member {
    const name = step.text("consumer", "c");
    const member = this.members.get(name);
    if (member === undefined) throw new CaseError(`${step.step.op}: there is no consumer ${name}`);
    return member;
  }

  // ---- the recorder's time

  /** Before every step running consumers store their offsets, as if it were time for that. */
  persistAll(): void {
    const { consumers, meta, out } = this.host;
    for (const { id, persists } of this.members.values()) if (persists) consumers.persist(id, meta, out);
  }

  /** After every step the recorder waits until nothing has happened for a while. */
  quieten(): void {
    const { clock } = this.host;
    const quiet = this.members.size > 0 ? QUIET : SHORT;
    this.lastEvent = Math.max(this.lastEvent, clock.now);
    this.serve();
    while (clock.now - this.lastEvent < quiet)
      this.host.passTime(Math.min(clock.nextAt() + 1, this.lastEvent + quiet) - clock.now);
  }

  /** Something was told: the recorder waits on. */
  noticed(): void {
    this.lastEvent = this.host.clock.now;
  }

  /** Whatever can be taken from consumers goes to their listeners. */
  serve(): void {
    const { consumers, meta, out } = this.host;
    while (consumers.readyCount > 0) {
      const ready = consumers.ready.slice(0, consumers.readyCount);
      consumers.readyCount = 0;
      for (const id of ready) {
        const member = this.byId.get(id);
        while (consumers.take(id, meta, out) > 0) this.listen(member);
      }
    }
  }

  // ---- listeners

  private listen(member: Member | undefined): void {
    const { cluster, consumers } = this.host;
    const { task, queue, count } = consumers.task;
    let first = "";
    for (let i = 0; i < count; i++) {
      const handle = consumers.task.handles[i] as number;
      const id = this.host.messageId(handle);
      if (i === 0) first = id;
      this.host.free(handle);
      if (member === undefined) continue;
      const event = this.asking.message(member.name, queue, consumers.task.offsets[i] as number, id);
      // Sorted as it came, and not shown.
      if (member.config.listener === "orderly") event.isOrderly = true;
      const times = consumers.task.times[i] as number;
      if (times > 0) event.times = times;
      const topic = this.asking.toldTopic();
      const stands = cluster.topicName(cluster.topicOf(queue));
      if (topic !== stands) event.topic = topic;
      // How what comes back is put together again is left to chance.
      if (count > 1 && !stands.startsWith("%RETRY%")) event.batch = count;
      this.host.tell(member.name, event);
      this.noticed();
    }
    if (member === undefined) return;
    if (member.holds) member.held.set(first, task);
    else this.answer(member, task, this.nextAnswer(member, first));
  }

  private nextAnswer({ answers, answered }: Member, id: string): Answer {
    const list = answers[id] ?? answers["*"];
    if (list === undefined) return "";
    const time = answered.get(id) ?? 0;
    answered.set(id, time + 1);
    return list[Math.min(time, list.length - 1)] ?? "";
  }

  private answer({ id, config }: Member, task: number, answer: Answer): void {
    const { consumers, meta, out } = this.host;
    const { status, delayLevel, ackIndex, suspendMs } =
      typeof answer === "string"
        ? { status: answer, delayLevel: undefined, ackIndex: undefined, suspendMs: undefined }
        : answer;
    const isDone = status === "" || status === "CONSUME_SUCCESS" || status === "SUCCESS";
    if (isDone) consumers.consumed(id, task, numberOr(ackIndex, Number.POSITIVE_INFINITY), meta, out);
    else if (config.listener === "orderly") consumers.suspendQueue(id, task, numberOr(suspendMs, -1), meta, out);
    else consumers.reconsumeLater(id, task, numberOr(delayLevel, 0), meta, out);
  }

  private result(step: StepReader): void {
    const member = this.member(step);
    const task = member.held.get(step.text("id"));
    if (task === undefined) throw new CaseError(`result: nothing is held`);
    member.held.delete(step.text("id"));
    this.answer(member, task, { ...step.step, status: step.text("status", "") });
  }

  // ---- push consumers

  private start(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    const name = step.text("consumer", "c");
    const group = step.text("group", "g");
    this.host.groups.add(group);
    const config = this.config(name, group, step);
    const id = consumers.start(config, meta, out);
    if (id < 0) {
      this.asking.error(name, consumers.refusal);
      return;
    }
    const member: Member = {
      name,
      id,
      group,
      config,
      holds: step.step.hold === true,
      persists: step.step.persist !== false,
      answers: step.table("answers") as Record<string, readonly Answer[]>,
      answered: new Map(),
      held: new Map(),
    };
    this.members.set(name, member);
    this.byId.set(id, member);
    this.settle(group);
  }

  private config(name: string, group: string, step: StepReader): PushConfig {
    const wanted = (step.step.subscription ?? { t: "*" }) as Record<string, string | { readonly sql: string }>;
    return {
      ...PUSH_DEFAULTS,
      ...RECORDED,
      group,
      clientId: name,
      subscriptions: Object.entries(wanted).map(([topic, one]): Wanted => {
        const isSql = typeof one !== "string";
        return { topic, expression: isSql ? one.sql : one, isSql };
      }),
      listener: step.text("listener", "concurrently") === "orderly" ? "orderly" : "concurrently",
      model: step.text("model", "CLUSTERING") === "BROADCASTING" ? "BROADCASTING" : "CLUSTERING",
      from: step.text("from", "CONSUME_FROM_LAST_OFFSET").slice("CONSUME_FROM_".length) as PushConfig["from"],
      fromAgeMs: step.number("fromAgeMs", PUSH_DEFAULTS.fromAgeMs),
      strategy: strategyPlan(step, step.text("strategy", "AVG")),
      maxReconsumeTimes: step.number("maxReconsumeTimes", -1),
      batch: step.number("batch", 1),
      threads: step.number("threads", PUSH_DEFAULTS.threads),
      pullBatchSize: step.number("pullBatchSize", PUSH_DEFAULTS.pullBatchSize),
      pullThresholdForQueue: step.number("pullThresholdForQueue", PUSH_DEFAULTS.pullThresholdForQueue),
      consumeConcurrentlyMaxSpan: step.number("consumeConcurrentlyMaxSpan", PUSH_DEFAULTS.consumeConcurrentlyMaxSpan),
      suspendMs: step.number("suspendMs", PUSH_DEFAULTS.suspendMs),
    };
  }

  private end(step: StepReader, how: (id: number) => void): void {
    const member = this.member(step);
    this.members.delete(member.name);
    this.byId.delete(member.id);
    how(member.id);
    this.settle(member.group);
  }

  /** Waits until the members of a group share its queues out and have done so for a while. */
  private settle(group: string): void {
    const { clock } = this.host;
    const members = [...this.members.values()].filter((one) => one.group === group);
    if (members.length === 0) return;
    const end = clock.now + SETTLE;
    let last = "";
    let since = clock.now;
    this.serve();
    while (clock.now < end) {
      const now = JSON.stringify(
        members.map(({ id }) => [...this.host.consumers.allocation(id)].sort((a, b) => a - b)),
      );
      if (now !== last) since = clock.now;
      last = now;
      const stable = clock.now - since;
      if (stable > STABLE && (this.isComplete(members) || stable > STABLE_INCOMPLETE)) return;
      this.host.passTime(50 * MILLI);
    }
    throw new CaseError(`the group ${group} does not settle`);
  }

  private isComplete(members: readonly Member[]): boolean {
    const { consumers } = this.host;
    const wanted = new Set<number>();
    const had = new Set<number>();
    let count = 0;
    const isBroadcast = members[0]?.config.model === "BROADCASTING";
    for (const { id } of members) {
      const known = consumers.known(id);
      if (known === null) return false;
      const own = consumers.allocation(id);
      if (isBroadcast && !known.every((queue) => own.includes(queue))) return false;
      for (const queue of known) wanted.add(queue);
      for (const queue of own) had.add(queue);
      count += own.length;
    }
    const isSame = had.size === wanted.size && [...had].every((queue) => wanted.has(queue));
    return isSame && (isBroadcast || count === had.size);
  }

  private allocation(step: StepReader): void {
    const { consumers } = this.host;
    const group = step.text("group", "g");
    for (const { name, id } of [...this.members.values()].sort((a, b) => compareTexts(a.name, b.name))) {
      if (this.members.get(name)?.group !== group) continue;
      const own = consumers.allocation(id).filter((queue) => step.step.retry === true || !this.isRetry(queue));
      this.host.tell(name, { event: "allocation", consumer: name, queues: this.names(own) });
    }
  }

  private isRetry(queue: number): boolean {
    const { cluster } = this.host;
    return cluster.topicName(cluster.topicOf(queue)).startsWith("%RETRY%");
  }

  private names(queues: readonly number[]): string[] {
    const { cluster } = this.host;
    const parts = (queue: number): MessageQueue => ({
      topic: cluster.topicName(cluster.topicOf(queue)),
      broker: cluster.brokerName(cluster.brokerOf(queue)),
      id: cluster.indexOf(queue),
    });
    return queues
      .map((queue) => ({ queue, ...parts(queue) }))
      .sort((a, b) => compareTexts(a.topic, b.topic) || compareTexts(a.broker, b.broker) || a.id - b.id)
      .map(({ queue }) => cluster.queueName(queue));
  }
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === "number" ? value : fallback);

/** A strategy that a step names, with its fields, as plain data. */
function strategyPlan(step: StepReader, name: string): StrategyPlan {
  switch (name) {
    case "AVG":
    case "AVG_BY_CIRCLE":
      return { name };
    case "CONSISTENT_HASH":
      return { name, points: step.number("points", 10) };
    case "CONFIG":
      return { name, list: (step.step.list as readonly string[]).map(parseQueue) };
    case "MACHINE_ROOM":
      return { name, rooms: step.step.rooms as readonly string[] };
    case "MACHINE_ROOM_NEARBY":
      return { name, brokerMark: "@", clientMark: "-", within: strategyPlan(step, step.text("within", "AVG")) };
    default:
      throw new CaseError(`there is no strategy ${name}`);
  }
}

/** @param name topic-number, or broker/topic-number */
function parseQueue(name: string): MessageQueue {
  const slash = name.indexOf("/");
  const dash = name.lastIndexOf("-");
  return {
    topic: name.slice(slash + 1, dash),
    broker: slash < 0 ? "a" : name.slice(0, slash),
    id: Number(name.slice(dash + 1)),
  };
}
