import {
  type FoundMessage,
  LOOK,
  type MessageTrace,
  type TraceLeg,
  type TraceStage,
  type TraceWay,
  unpackLook,
} from "../worker/protocol.ts";
import { EVENT, EVENT_KINDS, EVENTS_KEPT, type EventLog } from "./event-log.ts";
import { holdsOf } from "./life-marks.ts";
import type { Run } from "./run.ts";
import { type Leg, LegBuilder, type LifeEvent } from "./trace-legs.ts";

/** Causes of causes that are followed back. */
const CAUSES_MAX = 500;

const rowOf = (n: number) => (n - 1) % EVENTS_KEPT;

/** Numbers of the message's events, oldest first. */
function eventsOf(log: EventLog, message: number): number[] {
  const found: number[] = [];
  for (let n = log.oldest; n <= log.last; n++) if (log.messages[rowOf(n)] === message) found.push(n);
  return found;
}

function firstPublish(log: EventLog, message: number): number {
  for (let n = log.oldest; n <= log.last; n++) {
    const row = rowOf(n);
    if (log.messages[row] === message && log.kinds[row] === EVENT.publish) return n;
  }
  return 0;
}

/** The message whose processing made a service publish with event `n`; 0 for a producer's. Both happen in one event of the run, so that nothing of the service's can lie between. */
function causeOf(log: EventLog, n: number): number {
  const row = rowOf(n);
  for (let before = n - 1; before >= log.oldest; before--) {
    const at = rowOf(before);
    if (log.times[at] !== log.times[row]) return 0;
    if (log.kinds[at] === EVENT.process && log.nodes[at] === log.nodes[row]) return log.messages[at] as number;
  }
  return 0;
}

/** When the delay of a message begins: at its publish, or at that of the message that set off the chain it belongs to. NaN = no longer known. */
function bornOf(run: Run, message: number): number {
  const { log } = run.core;
  let of = message;
  for (let depth = 0; depth < CAUSES_MAX; depth++) {
    const n = firstPublish(log, of);
    if (n === 0) return Number.NaN;
    const cause = isService(run, n) ? causeOf(log, n) : 0;
    if (cause === 0 || cause === of) return isService(run, n) ? Number.NaN : (log.times[rowOf(n)] as number);
    of = cause;
  }
  return Number.NaN;
}

const isService = (run: Run, n: number) => {
  const node = run.state.topology.nodes[run.core.log.nodes[rowOf(n)] as number];
  return node?.consumer !== null && node?.consumer !== undefined;
};

function lifeEvents(run: Run, message: number): LifeEvent[] {
  const { log } = run.core;
  const { nodes } = run.state.topology;
  const idOf = (index: number) => nodes[index]?.id ?? "";
  return eventsOf(log, message).map((n): LifeEvent => {
    const event = log.event(n, idOf);
    const kind = log.kinds[rowOf(n)];
    const isWork = kind === EVENT.process || kind === EVENT.error;
    let cause: LifeEvent["cause"] = null;
    if (kind === EVENT.publish && isService(run, n)) {
      const by = causeOf(log, n);
      cause = { message: by, born: by === 0 ? Number.NaN : bornOf(run, by) };
    }
    return { ...event, began: isWork ? (log.values[rowOf(n)] as number) : Number.NaN, cause };
  });
}

/** Rows of the store that hold copies of the message. */
function liveCopies(run: Run, message: number): number[] {
  const { store } = run.core;
  const found: number[] = [];
  for (let handle = 0; handle < store.top; handle++) if (store.id[handle] === message) found.push(handle);
  if (found.length === 0) return found;
  // A free row may have any number.
  const free = store.freeRows();
  return found.filter((handle) => !free.has(handle));
}

function factsOf(run: Run, publish: number, live: readonly number[]): MessageTrace["facts"] {
  const { log, store } = run.core;
  const content = publish === 0 ? null : log.contentAt(rowOf(publish));
  const [copy] = live;
  const kind = content !== null ? store.kinds[content.kind] : copy === undefined ? undefined : store.kindOf(copy);
  if (kind === undefined) return null;
  return {
    source: run.state.topology.nodes[kind.source]?.id ?? "",
    exchange: kind.exchange,
    routingKey: kind.routingKey,
    key: kind.keyName,
    priority: kind.priority,
    expirationMs: kind.expirationMs,
    size: content !== null ? content.size : store.sizeOf(copy as number),
    persistent: kind.persistent,
  };
}

/** Says where a leg that has not ended is now, as a stage without an end. */
function goOn(run: Run, leg: Leg, live: number): TraceStage | null {
  const { consumers, topology } = run.state;
  const stage = (name: TraceStage["name"], node: string, from = leg.mark): TraceStage => {
    leg.mark = from;
    return { name, node, from, until: Number.NaN, event: 0 };
  };
  if (leg.state === "done" && !leg.isSettled && live > 0) return stage("ack", leg.holder);
  if (leg.state === "done" || leg.state === "ended") return null;
  if (live === 0) {
    if (leg.kind === "copy") leg.outcome = "unrecorded";
    return null;
  }
  if (leg.kind === "publish") return leg.children > 0 ? null : stage(leg.isRouted ? "routing" : "transfer", leg.node);
  if (leg.state === "waiting") return stage("wait", leg.node);
  const index = topology.nodeOf.get(leg.holder)?.index;
  const [hold] = index === undefined ? [] : holdsOf(consumers, index, leg.message);
  if (hold === undefined) return stage("held", leg.holder);
  if (hold.at !== "work") return stage(hold.at === "way" ? "delivery" : "buffer", leg.holder);
  if (hold.since > leg.mark) {
    leg.stages.push({ name: "buffer", node: leg.holder, from: leg.mark, until: hold.since, event: 0 });
  }
  return stage("work", leg.holder, Math.max(leg.mark, hold.since));
}

/**
 * One message's life: its publishes and its copies in queues, each with stages that follow each other without a gap, told by the events that are kept.
 * @param message publish number
 */
export function traceOf(run: Run, message: number): MessageTrace {
  const { log } = run.core;
  const builder = new LegBuilder(message);
  const events = lifeEvents(run, message);
  for (const event of events) builder.read(event);
  const publish = firstPublish(log, message);
  const live = liveCopies(run, message);
  const first = events.find(({ kind }) => kind === "publish");
  const at = new Set<string>();
  for (const leg of builder.legs) {
    const stage = goOn(run, leg, live.length);
    if (stage === null) continue;
    leg.stages.push(stage);
    if (stage.name !== "ack" && stage.node !== "") at.add(stage.node);
  }
  const isWhole =
    publish !== 0 && !builder.legs.some(({ isCut }) => isCut) && !Number.isNaN(builder.legs[0]?.stages[0]?.from ?? 0);
  return {
    message,
    time: run.now,
    isWhole,
    cause: first?.cause != null && first.cause.message !== message ? first.cause.message : 0,
    facts: factsOf(run, publish, live),
    legs: builder.legs.map(plain),
    ways: waysOf(builder.legs),
    others: builder.others.map(bare),
    live: live.length,
    at: [...at],
  };
}

const bare = ({ began: _b, cause: _c, ...event }: LifeEvent) => event;

const plain = (leg: Leg): TraceLeg => ({
  id: leg.id,
  parent: leg.parent,
  kind: leg.kind,
  node: leg.node,
  begin: leg.begin,
  stages: leg.stages,
  events: leg.events.map((event) => bare(event as LifeEvent)),
  outcome: leg.outcome,
  reason: leg.reason,
  processed: leg.processed,
  isCut: leg.isCut,
});

/** Messages by number (`#17`, `17`), key or routing key — all of them when `text` is empty — newest first. Looks through the publishes that are kept. */
export function findMessages(run: Run, text: string, limit: number): FoundMessage[] {
  const { log, store } = run.core;
  const wanted = text.trim().toLowerCase();
  const number = /^#?(\d+)$/.exec(wanted)?.[1];
  const found: FoundMessage[] = [];
  const seen = new Set<number>();
  const add = (n: number) => {
    const row = rowOf(n);
    const message = log.messages[row] as number;
    const content = log.kinds[row] === EVENT.publish ? log.contentAt(row) : null;
    const kind = content === null ? undefined : store.kinds[content.kind];
    seen.add(message);
    found.push({
      message,
      t: log.times[row] as number,
      node: run.state.topology.nodes[log.nodes[row] as number]?.id ?? "",
      key: kind?.keyName ?? "",
      routingKey: kind?.routingKey ?? "",
    });
  };
  if (number !== undefined) {
    const asked = firstPublish(log, Number(number)) || eventsOf(log, Number(number))[0];
    if (asked !== undefined) add(asked);
  }
  for (let n = log.last; n >= log.oldest && found.length < limit; n--) {
    const row = rowOf(n);
    const message = log.messages[row] as number;
    if (log.kinds[row] !== EVENT.publish || seen.has(message)) continue;
    const content = log.contentAt(row);
    const kind = content === null ? undefined : store.kinds[content.kind];
    const words = kind === undefined ? [] : [kind.keyName, kind.routingKey];
    if (wanted === "" || words.some((word) => word !== "" && word.toLowerCase().includes(wanted))) add(n);
  }
  return found;
}

/** Events with which a token sets out from a node, by what it is. */
const SETS_OUT: Readonly<Record<string, number>> = {
  publish: LOOK.message,
  route: LOOK.message,
  deliver: LOOK.message,
  "dead-letter": LOOK.message,
  lost: LOOK.lost,
  process: LOOK.ack,
  error: LOOK.nack,
};

/**
 * The message that a token stands for: the one that had an event with which it set out, at that time. Tokens that leave together on one edge are drawn on one spot; of these
 * it is one of the right key. @param edge index in the layout @param departure µs @returns 0 when the events are no longer kept
 */
export function messageOfToken(run: Run, edge: number, departure: number, look: number): number {
  const { topology, core } = run.state;
  const { log, store } = core;
  const drawn = topology.edges[edge];
  if (drawn === undefined) return 0;
  const { kind, key } = unpackLook(look);
  const isBack = kind === LOOK.ack || kind === LOOK.nack || kind === LOOK.confirm;
  const from = topology.nodeOf.get(isBack ? drawn.to : drawn.from)?.index;
  const to = topology.nodeOf.get(isBack ? drawn.from : drawn.to)?.index;
  let second = 0;
  for (let n = log.last; n >= log.oldest; n--) {
    const row = rowOf(n);
    const time = log.times[row] as number;
    if (time < departure) break;
    if (time !== departure) continue;
    const name = EVENT_KINDS[log.kinds[row] as number] as string;
    const message = log.messages[row] as number;
    const isHere = log.nodes[row] === from && (name !== "deliver" || log.others[row] === to);
    const fits = SETS_OUT[name] === kind || (kind === LOOK.reply && name === "process");
    if (message < 0 || !(isHere && fits)) continue;
    const publish = firstPublish(log, message);
    const content = publish === 0 ? null : log.contentAt(rowOf(publish));
    if (content === null || store.kinds[content.kind]?.key === key) return message;
    second = message;
  }
  return second;
}

/** The stages from a message's birth to event `n` of the leg. Each begins where the one before ended, so that the lengths add up to the delay. */
function stagesTo(legs: readonly TraceLeg[], leg: TraceLeg, n: number): TraceStage[] {
  const parent = legs[leg.parent];
  const own = leg.stages.filter((stage) => stage.event !== 0 && stage.event <= n);
  return parent === undefined ? own : [...stagesTo(legs, parent, leg.begin), ...own];
}

function waysOf(legs: readonly TraceLeg[]): TraceWay[] {
  return legs
    .flatMap((leg) => leg.events.filter(({ kind }) => kind === "process").map(({ n }) => ({ leg, n })))
    .sort((a, b) => b.n - a.n)
    .map(({ leg, n }) => {
      const stages = stagesTo(legs, leg, n);
      const delay = stages.reduce((sum, { from, until }) => sum + until - from, 0);
      return { leg: leg.id, event: n, stages, delay };
    });
}
