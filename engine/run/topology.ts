import type { Table } from "../models/messages.ts";
import type { QueueOptions } from "../models/rabbitmq/index.ts";
import { exchangeArguments, queueArguments } from "../scenario/broker-arguments.ts";
import { compilePattern } from "../scenario/regular-expression.ts";
import { settingsAs } from "../scenario/schema.ts";
import { brokerNameOf } from "../scenario/topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { consumerConfig, type ProducerConfig, producerConfig } from "./config.ts";
import { type ConsumerInstance, ConsumerNode, type Consumers } from "./consumers.ts";
import type { Core, Slots } from "./core.ts";
import { DrawnObjects } from "./drawn-objects.ts";
import { EVENT } from "./event-log.ts";
import type { Link } from "./link.ts";
import { type ProducerInstance, ProducerNode, type Producers } from "./producers.ts";
import { Place } from "./rabbit-effects.ts";
import { RabbitHost } from "./rabbit-host.ts";
import { type Output, type Port, type Session, sessionsOf } from "./session.ts";
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
  host: RabbitHost | null;
  /** The broker's id of a queue or exchange, −1 while there is none. */
  place: number;
  producer: ProducerNode | null;
  consumer: ConsumerNode | null;
  /** The broker had it and has it no more (deleted by a rule, gone with a restart); only a new declaration brings it back. */
  isAway: boolean;
  gone: boolean;
}

export interface RunEdge {
  id: string;
  index: number;
  link: Link;
  from: string;
  to: string;
  kind: string;
  binding: number;
  output: Output | null;
  gone: boolean;
}

const METERED = new Set<string>(["producer", "consumer", "service", "exchange", "queue", "broker"]);
const IMPLICIT = "";

/**
 * What the document draws, brought into the running models. `apply` takes the next document and does what changed, as commands at the current virtual time; the first
 * document is a change from the empty one.
 */
export class Topology {
  readonly core: Core;
  readonly producers: Producers;
  readonly consumers: Consumers;
  readonly sessions: Session[] = [];
  readonly hosts: RabbitHost[] = [];
  readonly outputs: Output[] = [];
  readonly ports: Port[] = [];
  readonly nodes: RunNode[] = [];
  readonly edges: RunEdge[] = [];
  /** Live ones, by the document's ids. */
  nodeOf: Map<string, RunNode> = new Map();
  edgeOf: Map<string, RunEdge> = new Map();
  hostOf: Map<string, RabbitHost> = new Map();
  document: Scenario | null = null;
  readonly wiring: Wiring;
  readonly drawn: DrawnObjects;
  /** Grows when the table of metrics changes. */
  revision = 0;

  constructor(core: Core, producers: Producers, consumers: Consumers) {
    this.core = core;
    this.producers = producers;
    this.consumers = consumers;
    this.wiring = new Wiring(this);
    this.drawn = new DrawnObjects(this);
  }

  apply(next: Scenario): void {
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
    for (const node of next.nodes) if (node.kind === "broker") this.applyBroker(node, oldNodes.has(node.id));
    // Exchanges before queues before clients: each needs the ones before it.
    for (const kind of ["exchange", "queue", "consumer", "service", "producer"]) {
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
    this.wiring.applyLinks(next);
    for (const node of this.nodeOf.values()) this.startClient(node);
  }

  // ---- brokers

  /** The broker that a node stands in: the nearest broker frame around it, else the implicit one. */
  private hostFor(document: Scenario, node: ScenarioNode): RabbitHost {
    const frame = brokerAround(document, node);
    const id = frame?.id ?? IMPLICIT;
    const known = this.hostOf.get(id);
    if (known !== undefined) return known;
    return this.addHost(id, frame);
  }

  private addHost(id: string, frame: ScenarioNode | undefined): RabbitHost {
    const s = settingsAs("broker", frame ?? { kind: "broker" });
    const { version, nodes } = s;
    const host = new RabbitHost(this.hosts.length, id, this.core, this.producers, this.consumers, this.sessions, {
      version,
      nodes,
    });
    host.drawing = this.drawn;
    this.hosts.push(host);
    this.hostOf.set(id, host);
    if (frame !== undefined) this.configureHost(host, frame, undefined);
    else host.configure({ ...s, isGuarded: false });
    return host;
  }

  /** A broker of another version or size is another broker: what stands in it was taken out by `moved` and is declared anew. */
  private applyBroker(frame: ScenarioNode, wasDrawn: boolean): void {
    const known = this.hostOf.get(frame.id);
    if (known === undefined || identityOfBroker(known.frame) !== identityOfBroker(frame)) this.addHost(frame.id, frame);
    else this.configureHost(known, frame, known.frame);
    if (!wasDrawn || !this.nodeOf.has(frame.id)) this.addNode(frame);
    const run = this.nodeOf.get(frame.id) as RunNode;
    run.name = frame.name;
    run.host = this.hostOf.get(frame.id) as RabbitHost;
  }

  private configureHost(host: RabbitHost, frame: ScenarioNode, before: ScenarioNode | undefined): void {
    host.frame = frame;
    const s = settingsAs("broker", frame);
    const old = before === undefined ? null : settingsAs("broker", before);
    for (const user of s.users) {
      const { configure, write, read } = user;
      host.model.setUser(
        user.name,
        { configure: safePattern(configure), write: safePattern(write), read: safePattern(read) },
        host.tick(),
        host,
      );
    }
    for (const policy of old?.policies ?? []) {
      if (!s.policies.some((p) => p.name === policy.name)) host.model.deletePolicy(policy.name, host.tick(), host);
    }
    for (const policy of s.policies) {
      const { name, priority, definition } = policy;
      const pattern = safePattern(policy.pattern);
      const table = definition as Table;
      host.model.setPolicy(
        name,
        { pattern, applyTo: policy["apply-to"], priority, definition: table },
        host.tick(),
        host,
      );
    }
    host.configure({ ...s, isGuarded: s.users.length > 0 });
  }

  private moved(before: Scenario | null, node: ScenarioNode, next: Scenario, now: ScenarioNode): boolean {
    if (before === null || (node.kind !== "queue" && node.kind !== "exchange")) return false;
    return identityOfBroker(brokerAround(before, node)) !== identityOfBroker(brokerAround(next, now));
  }

  // ---- nodes

  private addNode(node: ScenarioNode): void {
    if (!METERED.has(node.kind)) return;
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
      producer: null,
      consumer: null,
      isAway: false,
      gone: false,
    };
    this.nodes.push(run);
    this.nodeOf.set(node.id, run);
    this.revision++;
    const document = this.document as Scenario;
    if (kind === "broker") return;
    if (kind === "exchange" || kind === "queue") {
      run.host = this.hostFor(document, node);
      if (kind === "exchange") this.declareExchange(run, node);
      else this.declareQueue(run, node);
    } else if (kind === "producer") {
      const stream = this.core.addStream(`producer:${node.id}`);
      const config = producerConfig(node);
      run.producer = new ProducerNode(node.id, run.index, node.name, config, run.slots, stream);
      this.producers.add(run.producer);
      for (let i = 0; i < config.instances; i++) this.producers.addInstance(run.producer);
    } else {
      const stream = this.core.addStream(`consumer:${node.id}`);
      const config = consumerConfig(node);
      const isService = kind === "service";
      run.consumer = new ConsumerNode(node.id, run.index, isService, node.name, config, run.slots, stream);
      this.consumers.nodes.push(run.consumer);
      for (let i = 0; i < config.instances; i++) this.consumers.addInstance(run.consumer);
    }
  }

  private declareExchange(run: RunNode, node: ScenarioNode): void {
    const host = run.host as RabbitHost;
    const s = settingsAs("exchange", node);
    const options = {
      durable: s.durable,
      autoDelete: s.autoDelete,
      internal: s.internal,
      arguments: exchangeArguments(this.document as Scenario, node),
    };
    const result = host.model.declareExchange(host.adminChannel(), run.brokerName, s.type, options, host.tick(), host);
    this.placed(run, result, host.exchanges);
  }

  private declareQueue(run: RunNode, node: ScenarioNode): void {
    const host = run.host as RabbitHost;
    const options = this.queueOptions(node);
    const channel = options.exclusive ? this.ownerChannel(host, node) : host.adminChannel();
    const s = settingsAs("queue", node);
    if (s.serverNamed && s.queueType === "classic") {
      // The name that the broker makes up is as good as any other; ours can be read.
      const made = host.model.declareQueue(channel, "", options, host.tick(), host);
      if (made.ok) host.model.renameQueue(made.id, run.brokerName);
      this.placed(run, made, host.queues);
      return;
    }
    const result = host.model.declareQueue(channel, run.brokerName, options, host.tick(), host);
    this.placed(run, result, host.queues);
  }

  queueOptions(node: ScenarioNode): Required<Omit<QueueOptions, "passive">> {
    const s = settingsAs("queue", node);
    return {
      durable: s.durable || s.queueType !== "classic",
      exclusive: s.exclusive && s.queueType === "classic",
      autoDelete: s.autoDelete && s.queueType === "classic",
      arguments: queueArguments(this.document as Scenario, node),
    };
  }

  /** An exclusive queue belongs to the connection of its first consumer; without one, to the broker's own. */
  private ownerChannel(host: RabbitHost, queue: ScenarioNode): number {
    const document = this.document as Scenario;
    const edge = document.edges.find((e) => e.kind === "consume" && e.from === queue.id);
    const taker = document.nodes.find((n) => n.id === edge?.to);
    if (taker === undefined) return host.adminChannel();
    if (!this.nodeOf.has(taker.id)) this.addNode(taker);
    const node = this.nodeOf.get(taker.id)?.consumer;
    const instance = this.consumers.instances[node?.instances[0] ?? -1];
    const session = instance === undefined ? null : this.wiring.consumerSession(instance, host);
    return session === null ? host.adminChannel() : session.channel;
  }

  private placed(
    run: RunNode,
    result: { ok: true; id: number } | { ok: false; code: number; name: string },
    places: RabbitHost["queues"],
  ): void {
    run.isAway = false;
    if (result.ok) {
      run.place = result.id;
      const keeps = run.kind === "queue" && (run.host as RabbitHost).model.isStream(result.id);
      places[result.id] = new Place(run.index, run.slots, keeps);
    } else this.core.log.add(EVENT.deny, this.core.now, run.index, -1, -1, undefined, result.code);
  }

  private changeNode(run: RunNode, before: ScenarioNode, node: ScenarioNode, old: Scenario): void {
    if (before.name !== node.name || brokerNameOf(before) !== brokerNameOf(node)) this.rename(run, node);
    const document = this.document as Scenario;
    const host = run.host as RabbitHost;
    if (run.kind === "queue") {
      const isOther = identity("queue", before) !== identity("queue", node);
      if (isOther || (run.place < 0 && !run.isAway)) this.redeclare(run, node);
      else if (run.place >= 0) {
        const table = queueArguments(document, node);
        if (JSON.stringify(table) !== JSON.stringify(queueArguments(old, before))) {
          host.model.setQueueArguments(run.place, table, host.tick(), host);
        }
      }
    } else if (run.kind === "exchange") {
      if (identity("exchange", before) !== identity("exchange", node) || run.place < 0) this.redeclare(run, node);
      else {
        const table = exchangeArguments(document, node);
        if (JSON.stringify(table) !== JSON.stringify(exchangeArguments(old, before))) {
          host.model.setExchangeArguments(run.place, table, host.tick(), host);
        }
      }
    } else if (JSON.stringify(before.settings) !== JSON.stringify(node.settings)) {
      if (run.producer !== null) this.changeProducer(run.producer, node);
      else if (run.consumer !== null) this.changeConsumer(run.consumer, node);
    }
  }

  private rename(run: RunNode, node: ScenarioNode): void {
    const { name } = node;
    const brokerName = brokerNameOf(node);
    run.name = name;
    if (run.brokerName !== brokerName) {
      run.brokerName = brokerName;
      const { host, place } = run;
      if (host !== null && place >= 0) {
        if (run.kind === "queue") host.model.renameQueue(place, brokerName);
        else host.model.renameExchange(place, brokerName);
      }
    }
    if (run.producer !== null) run.producer.name = name;
    if (run.consumer !== null) run.consumer.name = name;
    this.core.log.add(EVENT.edit, this.core.now, run.index, -1);
  }

  /** Type and durability cannot change in a broker: the object is deleted and made again, with its edges. */
  redeclare(run: RunNode, node: ScenarioNode): void {
    const touching = [...this.edgeOf.values()].filter((edge) => edge.from === node.id || edge.to === node.id);
    const document = this.document as Scenario;
    for (const edge of touching) this.wiring.detach(edge);
    this.unplace(run);
    if (run.kind === "queue") this.declareQueue(run, node);
    else this.declareExchange(run, node);
    const nodes = new Map(document.nodes.map((n) => [n.id, n]));
    for (const edge of touching) {
      const drawn = document.edges.find((e) => e.id === edge.id);
      if (drawn !== undefined) this.wiring.attach(edge, drawn, nodes);
    }
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

  private changeConsumer(consumer: ConsumerNode, node: ScenarioNode): void {
    const config = consumerConfig(node);
    const old = consumer.config;
    consumer.config = config;
    while (consumer.instances.length > config.instances) this.stopConsumer(consumer);
    for (const index of consumer.instances) {
      const instance = this.consumers.instances[index] as ConsumerInstance;
      this.consumers.resize(instance, config.concurrency);
      const isOther = old.user !== config.user || old.prefetchGlobal !== config.prefetchGlobal;
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
    this.nodeOf.delete(node.id);
    this.revision++;
    if (run.producer !== null) {
      for (const index of [...run.producer.instances]) {
        this.producers.removeInstance(this.producers.instances[index] as ProducerInstance);
      }
    }
    if (run.consumer !== null) while (run.consumer.instances.length > 0) this.stopConsumer(run.consumer);
    this.unplace(run);
    this.core.log.add(EVENT.edit, this.core.now, run.index, -1);
  }

  private unplace(run: RunNode): void {
    const { host } = run;
    if (host === null || run.place < 0) return;
    const channel = host.adminChannel();
    if (run.kind === "queue") host.model.deleteQueue(channel, run.brokerName, {}, host.tick(), host);
    else host.model.deleteExchange(channel, run.brokerName, {}, host.tick(), host);
    run.place = -1;
  }

  /** Clients that are new begin now. */
  private startClient(run: RunNode): void {
    if (run.producer === null) return;
    for (const index of run.producer.instances) {
      const instance = this.producers.instances[index] as ProducerInstance;
      if (instance.epoch === 0) this.producers.plan(instance, true);
    }
  }
}

/** A pattern that JavaScript cannot read, or that could take for ever, matches nothing; `validate` has said so. */
const safePattern = (pattern: string): string => (compilePattern(pattern) === null ? "(?!)" : pattern);

function brokerAround(document: Scenario, node: ScenarioNode): ScenarioNode | undefined {
  let parent = node.parent;
  // Frames can nest; a document with a cycle of frames must not hang the run.
  for (let depth = 0; parent !== undefined && depth < 32; depth++) {
    const id = parent;
    const frame = document.nodes.find((n) => n.id === id);
    if (frame === undefined || frame.kind === "broker") return frame;
    parent = frame.parent;
  }
  return undefined;
}

/** What cannot change in a running broker. */
function identityOfBroker(frame: ScenarioNode | undefined): string {
  if (frame === undefined) return IMPLICIT;
  const { version, nodes } = settingsAs("broker", frame);
  return JSON.stringify([frame.id, version, nodes]);
}

/** What a producer says when it connects. */
const connectionOf = ({ waitFor, replyTo, user, transaction }: ProducerConfig): string =>
  JSON.stringify([waitFor, replyTo, user, transaction > 0]);

/** What a broker fixes when an object is declared. */
function identity(kind: "queue" | "exchange", node: ScenarioNode): string {
  if (kind === "queue") {
    const s = settingsAs("queue", node);
    const { queueType, durable, exclusive, autoDelete, maxPriority, singleActiveConsumer, serverNamed } = s;
    return JSON.stringify([queueType, durable, exclusive, autoDelete, maxPriority, singleActiveConsumer, serverNamed]);
  }
  const s = settingsAs("exchange", node);
  return JSON.stringify([s.type, s.durable, s.autoDelete, s.internal, s.hashHeader, s.historyLength, s.arguments]);
}
