import type { Scenario } from "../../engine/scenario/index.ts";
import type { FromEngine, RunReport } from "../../engine/worker/protocol.ts";
import type { Witness } from "./evidence.ts";
import { FrameStore } from "./frames.ts";
import { openWorker, type Port } from "./port.ts";

/** Virtual ms. */
export interface Stretch {
  until: number;
  /** Left out of the figures, < `until`. */
  warmup: number;
}

/**
 * Runs that nobody watches, one after the other in a worker of their own, as fast as it goes. They are the same runs, event for event, that the page or the command line
 * would make of the same document and seed.
 */
export class HeadlessRuns {
  readonly #port: Port;
  readonly #frames = new FrameStore();
  #runId = 0;
  #waiting: { wants: FromEngine["type"]; resolve(message: FromEngine): void; reject(error: Error): void } | null = null;

  constructor(open: () => Port = openWorker) {
    this.#port = open();
    this.#port.onmessage = ({ data }) => this.#receive(data);
    this.#port.onerror = ({ message }) => this.#waiting?.reject(new Error(message ?? "The worker failed."));
  }

  /** @returns figures from the end of the warm-up on @throws Error when the document cannot run or the engine fails */
  async run(scenario: Scenario, seed: number, { until, warmup }: Stretch): Promise<RunReport> {
    const runId = ++this.#runId;
    // An alert that pauses is for somebody who looks.
    this.#port.postMessage({ type: "load", runId, scenario: { ...scenario, seed, alerts: [] } });
    this.#port.postMessage({ type: "tokens", runId, wanted: false });
    if (warmup > 0) {
      await this.#playTo(warmup);
      await this.#report(true);
    }
    await this.#playTo(until);
    return this.#report(false);
  }

  /** Plays to a virtual time (ms) for somebody who then asks what was measured. @throws Error as `run` does */
  async witness(scenario: Scenario, until: number): Promise<Witness> {
    const runId = ++this.#runId;
    this.#frames.clear();
    this.#port.postMessage({ type: "load", runId, scenario: { ...scenario, alerts: [] } });
    this.#port.postMessage({ type: "tokens", runId, wanted: false });
    await this.#playTo(until);
    return {
      time: until * 1000,
      series: async (series, points) => {
        const answer = this.#next("series");
        this.#port.postMessage({ type: "series", runId, request: 0, series, from: 0, to: until * 1000, points });
        const message = await answer;
        return message.type === "series" ? message.series : [];
      },
      read: (target, metric) => this.#frames.read(target, metric),
    };
  }

  /** Stops at once, also in the middle of a run; its promise is never kept. */
  stop(): void {
    this.#waiting = null;
    this.#port.terminate();
  }

  async #playTo(time: number): Promise<void> {
    const runId = this.#runId;
    const paused = this.#next("paused");
    this.#port.postMessage({ type: "runUntil", runId, time: time * 1000 });
    this.#port.postMessage({ type: "play", runId, speed: 0 });
    await paused;
  }

  async #report(reset: boolean): Promise<RunReport> {
    const answer = this.#next("report");
    this.#port.postMessage({ type: "report", runId: this.#runId, request: 0, reset });
    const message = await answer;
    return message.type === "report" ? message.report : { nodes: {}, system: {} };
  }

  #next(wants: FromEngine["type"]): Promise<FromEngine> {
    return new Promise((resolve, reject) => {
      this.#waiting = { wants, resolve, reject };
    });
  }

  #receive(message: FromEngine): void {
    if (!("runId" in message) || message.runId !== this.#runId) return;
    if (message.type === "layout") this.#frames.setLayout(message.layout);
    if (message.type === "frame") this.#frames.receive(message.frame);
    const isRefused = message.type === "refused" && message.issues.some(({ severity }) => severity === "error");
    if (isRefused) this.#waiting?.reject(new Error("The document cannot run."));
    else if (message.type === "fault") this.#waiting?.reject(new Error(message.message));
    else if (message.type === this.#waiting?.wants) this.#waiting.resolve(message);
  }
}
