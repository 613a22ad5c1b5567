import { fromMs } from "../../kernel/time.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../../scenario/types.ts";
import { type ConsumerConfig, consumerConfig, linkConfig, type ProducerConfig, producerConfig } from "../config.ts";
import { type ConsumerInstance, ConsumerNode } from "../consumers.ts";
import { Link } from "../link.ts";
import { type ProducerInstance, ProducerNode } from "../producer-node.ts";
import type { GaugeTools } from "../readings.ts";
import { Output, type Session, Subscription } from "../session.ts";
import type { SystemDrawing } from "../system-drawing.ts";
import type { RunEdge, RunNode, Topology } from "../topology.ts";
import { Z } from "../vocabulary.ts";
import { ZmqHost } from "./zmq-host.ts";
import { answers, makesMessages, ZmqPlace } from "./zmq-places.ts";

/** Within a program. */
const NO_EDGE = -1;

/** ZeroMQ's part of the drawing: sockets with the programs around them, and the connections between them. There is no broker and no frame. */
export class ZmqDrawing implements SystemDrawing {
  readonly stores: readonly string[] = ["socket"];
  // No node can be of this kind.
  readonly frame = "zeromq:";
  readonly implicit = "zeromq:";
  private readonly topology: Topology;

  constructor(topology: Topology) {
    this.topology = topology;
  }

  addHost(id: string): ZmqHost {
    const { core, producers, consumers, sessions, hosts } = this.topology;
    return new ZmqHost(hosts.length, id, core, producers, consumers, sessions);
  }

  configureHost(): void {}

  identityOf(): string {
    return this.implicit;
  }

  // ---- sockets

  declare(run: RunNode, node: ScenarioNode): void {
    const host = run.host as ZmqHost;
    const { core } = this.topology;
    const { meters } = core;
    const { counters, levels, histograms } = run.slots;
    const place = new ZmqPlace(host.places.length, run.index, node.id, settingsOf(node), {
      counters,
      queued: levels + 5,
      received: meters.counterHeld(counters + Z.received),
      wait: meters.durationsHeld(histograms + 3),
    });
    host.places.push(place);
    run.place = place.id;
    if (this.isMaker(node)) this.addMaker(run, node, place);
    else this.addWorker(run, node, place);
    host.open(place);
  }

  private isMaker(node: ScenarioNode): boolean {
    const { edges } = this.topology.document as Scenario;
    const hasWayOut = edges.some((edge) => edge.kind === "pipe" && edge.from === node.id);
    return makesMessages(settingsOf(node).type, hasWayOut);
  }

  private addMaker(run: RunNode, node: ScenarioNode, place: ZmqPlace): void {
    const { core, producers, outputs, wiring } = this.topology;
    const stream = core.addStream(`producer:${node.id}`);
    const config = this.makerConfig(node);
    const maker = new ProducerNode(node.id, run.index, node.name, config, run.slots, stream, core.meters);
    run.producer = maker;
    producers.add(maker);
    const instance = producers.addInstance(maker);
    const output = new Output(outputs.length, "", this.inner(node), run.host as ZmqHost);
    // A template, as a routing key is one.
    output.exchange = 1;
    output.exchangeNode = run.index;
    outputs.push(output);
    maker.outputs.push(output);
    producers.wire(maker, (o, index) => wiring.newPort(o, "producer", index));
    const [port] = instance.ports;
    if (port !== undefined) place.maker = { instance, port };
  }

  private addWorker(run: RunNode, node: ScenarioNode, place: ZmqPlace): void {
    const { core, consumers } = this.topology;
    const { slots } = run;
    const own = { counters: slots.counters + Z.consumer, levels: slots.levels + 3, histograms: slots.histograms + 1 };
    const stream = core.addStream(`consumer:${node.id}`);
    const config = workerConfig(node);
    const isService = answers(place.settings.type);
    const worker = new ConsumerNode(node.id, run.index, isService, node.name, config, own, stream, core.meters);
    run.consumer = worker;
    consumers.nodes.push(worker);
    const instance = consumers.addInstance(worker);
    this.listen(instance, place, node);
  }

  /** The worker takes what its socket has for it. */
  private listen(instance: ConsumerInstance, place: ZmqPlace, node: ScenarioNode): Subscription {
    const { subscriptions } = this.topology.consumers;
    const link = this.inner(node);
    const host = this.topology.hostOf.get(this.implicit) as ZmqHost;
    place.worker = { instance, subscription: null as unknown as Subscription };
    host.open(place);
    const session = place.session as Session;
    const subscription = new Subscription(subscriptions.length, "", link, session, instance, place.node);
    subscription.taking = { inHand: 0 };
    subscriptions.push(subscription);
    instance.subscriptions = [subscription];
    place.worker = { instance, subscription };
    return subscription;
  }

  /** From the program to its own socket: no way at all. */
  private inner(node: ScenarioNode): Link {
    const { core } = this.topology;
    const none = { id: "", kind: "consume", from: node.id, to: node.id, settings: { latency: 0 } };
    const link = new Link(NO_EDGE, core.addStream(`socket:${node.id}`), linkConfig(none), core.calendar);
    core.meterLink(link);
    return link;
  }

  private makerConfig(node: ScenarioNode): ProducerConfig {
    const { nodes, edges } = this.topology.document as Scenario;
    const s = settingsOf(node);
    const replied = edges.some(
      (edge) =>
        edge.kind === "pipe" &&
        edge.from === node.id &&
        nodes.some((other) => other.id === edge.to && other.kind === "socket" && answers(settingsOf(other).type)),
    );
    const { rate, arrival, limit, size, key, start } = s;
    const config = producerConfig({
      ...node,
      kind: "producer",
      settings: {
        ...{ rate, arrival, limit, size, key, start },
        routingKey: s.topic,
        waitFor: s.type === "REQ" || replied ? "reply" : "nothing",
        window: s.type === "REQ" ? 1 : s.window,
        retries: null,
      },
    });
    return { ...config, timeout: s.timeout === null ? Number.POSITIVE_INFINITY : fromMs(s.timeout) };
  }

  change(run: RunNode, before: ScenarioNode, node: ScenarioNode): void {
    if (JSON.stringify(before.settings) === JSON.stringify(node.settings)) return;
    if (identityOf(before) !== identityOf(node)) {
      this.redeclare(run, node);
      return;
    }
    const host = run.host as ZmqHost;
    const place = host.places[run.place] as ZmqPlace;
    place.settings = settingsOf(node);
    host.configure(place);
    this.reconfigure(run, node);
  }

  private reconfigure(run: RunNode, node: ScenarioNode): void {
    const { producers } = this.topology;
    if (run.producer !== null) {
      run.producer.configure(this.makerConfig(node));
      for (const index of run.producer.instances) producers.plan(producers.instances[index] as ProducerInstance, false);
    } else if (run.consumer !== null) run.consumer.config = workerConfig(node);
  }

  /** Another socket in place of this one. */
  private redeclare(run: RunNode, node: ScenarioNode): void {
    const { topology } = this;
    const { document, edgeOf, wiring } = topology;
    const touching = [...edgeOf.values()].filter((edge) => edge.from === run.id || edge.to === run.id);
    const nodes = new Map(document?.nodes.map((one) => [one.id, one]));
    for (const edge of touching) wiring.detach(edge);
    topology.dismiss(run);
    run.producer = null;
    run.consumer = null;
    topology.unplace(run);
    this.declare(run, node);
    for (const edge of touching) {
      const drawn = document?.edges.find(({ id }) => id === edge.id);
      if (drawn !== undefined) wiring.attach(edge, drawn, nodes);
    }
    topology.startClient(run);
  }

  /** Its endpoint is called after the node's id. */
  rename(): void {}

  purge(): boolean {
    return false;
  }

  remove(run: RunNode): void {
    const host = run.host as ZmqHost;
    const place = host.places[run.place] as ZmqPlace;
    if (place.session !== null) host.close(place.session, false);
    place.isGone = true;
  }

  // ---- edges

  aim(): void {}

  bind(run: RunEdge, _edge: ScenarioEdge, from: RunNode, to: RunNode): void {
    const places = this.between(from, to);
    if (places === null) return;
    const [a, b] = places;
    a.links.set(b.node, run.link);
    b.links.set(a.node, run.link);
    (from.host as ZmqHost).join(a, b);
  }

  unbind(run: RunEdge, from: RunNode | undefined): void {
    const to = this.topology.nodeOf.get(run.to);
    if (from === undefined || to === undefined) return;
    const places = this.between(from, to);
    if (places === null) return;
    const [a, b] = places;
    (from.host as ZmqHost).part(a, b);
    a.links.delete(b.node);
    b.links.delete(a.node);
  }

  private between(from: RunNode, to: RunNode): [ZmqPlace, ZmqPlace] | null {
    const host = from.host as ZmqHost;
    const [a, b] = [host.places[from.place], host.places[to.place]];
    return from.kind === "socket" && to.kind === "socket" && a !== undefined && b !== undefined ? [a, b] : null;
  }

  /** An edge more or less can make a program of the other sort of it, and can mean that answers are to be waited for. */
  applyLinks(document: Scenario): void {
    for (const node of document.nodes) {
      const run = node.kind === "socket" ? this.topology.nodeOf.get(node.id) : undefined;
      if (run === undefined || run.place < 0) continue;
      if (this.isMaker(node) !== (run.producer !== null)) this.redeclare(run, node);
      else if (run.producer !== null && run.producer.config.waitFor !== this.makerConfig(node).waitFor) {
        run.producer.configure(this.makerConfig(node));
      }
    }
  }

  /** The worker is back: it opens its socket, and finds its peers again. */
  subscribe(instance: ConsumerInstance): void {
    const host = this.topology.hostOf.get(this.implicit) as ZmqHost;
    const place = host.places.find(({ worker }) => worker?.instance === instance);
    const drawn = this.topology.document?.nodes.find(({ id }) => id === instance.node.id);
    if (place === undefined || drawn === undefined || place.socket >= 0) return;
    this.listen(instance, place, drawn);
    host.rejoin(place);
  }

  cancel(): void {}

  // ---- figures

  gauges(run: RunNode, out: Float64Array, start: number, tools: GaugeTools): number {
    const host = run.host as ZmqHost | null;
    const place = run.place >= 0 ? host?.places[run.place] : undefined;
    const { meters } = this.topology.core;
    const { levels } = run.slots;
    let at = start;
    out[at++] = place === undefined ? 0 : (host as ZmqHost).peerCount(place);
    out[at++] = place === undefined ? 0 : (host as ZmqHost).queuedAt(place);
    out[at++] = meters.levelOf(levels);
    out[at++] = tools.meanLevel(levels + 1) / tools.meanLevel(levels + 2);
    out[at++] = meters.levelOf(levels + 3);
    out[at++] = tools.meanLevel(levels + 3) / tools.meanLevel(levels + 4);
    return at;
  }

  groupGauges(_run: RunNode, _out: Float64Array, at: number): number {
    return at;
  }
}

const settingsOf = (node: ScenarioNode) => settingsAs("socket", node);

function workerConfig(node: ScenarioNode): ConsumerConfig {
  const { type, service, speed, restartAfter } = settingsOf(node);
  const isService = answers(type);
  return consumerConfig({
    ...node,
    kind: isService ? "service" : "consumer",
    settings: { service, speed, restartAfter, ack: "auto", ...(isService && { then: "reply" }) },
  });
}

/** What a socket cannot change while it is open. */
function identityOf(node: ScenarioNode): string {
  const { type, attach, relaxed, reconnect, mandatory, prefix } = settingsOf(node);
  return JSON.stringify([type, attach, relaxed, reconnect, mandatory, prefix]);
}
