import { ALERT_STATES } from "../run/alerts.ts";
import { EVENT } from "../run/event-log.ts";
import type { Recording } from "../run/recording.ts";
import type { Run } from "../run/run.ts";
import { HISTOGRAMS } from "../run/vocabulary.ts";
import type { Distribution, Frame, FrameLayout, RunEvent, Series, Tape, TapeMark, ToEngine } from "./protocol.ts";

/** Most events in one answer. */
const EVENTS_MAX = 50_000;
/** A stretch to which the way takes longer than this, real ms, is told to be far. */
const FAR_MS = 1000;
const FIRING = ALERT_STATES.indexOf("firing");

/** The picture of now. @throws Error when the ledger does not balance: a picture that does not add up is not shown, the run stops and says so */
export function frameOf(run: Run, pace: Pick<Frame, "passage" | "running" | "speedAsked" | "speedNow">): Frame {
  const { revision, edges } = run.layout();
  const imbalance = run.core.ledger.imbalance();
  if (imbalance !== 0) throw new Error(`The ledger is out by ${imbalance} messages.`);
  return {
    revision,
    ...pace,
    time: run.now,
    values: run.read().slice(),
    ...run.core.tokens.take(edges.length),
    lastEvent: run.core.log.last,
    badges: run.badges(),
    alerts: run.state.alerts.status(),
  };
}

/** Charts' points of the metrics asked for, up to this moment; none of what is not there. */
export function seriesOf(run: Run, message: Extract<ToEngine, { type: "series" }>): Series[] {
  const layout = run.layout();
  const { history, now } = run;
  // Of a run that was taken back more is known than has happened.
  const to = Math.min(message.to, now);
  const isPresent = message.from <= now && now <= message.to && history.isBehind(now);
  const values = isPresent ? run.read() : null;
  return message.series.map(({ target, metric }) => {
    const slotOf = (of: FrameLayout) => slotIn(of, target, metric);
    const slot = slotOf(layout);
    if (slot < 0) return { target, metric, times: none(), values: none(), lows: none(), highs: none() };
    const past = history.read(slotOf, message.from, to, message.points);
    if (values === null) return { target, metric, ...past };
    const { value, low, high } = history.present(slot, now, values, run.core.meters);
    return {
      target,
      metric,
      times: withLast(past.times, now),
      values: withLast(past.values, value),
      lows: withLast(past.lows, low),
      highs: withLast(past.highs, high),
    };
  });
}

function withLast(list: Float64Array, last: number): Float64Array {
  const longer = new Float64Array(list.length + 1);
  longer.set(list);
  longer[list.length] = last;
  return longer;
}

const none = (): Float64Array => new Float64Array(0);

/** How durations of a node, an edge or the system are spread; null when it has none of that name. */
export function distributionOf(run: Run, message: Extract<ToEngine, { type: "distribution" }>): Distribution | null {
  const { topology } = run.state;
  const { meters, system } = run.core;
  const node = topology.nodeOf.get(message.target);
  const edge = topology.edgeOf.get(message.target);
  const kind = message.target === "system" ? "system" : (node?.kind ?? "edge");
  const first = message.target === "system" ? system.histograms : (node?.slots.histograms ?? edge?.link.histogram);
  const at = HISTOGRAMS[kind].indexOf(message.metric);
  if (first === undefined || at < 0) return null;
  meters.settle();
  const durations = meters.durations(first + at, message.whole);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => durations.quantile(p)) as [number, number, number];
  const { count, min, max } = durations;
  return { count, mean: durations.mean(), min, max, p50, p95, p99, ...durations.buckets() };
}

function slotIn({ system, nodes, edges }: FrameLayout, target: string, metric: string): number {
  const isIt = ({ id }: { id: string }) => id === target;
  const place = target === "system" ? system : (nodes.findLast(isIt) ?? edges.findLast(isIt));
  const at = place?.metrics.indexOf(metric) ?? -1;
  return place === undefined || at < 0 ? -1 : place.offset + at;
}

export function eventsOf(run: Run, message: Extract<ToEngine, { type: "events" }>): RunEvent[] {
  const node = message.node === undefined ? undefined : run.state.topology.nodeOf.get(message.node)?.index;
  if (message.node !== undefined && node === undefined) return [];
  return readEvents(run, message.after, undefined, Math.min(message.limit, EVENTS_MAX), node);
}

/** Events with after < number ≤ upTo; without `upTo` the newest `limit` of them. @param node index of a node, to get only what concerns it */
export function readEvents(run: Run, after: number, upTo?: number, limit = 1, node?: number): RunEvent[] {
  const { log } = run.core;
  const { nodes } = run.state.topology;
  const idOf = (index: number) => nodes[index]?.id ?? "";
  const events = log.read(after, upTo === undefined ? limit : log.last - after, idOf, node);
  return upTo === undefined ? events : events.filter((event) => event.n <= upTo);
}

/** @param cost real ms that a virtual µs of this run has taken so far, on average */
export function tapeOf(recording: Recording, cost: number): Tape {
  const { run, furthest } = recording;
  const idOf = (index: number) => run.state.topology.nodes[index]?.id ?? "";
  const marks: TapeMark[] = recording.actions.map((action) =>
    action.kind === "act"
      ? { time: action.time, kind: "act", do: action.do, target: action.target }
      : { time: action.time, kind: "edit" },
  );
  const firing = new Map<number, Extract<TapeMark, { kind: "alert" }>>();
  for (const { time, kind, node, value } of run.core.log.marks) {
    if (kind === EVENT.block) {
      marks.push({ time, kind: "block", target: idOf(node) });
      continue;
    }
    const alert = Math.floor(value / ALERT_STATES.length);
    if (value % ALERT_STATES.length === FIRING) {
      const mark: Extract<TapeMark, { kind: "alert" }> = { time, kind: "alert", alert };
      firing.set(alert, mark);
      marks.push(mark);
    } else {
      const mark = firing.get(alert);
      if (mark !== undefined) mark.until = time;
      firing.delete(alert);
    }
  }
  marks.sort((a, b) => a.time - b.time);
  const times = [...recording.snapshots.times(), furthest];
  const far: Tape["far"] = [];
  for (let i = 0; i + 1 < times.length; i++) {
    const [from, to] = [times[i] as number, times[i + 1] as number];
    const near = from + (cost > 0 ? Math.round(FAR_MS / cost) : Number.POSITIVE_INFINITY);
    if (near >= to) continue;
    far.push([near, to]);
  }
  return { furthest, marks, far };
}
