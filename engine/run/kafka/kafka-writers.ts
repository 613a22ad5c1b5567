import { type OutgoingRecord, PRODUCER_DEFAULTS, type ProducerConfig } from "../../models/kafka/index.ts";
import type { MessageKind } from "../../models/messages.ts";
import { discardReason } from "../../models/model.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import { EVENT, ownReason, ruleReason } from "../event-log.ts";
import { END_DISCARDED } from "../ledger.ts";
import { TLS_HANDSHAKE } from "../link.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Output, Port, Session } from "../session.ts";
import type { RunNode } from "../topology.ts";
import { P } from "../vocabulary.ts";
import { Access } from "./access.ts";
import { KafkaReaders } from "./kafka-readers.ts";
import { noteKey, type TopicPlace, Writer } from "./places.ts";

const DENIED = discardReason("denied");

/** A kind whose key nobody has asked for yet. */
const UNKNOWN = -2;

/** The programs that write: each has the library's producer for each of its edges, which gathers records in batches and sends them until they are stored. */
export abstract class KafkaWriters extends KafkaReaders {
  readonly door: Access = new Access();
  /** Numbers of keys, by the kinds of messages. */
  private keys: Int32Array = new Int32Array(0);
  private readonly record: OutgoingRecord = {
    topic: "",
    partition: -1,
    key: -1,
    handle: -1,
    valueBytes: 0,
    headerBytes: 1,
    timestampMs: -1,
  };

  publish(session: Session, port: Port, handle: number): void {
    let writer = this.writerOf[port.index];
    // Everyday: the same program with the same settings.
    if (writer === undefined || writer.session !== session || writer.config !== writer.owner.config)
      writer = this.writerFor(session, port);
    const { core, record } = this;
    const { store } = core;
    if (writer.askedAt !== this.door.version) this.askFor(writer);
    if (!writer.mayWrite) {
      this.refuseWrite(writer, handle);
      return;
    }
    this.countPublish(writer);
    record.topic = writer.topic;
    record.key = this.keyOf(writer, store.kind[handle] as number);
    record.handle = handle;
    record.valueBytes = store.sizeOf(handle);
    this.cluster.send(writer.producer, record, this.tick(), this);
    if (this.consuming.readyCount > 0) this.goOn();
  }

  private askFor(writer: Writer): void {
    writer.askedAt = this.door.version;
    writer.mayWrite = this.door.may(writer.owner.config.user, "write", writer.topic);
    const { port } = writer;
    if (port.role === "producer")
      (this.producers.instances[port.instance] as ProducerInstance).denied = !writer.mayWrite;
  }

  /** TOPIC_AUTHORIZATION_FAILED: the library fails the record at once. */
  private refuseWrite({ port, node, place }: Writer, handle: number): void {
    const { core } = this;
    if (port.role === "producer") {
      const { slots } = (this.producers.instances[port.instance] as ProducerInstance).node;
      core.meters.count(slots.counters + P.denied);
    }
    core.log.add(EVENT.deny, core.now, node, -1, place?.node ?? -1, ownReason("unauthorized"));
    core.log.add(EVENT.discard, core.now, node, core.store.id[handle] as number, -1, ruleReason(DENIED));
    core.end(handle, END_DISCARDED, DENIED);
  }

  /** The number of a kind's key. */
  private keyOf(writer: Writer, kind: number): number {
    const known = kind < this.keys.length ? (this.keys[kind] as number) : UNKNOWN;
    if (known !== UNKNOWN && (known < 0 || writer.place?.keys[known] === 1)) return known;
    const { keyName } = this.core.store.kinds[kind] as MessageKind;
    const key = keyName === "" ? -1 : this.cluster.key(keyName);
    if (kind >= this.keys.length) {
      const wider = new Int32Array(2 * kind + 16).fill(UNKNOWN);
      wider.set(this.keys);
      this.keys = wider;
    }
    this.keys[kind] = key;
    if (key >= 0 && writer.place !== null) noteKey(writer.place, key);
    return key;
  }

  protected libraryOf(drawn: ScenarioNode | undefined): ProducerConfig {
    return drawn?.kind === "producer" ? producerSettings(drawn) : PRODUCER_DEFAULTS;
  }

  protected topicTo({ exchange }: Output): number {
    return exchange;
  }

  protected open(
    library: ProducerConfig,
    port: Port,
    session: Session,
    run: RunNode,
    owner: Writer["owner"],
    place: TopicPlace | null,
  ): Writer {
    const producer = this.cluster.openProducer(library, this.tick());
    const writer = new Writer(producer, port, session, run, owner, this.core.meters);
    writer.place = place;
    writer.topic = place?.name ?? "";
    return writer;
  }

  /** Of each record its program says nothing. */
  protected look(): void {}

  protected closeLibrary({ producer }: Writer, abort: boolean): void {
    if (abort) this.cluster.crashProducer(producer, this.tick(), this);
    else this.cluster.closeProducer(producer, this.tick(), this);
  }

  protected setLatency({ producer, latency, port }: Writer): void {
    this.cluster.setLatency(producer, latency, port.output.link.config.tls ? TLS_HANDSHAKE : 0);
  }

  protected cutWriter({ producer }: Writer): void {
    this.cluster.cutProducer(producer, this.tick(), this);
  }

  protected healWriter({ producer }: Writer): void {
    this.cluster.healProducer(producer, this.tick(), this);
  }
}

/** How a producer's library is set. */
function producerSettings(node: ScenarioNode): ProducerConfig {
  const s = settingsAs("producer", node);
  const lingerMs = s.linger;
  return {
    ...PRODUCER_DEFAULTS,
    acks: s.acks === "all" ? -1 : s.acks === "1" ? 1 : 0,
    isIdempotent: s.acks === "all" && s.idempotent,
    lingerMs,
    batchSize: s.batch,
    maxInFlight: s.acks === "all" && s.idempotent ? Math.min(5, s.maxInFlight) : s.maxInFlight,
    deliveryTimeoutMs: s.deliveryTimeout,
    requestTimeoutMs: Math.min(PRODUCER_DEFAULTS.requestTimeoutMs, Math.max(1, s.deliveryTimeout - lingerMs)),
  };
}
