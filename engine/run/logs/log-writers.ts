import { sampleMicros } from "../../kernel/distributions.ts";
import type { Micros } from "../../kernel/time.ts";
import { discardReason } from "../../models/model.ts";
import type { ScenarioNode, System } from "../../scenario/types.ts";
import type { ConsumerInstance, Consumers } from "../consumers.ts";
import { type Core, RunMeta } from "../core.ts";
import { EVENT, ruleReason } from "../event-log.ts";
import { END_DISCARDED } from "../ledger.ts";
import type { ProducerInstance } from "../producer-node.ts";
import type { Producers } from "../producers.ts";
import type { Output, Port, Session } from "../session.ts";
import type { RunNode, Topology } from "../topology.ts";
import { P } from "../vocabulary.ts";
import type { LogTopic } from "./log-topic.ts";
import type { LogWriter } from "./log-writer.ts";

const FAILED = discardReason("failed");

/** The programs that write to logs: each has its library's producer for each of its edges. What brokers answer them ends in the ledger, and is metered and told at their nodes. */
export abstract class LogWriters<Topic extends LogTopic, Writer extends LogWriter, Library extends object> {
  readonly core: Core;
  /** Place in the run's list of hosts. */
  readonly index: number;
  readonly meta: RunMeta;
  readonly producers: Producers;
  readonly consumers: Consumers;
  protected readonly topology: Topology;
  /** By their ids. */
  readonly places: Topic[] = [];
  /** By the brokers' numbers of topics and of producers. */
  placeOf: (Topic | undefined)[] = [];
  writers: (Writer | undefined)[] = [];
  /** By port. */
  protected readonly writerOf: (Writer | undefined)[] = [];

  /** @param id of the frame, or of the brokers that nobody drew */
  constructor(topology: Topology, system: System, id: string) {
    const { core, hosts, producers, consumers } = topology;
    this.topology = topology;
    this.core = core;
    this.index = hosts.length;
    this.producers = producers;
    this.consumers = consumers;
    this.meta = new RunMeta(core.streams, core.addStream(`${system}:${id}`));
  }

  /** Brings the model's clock up to the run's; every entry from outside calls it first. */
  tick(): RunMeta {
    this.meta.now = this.core.now;
    return this.meta;
  }

  timer(at: Micros, what: number, target: number): void {
    this.core.timer(this.index, at, what, target);
  }

  /** After each command: clients that may go on. */
  abstract goOn(): void;

  // ---- beginning and end

  abstract publish(session: Session, port: Port, handle: number): void;

  publishArrived(session: Session | null, port: Port, handle: number): void {
    if (session?.open) this.publish(session, port, handle);
    else this.core.unheard(handle, port.output.exchangeNode);
  }

  /** How the library of a client's program is set. @param name of its node */
  protected abstract libraryOf(drawn: ScenarioNode | undefined, name: string): Library;
  /** The brokers' number of the topic that an output leads to. */
  protected abstract topicTo(output: Output): number;
  protected abstract open(
    library: Library,
    port: Port,
    session: Session,
    run: RunNode,
    owner: Writer["owner"],
    place: Topic | null,
  ): Writer;
  /** What the program says of each message is as drawn now. */
  protected abstract look(writer: Writer, drawn: ScenarioNode | undefined): void;
  /** @param abort its process is gone without a word */
  protected abstract closeLibrary(writer: Writer, abort: boolean): void;

  /** Of a program that connected anew, or whose settings may be others. */
  protected writerFor(session: Session, port: Port): Writer {
    const instances = port.role === "producer" ? this.producers.instances : this.consumers.instances;
    const { node } = instances[port.instance] as ProducerInstance | ConsumerInstance;
    const known = this.writerOf[port.index];
    const drawn = this.topology.document?.nodes.find(({ id }) => id === node.id);
    const library = this.libraryOf(drawn, node.name);
    const text = JSON.stringify(library);
    if (known?.session === session && known.settings === text) {
      known.config = node.config;
      this.look(known, drawn);
      return known;
    }
    // Settings of a library cannot change while it runs: the program begins again with others.
    if (known !== undefined) this.endWriter(known, false);
    const run = this.topology.nodes[node.index] as RunNode;
    const writer = this.open(library, port, session, run, node, this.placeOf[this.topicTo(port.output)] ?? null);
    writer.config = node.config;
    writer.settings = text;
    this.look(writer, drawn);
    this.writers[writer.producer] = writer;
    this.writerOf[port.index] = writer;
    this.lookAtLink(writer);
    return writer;
  }

  /** Its process has ended. @param abort not in order */
  protected endWriter(writer: Writer, abort: boolean): void {
    writer.isOpen = false;
    this.writerOf[writer.port.index] = undefined;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, -writer.waiting, this.core.now);
    this.closeLibrary(writer, abort);
    this.goOn();
  }

  // ---- connections

  protected abstract setLatency(writer: Writer): void;
  protected abstract cutWriter(writer: Writer): void;
  protected abstract healWriter(writer: Writer): void;

  /** Clients notice what has become of their connections. */
  protected lookAtLink(writer: Writer): void {
    const { link } = writer.port.output;
    const { constant, latency: drawn, extra } = link.config;
    const latency = constant >= 0 ? constant : sampleMicros(drawn, this.core.streams, link.stream) + extra;
    if (latency !== writer.latency) {
      writer.latency = latency;
      this.setLatency(writer);
    }
    if (link.isDead === writer.isCut) return;
    writer.isCut = link.isDead;
    if (writer.isCut) this.cutWriter(writer);
    else this.healWriter(writer);
  }

  /** What a request of so many bytes, or (of 0) its answer, takes beside the latency: only a narrow or lossy link has that. @returns µs */
  toll(producer: number, bytes: number): Micros {
    const writer = this.writers[producer];
    if (writer === undefined) return 0;
    const { link } = writer.port.output;
    const { bandwidth, loss } = link.config;
    writer.toll = bandwidth > 0 || loss > 0 ? link.toll(this.core.now, bytes, this.core.streams) : 0;
    return writer.toll;
  }

  // ---- what becomes of what they gave their libraries

  protected countPublish(writer: Writer): void {
    writer.waiting++;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, 1, this.core.now);
  }

  /** It waits no longer. */
  protected settled(writer: Writer): void {
    writer.waiting--;
    if (writer.outbox >= 0) this.core.meters.level(writer.outbox, -1, this.core.now);
  }

  /** The brokers have it, and say so. */
  protected confirmed(writer: Writer, handle: number): void {
    const { core } = this;
    this.settled(writer);
    if (writer.confirmed === null || writer.response === null) return;
    writer.confirmed.pending++;
    writer.response.record(core.now - (core.store.birth[handle] as number));
    if (core.log.detailed === true) core.log.add(EVENT.confirm, core.now, writer.node, core.store.id[handle] as number);
  }

  /** The library gave it up. @param isStored the brokers may have it all the same */
  protected gaveUpOn(producer: number, handle: number, isStored: boolean): void {
    const writer = this.writers[producer];
    const { core } = this;
    if (writer?.isOpen) {
      this.settled(writer);
      if (writer.response !== null) core.meters.count(writer.counters + P.failed);
      core.log.add(EVENT.fail, core.now, writer.node, core.store.id[handle] as number, -1, ruleReason(FAILED));
    }
    if (!isStored) core.end(handle, END_DISCARDED, FAILED);
  }

  copied(original: number, copy: number): void {
    this.core.ledger.copied(this.core.store, original, copy);
  }
}
