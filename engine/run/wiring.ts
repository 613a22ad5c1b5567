import type { ConsumeOptions } from "../models/rabbitmq/index.ts";
import { bindingArguments } from "../scenario/broker-arguments.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { linkConfig } from "./config.ts";
import type { ConsumerInstance } from "./consumers.ts";
import { AT, EVENT_BITS } from "./core.ts";
import { EVENT } from "./event-log.ts";
import { Link } from "./link.ts";
import type { RabbitHost } from "./rabbit-host.ts";
import {
  type Declaration,
  keepSession,
  Output,
  Port,
  type Session,
  Subscription,
  sessionOn,
  sessionsOf,
} from "./session.ts";
import type { RunEdge, RunNode, Topology } from "./topology.ts";

/** The edges of the drawing as bindings, outputs and subscriptions, and the clients' connections that carry them. */
export class Wiring {
  private readonly topology: Topology;

  constructor(topology: Topology) {
    this.topology = topology;
  }

  addEdge(edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    const stream = this.topology.core.addStream(`edge:${edge.id}`);
    const index = this.topology.edges.length;
    const run: RunEdge = {
      id: edge.id,
      index,
      link: new Link(index, stream, linkConfig(edge), this.topology.core.calendar),
      from: edge.from,
      to: edge.to,
      kind: edge.kind,
      binding: -1,
      output: null,
      gone: false,
    };
    this.topology.edges.push(run);
    this.topology.edgeOf.set(edge.id, run);
    this.topology.core.meterLink(run.link);
    this.topology.revision++;
    this.attach(run, edge, nodes);
  }

  changeEdge(run: RunEdge, before: ScenarioEdge, edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    if (before !== edge && JSON.stringify(before.settings) !== JSON.stringify(edge.settings)) {
      run.link.configure(linkConfig(edge), this.topology.core.calendar);
      if (ownSettings(before) !== ownSettings(edge)) {
        this.detach(run);
        this.attach(run, edge, nodes);
      }
    } else if (run.output !== null) this.aim(run.output, edge);
  }

  removeEdge(edge: ScenarioEdge): void {
    const run = this.topology.edgeOf.get(edge.id);
    if (run === undefined) return;
    this.detach(run);
    this.dropEdge(run);
  }

  dropEdge(run: RunEdge): void {
    run.gone = true;
    this.topology.edgeOf.delete(run.id);
    this.topology.revision++;
  }

  attach(run: RunEdge, edge: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    const from = this.topology.nodeOf.get(edge.from);
    const to = this.topology.nodeOf.get(edge.to);
    if (from === undefined || to === undefined) return;
    if (edge.kind === "publish") this.attachOutput(run, edge, from, to);
    else if (edge.kind === "binding") this.attachBinding(run, edge, from, to, nodes);
    else if (edge.kind === "consume" && to.consumer !== null) {
      for (const index of to.consumer.instances) {
        this.subscribe(this.topology.consumers.instances[index] as ConsumerInstance, run);
      }
    }
  }

  private attachOutput(run: RunEdge, edge: ScenarioEdge, from: RunNode, to: RunNode): void {
    const host = to.host as RabbitHost;
    const output = new Output(this.topology.outputs.length, edge.id, run.link, host);
    this.topology.outputs.push(output);
    run.output = output;
    this.aim(output, edge);
    if (from.producer !== null) {
      from.producer.outputs.push(output);
      this.topology.producers.wire(from.producer, (o, index) => this.newPort(o, "producer", index));
    } else if (from.consumer !== null) {
      from.consumer.outputs.push(output);
      for (const index of from.consumer.instances)
        this.portsOf(this.topology.consumers.instances[index] as ConsumerInstance);
    }
  }

  /** Points an output at what its edge ends at: names and ids can change while it stays. */
  private aim(output: Output, edge: ScenarioEdge): void {
    const to = this.topology.nodeOf.get(edge.to) as RunNode;
    const key = settingsAs("publish", edge).routingKey;
    output.declares = declarationOf(to, settingsAs("publish", edge).declare);
    const before = `${output.exchangeName}\n${output.key}`;
    if (to.kind === "queue") {
      output.exchange = 0;
      output.exchangeName = "";
      output.exchangeNode = -1;
      output.key = to.brokerName;
    } else {
      output.exchange = to.place;
      output.exchangeName = to.brokerName;
      output.exchangeNode = to.index;
      output.key = key;
    }
    if (before !== `${output.exchangeName}\n${output.key}`) {
      const producer = this.topology.nodeOf.get(edge.from)?.producer;
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
        ? host.model.bindQueue(channel, to.brokerName, from.brokerName, key, table, host.tick(), host)
        : host.model.bindExchange(channel, to.brokerName, from.brokerName, key, table, host.tick(), host);
    if (!result.ok) {
      this.topology.core.log.add(EVENT.deny, this.topology.core.now, from.index, -1, to.index, undefined, result.code);
      return;
    }
    run.binding = result.id;
    host.bindingLinks[result.id] = run.link;
  }

  detach(run: RunEdge): void {
    const from = this.topology.nodeOf.get(run.from);
    const to = this.topology.nodeOf.get(run.to);
    if (run.output !== null) {
      const { output } = run;
      output.open = false;
      run.output = null;
      if (from?.producer) {
        from.producer.outputs = from.producer.outputs.filter((o) => o !== output);
        this.topology.producers.wire(from.producer, (o, index) => this.newPort(o, "producer", index));
      } else if (from?.consumer) {
        from.consumer.outputs = from.consumer.outputs.filter((o) => o !== output);
        for (const index of from.consumer.instances)
          this.portsOf(this.topology.consumers.instances[index] as ConsumerInstance);
      }
    } else if (run.kind === "binding" && run.binding >= 0) {
      const host = from?.host;
      if (host) host.model.unbind(run.binding, host.tick(), host);
      run.binding = -1;
    } else if (run.kind === "consume" && to?.consumer) {
      for (const index of to.consumer.instances) {
        const instance = this.topology.consumers.instances[index] as ConsumerInstance;
        for (const subscription of instance.subscriptions) {
          if (subscription.edgeId === run.id) this.cancel(subscription);
        }
        instance.subscriptions = instance.subscriptions.filter((s) => s.edgeId !== run.id);
      }
    }
  }

  // ---- consumers' subscriptions

  subscribe(instance: ConsumerInstance, edge: RunEdge): void {
    const queue = this.topology.nodeOf.get(edge.from);
    const drawn = this.topology.document?.edges.find((e) => e.id === edge.id);
    if (queue === undefined || queue.host === null || drawn === undefined || !instance.alive) return;
    // A queue that the broker refused to make is nobody's to consume; one that is gone is asked for, and the answer is 404.
    if (queue.place < 0 && !queue.isAway) return;
    const { host } = queue;
    const session = this.consumerSession(instance, host);
    if (session === null) return;
    const { config } = instance.node;
    const s = settingsAs("consume", drawn);
    const noAck = config.ack === "auto";
    const declares = declarationOf(queue, s.declare) ?? this.ownDeclaration(queue);
    if (declares !== null && !host.declareFor(session, declares)) return;
    // The declaration may have brought the queue back, and this subscription with it.
    if (instance.subscriptions.some((other) => other.edgeId === edge.id)) return;
    const subscription = new Subscription(
      this.topology.consumers.subscriptions.length,
      edge.id,
      edge.link,
      session,
      instance,
      queue.index,
    );
    this.topology.consumers.subscriptions.push(subscription);
    instance.subscriptions.push(subscription);
    if (config.getEvery > 0) {
      this.planPoll(subscription, 0);
      return;
    }
    host.model.qos(session.channel, config.prefetch, config.prefetchGlobal, host.tick(), host);
    const tag = `${instance.node.id}-${instance.index}-${subscription.index}`;
    // A backlog is delivered inside `consume`: the host must know the subscription before it has its id.
    host.subscribing = subscription;
    const consumer = host.model.consume(
      session.channel,
      queue.place,
      tag,
      consumeOptions(noAck, s, host.model.isStream(queue.place)),
      host.tick(),
      host,
    );
    host.subscribing = null;
    subscription.consumer = consumer;
    if (consumer >= 0) host.subscriptionsOf[consumer] = subscription;
    else instance.subscriptions = instance.subscriptions.filter((other) => other !== subscription);
  }

  /** Cancels all that an instance is subscribed to; its connection stays. */
  unsubscribe(instance: ConsumerInstance): void {
    for (const subscription of instance.subscriptions) this.cancel(subscription);
    instance.subscriptions = [];
  }

  private cancel(subscription: Subscription): void {
    const { session } = subscription;
    if (!session.open || subscription.consumer < 0) return;
    session.host.model.cancel(session.channel, subscription.consumer, session.host.tick(), session.host);
  }

  /** A queue of one's own is declared by its owner whenever it connects again. */
  private ownDeclaration(queue: RunNode): Declaration | null {
    const drawn = queue.isAway ? this.topology.document?.nodes.find((node) => node.id === queue.id) : undefined;
    if (drawn === undefined) return null;
    const s = settingsAs("queue", drawn);
    return s.exclusive && s.queueType === "classic" ? { node: queue.index, passive: false, durable: s.durable } : null;
  }

  /** @returns null when the broker does not let it in */
  consumerSession(instance: ConsumerInstance, host: RabbitHost): Session | null {
    const known = sessionOn(instance, host);
    if (known !== null) return known;
    const session = host.connectConsumer(instance);
    if (session !== null) keepSession(instance, session);
    return session;
  }

  // ---- consumers that poll

  /** The request travels to the broker; the next one leaves when the pause is over. */
  private planPoll(subscription: Subscription, pause: number): void {
    const { core, consumers } = this.topology;
    const instance = consumers.instances[subscription.instance] as ConsumerInstance;
    const at = subscription.link.back(core.now + pause, core.streams);
    // On a cut link nothing comes back; the client asks again.
    const arrival = at >= 0 ? at : core.now + pause;
    core.calendar.push(arrival, 0, AT.poll | (subscription.index << EVENT_BITS), instance.epoch);
  }

  /** The event `poll`: a basic.get reaches the broker, if the consumer has a server free to work on the answer. */
  poll(index: number, epoch: number): void {
    const { consumers } = this.topology;
    const subscription = consumers.subscriptions[index] as Subscription;
    const instance = consumers.instances[subscription.instance] as ConsumerInstance;
    const { session } = subscription;
    const { getEvery, ack } = instance.node.config;
    if (epoch !== instance.epoch || !session.open || !instance.subscriptions.includes(subscription)) return;
    const queue = this.topology.nodes[subscription.queueNode] as RunNode;
    if (instance.busy + instance.count < instance.concurrency && !instance.node.hanging) {
      session.host.get(subscription, queue.place, ack === "auto");
    }
    if (session.open) this.planPoll(subscription, getEvery);
  }

  portsOf(instance: ConsumerInstance): void {
    instance.ports = instance.node.outputs.map(
      (output) =>
        instance.ports.find((port) => port.output === output) ?? this.newPort(output, "consumer", instance.index),
    );
  }

  newPort(output: Output, role: "producer" | "consumer", instance: number): Port {
    const port = new Port(this.topology.ports.length, output, role, instance);
    this.topology.ports.push(port);
    return port;
  }

  /** @param abort the process vanishes instead of closing its connection */
  disconnect(instance: ConsumerInstance, abort: boolean): void {
    this.topology.consumers.dropAll(instance);
    const sessions = sessionsOf(instance);
    instance.session = null;
    instance.others = [];
    instance.subscriptions = [];
    for (const session of sessions) session.host.close(session, abort);
  }

  reconnect(instance: ConsumerInstance): void {
    for (const edge of this.topology.edgeOf.values()) {
      if (edge.kind === "consume" && edge.to === instance.node.id) this.subscribe(instance, edge);
    }
  }

  resubscribe(instance: ConsumerInstance, newConnection: boolean): void {
    if (newConnection) {
      this.disconnect(instance, false);
      this.reconnect(instance);
      return;
    }
    const edges = instance.subscriptions.map((subscription) => subscription.edgeId);
    for (const subscription of instance.subscriptions) this.cancel(subscription);
    instance.subscriptions = [];
    for (const id of edges) {
      const edge = this.topology.edgeOf.get(id);
      if (edge !== undefined) this.subscribe(instance, edge);
    }
  }

  /** Links of dead letters and alternates: the broker knows them by name, the run by queue and exchange. */
  applyLinks(document: Scenario): void {
    for (const host of this.topology.hosts) {
      host.deadLetterLinks = [];
      host.alternateLinks = [];
    }
    for (const edge of document.edges) {
      const run = this.topology.edgeOf.get(edge.id);
      const from = this.topology.nodeOf.get(edge.from);
      if (run === undefined || from === undefined || from.host === null || from.place < 0) continue;
      if (edge.kind === "deadLetter") from.host.deadLetterLinks[from.place] = run.link;
      if (edge.kind === "alternate") from.host.alternateLinks[from.place] = run.link;
    }
  }
}

/** What a client declares of the queue at the end of its edge, null = nothing. */
function declarationOf(to: RunNode, word: "nothing" | "passive" | "durable" | "transient"): Declaration | null {
  if (word === "nothing" || to.kind !== "queue") return null;
  return { node: to.index, passive: word === "passive", durable: word === "durable" };
}

/** A stream takes an offset and no priority; others the other way round. */
function consumeOptions(
  noAck: boolean,
  s: { exclusive: boolean; priority: number; offset: string },
  isStream: boolean,
): ConsumeOptions {
  if (!isStream) return { noAck, exclusive: s.exclusive, priority: s.priority };
  const offset = /^\d+$/.test(s.offset) ? Number(s.offset) : s.offset;
  return { noAck, arguments: { "x-stream-offset": offset } };
}

const LINK_SETTINGS = new Set(["latency", "bandwidth", "loss", "partitioned"]);

/** An edge's settings beside those of the link it stands for. */
function ownSettings(edge: ScenarioEdge): string {
  return JSON.stringify(Object.entries(edge.settings ?? {}).filter(([name]) => !LINK_SETTINGS.has(name)));
}
