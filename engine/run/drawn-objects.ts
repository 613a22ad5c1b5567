import type { QueueOptions } from "../models/rabbitmq/index.ts";
import { settingsAs } from "../scenario/schema.ts";
import type { ScenarioNode } from "../scenario/types.ts";
import type { ConsumerInstance } from "./consumers.ts";
import type { Drawn, Rights } from "./drawn.ts";
import type { RabbitDrawing } from "./rabbit-drawing.ts";
import type { RabbitHost } from "./rabbit-host.ts";
import { QueuePlace } from "./rabbit-places.ts";
import { type Subscription, sessionOn } from "./session.ts";
import type { RunNode, Topology } from "./topology.ts";

/** What becomes of drawn objects while the broker lives its own life: queues that go and come back, consumers that connect again. */
export class DrawnObjects implements Drawn {
  private readonly topology: Topology;
  private readonly drawing: RabbitDrawing;

  constructor(topology: Topology, drawing: RabbitDrawing) {
    this.topology = topology;
    this.drawing = drawing;
  }

  queueGone(node: number): void {
    const run = this.topology.nodes[node] as RunNode;
    run.place = -1;
    run.isAway = true;
  }

  reconnect(instance: ConsumerInstance): boolean {
    this.topology.wiring.reconnect(instance);
    return instance.session !== null;
  }

  /** What was drawn while the broker was away is declared now. */
  brokerStarted(index: number): void {
    const host = this.topology.hosts[index] as RabbitHost;
    for (const run of [...this.topology.nodeOf.values()]) {
      if (run.host !== host || run.place >= 0 || run.isAway || (run.kind !== "queue" && run.kind !== "exchange"))
        continue;
      this.drawing.redeclare(run, this.nodeOf(run));
    }
  }

  queueMade(node: number, queue: number): void {
    const run = this.topology.nodes[node] as RunNode;
    const host = run.host as RabbitHost;
    run.place = queue;
    run.isAway = false;
    host.placeQueue(queue, new QueuePlace(run.index, run.slots, host.model.isStream(queue), this.topology.core.meters));
    // Its old bindings went with it; a client that declares a queue binds it as well.
    const { document, edgeOf, wiring } = this.topology;
    const nodes = new Map(document?.nodes.map((drawn) => [drawn.id, drawn]));
    for (const edge of document?.edges ?? []) {
      const known = edgeOf.get(edge.id);
      if (edge.kind === "binding" && edge.to === run.id && known !== undefined) wiring.attach(known, edge, nodes);
    }
    // Others that lost it when it went find it again.
    for (const edge of edgeOf.values()) {
      if (edge.kind !== "consume" || edge.from !== run.id) continue;
      const taker = this.topology.nodeOf.get(edge.to)?.consumer;
      for (const at of taker?.instances ?? []) {
        const instance = this.topology.consumers.instances[at] as ConsumerInstance;
        const isConnected = sessionOn(instance, host) !== null;
        if (isConnected && !instance.subscriptions.some((s) => s.edgeId === edge.id)) wiring.subscribe(instance, edge);
      }
    }
  }

  declarationOf(node: number): { name: string; options: QueueOptions } {
    const run = this.topology.nodes[node] as RunNode;
    return { name: run.brokerName, options: this.drawing.queueOptions(this.nodeOf(run)) };
  }

  userOf(host: number, name: string): Rights | undefined {
    const { frame } = this.topology.hosts[host] as RabbitHost;
    const user = frame && settingsAs("broker", frame).users.find((other) => other.name === name);
    return user && this.drawing.permissionsOf(user);
  }

  polled(subscription: Subscription, epoch: number): void {
    this.drawing.polled(subscription, epoch);
  }

  private nodeOf(run: RunNode): ScenarioNode {
    return this.topology.document?.nodes.find((node) => node.id === run.id) as ScenarioNode;
  }
}
