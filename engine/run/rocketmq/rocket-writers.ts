import { sampleMicros } from "../../kernel/distributions.ts";
import { nextUnit } from "../../kernel/random.ts";
import type { MessageKind } from "../../models/messages.ts";
import {
  blankMessage,
  type OutgoingMessage,
  PRODUCER_DEFAULTS,
  type ProducerConfig,
} from "../../models/rocketmq/index.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Port, Session } from "../session.ts";
import type { RunNode, Topology } from "../topology.ts";
import { ROUTES_MS } from "./client-config.ts";
import { type SendSettings, Writer } from "./places.ts";
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
  protected readonly topology: Topology;
  /** Chance of local transactions. */
  private readonly local: number;
  /** By port. */
  protected readonly writerOf: (Writer | undefined)[] = [];
  private readonly words: Map<number, Word> = new Map();
  private wordCount = 0;
  /** Slaves may take over. */
  hasFailover = false;
  private readonly message: OutgoingMessage = blankMessage();

  constructor(topology: Topology, id: string, ...rest: ConstructorParameters<typeof RocketReaders>) {
    super(...rest);
    this.topology = topology;
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

  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) this.publish(session, port, handle);
    else this.core.unheard(handle, port.output.exchangeNode);
  }

  private writerFor(session: Session, port: Port): Writer {
    const instances = port.role === "producer" ? this.producers.instances : this.consumers.instances;
    const { node } = instances[port.instance] as ProducerInstance | ConsumerInstance;
    const known = this.writerOf[port.index];
    const drawn = this.topology.document?.nodes.find(({ id }) => id === node.id);
    const own = producerSettings(drawn, node.name);
    // Where the election is scaled down, so is the time until producers hear of it.
    const settings = this.hasFailover ? { ...own, pollNameServerInterval: ROUTES_MS } : own;
    const send = sendSettings(drawn);
    const text = JSON.stringify(settings);
    if (known?.session === session && known.settings === text) {
      known.config = node.config;
      known.send = send;
      return known;
    }
    // Settings of a library cannot change while it runs: the program begins again with others.
    if (known !== undefined) this.endWriter(known);
    const producer = this.cluster.openProducer(settings, this.tick());
    const run = this.topology.nodes[node.index] as RunNode;
    const writer = new Writer(producer, port, session, run, node, send, this.core.meters);
    writer.config = node.config;
    writer.place = this.placeOf[port.output.exchange - 1] ?? null;
    writer.settings = text;
    this.writers[producer] = writer;
    this.writerOf[port.index] = writer;
    this.lookAtWriter(writer);
    return writer;
  }

  /** Its process has ended, in order or not. */
  protected endWriter(writer: Writer): void {
    writer.isOpen = false;
    this.writerOf[writer.port.index] = undefined;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, -writer.waiting, this.core.now);
    this.cluster.closeProducer(writer.producer, this);
    this.goOn();
  }

  /** Clients notice what has become of their connections. */
  protected lookAtWriter(writer: Writer): void {
    const { link } = writer.port.output;
    const { constant, latency: drawn, extra } = link.config;
    const { streams } = this.core;
    const latency = constant >= 0 ? constant : sampleMicros(drawn, streams, link.stream) + extra;
    if (latency !== writer.latency) {
      writer.latency = latency;
      this.cluster.setLatency(writer.producer, latency);
    }
    if (link.isDead === writer.isCut) return;
    writer.isCut = link.isDead;
    if (writer.isCut) this.cluster.cutProducer(writer.producer, this);
    else this.cluster.healProducer(writer.producer);
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

/** A service commits what it sends. */
const PLAIN: SendSettings = { delayLevel: 0, delayMs: 0, commit: 1, rollback: 0, onCheck: "commit" };

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
