import type { Table } from "../models/messages.ts";
import type { ConsumeOptions, QueueOptions } from "../models/rabbitmq/index.ts";
import { bindingArguments, exchangeArguments, queueArguments } from "../scenario/broker-arguments.ts";
import { compilePattern } from "../scenario/regular-expression.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../scenario/types.ts";
import type { User } from "../scenario/values.ts";
import type { ConsumerInstance } from "./consumers.ts";
import { AT, EVENT_BITS } from "./core.ts";
import type { Rights } from "./drawn.ts";
import { DrawnObjects } from "./drawn-objects.ts";
import { EVENT } from "./event-log.ts";
import type { Host } from "./host.ts";
import { RabbitHost } from "./rabbit-host.ts";
import { moveBack } from "./rabbit-moving.ts";
import { ExchangePlace, QueuePlace } from "./rabbit-places.ts";
import type { GaugeTools } from "./readings.ts";
import { type Declaration, type Output, Subscription } from "./session.ts";
import type { SystemDrawing } from "./system-drawing.ts";
import type { RunEdge, RunNode, Topology } from "./topology.ts";

/** RabbitMQ's part of the drawing: exchanges, queues, bindings and broker frames as commands to brokers. */
export class RabbitDrawing implements SystemDrawing {
  readonly stores: readonly string[] = ["exchange", "queue"];
  readonly frame = "broker";
  readonly implicit = "";
  private readonly topology: Topology;
  private readonly drawn: DrawnObjects;

  constructor(topology: Topology) {
    this.topology = topology;
    this.drawn = new DrawnObjects(topology, this);
  }

  // ---- brokers

  addHost(id: string, frame: ScenarioNode | undefined): RabbitHost {
    const { core, producers, consumers, sessions, hosts } = this.topology;
    const s = settingsAs("broker", frame ?? { kind: "broker" });
    const { version, nodes } = s;
    const host = new RabbitHost(hosts.length, id, core, producers, consumers, sessions, { version, nodes });
    host.drawing = this.drawn;
    if (frame !== undefined) this.configureHost(host, frame, undefined);
    else host.configure({ ...s, isGuarded: false });
    return host;
  }

  configureHost(anyHost: Host, frame: ScenarioNode, before: ScenarioNode | undefined): void {
    const host = anyHost as RabbitHost;
    host.frame = frame;
    const s = settingsAs("broker", frame);
    const old = before === undefined ? null : settingsAs("broker", before);
    for (const user of s.users) host.model.setUser(user.name, this.permissionsOf(user), host.tick(), host);
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
    if (old !== null && JSON.stringify(old.users) !== JSON.stringify(s.users)) host.usersChanged();
  }

  permissionsOf({ configure, write, read, password }: User): Rights {
    return {
      configure: safePattern(configure),
      write: safePattern(write),
      read: safePattern(read),
      password: password ?? null,
    };
  }

  identityOf(frame: ScenarioNode | undefined): string {
    if (frame === undefined) return this.implicit;
    const { version, nodes } = settingsAs("broker", frame);
    return JSON.stringify([frame.id, version, nodes]);
  }

  // ---- exchanges and queues

  declare(run: RunNode, node: ScenarioNode): void {
    if (run.kind === "queue") this.declareQueue(run, node);
    else this.declareExchange(run, node);
  }

  private declareExchange(run: RunNode, node: ScenarioNode): void {
    const host = run.host as RabbitHost;
    const s = settingsAs("exchange", node);
    const options = {
      durable: s.durable,
      autoDelete: s.autoDelete,
      internal: s.internal,
      arguments: exchangeArguments(this.topology.document as Scenario, node),
    };
    const result = host.model.declareExchange(host.adminChannel(), run.brokerName, s.type, options, host.tick(), host);
    this.placed(run, result);
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
      this.placed(run, made);
      return;
    }
    const result = host.model.declareQueue(channel, run.brokerName, options, host.tick(), host);
    this.placed(run, result);
  }

  queueOptions(node: ScenarioNode): Required<Omit<QueueOptions, "passive">> {
    const s = settingsAs("queue", node);
    return {
      durable: s.durable || s.queueType !== "classic",
      exclusive: s.exclusive && s.queueType === "classic",
      autoDelete: s.autoDelete && s.queueType === "classic",
      arguments: queueArguments(this.topology.document as Scenario, node),
    };
  }

  /** An exclusive queue belongs to the connection of its first consumer; without one, to the broker's own. */
  private ownerChannel(host: RabbitHost, queue: ScenarioNode): number {
    const document = this.topology.document as Scenario;
    const edge = document.edges.find((e) => e.kind === "consume" && e.from === queue.id);
    const taker = document.nodes.find((n) => n.id === edge?.to);
    if (taker === undefined) return host.adminChannel();
    if (!this.topology.nodeOf.has(taker.id)) this.topology.addNode(taker);
    const node = this.topology.nodeOf.get(taker.id)?.consumer;
    const instance = this.topology.consumers.instances[node?.instances[0] ?? -1];
    const session = instance === undefined ? null : this.topology.wiring.consumerSession(instance, host);
    return session === null ? host.adminChannel() : session.channel;
  }

  private placed(run: RunNode, result: { ok: true; id: number } | { ok: false; code: number; name: string }): void {
    run.isAway = false;
    if (result.ok) {
      run.place = result.id;
      const host = run.host as RabbitHost;
      const { meters } = this.topology.core;
      if (run.kind === "queue") {
        host.placeQueue(result.id, new QueuePlace(run.index, run.slots, host.model.isStream(result.id), meters));
      } else host.exchanges[result.id] = new ExchangePlace(run.index, run.slots, meters);
    } else this.topology.core.log.add(EVENT.deny, this.topology.core.now, run.index, -1, -1, undefined, result.code);
  }

  change(run: RunNode, before: ScenarioNode, node: ScenarioNode, old: Scenario): void {
    const document = this.topology.document as Scenario;
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
    }
  }

  rename(run: RunNode, brokerName: string): void {
    const { model } = run.host as RabbitHost;
    if (run.kind === "queue") model.renameQueue(run.place, brokerName);
    else model.renameExchange(run.place, brokerName);
  }

  /** Type and durability cannot change in a broker: the object is deleted and made again, with its edges. */
  redeclare(run: RunNode, node: ScenarioNode): void {
    const touching = [...this.topology.edgeOf.values()].filter((edge) => edge.from === node.id || edge.to === node.id);
    const document = this.topology.document as Scenario;
    for (const edge of touching) this.topology.wiring.detach(edge);
    this.topology.unplace(run);
    this.declare(run, node);
    const nodes = new Map(document.nodes.map((n) => [n.id, n]));
    for (const edge of touching) {
      const drawn = document.edges.find((e) => e.id === edge.id);
      if (drawn !== undefined) this.topology.wiring.attach(edge, drawn, nodes);
    }
  }

  /** 404 while nobody is there who could delete it: a quorum queue without leader. */
  deleteByHand(run: RunNode): boolean {
    if (run.host === null || (run.host.leaderOf?.(run.place) ?? 0) < 0) return false;
    this.remove(run);
    run.place = -1;
    run.isAway = true;
    return true;
  }

  declareAnew(run: RunNode, node: ScenarioNode): boolean {
    if (!run.isAway) return false;
    this.redeclare(run, node);
    return true;
  }

  remove(run: RunNode): void {
    const host = run.host as RabbitHost;
    const channel = host.adminChannel();
    if (run.kind === "queue") host.model.deleteQueue(channel, run.brokerName, {}, host.tick(), host);
    else host.model.deleteExchange(channel, run.brokerName, {}, host.tick(), host);
  }

  /** queue.purge */
  purge(run: RunNode): boolean {
    if (run.kind !== "queue") return false;
    const host = run.host as RabbitHost;
    host.model.purge(host.adminChannel(), run.brokerName, host.tick(), host);
    return true;
  }

  operate(run: RunNode, operation: string): boolean {
    if (operation !== "queue.redrive" || run.kind !== "queue" || run.host?.isDown) return false;
    const from = this.topology.document?.edges.find(({ kind, to }) => kind === "deadLetter" && to === run.id)?.from;
    const source = from === undefined ? undefined : this.topology.nodeOf.get(from);
    return moveBack(run.host as RabbitHost, run.place, source?.brokerName ?? null) > 0;
  }

  peek(run: RunNode, most: number): number[] {
    const found: number[] = [];
    if (run.kind !== "queue") return found;
    (run.host as RabbitHost).model.forEachReady(run.place, (copy) => {
      if (found.length < most) found.push(copy);
    });
    return found;
  }

  // ---- edges

  aim(output: Output, to: RunNode, edge: ScenarioEdge): void {
    const key = settingsAs("publish", edge).routingKey;
    output.declares = declarationOf(to, settingsAs("publish", edge).declare);
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
  }

  bind(run: RunEdge, edge: ScenarioEdge, from: RunNode, to: RunNode, nodes: Map<string, ScenarioNode>): void {
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
    host.model.forgetRoutes();
  }

  unbind(run: RunEdge, from: RunNode | undefined): void {
    if (run.binding < 0) return;
    const host = from?.host as RabbitHost | null | undefined;
    if (host) host.model.unbind(run.binding, host.tick(), host);
    run.binding = -1;
  }

  /** Links of dead letters and alternates: the broker knows them by name, the run by queue and exchange. */
  applyLinks(document: Scenario): void {
    for (const host of this.topology.hosts) {
      if (!(host instanceof RabbitHost)) continue;
      host.deadLetterLinks = [];
      host.alternateLinks = [];
    }
    for (const edge of document.edges) {
      const run = this.topology.edgeOf.get(edge.id);
      const from = this.topology.nodeOf.get(edge.from);
      if (run === undefined || from === undefined || !(from.host instanceof RabbitHost) || from.place < 0) continue;
      if (edge.kind === "deadLetter") from.host.deadLetterLinks[from.place] = run.link;
      if (edge.kind === "alternate") from.host.alternateLinks[from.place] = run.link;
    }
  }

  // ---- consumers

  subscribe(instance: ConsumerInstance, edge: RunEdge, queue: RunNode, drawn: ScenarioEdge): void {
    // A queue that the broker refused to make is nobody's to consume; one that is gone is asked for, and the answer is 404.
    if (queue.place < 0 && !queue.isAway) return;
    const host = queue.host as RabbitHost;
    const session = this.topology.wiring.consumerSession(instance, host);
    if (session === null) return;
    if (queue.place >= 0 && host.model.isQueueDown(queue.place)) {
      host.subscribeLater(instance);
      return;
    }
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

  cancel(subscription: Subscription): void {
    const { session } = subscription;
    if (!session.open || subscription.consumer < 0) return;
    const host = session.host as RabbitHost;
    host.model.cancel(session.channel, subscription.consumer, host.tick(), host);
  }

  /** A queue of one's own is declared by its owner whenever it connects again. */
  private ownDeclaration(queue: RunNode): Declaration | null {
    const drawn = queue.isAway ? this.topology.document?.nodes.find((node) => node.id === queue.id) : undefined;
    if (drawn === undefined) return null;
    const s = settingsAs("queue", drawn);
    return s.exclusive && s.queueType === "classic" ? { node: queue.index, passive: false, durable: s.durable } : null;
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
  polled(subscription: Subscription, epoch: number): void {
    const { consumers } = this.topology;
    const instance = consumers.instances[subscription.instance] as ConsumerInstance;
    const { session } = subscription;
    const { getEvery, ack } = instance.node.config;
    if (epoch !== instance.epoch || !session.open || !instance.subscriptions.includes(subscription)) return;
    const queue = this.topology.nodes[subscription.queueNode] as RunNode;
    if (instance.busy + instance.count < instance.concurrency && !instance.node.hanging) {
      (session.host as RabbitHost).get(subscription, queue.place, ack === "auto");
    }
    if (session.open) this.planPoll(subscription, getEvery);
  }

  // ---- figures

  badges(run: RunNode): string[] {
    return run.kind === "queue" && run.place >= 0 ? (run.host as RabbitHost).whereabouts(run.place) : [];
  }

  gauges(run: RunNode, out: Float64Array, start: number, tools: GaugeTools): number {
    if (run.kind !== "queue") return start;
    const { host, place } = run;
    let at = start;
    const model = host !== null && place >= 0 ? (host as RabbitHost).model : null;
    const ready = model === null ? 0 : model.ready(place);
    const unacked = model === null ? 0 : model.unacked(place);
    out[at++] = ready;
    out[at++] = unacked;
    out[at++] = ready + unacked;
    out[at++] = tools.meanLevel(run.slots.levels);
    out[at++] = model === null ? 0 : model.readyBytes(place);
    out[at++] = model === null || ready === 0 ? 0 : this.topology.core.now - model.headEnqueuedAt(place);
    out[at++] = model === null ? 0 : model.consumerCount(place);
    out[at++] = tools.utilisationBehind(run);
    return at;
  }

  /** Nobody takes from a queue as a group. */
  groupGauges(_run: RunNode, _out: Float64Array, at: number): number {
    return at;
  }
}

/** A pattern that JavaScript cannot read, or that could take for ever, matches nothing; `validate` has said so. */
const safePattern = (pattern: string): string => (compilePattern(pattern) === null ? "(?!)" : pattern);

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
