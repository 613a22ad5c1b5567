import { partOfTopic } from "../../metrics/vocabulary.ts";
import { discardReason } from "../../models/model.ts";
import { groupOf } from "../../scenario/topology.ts";
import type { Scenario, ScenarioEdge, ScenarioNode, System } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT, ruleReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import type { GaugeTools } from "../readings.ts";
import { type ResetWish, resetWish } from "../reset-wish.ts";
import { type Output, Subscription } from "../session.ts";
import type { SystemDrawing } from "../system-drawing.ts";
import { TopicMembers } from "../topic-members.ts";
import type { RunEdge, RunNode, Topology } from "../topology.ts";
import { GroupFrames } from "./group-frames.ts";

const DELETED = discardReason("deleted");

/** What the drawing asks of a host whose topics are logs. */
interface DrawnLogs<Settings> extends Host {
  regroup(name: string, settings: Settings): void;
  resetGroup(name: string, wish: ResetWish): boolean;
  stopReading(subscription: Subscription): void;
}

/**
 * The drawing of a system whose topics are logs that groups read: a frame is a set of brokers that keeps topics, another one a group that says how its members read. What a
 * topic is to its brokers, each system says itself.
 */
export abstract class LogDrawing<H extends DrawnLogs<Settings>, Settings> implements SystemDrawing {
  abstract readonly system: System;
  abstract readonly stores: readonly string[];
  abstract readonly frame: string;
  abstract readonly implicit: string;
  /** Kinds of node. */
  protected abstract readonly topicKind: string;
  protected abstract readonly groupKind: string;
  protected readonly topology: Topology;
  protected readonly frames: GroupFrames<Settings> = new GroupFrames();
  protected readonly members: TopicMembers;

  constructor(topology: Topology) {
    this.topology = topology;
    this.members = new TopicMembers(topology);
  }

  abstract addHost(id: string, frame: ScenarioNode | undefined): H;
  abstract configureHost(host: Host, frame: ScenarioNode): void;
  abstract identityOf(frame: ScenarioNode | undefined): string;

  protected get hosts(): H[] {
    return this.topology.hosts.filter(({ system }) => system === this.system) as unknown as H[];
  }

  // ---- topics and groups

  protected abstract groupSettings(node: ScenarioNode): Settings;
  protected abstract declareTopic(run: RunNode, node: ScenarioNode): void;
  protected abstract changeTopic(run: RunNode, before: ScenarioNode, node: ScenarioNode): void;
  protected abstract removeTopic(run: RunNode): void;

  declare(run: RunNode, node: ScenarioNode): void {
    if (run.kind === this.groupKind) this.frames.add(run, this.groupSettings(node));
    else this.declareTopic(run, node);
  }

  change(run: RunNode, before: ScenarioNode, node: ScenarioNode): void {
    if (JSON.stringify(before.settings) === JSON.stringify(node.settings)) return;
    if (run.kind !== this.groupKind) {
      this.changeTopic(run, before, node);
      return;
    }
    const frame = this.frames.get(run.name);
    if (frame === undefined) return;
    frame.settings = this.groupSettings(node);
    for (const host of this.hosts) host.regroup(frame.own, frame.settings);
  }

  /** Topics and groups keep their names in the brokers. */
  rename(run: RunNode): void {
    if (run.kind === this.groupKind) this.frames.rename(run);
  }

  remove(run: RunNode): void {
    if (run.kind === this.groupKind) this.frames.remove(run);
    else this.removeTopic(run);
  }

  abstract purge(run: RunNode): boolean;

  /** It is told before its messages end. */
  protected tellOfDeletion(run: RunNode): void {
    const { core } = this.topology;
    core.log.add(EVENT.close, core.now, run.index, -1, -1, ruleReason(DELETED));
  }

  /** `group.reset` @returns false when its members read nothing */
  protected reset(run: RunNode, args: Readonly<Record<string, unknown>>): boolean {
    const wish = resetWish(args, this.topology.core.now);
    const own = this.frames.ownName(run.name);
    return this.hosts.map((host) => host.resetGroup(own, wish)).some((isDone) => isDone);
  }

  // ---- edges

  abstract aim(output: Output, to: RunNode, edge: ScenarioEdge): void;

  bind(): void {}

  unbind(): void {}

  /** Edges of a topic or of a client are made anew, as they are drawn. */
  protected rewire(drawn: ScenarioEdge, nodes: Map<string, ScenarioNode>): void {
    const { edgeOf, wiring } = this.topology;
    const known = edgeOf.get(drawn.id);
    if (known === undefined) return;
    wiring.detach(known);
    wiring.attach(known, drawn, nodes);
  }

  /** Clients that were put into the frame of a group, or taken out of it, read in another group. */
  applyLinks(document: Scenario): void {
    const { nodeOf, consumers } = this.topology;
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    for (const edge of document.edges) {
      if (edge.kind !== "consume" || nodeOf.get(edge.from)?.kind !== this.topicKind) continue;
      const wanted = this.frames.ownName(groupOf(document, edge));
      const isElsewhere = (nodeOf.get(edge.to)?.consumer?.instances ?? []).some((index) => {
        const own = consumers.instances[index]?.subscriptions.find((one) => one.edgeId === edge.id);
        const reader = own?.reader as { readers: { name: string } } | null | undefined;
        return reader != null && reader.readers.name !== wanted;
      });
      if (isElsewhere) this.rewire(edge, nodes);
    }
  }

  /** Whether the brokers let a client read; they tell those whom they do not. */
  protected mayRead(_host: H, _instance: ConsumerInstance, _topic: RunNode): boolean {
    return true;
  }

  /** The client begins to read in its group. @param group as it is drawn */
  protected abstract join(
    host: H,
    subscription: Subscription,
    topic: RunNode,
    drawn: ScenarioEdge,
    group: string,
  ): void;

  subscribe(instance: ConsumerInstance, edge: RunEdge, topic: RunNode, drawn: ScenarioEdge): void {
    const host = topic.host as unknown as H;
    if (topic.place < 0 || instance.subscriptions.some((other) => other.edgeId === edge.id)) return;
    const session = this.topology.wiring.consumerSession(instance, host);
    if (session === null || !this.mayRead(host, instance, topic)) return;
    const { subscriptions } = this.topology.consumers;
    const subscription = new Subscription(subscriptions.length, edge.id, edge.link, session, instance, topic.index);
    subscriptions.push(subscription);
    instance.subscriptions.push(subscription);
    this.join(host, subscription, topic, drawn, groupOf(this.topology.document as Scenario, drawn));
  }

  cancel(subscription: Subscription): void {
    (subscription.session.host as unknown as H).stopReading(subscription);
  }

  // ---- figures

  abstract gauges(run: RunNode, out: Float64Array, at: number, tools: GaugeTools): number;

  /** Of a topic, of one of its partitions or queues, and of a group's member there. @param group as brokers call it @returns where the next figure goes */
  protected abstract groupAt(run: RunNode, group: string, out: Float64Array, at: number): number;
  protected abstract laneAt(run: RunNode, lane: number, out: Float64Array, at: number): number;
  protected abstract memberAt(
    run: RunNode,
    group: string,
    lane: number,
    members: readonly number[],
    out: Float64Array,
    at: number,
  ): number;

  groupGauges(run: RunNode, out: Float64Array, start: number): number {
    const members = this.members.at(run);
    let at = start;
    for (const part of run.groups) {
      const { group, partition } = partOfTopic(part);
      const own = this.frames.ownName(group);
      if (partition < 0) at = this.groupAt(run, own, out, at);
      else if (group === "") at = this.laneAt(run, partition, out, at);
      else at = this.memberAt(run, own, partition, members.get(group) ?? [], out, at);
    }
    return at;
  }
}
