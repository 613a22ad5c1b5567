import {
  ASYNC,
  blankMessage,
  ONEWAY,
  type RocketMessage,
  rocketProducerConfig,
  SEND_OK,
  SEND_STATUSES,
  SYNC,
  type Table,
} from "../../engine/index.ts";
import { CaseError, type CaseEvent, StepReader } from "../format.ts";
import type { ProducerNews, RecordedRocket } from "./rocketmq-broker.ts";

type Operation = (step: StepReader) => void;

const MILLI = 1000;
/** How long the recorder waits after a one-way message, and after a transaction. */
const ONEWAY_WAIT = 200 * MILLI;
const TRANSACTION_WAIT = 200 * MILLI;
/** And for an answer at most. */
const LONG = 40_000 * MILLI;
/** Recorded clients ask for routes so often. */
const RECORDED = { pollNameServerInterval: "1000" };

interface Program {
  readonly name: string;
  readonly id: number;
  /** What local transactions answer, and checks, by message. */
  readonly local: Map<string, string>;
  readonly checks: Map<string, readonly string[]>;
  readonly checked: Map<string, number>;
}

/** One send that waits for its end. */
interface Pending {
  readonly producer: string;
  /** Of a batch: all, with commas. */
  readonly id: string;
  readonly isDelayed: boolean;
  isOver: boolean;
}

/** The operations of producers. */
export class RocketProducerSteps implements ProducerNews {
  private readonly rocket: RecordedRocket;
  private readonly programs = new Map<string, Program>();
  /** By the model's numbers, also those that are gone. */
  private readonly byId = new Map<number, Program>();
  /** By message. */
  private readonly pending = new Map<string, Pending>();
  /** Topics that producers have named. */
  readonly topics = new Set<string>();
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(rocket: RecordedRocket) {
    this.rocket = rocket;
    this.operations = {
      "producer.start": (step) => this.start(step.text("producer", "p"), step),
      "producer.shutdown": (step) => {
        rocket.cluster.closeProducer(this.named(step).id, rocket);
        this.programs.delete(step.text("producer", "p"));
      },
      send: (step) => this.send(step),
      "send.batch": (step) => this.sendBatch(step),
      "send.transaction": (step) => this.sendTransaction(step),
      answers: (step) => {
        this.named(step).checks.set(step.text("id"), answersOf(step));
      },
    };
  }

  private start(name: string, step: StepReader): Program {
    const { cluster, meta } = this.rocket;
    const words = Object.fromEntries(Object.entries(step.table("config")).map(([key, value]) => [key, String(value)]));
    const isPlain = step.step.op === "producer.start";
    const producerGroup = isPlain ? step.text("group", `producers-of-${name}`) : `producers-of-${name}`;
    const config = rocketProducerConfig({ ...RECORDED, ...(isPlain ? words : {}), producerGroup });
    const id = cluster.openProducer(config, meta);
    // The recorder says where a turn begins, for the client draws it.
    cluster.beginTurnAt(id, "", 0);
    if (isPlain) {
      for (const [topic, place] of Object.entries(step.table("first"))) cluster.beginTurnAt(id, topic, Number(place));
    }
    const program = { name, id, local: new Map(), checks: new Map(), checked: new Map() };
    this.programs.set(name, program);
    this.byId.set(id, program);
    return program;
  }

  /** The producer of a step; one that was not started is started with the defaults. */
  private named(step: StepReader): Program {
    const name = step.text("producer", "p");
    return this.programs.get(name) ?? this.start(name, step);
  }

  private message(step: StepReader): RocketMessage {
    const { cluster, meta } = this.rocket;
    const message = blankMessage();
    const topic = step.text("topic");
    if (!topic.startsWith("%")) this.topics.add(topic);
    message.topic = topic;
    message.handle = this.rocket.make(step.text("id"), step.table("properties") as Table);
    const tag = step.optionalText("tag");
    if (tag !== undefined) message.tag = cluster.tag(tag);
    message.bytes = step.number("size", 1);
    message.waitStore = step.flag("waitStore", true);
    message.delayLevel = step.number("delayLevel", 0);
    // Of several the broker looks at seconds first.
    if (step.step.delaySec !== undefined) message.delayMs = step.number("delaySec") * MILLI;
    else if (step.step.delayMs !== undefined) message.delayMs = step.number("delayMs");
    if (step.step.deliverInMs !== undefined) message.deliverAtMs = meta.now / MILLI + step.number("deliverInMs");
    return message;
  }

  private send(step: StepReader): void {
    const { rocket } = this;
    const program = this.named(step);
    const message = this.message(step);
    this.choose(message, step);
    const isDelayed =
      message.delayLevel > 0 || ["delayMs", "delaySec", "deliverInMs"].some((field) => step.step[field] !== undefined);
    const pending = this.expect(program, step.text("id"), isDelayed);
    if (!this.nameQueue(message, step, program, pending)) return;
    rocket.cluster.send(program.id, message, rocket.meta, rocket);
    if (message.mode === ONEWAY) rocket.passTime(ONEWAY_WAIT);
    else this.await(pending);
  }

  /** Mode and queue, as the recorder reads them: only a synchronous message has a selector of one's own, or a number's hash. */
  private choose(message: RocketMessage, step: StepReader): void {
    const mode = step.text("mode", "sync");
    message.mode = mode === "async" ? ASYNC : mode === "oneway" ? ONEWAY : SYNC;
    const { hash } = step.step;
    const isSync = message.mode === SYNC;
    if (typeof hash === "string" || typeof hash === "number") message.hash = isSync ? hash : String(hash);
    else if (isSync) message.select = step.number("select", -1);
  }

  /** The queue that a step names. One that no broker has is refused by it. @returns false when the message is over with that */
  private nameQueue(message: RocketMessage, step: StepReader, program: Program, pending: Pending): boolean {
    const name = step.optionalText("queue");
    if (name === undefined) return true;
    message.queue = this.rocket.cluster.queueNumber(name);
    if (message.queue >= 0) return true;
    this.rocket.discard(message.handle);
    this.over(pending, { event: "failed", producer: program.name, id: pending.id, name: "MQClientException" });
    return false;
  }

  private sendBatch(step: StepReader): void {
    const { rocket } = this;
    const program = this.named(step);
    const topic = step.text("topic");
    const messages = (step.step.messages as readonly Record<string, unknown>[]).map((one) =>
      this.message(new StepReader({ op: step.step.op, topic, ...one })),
    );
    const id = messages.map(({ handle }) => rocket.messageId(handle)).join(",");
    const pending = this.expect(program, id, false);
    for (const { handle } of messages) this.pending.set(rocket.messageId(handle), pending);
    const first = messages[0] as RocketMessage;
    const queue = step.optionalText("queue");
    if (queue !== undefined) first.queue = rocket.cluster.queueNumber(queue);
    const error = rocket.cluster.sendBatch(program.id, messages, rocket.meta, rocket);
    if (error !== "") {
      for (const { handle } of messages) rocket.discard(handle);
      this.over(pending, { event: "failed", producer: program.name, id, name: error });
    }
    this.await(pending);
  }

  private sendTransaction(step: StepReader): void {
    const { rocket } = this;
    const program = this.named(step);
    const id = step.text("id");
    program.local.set(id, step.step.local === null ? "null" : step.text("local", "UNKNOW"));
    if (step.step.onCheck !== undefined) program.checks.set(id, answersOf(step));
    const message = this.message(step);
    message.isHalf = true;
    if (step.step.checkImmunitySec !== undefined) message.immunityMs = step.number("checkImmunitySec") * MILLI;
    const pending = this.expect(program, id, false);
    rocket.cluster.send(program.id, message, rocket.meta, rocket);
    this.await(pending);
    rocket.passTime(TRANSACTION_WAIT);
  }

  private expect(program: Program, id: string, isDelayed: boolean): Pending {
    const pending = { producer: program.name, id, isDelayed, isOver: false };
    this.pending.set(id, pending);
    return pending;
  }

  private await(pending: Pending): void {
    if (!this.rocket.passUntil(() => pending.isOver, LONG))
      throw new CaseError(`nobody tells what became of ${pending.id}`);
  }

  private over(pending: Pending, event: CaseEvent): void {
    if (pending.isOver) return;
    pending.isOver = true;
    this.rocket.tell(pending.producer, event);
  }

  // ---- what producers learn

  acked(_producer: number, handle: number, queue: number, offset: number, status: number): void {
    const pending = this.pending.get(this.rocket.messageId(handle));
    if (pending === undefined || pending.isOver) return;
    const event: CaseEvent = {
      event: "sent",
      producer: pending.producer,
      id: pending.id,
      status: SEND_STATUSES[status],
      queue: this.rocket.cluster.queueName(queue),
      // What is delayed stands in a queue that all topics share.
      ...(pending.isDelayed ? {} : { offset }),
    };
    this.over(pending, event);
  }

  failed(_producer: number, handle: number, error: string): void {
    const pending = this.pending.get(this.rocket.messageId(handle));
    if (pending === undefined) return;
    this.over(pending, { event: "failed", producer: pending.producer, id: pending.id, name: error });
  }

  half(producer: number, handle: number, status: number): void {
    const program = this.byId.get(producer) as Program;
    const id = this.rocket.messageId(handle);
    if (status === SEND_OK) {
      const state = program.local.get(id) ?? "UNKNOW";
      this.rocket.tell(program.name, { event: "local", producer: program.name, id, state });
      this.answer(producer, handle, state);
    }
    const pending = this.pending.get(id) as Pending;
    this.over(pending, { event: "half", producer: program.name, id, status: SEND_STATUSES[status] });
  }

  asked(producer: number, handle: number): void {
    const program = this.byId.get(producer) as Program;
    const id = this.rocket.messageId(handle);
    const answers = program.checks.get(id) ?? ["UNKNOW"];
    const time = (program.checked.get(id) ?? 0) + 1;
    program.checked.set(id, time);
    const state = answers[Math.min(time, answers.length) - 1] as string;
    this.rocket.tell(program.name, { event: "checked", producer: program.name, id, time, state });
    this.answer(producer, handle, state);
  }

  private answer(producer: number, handle: number, state: string): void {
    const { rocket } = this;
    if (state !== "COMMIT_MESSAGE" && state !== "ROLLBACK_MESSAGE") return;
    rocket.later(() =>
      rocket.cluster.endTransaction(producer, handle, state === "COMMIT_MESSAGE", rocket.meta, rocket),
    );
  }
}

const answersOf = (step: StepReader): readonly string[] => {
  const { onCheck } = step.step;
  if (!Array.isArray(onCheck)) throw new CaseError(`${step.step.op}: onCheck must be a list`);
  return onCheck.map(String);
};
