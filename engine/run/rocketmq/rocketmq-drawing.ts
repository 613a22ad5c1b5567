import { fromMs } from "../../kernel/time.ts";
import { partOfTopic } from "../../metrics/vocabulary.ts";
import {
  BROKER_DEFAULTS,
  DEFAULT_DELAY_LEVELS,
  parseDelayLevels,
  RocketCluster,
  RocketConsumers,
} from "../../models/rocketmq/index.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../../scenario/types.ts";
import type { Host } from "../host.ts";
import { LogDrawing } from "../logs/log-drawing.ts";
import { topicGroupFigures } from "../logs/log-figures.ts";
import type { Output, Subscription } from "../session.ts";
import type { RunNode } from "../topology.ts";
import { groupFigures, memberFigures, queueFigures, stepFigures, topicGauges } from "./figures.ts";
import { type GroupSettings, TopicPlace } from "./places.ts";
import { RocketHost } from "./rocket-host.ts";
import { plainGroup } from "./rocket-readers.ts";

/** Files of a gigabyte, RocketMQ's own, would never be full in a drawing, and only full ones are ever deleted. */
const FILE_BYTES = 16 * 1024;

/** RocketMQ's part of the drawing: topics are kept by a set of brokers, whose frame draws it; a group's frame says how its members read. */
export class RocketDrawing extends LogDrawing<RocketHost, GroupSettings> {
  readonly system = "rocketmq";
  readonly stores: readonly string[] = ["rmqGroup", "rmqTopic"];
  readonly frame = "brokerSet";
  // No id of a document has a colon.
  readonly implicit = "rocketmq:";
  protected readonly topicKind = "rmqTopic";
  protected readonly groupKind = "rmqGroup";

  // ---- sets of brokers

  addHost(id: string, frame: ScenarioNode | undefined): RocketHost {
    const { core } = this.topology;
    const s = settingsAs("brokerSet", frame ?? { kind: "brokerSet" });
    const cluster = new RocketCluster(core.store);
    const consuming = new RocketConsumers(cluster);
    const host = new RocketHost(this.topology, id, s, cluster, consuming);
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

  // ---- topics and groups

  protected groupSettings(node: ScenarioNode): GroupSettings {
    return settingsAs("rmqGroup", node);
  }

  protected declareTopic(run: RunNode, node: ScenarioNode): void {
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

  protected changeTopic(run: RunNode, _before: ScenarioNode, node: ScenarioNode): void {
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

  /** RocketMQ empties no topic: what is old goes, and nothing else. */
  purge(): boolean {
    return false;
  }

  protected removeTopic(run: RunNode): void {
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
    this.tellOfDeletion(run);
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
    const own = this.frames.ownName(run.name);
    if (operation === "queue.redrive") return this.hosts.map((host) => host.redrive(own)).some((count) => count > 0);
    return operation === "group.reset" && this.reset(run, args);
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

  protected join(
    host: RocketHost,
    subscription: Subscription,
    topic: RunNode,
    drawn: ScenarioEdge,
    group: string,
  ): void {
    const { start, filter } = settingsAs("consume", drawn);
    const frame = this.frames.get(group);
    const plain = plainGroup(settingsAs("rmqGroup", { kind: "rmqGroup" }), start === "all");
    const readers = host.groupFor(this.frames.ownName(group), frame?.settings ?? plain, frame?.run ?? null);
    host.read(subscription, placeOf(topic), readers, frame?.settings.filter ?? filter);
  }

  // ---- figures

  gauges(run: RunNode, out: Float64Array, at: number): number {
    if (run.kind === "rmqGroup") return groupFigures(this.hosts, this.frames.ownName(run.name), out, at);
    return topicGauges(run.host as RocketHost, topicOf(run), out, at);
  }

  /** A group has figures of its own for each step of its retries. */
  override groupGauges(run: RunNode, out: Float64Array, start: number): number {
    if (run.kind !== "rmqGroup") return super.groupGauges(run, out, start);
    const own = this.frames.ownName(run.name);
    let at = start;
    for (const part of run.groups) at = stepFigures(this.hosts, own, partOfTopic(part).partition, out, at);
    return at;
  }

  protected groupAt(run: RunNode, group: string, out: Float64Array, at: number): number {
    return topicGroupFigures((run.host as RocketHost).figuresOf(topicOf(run)).of(group), out, at);
  }

  protected laneAt(run: RunNode, lane: number, out: Float64Array, at: number): number {
    return queueFigures(run.host as RocketHost, topicOf(run), lane, out, at);
  }

  protected memberAt(
    run: RunNode,
    group: string,
    lane: number,
    members: readonly number[],
    out: Float64Array,
    at: number,
  ): number {
    return memberFigures((run.host as RocketHost).figuresOf(topicOf(run)).of(group), lane, members, out, at);
  }
}

const placeOf = (run: RunNode): TopicPlace => (run.host as RocketHost).places[run.place] as TopicPlace;

/** The brokers' number of a topic; −1 without one. */
const topicOf = (run: RunNode): number => (run.place >= 0 ? placeOf(run).topic : -1);

/** Two topics of one set of brokers differ in their names, also when one of them was renamed. */
function freeName(host: RocketHost, wanted: string): string {
  let name = wanted;
  const isTaken = () => host.placeOf[host.cluster.topicId(name)] !== undefined;
  for (let n = 2; isTaken(); n++) name = `${wanted}-${n}`;
  return name;
}
