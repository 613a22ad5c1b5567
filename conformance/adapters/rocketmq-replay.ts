import {
  EVERYTHING,
  QueueBuffer,
  READ_FORBIDDEN,
  READ_NO_QUEUE,
  type RocketBrokerAction,
  rocketBrokerSettings,
} from "../../engine/index.ts";
import type { Replay } from "../adapter.ts";
import { CaseError, type CaseEvent, type Final, type RecordedCase, type Step, StepReader } from "../format.ts";
import { EPOCH, RecordedRocket } from "./rocketmq-broker.ts";
import { RocketProducerSteps } from "./rocketmq-producers.ts";
import { performPure } from "./rocketmq-pure.ts";

const MILLI = 1000;

/** How long the recorder waits after some steps (record/java/AdminSteps.java). */
const LIVE = 2500 * MILLI;
const RESUMED = 1000 * MILLI;
const STARTED = 2500 * MILLI;
const REPLICA = 2000 * MILLI;
const MARKED = 20 * MILLI;
/** How long brokers have run when a case begins: until all are seen, and not whole seconds, since nothing in them is. */
const AGE = 3025 * MILLI;

/** Settings of the brokers that differ from RocketMQ's defaults (OPS.md, Where a case begins). */
const RECORDED: Readonly<Record<string, string>> = {
  messageDelayLevel: "1s 5s 3s 2s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 1s 4s",
  autoCreateTopicEnable: "false",
  enablePropertyFilter: "true",
  transactionCheckInterval: "1000",
  transactionCheckMax: "4",
  "rocketmq.broker.rebalance.lockMaxLiveTime": "8000",
};

const SLAVE = "-slave";

/** A case on RocketMQ: one broker, `a`, unless its first step starts others. */
export class RocketReplay implements Replay {
  readonly rocket = new RecordedRocket();
  private readonly producers: RocketProducerSteps;
  private readonly topics = new Set<string>();
  private readonly operations: Readonly<Record<string, (step: StepReader) => void>>;

  constructor({ steps }: RecordedCase) {
    this.producers = new RocketProducerSteps(this.rocket);
    this.rocket.news = this.producers;
    this.operations = { ...this.table(), ...this.producers.operations, ...this.rocket.steps.operations };
    if (steps[0]?.op !== "cluster.start")
      this.rocket.cluster.addBroker("a", rocketBrokerSettings(RECORDED), EPOCH - AGE);
  }

  perform(step: Step): CaseEvent[] {
    const pure = performPure(step);
    if (pure !== null) return pure;
    const operation = Object.hasOwn(this.operations, step.op) ? this.operations[step.op] : undefined;
    if (operation === undefined) throw new CaseError(`there is no operation ${step.op}`);
    this.rocket.steps.persistAll();
    operation(new StepReader(step));
    if (step.op !== "cluster.start") {
      this.rocket.settleClock();
      this.rocket.steps.quieten();
    }
    return this.rocket.takeEvents();
  }

  private table(): Record<string, (step: StepReader) => void> {
    const { rocket } = this;
    const { cluster, meta } = rocket;
    const act =
      (action: RocketBrokerAction, micros = 0) =>
      (step: StepReader): void => {
        const name = step.text("broker");
        const broker = this.broker(name);
        const words = texts(step.table("config"));
        if (action === "start")
          cluster.configureBroker(broker, rocketBrokerSettings(words, cluster.brokerSettings(broker)));
        if (name.endsWith(SLAVE)) cluster.actOnSlave(broker, name, action, meta, rocket);
        else cluster.actOnMaster(broker, action, meta, rocket);
        rocket.passTime(micros);
      };
    return {
      "cluster.start": (step) => this.start(step),
      wait: (step) => rocket.passTime(step.number("ms") * MILLI),
      mark: (step) => {
        rocket.passTime(MARKED);
        rocket.marks.set(step.text("name"), meta.now);
        rocket.passTime(MARKED);
      },
      "topic.create": (step) => this.createTopic(step),
      "topic.delete": (step) => refuse(rocket, cluster.deleteTopic(step.text("topic"), meta, rocket)),
      "topic.route": (step) => {
        if (!this.hasRoute(step)) return;
        const topic = cluster.topicId(step.text("topic"));
        for (const entry of cluster.route(topic)) rocket.tell("", { event: "route", ...entry });
      },
      "group.create": (step) => {
        rocket.groups.add(step.text("group"));
        const settings = {
          consumeEnable: step.flag("consumeEnable", true),
          retryQueues: step.number("retryQueues", 1),
          retryMaxTimes: step.number("retryMaxTimes", 16),
        };
        cluster.createGroup(step.text("group"), settings, meta, rocket);
      },
      "queue.stat": (step) => {
        if (!this.hasRoute(step)) return;
        for (const queue of rocket.queuesOf(step.text("topic"))) {
          const event = { event: "queue", queue: cluster.queueName(queue) };
          rocket.tell("", { ...event, min: cluster.min(queue), max: cluster.max(queue) });
        }
      },
      "offset.search": (step) => {
        const queue = cluster.queueNamed(step.text("queue"));
        const at = rocket.moment(step);
        // A time before everything is no special case here.
        const offset = cluster.offsetForTime(queue, at);
        rocket.tell("", { event: "offset", queue: cluster.queueName(queue), offset });
      },
      "replica.await": () => rocket.passTime(REPLICA),
      "broker.kill": act("kill"),
      "broker.stop": act("stop"),
      "broker.pause": act("pause"),
      "broker.resume": act("resume", RESUMED),
      "broker.start": act("start", STARTED),
    };
  }

  private start(step: StepReader): void {
    const { cluster } = this.rocket;
    const all = { ...RECORDED, ...texts(step.table("config")) };
    const line = step.number("line", 5) === 4 ? 4 : 5;
    for (const one of step.step.brokers as readonly { readonly name: string; readonly config?: object }[]) {
      if (one.name.endsWith(SLAVE)) cluster.addSlave(this.broker(one.name), one.name);
      else {
        const settings = rocketBrokerSettings({ ...all, ...texts(one.config ?? {}) });
        cluster.addBroker(one.name, { ...settings, line }, EPOCH - AGE);
      }
    }
  }

  /** The broker group of a process. */
  private broker(name: string): number {
    const broker = this.rocket.cluster.brokerId(name.replace(SLAVE, ""));
    if (broker < 0) throw new CaseError(`there is no broker ${name}`);
    return broker;
  }

  /** The administrator is told when the name server knows no such topic. */
  private hasRoute(step: StepReader): boolean {
    const { cluster } = this.rocket;
    const topic = cluster.topicId(step.text("topic"));
    const isThere = topic >= 0 && cluster.hasRoute(topic);
    if (!isThere) refuse(this.rocket, "TOPIC_NOT_EXIST");
    return isThere;
  }

  private createTopic(step: StepReader): void {
    const { rocket } = this;
    const name = step.text("topic");
    const queues = step.number("queues", 1);
    const brokers = step.step.brokers as readonly string[] | undefined;
    this.topics.add(name);
    const plan = {
      read: step.number("read", queues),
      write: step.number("write", queues),
      perm: step.number("perm", 6),
      ...(brokers === undefined ? {} : { brokers: brokers.map((one) => this.broker(one)) }),
    };
    rocket.cluster.createTopic(name, plan, rocket.meta, rocket);
    if (step.flag("live")) rocket.passTime(LIVE);
  }

  // ---- what is left

  finish(): Final {
    const { rocket } = this;
    const { cluster } = rocket;
    rocket.steps.persistAll();
    rocket.settleClock();
    const final: Record<string, unknown> = {};
    const topics = [...new Set([...this.topics, ...this.producers.topics])];
    const queues = topics.flatMap((topic) => rocket.queuesOf(topic));
    for (const queue of queues) final[cluster.queueName(queue)] = this.log(queue);
    const others = [...rocket.groups].flatMap((group) => this.queuesOfGroup(group, topics));
    for (const queue of others) {
      if (this.isAlive(queue) && cluster.max(queue) > 0) final[cluster.queueName(queue)] = this.log(queue);
    }
    for (const group of rocket.groups) {
      const stored: Record<string, number> = {};
      for (const queue of [...queues, ...others]) {
        const offset = this.isAlive(queue) ? cluster.committed(cluster.groupId(group), queue) : 0;
        if (offset > 0) stored[cluster.queueName(queue)] = offset;
      }
      final[`group ${group}`] = stored;
    }
    return final;
  }

  private isAlive(queue: number): boolean {
    return this.rocket.cluster.isUp(this.rocket.cluster.brokerOf(queue));
  }

  /** Its first retry queues and its dead letters, at all brokers. */
  private queuesOfGroup(group: string, topics: readonly string[]): number[] {
    const { cluster } = this.rocket;
    const names = [`%RETRY%${group}`, `%DLQ%${group}`, ...topics.map((topic) => `%RETRY%${group}_${topic}`)];
    const brokers = Array.from({ length: cluster.brokerCount() }, (_, broker) => broker);
    return names
      .flatMap((name) => brokers.map((broker) => cluster.queueId(cluster.topicId(name), broker, 0)))
      .filter((queue) => queue >= 0);
  }

  private log(queue: number): unknown {
    const { cluster } = this.rocket;
    if (!this.isAlive(queue)) return { error: "down" };
    const into = new QueueBuffer();
    const [min, max] = [cluster.min(queue), cluster.max(queue)];
    const messages: [number, string][] = [];
    const code = cluster.read(queue, min, max - min, EVERYTHING, into);
    for (let i = 0; i < into.count; i++) {
      messages.push([into.offsets[i] as number, this.rocket.messageId(into.handles[i] as number)]);
    }
    // The recorder asks only for messages that there are.
    const error = max === min ? undefined : REFUSALS[code];
    return { min, max, messages, ...(error === undefined ? {} : { error }) };
  }
}

/** What the broker answers to who may not read. */
const REFUSALS: Readonly<Record<number, string>> = {
  [READ_FORBIDDEN]: "NO_PERMISSION",
  [READ_NO_QUEUE]: "INVALID_PARAMETER",
};

function refuse(rocket: RecordedRocket, error: string): void {
  if (error !== "") rocket.tell("", { event: "error", name: error });
}

/** Settings as texts. */
const texts = (table: object): Record<string, string> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, String(value)]));
