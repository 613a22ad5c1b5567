import { nextUnit } from "../../kernel/random.ts";
import type { MessageKind } from "../../models/messages.ts";
import {
  blankMessage,
  type OutgoingMessage,
  PRODUCER_DEFAULTS,
  type ProducerConfig,
  type RocketCluster,
  type RocketConsumers,
} from "../../models/rocketmq/index.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import type { Output, Port, Session } from "../session.ts";
import type { RunNode, Topology } from "../topology.ts";
import { ROUTES_MS } from "./client-config.ts";
import { PLAIN, type SendSettings, type TopicPlace, Writer } from "./places.ts";
import { RocketReaders } from "./rocket-readers.ts";

/** Our own word among the model's timers: a producer says what became of its local transaction. */
export const TELL = 249;

type Outcome = "commit" | "rollback" | "unknown";

/** What a producer is about to say of a half message. */
interface Word {
  readonly producer: number;
  readonly handle: number;
  readonly outcome: Outcome;
}

/** The programs that send: each has the library's producer for each of its edges. */
export abstract class RocketWriters extends RocketReaders {
  /** Chance of local transactions. */
  private readonly local: number;
  private readonly words: Map<number, Word> = new Map();
  private wordCount = 0;
  /** Slaves may take over. */
  hasFailover = false;
  private readonly message: OutgoingMessage = blankMessage();

  constructor(topology: Topology, id: string, cluster: RocketCluster, consuming: RocketConsumers) {
    super(topology, id, cluster, consuming);
    this.local = this.core.addStream(`rocketmq-local:${id}`);
  }

  publish(session: Session, port: Port, handle: number): void {
    let writer = this.writerOf[port.index];
    // Everyday: the same program with the same settings.
    if (writer === undefined || writer.session !== session || writer.config !== writer.owner.config)
      writer = this.writerFor(session, port);
    const { core, message } = this;
    const { place, send } = writer;
    const kind = core.store.kindOf(handle);
    this.countPublish(writer);
    message.handle = handle;
    message.topic = place?.name ?? "";
    message.tag = kind.routingKey === "" ? -1 : this.cluster.tag(kind.routingKey);
    message.bytes = core.store.sizeOf(handle);
    message.hash = place?.messageType === "fifo" ? keyOf(kind) : null;
    message.delayLevel = send.delayLevel;
    message.delayMs = send.delayMs > 0 ? send.delayMs : -1;
    message.isHalf = place?.messageType === "transaction";
    this.cluster.send(writer.producer, message, this.tick(), this);
    this.goOn();
  }

  protected libraryOf(drawn: ScenarioNode | undefined, name: string): ProducerConfig {
    const own = producerSettings(drawn, name);
    // Where the election is scaled down, so is the time until producers hear of it.
    return this.hasFailover ? { ...own, pollNameServerInterval: ROUTES_MS } : own;
  }

  protected topicTo({ exchange }: Output): number {
    return exchange - 1;
  }

  protected open(
    library: ProducerConfig,
    port: Port,
    session: Session,
    run: RunNode,
    owner: Writer["owner"],
    place: TopicPlace | null,
  ): Writer {
    const writer = new Writer(
      this.cluster.openProducer(library, this.tick()),
      port,
      session,
      run,
      owner,
      this.core.meters,
    );
    writer.place = place;
    return writer;
  }

  protected look(writer: Writer, drawn: ScenarioNode | undefined): void {
    writer.send = sendSettings(drawn);
  }

  protected closeLibrary({ producer }: Writer): void {
    this.cluster.closeProducer(producer, this);
  }

  protected setLatency({ producer, latency }: Writer): void {
    this.cluster.setLatency(producer, latency);
  }

  protected cutWriter({ producer }: Writer): void {
    this.cluster.cutProducer(producer, this);
  }

  protected healWriter({ producer }: Writer): void {
    this.cluster.healProducer(producer);
  }

  // ---- transactions

  protected transact(writer: Writer, handle: number): void {
    const { commit, rollback } = writer.send;
    const at = nextUnit(this.core.streams, this.local);
    this.say(writer, handle, at < commit ? "commit" : at < commit + rollback ? "rollback" : "unknown");
  }

  protected answerCheck(writer: Writer, handle: number): void {
    this.say(writer, handle, writer.send.onCheck);
  }

  /** Never in the middle of an effect: the program comes to it in this moment, but by itself. */
  private say({ producer }: Writer, handle: number, outcome: Outcome): void {
    if (outcome === "unknown") return;
    const number = this.wordCount++;
    this.words.set(number, { producer, handle, outcome });
    this.timer(this.core.now, TELL, number);
  }

  protected tell(number: number): void {
    const word = this.words.get(number);
    this.words.delete(number);
    if (word === undefined || !this.halfAt.has(word.handle)) return;
    this.cluster.endTransaction(word.producer, word.handle, word.outcome === "commit", this.tick(), this);
    this.goOn();
  }
}

/** What a FIFO topic's queue is chosen by; without a key it is the next in turn. */
const keyOf = ({ keyName }: MessageKind): string | null => (keyName === "" ? null : keyName);

/** How a producer's library is set. Producers of one node are one group: any of them may be asked. */
function producerSettings(node: ScenarioNode | undefined, name: string): ProducerConfig {
  if (node?.kind !== "producer") return { ...PRODUCER_DEFAULTS, producerGroup: name };
  const { sendRetries, sendTimeout } = settingsAs("producer", node);
  return {
    ...PRODUCER_DEFAULTS,
    producerGroup: name,
    retryTimesWhenSendFailed: sendRetries,
    sendMsgTimeout: sendTimeout,
  };
}

function sendSettings(node: ScenarioNode | undefined): SendSettings {
  if (node?.kind !== "producer") return PLAIN;
  const s = settingsAs("producer", node);
  const total = s.commitShare + s.rollbackShare + s.unknownShare;
  return {
    delayLevel: s.delayLevel ?? 0,
    delayMs: s.delay ?? 0,
    commit: total > 0 ? s.commitShare / total : 0,
    rollback: total > 0 ? s.rollbackShare / total : 0,
    onCheck: s.onCheck,
  };
}
