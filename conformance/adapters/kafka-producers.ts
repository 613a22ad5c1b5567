import { type OutgoingRecord, producerConfig, utf8 } from "../../engine/index.ts";
import { CaseError, type StepReader } from "../format.ts";
import type { RecordedKafka, Sent } from "./kafka-broker.ts";

type Operation = (step: StepReader) => void;

const MILLI = 1000;
/** How long the recorder waits for a patient producer, and for one that is not. */
const QUIET = 300 * MILLI;
const LONG = 20_000 * MILLI;

interface Client {
  readonly name: string;
  readonly id: number;
  readonly isPatient: boolean;
}

/** The operations of producers. */
export class ProducerSteps {
  private readonly kafka: RecordedKafka;
  private readonly clients = new Map<string, Client>();
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(kafka: RecordedKafka) {
    this.kafka = kafka;
    this.operations = this.table();
  }

  private table(): Record<string, Operation> {
    const { kafka } = this;
    const { view, meta } = kafka;
    const transaction = (act: (client: Client, step: StepReader) => string): Operation => {
      return (step) => {
        const client = this.named(step.text("producer", "p"));
        const error = act(client, step);
        if (error !== "") kafka.refused(client.id, error);
        // What waits is sent first, and that may take its time.
        kafka.passUntil(() => !view.isEndingTransaction(client.id), LONG);
        this.collect(client, QUIET);
      };
    };
    return {
      "producer.open": (step) => this.open(step),
      send: (step) => this.send(step),
      flush: (step) => {
        const client = this.named(step.text("producer", "p"));
        view.flush(client.id, meta, kafka);
        kafka.passUntil(() => view.buffered(client.id) === 0, LONG);
        this.collect(client, QUIET);
      },
      "producer.await": (step) => this.collect(this.named(step.text("producer", "p")), LONG),
      "producer.close": (step) => {
        const client = this.named(step.text("producer", "p"));
        view.closeProducer(client.id, meta, kafka);
        kafka.passUntil(() => view.buffered(client.id) === 0, LONG);
        this.collect(client, QUIET);
        this.clients.delete(client.name);
      },
      "producer.crash": (step) => {
        const client = this.named(step.text("producer", "p"));
        view.crashProducer(client.id, meta, kafka);
        this.clients.delete(client.name);
        kafka.pending.delete(client.id);
      },
      "txn.init": transaction(({ id }) => view.initTransactions(id, meta, kafka)),
      "txn.begin": transaction(({ id }) => view.beginTransaction(id)),
      "txn.commit": transaction(({ id }) => view.commitTransaction(id, meta, kafka)),
      "txn.abort": transaction(({ id }) => view.abortTransaction(id, meta, kafka)),
      "txn.sendOffsets": transaction(({ id }, step) => {
        const offsets = new Map<number, number>();
        for (const [name, next] of Object.entries(step.table("offsets"))) {
          offsets.set(view.partitionNamed(name), next as number);
        }
        const member = kafka.consumers.shownTo(kafka.steps.number(step.text("consumer")));
        return view.sendOffsets(id, kafka.consumers, member, offsets, meta, kafka);
      }),
      "network.cut": (step) => {
        const client = this.clients.get(step.text("client"));
        if (client !== undefined) view.cutProducer(client.id, meta, kafka);
        else if (!kafka.steps.cut(step.text("client"))) throw new CaseError(`there is no ${step.text("client")}`);
      },
      "network.heal": (step) => {
        const client = this.clients.get(step.text("client"));
        if (client !== undefined) view.healProducer(client.id, meta, kafka);
        else if (!kafka.steps.heal(step.text("client"))) throw new CaseError(`there is no ${step.text("client")}`);
      },
      "network.lose": (step) => view.loseAnswers(this.faulty(step).id, step.number("count", 1)),
      "network.refuse": (step) => {
        const { id } = this.faulty(step);
        view.refuseRequests(id, step.text("error"), step.number("holdMs", 0), step.number("count", 1));
      },
    };
  }

  private faulty(step: StepReader): Client {
    const api = step.text("api");
    if (api !== "PRODUCE") throw new CaseError(`${step.step.op}: nothing is known of ${api}`);
    return this.named(step.text("client"));
  }

  /** The producer of this name; one that was not opened is opened with the defaults. */
  private named(name: string): Client {
    const known = this.clients.get(name);
    if (known !== undefined) return known;
    return this.create(name, {}, false) as Client;
  }

  /** @returns null when the settings do not go together */
  private create(name: string, settings: Readonly<Record<string, string>>, isPatient: boolean): Client | null {
    const { kafka } = this;
    const config = producerConfig(settings);
    if (config === null) return null;
    const client: Client = { name, id: kafka.view.openProducer(config, kafka.meta), isPatient };
    this.clients.set(name, client);
    kafka.names.set(client.id, name);
    kafka.pending.set(client.id, []);
    return client;
  }

  private open(step: StepReader): void {
    const { kafka } = this;
    const name = step.text("producer", "p");
    const settings = Object.fromEntries(
      Object.entries(step.table("config")).map(([key, value]) => [key, String(value)]),
    );
    const draws = step.step.draws as readonly number[] | undefined;
    // OPS.md: queues of different length would weigh the draw.
    if (draws !== undefined) settings["partitioner.adaptive.partitioning.enable"] = "false";
    const client = this.create(name, settings, step.flag("patient"));
    if (client === null) kafka.tell(name, { event: "error", producer: name, name: "ConfigException" });
    else if (draws !== undefined) kafka.view.giveDraws(client.id, step.text("topic"), draws);
  }

  private send(step: StepReader): void {
    const { kafka } = this;
    const { view, meta } = kafka;
    const client = this.named(step.text("producer", "p"));
    const id = step.text("id");
    const key = step.step.key === undefined ? undefined : String(step.step.key);
    const idBytes = utf8(id).length;
    if (step.number("partition", 0) < 0 || step.number("timestamp", 0) < 0) {
      // Such a record cannot even be made.
      kafka.tell(client.name, { event: "failed", producer: client.name, id, name: "IllegalArgumentException" });
      return;
    }
    const record: OutgoingRecord = {
      topic: step.text("topic"),
      partition: step.number("partition", -1),
      key: key === undefined ? -1 : view.key(key),
      handle: kafka.make(id),
      valueBytes: step.flag("tombstone") ? -1 : step.number("size", 0),
      // One header, `id`: their number, the lengths of its name and value (OPS.md, Sizes).
      headerBytes: 1 + 1 + "id".length + (idBytes < 64 ? 1 : 2) + idBytes,
      timestampMs: this.timestamp(step),
    };
    (kafka.pending.get(client.id) as Sent[]).push({ id, event: null });
    view.send(client.id, record, meta, kafka);
    // An application that is held up in `send` does nothing else meanwhile.
    kafka.passUntil(() => !view.isBlocked(client.id), Number.POSITIVE_INFINITY);
    this.collect(client, client.isPatient || step.flag("patient") ? QUIET : LONG);
  }

  private timestamp(step: StepReader): number {
    if (step.step.timestamp !== undefined) return step.number("timestamp");
    return step.step.age === undefined ? -1 : this.kafka.meta.now / MILLI - step.number("age");
  }

  /** Tells what has become of the sends so far, in their order; waits for them up to a limit. */
  private collect({ id, name }: Client, limit: number): void {
    const { kafka } = this;
    const pending = kafka.pending.get(id) as Sent[];
    kafka.passUntil(() => pending.every(({ event }) => event !== null), limit);
    for (const { event } of pending) if (event !== null) kafka.tell(name, event);
    kafka.pending.set(
      id,
      pending.filter(({ event }) => event === null),
    );
  }
}
