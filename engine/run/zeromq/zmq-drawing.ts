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
import { Y, Z } from "../vocabulary.ts";
import { RELAY_ENDS, type Relay } from "./relay.ts";
import { peerCount, queuedAt } from "./zmq-figures.ts";
import { ZmqHost } from "./zmq-host.ts";
import { answers, makesMessages, mayAnswer, type SocketSettings, worksOnMessages, ZmqPlace } from "./zmq-places.ts";

/** Within a program. */
const NO_EDGE = -1;

/** ZeroMQ's part of the drawing: sockets with the programs around them, and the connections between them. There is no broker and no frame. */
export class ZmqDrawing implements SystemDrawing {
  readonly stores: readonly string[] = ["socket", "proxy"];
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
    if (node.kind === "proxy") {
      this.declareProxy(run, node);
      return;
    }
    const { meters } = this.topology.core;
    const { counters, levels, histograms } = run.slots;
    const place = new ZmqPlace(host.places.length, run.index, node.id, settingsOf(node), {
      dropped: counters + Z.dropped,
      queued: levels + 5,
      received: meters.counterHeld(counters + Z.received),
      wait: meters.durationsHeld(histograms + 3),
    });
    host.places.push(place);
    run.place = place.id;
    const { makes, works } = this.halvesOf(node);
    if (makes) this.addMaker(run, node, place);
    if (works) this.addWorker(run, node, place);
    host.open(place);
  }

  /** Its two sockets, one after the other in the list of places: in front, where messages come in, and behind. */
  private declareProxy(run: RunNode, node: ScenarioNode): void {
    const host = run.host as ZmqHost;
    const { meters } = this.topology.core;
    const { counters, levels, histograms } = run.slots;
    const { type } = settingsAs("proxy", node);
    const [front, back] = RELAY_ENDS[type].map((end, i) => {
      const name = i === 0 ? node.id : `${node.id}:back`;
      const place = new ZmqPlace(host.places.length, run.index, name, proxySettings(node, end), {
        dropped: counters + Y.dropped,
        queued: levels,
        received: meters.counterHeld(counters + Y.received),
        wait: meters.durationsHeld(histograms),
      });
      host.places.push(place);
      return place;
    }) as [ZmqPlace, ZmqPlace];
    const forwarded = meters.counterHeld(counters + Y.forwarded);
    const relay: Relay = { type, front, back, forwarded, free: [], rows: new Map() };
    run.place = front.id;
    for (const place of [front, back]) {
      place.relay = relay;
      host.open(place);
    }
  }

  /** What a socket's program does. */
  private halvesOf(node: ScenarioNode): { makes: boolean; works: boolean } {
    const { edges } = this.topology.document as Scenario;
    const hasWayOut = edges.some((edge) => edge.kind === "pipe" && edge.from === node.id);
    const hasWayIn = edges.some((edge) => edge.kind === "pipe" && edge.to === node.id);
    const { type } = settingsOf(node);
    return { makes: makesMessages(type, hasWayOut), works: worksOnMessages(type, hasWayOut, hasWayIn) };
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
    const isService = mayAnswer(place.settings.type);
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
    const session = place.working as Session;
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
        nodes.some((other) => other.id === edge.to && isAnswered(other)),
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
    for (const place of placesOf(run)) {
      place.settings = node.kind === "proxy" ? proxySettings(node, place.settings.type) : settingsOf(node);
      host.configure(place);
    }
    this.reconfigure(run, node);
  }

  private reconfigure(run: RunNode, node: ScenarioNode): void {
    const { producers } = this.topology;
    if (run.producer !== null) {
      run.producer.configure(this.makerConfig(node));
      for (const index of run.producer.instances) producers.plan(producers.instances[index] as ProducerInstance, false);
    }
    if (run.consumer !== null) run.consumer.config = workerConfig(node);
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
    for (const place of placesOf(run)) {
      (run.host as ZmqHost).shut(place, false);
      place.isGone = true;
    }
  }

  // ---- edges

  aim(): void {}

  bind(run: RunEdge, _edge: ScenarioEdge, from: RunNode, to: RunNode): void {
    const places = this.between(from, to);
    if (places === null) return;
    const [a, b] = places;
    a.links.set(b.node, run.link);
    b.links.set(a.node, run.link);
    run.link.opened(this.topology.core.calendar);
    a.ties.set(b.id, true);
    b.ties.set(a.id, false);
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
    a.ties.delete(b.id);
    b.ties.delete(a.id);
  }

  private between(from: RunNode, to: RunNode): [ZmqPlace, ZmqPlace] | null {
    const [a, b] = [placesOf(from).at(-1), placesOf(to)[0]];
    return a !== undefined && b !== undefined ? [a, b] : null;
  }

  /** An edge more or less can make a program of the other sort of it, and can mean that answers are to be waited for. */
  applyLinks(document: Scenario): void {
    for (const node of document.nodes) {
      const run = node.kind === "socket" ? this.topology.nodeOf.get(node.id) : undefined;
      if (run === undefined || run.place < 0) continue;
      const { makes, works } = this.halvesOf(node);
      if (makes !== (run.producer !== null) || works !== (run.consumer !== null)) this.redeclare(run, node);
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
    out[at++] = place === undefined ? 0 : peerCount((host as ZmqHost).model, place);
    out[at++] = place === undefined ? 0 : queuedAt((host as ZmqHost).model, place);
    if (run.kind === "proxy") {
      const relay = place?.relay;
      out[at++] = relay?.type === "balancer" ? relay.free.length : Number.NaN;
      return at;
    }
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

/** The places of a node: of a proxy the one in front, then the one behind. */
function placesOf({ host, place, kind }: RunNode): ZmqPlace[] {
  const first = place >= 0 ? (host as ZmqHost).places[place] : undefined;
  if (first === undefined || (kind !== "socket" && kind !== "proxy")) return [];
  return first.relay === null ? [first] : [first.relay.front, first.relay.back];
}

/** Both sockets of a proxy stay where they are: they bind. */
function proxySettings(node: ScenarioNode, type: SocketSettings["type"]): SocketSettings {
  const { sndHwm, rcvHwm } = settingsAs("proxy", node);
  const fixed = { topic: "", prefix: [], relaxed: false, mandatory: false, linger: null, reconnect: 100 };
  return { ...fixed, type, sndHwm, rcvHwm, attach: "bind" };
}

/** Whether those who send to it get answers: of a proxy, when there is somebody to answer behind it. */
function isAnswered(node: ScenarioNode): boolean {
  if (node.kind === "proxy") return ["queue", "balancer"].includes(settingsAs("proxy", node).type);
  return node.kind === "socket" && answers(settingsOf(node).type);
}

function workerConfig(node: ScenarioNode): ConsumerConfig {
  const { type, service, speed, restartAfter } = settingsOf(node);
  const isService = mayAnswer(type);
  return consumerConfig({
    ...node,
    kind: isService ? "service" : "consumer",
    settings: { service, speed, restartAfter, ack: "auto", ...(isService && { then: "reply" }) },
  });
}

/** What a socket cannot change while it is open. */
function identityOf(node: ScenarioNode): string {
  if (node.kind === "proxy") return settingsAs("proxy", node).type;
  const { type, attach, relaxed, reconnect, mandatory, prefix } = settingsOf(node);
  return JSON.stringify([type, attach, relaxed, reconnect, mandatory, prefix]);
}
