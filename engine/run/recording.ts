import type { Capture } from "../kernel/snapshot.ts";
import { type Micros, SECOND } from "../kernel/time.ts";
import type { Scenario } from "../scenario/types.ts";
import { EVENTS_KEPT } from "./event-log.ts";
import { createRun, type Run } from "./run.ts";
import { sharing } from "./sharing.ts";
import { comparePositions, type Position, SNAPSHOT_EVERY, SnapshotStore } from "./snapshots.ts";
import type { GoesOn } from "./sprints.ts";
import { goneFrom, undoesDeletion } from "./taking-back.ts";

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

/** Events that are many to go through for each step back; of such a stretch the last part is looked through first, a sixteenth of its time. */
const LONG_STRETCH = 2000;
const LAST_STRETCH = 1 / 16;

/** Events that take about a millisecond at the most, kept one by one. */
const EVENTS_AT_ONCE = 512;

/** A long way in pieces: between them somebody else may be heard. */
export type Pieces<T = void> = Generator<undefined, T, undefined>;

function toTheEnd<T>(pieces: Pieces<T>): T {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}

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
  private readonly first: Scenario;
  /** Nodes that were deleted together with messages. */
  private readonly emptied = new Set<string>();
  private readonly firstEvents: number;
  private readonly clock: (() => number) | null;
  private nextSnapshotAt = Number.NEGATIVE_INFINITY;
  private due: Micros = 0;
  /** The snapshot that is being taken here, and the real ms that it has cost so far. */
  private taking: { of: Capture | null; spent: number } | null = null;

  /**
   * @param scenario without errors
   * @param clock real ms, when somebody drives the run who must not be held up: snapshots take a bounded share of the time then, and are taken by `workOnSnapshot`. Without
   * it every one that is due is taken on the way
   * @param limit bytes for snapshots
   */
  constructor(scenario: Scenario, clock: (() => number) | null = null, limit?: number) {
    this.run = createRun(scenario);
    this.document = scenario;
    this.first = scenario;
    this.clock = clock;
    this.snapshots = new SnapshotStore(limit);
    this.firstEvents = this.run.core.log.last;
    this.snapshots.add(START, this.run.capture());
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
   * @returns number of events performed; fewer than `most` means that `until` is reached, that an alert asks for a pause, that a snapshot is owed, or `run.isSampling` (with a clock only)
   */
  advance(until: Micros, most: number = Number.POSITIVE_INFINITY, goesOn: GoesOn = null): number {
    return this.performUntil(until, most, Number.POSITIVE_INFINITY, this.clock !== null, goesOn);
  }

  /** A snapshot is to be taken here before the run goes on (with a clock only). */
  get owesSnapshot(): boolean {
    return this.taking !== null;
  }

  /** Takes the snapshot that is owed, as much of it as time allows. @param isTimeUp asked after small parts of the work @returns whether nothing is owed any more */
  workOnSnapshot(isTimeUp: () => boolean): boolean {
    const { taking, clock, snapshots, run } = this;
    if (taking === null || clock === null) return true;
    const start = clock();
    taking.of ??= run.beginCapture(snapshots.room());
    const snapshot = run.goOnCapturing(taking.of, isTimeUp);
    const end = clock();
    taking.spent += end - start;
    if (snapshot === null) return false;
    this.taking = null;
    snapshots.add(this.position, snapshot);
    this.nextSnapshotAt = end + taking.spent * PAUSE_PER_COST;
    return true;
  }

  /** Whoever does anything else to the run than taking the snapshot does without it. */
  putSnapshotOff(): void {
    this.taking?.of?.abandon();
    this.taking = null;
  }

  /** @param actions performs those of the log with a lower index only @param isDriven stops where a snapshot is owed */
  private performUntil(until: Micros, most: number, actions: number, isDriven = false, goesOn: GoesOn = null): number {
    const { run } = this;
    this.putSnapshotOff();
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
      // (The way to a snapshot does not end at a sample, though nothing more may come before it.)
      if (!run.isSampling) this.due = this.snapshotDue();
      const { due } = this;
      // An action has its place after so many events, and no more.
      const isFree = eventsBefore === Number.POSITIVE_INFINITY;
      const performed = run.advance(Math.min(end, due), asked, isDriven, isFree ? goesOn : null);
      count += performed;
      if (run.state.alerts.wantsPause || run.isSampling) break;
      if (performed >= asked && !run.isThere) continue;
      if (run.now >= due) {
        if (this.wantsSnapshot()) {
          if (isDriven) {
            this.taking = { of: null, spent: 0 };
            break;
          }
          this.keep();
        }
      } else if (!isNext) break;
    }
    this.furthest = Math.max(this.furthest, run.now);
    return count;
  }

  /** A live operation, now. @returns false when there is none of that name for the target: nothing happens then */
  act(operation: string, target: string, args: Record<string, unknown> = {}): boolean {
    this.putSnapshotOff();
    // The drawing is as the last edit left it; when that lies ahead, it holds from now on instead.
    const isBehind = this.log.slice(this.done).some((action) => action.kind === "edit");
    if (isBehind) this.edit(this.document);
    const { position } = this;
    const isDone = this.run.act(operation, target, args);
    if (isDone) this.record({ ...position, kind: "act", do: operation, target, args });
    else if (isBehind) this.undoDrop();
    return isDone;
  }

  /**
   * The document changes now. An edit that undoes a deletion right where that was done takes it back: neither has been, and what the deleted parts held is there again (product.md §3.3).
   * @param changed without errors
   * @returns whether it did; and the names of nodes that are back without the messages they were deleted with, because the run has gone on since
   */
  edit(changed: Scenario): { tookBack: boolean; emptied: string[] } {
    this.putSnapshotOff();
    if (this.takeBack(changed)) return { tookBack: true, emptied: [] };
    const { position, document, run } = this;
    const scenario = sharing(document, changed);
    const gone = goneFrom(document, scenario);
    const deleted = () => (gone.length === 0 ? 0 : (run.ledgerReport().discarded.deleted ?? 0));
    const before = deleted();
    run.edit(scenario);
    if (deleted() > before) for (const id of gone) this.emptied.add(id);
    this.record({ ...position, kind: "edit", scenario });
    this.document = scenario;
    const back = scenario.nodes.filter(({ id }) => this.emptied.delete(id));
    return { tookBack: false, emptied: back.map(({ name }) => name) };
  }

  private takeBack(changed: Scenario): boolean {
    const last = this.log.at(-1);
    const { time, performed } = this.position;
    if (last?.time !== time || last.performed !== performed || this.done < this.log.length) return false;
    if (!undoesDeletion(this.log, this.first, changed)) return false;
    this.log.pop();
    this.takeAnotherWay(time);
    this.goTo(last);
    this.document = sharing(this.document, changed);
    this.emptied.clear();
    return true;
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
    this.putSnapshotOff();
    this.run.restore(kept.snapshot, true);
    this.done = kept.actions;
    // At the start stands what the document itself said; what was done there before the first event comes again.
    if (comparePositions(kept, START) === 0) this.run.core.log.cut(0, this.firstEvents);
    this.run.state.alerts.wantsPause = false;
  }

  /** `advance` without minding alerts that ask for a pause: that was when it came the first time. */
  private goOn(until: Micros, most?: number, actions?: number): void {
    toTheEnd(this.going(until, most, actions));
  }

  /** The same in pieces. */
  private *going(
    until: Micros,
    most: number = Number.POSITIVE_INFINITY,
    actions: number = Number.POSITIVE_INFINITY,
  ): Pieces {
    const { alerts } = this.run.state;
    for (let left = most; left > 0; ) {
      const asked = Math.min(left, EVENTS_AT_ONCE);
      const performed = this.performUntil(until, asked, actions);
      left -= performed;
      if (!alerts.wantsPause && performed < asked) return;
      alerts.wantsPause = false;
      if (left > 0) yield;
    }
  }

  /** To exactly this place, also between events of one time. */
  private goTo(position: Position): void {
    toTheEnd(this.goingTo(position));
  }

  private *goingTo(position: Position): Pieces {
    this.restore(position);
    yield* this.goingOnTo(position);
  }

  private *goingOnTo({ time, performed, actions }: Position): Pieces {
    while (this.done < actions) {
      const action = this.log[this.done] as Action;
      yield* this.passingEvents(action);
      this.perform(action);
    }
    yield* this.passingEvents({ time, performed });
  }

  /** Up to a place before which no action is left. */
  private *passingEvents({ time, performed }: { time: Micros; performed: number }): Pieces {
    while (this.run.performed < performed) yield* this.going(time, performed - this.run.performed, this.done);
    // Nothing happens any more up to then; only the clock moves.
    while (this.run.now < time) yield* this.going(time, 1, this.done);
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
      if (isNext) toTheEnd(this.goingOnTo({ ...action, actions: this.done + 1 }));
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
    return toTheEnd(this.steppingBack(node));
  }

  /** `stepBack` in pieces of a millisecond or so. Where the run stands in between means nothing; give it up by going elsewhere. */
  *steppingBack(node: string | undefined): Pieces<number> {
    const way = this.back(this.indexOf(node));
    for (;;) {
      const piece = this.inDetail(() => way.next());
      if (piece.done) return piece.value;
      yield;
    }
  }

  private *back(node: number | undefined): Pieces<number> {
    const { log } = this.run.core;
    const here = this.position;
    let end = here;
    let share = LAST_STRETCH;
    for (let kept = this.snapshots.strictlyBefore(end); kept; kept = this.snapshots.strictlyBefore(end)) {
      let start: Position = kept;
      if (end.performed - kept.performed > LONG_STRETCH && share < 1) {
        // Most likely it was not long ago: quickly to the last part of a long stretch. The next step back begins there: one seldom goes back by one event only.
        const time = Math.floor(end.time - share * (end.time - kept.time));
        share *= 4;
        yield* this.passingQuickly(kept, time);
        if (comparePositions(this.position, end) < 0) start = this.position;
        this.keep();
      } else share = LAST_STRETCH;
      // Through the stretch once, so that every event of it is in the log.
      yield* this.goingTo(start);
      const first = log.last;
      yield* this.goingOnTo(end);
      const time = end === here ? here.time : end.time + 1;
      let from = [time, time + 1].map((t) => log.timeBefore(t, first, node)).find((t) => t >= 0);
      if (from === undefined && log.last - first > EVENTS_KEPT) from = start.time;
      // From the last one that is surely before, on to the very last.
      yield* this.goingTo(start);
      if (from !== undefined) {
        if (from - 1 > start.time) yield* this.going(from - 1);
        let stepFrom = this.position;
        let found: Position | null = null;
        for (let next = stepFrom; this.stepUntil(node, end.time, here) > 0; next = this.position) {
          stepFrom = next;
          found = this.position;
          yield;
        }
        if (found !== null) {
          this.run.core.tokens.jumpTo(found.time);
          yield* this.goingTo(stepFrom);
          return this.stepUntil(node, end.time);
        }
        yield* this.goingTo(start);
      }
      end = this.position;
    }
    yield* this.goingTo(START);
    return 0;
  }

  /** Everyday events of the way are not kept. */
  private *passingQuickly(kept: Position, time: Micros): Pieces {
    const { log } = this.run.core;
    this.restore(kept);
    const way = this.going(time);
    for (;;) {
      log.detailed = false;
      const piece = way.next();
      log.detailed = true;
      if (piece.done) return;
      yield;
    }
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

  /**
   * The next time at which a snapshot is due: after the next event, so that an idle stretch is passed at once. Nothing is left to be done at that time then, neither an event
   * nor an action of the log: the time alone says where the run stands.
   */
  private snapshotDue(): Micros {
    const next = Math.max(this.run.now, this.run.core.calendar.peekTime());
    return next === Number.POSITIVE_INFINITY ? next : (Math.floor(next / SNAPSHOT_EVERY) + 1) * SNAPSHOT_EVERY;
  }

  private wantsSnapshot(): boolean {
    const { clock, snapshots, run, position } = this;
    if (clock !== null && clock() < this.nextSnapshotAt) return false;
    const { birth, kind, id, flags } = run.core.store;
    // What would be thrown away at once is not taken: the messages alone are too large.
    if (birth.byteLength + kind.byteLength + id.byteLength + flags.byteLength > snapshots.limit) return false;
    return !snapshots.isNear(position);
  }

  /** Takes a snapshot here, at once. */
  private keep(): void {
    this.snapshots.add(this.position, this.run.capture(this.snapshots.room()));
  }
}

/** After everything that happens at a time. */
const endOf = (time: Micros): Position => ({
  time,
  performed: Number.POSITIVE_INFINITY,
  actions: Number.POSITIVE_INFINITY,
});
