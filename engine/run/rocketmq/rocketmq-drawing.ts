import { fromMs } from "../../kernel/time.ts";
import { partOfTopic } from "../../metrics/vocabulary.ts";
import { discardReason } from "../../models/model.ts";
import {
  BROKER_DEFAULTS,
  DEFAULT_DELAY_LEVELS,
  parseDelayLevels,
  RocketCluster,
  RocketConsumers,
} from "../../models/rocketmq/index.ts";
import { settingsAs } from "../../scenario/schema.ts";
import { groupOf } from "../../scenario/topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT, ruleReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import type { GaugeTools } from "../readings.ts";
import { resetWish } from "../reset-wish.ts";
import { type Output, Subscription } from "../session.ts";
import type { SystemDrawing } from "../system-drawing.ts";
import { TopicMembers } from "../topic-members.ts";
import type { RunEdge, RunNode, Topology } from "../topology.ts";
import { groupFigures, memberFigures, queueFigures, stepFigures, topicGauges, topicGroupFigures } from "./figures.ts";
import { type GroupSettings, type Readers, TopicPlace } from "./places.ts";
import { GROUP_PLACES, RocketHost } from "./rocket-host.ts";
import { plainGroup } from "./rocket-readers.ts";

/** Files of a gigabyte, RocketMQ's own, would never be full in a drawing, and only full ones are ever deleted. */
const FILE_BYTES = 16 * 1024;

const DELETED = discardReason("deleted");

/** RocketMQ's part of the drawing: topics are kept by a set of brokers, whose frame draws it; a group's frame says how its members read. */
export class RocketDrawing implements SystemDrawing {
  readonly stores: readonly string[] = ["rmqGroup", "rmqTopic"];
  readonly frame = "brokerSet";
  // No id of a document has a colon.
  readonly implicit = "rocketmq:";
  private readonly topology: Topology;
  /** Frames of groups, by their names. */
  private readonly frames: Map<string, { run: RunNode; settings: GroupSettings }> = new Map();
  private groupCount = 0;
  private readonly members: TopicMembers;

  constructor(topology: Topology) {
    this.topology = topology;
    this.members = new TopicMembers(topology);
  }

  // ---- sets of brokers

  addHost(id: string, frame: ScenarioNode | undefined): RocketHost {
    const { core, producers, consumers, hosts } = this.topology;
    const s = settingsAs("brokerSet", frame ?? { kind: "brokerSet" });
    const cluster = new RocketCluster(core.store);
    const consuming = new RocketConsumers(cluster);
    const host = new RocketHost(this.topology, id, s, consuming, core, hosts.length, id, producers, consumers, cluster);
    cluster.watch(consuming);
    const hasFailover = s.failover === "on" && s.replicas > 0;
    host.hasFailover = hasFailover;
    const settings = {
      ...BROKER_DEFAULTS,
      isSyncMaster: s.replicate === "sync",
      // Of line 5 the default would wait for nobody.
      inSyncReplicas: s.replicate === "sync" ? Math.min(2, 1 + s.replicas) : 1,
      isSyncFlush: s.flush === "sync",
      // In controller mode a synchronous master waits for all that may take over from it, and slaves are told of as they are: behind.
      electionTimeout: hasFailover ? s.election : BROKER_DEFAULTS.electionTimeout,
      allAckInSyncStateSet: hasFailover && s.replicate === "sync",
      replicationDelay: hasFailover ? fromMs(s.replicaDelay) : 0,
      autoCreateTopicEnable: false,
      delayLevels: parseDelayLevels(s.delayLevels) ?? parseDelayLevels(DEFAULT_DELAY_LEVELS) ?? [],
      transactionTimeOut: s.checkAfter,
      transactionCheckInterval: s.checkEvery,
      transactionCheckMax: s.checkMax,
      fileReservedMs: s.retention,
      mappedFileSizeCommitLog: FILE_BYTES,
    };
    for (let i = 0; i < s.masters; i++) {
      const name = `broker-${"abc"[i]}`;
      const broker = cluster.addBroker(name, settings, core.now);
      for (let slave = 1; slave <= s.replicas; slave++) cluster.addSlave(broker, `${name}-s${slave}`);
    }
    host.frame = frame;
    return host;
  }

  configureHost(host: Host, frame: ScenarioNode): void {
    host.frame = frame;
    (host as RocketHost).configure(settingsAs("brokerSet", frame));
  }

  identityOf(frame: ScenarioNode | undefined): string {
    if (frame === undefined) return this.implicit;
    const { restart: _, ...fixed } = settingsAs("brokerSet", frame);
    return JSON.stringify([frame.id, fixed]);
  }

  private get hosts(): RocketHost[] {
    return this.topology.hosts.filter((host): host is RocketHost => host instanceof RocketHost);
  }

  // ---- topics and groups

  declare(run: RunNode, node: ScenarioNode): void {
    if (run.kind === "rmqGroup") {
      run.place = GROUP_PLACES + this.groupCount++;
      this.frames.set(run.name, { run, settings: settingsAs("rmqGroup", node) });
      return;
    }
    const host = run.host as RocketHost;
    const name = freeName(host, run.brokerName);
    const drawn = settingsAs("rmqTopic", node);
    const topic = this.create(host, name, drawn.queues);
    const place = new TopicPlace(host.places.length, run, topic, name, drawn, this.topology.core.meters);
    host.placeOf[topic] = place;
    host.places.push(place);
    run.place = place.id;
    host.goOn();
  }

  /** As an administrator makes it at every master, or changes it. */
  private create(host: RocketHost, name: string, queues: number): number {
    return host.cluster.createTopic(name, { read: queues, write: queues, perm: 6 }, host.tick(), host);
  }

  change(run: RunNode, before: ScenarioNode, node: ScenarioNode): void {
    if (JSON.stringify(before.settings) === JSON.stringify(node.settings)) return;
    if (run.kind === "rmqGroup") {
      const frame = this.frames.get(run.name);
      if (frame === undefined) return;
      frame.settings = settingsAs("rmqGroup", node);
      for (const host of this.hosts) host.regroup(run.name, frame.settings);
      return;
    }
    const host = run.host as RocketHost;
    const place = placeOf(run);
    const drawn = settingsAs("rmqTopic", node);
    place.messageType = drawn.messageType;
    if (drawn.queues !== place.queues) {
      place.queues = drawn.queues;
      if (!run.isAway) this.create(host, place.name, drawn.queues);
    }
    host.goOn();
  }

  /** A topic keeps its name at the brokers; a group takes its readers and offsets along. */
  rename(run: RunNode): void {
    if (run.kind !== "rmqGroup") return;
    for (const [name, frame] of this.frames) {
      if (frame.run !== run) continue;
      this.frames.delete(name);
      this.frames.set(run.name, frame);
    }
  }

  /** RocketMQ empties no topic: what is old goes, and nothing else. */
  purge(): boolean {
    return false;
  }

  remove(run: RunNode): void {
    if (run.kind === "rmqGroup") {
      this.frames.delete(run.name);
      return;
    }
    const host = run.host as RocketHost;
    const place = placeOf(run);
    host.cluster.deleteTopic(place.name, host.tick(), host);
    host.placeOf[place.topic] = undefined;
    host.goOn();
  }

  /**
   * deleteTopic, at every broker and at the name server. Producers and consumers keep the route that they know: sends are answered TOPIC_NOT_EXIST, pulls find nothing
   * (rocketmq/clients/topic-deleted).
   */
  deleteByHand(run: RunNode): boolean {
    if (run.kind !== "rmqTopic") return false;
    const host = run.host as RocketHost;
    const { core } = this.topology;
    core.log.add(EVENT.close, core.now, run.index, -1, -1, ruleReason(DELETED));
    host.cluster.deleteTopic(placeOf(run).name, host.tick(), host);
    run.isAway = true;
    host.goOn();
    return true;
  }

  /** updateTopic by the old name: its queues begin at 0 again. */
  declareAnew(run: RunNode, node: ScenarioNode): boolean {
    if (!run.isAway) return false;
    const host = run.host as RocketHost;
    this.create(host, placeOf(run).name, settingsAs("rmqTopic", node).queues);
    run.isAway = false;
    host.goOn();
    return true;
  }

  /** The oldest messages of its queues, a queue after the other. */
  peek(run: RunNode, most: number): number[] {
    const found: number[] = [];
    if (run.kind !== "rmqTopic") return found;
    const host = run.host as RocketHost;
    for (const queue of host.lanesOf(placeOf(run).topic)) {
      const end = host.cluster.max(queue);
      for (let offset = host.cluster.min(queue); offset < end && found.length < most; offset++)
        found.push(host.cluster.handleAt(queue, offset));
    }
    return found;
  }

  operate(run: RunNode, operation: string, args: Readonly<Record<string, unknown>>): boolean {
    if (run.kind !== "rmqGroup") return false;
    if (operation === "queue.redrive")
      return this.hosts.map((host) => host.redrive(run.name)).some((count) => count > 0);
    if (operation !== "group.reset") return false;
    const wish = resetWish(args, this.topology.core.now);
    return this.hosts.map((host) => host.resetGroup(run.name, wish)).some((isDone) => isDone);
  }

  // ---- edges

  aim(output: Output, to: RunNode, edge: ScenarioEdge): void {
    const from = this.topology.document?.nodes.find(({ id }) => id === edge.from);
    output.exchangeNode = to.index;
    output.exchangeName = to.place >= 0 ? placeOf(to).name : "";
    output.declares = null;
    // Number 0 would be RabbitMQ's default exchange.
    output.exchange = to.place >= 0 ? placeOf(to).topic + 1 : -1;
    // The routing key of its messages is their tag; a service hands on that of what it worked on.
    output.key = from?.kind === "producer" ? settingsAs("producer", from).tag : null;
  }

  bind(): void {}

  unbind(): void {}

  /** Clients that were put into the frame of a group, or taken out of it, read in another group; so do those whose edge says another filter. */
  applyLinks(document: Scenario): void {
    const { nodeOf, edgeOf, wiring, consumers } = this.topology;
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    for (const edge of document.edges) {
      if (edge.kind !== "consume" || nodeOf.get(edge.from)?.kind !== "rmqTopic") continue;
      const known = edgeOf.get(edge.id);
      const instances = nodeOf.get(edge.to)?.consumer?.instances ?? [];
      const wanted = groupOf(document, edge);
      const isElsewhere = instances.some((index) => {
        const own = consumers.instances[index]?.subscriptions.find((one) => one.edgeId === edge.id);
        const reader = own?.reader as { readers: Readers } | null | undefined;
        return reader != null && reader.readers.name !== wanted;
      });
      if (known === undefined || !isElsewhere) continue;
      wiring.detach(known);
      wiring.attach(known, edge, nodes);
    }
  }

  subscribe(instance: ConsumerInstance, edge: RunEdge, store: RunNode, drawn: ScenarioEdge): void {
    const host = store.host as RocketHost;
    if (store.place < 0 || instance.subscriptions.some((other) => other.edgeId === edge.id)) return;
    const session = this.topology.wiring.consumerSession(instance, host);
    if (session === null) return;
    const { subscriptions } = this.topology.consumers;
    const subscription = new Subscription(subscriptions.length, edge.id, edge.link, session, instance, store.index);
    subscriptions.push(subscription);
    instance.subscriptions.push(subscription);
    const name = groupOf(this.topology.document as Scenario, drawn);
    const { start, filter } = settingsAs("consume", drawn);
    const frame = this.frames.get(name);
    const plain = plainGroup(settingsAs("rmqGroup", { kind: "rmqGroup" }), start === "all");
    const readers = host.groupFor(name, frame?.settings ?? plain, frame?.run ?? null);
    host.read(subscription, placeOf(store), readers, frame?.settings.filter ?? filter);
  }

  cancel(subscription: Subscription): void {
    (subscription.session.host as RocketHost).stopReading(subscription);
  }

  // ---- figures

  gauges(run: RunNode, out: Float64Array, at: number, _tools: GaugeTools): number {
    if (run.kind === "rmqGroup") return groupFigures(this.hosts, run.name, out, at);
    const topic = run.place >= 0 ? placeOf(run).topic : -1;
    return topicGauges(run.host as RocketHost, topic, out, at);
  }

  groupGauges(run: RunNode, out: Float64Array, start: number): number {
    let at = start;
    if (run.kind === "rmqGroup") {
      for (const part of run.groups) at = stepFigures(this.hosts, run.name, partOfTopic(part).partition, out, at);
      return at;
    }
    const host = run.host as RocketHost;
    const topic = run.place >= 0 ? placeOf(run).topic : -1;
    const members = this.members.at(run);
    for (const part of run.groups) {
      const { group, partition } = partOfTopic(part);
      if (partition < 0) at = topicGroupFigures(host, topic, group, out, at);
      else if (group === "") at = queueFigures(host, topic, partition, out, at);
      else at = memberFigures(host.figuresOf(topic).of(group), partition, members.get(group) ?? [], out, at);
    }
    return at;
  }
}

const placeOf = (run: RunNode): TopicPlace => (run.host as RocketHost).places[run.place] as TopicPlace;

/** Two topics of one set of brokers differ in their names, also when one of them was renamed. */
function freeName(host: RocketHost, wanted: string): string {
  let name = wanted;
  const isTaken = () => host.placeOf[host.cluster.topicId(name)] !== undefined;
  for (let n = 2; isTaken(); n++) name = `${wanted}-${n}`;
  return name;
}
