import { type Micros, SECOND } from "../kernel/time.ts";
import type { Scenario } from "../scenario/types.ts";
import { EVENTS_KEPT } from "./event-log.ts";
import { createRun, type Run } from "./run.ts";
import { comparePositions, type Position, SNAPSHOT_EVERY, SnapshotStore } from "./snapshots.ts";

/** What a person did to the run, and where it stood then. */
export type Action = Position &
  ({ kind: "act"; do: string; target: string; args: Record<string, unknown> } | { kind: "edit"; scenario: Scenario });

/** What an action in the past put an end to: the log as it was, and where the run stood. */
export interface Dropped {
  log: readonly Action[];
  document: Scenario;
  position: Position;
  furthest: Micros;
}

/** Snapshots may take a twentieth of the real time: after each, nineteen times as long as it took passes without one. */
const PAUSE_PER_COST = 19;

/** Events that are many to go through for each step back. */
const LONG_STRETCH = 2000;

/** A seek begins at least so much before the time it is to. */
const LEAD: Micros = 2 * SECOND;

const START: Position = { time: 0, performed: 0, actions: 0 };

/**
 * A run that can be moved in virtual time. It is told by its first document, its seed and the log of actions, each with the place where it happened: to stand at any place
 * again, it takes the nearest snapshot before and does the same from there. So nothing differs from having run straight on, bit for bit.
 *
 * An action in the past makes another future: the later ones are dropped, and can be put back.
 */
export class Recording {
  readonly run: Run;
  readonly snapshots: SnapshotStore;
  /** Furthest virtual time that this course of the run has reached, µs. */
  furthest: Micros = 0;
  /** What the last action in the past dropped, as long as it can be put back. */
  dropped: Dropped | null = null;
  private log: Action[] = [];
  /** How many of the log have been performed. */
  private done = 0;
  /** The newest document, also while the run stands before its edit. */
  document: Scenario;
  private readonly firstEvents: number;
  private readonly clock: (() => number) | null;
  private nextSnapshotAt = Number.NEGATIVE_INFINITY;

  /**
   * @param scenario without errors @param clock real ms, to bound the share of time that snapshots take; without it every one that is due is taken
   * @param limit bytes for snapshots
   */
  constructor(scenario: Scenario, clock: (() => number) | null = null, limit?: number) {
    this.run = createRun(scenario);
    this.document = scenario;
    this.clock = clock;
    this.snapshots = new SnapshotStore(limit);
    this.firstEvents = this.run.core.log.last;
    this.snapshots.add(START, () => this.run.capture());
  }

  get now(): Micros {
    return this.run.now;
  }

  get position(): Position {
    return { time: this.run.now, performed: this.run.performed, actions: this.done };
  }

  /** Every action, also those after now: they will come again. */
  get actions(): readonly Action[] {
    return this.log;
  }

  /** Nothing is left to happen. */
  get isOver(): boolean {
    return this.run.core.calendar.size === 0 && this.done === this.log.length;
  }

  /**
   * As `Run.advance`; actions of the log are performed when their place comes.
   * @returns number of events performed; fewer than `most` means that `until` is reached, or that an alert asks for a pause
   */
  advance(until: Micros, most: number = Number.POSITIVE_INFINITY): number {
    return this.performUntil(until, most, Number.POSITIVE_INFINITY);
  }

  /** @param actions performs those of the log with a lower index only */
  private performUntil(until: Micros, most: number, actions: number): number {
    const { run } = this;
    let count = 0;
    while (count < most) {
      const action = this.done < actions ? this.log[this.done] : undefined;
      const eventsBefore = action === undefined ? Number.POSITIVE_INFINITY : action.performed - run.performed;
      const isNext = action !== undefined && eventsBefore <= 0 && action.time <= until;
      if (isNext && run.now >= action.time) {
        this.perform(action);
        continue;
      }
      const end = isNext ? action.time : until;
      const asked = eventsBefore > 0 ? Math.min(eventsBefore, most - count) : most - count;
      const due = this.snapshotDue();
      const performed = run.advance(Math.min(end, due), asked);
      count += performed;
      if (run.state.alerts.wantsPause) break;
      if (performed === asked) continue;
      if (run.now >= due) this.takeSnapshot();
      else if (!isNext) break;
    }
    this.furthest = Math.max(this.furthest, run.now);
    return count;
  }

  /** A live operation, now. @returns false when there is none of that name for the target: nothing happens then */
  act(operation: string, target: string, args: Record<string, unknown> = {}): boolean {
    // The drawing is as the last edit left it; when that lies ahead, it holds from now on instead.
    const isBehind = this.log.slice(this.done).some((action) => action.kind === "edit");
    if (isBehind) this.edit(this.document);
    const { position } = this;
    const isDone = this.run.act(operation, target, args);
    if (isDone) this.record({ ...position, kind: "act", do: operation, target, args });
    else if (isBehind) this.undoDrop();
    return isDone;
  }

  /** The document changes now. @param changed without errors */
  edit(changed: Scenario): void {
    const { position } = this;
    const scenario = sharing(this.document, changed);
    this.run.edit(scenario);
    this.record({ ...position, kind: "edit", scenario });
    this.document = scenario;
  }

  /** Adds what has just been done at its position, and gives up what came later. */
  private record(action: Action): void {
    if (this.done < this.log.length) {
      const { time, performed, actions } = action;
      const { document, furthest } = this;
      this.dropped = { log: this.log.slice(), document, position: { time, performed, actions }, furthest };
    }
    this.log.length = this.done;
    this.log.push(action);
    this.done++;
    this.takeAnotherWay(action.time);
  }

  /** What was known about the time after `time` holds no longer. */
  private takeAnotherWay(time: Micros): void {
    this.snapshots.cut(time);
    this.run.history.cut(time + 1);
    this.run.core.log.cutMarks(time);
    this.furthest = time;
  }

  /** Puts back what the last action in the past dropped, and the run to where it stood; that action is gone. @returns whether there was anything to put back */
  undoDrop(): boolean {
    const { dropped } = this;
    if (dropped === null) return false;
    this.dropped = null;
    const { log, document, position, furthest } = dropped;
    this.takeAnotherWay(position.time);
    // Up to that place both ways are the same.
    if (comparePositions(this.position, position) > 0) this.restore(position);
    this.log = log.slice();
    this.document = document;
    this.goTo(position);
    this.furthest = furthest;
    return true;
  }

  /**
   * To a virtual time, all at once: everything up to and including it has happened.
   * @param time µs
   */
  seek(time: Micros): void {
    this.rewind(time);
    this.goOn(time);
  }

  /**
   * Takes the nearest snapshot before a time, unless the run stands nearer; what is left is `advance(time)`. It begins a little early, so that the events that led there and
   * the messages on their way are known.
   * @param time µs
   */
  rewind(time: Micros): void {
    this.run.core.tokens.jumpTo(time);
    this.restore(endOf(time), endOf(time - LEAD));
  }

  /** @param from where to begin at the latest */
  private restore(position: Position, from: Position = position): void {
    const kept = this.snapshots.before(from) ?? this.snapshots.before(START);
    if (kept === undefined) throw new Error("A recording always has the snapshot of its start.");
    const here = this.position;
    if (comparePositions(here, position) <= 0 && comparePositions(kept, here) <= 0) return;
    this.run.restore(kept.snapshot, true);
    this.done = kept.actions;
    // At the start stands what the document itself said; what was done there before the first event comes again.
    if (comparePositions(kept, START) === 0) this.run.core.log.cut(0, this.firstEvents);
    this.run.state.alerts.wantsPause = false;
  }

  /** `advance` without minding alerts that ask for a pause: that was when it came the first time. */
  private goOn(
    until: Micros,
    most: number = Number.POSITIVE_INFINITY,
    actions: number = Number.POSITIVE_INFINITY,
  ): void {
    const { alerts } = this.run.state;
    for (let left = most; left > 0; ) {
      left -= this.performUntil(until, left, actions);
      if (!alerts.wantsPause) return;
      alerts.wantsPause = false;
    }
  }

  /** To exactly this place, also between events of one time. */
  private goTo(position: Position): void {
    this.restore(position);
    this.goOnTo(position);
  }

  private goOnTo({ time, performed, actions }: Position): void {
    while (this.done < actions) {
      const action = this.log[this.done] as Action;
      this.passEvents(action);
      this.perform(action);
    }
    this.passEvents({ time, performed });
  }

  /** Up to a place before which no action is left. */
  private passEvents({ time, performed }: { time: Micros; performed: number }): void {
    while (this.run.performed < performed) this.goOn(time, performed - this.run.performed, this.done);
    // Nothing happens any more up to then; only the clock moves.
    while (this.run.now < time) this.goOn(time, 1, this.done);
  }

  /**
   * Performs events until one is logged (of the node, when given).
   * @param limit µs @returns number of that event, 0 when none came
   */
  step(node: string | undefined, limit: Micros): number {
    return this.inDetail(() => this.stepUntil(this.indexOf(node), limit));
  }

  private stepUntil(node: number | undefined, limit: Micros, before?: Position): number {
    const { run } = this;
    const { log, calendar } = run.core;
    for (;;) {
      const action = this.log[this.done];
      const isNext = action !== undefined && action.performed <= run.performed && action.time <= limit;
      if (!isNext && calendar.peekTime() > limit) return 0;
      const { last } = log;
      if (isNext) this.goOnTo({ ...action, actions: this.done + 1 });
      else this.goOn(limit, 1, this.done);
      this.furthest = Math.max(this.furthest, run.now);
      if (before !== undefined && comparePositions(this.position, before) >= 0) return 0;
      for (let n = last + 1; n <= log.last; n++) if (log.concerns(n, node)) return n;
    }
  }

  /**
   * Back to where the last step before here would have stopped (at an event of the node, when given); to the start when there is none.
   * @returns number of the event that the run has come to, 0 at the start
   */
  stepBack(node: string | undefined): number {
    return this.inDetail(() => this.back(this.indexOf(node)));
  }

  private back(node: number | undefined): number {
    const { log } = this.run.core;
    const here = this.position;
    let end = here;
    for (let kept = this.snapshots.strictlyBefore(end); kept; kept = this.snapshots.strictlyBefore(end)) {
      // Through the stretch once, so that every event of it is in the log.
      this.goTo(kept);
      const first = log.last;
      this.goOnTo(end);
      const time = end === here ? here.time : end.time + 1;
      let from = [time, time + 1].map((t) => log.timeBefore(t, first, node)).find((t) => t >= 0);
      if (from === undefined && log.last - first > EVENTS_KEPT) from = kept.time;
      // From the last one that is surely before, on to the very last.
      this.goTo(kept);
      if (from !== undefined) {
        if (end.performed - kept.performed > LONG_STRETCH) {
          // The next step back begins here: one seldom goes back by one event only.
          this.goOn(Math.floor(Math.max(kept.time, from - (end.time - kept.time) / 16)));
          this.keep();
        }
        if (from - 1 > kept.time) this.goOn(from - 1);
        let stepFrom = this.position;
        let found: Position | null = null;
        for (let next = stepFrom; this.stepUntil(node, end.time, here) > 0; next = this.position) {
          stepFrom = next;
          found = this.position;
        }
        if (found !== null) {
          this.run.core.tokens.jumpTo(found.time);
          this.goTo(stepFrom);
          return this.stepUntil(node, end.time);
        }
        this.goTo(kept);
      }
      end = this.position;
    }
    this.goTo(START);
    return 0;
  }

  private inDetail<T>(body: () => T): T {
    const { log } = this.run.core;
    const { detailed } = log;
    log.detailed = true;
    try {
      return body();
    } finally {
      log.detailed = detailed;
    }
  }

  private perform(action: Action): void {
    this.done++;
    if (action.kind === "act") this.run.act(action.do, action.target, action.args);
    else this.run.edit(action.scenario);
  }

  private indexOf(node: string | undefined): number | undefined {
    return node === undefined ? undefined : this.run.state.topology.nodeOf.get(node)?.index;
  }

  /** The next time at which a snapshot is due: after the next event, so that an idle stretch is passed at once. */
  private snapshotDue(): Micros {
    const next = Math.max(this.run.now, this.run.core.calendar.peekTime());
    return next === Number.POSITIVE_INFINITY ? next : (Math.floor(next / SNAPSHOT_EVERY) + 1) * SNAPSHOT_EVERY;
  }

  private takeSnapshot(): void {
    const { clock } = this;
    const start = clock?.() ?? 0;
    if (start < this.nextSnapshotAt || this.snapshots.isNear(this.position)) return;
    this.keep();
    if (clock !== null) {
      const end = clock();
      this.nextSnapshotAt = end + (end - start) * PAUSE_PER_COST;
    }
  }

  /** Takes a snapshot when all events up to now are over, unless an action stands at this time: only a place that its time alone decides. */
  private keep(): void {
    const { position, log, done } = this;
    if (log[done - 1]?.time === position.time || log[done]?.time === position.time) return;
    this.snapshots.add(position, (spare) => this.run.capture(spare));
  }
}

/** The same document with the parts of the one before that have not changed: a slider that is dragged makes a hundred of them. */
function sharing(before: Scenario, after: Scenario): Scenario {
  const known = new Map([...before.nodes, ...before.edges].map((part) => [part.id, part]));
  const share = <T extends { id: string }>(part: T): T => {
    const old = known.get(part.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(part) ? (old as unknown as T) : part;
  };
  return { ...after, nodes: after.nodes.map(share), edges: after.edges.map(share) };
}

/** After everything that happens at a time. */
const endOf = (time: Micros): Position => ({
  time,
  performed: Number.POSITIVE_INFINITY,
  actions: Number.POSITIVE_INFINITY,
});
