import { sampleMicros } from "../../kernel/distributions.ts";
import { type OutgoingRecord, PRODUCER_DEFAULTS, type ProducerConfig } from "../../models/kafka/index.ts";
import type { MessageKind } from "../../models/messages.ts";
import { discardReason } from "../../models/model.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT, ownReason, ruleReason } from "../event-log.ts";
import { END_DISCARDED } from "../ledger.ts";
import { TLS_HANDSHAKE } from "../link.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Port, Session } from "../session.ts";
import type { RunNode, Topology } from "../topology.ts";
import { P } from "../vocabulary.ts";
import { Access } from "./access.ts";
import { KafkaReaders } from "./kafka-readers.ts";
import { noteKey, Writer } from "./places.ts";

const DENIED = discardReason("denied");

/** A kind whose key nobody has asked for yet. */
const UNKNOWN = -2;

/** The programs that write: each has the library's producer for each of its edges, which gathers records in batches and sends them until they are stored. */
export abstract class KafkaWriters extends KafkaReaders {
  protected readonly topology: Topology;
  readonly door: Access = new Access();
  /** By port. */
  protected readonly writerOf: (Writer | undefined)[] = [];
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

  constructor(topology: Topology, ...rest: ConstructorParameters<typeof KafkaReaders>) {
    super(...rest);
    this.topology = topology;
  }

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

  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) this.publish(session, port, handle);
    else this.core.unheard(handle, port.output.exchangeNode);
  }

  private writerFor(session: Session, port: Port): Writer {
    const instances = port.role === "producer" ? this.producers.instances : this.consumers.instances;
    const { node } = instances[port.instance] as ProducerInstance | ConsumerInstance;
    const known = this.writerOf[port.index];
    const drawn = this.topology.document?.nodes.find(({ id }) => id === node.id);
    const settings = drawn?.kind === "producer" ? producerSettings(drawn) : PRODUCER_DEFAULTS;
    const text = JSON.stringify(settings);
    if (known?.session === session && known.settings === text) {
      known.config = node.config;
      return known;
    }
    // Settings of a library cannot change while it runs: the program begins again with others.
    if (known !== undefined) this.endWriter(known, false);
    const producer = this.cluster.openProducer(settings, this.tick());
    const writer = new Writer(
      producer,
      port,
      session,
      this.topology.nodes[node.index] as RunNode,
      node,
      this.core.meters,
    );
    writer.config = node.config;
    writer.place = this.placeOf[port.output.exchange] ?? null;
    writer.topic = writer.place?.name ?? "";
    writer.settings = text;
    this.writers[producer] = writer;
    this.writerOf[port.index] = writer;
    this.lookAtWriter(writer);
    return writer;
  }

  protected endWriter(writer: Writer, abort: boolean): void {
    writer.isOpen = false;
    this.writerOf[writer.port.index] = undefined;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, -writer.waiting, this.core.now);
    if (abort) this.cluster.crashProducer(writer.producer, this.tick(), this);
    else this.cluster.closeProducer(writer.producer, this.tick(), this);
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
      this.cluster.setLatency(writer.producer, latency, link.config.tls ? TLS_HANDSHAKE : 0);
    }
    if (link.isDead === writer.isCut) return;
    writer.isCut = link.isDead;
    if (writer.isCut) this.cluster.cutProducer(writer.producer, this.tick(), this);
    else this.cluster.healProducer(writer.producer, this.tick(), this);
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
