import { discardReason } from "../../models/model.ts";
import { settingsAs } from "../../scenario/schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "../../scenario/types.ts";
import type { ConsumerInstance } from "../consumers.ts";
import { EVENT, ruleReason } from "../event-log.ts";
import type { Host } from "../host.ts";
import type { GaugeTools } from "../readings.ts";
import { type Output, Subscription } from "../session.ts";
import type { SystemDrawing } from "../system-drawing.ts";
import type { RunEdge, RunNode, Topology } from "../topology.ts";
import { RedisPlace, type Taker, type Way } from "./places.ts";
import { RedisHost } from "./redis-host.ts";

const DELETED = discardReason("deleted");

/** Redis' part of the drawing: lists, streams and channels are keys of a server and names of channels; a frame is a server with its replicas. */
export class RedisDrawing implements SystemDrawing {
  readonly stores: readonly string[] = ["list", "stream", "channel"];
  readonly frame = "redis";
  // No id of a document has a colon.
  readonly implicit = "redis:";
  private readonly topology: Topology;

  constructor(topology: Topology) {
    this.topology = topology;
  }

  // ---- servers

  addHost(id: string, frame: ScenarioNode | undefined): RedisHost {
    const { core, producers, consumers, sessions, hosts, wiring } = this.topology;
    const settings = settingsAs("redis", frame ?? { kind: "redis" });
    // The model's times are µs.
    const delay = settings.replicaDelay * 1000;
    const host = new RedisHost(sessions, id, settings, core, hosts.length, id, producers, consumers, delay);
    host.frame = frame;
    host.wiring = wiring;
    return host;
  }

  configureHost(host: Host, frame: ScenarioNode): void {
    host.frame = frame;
    (host as RedisHost).configure(settingsAs("redis", frame));
  }

  identityOf(frame: ScenarioNode | undefined): string {
    if (frame === undefined) return this.implicit;
    const { persist, replicas, replicaDelay } = settingsAs("redis", frame);
    return JSON.stringify([frame.id, persist, replicas, replicaDelay]);
  }

  // ---- lists, streams, channels

  declare(run: RunNode, node: ScenarioNode): void {
    const host = run.host as RedisHost;
    const place = new RedisPlace(host.places.length, run, run.kind as RedisPlace["kind"]);
    host.places.push(place);
    host.placeOf.set(place.key, place);
    run.place = place.id;
    configure(place, node);
  }

  change(run: RunNode, before: ScenarioNode, node: ScenarioNode): void {
    if (JSON.stringify(before.settings) === JSON.stringify(node.settings)) return;
    const place = placeOf(run);
    const wasMoved = place.isMoved;
    configure(place, node);
    const isOther = wasMoved !== place.isMoved || before.settings?.pop !== node.settings?.pop;
    // Consumers that wait with the old command ask anew.
    if (isOther || place.kind === "channel") this.resubscribe(run);
  }

  private resubscribe(run: RunNode): void {
    const { document, edgeOf, wiring } = this.topology;
    const nodes = new Map(document?.nodes.map((node) => [node.id, node]));
    for (const edge of document?.edges ?? []) {
      const known = edge.kind === "consume" && edge.from === run.id ? edgeOf.get(edge.id) : undefined;
      if (known === undefined) continue;
      wiring.detach(known);
      wiring.attach(known, edge, nodes);
    }
  }

  /** RENAME; a channel is only a name. */
  rename(run: RunNode, brokerName: string): void {
    const host = run.host as RedisHost;
    const place = placeOf(run);
    const { key, processing, delayed } = place;
    host.placeOf.delete(key);
    place.key = brokerName;
    host.placeOf.set(brokerName, place);
    if (place.kind !== "channel") {
      host.order(["RENAME", key, brokerName]);
      if (place.kind === "list") {
        host.order(["RENAME", processing, place.processing]);
        host.order(["RENAME", delayed, place.delayed]);
      }
    }
    this.resubscribe(run);
  }

  /** DEL */
  purge(run: RunNode): boolean {
    if (run.kind === "channel" || run.place < 0 || (run.host as RedisHost).refusesWrites) return false;
    const { key, delayed } = placeOf(run);
    (run.host as RedisHost).order(["DEL", key, delayed]);
    if (run.kind === "stream") this.resubscribe(run);
    return true;
  }

  /** DEL: a stream's groups go with it. */
  deleteByHand(run: RunNode): boolean {
    const place = placeOf(run);
    if (run.kind === "channel" || place.isDeleted || (run.host as RedisHost).refusesWrites) return false;
    const { core } = this.topology;
    core.log.add(EVENT.close, core.now, run.index, -1, -1, ruleReason(DELETED));
    (run.host as RedisHost).order(["DEL", place.key, place.delayed]);
    place.isDeleted = true;
    return true;
  }

  /** XGROUP CREATE for each group that is drawn and not there: it begins with what was added since. A list comes with its first element by itself. */
  declareAnew(run: RunNode): boolean {
    const host = run.host as RedisHost;
    if (run.kind !== "stream" || host.refusesWrites) return false;
    const place = placeOf(run);
    const edges = this.topology.document?.edges.filter(({ kind, from }) => kind === "consume" && from === run.id) ?? [];
    const drawn = new Set(edges.map((edge) => settingsAs("consume", edge).group));
    const there = host.model.stream(host.primary, place.key, this.topology.core.now)?.groups;
    const missing = [...drawn].filter((group) => group !== "" && there?.has(group) !== true);
    for (const group of missing) host.order(["XGROUP", "CREATE", place.key, group, "0", "MKSTREAM"]);
    if (missing.length > 0) place.isDeleted = false;
    return missing.length > 0;
  }

  badges(run: RunNode): string[] {
    if (run.place < 0) return [];
    const place = placeOf(run);
    if (place.isDeleted) return ["away"];
    return run.kind === "stream" && (run.host as RedisHost).isWithoutGroup(place) ? ["no-group"] : [];
  }

  /** A client reads the stream of dead letters, adds each to the stream it came from, and deletes it here. */
  operate(run: RunNode, operation: string): boolean {
    const from = this.topology.document?.edges.find(({ kind, to }) => kind === "deadLetter" && to === run.id)?.from;
    const source = from === undefined ? undefined : this.topology.nodeOf.get(from);
    const host = run.host as RedisHost;
    if (operation !== "queue.redrive" || run.kind !== "stream" || source === undefined || source.place < 0)
      return false;
    return !host.isDown && !host.refusesWrites && host.moveBack(placeOf(run), placeOf(source)) > 0;
  }

  peek(run: RunNode, most: number): number[] {
    const { model, primary, core } = run.host as RedisHost;
    const { key, pop } = placeOf(run);
    const log = run.kind === "stream" ? model.stream(primary, key, core.now)?.entries : undefined;
    if (log !== undefined) return log.slice(0, Math.min(log.length, most)).map(({ copy }) => copy);
    const found: number[] = [];
    if (run.kind === "list") model.forEachIn(primary, key, (copy) => found.push(copy));
    // As they will be taken.
    return (pop === "right" ? found.reverse() : found).slice(0, most);
  }

  remove(run: RunNode): void {
    const host = run.host as RedisHost;
    const place = placeOf(run);
    if (place.kind !== "channel") host.order(["DEL", place.key, place.processing, place.delayed]);
    place.isGone = true;
    host.placeOf.delete(place.key);
  }

  // ---- edges

  aim(output: Output, to: RunNode, edge: ScenarioEdge): void {
    output.exchangeNode = to.index;
    output.exchangeName = "";
    output.declares = null;
    if (to.kind === "channel") {
      // A name to publish to may be a template, as a routing key may.
      output.exchange = 1;
      output.key = settingsAs("publish", edge).routingKey ?? to.brokerName;
    } else {
      output.exchange = 0;
      output.key = to.brokerName;
    }
  }

  bind(): void {}

  unbind(): void {}

  /** Entries that were delivered too often go to the stream at the end of a dead-letter edge. */
  applyLinks(document: Scenario): void {
    const { nodeOf, edgeOf } = this.topology;
    for (const run of nodeOf.values()) if (run.kind === "stream" && run.place >= 0) placeOf(run).dead = null;
    for (const edge of document.edges) {
      const [from, to, known] = [nodeOf.get(edge.from), nodeOf.get(edge.to), edgeOf.get(edge.id)];
      if (edge.kind !== "deadLetter" || from?.kind !== "stream" || to?.kind !== "stream" || known === undefined)
        continue;
      if (from.host === to.host) placeOf(from).dead = { place: placeOf(to), link: known.link };
    }
  }

  subscribe(instance: ConsumerInstance, edge: RunEdge, store: RunNode, drawn: ScenarioEdge): void {
    const host = store.host as RedisHost;
    if (store.place < 0 || instance.subscriptions.some((other) => other.edgeId === edge.id)) return;
    if (host.isDown) {
      host.comeBackLater(instance);
      return;
    }
    const session = this.topology.wiring.consumerSession(instance, host);
    if (session === null) return;
    const { subscriptions } = this.topology.consumers;
    const subscription = new Subscription(subscriptions.length, edge.id, edge.link, session, instance, store.index);
    subscriptions.push(subscription);
    instance.subscriptions.push(subscription);
    const place = placeOf(store);
    const { group, pattern, start } = settingsAs("consume", drawn);
    const name = `${instance.node.name}-${instance.node.instances.indexOf(instance.index) + 1}`;
    host.take(subscription, place, wayOf(place, group), {
      group,
      name,
      pattern,
      isFromStart: start === "all",
    });
  }

  cancel(subscription: Subscription): void {
    const taker = subscription.taking as Taker | null;
    if (taker?.isOpen) (subscription.session.host as RedisHost).dismiss(taker);
  }

  // ---- figures

  gauges(run: RunNode, out: Float64Array, start: number, tools: GaugeTools): number {
    const host = run.host as RedisHost;
    const { core } = this.topology;
    const { model, primary } = host;
    let at = start;
    const place = run.place >= 0 ? placeOf(run) : null;
    if (run.kind === "list") {
      const ready = place === null ? 0 : model.listLength(primary, place.key, core.now);
      const taken = place === null ? 0 : model.listLength(primary, place.processing, core.now);
      const head = place === null ? -1 : model.listEnd(primary, place.key, place.pop, core.now);
      out[at++] = ready;
      out[at++] = taken;
      out[at++] = ready + taken;
      out[at++] = tools.meanLevel(run.slots.levels);
      out[at++] = place?.bytes ?? 0;
      out[at++] = head < 0 ? 0 : core.now - core.store.enqueuedAt(head);
      out[at++] = host.takerCount(run.place);
      out[at++] = tools.utilisationBehind(run);
      out[at++] = place === null ? 0 : model.sortedCount(primary, place.delayed, core.now);
    } else if (run.kind === "stream") {
      const figures = host.streamFigures(place);
      out[at++] = figures.length;
      out[at++] = figures.added - figures.length;
      out[at++] = figures.added;
      out[at++] = figures.pending;
      out[at++] = figures.lag;
      out[at++] = host.takerCount(run.place);
    } else {
      out[at++] = host.takerCount(run.place);
      out[at++] = place === null ? 0 : host.bufferedFor(place);
    }
    return at;
  }

  groupGauges(run: RunNode, out: Float64Array, start: number): number {
    const host = run.host as RedisHost | null;
    let at = start;
    for (const name of run.groups) {
      const { pending, lag } = host?.groupFigures(run.place >= 0 ? placeOf(run) : null, name) ?? { pending: 0, lag: 0 };
      out[at++] = pending;
      out[at++] = lag;
    }
    return at;
  }
}

const placeOf = (run: RunNode): RedisPlace => (run.host as RedisHost).places[run.place] as RedisPlace;

function wayOf(place: RedisPlace, group: string): Way {
  if (place.kind === "channel") return "subscribe";
  if (place.kind === "list") return place.isMoved ? "move" : "pop";
  return group === "" ? "read" : "group";
}

function configure(place: RedisPlace, node: ScenarioNode): void {
  if (place.kind === "list") {
    const s = settingsAs("list", node);
    place.push = s.push === "left" ? "LPUSH" : "RPUSH";
    place.pop = s.pop;
    place.isMoved = s.take === "move";
    place.reclaimAfter = Math.round(s.reclaimAfter * 1000);
    place.most = s.trim ?? 0;
    place.delay = Math.round((s.delay ?? 0) * 1000);
    place.pollEvery = Math.round(s.pollEvery * 1000);
  } else if (place.kind === "stream") {
    const s = settingsAs("stream", node);
    place.most = s.maxLen ?? 0;
    place.count = s.count;
    place.block = s.block;
    place.claimIdle = s.claimIdle ?? 0;
    place.maxDeliveries = s.maxDeliveries ?? 0;
  } else place.outputBuffer = settingsAs("channel", node).outputBuffer;
}
