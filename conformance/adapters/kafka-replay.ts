import {
  type BrokerAction,
  type BrokerSettings,
  murmur2,
  partitionOfHash,
  READ_COMMITTED,
  READ_UNCOMMITTED,
  ReadBuffer,
  utf8,
} from "../../engine/index.ts";
import type { Replay } from "../adapter.ts";
import { CaseError, type CaseEvent, type Final, type RecordedCase, type Step, StepReader } from "../format.ts";
import { RecordedKafka } from "./kafka-broker.ts";
import { ProducerSteps } from "./kafka-producers.ts";

const MILLI = 1000;
const AWAIT = 20_000 * MILLI;

/** Settings of the brokers that differ from Kafka's defaults (OPS.md, Where a case begins). */
const RECORDED: Partial<BrokerSettings> = {
  retentionCheckMs: 500,
  initialTaskDelayMs: 200,
  cleanerBackoffMs: 200,
  transactionCheckMs: 500,
  uncleanIntervalMs: 1000,
};

/** A case on Kafka: its brokers run from the start. */
export class KafkaReplay implements Replay {
  readonly kafka: RecordedKafka;
  private readonly producers: ProducerSteps;
  private readonly operations: Readonly<Record<string, (step: StepReader) => void>>;

  constructor({ id, nodes = 1 }: RecordedCase) {
    const patience = id.startsWith("kafka/cluster-loss/") ? 12_000 : 3000;
    const several = nodes > 1 ? { sessionTimeoutMs: patience, replicaLagMs: patience } : {};
    this.kafka = new RecordedKafka({ ...RECORDED, ...several });
    for (let broker = 1; broker <= nodes; broker++) this.kafka.view.addBroker(broker);
    this.producers = new ProducerSteps(this.kafka);
    this.operations = { ...this.table(), ...this.producers.operations, ...this.kafka.steps.operations };
  }

  perform(step: Step): CaseEvent[] {
    const operation = Object.hasOwn(this.operations, step.op) ? this.operations[step.op] : undefined;
    if (operation === undefined) throw new CaseError(`there is no operation ${step.op}`);
    operation(new StepReader(step));
    this.kafka.settleClock();
    return this.kafka.takeEvents();
  }

  finish(): Final {
    const { kafka } = this;
    const { view } = kafka;
    const final: Record<string, unknown> = {};
    const into = new ReadBuffer();
    view.state.topics.forEach((topic) => {
      for (const partition of view.partitionsOf(topic.id)) {
        if (!view.isReadable(partition)) {
          final[view.partitionName(partition)] = { error: "TimeoutException" };
          continue;
        }
        const start = view.start(partition);
        const end = view.highWatermark(partition);
        view.read(partition, start, READ_UNCOMMITTED, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, into);
        const records: [number, string][] = [];
        for (let i = 0; i < into.count; i++) {
          records.push([into.offsets[i] as number, kafka.recordId(into.handles[i] as number)]);
        }
        final[view.partitionName(partition)] = { start, end, records };
      }
    });
    return { ...final, ...kafka.steps.final() };
  }

  private table(): Record<string, (step: StepReader) => void> {
    const { kafka } = this;
    const { view, meta } = kafka;
    const refuse = (error: string): void => {
      if (error !== "") kafka.tell("", { event: "error", name: error });
    };
    const act =
      (action: BrokerAction) =>
      (step: StepReader): void =>
        view.actOnBroker(step.number("broker"), action, meta, kafka);
    return {
      wait: (step) => kafka.passTime(step.number("ms") * MILLI),
      "topic.create": (step) => {
        const given = step.step.assignment as readonly (readonly number[])[] | undefined;
        const assignment = given ?? { partitions: step.number("partitions", 1), replicas: 1 };
        refuse(view.createTopic(step.text("topic"), { assignment, config: texts(step, "config") }, meta, kafka));
      },
      "topic.addPartitions": (step) =>
        refuse(view.addPartitions(step.text("topic"), step.number("total"), meta, kafka)),
      "topic.configure": (step) => refuse(view.configureTopic(step.text("topic"), texts(step, "set"), meta, kafka)),
      "topic.delete": (step) => refuse(view.deleteTopic(step.text("topic"), meta, kafka)),
      "topic.describe": (step) => this.describe(step.text("topic")),
      "records.delete": (step) => {
        const partition = this.partition(step.text("partition"));
        const error = view.deleteRecords(partition, step.number("before"), meta, kafka);
        refuse(error);
        if (error === "") {
          kafka.tell("", { event: "start", partition: step.text("partition"), offset: view.start(partition) });
        }
      },
      "offsets.list": (step) => this.listOffsets(step),
      "leader.elect": (step) => {
        const type = step.text("type");
        if (type !== "preferred" && type !== "unclean") throw new CaseError(`leader.elect: there is no type ${type}`);
        refuse(view.electLeader(this.partition(step.text("partition")), type, meta, kafka));
      },
      "broker.kill": act("kill"),
      "broker.stop": act("stop"),
      "broker.pause": act("pause"),
      "broker.resume": act("resume"),
      "broker.start": act("start"),
      "partition.await": (step) => this.awaitPartition(step),
      "hash.murmur2": (step) => this.hash(step),
    };
  }

  private partition(name: string): number {
    const partition = this.kafka.view.partitionNamed(name);
    if (partition < 0) throw new CaseError(`there is no partition ${name}`);
    return partition;
  }

  private describe(topic: string): void {
    const { view } = this.kafka;
    for (const partition of view.partitionsOf(view.topicId(topic))) {
      const { all, inSync, eligible } = view.replicas(partition);
      const leader = view.leader(partition);
      this.kafka.tell("", {
        event: "partition",
        partition: view.partitionName(partition),
        leader: leader < 0 ? null : leader,
        replicas: all,
        isr: inSync.sort((a, b) => a - b),
        elr: eligible.sort((a, b) => a - b),
      });
    }
  }

  private awaitPartition(step: StepReader): void {
    const { view } = this.kafka;
    const partition = this.partition(step.text("partition"));
    const { leader, isr } = step.step;
    const wanted = isr === undefined ? null : JSON.stringify([...(isr as number[])].sort((a, b) => a - b));
    const isMet = (): boolean => {
      if (leader !== undefined && view.leader(partition) !== (leader ?? -1)) return false;
      return wanted === null || JSON.stringify(view.replicas(partition).inSync.sort((a, b) => a - b)) === wanted;
    };
    if (!this.kafka.passUntil(isMet, AWAIT)) throw new CaseError("partition.await: it did not come to that");
  }

  private listOffsets(step: StepReader): void {
    const { view } = this.kafka;
    const isolation = step.text("isolation", "") === "read_committed" ? READ_COMMITTED : READ_UNCOMMITTED;
    const at = step.step.at ?? "latest";
    const find = (partition: number): number => {
      if (at === "latest") return view.latest(partition, isolation);
      if (at === "earliest") return view.start(partition);
      return at === "max_timestamp" ? view.offsetOfLargestTime(partition) : view.offsetForTime(partition, Number(at));
    };
    for (const partition of view.partitionsOf(view.topicId(step.text("topic")))) {
      const offset = find(partition);
      const event = { event: "offset", partition: view.partitionName(partition) };
      this.kafka.tell("", { ...event, offset: offset < 0 ? null : offset });
    }
  }

  private hash(step: StepReader): void {
    const counts = step.step.partitions as readonly number[];
    for (const key of step.step.keys as readonly string[]) {
      const hash = murmur2(utf8(key));
      this.kafka.tell("", {
        event: "hash",
        key,
        hash,
        partitions: counts.map((count) => partitionOfHash(hash, count)),
      });
    }
  }
}

/** Settings as texts. */
const texts = (step: StepReader, field: string): Record<string, string> =>
  Object.fromEntries(Object.entries(step.table(field)).map(([name, value]) => [name, String(value)]));
