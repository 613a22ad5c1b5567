import type { Table } from "../models/messages.ts";
import { argumentsOf, INSTANCES_MAX, OPERATIONS, operationSpec, operationsFor } from "../scenario/operations.ts";
import type { Settings } from "../scenario/types.ts";
import { consumerConfig } from "./config.ts";
import type { ConsumerInstance } from "./consumers.ts";
import { AT, EVENT_BITS } from "./core.ts";
import { EVENT } from "./event-log.ts";
import { isTroubled, type LinkTrouble, noTrouble, troubleBadges, troubledConfig } from "./link-troubles.ts";
import type { ProducerInstance } from "./producer-node.ts";
import { sessionsOf } from "./session.ts";
import type { RunEdge, RunNode, Topology } from "./topology.ts";
import { Wiretap } from "./wiretap.ts";

/** What a fault of a link is called in an event, by its figure; 0 = it is well again. */
const LINK_FAULTS = ["edge.heal", "edge.cut", "edge.loss", "edge.slow", "edge.bandwidth"];
/** Edges inside a broker are no network. */
const INSIDE = ["binding", "deadLetter", "alternate"];

/**
 * What a person or a script can do to a running node. `undo` takes it back where that has a meaning. Names are those of the timeline (`producer.pause`, …).
 * An unknown name or target is answered with false; nothing happens.
 */
export class Operations {
  readonly topology: Topology;

  constructor(topology: Topology) {
    this.topology = topology;
  }

  perform(operation: string, target: string, given: Record<string, unknown>, undo: boolean): boolean {
    const spec = operationSpec(operation);
    if (spec === undefined || (undo && !spec.undo)) return false;
    const { document } = this.topology;
    if (document !== null && !operationsFor(document, target).includes(spec)) return false;
    const args = argumentsOf(spec, given as Settings);
    const edge = this.topology.edgeOf.get(target);
    if (edge !== undefined) return this.onLink(operation, edge, args, undo);
    const run = this.topology.nodeOf.get(target);
    const done =
      run !== undefined
        ? this.dispatch(operation, run, args, undo)
        : target === "system" && this.onNetwork(operation, args, undo);
    const value = 2 * OPERATIONS.indexOf(spec) + (undo ? 1 : 0);
    if (done) this.topology.core.log.add(EVENT.act, this.topology.core.now, run?.index ?? -1, -1, -1, undefined, value);
    return done;
  }

  private dispatch(operation: string, run: RunNode, args: Settings, undo: boolean): boolean {
    if (operation.startsWith("node.")) return this.onNode(operation, run, Number(args.node) - 1, undo);
    switch (operation) {
      case "producer.pause":
        return this.setRate(run, undo ? 1 : 0);
      case "producer.resume":
        return this.setRate(run, undo ? 0 : 1);
      case "producer.rate":
        return this.setRate(run, undo ? 1 : Number(args.factor));
      case "producer.burst":
        if (run.producer === null || undo) return false;
        this.topology.producers.publishNow(run.producer, Math.max(0, Math.min(100_000, Number(args.count))));
        return true;
      case "producer.publish":
        return !undo && this.publish(run, args);
      case "producer.crash":
        return undo ? this.startMaker(run) : this.crashMaker(run);
      case "producer.restart":
        return undo ? this.crashMaker(run) : this.startMaker(run);
      case "consumer.kill":
        return undo ? this.restart(run) : this.stop(run, true);
      case "consumer.stop":
        return undo ? this.restart(run) : this.stop(run, false);
      case "consumer.restart":
        return undo ? this.stop(run, true) : this.restart(run);
      case "consumer.slow":
        return this.slow(run, undo ? 1 : Number(args.factor));
      case "consumer.fail":
        return this.fail(run, undo ? 0 : Number(args.share), undo ? [] : (args.keys as string[]));
      case "consumer.scale":
        // So many more are taken away again; a number gives way to the drawn one.
        return this.scale(run, undo ? null : (args.instances as number | null), Number(args.by) * (undo ? -1 : 1));
      case "consumer.prefetch":
        return this.topology.override(run, { prefetch: undo ? null : Number(args.prefetch) });
      case "consumer.hang":
        if (run.consumer === null) return false;
        run.consumer.hanging = !undo;
        if (undo) this.topology.consumers.wake(run.consumer);
        return true;
      case "consumer.cancel":
        return !undo && this.cancel(run);
      case "consumer.recover":
        return !undo && this.recover(run);
      case "broker.restart":
      case "broker.crash":
        if (!this.isFrame(run) || run.host === null) return false;
        if (undo) run.host.start();
        else run.host.stop(operation === "broker.crash");
        return true;
      case "broker.power":
        if (!this.isFrame(run) || run.host === null) return false;
        if (!undo) return run.host.cutPower?.() ?? false;
        run.host.start();
        return true;
      case "broker.alarm":
        if (!this.isFrame(run) || run.host === null) return false;
        return run.host.forceAlarm(!undo);
      case "broker.clear":
        if (!this.isFrame(run) || run.host === null || undo) return false;
        return [run.host.fillDisk?.(false), run.host.forceAlarm(false)].includes(true);
      case "broker.diskFull":
        return this.isFrame(run) && (run.host?.fillDisk?.(!undo) ?? false);
      case "broker.disk":
        return this.isFrame(run) && (run.host?.slowDisk?.(undo ? 1 : Number(args.factor)) ?? false);
      case "broker.revoke":
        return this.isFrame(run) && (run.host?.permit?.(String(args.user), undo) ?? false);
      case "broker.expire":
        return this.isFrame(run) && (run.host?.expire?.(String(args.user), !undo) ?? false);
      case "broker.renew":
        return this.isFrame(run) && (run.host?.expire?.(String(args.user), undo) ?? false);
      case "broker.grant":
        return this.isFrame(run) && (run.host?.permit?.(String(args.user), !undo) ?? false);
      case "queue.pause":
        return this.holdBack(run, !undo);
      case "queue.resume":
        return this.holdBack(run, undo);
      case "queue.leaderCrash":
        return this.crashLeader(run, undo);
      case "queue.delete":
        return undo ? this.declareAgain(run) : this.remove(run);
      case "queue.create":
        return !undo && this.declareAgain(run);
      case "queue.purge": {
        if (run.host === null || run.place < 0 || undo) return false;
        return this.topology.drawingOf(run)?.purge(run) ?? false;
      }
      default:
        return !undo && (this.topology.drawingOf(run)?.operate?.(run, operation, args) ?? false);
    }
  }

  /** @param by so many more or fewer than there are, 0 = `wanted`; null = as many as are drawn */
  private scale(run: RunNode, wanted: number | null, by: number): boolean {
    const { consumer } = run;
    const node = this.topology.document?.nodes.find(({ id }) => id === run.id);
    if (consumer === null || node === undefined) return false;
    const drawn = consumerConfig(node).instances;
    const total = by === 0 ? (wanted ?? drawn) : consumer.config.instances + by;
    if (total < 1 || total > INSTANCES_MAX) return false;
    return this.topology.override(run, { instances: total === drawn ? null : total });
  }

  private isFrame(run: RunNode): boolean {
    return this.topology.drawingOf(run)?.frame === run.kind;
  }

  private setRate(run: RunNode, factor: number): boolean {
    const { producer } = run;
    if (producer === null) return false;
    producer.rateFactor = factor;
    for (const index of producer.instances) {
      this.topology.producers.plan(this.topology.producers.instances[index] as ProducerInstance, true);
    }
    return true;
  }

  private publish(run: RunNode, args: Settings): boolean {
    if (run.producer === null) return false;
    const headers = args.headers as Table;
    this.topology.producers.publishByHand(run.producer, Math.max(1, Math.min(100_000, Number(args.count))), {
      key: String(args.routingKey),
      orderKey: String(args.key),
      ...(args.payload !== "" && { payload: String(args.payload) }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(args.priority !== null && { priority: Number(args.priority) }),
      ...(args.ttl !== null && { expirationMs: Number(args.ttl) }),
    });
    return true;
  }

  /** What was in it is discarded. */
  private remove(run: RunNode): boolean {
    if (run.place < 0 || run.isAway || run.host === null || run.host.isDown) return false;
    return this.topology.drawingOf(run)?.deleteByHand?.(run) ?? false;
  }

  private declareAgain(run: RunNode): boolean {
    const drawn = this.topology.document?.nodes.find((node) => node.id === run.id);
    if (drawn === undefined || run.host === null || run.host.isDown) return false;
    return this.topology.drawingOf(run)?.declareAnew?.(run, drawn) ?? false;
  }

  private crashMaker(run: RunNode): boolean {
    if (run.producer === null) return false;
    if (run.consumer !== null) return this.stop(run, true);
    this.topology.producers.crash(run.producer);
    return true;
  }

  private startMaker(run: RunNode): boolean {
    if (run.producer === null) return false;
    if (run.consumer !== null) return this.restart(run);
    this.topology.producers.start(run.producer);
    return true;
  }

  /** The network between two nodes: worse in one more way, as it was in this way, or (`edge.heal`) as it is drawn. */
  private onLink(operation: string, edge: RunEdge, args: Settings, undo: boolean): boolean {
    const trouble: LinkTrouble = { ...(edge.trouble ?? noTrouble()) };
    switch (operation) {
      case "edge.cut":
        trouble.cut = !undo;
        break;
      case "edge.loss":
        if (!(Number(args.share) >= 0 && Number(args.share) <= 1)) return false;
        trouble.loss = undo ? 0 : Number(args.share);
        break;
      case "edge.slow":
        if (!(Number(args.ms) >= 0)) return false;
        trouble.delay = undo ? 0 : Number(args.ms);
        break;
      case "edge.bandwidth":
        if (!(Number(args.bytes) > 0)) return false;
        trouble.bandwidth = undo ? 0 : Number(args.bytes);
        break;
      case "edge.tap":
        return this.listen(edge, !undo);
      case "edge.untap":
        return this.listen(edge, undo);
      case "edge.heal":
        return this.setTrouble(edge, null, 0);
      default:
        return false;
    }
    return this.setTrouble(edge, trouble, undo ? 0 : LINK_FAULTS.indexOf(operation));
  }

  /** Puts a probe on a link, or takes it off with all that it has seen. */
  private listen({ link }: RunEdge, on: boolean): boolean {
    if ((link.tap !== null) === on) return false;
    link.tap = on ? new Wiretap() : null;
    const { core, edgeOf } = this.topology;
    core.isTapped = [...edgeOf.values()].some((other) => other.link.tap !== null);
    return true;
  }

  /** @param fault what is told, see `LINK_FAULTS` */
  private setTrouble(edge: RunEdge, trouble: LinkTrouble | null, fault: number): boolean {
    const { core, document, nodeOf } = this.topology;
    const drawn = document?.edges.find((other) => other.id === edge.id);
    if (drawn === undefined) return false;
    edge.trouble = trouble !== null && isTroubled(trouble) ? trouble : null;
    edge.link.configure(troubledConfig(drawn, edge.trouble), core.calendar);
    const [from, to] = [nodeOf.get(edge.from)?.index ?? -1, nodeOf.get(edge.to)?.index ?? -1];
    core.log.add(EVENT.fault, core.now, from, -1, to, undefined, fault);
    return true;
  }

  /** Some nodes and the rest cannot reach each other: every link between them is cut. What stands in a frame goes with it. */
  private onNetwork(operation: string, args: Settings, undo: boolean): boolean {
    if (operation === "network.heal") {
      for (const edge of this.topology.edgeOf.values()) if (edge.trouble !== null) this.setTrouble(edge, null, 0);
      return true;
    }
    if (operation !== "network.partition") return false;
    const apart = this.withContents((args.nodes as string[]) ?? []);
    let count = 0;
    for (const edge of this.topology.edgeOf.values()) {
      if (INSIDE.includes(edge.kind) || apart.has(edge.from) === apart.has(edge.to)) continue;
      count++;
      const trouble = { ...(edge.trouble ?? noTrouble()) };
      // A partition that was healed meanwhile has nothing to give back.
      if (undo && trouble.partitions === 0) continue;
      trouble.partitions += undo ? -1 : 1;
      this.setTrouble(edge, trouble, trouble.partitions > 0 || trouble.cut ? 1 : 0);
    }
    return count > 0;
  }

  private withContents(ids: readonly string[]): ReadonlySet<string> {
    const found = new Set(ids);
    const nodes = this.topology.document?.nodes ?? [];
    for (let before = -1; before !== found.size; ) {
      before = found.size;
      for (const { id, parent } of nodes) if (parent !== undefined && found.has(parent)) found.add(id);
    }
    return found;
  }

  /** One node of a cluster. @param node from 0 */
  private onNode(operation: string, run: RunNode, node: number, undo: boolean): boolean {
    const { host } = run;
    if (!this.isFrame(run) || host === null) return false;
    if (operation === "node.start" || undo) return host.startNode?.(node) ?? false;
    if (operation === "node.power") return host.cutNodePower?.(node) ?? false;
    return host.stopNode?.(node, operation === "node.crash", operation === "node.stop") ?? false;
  }

  private crashLeader(run: RunNode, undo: boolean): boolean {
    const { host, place } = run;
    const { crashedLeaders } = this.topology;
    if (host === null || place < 0) return false;
    const node = undo ? (crashedLeaders.get(run.id) ?? -1) : (host.leaderOf?.(place) ?? -1);
    if (undo) return host.startNode?.(node) ?? false;
    crashedLeaders.set(run.id, node);
    return host.stopNode?.(node, true, false) ?? false;
  }

  /** Nothing of a store is given to anybody, until that is taken back. */
  private holdBack(run: RunNode, on: boolean): boolean {
    const drawing = this.topology.drawingOf(run);
    if (run.host === null || drawing === undefined || drawing.frame === run.kind || run.isPaused === on) return false;
    const drawn = this.topology.document?.nodes.find(({ id }) => id === run.id);
    // It would be gone with its last consumer.
    if (on && drawn?.settings?.autoDelete === true) return false;
    if (on) this.topology.wiring.holdBack(run);
    else this.topology.wiring.letGoOn(run);
    return true;
  }

  /** Works at a multiple of the speed that the drawing sets; what is at work already is not touched. */
  private slow(run: RunNode, factor: number): boolean {
    const drawn = this.topology.document?.nodes.find((node) => node.id === run.id);
    if (run.consumer === null || drawn === undefined || !(factor > 0)) return false;
    return this.topology.override(run, { speed: factor === 1 ? null : consumerConfig(drawn).speed * factor });
  }

  /** A share of the work fails, and all of some keys. With neither it is as drawn again. */
  private fail(run: RunNode, share: number, keys: readonly string[]): boolean {
    if (!(share >= 0 && share <= 1)) return false;
    const asDrawn = share === 0 && keys.length === 0;
    return this.topology.override(run, { failRate: asDrawn ? null : share, failKeys: asDrawn ? null : [...keys] });
  }

  /** basic.cancel: nothing more is delivered; what the client holds stays with it. A restart subscribes again. */
  private cancel(run: RunNode): boolean {
    const { consumer } = run;
    if (consumer === null) return false;
    for (const index of consumer.instances) {
      this.topology.wiring.unsubscribe(this.topology.consumers.instances[index] as ConsumerInstance);
    }
    return true;
  }

  /** basic.recover: everything unacknowledged goes back to its queue and is delivered again. */
  private recover(run: RunNode): boolean {
    const { consumer } = run;
    if (consumer === null) return false;
    for (const index of consumer.instances) {
      const instance = this.topology.consumers.instances[index] as ConsumerInstance;
      for (const session of sessionsOf(instance)) {
        this.topology.consumers.dropAll(instance);
        session.host.redeliver(session);
      }
    }
    return true;
  }

  private stop(run: RunNode, abort: boolean): boolean {
    const { consumer } = run;
    if (consumer === null) return false;
    // A program with two halves, as a socket can have it, goes as one.
    if (run.producer !== null) this.topology.producers.crash(run.producer);
    const { core, consumers } = this.topology;
    for (const index of consumer.instances) {
      const instance = consumers.instances[index] as ConsumerInstance;
      if (!instance.alive) continue;
      instance.alive = false;
      core.meters.level(consumer.slots.levels + 1, -instance.concurrency, core.now);
      this.topology.wiring.disconnect(instance, abort);
      const { restartAfter } = consumer.config;
      if (abort && restartAfter >= 0) {
        const what = AT.restart | (instance.index << EVENT_BITS);
        core.calendar.push(core.now + restartAfter, 0, what, instance.epoch);
      }
    }
    return true;
  }

  private restart(run: RunNode): boolean {
    const { consumer } = run;
    if (consumer === null) return false;
    if (consumer.hanging) {
      consumer.hanging = false;
      this.stop(run, true);
    }
    for (const index of consumer.instances) {
      const instance = this.topology.consumers.instances[index] as ConsumerInstance;
      if (instance.alive && instance.subscriptions.length === 0) this.topology.wiring.reconnect(instance);
      else this.restartConsumer(instance, instance.epoch);
    }
    return true;
  }

  /** The event `restart`: the process is back, unless something else happened to it meanwhile. */
  restartConsumer(instance: ConsumerInstance, epoch: number): void {
    if (instance.alive || instance.epoch !== epoch) return;
    const { core } = this.topology;
    instance.alive = true;
    core.meters.level(instance.node.slots.levels + 1, instance.concurrency, core.now);
    this.topology.wiring.reconnect(instance);
    const { producer } = this.topology.nodeOf.get(instance.node.id) ?? {};
    if (producer) this.topology.producers.start(producer);
  }

  badges(): Record<string, string[]> {
    const badges: Record<string, string[]> = {};
    for (const run of this.topology.nodeOf.values()) {
      const found = this.badgesOf(run);
      if (found.length > 0) badges[run.id] = found;
    }
    for (const { id, trouble, link } of this.topology.edgeOf.values()) {
      const found = trouble === null ? [] : troubleBadges(trouble);
      if (link.tap !== null) found.push("tapped");
      if (found.length > 0) badges[id] = found;
    }
    return badges;
  }

  private badgesOf(run: RunNode): string[] {
    const found: string[] = [];
    const { producers, consumers } = this.topology;
    if (run.producer !== null) {
      const instances = run.producer.instances.map((i) => producers.instances[i] as ProducerInstance);
      if (instances.length > 0 && instances.every((instance) => instance.closed)) found.push("crashed");
      else if (run.producer.rateFactor === 0) found.push("paused");
      else if (run.producer.rateFactor !== 1) found.push("other-rate");
      if (instances.some((instance) => instance.blocked || instance.alarmed)) found.push("blocked");
      if (instances.some((instance) => instance.denied)) found.push("denied");
      if (run.producer.config.waitFor === "reply" && instances.some((instance) => instance.pending.size > 0)) {
        found.push("waiting-reply");
      }
    } else if (run.consumer !== null) {
      const instances = run.consumer.instances.map((i) => consumers.instances[i] as ConsumerInstance);
      if (instances.length > 0 && instances.every((instance) => !instance.alive)) found.push("crashed");
      else if (run.consumer.hanging) found.push("hanging");
      else if (instances.every((instance) => instance.subscriptions.length === 0)) found.push("not-assigned");
      else if (instances.every((instance) => instance.busy === 0)) found.push("idle");
      if (instances.some((instance) => this.topology.hosts.some(({ door }) => door?.refuses(instance))))
        found.push("denied");
      if (instances.some(({ subscriptions }) => subscriptions.some(({ taking }) => taking?.lacksGroup === true)))
        found.push("no-group");
      const others = this.topology.overrides.get(run.id);
      if (others?.speed !== undefined) found.push("slowed");
      if (others?.failRate !== undefined) found.push("faulty");
      if (others?.instances !== undefined) found.push(Number(others.instances) === 1 ? "scaled-1" : "scaled");
      // Of those that read logs: some have nothing to read.
      const idle = instances
        .flatMap((one) => (one.alive ? one.subscriptions : []))
        .find(({ reader }) => reader?.isIdle === true);
      if (idle !== undefined) found.push(idle.session.host.system === "rocketmq" ? "no-queue" : "no-partition");
      const buffered = instances.reduce((sum, instance) => sum + instance.arrived, 0);
      if (buffered > 0) found.push("buffering");
    } else if (this.isFrame(run)) {
      if (run.host?.isDown) found.push("down");
      if (run.host?.isAlarmed) found.push("alarm");
      if (run.host?.isDiskFull) found.push("disk-full");
      if ((run.host?.diskFactor ?? 1) > 1) found.push("slow-disk");
      for (const node of run.host?.downNodes ?? []) found.push(`down-${node + 1}`);
    } else if (run.isPaused) found.push("paused");
    else if (run.isAway) found.push("away");
    else if (run.place < 0) found.push("refused");
    else if (run.host?.isDown) found.push("down");
    found.push(...(this.topology.drawingOf(run)?.badges?.(run) ?? []));
    return found;
  }
}
