import type { ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import { linkConfig } from "./config.ts";
import type { ConsumerInstance } from "./consumers.ts";
import type { Host } from "./host.ts";
import { Link } from "./link.ts";
import { troubledConfig } from "./link-troubles.ts";
import { keepSession, Output, Port, type Session, type Subscription, sessionOn, sessionsOf } from "./session.ts";
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
      trouble: null,
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
      const config = troubledConfig(edge, run.trouble);
      const isNewlyEncrypted = config.tls && !run.link.config.tls;
      run.link.configure(config, this.topology.core.calendar);
      if (isNewlyEncrypted) run.link.opened(this.topology.core.calendar);
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
    else if (edge.kind === "binding" || edge.kind === "pipe")
      this.topology.drawingOf(from)?.bind(run, edge, from, to, nodes);
    else if (edge.kind === "consume" && to.consumer !== null) {
      for (const index of to.consumer.instances) {
        this.subscribe(this.topology.consumers.instances[index] as ConsumerInstance, run);
      }
    }
  }

  private attachOutput(run: RunEdge, edge: ScenarioEdge, from: RunNode, to: RunNode): void {
    const host = to.host as Host;
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
    const before = `${output.exchangeName}\n${output.key}`;
    this.topology.drawingOf(to)?.aim(output, to, edge);
    if (before !== `${output.exchangeName}\n${output.key}`) {
      const producer = this.topology.nodeOf.get(edge.from)?.producer;
      if (producer) producer.kindRows = new Map();
    }
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
    } else if (run.kind === "binding" || run.kind === "pipe") {
      if (from !== undefined) this.topology.drawingOf(from)?.unbind(run, from);
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
    if (queue === undefined || queue.host === null || queue.isPaused || drawn === undefined || !instance.alive) return;
    const before = sessionOn(instance, queue.host);
    this.topology.drawingOf(queue)?.subscribe(instance, edge, queue, drawn);
    if (before === null && sessionOn(instance, queue.host) !== null) edge.link.opened(this.topology.core.calendar);
  }

  /** Cancels all that an instance is subscribed to; its connection stays. */
  unsubscribe(instance: ConsumerInstance): void {
    for (const subscription of instance.subscriptions) this.cancel(subscription);
    instance.subscriptions = [];
  }

  /** Nobody is given anything from a store any more, until it is let go on. What clients hold stays with them. */
  holdBack(store: RunNode): void {
    store.isPaused = true;
    for (const instance of this.topology.consumers.instances) {
      if (!instance.subscriptions.some((subscription) => subscription.queueNode === store.index)) continue;
      for (const subscription of instance.subscriptions) {
        if (subscription.queueNode === store.index) this.cancel(subscription);
      }
      instance.subscriptions = instance.subscriptions.filter(({ queueNode }) => queueNode !== store.index);
    }
  }

  letGoOn(store: RunNode): void {
    store.isPaused = false;
    for (const edge of [...this.topology.edgeOf.values()]) {
      if (edge.kind !== "consume" || edge.from !== store.id) continue;
      for (const index of this.topology.nodeOf.get(edge.to)?.consumer?.instances ?? []) {
        const instance = this.topology.consumers.instances[index] as ConsumerInstance;
        if (!instance.subscriptions.some(({ edgeId }) => edgeId === edge.id)) this.subscribe(instance, edge);
      }
    }
  }

  private cancel(subscription: Subscription): void {
    const store = this.topology.nodes[subscription.queueNode] as RunNode;
    this.topology.drawingOf(store)?.cancel(subscription);
  }

  /** @returns null when the broker does not let it in */
  consumerSession(instance: ConsumerInstance, host: Host): Session | null {
    const known = sessionOn(instance, host);
    if (known !== null) return known;
    const session = host.connectConsumer(instance);
    if (session !== null) keepSession(instance, session);
    return session;
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
      const isTaken = edge.kind === "consume" || edge.kind === "pipe";
      if (isTaken && edge.to === instance.node.id) this.subscribe(instance, edge);
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
}

const LINK_SETTINGS = new Set(["latency", "bandwidth", "loss", "partitioned", "tls"]);

/** An edge's settings beside those of the link it stands for. */
function ownSettings(edge: ScenarioEdge): string {
  return JSON.stringify(Object.entries(edge.settings ?? {}).filter(([name]) => !LINK_SETTINGS.has(name)));
}
