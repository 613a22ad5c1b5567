import { KafkaCluster, KafkaConsumers } from "../../models/kafka/index.ts";
import type { PartitionState } from "../../models/kafka/partition-state.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import type { Host } from "../host.ts";
import { LogDrawing } from "../logs/log-drawing.ts";
import { memberFigures, topicGroupFigures } from "../logs/log-figures.ts";
import type { Output, Subscription } from "../session.ts";
import type { RunNode } from "../topology.ts";
import { K } from "../vocabulary.ts";
import { groupFigures, partitionFigures, topicGauges } from "./figures.ts";
import { KafkaHost } from "./kafka-host.ts";
import { plainGroup } from "./kafka-readers.ts";
import { type GroupSettings, type Readers, TopicPlace } from "./places.ts";

/** Kafka's part of the drawing: topics are kept by a cluster, whose frame is a set of brokers; a group's frame says how its members read. */
export class KafkaDrawing extends LogDrawing<KafkaHost, GroupSettings> {
  readonly system = "kafka";
  readonly stores: readonly string[] = ["group", "topic"];
  readonly frame = "cluster";
  // No id of a document has a colon.
  readonly implicit = "kafka:";
  protected readonly topicKind = "topic";
  protected readonly groupKind = "group";
  /** Topics that were deleted by hand, by their nodes. */
  private readonly away: Map<string, TopicPlace> = new Map();

  // ---- clusters

  addHost(id: string, frame: ScenarioNode | undefined): KafkaHost {
    const { core } = this.topology;
    const s = settingsAs("cluster", frame ?? { kind: "cluster" });
    const cluster = new KafkaCluster(core.store, {
      sessionTimeoutMs: s.election,
      replicaLagMs: s.replicaLagMax,
      retentionCheckMs: s.retentionCheck,
      initialTaskDelayMs: s.retentionCheck,
      cleanerBackoffMs: s.retentionCheck,
      replicationDelay: s.replicaDelay * 1000,
      flushInterval: s.flushEvery * 1000,
    });
    const consuming = new KafkaConsumers(cluster, {
      initialRebalanceDelayMs: s.rebalanceTime,
      minSessionTimeoutMs: 1,
    });
    const host = new KafkaHost(this.topology, id, s, cluster, consuming);
    cluster.watch(consuming);
    for (let broker = 1; broker <= s.brokers; broker++) cluster.addBroker(broker);
    host.frame = frame;
    return host;
  }

  configureHost(host: Host, frame: ScenarioNode): void {
    host.frame = frame;
    (host as KafkaHost).configure(settingsAs("cluster", frame));
  }

  identityOf(frame: ScenarioNode | undefined): string {
    if (frame === undefined) return this.implicit;
    const { restart: _, users: __, flushEvery: ___, ...fixed } = settingsAs("cluster", frame);
    return JSON.stringify([frame.id, fixed]);
  }

  // ---- topics and groups

  protected groupSettings(node: ScenarioNode): GroupSettings {
    return settingsAs("group", node);
  }

  protected declareTopic(run: RunNode, node: ScenarioNode): void {
    const host = run.host as KafkaHost;
    const name = freeName(host, run.brokerName);
    const { partitions, replication } = settingsAs("topic", node);
    const replicas = Math.min(replication, host.brokers.length);
    const plan = { assignment: { partitions, replicas }, config: topicConfig(node) };
    // Its first events name the place: it is there before the topic is.
    const topic = host.cluster.state.topics.length;
    const place = new TopicPlace(host.places.length, run, topic, name, K, this.topology.core.meters);
    host.placeOf[place.topic] = place;
    if (host.cluster.createTopic(name, plan, host.tick(), host) !== "") {
      host.placeOf[place.topic] = undefined;
      return;
    }
    host.places.push(place);
    run.place = place.id;
    host.goOn();
  }

  protected changeTopic(run: RunNode, before: ScenarioNode, node: ScenarioNode): void {
    // What was deleted is made with what is drawn then.
    if (run.isAway) return;
    const [old, now] = [settingsAs("topic", before), settingsAs("topic", node)];
    // Partitions are never taken away, and copies do not move by themselves: that is another topic.
    if (now.partitions < old.partitions || now.replication !== old.replication || run.place < 0) {
      if (run.place >= 0) this.remove(run);
      run.place = -1;
      this.declareTopic(run, node);
      this.rewireTopic(run);
      return;
    }
    const host = run.host as KafkaHost;
    const { name } = placeOf(run);
    host.cluster.configureTopic(name, topicConfig(node), host.tick(), host);
    if (now.partitions > old.partitions) this.addPartitions(run, now.partitions);
    host.goOn();
  }

  private addPartitions(run: RunNode, total: number): boolean {
    const host = run.host as KafkaHost;
    const { topic, name } = placeOf(run);
    const before = host.cluster.partitionCount(topic);
    const isDone = host.cluster.addPartitions(name, total, host.tick(), host) === "";
    if (isDone) host.partitionsAdded(topic, before);
    return isDone;
  }

  /** Edges of a topic that was made anew. */
  private rewireTopic(run: RunNode): void {
    const { document } = this.topology;
    const nodes = new Map(document?.nodes.map((node) => [node.id, node]));
    for (const edge of document?.edges ?? []) if (edge.from === run.id || edge.to === run.id) this.rewire(edge, nodes);
  }

  /** Deletes all records up to the high watermark. */
  purge(run: RunNode): boolean {
    if (run.kind !== "topic" || run.place < 0) return false;
    const host = run.host as KafkaHost;
    const { topic } = placeOf(run);
    for (let i = host.cluster.partitionCount(topic) - 1; i >= 0; i--) {
      const partition = host.cluster.partitionId(topic, i);
      host.cluster.deleteRecords(partition, -1, host.tick(), host);
    }
    host.goOn();
    return true;
  }

  /** The oldest records of its partitions, a partition after the other. */
  peek(run: RunNode, most: number): number[] {
    const found: number[] = [];
    if (run.kind !== "topic") return found;
    const { cluster } = run.host as KafkaHost;
    for (const id of cluster.partitionsOf(placeOf(run).topic)) {
      const { log } = cluster.state.partitions[id] as PartitionState;
      for (let at = log.placeOf(log.start); at < log.head + log.count && found.length < most; at++)
        if ((log.handles[at] as number) >= 0) found.push(log.handles[at] as number);
    }
    return found;
  }

  protected removeTopic(run: RunNode): void {
    const host = run.host as KafkaHost;
    const place = placeOf(run);
    host.cluster.deleteTopic(place.name, host.tick(), host);
    host.placeOf[place.topic] = undefined;
    host.goOn();
  }

  /**
   * DeleteTopics. Producers are answered UNKNOWN_TOPIC_OR_PARTITION and try again until their delivery time-out; groups forget their offsets, and deal its partitions no more
   * once a member asks for the metadata again.
   */
  deleteByHand(run: RunNode): boolean {
    if (run.kind !== "topic") return false;
    const host = run.host as KafkaHost;
    const place = placeOf(run);
    this.tellOfDeletion(run);
    // Its place stays: there may be answers under way, and records that clients have fetched.
    host.cluster.deleteTopic(place.name, host.tick(), host);
    this.away.set(run.id, place);
    run.place = -1;
    run.isAway = true;
    host.goOn();
    return true;
  }

  /** CreateTopics by the old name: empty, with other partitions. Clients that know it by name find it there. */
  declareAnew(run: RunNode, node: ScenarioNode): boolean {
    if (!run.isAway) return false;
    const host = run.host as KafkaHost;
    const before = this.away.get(run.id);
    this.declareTopic(run, node);
    if (run.place < 0) return false;
    run.isAway = false;
    this.away.delete(run.id);
    if (before !== undefined) host.replaced(before, placeOf(run));
    const { edgeOf, nodeOf, consumers, wiring } = this.topology;
    for (const edge of edgeOf.values()) {
      if (edge.to === run.id && edge.output !== null) this.aim(edge.output, run);
      if (edge.from !== run.id || edge.kind !== "consume") continue;
      for (const index of nodeOf.get(edge.to)?.consumer?.instances ?? [])
        wiring.subscribe(consumers.instances[index] as ConsumerInstance, edge);
    }
    host.goOn();
    return true;
  }

  operate(run: RunNode, operation: string, args: Readonly<Record<string, unknown>>): boolean {
    if (operation === "topic.partitions" && run.kind === "topic" && run.place >= 0) {
      const isDone = this.addPartitions(run, Number(args.total));
      (run.host as KafkaHost).goOn();
      return isDone;
    }
    return operation === "group.reset" && run.kind === "group" && this.reset(run, args);
  }

  badges(run: RunNode): string[] {
    if (run.kind !== "group") return [];
    return this.hosts.some((host) => host.isRebalancing(this.frames.ownName(run.name))) ? ["rebalancing"] : [];
  }

  // ---- edges

  aim(output: Output, to: RunNode): void {
    output.exchangeNode = to.index;
    output.exchangeName = "";
    output.declares = null;
    // A topic that was deleted keeps its name with those who write to it.
    output.exchange = (to.place >= 0 ? placeOf(to) : this.away.get(to.id))?.topic ?? -1;
    output.key = to.brokerName;
  }

  protected override mayRead(host: KafkaHost, instance: ConsumerInstance, topic: RunNode): boolean {
    return host.mayRead(instance, placeOf(topic));
  }

  protected join(
    host: KafkaHost,
    subscription: Subscription,
    topic: RunNode,
    drawn: ScenarioEdge,
    group: string,
  ): void {
    const isFromStart = settingsAs("consume", drawn).start === "all";
    const readers = this.readersFor(host, group, subscription.client, isFromStart);
    host.read(subscription, placeOf(topic), readers, isFromStart);
  }

  private readersFor(host: KafkaHost, name: string, instance: ConsumerInstance, isFromStart: boolean): Readers {
    const plain = plainGroup(settingsAs("group", { kind: "group" }), isFromStart);
    if (name === "") return host.aloneFor(instance, plain);
    const frame = this.frames.get(name);
    return host.groupFor(this.frames.ownName(name), frame?.settings ?? plain, frame?.run ?? null);
  }

  // ---- figures

  gauges(run: RunNode, out: Float64Array, at: number): number {
    if (run.kind === "group") return groupFigures(this.hosts, this.frames.ownName(run.name), out, at);
    return topicGauges(run.host as KafkaHost, topicOf(run), out, at);
  }

  protected groupAt(run: RunNode, group: string, out: Float64Array, at: number): number {
    return topicGroupFigures((run.host as KafkaHost).figuresOf(topicOf(run)).of(group), out, at);
  }

  protected laneAt(run: RunNode, lane: number, out: Float64Array, at: number): number {
    return partitionFigures(run.host as KafkaHost, topicOf(run), lane, out, at);
  }

  protected memberAt(
    run: RunNode,
    group: string,
    lane: number,
    members: readonly number[],
    out: Float64Array,
    at: number,
  ): number {
    return memberFigures((run.host as KafkaHost).figuresOf(topicOf(run)).of(group), lane, members, out, at);
  }
}

const placeOf = (run: RunNode): TopicPlace => (run.host as KafkaHost).places[run.place] as TopicPlace;

/** The cluster's number of a topic; −1 while it is not there. */
const topicOf = (run: RunNode): number => (run.place >= 0 ? placeOf(run).topic : -1);

/** Two topics of one cluster differ in their names, also when one of them was renamed. */
function freeName(host: KafkaHost, wanted: string): string {
  let name = wanted;
  for (let n = 2; host.cluster.topicId(name) >= 0; n++) name = `${wanted}-${n}`;
  return name;
}

const limit = (value: number | null): string => (value === null ? "-1" : String(value));

function topicConfig(node: ScenarioNode): Record<string, string> {
  const s = settingsAs("topic", node);
  return {
    "min.insync.replicas": String(s.minInsync),
    "retention.ms": limit(s.retentionTime),
    "retention.bytes": limit(s.retentionBytes),
    "cleanup.policy": s.cleanup,
    "segment.ms": String(s.segmentTime),
    "unclean.leader.election.enable": String(s.uncleanElection),
  };
}
