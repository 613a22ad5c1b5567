import { type Micros, SECOND } from "../kernel/time.ts";
import { type Pieces, Recording } from "../run/recording.ts";
import type { Run } from "../run/run.ts";
import type { Scenario } from "../scenario/types.ts";
import { validate } from "../scenario/validate.ts";
import { frameOf, readEvents, tapeOf } from "./answers.ts";
import { Effort } from "./effort.ts";
import { figuresAnswer } from "./figures-answers.ts";
import { lifeAnswer } from "./life-answers.ts";
import { type FrameLayout, type FromEngine, MAX_SPEED, type ToEngine } from "./protocol.ts";

/** Uninterrupted work, real ms: what Pause may have to wait for. A collection of garbage may come on top; together they should stay below 8. */
const SLICE_MS = 4;
/** Real ms between frames: 30 a second, at Max speed 4 (product.md §2.3). */
const FRAME_MS = 33;
const FRAME_MS_MAX_SPEED = 250;
/** A tab that slept does not make up for it: at most this much real time is simulated at once. */
const CATCH_UP_MS = 100;
/** Above this speed everyday events are no longer kept one by one. */
const DETAILED_SPEED = 50;
/** A step looks this far ahead for an event, µs (one day). */
const STEP_LIMIT: Micros = 86_400_000_000;

/** Of the way of a seek, everyday events are kept over this last stretch. */
const SEEK_DETAIL: Micros = 5 * SECOND;
/** Real ms between two looks at whether the tape has something new to show. */
const TAPE_MS = 1000;

/** The real world, handed in: tests wind their own clock. */
export interface World {
  /** Real ms, monotonic. */
  now(): number;
  /** Calls back soon, after waiting messages have been heard. */
  soon(callback: () => void): void;
  /** Calls back after about `ms`. */
  later(ms: number, callback: () => void): void;
  send(message: FromEngine, transfer: ArrayBuffer[]): void;
}

const WAITS_FOR_SEEK: ReadonlySet<ToEngine["type"]> = new Set([
  "edit",
  "act",
  "step",
  "stepBack",
  "undoDrop",
  "hash",
  "observe",
]);

/**
 * One page's engine: hears requests, advances the run in slices of a few milliseconds so that every request is heard within one, and answers with frames.
 * It alone relates virtual to real time.
 */
export class Session {
  private readonly world: World;
  private recording: Recording | null = null;
  private scenario: Scenario | null = null;
  private runId = 0;
  private running = false;
  private speed = 1;
  /** Where it stops by itself; null once it has stopped there. */
  private until: Micros | null = null;
  private untilAsked: Micros | null = null;
  private pumping = false;
  private lastReal = 0;
  /** Virtual time that should have been reached by now, not rounded. */
  private wanted = 0;
  private lastFrame = Number.NEGATIVE_INFINITY;
  /** The last layout that was sent, and its text: after a seek the same may come as another object. */
  private sentLayout: { layout: object | null; text: string } = { layout: null, text: "" };
  private sentTape = "";
  private lastTape = 0;
  private passage = 0;
  /** Where a seek is on its way to. */
  private target: Micros | null = null;
  /** A step back on its way. */
  private back: Pieces<number> | null = null;
  /** For `speedNow`: virtual and real time at the last measurement. */
  private measuredReal = 0;
  private measuredVirtual = 0;
  private speedNow = 0;
  private tokensWanted = false;
  private readonly effort: Effort;
  /** A frame is due that the last slice had no time for; real ms that the last one took. */
  private owesFrame = false;
  private frameCost = 0;

  constructor(world: World) {
    this.world = world;
    this.effort = new Effort(() => world.now());
  }

  private get run(): Run | null {
    return this.recording?.run ?? null;
  }

  hear(message: ToEngine): void {
    try {
      this.handle(message);
    } catch (error) {
      this.fail(error);
    }
  }

  private handle(message: ToEngine): void {
    if (message.type === "load") {
      this.load(message.runId, message.scenario);
      return;
    }
    // Requests about an older run come too late; the page drops such answers as well.
    if (message.runId !== this.runId || this.recording === null) return;
    const { recording } = this;
    const { run } = recording;
    // Whatever is asked may change what a snapshot holds, also by looking at it.
    recording.putSnapshotOff();
    // What depends on where the run stands waits until it stands there.
    if (WAITS_FOR_SEEK.has(message.type)) this.goOnMoving(Number.POSITIVE_INFINITY);
    switch (message.type) {
      case "edit":
        this.edit(message.scenario);
        break;
      case "play":
        this.speed = message.speed;
        this.play();
        break;
      case "speed":
        this.speed = message.speed;
        this.applySpeed();
        this.resetPace();
        break;
      case "pause":
        this.pause("asked");
        break;
      case "step":
        this.step(message.node);
        break;
      case "stepBack":
        this.stepBack(message.node);
        break;
      case "undoDrop":
        this.undoDrop();
        break;
      case "restart":
        this.restart();
        break;
      case "seek":
        this.seek(message.time);
        break;
      case "runUntil":
        this.until = message.time;
        this.untilAsked = message.time;
        break;
      case "act": {
        const { do: operation, target, args = {} } = message;
        let done = false;
        this.change(() => {
          done = recording.act(operation, target, args);
        });
        this.world.send({ type: "acted", runId: this.runId, time: run.now, do: operation, target, args, done }, []);
        break;
      }
      case "series":
      case "distribution":
      case "events":
      case "observe":
      case "hash":
        this.world.send(...figuresAnswer(run, this.runId, message));
        break;
      case "tokens":
        this.tokensWanted = message.wanted;
        run.core.tokens.wanted = message.wanted;
        break;
      case "report":
        this.world.send({ type: "report", runId: this.runId, request: message.request, report: run.report() }, []);
        if (message.reset) run.resetStatistics();
        break;
      case "trace":
      case "messages":
      case "messageAt":
      case "ledger":
      case "peek":
        this.world.send(lifeAnswer(run, this.runId, message), []);
        break;
    }
  }

  private load(runId: number, scenario: Scenario): void {
    this.runId = runId;
    this.running = false;
    this.recording = null;
    this.scenario = null;
    this.target = null;
    this.back = null;
    const { issues } = validate(scenario);
    if (issues.some((issue) => issue.severity === "error")) {
      this.world.send({ type: "refused", runId, issues }, []);
      return;
    }
    this.scenario = scenario;
    this.start(scenario);
    if (issues.length > 0) this.world.send({ type: "refused", runId, issues }, []);
  }

  private start(scenario: Scenario): void {
    this.recording = new Recording(scenario, () => this.world.now());
    this.recording.run.core.tokens.wanted = this.tokensWanted;
    this.sentLayout = { layout: null, text: "" };
    this.target = null;
    this.back = null;
    this.until = null;
    this.passage++;
    this.applySpeed();
    this.resetPace();
    this.frame();
    this.tape();
  }

  private edit(scenario: Scenario): void {
    const { issues } = validate(scenario);
    this.world.send({ type: "refused", runId: this.runId, issues }, []);
    // A document with errors is still being drawn: the run goes on with the last good one.
    if (issues.some((issue) => issue.severity === "error")) return;
    this.scenario = scenario;
    this.change(() => {
      const { tookBack, emptied: names } = (this.recording as Recording).edit(scenario);
      if (tookBack) this.arrive();
      if (names.length > 0) this.world.send({ type: "returned", runId: this.runId, names }, []);
    });
  }

  /** Something is done to the run, now. What lies ahead of it ends with that, and the page is told so. */
  private change(perform: () => void): void {
    const recording = this.recording as Recording;
    const { dropped } = recording;
    perform();
    this.frame();
    this.tape();
    if (recording.dropped === null || recording.dropped === dropped) return;
    const { log, document, position } = recording.dropped;
    const count = log.length - position.actions;
    this.world.send({ type: "dropped", runId: this.runId, count, document }, []);
  }

  private undoDrop(): void {
    const recording = this.recording as Recording;
    if (!recording.undoDrop()) return;
    this.scenario = recording.document;
    this.arrive();
    this.tape();
  }

  private restart(): void {
    if (this.scenario === null) return;
    const { until } = this;
    this.start(this.scenario);
    this.until = until;
  }

  private seek(time: Micros): void {
    if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) return;
    this.back = null;
    (this.recording as Recording).rewind(time);
    this.target = time;
    if (!this.goOnMoving(SLICE_MS)) this.pump();
  }

  /** On its way to another time: where the run stands meanwhile is nobody's business. */
  private get isMoving(): boolean {
    return this.target !== null || this.back !== null;
  }

  /** @param budget real ms @returns whether the way is at its end */
  private goOnMoving(budget: number): boolean {
    const start = this.world.now();
    const isTimeUp = () => this.world.now() - start >= budget;
    return this.goOnStepping(isTimeUp) && this.goOnSeeking(isTimeUp);
  }

  private goOnStepping(isTimeUp: () => boolean): boolean {
    const { back } = this;
    if (back === null) return true;
    for (;;) {
      const piece = back.next();
      if (piece.done) {
        this.back = null;
        this.arrive();
        this.tellStep(piece.value);
        return true;
      }
      if (isTimeUp()) return false;
    }
  }

  private goOnSeeking(isTimeUp: () => boolean): boolean {
    const { target } = this;
    if (target === null) return true;
    const recording = this.recording as Recording;
    const { alerts } = recording.run.state;
    for (;;) {
      if (!recording.workOnSnapshot(isTimeUp)) return false;
      const isNear = recording.now >= target - SEEK_DETAIL;
      recording.run.core.log.detailed = isNear;
      const isThere = this.effort.advance(recording, isNear ? target : target - SEEK_DETAIL, () => !isTimeUp());
      // A pause that an alert asked for was made when it came the first time.
      const wasPaused = alerts.wantsPause;
      alerts.wantsPause = false;
      if (isNear && isThere && !wasPaused) break;
      if (isTimeUp()) return false;
    }
    this.target = null;
    this.arrive();
    return true;
  }

  /** The run stands somewhere else than it did. */
  private arrive(): void {
    this.passage++;
    if (this.untilAsked !== null && this.untilAsked > (this.run as Run).now) this.until = this.untilAsked;
    this.applySpeed();
    this.resetPace();
    this.frame();
  }

  private play(): void {
    this.running = true;
    this.applySpeed();
    this.resetPace();
    this.frame();
    this.pump();
  }

  private pause(reason: "asked" | "until" | "idle" | "alert"): void {
    this.running = false;
    this.speedNow = 0;
    this.frame();
    this.world.send({ type: "paused", runId: this.runId, reason, time: this.target ?? (this.run as Run).now }, []);
    this.tape();
  }

  private pauseAtAlert(run: Run): void {
    run.state.alerts.wantsPause = false;
    this.pause("alert");
  }

  private step(node: string | undefined): void {
    const recording = this.recording as Recording;
    this.running = false;
    const number = recording.step(node, recording.now + STEP_LIMIT);
    this.resetPace();
    this.frame();
    this.tellStep(number);
  }

  private stepBack(node: string | undefined): void {
    this.running = false;
    this.back = (this.recording as Recording).steppingBack(node);
    if (!this.goOnMoving(SLICE_MS)) this.pump();
  }

  private tellStep(number: number): void {
    const run = this.run as Run;
    const [event] = number > 0 ? readEvents(run, number - 1, number) : [];
    this.world.send({ type: "paused", runId: this.runId, reason: "step", time: run.now, step: event }, []);
    this.tape();
  }

  private applySpeed(): void {
    if (this.run !== null) this.run.core.log.detailed = this.speed !== MAX_SPEED && this.speed <= DETAILED_SPEED;
  }

  private resetPace(): void {
    this.lastReal = this.world.now();
    this.wanted = this.run?.now ?? 0;
    this.measuredReal = this.lastReal;
    this.measuredVirtual = this.wanted;
  }

  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    const turn = () => {
      this.pumping = false;
      if (this.recording === null || !(this.running || this.isMoving)) return;
      let behind = true;
      try {
        behind = !this.isMoving ? this.slice() : !this.goOnMoving(SLICE_MS) || this.running;
      } catch (error) {
        this.fail(error);
        return;
      }
      if (!this.running && !this.isMoving) return;
      this.pumping = true;
      if (behind) this.world.soon(turn);
      else this.world.later(4, turn);
    };
    this.world.soon(turn);
  }

  /** One slice of work. @returns whether there is more to do at once */
  private slice(): boolean {
    const recording = this.recording as Recording;
    const { run } = recording;
    const start = this.world.now();
    const isTimeUp = () => this.world.now() - start >= SLICE_MS;
    // What the last slice had no time for comes first, and nothing heavy beside it.
    if (!recording.workOnSnapshot(isTimeUp)) return true;
    while (run.isSampling && !run.goOnSampling()) if (isTimeUp()) return true;
    if (this.owesFrame) this.frame();
    const limit = this.until ?? Number.POSITIVE_INFINITY;
    let target = limit;
    if (this.speed !== MAX_SPEED) {
      const passed = Math.min(CATCH_UP_MS, start - this.lastReal);
      this.wanted = Math.min(this.wanted + passed * 1000 * this.speed, limit);
      target = Math.floor(this.wanted);
    }
    this.lastReal = start;
    let reached = false;
    // At Max speed an empty calendar would take time to the end of days: stop when nothing is left to happen.
    const isIdle = this.speed === MAX_SPEED && limit === Number.POSITIVE_INFINITY && recording.isOver;
    while (!isIdle && !reached && !isTimeUp()) {
      if (target === Number.POSITIVE_INFINITY && recording.isOver) break;
      reached = this.effort.advance(recording, target, () => !isTimeUp());
      if (run.state.alerts.wantsPause || recording.owesSnapshot) break;
    }
    // Far behind: what could not be reached is let go, and the screen says so.
    if (!reached && !recording.owesSnapshot && this.speed !== MAX_SPEED)
      this.wanted = Math.max(run.now, this.wanted - 1000 * this.speed * SLICE_MS);
    const now = this.world.now();
    this.measure(now);
    const every = this.speed === MAX_SPEED ? FRAME_MS_MAX_SPEED : FRAME_MS;
    if (now - this.lastFrame >= every) {
      if (now - start + this.frameCost <= SLICE_MS) this.frame();
      else this.owesFrame = true;
    } else if (now - this.lastTape >= TAPE_MS) this.tape();
    if (run.now >= limit && !run.isSampling) {
      this.until = null;
      this.pause("until");
    } else if (run.state.alerts.wantsPause) this.pauseAtAlert(run);
    else if (isIdle) this.pause("idle");
    return !reached;
  }

  private measure(now: number): void {
    if (now - this.measuredReal < 500) return;
    const virtual = (this.run as Run).now;
    this.speedNow = (virtual - this.measuredVirtual) / ((now - this.measuredReal) * 1000);
    this.measuredReal = now;
    this.measuredVirtual = virtual;
  }

  private frame(): void {
    const run = this.run as Run;
    // On its way to another time there is nothing to show.
    if (this.isMoving) return;
    this.owesFrame = false;
    const start = this.world.now();
    const layout = run.layout();
    this.sendLayout(layout);
    this.lastFrame = this.world.now();
    const { passage, running, speed: speedAsked } = this;
    const frame = frameOf(run, { passage, running, speedAsked, speedNow: running ? this.speedNow : 0 });
    const transfer = [frame.values.buffer, frame.tokens.buffer, frame.skipped.buffer] as ArrayBuffer[];
    this.world.send({ type: "frame", runId: this.runId, frame }, transfer);
    this.frameCost = this.world.now() - start;
  }

  private sendLayout(layout: FrameLayout): void {
    if (layout === this.sentLayout.layout) return;
    const text = JSON.stringify(layout);
    const isNew = text !== this.sentLayout.text;
    this.sentLayout = { layout, text };
    if (isNew) this.world.send({ type: "layout", runId: this.runId, layout }, []);
  }

  /** Tells what the scrubber has to show, when that has changed. */
  private tape(): void {
    this.lastTape = this.world.now();
    const tape = tapeOf(this.recording as Recording, this.effort.costPerMicro);
    // How far it has run is seen from the frames.
    const text = JSON.stringify([tape.marks, tape.far, this.running || tape.furthest]);
    if (text === this.sentTape) return;
    this.sentTape = text;
    this.world.send({ type: "tape", runId: this.runId, tape }, []);
  }

  private fail(error: unknown): void {
    this.running = false;
    this.world.send(
      {
        type: "fault",
        runId: this.runId,
        message: error instanceof Error ? error.message : String(error),
        time: this.run?.now ?? 0,
        seed: this.scenario?.seed ?? 0,
        stack: error instanceof Error ? error.stack : undefined,
      },
      [],
    );
  }
}
