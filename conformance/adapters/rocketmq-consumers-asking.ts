import { EVERYTHING, QueueBuffer, type Wanted } from "../../engine/index.ts";
import { CaseError, type StepReader } from "../format.ts";
import type { RocketConsumersHost } from "./rocketmq-consumers.ts";

type Operation = (step: StepReader) => void;

const MILLI = 1000;
/** How long the recorder waits after a reset. */
const RESET = 1500 * MILLI;
const POP_MS = 60_000;

/** Consumers that ask by hand (pull, pop), and administrators on offsets. */
export class AskingSteps {
  private readonly host: RocketConsumersHost;
  /** Consumer and message → receipts of pops, oldest first. */
  private readonly receipts = new Map<string, number[]>();
  private readonly buffer = new QueueBuffer();
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(host: RocketConsumersHost) {
    this.host = host;
    this.operations = {
      pull: (step) => this.pull(step),
      "pull.commit": (step) => this.commit(step),
      pop: (step) => this.pop(step),
      "pop.ack": (step) => this.ack(step),
      "pop.change": (step) => this.change(step),
      "offset.query": (step) => this.queryOffsets(step),
      "offset.update": (step) => this.updateOffset(step),
      "offset.reset": (step) => this.resetOffsets(step),
    };
  }

  /** A message that was given to somebody, with what its queue knows of it. */
  message(consumer: string, queue: number, offset: number, id: string): Record<string, unknown> & { event: string } {
    const { cluster } = this.host;
    cluster.readOn(queue, offset, 1, EVERYTHING, this.buffer);
    const event: Record<string, unknown> & { event: string } = {
      event: "message",
      consumer,
      queue: cluster.queueName(queue),
      offset,
      id,
    };
    const tag = this.buffer.tags[0] as number;
    if (tag >= 0) event.tag = cluster.tagText(tag);
    return event;
  }

  /** What a listener is told as the topic of the last `message`. */
  toldTopic(): string {
    return this.host.cluster.topicName(this.buffer.topics[0] as number);
  }

  error(name: string, error: string): void {
    this.host.tell(
      name,
      name === "" ? { event: "error", name: error } : { event: "error", consumer: name, name: error },
    );
  }

  // ---- pull and pop

  /** @returns −1 when it is refused */
  private asked(step: StepReader, name: string): number {
    const { cluster, meta, out } = this.host;
    const queue = cluster.queueNamed(step.text("queue"));
    const text = step.text("queue");
    const topic = cluster.topicId(text.slice(text.indexOf("/") + 1, text.lastIndexOf("-")));
    // Its client joins the group, with no subscription to speak of.
    const group = step.text("group", "g");
    this.host.groups.add(group);
    cluster.heartbeat(cluster.groupId(group), name, [], meta, out);
    if (topic < 0 || !cluster.hasRoute(topic)) this.error(name, "MQClientException");
    else if (queue < 0 || !this.host.queuesOf(cluster.topicName(topic)).includes(queue))
      this.error(name, "INVALID_PARAMETER");
    else return queue;
    return -1;
  }

  private wanted(step: StepReader, topic: string): Wanted {
    const sql = step.optionalText("sql");
    return { topic, expression: sql ?? step.text("tags", "*"), isSql: sql !== undefined };
  }

  private pull(step: StepReader): void {
    const { cluster, consumers, meta, out } = this.host;
    const name = step.text("consumer", "c");
    const queue = this.asked(step, name);
    if (queue < 0) return;
    const wanted = this.wanted(step, cluster.topicName(cluster.topicOf(queue)));
    const group = step.text("group", "g");
    const answer = consumers.pull(name, group, queue, step.number("offset"), step.number("max", 32), wanted, meta, out);
    if ("error" in answer) {
      this.error(name, answer.error);
      return;
    }
    const { status, next, min, max } = answer;
    const messages = answer.offsets.map((offset) => {
      cluster.readOn(queue, offset, 1, EVERYTHING, this.buffer);
      return [offset, this.host.messageId(this.buffer.handles[0] as number)];
    });
    this.host.tell(name, {
      event: "pulled",
      consumer: name,
      queue: cluster.queueName(queue),
      status,
      next,
      min,
      max,
      messages,
    });
  }

  private commit(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    const name = step.text("consumer", "c");
    const queue = this.asked(step, name);
    if (queue < 0) return;
    const error = consumers.pullCommit(step.text("group", "g"), queue, step.number("offset"), meta, out);
    if (error !== "") this.error(name, error);
  }

  private pop(step: StepReader): void {
    const { cluster, consumers, meta, out } = this.host;
    const name = step.text("consumer", "c");
    const group = step.text("group", "g");
    const topic = step.text("topic", "t");
    this.host.groups.add(group);
    const index = step.number("queue", -1);
    const broker = cluster.brokerId("a");
    const answer = consumers.pop(
      {
        group,
        topic,
        queue: index < 0 ? -1 : cluster.queueId(cluster.topicId(topic), broker, index),
        max: step.number("max", 32),
        invisibleMs: step.number("invisibleMs", POP_MS),
        from: step.text("from", "FIRST") === "FIRST" ? "FIRST" : "MAX",
        filter: this.wanted(step, topic),
      },
      meta,
      out,
    );
    if ("error" in answer) {
      this.error(name, answer.error);
      return;
    }
    const status = answer.length > 0 ? "FOUND" : "POLLING_NOT_FOUND";
    this.host.tell(name, { event: "popped", consumer: name, status });
    for (const { receipt, queue, offset, handle, times } of answer) {
      const id = this.host.messageId(handle);
      this.host.free(handle);
      const event = this.message(name, queue, offset, id);
      if (times > 0) event.times = times;
      this.host.tell(name, event);
      this.keep(name, id, receipt);
    }
  }

  private keep(consumer: string, id: string, receipt: number): void {
    const key = JSON.stringify([consumer, id]);
    this.receipts.set(key, [...(this.receipts.get(key) ?? []), receipt]);
  }

  private receipt(step: StepReader): number {
    const all = this.receipts.get(JSON.stringify([step.text("consumer", "c"), step.text("id")])) ?? [];
    const receipt = all[step.number("handle", all.length - 1)];
    if (receipt === undefined) throw new CaseError(`${step.step.op}: ${step.text("id")} was not popped`);
    return receipt;
  }

  private ack(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    this.acked(step, consumers.ack(this.receipt(step), meta, out));
  }

  private change(step: StepReader): void {
    const { consumers, meta, out } = this.host;
    const renewed = consumers.changeInvisible(this.receipt(step), step.number("ms"), meta, out);
    this.acked(step, renewed < 0 ? "INVALID_RECEIPT_HANDLE" : "");
    if (renewed >= 0) this.keep(step.text("consumer", "c"), step.text("id"), renewed);
  }

  private acked(step: StepReader, error: string): void {
    const consumer = step.text("consumer", "c");
    this.host.tell(consumer, {
      event: "acked",
      consumer,
      id: step.text("id"),
      status: error === "" ? "OK" : "NO_EXIST",
    });
  }

  // ---- offsets

  private queryOffsets(step: StepReader): void {
    const { cluster } = this.host;
    const group = step.text("group");
    this.host.groups.add(group);
    const topic = cluster.topicId(step.text("topic"));
    if (topic < 0 || !cluster.hasRoute(topic)) this.error("", "TOPIC_NOT_EXIST");
    for (const queue of this.host.queuesOf(step.text("topic"))) {
      const offset = Math.max(0, cluster.committed(cluster.groupId(group), queue));
      this.host.tell("", { event: "offset", queue: cluster.queueName(queue), offset });
    }
  }

  private updateOffset(step: StepReader): void {
    const { cluster, meta, out } = this.host;
    const group = step.text("group");
    this.host.groups.add(group);
    const id = cluster.groupId(group);
    if (cluster.groupSettings(id) === null) this.error("", "SUBSCRIPTION_GROUP_NOT_EXIST");
    else cluster.commit(id, cluster.queueNamed(step.text("queue")), step.number("offset"), meta, out);
  }

  private resetOffsets(step: StepReader): void {
    const { cluster, meta, out } = this.host;
    const group = step.text("group");
    this.host.groups.add(group);
    const id = cluster.groupId(group);
    const topic = cluster.topicId(step.text("topic"));
    const at = this.host.moment(step);
    for (const queue of cluster.readQueues(topic)) {
      const offset = at < 0 ? cluster.max(queue) : cluster.offsetForTime(queue, at);
      cluster.resetOffset(id, queue, offset, meta, out);
      this.host.tell("", { event: "offset", queue: cluster.queueName(queue), offset });
    }
    this.host.passTime(RESET);
  }
}
