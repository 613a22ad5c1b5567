import { partOfTopic } from "../../metrics/vocabulary.ts";
import { KafkaCluster, KafkaConsumers } from "../../models/kafka/index.ts";
import type { PartitionState } from "../../models/kafka/partition-state.ts";
import { discardReason } from "../../models/model.ts";
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
import { groupFigures, memberFigures, partitionFigures, topicGauges, topicGroupFigures } from "./figures.ts";
import { GROUP_PLACES, KafkaHost } from "./kafka-host.ts";
import { plainGroup } from "./kafka-readers.ts";
import { type GroupSettings, type Readers, TopicPlace } from "./places.ts";

const DELETED = discardReason("deleted");

/** Kafka's part of the drawing: topics are kept by a cluster, whose frame is a set of brokers; a group's frame says how its members read. */
export class KafkaDrawing implements SystemDrawing {
  readonly stores: readonly string[] = ["group", "topic"];
  readonly frame = "cluster";
  // No id of a document has a colon.
  readonly implicit = "kafka:";
  private readonly topology: Topology;
  /** Frames of groups, by their names. */
  private readonly frames: Map<string, { run: RunNode; settings: GroupSettings }> = new Map();
  private groupCount = 0;
  private readonly members: TopicMembers;
  /** Topics that were deleted by hand, by their nodes. */
  private readonly away: Map<string, TopicPlace> = new Map();

  constructor(topology: Topology) {
    this.topology = topology;
    this.members = new TopicMembers(topology);
  }

  // ---- clusters

  addHost(id: string, frame: ScenarioNode | undefined): KafkaHost {
    const { core, producers, consumers, hosts } = this.topology;
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
    const host = new KafkaHost(this.topology, id, s, consuming, core, hosts.length, id, producers, consumers, cluster);
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

  private get hosts(): KafkaHost[] {
    return this.topology.hosts.filter((host): host is KafkaHost => host instanceof KafkaHost);
  }

  // ---- topics and groups

  declare(run: RunNode, node: ScenarioNode): void {
    if (run.kind === "group") {
      run.place = GROUP_PLACES + this.groupCount++;
      this.frames.set(run.name, { run, settings: settingsAs("group", node) });
      return;
    }
    const host = run.host as KafkaHost;
    const name = freeName(host, run.brokerName);
    const { partitions, replication } = settingsAs("topic", node);
    const replicas = Math.min(replication, host.brokers.length);
    const plan = { assignment: { partitions, replicas }, config: topicConfig(node) };
    // Its first events name the place: it is there before the topic is.
    const place = new TopicPlace(
      host.places.length,
      run,
      host.cluster.state.topics.length,
      name,
      this.topology.core.meters,
    );
    host.placeOf[place.topic] = place;
    if (host.cluster.createTopic(name, plan, host.tick(), host) !== "") {
      host.placeOf[place.topic] = undefined;
      return;
    }
    host.places.push(place);
    run.place = place.id;
    host.goOn();
  }

  change(run: RunNode, before: ScenarioNode, node: ScenarioNode): void {
    if (JSON.stringify(before.settings) === JSON.stringify(node.settings)) return;
    if (run.kind === "group") {
      const frame = this.frames.get(run.name);
      if (frame === undefined) return;
      frame.settings = settingsAs("group", node);
      for (const host of this.hosts) host.regroup(run.name, frame.settings);
      return;
    }
    // What was deleted is made with what is drawn then.
    if (run.isAway) return;
    const [old, now] = [settingsAs("topic", before), settingsAs("topic", node)];
    // Partitions are never taken away, and copies do not move by themselves: that is another topic.
    if (now.partitions < old.partitions || now.replication !== old.replication || run.place < 0) {
      if (run.place >= 0) this.remove(run);
      run.place = -1;
      this.declare(run, node);
      this.rewire(run);
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
  private rewire(run: RunNode): void {
    const { document, edgeOf, wiring } = this.topology;
    const nodes = new Map(document?.nodes.map((node) => [node.id, node]));
    for (const edge of document?.edges ?? []) {
      const known = edge.from === run.id || edge.to === run.id ? edgeOf.get(edge.id) : undefined;
      if (known === undefined) continue;
      wiring.detach(known);
      wiring.attach(known, edge, nodes);
    }
  }

  /** A topic keeps its name in the cluster; a group takes its readers and offsets along. */
  rename(run: RunNode): void {
    if (run.kind !== "group") return;
    for (const [name, { run: other }] of this.frames) {
      if (other !== run) continue;
      const frame = this.frames.get(name) as { run: RunNode; settings: GroupSettings };
      this.frames.delete(name);
      this.frames.set(run.name, frame);
    }
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

  remove(run: RunNode): void {
    if (run.kind === "group") {
      this.frames.delete(run.name);
      return;
    }
    const host = run.host as KafkaHost;
    const place = placeOf(run);
    place.isGone = true;
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
    const { core } = this.topology;
    core.log.add(EVENT.close, core.now, run.index, -1, -1, ruleReason(DELETED));
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
    this.declare(run, node);
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
    if (operation !== "group.reset" || run.kind !== "group") return false;
    const wish = resetWish(args, this.topology.core.now);
    return this.hosts.map((host) => host.resetGroup(run.name, wish)).some((isDone) => isDone);
  }

  badges(run: RunNode): string[] {
    if (run.kind !== "group") return [];
    return this.hosts.some((host) => host.isRebalancing(run.name)) ? ["rebalancing"] : [];
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

  bind(): void {}

  unbind(): void {}

  /** Clients that were put into the frame of a group, or taken out of it, read in another group. */
  applyLinks(document: Scenario): void {
    const { nodeOf, edgeOf, wiring, consumers } = this.topology;
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    for (const edge of document.edges) {
      if (edge.kind !== "consume" || nodeOf.get(edge.from)?.kind !== "topic") continue;
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
    const host = store.host as KafkaHost;
    if (store.place < 0 || instance.subscriptions.some((other) => other.edgeId === edge.id)) return;
    const session = this.topology.wiring.consumerSession(instance, host);
    if (session === null || !host.mayRead(instance, placeOf(store))) return;
    const { subscriptions } = this.topology.consumers;
    const subscription = new Subscription(subscriptions.length, edge.id, edge.link, session, instance, store.index);
    subscriptions.push(subscription);
    instance.subscriptions.push(subscription);
    const document = this.topology.document as Scenario;
    const isFromStart = settingsAs("consume", drawn).start === "all";
    const readers = this.readersFor(host, groupOf(document, drawn), instance, isFromStart);
    host.read(subscription, placeOf(store), readers, isFromStart);
  }

  private readersFor(host: KafkaHost, name: string, instance: ConsumerInstance, isFromStart: boolean): Readers {
    const plain = plainGroup(settingsAs("group", { kind: "group" }), isFromStart);
    if (name === "") return host.aloneFor(instance, plain);
    const frame = this.frames.get(name);
    return host.groupFor(name, frame?.settings ?? plain, frame?.run ?? null);
  }

  cancel(subscription: Subscription): void {
    (subscription.session.host as KafkaHost).stopReading(subscription);
  }

  // ---- figures

  gauges(run: RunNode, out: Float64Array, at: number, _tools: GaugeTools): number {
    if (run.kind === "group") return groupFigures(this.hosts, run.name, out, at);
    const place = run.place >= 0 ? placeOf(run) : null;
    return topicGauges(run.host as KafkaHost, place?.topic ?? -1, out, at);
  }

  groupGauges(run: RunNode, out: Float64Array, start: number): number {
    const host = run.host as KafkaHost;
    const topic = run.place >= 0 ? placeOf(run).topic : -1;
    const members = this.members.at(run);
    let at = start;
    for (const part of run.groups) {
      const { group, partition } = partOfTopic(part);
      if (partition < 0) at = topicGroupFigures(host, topic, group, out, at);
      else if (group === "") at = partitionFigures(host, topic, partition, out, at);
      else at = memberFigures(host.figuresOf(topic).of(group), partition, members.get(group) ?? [], out, at);
    }
    return at;
  }
}

const placeOf = (run: RunNode): TopicPlace => (run.host as KafkaHost).places[run.place] as TopicPlace;

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
