import { partsAt } from "../metrics/vocabulary.ts";
import { brokerNameOf } from "../scenario/topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode, Settings, System } from "../scenario/types.ts";
import { consumerConfig, type ProducerConfig, producerConfig } from "./config.ts";
import { type ConsumerInstance, ConsumerNode, type Consumers } from "./consumers.ts";
import type { Core, Slots } from "./core.ts";
import { EVENT } from "./event-log.ts";
import type { Host } from "./host.ts";
import type { Link } from "./link.ts";
import type { LinkTrouble } from "./link-troubles.ts";
import { type ProducerInstance, ProducerNode } from "./producer-node.ts";
import type { Producers } from "./producers.ts";
import { type Output, type Port, type Session, sessionsOf } from "./session.ts";
import type { SystemDrawing } from "./system-drawing.ts";
import { makersFor, SYSTEM_ORDER } from "./systems.ts";
import type { MeteredKind } from "./vocabulary.ts";
import { Wiring } from "./wiring.ts";

/** A node of the drawing that takes part in the run. Its index is never used again, so that events and meters stay true after it was deleted. */
export interface RunNode {
  id: string;
  index: number;
  kind: MeteredKind;
  name: string;
  /** What the broker calls it: its own name there, when the drawing needs another. */
  brokerName: string;
  slots: Slots;
  host: Host | null;
  /** The broker's id of what the node stands for, −1 while there is none. */
  place: number;
  /** Names of the groups that take from it, and of its partitions (`partsAt`): each is measured for itself. */
  groups: string[];
  producer: ProducerNode | null;
  consumer: ConsumerNode | null;
  /** The broker had it and has it no more (deleted by a rule, gone with a restart); only a new declaration brings it back. */
  isAway: boolean;
  /** Somebody holds its deliveries back: nobody may subscribe. */
  isPaused: boolean;
  gone: boolean;
}

export interface RunEdge {
  id: string;
  index: number;
  link: Link;
  from: string;
  to: string;
  kind: string;
  /** What is wrong with it beside what is drawn. */
  trouble: LinkTrouble | null;
  binding: number;
  output: Output | null;
  gone: boolean;
}

/** Clients come last: each needs the stores it talks to. */
const CLIENTS = ["consumer", "service", "producer"] as const;

/**
 * What the document draws, brought into the running models. `apply` takes the next document and does what changed, as commands at the current virtual time; the first
 * document is a change from the empty one.
 */
export class Topology {
  readonly core: Core;
  readonly producers: Producers;
  readonly consumers: Consumers;
  readonly sessions: Session[] = [];
  readonly hosts: Host[] = [];
  readonly outputs: Output[] = [];
  readonly ports: Port[] = [];
  readonly nodes: RunNode[] = [];
  readonly edges: RunEdge[] = [];
  /** Live ones, by the document's ids. */
  nodeOf: Map<string, RunNode> = new Map();
  edgeOf: Map<string, RunEdge> = new Map();
  hostOf: Map<string, Host> = new Map();
  document: Scenario | null = null;
  readonly wiring: Wiring;
  /** One a system that is or was drawn, in the order in which their nodes are declared. */
  drawings: SystemDrawing[] = [];
  private readonly drawingOfSystem: Map<System, SystemDrawing> = new Map();
  private readonly drawingOfKind: Map<string, SystemDrawing> = new Map();
  /** Grows when the table of metrics changes. */
  revision = 0;
  /** Settings of clients that operations have put in place of the drawn ones, by node id. */
  overrides: Map<string, Settings> = new Map();
  /** Nodes of clusters that were crashed because they led, by the id of what they led. */
  crashedLeaders: Map<string, number> = new Map();

  constructor(core: Core, producers: Producers, consumers: Consumers) {
    this.core = core;
    this.producers = producers;
    this.consumers = consumers;
    this.wiring = new Wiring(this);
  }

  /** @throws Error when the document holds a system whose code is not loaded: then nothing has changed */
  apply(next: Scenario): void {
    this.prepare(next);
    const before = this.document;
    this.document = next;
    const oldNodes = new Map((before?.nodes ?? []).map((node) => [node.id, node]));
    const oldEdges = new Map((before?.edges ?? []).map((edge) => [edge.id, edge]));
    const newNodes = new Map(next.nodes.map((node) => [node.id, node]));
    const live = next.edges.filter((edge) => newNodes.has(edge.from) && newNodes.has(edge.to));
    const newEdges = new Map(live.map((edge) => [edge.id, edge]));
    const stays = (edge: ScenarioEdge) => {
      const now = newEdges.get(edge.id);
      return now !== undefined && now.kind === edge.kind && now.from === edge.from && now.to === edge.to;
    };

    // Away with what is no longer drawn: edges first, so that a deleted queue's consumers are cancelled in order.
    for (const edge of oldEdges.values()) if (!stays(edge)) this.wiring.removeEdge(edge);
    for (const node of oldNodes.values()) {
      const now = newNodes.get(node.id);
      if (now === undefined || now.kind !== node.kind || this.moved(before, node, next, now)) this.removeNode(node);
    }
    for (const node of next.nodes) {
      const drawing = this.drawingOfKind.get(node.kind);
      if (drawing?.frame === node.kind) this.applyBroker(drawing, node, oldNodes.has(node.id));
    }
    for (const kind of [...this.drawings.flatMap(({ stores }) => stores), ...CLIENTS]) {
      for (const node of next.nodes) {
        if (node.kind !== kind) continue;
        const known = this.nodeOf.get(node.id);
        const old = oldNodes.get(node.id);
        // The owner of an exclusive queue is already there: the queue needed it.
        if (known === undefined) this.addNode(node);
        else if (old !== undefined) this.changeNode(known, old, node, before as Scenario);
      }
    }
    for (const edge of live) {
      const known = this.edgeOf.get(edge.id);
      if (known === undefined) this.wiring.addEdge(edge, newNodes);
      else this.wiring.changeEdge(known, oldEdges.get(edge.id) as ScenarioEdge, edge, newNodes);
    }
    for (const drawing of this.drawings) drawing.applyLinks(next);
    this.nameGroups(next);
    for (const node of this.nodeOf.values()) this.startClient(node);
  }

  /** Which groups take from which store, and which parts it has: each store's table of metrics has them. */
  private nameGroups(document: Scenario): void {
    for (const node of document.nodes) {
      const run = this.nodeOf.get(node.id);
      if (run === undefined) continue;
      const groups = partsAt(node, document);
      if (groups.join("\n") === run.groups.join("\n")) continue;
      run.groups = groups;
      this.revision++;
    }
  }

  /** Every system of the document has its drawing. */
  private prepare(document: Scenario): void {
    const makers = makersFor(document);
    for (const [system, make] of makers) {
      if (this.drawingOfSystem.has(system)) continue;
      const drawing = make(this);
      this.drawingOfSystem.set(system, drawing);
      for (const kind of [drawing.frame, ...drawing.stores]) this.drawingOfKind.set(kind, drawing);
    }
    this.drawings = SYSTEM_ORDER.flatMap((system) => this.drawingOfSystem.get(system) ?? []);
  }

  // ---- brokers

  /** The broker that a node stands in: the nearest broker frame of its system around it, else the implicit one. */
  private hostFor(drawing: SystemDrawing, document: Scenario, node: ScenarioNode): Host {
    const frame = brokerAround(drawing, document, node);
    const id = frame?.id ?? drawing.implicit;
    return this.hostOf.get(id) ?? this.addHost(drawing, id, frame);
  }

  private addHost(drawing: SystemDrawing, id: string, frame: ScenarioNode | undefined): Host {
    const host = drawing.addHost(id, frame);
    this.hosts.push(host);
    this.hostOf.set(id, host);
    return host;
  }

  /** A broker that differs in what cannot change is another broker: what stands in it was taken out by `moved` and is declared anew. */
  private applyBroker(drawing: SystemDrawing, frame: ScenarioNode, wasDrawn: boolean): void {
    const known = this.hostOf.get(frame.id);
    if (known === undefined || drawing.identityOf(known.frame) !== drawing.identityOf(frame))
      this.addHost(drawing, frame.id, frame);
    else drawing.configureHost(known, frame, known.frame);
    if (!wasDrawn || !this.nodeOf.has(frame.id)) this.addNode(frame);
    const run = this.nodeOf.get(frame.id) as RunNode;
    run.name = frame.name;
    run.host = this.hostOf.get(frame.id) as Host;
  }

  private moved(before: Scenario | null, node: ScenarioNode, next: Scenario, now: ScenarioNode): boolean {
    const drawing = this.drawingOfKind.get(node.kind);
    if (before === null || drawing === undefined || drawing.frame === node.kind) return false;
    const was = drawing.identityOf(brokerAround(drawing, before, node));
    return was !== drawing.identityOf(brokerAround(drawing, next, now));
  }

  // ---- nodes

  addNode(node: ScenarioNode): void {
    const drawing = this.drawingOfKind.get(node.kind);
    if (drawing === undefined && !(CLIENTS as readonly string[]).includes(node.kind)) return;
    const kind = node.kind as MeteredKind;
    const run: RunNode = {
      id: node.id,
      index: this.nodes.length,
      kind,
      name: node.name,
      brokerName: brokerNameOf(node),
      slots: this.core.addSlots(kind),
      host: null,
      place: -1,
      groups: [],
      producer: null,
      consumer: null,
      isAway: false,
      isPaused: false,
      gone: false,
    };
    this.nodes.push(run);
    this.nodeOf.set(node.id, run);
    this.revision++;
    const document = this.document as Scenario;
    if (drawing !== undefined) {
      if (drawing.frame === kind) return;
      run.host = this.hostFor(drawing, document, node);
      drawing.declare(run, node);
    } else if (kind === "producer") {
      const stream = this.core.addStream(`producer:${node.id}`);
      const config = producerConfig(node);
      run.producer = new ProducerNode(node.id, run.index, node.name, config, run.slots, stream, this.core.meters);
      this.producers.add(run.producer);
      for (let i = 0; i < config.instances; i++) this.producers.addInstance(run.producer);
    } else {
      const stream = this.core.addStream(`consumer:${node.id}`);
      const config = consumerConfig(node);
      const isService = kind === "service";
      run.consumer = new ConsumerNode(
        node.id,
        run.index,
        isService,
        node.name,
        config,
        run.slots,
        stream,
        this.core.meters,
      );
      this.consumers.nodes.push(run.consumer);
      for (let i = 0; i < config.instances; i++) this.consumers.addInstance(run.consumer);
    }
  }

  private changeNode(run: RunNode, before: ScenarioNode, node: ScenarioNode, old: Scenario): void {
    if (before.name !== node.name || brokerNameOf(before) !== brokerNameOf(node)) this.rename(run, node);
    const drawing = this.drawingOf(run);
    if (drawing !== undefined) {
      if (drawing.frame !== run.kind) drawing.change(run, before, node, old);
    } else if (JSON.stringify(before.settings) !== JSON.stringify(node.settings)) {
      if (run.producer !== null) this.changeProducer(run.producer, node);
      else if (run.consumer !== null) this.changeConsumer(run.consumer, node);
    }
  }

  /** The system that a store or frame belongs to; undefined for clients. */
  drawingOf(run: RunNode): SystemDrawing | undefined {
    return this.drawingOfKind.get(run.kind);
  }

  private rename(run: RunNode, node: ScenarioNode): void {
    const { name } = node;
    const brokerName = brokerNameOf(node);
    run.name = name;
    if (run.brokerName !== brokerName) {
      run.brokerName = brokerName;
      if (run.place >= 0) this.drawingOf(run)?.rename(run, brokerName);
    }
    if (run.producer !== null) run.producer.name = name;
    if (run.consumer !== null) run.consumer.name = name;
    this.core.log.add(EVENT.edit, this.core.now, run.index, -1);
  }

  private changeProducer(producer: ProducerNode, node: ScenarioNode): void {
    const config = producerConfig(node);
    const old = producer.config;
    producer.configure(config);
    while (producer.instances.length > config.instances) {
      const last = producer.instances[producer.instances.length - 1] as number;
      this.producers.removeInstance(this.producers.instances[last] as ProducerInstance);
    }
    const started = producer.instances.length;
    while (producer.instances.length < config.instances) this.producers.addInstance(producer);
    this.producers.wire(producer, (output, index) => this.wiring.newPort(output, "producer", index));
    producer.instances.forEach((index, i) => {
      const instance = this.producers.instances[index] as ProducerInstance;
      if (connectionOf(old) !== connectionOf(config)) {
        for (const session of sessionsOf(instance)) session.host.close(session, false);
      }
      this.producers.plan(instance, i >= started);
    });
  }

  /** A client works with other settings than the drawn ones until they are taken back. @param settings null for a field = as drawn */
  override(run: RunNode, settings: Settings): boolean {
    const drawn = this.document?.nodes.find((node) => node.id === run.id);
    if (run.consumer === null || drawn === undefined) return false;
    const now: Settings = { ...this.overrides.get(run.id) };
    for (const [field, value] of Object.entries(settings)) {
      if (value === null) delete now[field];
      else now[field] = value;
    }
    if (Object.keys(now).length === 0) this.overrides.delete(run.id);
    else this.overrides.set(run.id, now);
    this.changeConsumer(run.consumer, drawn);
    return true;
  }

  private changeConsumer(consumer: ConsumerNode, drawn: ScenarioNode): void {
    const others = this.overrides.get(consumer.id);
    const node = others === undefined ? drawn : { ...drawn, settings: { ...drawn.settings, ...others } };
    const config = consumerConfig(node);
    const old = consumer.config;
    consumer.config = config;
    while (consumer.instances.length > config.instances) this.stopConsumer(consumer);
    for (const index of consumer.instances) {
      const instance = this.consumers.instances[index] as ConsumerInstance;
      this.consumers.resize(instance, config.concurrency);
      const isStranger = old.user !== config.user || old.password !== config.password;
      const isOther = isStranger || old.prefetchGlobal !== config.prefetchGlobal;
      const again = old.prefetch !== config.prefetch || old.ack !== config.ack || old.getEvery !== config.getEvery;
      if (again || isOther) this.wiring.resubscribe(instance, isOther);
    }
    while (consumer.instances.length < config.instances) {
      const instance = this.consumers.addInstance(consumer);
      this.wiring.portsOf(instance);
      for (const edge of this.edgeOf.values()) {
        if (edge.kind === "consume" && edge.to === consumer.id) this.wiring.subscribe(instance, edge);
      }
    }
  }

  /** The last instance says goodbye; what it held goes back to the queues. */
  private stopConsumer(consumer: ConsumerNode): void {
    const index = consumer.instances.pop();
    if (index === undefined) return;
    const instance = this.consumers.instances[index] as ConsumerInstance;
    this.core.meters.level(consumer.slots.levels + 1, -instance.concurrency, this.core.now);
    instance.alive = false;
    this.wiring.disconnect(instance, false);
  }

  private removeNode(node: ScenarioNode): void {
    const run = this.nodeOf.get(node.id);
    if (run === undefined) return;
    for (const edge of [...this.edgeOf.values()]) {
      if (edge.from !== node.id && edge.to !== node.id) continue;
      this.wiring.detach(edge);
      this.wiring.dropEdge(edge);
    }
    run.gone = true;
    this.overrides.delete(node.id);
    this.nodeOf.delete(node.id);
    this.revision++;
    this.dismiss(run);
    this.unplace(run);
    this.core.log.add(EVENT.edit, this.core.now, run.index, -1);
  }

  /** The node's own programs end. */
  dismiss(run: RunNode): void {
    if (run.producer !== null) {
      for (const index of [...run.producer.instances]) {
        this.producers.removeInstance(this.producers.instances[index] as ProducerInstance);
      }
    }
    if (run.consumer !== null) while (run.consumer.instances.length > 0) this.stopConsumer(run.consumer);
  }

  /** Takes what the node stands for out of its broker. */
  unplace(run: RunNode): void {
    if (run.host === null || run.place < 0) return;
    this.drawingOf(run)?.remove(run);
    run.place = -1;
  }

  /** Clients that are new begin now. */
  startClient(run: RunNode): void {
    if (run.producer === null) return;
    for (const index of run.producer.instances) {
      const instance = this.producers.instances[index] as ProducerInstance;
      if (instance.epoch === 0) this.producers.plan(instance, true);
    }
  }
}

function brokerAround(drawing: SystemDrawing, document: Scenario, node: ScenarioNode): ScenarioNode | undefined {
  let parent = node.parent;
  // Frames can nest; a document with a cycle of frames must not hang the run.
  for (let depth = 0; parent !== undefined && depth < 32; depth++) {
    const id = parent;
    const frame = document.nodes.find((n) => n.id === id);
    if (frame === undefined || frame.kind === drawing.frame) return frame;
    parent = frame.parent;
  }
  return undefined;
}

/** What a producer says when it connects. */
const connectionOf = ({ waitFor, replyTo, user, password, transaction }: ProducerConfig): string =>
  JSON.stringify([waitFor, replyTo, user, password, transaction > 0]);
