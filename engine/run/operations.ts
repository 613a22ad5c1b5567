import { fromMs, type Micros } from "../kernel/time.ts";
import { consumerConfig, linkConfig } from "./config.ts";
import type { ConsumerInstance } from "./consumers.ts";
import { AT, EVENT_BITS } from "./core.ts";
import { EVENT } from "./event-log.ts";
import type { LinkConfig } from "./link.ts";
import type { ProducerInstance } from "./producer-node.ts";
import { sessionsOf } from "./session.ts";
import type { RunEdge, RunNode, Topology } from "./topology.ts";

/** What a fault of a link is called in an event, by its figure; 0 = it is well again. */
const LINK_TROUBLES = ["edge.heal", "edge.cut", "edge.loss", "edge.slow"];

/** Every message takes so much longer. */
function slower(config: LinkConfig, delay: Micros): LinkConfig {
  if (config.constant >= 0) return { ...config, constant: config.constant + delay };
  return { ...config, extra: config.extra + delay };
}

/**
 * What a person or a script can do to a running node. `undo` takes it back where that has a meaning. Names are those of the timeline (`producer.pause`, …).
 * An unknown name or target is answered with false; nothing happens.
 */
export class Operations {
  readonly topology: Topology;

  constructor(topology: Topology) {
    this.topology = topology;
  }

  perform(operation: string, target: string, args: Record<string, unknown>, undo: boolean): boolean {
    const edge = this.topology.edgeOf.get(target);
    if (edge !== undefined) return this.onLink(operation, edge, args, undo);
    const run = this.topology.nodeOf.get(target);
    if (run === undefined) return false;
    const done = this.dispatch(operation, run, args, undo);
    if (done) this.topology.core.log.add(EVENT.act, this.topology.core.now, run.index, -1);
    return done;
  }

  private dispatch(operation: string, run: RunNode, args: Record<string, unknown>, undo: boolean): boolean {
    switch (operation) {
      case "producer.pause":
        return this.setRate(run, undo ? 1 : 0);
      case "producer.resume":
        return this.setRate(run, undo ? 0 : 1);
      case "producer.rate":
        return this.setRate(run, undo ? 1 : Number(args.factor ?? 1));
      case "producer.burst":
        if (run.producer === null || undo) return false;
        this.topology.producers.publishNow(run.producer, Math.max(0, Math.min(100_000, Number(args.count ?? 1))));
        return true;
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
        return this.slow(run, undo ? 1 : Number(args.factor ?? 0.25));
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
      case "broker.alarm":
        if (!this.isFrame(run) || run.host === null) return false;
        return run.host.forceAlarm(!undo);
      case "broker.clear":
        if (!this.isFrame(run) || run.host === null || undo) return false;
        return run.host.forceAlarm(false);
      case "queue.purge": {
        if (run.host === null || run.place < 0 || undo) return false;
        return this.topology.drawingOf(run)?.purge(run) ?? false;
      }
      default:
        return false;
    }
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

  /** The network between two nodes: worse, or again as it is drawn. One trouble at a time; `edge.heal` ends any. */
  private onLink(operation: string, edge: RunEdge, args: Record<string, unknown>, undo: boolean): boolean {
    const { core, document, nodeOf } = this.topology;
    const drawn = document?.edges.find((other) => other.id === edge.id);
    const share = Number(args.share ?? 0.1);
    const delay = fromMs(Number(args.ms ?? 500));
    if (drawn === undefined || !(share >= 0 && share <= 1) || !(delay >= 0)) return false;
    const before = linkConfig(drawn);
    const isHealed = undo || operation === "edge.heal";
    let config = before;
    if (!isHealed) {
      if (operation === "edge.cut") config = { ...before, cut: true };
      else if (operation === "edge.loss") config = { ...before, loss: share };
      else if (operation === "edge.slow") config = slower(before, delay);
      else return false;
    }
    edge.link.configure(config, core.calendar);
    const [from, to] = [nodeOf.get(edge.from)?.index ?? -1, nodeOf.get(edge.to)?.index ?? -1];
    core.log.add(EVENT.fault, core.now, from, -1, to, undefined, isHealed ? 0 : LINK_TROUBLES.indexOf(operation));
    return true;
  }

  /** Works at a multiple of the speed that the drawing sets; what is at work already is not touched. */
  private slow(run: RunNode, factor: number): boolean {
    const drawn = this.topology.document?.nodes.find((node) => node.id === run.id);
    if (run.consumer === null || drawn === undefined || !(factor > 0)) return false;
    run.consumer.config = { ...run.consumer.config, speed: consumerConfig(drawn).speed * factor };
    return true;
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
    return badges;
  }

  private badgesOf(run: RunNode): string[] {
    const found: string[] = [];
    const { producers, consumers } = this.topology;
    if (run.producer !== null) {
      const instances = run.producer.instances.map((i) => producers.instances[i] as ProducerInstance);
      if (instances.length > 0 && instances.every((instance) => instance.closed)) found.push("crashed");
      else if (run.producer.rateFactor === 0) found.push("paused");
      if (instances.some((instance) => instance.blocked || instance.alarmed)) found.push("blocked");
      if (instances.some((instance) => instance.session === null && instance.denied)) found.push("denied");
      if (run.producer.config.waitFor === "reply" && instances.some((instance) => instance.pending.size > 0)) {
        found.push("waiting-reply");
      }
    } else if (run.consumer !== null) {
      const instances = run.consumer.instances.map((i) => consumers.instances[i] as ConsumerInstance);
      if (instances.length > 0 && instances.every((instance) => !instance.alive)) found.push("crashed");
      else if (run.consumer.hanging) found.push("hanging");
      else if (instances.every((instance) => instance.subscriptions.length === 0)) found.push("not-assigned");
      else if (instances.every((instance) => instance.busy === 0)) found.push("idle");
      const buffered = instances.reduce((sum, instance) => sum + instance.arrived, 0);
      if (buffered > 0) found.push("buffering");
    } else if (this.isFrame(run)) {
      if (run.host?.isDown) found.push("down");
      if (run.host?.isAlarmed) found.push("alarm");
    } else if (run.place < 0) found.push(run.isAway ? "away" : "refused");
    else if (run.host?.isDown) found.push("down");
    return found;
  }
}
