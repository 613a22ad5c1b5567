import type { Micros } from "../kernel/time.ts";
import { createRun, type Run } from "../run/run.ts";
import type { Scenario } from "../scenario/types.ts";
import { validate } from "../scenario/validate.ts";
import { type Frame, type FromEngine, MAX_SPEED, type ToEngine } from "./protocol.ts";

/** Longest uninterrupted work, real ms: what Pause may have to wait for. */
const SLICE_MS = 6;
/** Events between two looks at the clock, at least and at most: as many as take about a millisecond. */
const CHUNK_MIN = 16;
const CHUNK_MAX = 4096;
const CHUNK_MS = 1;
/** Real ms between frames: 30 a second, at Max speed 4 (product.md §2.3). */
const FRAME_MS = 33;
const FRAME_MS_MAX_SPEED = 100;
/** A tab that slept does not make up for it: at most this much real time is simulated at once. */
const CATCH_UP_MS = 100;
/** Above this speed everyday events are no longer kept one by one. */
const DETAILED_SPEED = 50;
/** A step looks this far ahead for an event, µs (one day). */
const STEP_LIMIT: Micros = 86_400_000_000;

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

/**
 * One page's engine: hears requests, advances the run in slices of a few milliseconds so that every request is heard within one, and answers with frames.
 * It alone relates virtual to real time.
 */
export class Session {
  private readonly world: World;
  private run: Run | null = null;
  private scenario: Scenario | null = null;
  private runId = 0;
  private running = false;
  private speed = 1;
  private until: Micros | null = null;
  private pumping = false;
  private lastReal = 0;
  /** Virtual time that should have been reached by now, not rounded. */
  private wanted = 0;
  private lastFrame = Number.NEGATIVE_INFINITY;
  private sentLayout = -1;
  /** For `speedNow`: virtual and real time at the last measurement. */
  private measuredReal = 0;
  private measuredVirtual = 0;
  private speedNow = 0;
  private tokensWanted = false;
  private chunk = CHUNK_MIN;

  constructor(world: World) {
    this.world = world;
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
    if (message.runId !== this.runId || this.run === null) return;
    const { run } = this;
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
      case "restart":
        this.restart();
        break;
      case "seek":
        this.seek(message.time);
        break;
      case "runUntil":
        this.until = message.time;
        break;
      case "act":
        run.act(message.do, message.target, message.args ?? {});
        this.frame();
        break;
      case "series":
        this.sendSeries(message);
        break;
      case "events":
        this.world.send(
          { type: "events", runId: this.runId, request: message.request, events: this.events(message) },
          [],
        );
        break;
      case "tokens":
        this.tokensWanted = message.wanted;
        run.core.tokens.wanted = message.wanted;
        break;
      case "observe": {
        const observed = message.figures.flatMap(({ target, metric }) => run.observe(target, metric) ?? []);
        const transfer = observed.flatMap(({ sums, weights }) => [sums.buffer, weights.buffer] as ArrayBuffer[]);
        this.world.send({ type: "observe", runId: this.runId, request: message.request, observed }, transfer);
        break;
      }
      case "hash":
        this.world.send(
          { type: "hash", runId: this.runId, request: message.request, hash: run.hash(), time: run.now },
          [],
        );
        break;
    }
  }

  private load(runId: number, scenario: Scenario): void {
    this.runId = runId;
    this.running = false;
    this.run = null;
    this.scenario = null;
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
    this.run = createRun(scenario);
    this.run.core.tokens.wanted = this.tokensWanted;
    this.sentLayout = -1;
    this.until = null;
    this.resetPace();
    this.frame();
  }

  private edit(scenario: Scenario): void {
    const run = this.run as Run;
    const { issues } = validate(scenario);
    this.world.send({ type: "refused", runId: this.runId, issues }, []);
    // A document with errors is still being drawn: the run goes on with the last good one.
    if (issues.some((issue) => issue.severity === "error")) return;
    this.scenario = scenario;
    run.edit(scenario);
    this.frame();
  }

  private restart(): void {
    if (this.scenario === null) return;
    const { until } = this;
    this.start(this.scenario);
    this.until = until;
  }

  private seek(time: Micros): void {
    if (this.scenario === null || !(time >= 0 && time < Number.POSITIVE_INFINITY)) return;
    const run = this.run as Run;
    if (time < run.now) this.start(this.scenario);
    (this.run as Run).advance(time);
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
    this.world.send({ type: "paused", runId: this.runId, reason, time: (this.run as Run).now }, []);
  }

  private pauseAtAlert(run: Run): void {
    run.state.alerts.wantsPause = false;
    this.pause("alert");
  }

  private step(node: string | undefined): void {
    const run = this.run as Run;
    this.running = false;
    const number = run.step(node, run.now + STEP_LIMIT);
    this.resetPace();
    this.frame();
    const [event] = number > 0 ? this.readEvents(number - 1, number) : [];
    this.world.send({ type: "paused", runId: this.runId, reason: "step", time: run.now, step: event }, []);
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
      if (!this.running || this.run === null) return;
      let behind = true;
      try {
        behind = this.slice();
      } catch (error) {
        this.fail(error);
        return;
      }
      if (!this.running) return;
      this.pumping = true;
      if (behind) this.world.soon(turn);
      else this.world.later(4, turn);
    };
    this.world.soon(turn);
  }

  /** One slice of work. @returns whether there is more to do at once */
  private slice(): boolean {
    const run = this.run as Run;
    const start = this.world.now();
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
    const isIdle = this.speed === MAX_SPEED && limit === Number.POSITIVE_INFINITY && run.core.calendar.size === 0;
    let before = start;
    while (!isIdle && !reached && before - start < SLICE_MS) {
      if (target === Number.POSITIVE_INFINITY && run.core.calendar.size === 0) break;
      reached = run.advance(target, this.chunk) < this.chunk;
      if (run.state.alerts.wantsPause) break;
      const after = this.world.now();
      // An event can stand for a microsecond of work, or for seconds of samples: the chunk follows.
      if (after - before > CHUNK_MS) this.chunk = Math.max(CHUNK_MIN, this.chunk >> 1);
      else this.chunk = Math.min(CHUNK_MAX, this.chunk * 2);
      before = after;
    }
    // Far behind: what could not be reached is let go, and the screen says so.
    if (!reached && this.speed !== MAX_SPEED)
      this.wanted = Math.max(run.now, this.wanted - 1000 * this.speed * SLICE_MS);
    const now = this.world.now();
    this.measure(now);
    const every = this.speed === MAX_SPEED ? FRAME_MS_MAX_SPEED : FRAME_MS;
    if (now - this.lastFrame >= every) this.frame();
    if (run.now >= limit) {
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
    const layout = run.layout();
    if (layout.revision !== this.sentLayout) {
      this.sentLayout = layout.revision;
      this.world.send({ type: "layout", runId: this.runId, layout }, []);
    }
    this.lastFrame = this.world.now();
    const imbalance = run.core.ledger.imbalance();
    // A picture that does not add up is not shown: the run stops and says so.
    if (imbalance !== 0) throw new Error(`The ledger is out by ${imbalance} messages.`);
    const values = run.read().slice();
    const { tokens, skipped } = run.core.tokens.take(layout.edges.length);
    const frame: Frame = {
      revision: layout.revision,
      time: run.now,
      speedNow: this.running ? this.speedNow : 0,
      speedAsked: this.speed,
      running: this.running,
      values,
      tokens,
      skipped,
      lastEvent: run.core.log.last,
      badges: run.badges(),
      alerts: run.state.alerts.status(),
    };
    const transfer = [values.buffer, tokens.buffer, skipped.buffer] as ArrayBuffer[];
    this.world.send({ type: "frame", runId: this.runId, frame }, transfer);
  }

  private sendSeries(message: Extract<ToEngine, { type: "series" }>): void {
    const run = this.run as Run;
    const layout = run.layout();
    const series = message.series.map(({ target, metric }) => {
      const place =
        target === "system"
          ? layout.system
          : (layout.nodes.findLast((n) => n.id === target) ?? layout.edges.findLast((e) => e.id === target));
      const at = place?.metrics.indexOf(metric) ?? -1;
      const empty = { times: new Float64Array(0), values: new Float64Array(0) };
      const points =
        place === undefined || at < 0
          ? empty
          : run.history.read(place.offset + at, message.from, message.to, message.points);
      return { target, metric, ...points };
    });
    const transfer = series.flatMap((s) => [s.times.buffer, s.values.buffer] as ArrayBuffer[]);
    this.world.send({ type: "series", runId: this.runId, request: message.request, series }, transfer);
  }

  private events(message: Extract<ToEngine, { type: "events" }>) {
    const node =
      message.node === undefined ? undefined : (this.run as Run).state.topology.nodeOf.get(message.node)?.index;
    if (message.node !== undefined && node === undefined) return [];
    return this.readEvents(message.after, undefined, Math.min(message.limit, 5000), node);
  }

  private readEvents(after: number, upTo?: number, limit = 1, node?: number) {
    const run = this.run as Run;
    const { nodes } = run.state.topology;
    const idOf = (index: number) => nodes[index]?.id ?? "";
    const events = run.core.log.read(after, upTo === undefined ? limit : run.core.log.last - after, idOf, node);
    return upTo === undefined ? events : events.filter((event) => event.n <= upTo);
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
