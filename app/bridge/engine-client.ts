import type { Issue, Scenario, Settings } from "../../engine/scenario/index.ts";
import {
  type FromEngine,
  type Observed,
  PROTOCOL_VERSION,
  type RunEvent,
  type Series,
  type ToEngine,
} from "../../engine/worker/protocol.ts";
import { undo, useDocument } from "../store/document.ts";
import { type Fault, isPlayable, NEW_TAPE, useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import { FrameStore } from "./frames.ts";
import { type EventsRequest, type HashAnswer, openWorker, type Port, type SeriesRequest } from "./port.ts";
import { engineText } from "./relevant.ts";

export type Answer = Extract<FromEngine, { request: number }>;
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type Question = Without<Extract<ToEngine, { request: number }>, "runId" | "request">;
type Pending = { resolve(answer: Answer): void; reject(reason: Error): void };

/** Asked of a run that has been replaced meanwhile: whoever asked is no longer interested. */
export class StaleRun extends Error {}

/** Edits within this many real ms travel together. */
const GATHER_MS = 40;
/** Real ms between two writes of the clock into the store. */
const CLOCK_MS = 100;
const RESTARTS_MAX = 3;
/** The engine keeps a snapshot so often, virtual µs. */
const SNAPSHOT_EVERY = 5_000_000;
/** The way back from an action in the past stays open so long, real ms. */
const DROPPED_STAYS_MS = 20_000;

/** The only code that talks to the engine. It keeps the run in step with the document and the run store in step with the run. */
export class EngineClient {
  readonly frames = new FrameStore();
  readonly #open: () => Port;
  #port: Port | null = null;
  #isReady = false;
  #runId = 0;
  #request = 0;
  readonly #pending = new Map<number, Pending>();
  #sentText = "";
  #sentSeed = 0;
  #sentId = "";
  /** Whether anything happened in this run; until then an edit simply loads the new document, so that a link and its maker have one and the same run. */
  #isTouched = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #clockAt = 0;
  #restarts = 0;
  /** Where the run of a worker that fell over stood, virtual µs: the next one is taken there. */
  #resumeAt = 0;
  #wantsTokens = true;
  /** A seek is on its way; the newest wish waits for its end. */
  #isSeeking = false;
  #seekNext: number | null = null;
  #seekNow = 0;
  #stopWatching: (() => void) | null = null;

  constructor(open: () => Port = openWorker) {
    this.#open = open;
  }

  /** Starts the worker and follows the document from now on. @returns stops both */
  start(): () => void {
    if (this.#stopWatching) return () => this.stop();
    this.#openPort();
    this.#stopWatching = useDocument.subscribe((now, before) => {
      if (now.scenario !== before.scenario || now.id !== before.id) this.#gather();
    });
    return () => this.stop();
  }

  stop(): void {
    this.#stopWatching?.();
    this.#stopWatching = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#closePort();
  }

  play(): void {
    this.#flush();
    if (!isPlayable(useRun.getState().status)) return;
    this.#isTouched = true;
    this.#send({ type: "play", runId: this.#runId, speed: useRun.getState().speed });
  }

  pause(): void {
    this.#send({ type: "pause", runId: this.#runId });
  }

  /** @param speed virtual s per real s; 0 = Max */
  setSpeed(speed: number): void {
    useRun.setState({ speed });
    this.#send({ type: "speed", runId: this.#runId, speed });
  }

  /** One event further; of the node when one is named. */
  step(node?: string): void {
    this.#flush();
    this.#isTouched = true;
    this.#send({ type: "step", runId: this.#runId, ...(node !== undefined && { node }) });
  }

  /** Back to time 0 with the same seed, without the live actions of the last run. */
  restart(): void {
    this.#flush();
    if (useRun.getState().status === "fault") {
      this.reload();
      return;
    }
    this.#clearRun();
    this.#send({ type: "restart", runId: this.#runId });
    // A limit that was reached is gone in the engine; the field still shows it.
    const { until } = useRun.getState();
    this.#send({ type: "runUntil", runId: this.#runId, time: until });
  }

  /** A new run of the document as it is now; also the way out of a fault. */
  reload(): void {
    if (this.#port === null) this.#openPort();
    else this.#load();
  }

  /** Out of a fault, back to the last snapshot before it; from the beginning where none is left, because the worker is another one. */
  resume(): void {
    const { fault } = useRun.getState();
    if (fault === null || !this.#isReady || fault.time < SNAPSHOT_EVERY) {
      this.reload();
      return;
    }
    useRun.setState({ status: "paused", fault: null });
    this.#isSeeking = false;
    this.seek(fault.time - (fault.time % SNAPSHOT_EVERY));
  }

  /** Back to the event before; of the node when one is named. */
  stepBack(node?: string): void {
    this.#flush();
    this.#isTouched = true;
    this.#send({ type: "stepBack", runId: this.#runId, ...(node !== undefined && { node }) });
  }

  /** While one seek is on its way only the newest of the next ones counts. @param time virtual µs */
  seek(time: number): void {
    this.#flush();
    this.#isTouched = true;
    if (this.#isSeeking) {
      this.#seekNext = time;
      return;
    }
    this.#isSeeking = true;
    this.#seekNow = time;
    this.#send({ type: "seek", runId: this.#runId, time });
  }

  /** On or back from where it is, or will be when the seeks that are on their way are over. @param by µs */
  seekBy(by: number): void {
    const from = this.#seekNext ?? (this.#isSeeking ? this.#seekNow : (this.frames.latest?.time ?? 0));
    this.seek(Math.max(0, from + by));
  }

  #arrived(passage: number): void {
    const next = this.#seekNext;
    this.#isSeeking = false;
    this.#seekNext = null;
    // What the last step had shown is another time now; a step back tells its own event after this.
    useRun.setState((s) => ({ passage, stepped: null, reason: s.reason === "step" ? "asked" : s.reason }));
    if (this.#isTouched && useRun.getState().status === "ready") useRun.setState({ status: "paused" });
    if (next !== null) this.seek(next);
  }

  /** Puts back the later actions that the last one in the past dropped, and the document as it was before that. */
  #undoDrop(document: Scenario): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wanted = engineText(document);
    const isOther = () => engineText(useDocument.getState().scenario) !== wanted;
    // The steps of the document's own undo also bring back where things stood.
    while (isOther() && undo());
    if (isOther()) useDocument.getState().apply(() => document);
    this.#sentText = wanted;
    this.#send({ type: "undoDrop", runId: this.#runId });
  }

  #dropped({ count, document, runId }: Extract<FromEngine, { type: "dropped" }>): void {
    useView.getState().notify({
      tone: "info",
      key: "shell.transport.dropped",
      facts: { count },
      action: {
        key: "shell.transport.undoDrop",
        perform: () => {
          if (runId === this.#runId) this.#undoDrop(document);
        },
      },
      stays: DROPPED_STAYS_MS,
    });
  }

  /** @param time virtual µs; null = never */
  runUntil(time: number | null): void {
    useRun.setState({ until: time });
    this.#send({ type: "runUntil", runId: this.#runId, time });
  }

  /** A live operation of product.md §8 on a node or edge. */
  act(operation: string, target: string, args?: Settings): void {
    this.#flush();
    this.#isTouched = true;
    this.#send({ type: "act", runId: this.#runId, do: operation, target, ...(args && { args }) });
  }

  /** Whether frames shall carry tokens: not with reduced motion, not while nobody looks. */
  wantTokens(wanted: boolean): void {
    if (wanted === this.#wantsTokens) return;
    this.#wantsTokens = wanted;
    this.#send({ type: "tokens", runId: this.#runId, wanted });
  }

  /**
   * @param options `all`: also what a lesson hides from the screen
   * @throws StaleRun when another run begins before the answer
   */
  async series(asked: SeriesRequest, { all = false } = {}): Promise<Series[]> {
    const answer = await this.#ask({ type: "series", runId: this.#runId, request: ++this.#request, ...asked });
    const series = answer.type === "series" ? answer.series : [];
    return all ? series : series.map((one) => (this.frames.isMasked(one.target, one.metric) ? emptied(one) : one));
  }

  /** @throws StaleRun */
  async events(asked: EventsRequest): Promise<RunEvent[]> {
    const answer = await this.#ask({ type: "events", runId: this.#runId, request: ++this.#request, ...asked });
    return answer.type === "events" ? answer.events : [];
  }

  /** What means with intervals are made of; figures that are no means are left out. @throws StaleRun */
  async observe(figures: { target: string; metric: string }[]): Promise<Observed[]> {
    const answer = await this.#ask({ type: "observe", runId: this.#runId, request: ++this.#request, figures });
    return answer.type === "observe" ? answer.observed : [];
  }

  /** Asks what has no method of its own here (`life.ts`). @throws StaleRun */
  ask(question: Question): Promise<Answer> {
    return this.#ask({ ...question, runId: this.#runId, request: ++this.#request });
  }

  /** The hash of all events so far. @throws StaleRun */
  async hash(): Promise<HashAnswer> {
    this.#flush();
    const answer = await this.#ask({ type: "hash", runId: this.#runId, request: ++this.#request });
    return answer.type === "hash" ? { hash: answer.hash, time: answer.time } : { hash: "", time: 0 };
  }

  /** One figure of the newest frame. See `FrameStore.metric`. */
  metric(target: string, name: string): number {
    return this.frames.metric(target, name);
  }

  #openPort(): void {
    this.#isReady = false;
    useRun.setState({ status: "loading", fault: null });
    const port = this.#open();
    this.#port = port;
    port.onmessage = ({ data }) => {
      if (this.#port === port) this.#receive(data);
    };
    port.onerror = (event) => {
      if (this.#port === port) this.died(event.message ?? "");
    };
  }

  #closePort(): void {
    this.#port?.terminate();
    this.#port = null;
    this.#isReady = false;
    this.#dropPending();
  }

  /** A worker that fell over, or hangs, is replaced, but one that falls again and again is reported. */
  died(message: string): void {
    const { time } = useRun.getState();
    this.#closePort();
    this.frames.clear();
    if (this.#restarts++ < RESTARTS_MAX) {
      this.#resumeAt = this.#isTouched ? time : 0;
      useView.getState().notify({ tone: "warning", key: "panels.dock.problems.fault.restarted", stays: 0 });
      this.#openPort();
    } else this.#stopped({ message, time, seed: this.#sentSeed });
  }

  /** A bug of ours stopped the run: what to do about it stands among the problems. */
  #stopped(fault: Fault): void {
    useRun.setState({ status: "fault", fault });
    useView.getState().panel("dock", { open: true, tab: "problems" });
  }

  #send(message: ToEngine): void {
    if (this.#isReady) this.#port?.postMessage(message);
  }

  #ask(message: Extract<ToEngine, { request: number }>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#isReady) {
        this.#pending.set(message.request, { resolve, reject });
        this.#send(message);
      } else reject(new StaleRun());
    });
  }

  #dropPending(): void {
    for (const { reject } of this.#pending.values()) reject(new StaleRun());
    this.#pending.clear();
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** Sends what has changed since the last time, if the run can notice it. */
  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isReady) return;
    const { scenario, id } = useDocument.getState();
    const isOther = id !== this.#sentId || scenario.seed !== this.#sentSeed;
    const text = engineText(scenario);
    if (!isOther && text === this.#sentText) return;
    if (isOther || !this.#isTouched) {
      this.#load();
      return;
    }
    this.#sentText = text;
    this.#send({ type: "edit", runId: this.#runId, scenario });
  }

  #load(): void {
    const { scenario, id } = useDocument.getState();
    this.#remember(scenario, id);
    this.#runId++;
    this.#dropPending();
    this.#clearRun();
    this.frames.clear();
    // A document that could be played stays playable while it is drawn: the engine hears "play" after "load".
    const status = useRun.getState().status === "ready" ? "ready" : "loading";
    useRun.setState({ runId: this.#runId, status, layout: null, issues: [] });
    this.#send({ type: "load", runId: this.#runId, scenario });
    // The engine hears them only once the document runs, and then in this order.
    this.#send({ type: "tokens", runId: this.#runId, wanted: this.#wantsTokens });
    const { until } = useRun.getState();
    if (until !== null) this.#send({ type: "runUntil", runId: this.#runId, time: until });
  }

  #remember(scenario: Scenario, id: string): void {
    this.#sentText = engineText(scenario);
    this.#sentSeed = scenario.seed;
    this.#sentId = id;
  }

  #clearRun(): void {
    this.#isTouched = false;
    this.#isSeeking = false;
    this.#seekNext = null;
    useRun.setState({
      tape: NEW_TAPE,
      time: 0,
      speedNow: 0,
      reason: null,
      stepped: null,
      lastEvent: 0,
      badges: {},
      alerts: [],
      fault: null,
      issues: [],
    });
  }

  #receive(message: FromEngine): void {
    if (message.type === "ready") this.#greet(message.protocolVersion);
    else if (message.runId === this.#runId) this.#hear(message);
  }

  #hear(message: Exclude<FromEngine, { type: "ready" }>): void {
    switch (message.type) {
      case "layout":
        this.frames.setLayout(message.layout);
        useRun.setState({ layout: message.layout });
        this.#isRunnable(false);
        return;
      case "frame":
        this.frames.receive(message.frame);
        this.#isRunnable(message.frame.running);
        this.#tell();
        return;
      case "paused":
        useRun.setState({ status: "paused", reason: message.reason, time: message.time });
        if (message.reason === "step") useRun.setState({ stepped: message.step ?? null });
        return;
      case "tape":
        useRun.setState({ tape: message.tape });
        return;
      case "acted": {
        const { time, do: operation, target, args, done } = message;
        useRun.setState((s) => ({ acted: { n: (s.acted?.n ?? 0) + 1, time, do: operation, target, args, done } }));
        return;
      }
      case "dropped":
        this.#dropped(message);
        return;
      case "returned":
        for (const name of message.names)
          useView.getState().notify({ tone: "info", key: "life.returnedEmpty", facts: { name } });
        return;
      case "refused":
        this.#judged(message.issues);
        return;
      case "fault": {
        const { message: words, time, seed, stack } = message;
        this.#stopped({ message: words, time, seed, stack });
        return;
      }
      default:
        this.#pending.get(message.request)?.resolve(message);
        this.#pending.delete(message.request);
    }
  }

  #greet(version: number): void {
    if (version !== PROTOCOL_VERSION) {
      // Two builds meet: the page is older or newer than its worker. Only loading both anew helps.
      this.#stopped({ message: `protocol ${version}`, time: 0, seed: 0 });
      return;
    }
    this.#isReady = true;
    this.#load();
    if (this.#resumeAt > 0) this.seek(this.#resumeAt);
    this.#resumeAt = 0;
  }

  /** What the engine thinks of the document: after each load with doubts and after each edit. Errors in an edit leave the run on the last good document. */
  #judged(issues: Issue[]): void {
    const isRefused = issues.some((issue) => issue.severity === "error");
    useRun.setState({ issues });
    if (isRefused && this.frames.latest === null) useRun.setState({ status: "refused" });
  }

  /** A layout or frame is also the sign that a document once refused runs again. */
  #isRunnable(running: boolean): void {
    const { status } = useRun.getState();
    if (running) {
      this.#restarts = 0;
      if (status !== "running") useRun.setState({ status: "running", reason: null });
    } else if (status === "loading" || status === "refused") {
      useRun.setState({ status: this.#isTouched ? "paused" : "ready" });
    } else if (status === "running" && this.frames.latest && !this.frames.latest.running) {
      useRun.setState({ status: "paused" });
    }
  }

  /** Writes the slow, few things of the newest frame into the store. */
  #tell(): void {
    const frame = this.frames.latest;
    const now = performance.now();
    if (frame === null) return;
    const isElsewhere = frame.passage !== useRun.getState().passage;
    if (frame.running && !isElsewhere && now - this.#clockAt < CLOCK_MS) return;
    this.#clockAt = now;
    const { badges, alerts, tape } = useRun.getState();
    useRun.setState({
      time: frame.time,
      speedNow: frame.speedNow,
      lastEvent: frame.lastEvent,
      ...(frame.time > tape.furthest && { tape: { ...tape, furthest: frame.time } }),
      ...(JSON.stringify(frame.badges) !== JSON.stringify(badges) && { badges: frame.badges }),
      ...(JSON.stringify(frame.alerts) !== JSON.stringify(alerts) && { alerts: frame.alerts }),
    });
    if (isElsewhere) this.#arrived(frame.passage);
  }
}

/** The page's engine. */
export const engine = new EngineClient();
export const frames = engine.frames;
export const metric = (target: string, name: string): number => frames.metric(target, name);

const emptied = ({ target, metric }: Series): Series => {
  const none = new Float64Array(0);
  return { target, metric, times: none, values: none, lows: none, highs: none };
};
