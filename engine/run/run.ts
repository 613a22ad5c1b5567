import { Capture, capture, restore, type Snapshot } from "../kernel/snapshot.ts";
import { fromMs, type Micros, SECOND } from "../kernel/time.ts";
import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";
import type { Scenario, TimelineEntry } from "../scenario/types.ts";
import type { FrameLayout, Observed } from "../worker/protocol.ts";
import { Alerts } from "./alerts.ts";
import { type ConsumerInstance, Consumers } from "./consumers.ts";
import { AT, Core, EVENT_BITS, TIMER_BITS } from "./core.ts";
import { mixEvent } from "./event-hash.ts";
import { Figures } from "./figures.ts";
import type { History } from "./history.ts";
import { doneMarked, markArrival } from "./life-marks.ts";
import { Operations } from "./operations.ts";
import { Producers } from "./producers.ts";
import { named } from "./readings.ts";
import { Samples } from "./samples.ts";
import { Services } from "./services.ts";
import { type Port, type Session, type Subscription, sessionOn } from "./session.ts";
import { type GoesOn, type Sprinting, sprintsFor } from "./sprints.ts";
import type { Sums } from "./sums.ts";
import { Topology } from "./topology.ts";

/** How long after a live operation its entry in the timeline stands, µs. */
const RECORDED_AFTER = 1;

/** Events between two returns from the loop that performs them. */
const EVENTS_AT_ONCE = 8192;
const EVENT_MASK = (1 << EVENT_BITS) - 1;

/** What `weir run --json` prints (design.md §7): times in ms, rates per s. */
export interface Report {
  time: number;
  ledger: LedgerReport;
  /** By node name. */
  nodes: Record<string, Record<string, number>>;
  system: Record<string, number>;
}

export interface LedgerReport {
  published: number;
  processed: number;
  inSystem: number;
  discarded: Record<string, number>;
  lost: Record<string, number>;
  duplicates: number;
  /** The same account for every single copy, where fan-out makes more than one of a message. */
  copies: {
    made: number;
    processed: number;
    inSystem: number;
    discarded: Record<string, number>;
    lost: Record<string, number>;
  };
}

/** The run's parts that a snapshot holds: everything that decides the future, and nothing that only watches. */
interface RunState {
  core: Core;
  producers: Producers;
  consumers: Consumers;
  topology: Topology;
  alerts: Alerts;
  progress: Progress;
}

/** How far the run has come, and the script that it follows. */
interface Progress {
  /** Events performed since the start. */
  performed: number;
  timeline: TimelineEntry[];
  /** Grows with every change of the timeline; events of an older one are passed over. */
  edition: number;
}

/**
 * A scenario in virtual time. The same scenario, seed and actions give the same events, in every engine of JavaScript. It performs the models' effects and is alone in
 * scheduling; whoever drives it only says how far to go.
 */
export class Run {
  readonly state: RunState;
  readonly operations: Operations;
  private readonly figures: Figures;
  private readonly samples: Samples;
  private sprint: Sprinting | null;
  /** The last `advance` has come to its `until`, whatever the number of its events. */
  isThere = false;

  constructor(scenario: Scenario) {
    const core = new Core(scenario.seed);
    const producers = new Producers(core);
    const services = new Services(core);
    const consumers = new Consumers(core, services);
    const topology = new Topology(core, producers, consumers);
    this.state = { core, producers, consumers, topology, alerts: new Alerts(), progress: startOf() };
    core.log.store = core.store;
    this.figures = new Figures(core, topology);
    this.samples = new Samples(this.state, this.figures);
    this.sprint = sprintsFor(this.state);
    this.operations = new Operations(topology);
    this.edit(scenario);
  }

  get now(): Micros {
    return this.state.core.now;
  }

  get core(): Core {
    return this.state.core;
  }

  get history(): History {
    return this.samples.history;
  }

  get sums(): Sums {
    return this.samples.sums;
  }

  /** Events performed since the start: with the time, where the run stands. */
  get performed(): number {
    return this.state.progress.performed;
  }

  /** The document changes now; the run goes on. The first call is the start. */
  edit(scenario: Scenario): void {
    this.samples.finish();
    const { core, topology } = this.state;
    topology.apply(scenario);
    this.state.alerts.apply(scenario.alerts, core.now);
    this.follow(scenario.timeline);
    this.sums.clear(core.now);
  }

  /** From now on the script is this one: what it says about the past is over. */
  private follow(timeline: TimelineEntry[]): void {
    const { progress } = this.state;
    const { now, calendar } = this.core;
    const isFirst = progress.edition < 0;
    if (!isFirst && JSON.stringify(timeline) === JSON.stringify(progress.timeline)) return;
    progress.timeline = timeline;
    progress.edition++;
    const data = 2 * progress.edition;
    // What was done by hand is written down a moment later, so that when it comes again it comes after all that had happened: it is not to be done twice.
    const plan = (at: Micros, what: number, datum: number) => {
      if (at > now + RECORDED_AFTER || isFirst) calendar.push(at, 0, what, datum);
    };
    timeline.forEach((entry, index) => {
      if (entry.disabled) return;
      const what = AT.script | (index << EVENT_BITS);
      plan(fromMs(entry.t), what, data);
      if (entry.undoAt !== undefined) plan(fromMs(entry.undoAt), what, data + 1);
    });
  }

  /**
   * Performs events up to and including virtual time `until`.
   * @param until µs @param most stop after this many events, so that a caller with a clock can look at it
   * @param isDivided stops also within a sample of a large drawing, so that somebody can be heard; each further call takes another stretch of it
   * @param goesOn asked when `most` is reached in the midst of everyday events, and again and again from there on: to go on with those costs less than to begin again
   * @returns number of events performed; fewer than `most` means that `until` is reached, that an alert asks for a pause, or `isSampling`
   */
  advance(until: Micros, most: number = Number.POSITIVE_INFINITY, isDivided = false, goesOn: GoesOn = null): number {
    this.isThere = false;
    if (isDivided && !this.samples.goOn()) return 0;
    const count = this.performUntil(until, most, isDivided, goesOn);
    this.state.progress.performed += count;
    this.core.meters.collect();
    return count;
  }

  /** A sample has been begun and is taken in stretches: the run stands at its time, and nothing has happened there yet. */
  get isSampling(): boolean {
    return this.samples.isBetween;
  }

  /** The next stretch of the sample. @returns whether it is taken */
  goOnSampling(): boolean {
    return this.samples.goOn();
  }

  private performUntil(until: Micros, most: number, isDivided: boolean, goesOn: GoesOn): number {
    this.samples.finish();
    if (Number.isNaN(until)) throw new Error("A run cannot be advanced to a time that is not a number.");
    let count = 0;
    while (count < most) {
      const some = Math.min(EVENTS_AT_ONCE, most - count);
      const done = this.performSome(until, some, isDivided, some === most - count ? goesOn : null);
      count += done;
      if (done < some) break;
    }
    return count;
  }

  /** As `performUntil`. It returns now and then because a loop that is entered once is compiled in its midst, and then without what is known of the module around it. */
  private performSome(until: Micros, most: number, isDivided: boolean, goesOn: GoesOn): number {
    const { samples } = this;
    this.sprint ??= sprintsFor(this.state);
    const { core, alerts, producers, consumers } = this.state;
    const { calendar, log } = core;
    const toNextSample = () => {
      calendar.limit = Math.min(until, samples.next - 1);
    };
    toNextSample();
    let count = 0;
    // (Further where everyday events went beyond `most`: what comes after them is looked at all the same.)
    let end = most;
    while (count < end) {
      // Alerts are looked at on the second, so that a run that pauses at one stands at that second.
      if (alerts.next <= until && calendar.peekTime() >= alerts.next) {
        if (!samples.pass(alerts.next, isDivided)) return count;
        core.now = Math.max(core.now, alerts.next - SECOND);
        if (alerts.wantsPause) return count;
        toNextSample();
        continue;
      }
      const sprinted = this.sprint === null ? 0 : this.sprint.run(until, most - count, samples, goesOn);
      if (sprinted > 0) {
        count += sprinted;
        if (goesOn !== null && count >= end && this.sprint?.wasCut === false) end = count + 1;
        continue;
      }
      if (!calendar.nextWithin()) {
        // An event stays in the calendar until the samples before it are taken: who interrupts that finds the run as it is.
        const to = Math.min(calendar.peekTime(), until);
        if (!samples.pass(to, isDivided)) return count;
        if (!calendar.nextUntil(to)) {
          core.now = Math.max(core.now, to);
          this.isThere = true;
          return count;
        }
        toNextSample();
      }
      const at = calendar.time;
      core.now = at;
      const { what, data } = calendar;
      core.hash = mixEvent(core.hash, what, data, at);
      const kind = what & EVENT_MASK;
      // Most of what happens in a run is one of these two.
      if (kind === AT.done && log.detailed === false) consumers.done(what >>> EVENT_BITS, data);
      else if (kind === AT.produce) producers.produce(what >>> EVENT_BITS, data);
      else this.perform(what, data);
      count++;
    }
    return count;
  }

  private perform(what: number, data: number): void {
    const { core, producers, consumers, topology } = this.state;
    const target = what >>> EVENT_BITS;
    switch (what & EVENT_MASK) {
      case AT.produce:
        producers.produce(target, data);
        break;
      case AT.published: {
        const port = topology.ports[target] as Port;
        core.landed(port.output.link);
        const list = port.role === "producer" ? producers.instances : consumers.instances;
        const client = list[port.instance];
        const { host } = port.output;
        host.publishArrived(client === undefined ? null : sessionOn(client, host), port, data);
        break;
      }
      case AT.enqueue:
        topology.hosts[target >> 16]?.arriveAtQueue(target & 0xffff, data);
        break;
      case AT.delivered:
        if (core.log.detailed) markArrival(consumers, target, data);
        consumers.delivered(target, data);
        break;
      case AT.done:
        if (core.log.detailed) doneMarked(consumers, target, data);
        else consumers.done(target, data);
        break;
      case AT.ack:
      case AT.requeue:
      case AT.reject: {
        const session = topology.sessions[target] as Session;
        session.host.answered(session, what & EVENT_MASK, data);
        break;
      }
      case AT.confirmed:
      case AT.refused:
        producers.answered(topology.sessions[target] as Session, data, (what & EVENT_MASK) === AT.confirmed);
        break;
      case AT.timer:
        topology.hosts[target >> TIMER_BITS]?.timerFired(target & ((1 << TIMER_BITS) - 1), data);
        break;
      case AT.timeout:
        producers.timedOut(target, data);
        break;
      case AT.retry:
        producers.retry(target, data);
        break;
      case AT.restart:
        this.operations.restartConsumer(consumers.instances[target] as ConsumerInstance, data);
        break;
      case AT.poll:
        (consumers.subscriptions[target] as Subscription).session.host.polled(
          consumers.subscriptions[target] as Subscription,
          data,
        );
        break;
      case AT.script: {
        const { timeline, edition } = this.state.progress;
        const entry = timeline[target];
        if (entry === undefined || data >> 1 !== edition) break;
        this.operations.perform(entry.do, entry.target, entry.args ?? {}, (data & 1) === 1);
        break;
      }
    }
  }

  /** A live operation, now. @returns false when there is no such operation for the target */
  act(operation: string, target: string, args: Record<string, unknown> = {}): boolean {
    this.sums.clear(this.now);
    return this.operations.perform(operation, target, args, false);
  }

  /**
   * Performs events until one is logged (of the node, when given), at most to `limit`.
   * @returns number of that event, or 0 when none came
   */
  step(node: string | undefined, limit: Micros): number {
    const { log } = this.core;
    const index = node === undefined ? undefined : this.state.topology.nodeOf.get(node)?.index;
    const detailed = log.detailed;
    log.detailed = true;
    let found = 0;
    while (found === 0 && this.core.calendar.peekTime() <= limit) {
      const before = log.last;
      this.advance(limit, 1);
      for (let n = before + 1; n <= log.last && found === 0; n++) if (log.concerns(n, index)) found = n;
    }
    log.detailed = detailed;
    return found;
  }

  /** Statistics begin anew now; the ledger and the events go on. */
  resetStatistics(): void {
    this.samples.finish();
    this.core.meters.reset(this.now);
    this.sums.clear(this.now);
  }

  /** What a figure's long-run mean is made of. @returns null for a figure that is no mean or rate */
  observe(target: string, metric: string): Observed | null {
    const { core } = this;
    const node = this.state.topology.nodeOf.get(target);
    const found =
      target === "system"
        ? this.sums.observe("system", core.system, metric)
        : node && this.sums.observe(node.kind, node.slots, metric);
    return found ? { target, ...found } : null;
  }

  /** Which number stands where in `read()`. The same object until the topology changes. */
  layout(): FrameLayout {
    return this.figures.layout();
  }

  /** All metrics now, in the layout's order. The array is the run's own: copy it to keep it. @param whole since the start instead of the last window */
  read(whole = false): Float64Array {
    this.samples.finish();
    return this.figures.read(whole);
  }

  /** The figures for files and the command line. */
  report(): Report {
    const values = this.read(true);
    const layout = this.layout();
    const { topology } = this.state;
    const nodes: Report["nodes"] = {};
    topology.nodes.forEach((node, i) => {
      if (!node.gone)
        nodes[node.name] = named(node.kind, values, (layout.nodes[i] as { offset: number }).offset, node.groups);
    });
    const system = named("system", values, layout.system.offset);
    return { time: this.now / 1000, ledger: this.ledgerReport(), nodes, system };
  }

  ledgerReport(): LedgerReport {
    const { ledger } = this.core;
    const byReason = (names: readonly string[], counts: Float64Array) =>
      Object.fromEntries(names.map((name, i) => [name, counts[i] as number]).filter(([, count]) => count !== 0));
    return {
      published: ledger.published,
      processed: ledger.processed,
      inSystem: ledger.open,
      discarded: byReason(DISCARD_REASONS, ledger.discarded),
      lost: byReason(LOSS_REASONS, ledger.lost),
      duplicates: ledger.duplicates,
      copies: {
        made: ledger.copiesMade,
        processed: ledger.copiesProcessed,
        inSystem: ledger.copiesOpen,
        discarded: byReason(DISCARD_REASONS, ledger.copiesDiscarded),
        lost: byReason(LOSS_REASONS, ledger.copiesLost),
      },
    };
  }

  /** States worth a badge on the node's face, only where they differ from normal. */
  badges(): Record<string, string[]> {
    const badges = this.operations.badges();
    for (const target of this.state.alerts.firing()) {
      if (target !== "system" && !badges[target]?.includes("firing"))
        badges[target] = ["firing", ...(badges[target] ?? [])];
    }
    return badges;
  }

  /** Hash of all events so far, as eight hex digits. */
  hash(): string {
    return (this.core.hash >>> 0).toString(16).padStart(8, "0");
  }

  /** The whole run as kept buffers. What only watches — events, tokens, chart history — stays out. */
  capture(kept?: Snapshot): Snapshot {
    return this.withoutWatchers(() => capture(this.state, kept));
  }

  /** The same a piece at a time, by `goOnCapturing`; nothing may be done to the run until it is taken, nor its figures be read. */
  beginCapture(kept?: Snapshot): Capture {
    this.samples.finish();
    return new Capture(this.state, kept);
  }

  /** @param isTimeUp asked after small parts of the work @returns null when it is not done */
  goOnCapturing(taking: Capture, isTimeUp: () => boolean): Snapshot | null {
    return this.withoutWatchers(() => taking.work(isTimeUp));
  }

  /**
   * Takes the run back (or forward) to a snapshot of its own. Events after it are forgotten, and the charts' history too.
   * @param keepHistory it stays, because the same will happen again: what is known of the future is as true as before
   */
  restore(snapshot: Snapshot, keepHistory = false): void {
    const before = this.now;
    this.withoutWatchers(() => restore(this.state, snapshot));
    this.figures.forgetLayout();
    this.sprint?.forget();
    this.samples.moved();
    this.core.log.cut(this.now);
    if (!keepHistory) this.history.cut(this.now + 1);
    // Sums need every stretch in between.
    if (this.now > before) this.sums.clear(this.now);
    else this.sums.cut(this.now + 1);
  }

  private withoutWatchers<T>(body: () => T): T {
    this.samples.finish();
    const { core } = this.state;
    const { log, tokens } = core;
    Object.assign(core, { log: null, tokens: null });
    try {
      return body();
    } finally {
      Object.assign(core, { log, tokens });
    }
  }
}

const startOf = (): Progress => ({ performed: 0, timeline: [], edition: -1 });

/** A scenario ready to run at time 0. The document must be one that `validate` found without errors. */
export function createRun(scenario: Scenario): Run {
  return new Run(scenario);
}
