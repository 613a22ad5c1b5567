import { addStream } from "../kernel/random.ts";
import type { Table } from "../models/messages.ts";
import { bindingArguments, exchangeArguments, queueArguments } from "../scenario/broker-arguments.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { consumerConfig, linkConfig, producerConfig } from "./config.ts";
import { type ConsumerInstance, ConsumerNode, type Consumers } from "./consumers.ts";
import type { Core, Slots } from "./core.ts";
import { EVENT } from "./event-log.ts";
import { Link } from "./link.ts";
import { type ProducerInstance, ProducerNode, type Producers } from "./producers.ts";
import { RabbitHost } from "./rabbit-host.ts";
import { Output, Port, type Session, Subscription } from "./session.ts";
import type { MeteredKind } from "./vocabulary.ts";

/** A node of the drawing that takes part in the run. Its index is never used again, so that events and meters stay true after it was deleted. */
export interface RunNode {
  id: string;
  index: number;
  kind: MeteredKind;
  name: string;
  slots: Slots;
  host: RabbitHost | null;
  /** The broker's id of a queue or exchange, −1 while there is none. */
  place: number;
  producer: ProducerNode | null;
  consumer: ConsumerNode | null;
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

const METERED = new Set<string>(["producer", "consumer", "service", "exchange", "queue"]);
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
  /** Grows when the table of metrics changes. */
  revision = 0;

  constructor(core: Core, producers: Producers, consumers: Consumers) {
    this.core = core;
    this.producers = producers;
    this.consumers = consumers;
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
    for (const edge of oldEdges.values()) if (!stays(edge)) this.removeEdge(edge);
    for (const node of oldNodes.values()) {
      const now = newNodes.get(node.id);
      if (now === undefined || now.kind !== node.kind || this.moved(before, node, next, now)) this.removeNode(node);
    }
    for (const node of next.nodes) if (node.kind === "broker") this.applyBroker(node);
    // Exchanges before queues before clients: each needs the ones before it.
    for (const kind of ["exchange", "queue", "consumer", "service", "producer"]) {
      for (const node of next.nodes) {
        if (node.kind !== kind) continue;
        const known = this.nodeOf.get(node.id);
        if (known === undefined) this.addNode(node);
        else this.changeNode(known, oldNodes.get(node.id) as ScenarioNode, node, before as Scenario);
      }
    }
    for (const edge of live) {
      const known = this.edgeOf.get(edge.id);
      if (known === undefined) this.addEdge(edge, newNodes);
      else this.changeEdge(known, oldEdges.get(edge.id) as ScenarioEdge, edge, newNodes);
    }
    this.applyLinks(next);
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
    const host = new RabbitHost(this.hosts.length, id, this.core, this.producers, this.consumers, this.sessions, {
      version: "4",
      nodes: s.nodes,
    });
    this.hosts.push(host);
    this.hostOf.set(id, host);
    if (frame !== undefined) this.configureHost(host, frame, undefined);
    return host;
  }

  private applyBroker(frame: ScenarioNode): void {
    const known = this.hostOf.get(frame.id);
    if (known === undefined) this.addHost(frame.id, frame);
    else this.configureHost(known, frame, known.frame);
  }

  private configureHost(host: RabbitHost, frame: ScenarioNode, before: ScenarioNode | undefined): void {
    host.frame = frame;
    const s = settingsAs("broker", frame);
    const old = before === undefined ? null : settingsAs("broker", before);
    for (const user of s.users) host.model.setUser(user.name, user, host.tick(), host);
    for (const policy of old?.policies ?? []) {
      if (!s.policies.some((p) => p.name === policy.name)) host.model.deletePolicy(policy.name, host.tick(), host);
    }
    for (const policy of s.policies) {
      const { name, pattern, priority, definition } = policy;
      const table = definition as Table;
      host.model.setPolicy(
        name,
        { pattern, applyTo: policy["apply-to"], priority, definition: table },
        host.tick(),
        host,
      );
    }
    host.configure(s.fsync, s.memoryLimit);
  }

  private moved(before: Scenario | null, node: ScenarioNode, next: Scenario, now: ScenarioNode): boolean {
    if (before === null) return false;
    return (brokerAround(before, node)?.id ?? IMPLICIT) !== (brokerAround(next, now)?.id ?? IMPLICIT);
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
      slots: this.core.addSlots(kind),
      host: null,
      place: -1,
      producer: null,
      consumer: null,
      gone: false,
    };
    this.nodes.push(run);
    this.nodeOf.set(node.id, run);
    this.revision++;
    const document = this.document as Scenario;
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
    const result = host.model.declareExchange(host.adminChannel(), node.name, s.type, options, host.tick(), host);
    this.placed(run, result, host.exchanges);
  }

  private declareQueue(run: RunNode, node: ScenarioNode): void {
    const host = run.host as RabbitHost;
    const s = settingsAs("queue", node);
    const options = {
      durable: s.durable || s.queueType !== "classic",
      exclusive: s.exclusive && s.queueType === "classic",
      autoDelete: s.autoDelete && s.queueType === "classic",
      arguments: queueArguments(this.document as Scenario, node),
    };
    const channel = options.exclusive ? this.ownerChannel(host, node) : host.adminChannel();
    const result = host.model.declareQueue(channel, node.name, options, host.tick(), host);
    this.placed(run, result, host.queues);
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
    return instance === undefined ? host.adminChannel() : this.consumerSession(instance, host).channel;
  }

  private placed(
    run: RunNode,
    result: { ok: true; id: number } | { ok: false; code: number; name: string },
    places: RabbitHost["queues"],
  ): void {
    if (result.ok) {
      run.place = result.id;
      places[result.id] = { node: run.index, slots: run.slots };
    } else this.core.log.add(EVENT.deny, this.core.now, run.index, -1, -1, undefined, result.code);
  }

  private changeNode(run: RunNode, before: ScenarioNode, node: ScenarioNode, old: Scenario): void {
    if (before.name !== node.name) this.rename(run, node.name);
    const document = this.document as Scenario;
    const host = run.host as RabbitHost;
    if (run.kind === "queue") {
      if (identity("queue", before) !== identity("queue", node) || run.place < 0) this.redeclare(run, node);
      else {
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

  private rename(run: RunNode, name: string): void {
    run.name = name;
    if (run.kind === "queue" && run.place >= 0) (run.host as RabbitHost).model.renameQueue(run.place, name);
    if (run.kind === "exchange" && run.place >= 0) (run.host as RabbitHost).model.renameExchange(run.place, name);
    if (run.producer !== null) run.producer.name = name;
    if (run.consumer !== null) run.consumer.name = name;
    this.core.log.add(EVENT.edit, this.core.now, run.index, -1);
  }

  /** Type and durability cannot change in a broker: the object is deleted and made again, with its edges. */
  private redeclare(run: RunNode, node: ScenarioNode): void {
    const touching = [...this.edgeOf.values()].filter((edge) => edge.from === node.id || edge.to === node.id);
    const document = this.document as Scenario;
    for (const edge of touching) this.detach(edge);
    this.unplace(run);
    if (run.kind === "queue") this.declareQueue(run, node);
    else this.declareExchange(run, node);
    const nodes = new Map(document.nodes.map((n) => [n.id, n]));
    for (const edge of touching) {
      const drawn = document.edges.find((e) => e.id === edge.id);
      if (drawn !== undefined) this.attach(edge, drawn, nodes);
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
    this.producers.wire(producer, (output, index) => this.newPort(output, "producer", index));
    producer.instances.forEach((index, i) => {
      const instance = this.producers.instances[index] as ProducerInstance;
      if ((old.waitFor !== config.waitFor || old.user !== config.user) && instance.session?.open) {
        instance.session.host.close(instance.session, false);
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
      const again = old.prefetch !== config.prefetch || old.ack !== config.ack || old.user !== config.user;
      if (again) this.resubscribe(instance, old.user !== config.user);
    }
    while (consumer.instances.length < config.instances) {
      const instance = this.consumers.addInstance(consumer);
      this.portsOf(instance);
      for (const edge of this.edgeOf.values()) {
        if (edge.kind === "consume" && edge.to === consumer.id) this.subscribe(instance, edge);
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
    this.disconnect(instance, false);
  }

  /** @param abort the process vanishes instead of closing its connection */
  disconnect(instance: ConsumerInstance, abort: boolean): void {
    this.consumers.dropAll(instance);
    const { session } = instance;
    instance.session = null;
    instance.subscriptions = [];
    session?.host.close(session, abort);
  }

  reconnect(instance: ConsumerInstance): void {
    for (const edge of this.edgeOf.values()) {
      if (edge.kind === "consume" && edge.to === instance.node.id) this.subscribe(instance, edge);
    }
  }

  private resubscribe(instance: ConsumerInstance, newConnection: boolean): void {
    if (newConnection) {
      this.disconnect(instance, false);
      this.reconnect(instance);
      return;
    }
    const edges = instance.subscriptions.map((subscription) => subscription.edgeId);
    for (const subscription of instance.subscriptions) this.cancel(subscription);
    instance.subscriptions = [];
    for (const id of edges) {
      const edge = this.edgeOf.get(id);
      if (edge !== undefined) this.subscribe(instance, edge);
    }
  }

  private removeNode(node: ScenarioNode): void {
    const run = this.nodeOf.get(node.id);
    if (run === undefined) return;
    for (const edge of [...this.edgeOf.values()]) {
      if (edge.from !== node.id && edge.to !== node.id) continue;
      this.detach(edge);
      this.dropEdge(edge);
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
    if (run.kind === "queue") host.model.deleteQueue(channel, run.name, {}, host.tick(), host);
    else host.model.deleteExchange(channel, run.name, {}, host.tick(), host);
    run.place = -1;
  }

  // ---- edges

  private addEdge(edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    const stream = addStream(this.core.streams, this.core.seed, `edge:${edge.id}`);
    const index = this.edges.length;
    const run: RunEdge = {
      id: edge.id,
      index,
      link: new Link(index, stream, linkConfig(edge), this.core.calendar),
      from: edge.from,
      to: edge.to,
      kind: edge.kind,
      binding: -1,
      output: null,
      gone: false,
    };
    this.edges.push(run);
    this.edgeOf.set(edge.id, run);
    this.core.edgeSlots[index] = this.core.addSlots("edge");
    this.revision++;
    this.attach(run, edge, nodes);
  }

  private changeEdge(run: RunEdge, before: ScenarioEdge, edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    if (before !== edge && JSON.stringify(before.settings) !== JSON.stringify(edge.settings)) {
      run.link.configure(linkConfig(edge), this.core.calendar);
      if (ownSettings(before) !== ownSettings(edge)) {
        this.detach(run);
        this.attach(run, edge, nodes);
      }
    } else if (run.output !== null) this.aim(run.output, edge, nodes);
  }

  private removeEdge(edge: ScenarioEdge): void {
    const run = this.edgeOf.get(edge.id);
    if (run === undefined) return;
    this.detach(run);
    this.dropEdge(run);
  }

  private dropEdge(run: RunEdge): void {
    run.gone = true;
    this.edgeOf.delete(run.id);
    this.revision++;
  }

  private attach(run: RunEdge, edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    const from = this.nodeOf.get(edge.from);
    const to = this.nodeOf.get(edge.to);
    if (from === undefined || to === undefined) return;
    if (edge.kind === "publish") this.attachOutput(run, edge, from, to, nodes);
    else if (edge.kind === "binding") this.attachBinding(run, edge, from, to, nodes);
    else if (edge.kind === "consume" && to.consumer !== null) {
      for (const index of to.consumer.instances) {
        this.subscribe(this.consumers.instances[index] as ConsumerInstance, run);
      }
    }
  }

  private attachOutput(
    run: RunEdge,
    edge: ScenarioEdge,
    from: RunNode,
    to: RunNode,
    nodes: Map<string, ScenarioNode>,
  ): void {
    const host = to.host as RabbitHost;
    const output = new Output(this.outputs.length, edge.id, run.link, host);
    this.outputs.push(output);
    run.output = output;
    this.aim(output, edge, nodes);
    if (from.producer !== null) {
      from.producer.outputs.push(output);
      this.producers.wire(from.producer, (o, index) => this.newPort(o, "producer", index));
    } else if (from.consumer !== null) {
      from.consumer.outputs.push(output);
      for (const index of from.consumer.instances) this.portsOf(this.consumers.instances[index] as ConsumerInstance);
    }
  }

  /** Points an output at what its edge ends at: names and ids can change while it stays. */
  private aim(output: Output, edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    const to = this.nodeOf.get(edge.to) as RunNode;
    const key = settingsAs("publish", edge).routingKey;
    const before = `${output.exchangeName}\n${output.key}`;
    if (to.kind === "queue") {
      output.exchange = 0;
      output.exchangeName = "";
      output.exchangeNode = -1;
      output.key = (nodes.get(edge.to) as ScenarioNode).name;
    } else {
      output.exchange = to.place;
      output.exchangeName = to.name;
      output.exchangeNode = to.index;
      output.key = key;
    }
    if (before !== `${output.exchangeName}\n${output.key}`) {
      const producer = this.nodeOf.get(edge.from)?.producer;
      if (producer) producer.kindRows = new Map();
    }
  }

  private attachBinding(
    run: RunEdge,
    edge: ScenarioEdge,
    from: RunNode,
    to: RunNode,
    nodes: Map<string, ScenarioNode>,
  ): void {
    const host = from.host as RabbitHost;
    if (from.place < 0 || to.place < 0 || to.host !== host) return;
    const { key, arguments: table } = bindingArguments(nodes.get(edge.from) as ScenarioNode, edge);
    const channel = host.adminChannel();
    const result =
      to.kind === "queue"
        ? host.model.bindQueue(channel, to.name, from.name, key, table, host.tick(), host)
        : host.model.bindExchange(channel, to.name, from.name, key, table, host.tick(), host);
    if (!result.ok) {
      this.core.log.add(EVENT.deny, this.core.now, from.index, -1, to.index, undefined, result.code);
      return;
    }
    run.binding = result.id;
    host.bindingLinks[result.id] = run.link;
  }

  private detach(run: RunEdge): void {
    const from = this.nodeOf.get(run.from);
    const to = this.nodeOf.get(run.to);
    if (run.output !== null) {
      const { output } = run;
      output.open = false;
      run.output = null;
      if (from?.producer) {
        from.producer.outputs = from.producer.outputs.filter((o) => o !== output);
        this.producers.wire(from.producer, (o, index) => this.newPort(o, "producer", index));
      } else if (from?.consumer) {
        from.consumer.outputs = from.consumer.outputs.filter((o) => o !== output);
        for (const index of from.consumer.instances) this.portsOf(this.consumers.instances[index] as ConsumerInstance);
      }
    } else if (run.kind === "binding" && run.binding >= 0) {
      const host = from?.host;
      if (host) host.model.unbind(run.binding, host.tick(), host);
      run.binding = -1;
    } else if (run.kind === "consume" && to?.consumer) {
      for (const index of to.consumer.instances) {
        const instance = this.consumers.instances[index] as ConsumerInstance;
        for (const subscription of instance.subscriptions) {
          if (subscription.edgeId === run.id) this.cancel(subscription);
        }
        instance.subscriptions = instance.subscriptions.filter((s) => s.edgeId !== run.id);
      }
    }
  }

  // ---- consumers' subscriptions

  private subscribe(instance: ConsumerInstance, edge: RunEdge): void {
    const queue = this.nodeOf.get(edge.from);
    const drawn = this.document?.edges.find((e) => e.id === edge.id);
    if (queue === undefined || queue.host === null || queue.place < 0 || drawn === undefined || !instance.alive) return;
    const { host } = queue;
    const session = this.consumerSession(instance, host);
    const { config } = instance.node;
    const s = settingsAs("consume", drawn);
    const noAck = config.ack === "auto";
    const subscription = new Subscription(
      this.consumers.subscriptions.length,
      edge.id,
      edge.link,
      session,
      instance.index,
      queue.index,
    );
    this.consumers.subscriptions.push(subscription);
    instance.subscriptions.push(subscription);
    host.model.qos(session.channel, config.prefetch, false, host.tick(), host);
    const tag = `${instance.node.id}-${instance.index}-${subscription.index}`;
    // A backlog is delivered inside `consume`: the host must know the subscription before it has its id.
    host.subscribing = subscription;
    const consumer = host.model.consume(
      session.channel,
      queue.place,
      tag,
      { noAck, exclusive: s.exclusive, priority: s.priority },
      host.tick(),
      host,
    );
    host.subscribing = null;
    subscription.consumer = consumer;
    if (consumer >= 0) host.subscriptionsOf[consumer] = subscription;
    else instance.subscriptions = instance.subscriptions.filter((other) => other !== subscription);
  }

  private cancel(subscription: Subscription): void {
    const { session } = subscription;
    if (!session.open || subscription.consumer < 0) return;
    session.host.model.cancel(session.channel, subscription.consumer, session.host.tick(), session.host);
  }

  private consumerSession(instance: ConsumerInstance, host: RabbitHost): Session {
    if (instance.session?.open && instance.session.host === host) return instance.session;
    instance.session = host.openSession("consumer", instance.index, instance.node.config.user);
    return instance.session;
  }

  private portsOf(instance: ConsumerInstance): void {
    instance.ports = instance.node.outputs.map(
      (output) =>
        instance.ports.find((port) => port.output === output) ?? this.newPort(output, "consumer", instance.index),
    );
  }

  private newPort(output: Output, role: "producer" | "consumer", instance: number): Port {
    const port = new Port(this.ports.length, output, role, instance);
    this.ports.push(port);
    return port;
  }

  // ---- after all

  /** Links of dead letters and alternates: the broker knows them by name, the run by queue and exchange. */
  private applyLinks(document: Scenario): void {
    for (const host of this.hosts) {
      host.deadLetterLinks = [];
      host.alternateLinks = [];
    }
    for (const edge of document.edges) {
      const run = this.edgeOf.get(edge.id);
      const from = this.nodeOf.get(edge.from);
      if (run === undefined || from === undefined || from.host === null || from.place < 0) continue;
      if (edge.kind === "deadLetter") from.host.deadLetterLinks[from.place] = run.link;
      if (edge.kind === "alternate") from.host.alternateLinks[from.place] = run.link;
    }
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

/** What a broker fixes when an object is declared. */
function identity(kind: "queue" | "exchange", node: ScenarioNode): string {
  if (kind === "queue") {
    const s = settingsAs("queue", node);
    return JSON.stringify([s.queueType, s.durable, s.exclusive, s.autoDelete, s.maxPriority, s.singleActiveConsumer]);
  }
  const s = settingsAs("exchange", node);
  return JSON.stringify([s.type, s.durable, s.autoDelete, s.internal, s.hashHeader, s.arguments]);
}

const LINK_SETTINGS = new Set(["latency", "bandwidth", "loss", "partitioned"]);

/** An edge's settings beside those of the link it stands for. */
function ownSettings(edge: ScenarioEdge): string {
  return JSON.stringify(Object.entries(edge.settings ?? {}).filter(([name]) => !LINK_SETTINGS.has(name)));
}
