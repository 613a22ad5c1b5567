import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build, loadConfigFromFile, type Rolldown } from "vite";
import { fromMs, type Scenario } from "../engine/index.ts";
import type { FrameLayout, FromEngine, ToEngine } from "../engine/worker/protocol.ts";
import { launchOptions } from "../tools/browser.ts";
import { figuresOf } from "./figures.ts";
import { ROOT } from "./places.ts";
import type { PlayedByWeir } from "./play.ts";
import { readTrace, type TracedTasks } from "./trace.ts";
import type { Workload } from "./workloads.ts";

interface Asked {
  scenario: Scenario;
  /** µs */
  until: number;
  runId: number;
}

export interface TracedSlices extends TracedTasks {
  /** Real ms from each request to pause to its answer, as the page has to wait for it. */
  pauses: number[];
}

/** The worker's address; `playInPage` and `pauseInPage` name it too. */
const WORKER = "/assets/worker.js";

/** What the page gives back of one run. */
interface Seen {
  ms: number;
  layout: FrameLayout;
  values: number[];
  hash: string;
}

interface WorkerPort {
  onmessage: ((event: { data: FromEngine }) => void) | null;
  onerror: ((event: { message: string }) => void) | null;
  postMessage(message: ToEngine): void;
}
/** The page's own; this file is compiled for Node. */
declare const Worker: new (address: string, options: { type: "module" }) => WorkerPort;

/**
 * The worker as the page gets it, with the page's own build target and in the same files: its real entry, the real protocol, its slices and its frames. Nothing in it knows of the bench.
 * In one file it would be another program: what is loaded later then becomes variables that are set when it is asked for, where the page has constants.
 * @returns scripts by their addresses
 */
async function buildWorker(): Promise<ReadonlyMap<string, string>> {
  const page = await loadConfigFromFile({ command: "build", mode: "production" }, `${ROOT}vite.config.ts`, ROOT);
  const { build: { target } = {}, worker: { format, rolldownOptions } = {} } = page?.config ?? {};
  const output = rolldownOptions?.output;
  if (target === undefined || output === undefined || Array.isArray(output)) {
    throw new Error("vite.config.ts does not name one build target and one output of the worker.");
  }
  const { output: files } = (await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      target,
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: `${ROOT}engine/worker/sim.worker.ts`,
        output: { ...output, format, entryFileNames: WORKER.slice(1) },
      },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(files.flatMap((file) => (file.type === "chunk" ? [[`/${file.fileName}`, file.code]] : [])));
}

/** Chromium with the built worker, which plays one workload after the other as a page that is set to Max speed. */
export class InBrowser {
  private readonly server: Server;
  private readonly browser: Browser;
  private readonly page: Page;

  private constructor(server: Server, browser: Browser, page: Page) {
    this.server = server;
    this.browser = browser;
    this.page = page;
  }

  static async start(): Promise<InBrowser> {
    const scripts = await buildWorker();
    const server = createServer(({ url }, response) => {
      const script = scripts.get(url ?? "");
      response.setHeader("Content-Type", script === undefined ? "text/html" : "text/javascript");
      response.end(script ?? "<!doctype html><title>bench</title>");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const browser = await chromium.launch(launchOptions);
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return new InBrowser(server, browser, page);
  }

  /** A new worker: no other workload has been played in it. */
  async freshWorker(): Promise<void> {
    await this.page.reload();
  }

  /** One run in the page's worker, as `play` does it in Node. @throws Error for a fault or a refusal of the worker */
  async play({ scenario, until }: Workload): Promise<Omit<PlayedByWeir, "events">> {
    const asked: Asked = { scenario, until: fromMs(until), runId: nextRunId++ };
    // As text: Playwright's own type of the argument does not end for a document, whose values may nest.
    const seen: Seen = await this.page.evaluate(`(${playInPage})(${JSON.stringify(asked)})`);
    return { ms: seen.ms, hash: seen.hash, ...figuresOf(scenario, seen.layout, seen.values) };
  }

  /**
   * Plays a workload in a worker of its own at Max speed, traced by the browser, and asks for a pause again and again.
   * @param realMs so long, unless it ends before
   */
  async slices({ scenario }: Workload, realMs: number): Promise<TracedSlices> {
    await this.page.reload();
    await this.browser.startTracing(this.page, { categories: ["toplevel", "v8", "devtools.timeline", "__metadata"] });
    const asked = JSON.stringify({ scenario, until: realMs, runId: nextRunId++ });
    const pauses: number[] = await this.page.evaluate(`(${pauseInPage})(${asked})`);
    return { pauses, ...readTrace(JSON.parse((await this.browser.stopTracing()).toString()).traceEvents) };
  }

  async end(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}

let nextRunId = 1;

/** Runs inside the page, too. @returns real ms from each request to pause to the answer */
function pauseInPage({ scenario, until, runId }: Asked): Promise<number[]> {
  const worker = new Worker("/assets/worker.js", { type: "module" });
  return new Promise((done, failed) => {
    const answers: number[] = [];
    const began = performance.now();
    let asked = Number.NaN;
    let isOn = false;
    const play = () => {
      worker.postMessage({ type: "play", runId, speed: 0 });
      // Never at the same moment of a slice.
      const wait = 20 + 3.7 * ((answers.length * 7) % 11);
      setTimeout(() => {
        asked = performance.now();
        worker.postMessage({ type: "pause", runId });
      }, wait);
    };
    worker.onerror = ({ message }) => failed(new Error(`The worker has ended: ${message}`));
    worker.onmessage = ({ data: message }) => {
      if (message.type === "fault") failed(new Error(message.message));
      else if (message.type === "frame" && !isOn) {
        isOn = true;
        play();
      } else if (message.type === "paused") {
        // It may have come to its end by itself.
        if (message.reason !== "asked") {
          done(answers);
          return;
        }
        answers.push(performance.now() - asked);
        if (performance.now() - began < until) play();
        else done(answers);
      }
    };
    worker.postMessage({ type: "load", runId, scenario });
  });
}

/** Runs inside the page, so it refers to nothing of this file. */
function playInPage({ scenario, until, runId }: Asked): Promise<Seen> {
  const kept = globalThis as unknown as { worker?: WorkerPort };
  kept.worker ??= new Worker("/assets/worker.js", { type: "module" });
  const { worker } = kept;
  return new Promise((done, failed) => {
    let layout: FrameLayout | null = null;
    let values: number[] = [];
    let began = 0;
    let ms = 0;
    worker.onerror = ({ message }) => failed(new Error(`The worker has ended: ${message}`));
    worker.onmessage = ({ data: message }) => {
      switch (message.type) {
        case "layout":
          layout = message.layout;
          break;
        case "frame":
          // The first frame says that the document stands ready.
          if (began === 0) {
            worker.postMessage({ type: "runUntil", runId, time: until });
            began = performance.now();
            worker.postMessage({ type: "play", runId, speed: 0 });
          }
          if (!message.frame.running) values = Array.from(message.frame.values);
          break;
        case "paused":
          ms = performance.now() - began;
          worker.postMessage({ type: "hash", runId, request: 0 });
          break;
        case "hash":
          if (layout === null) failed(new Error("The worker has sent no layout."));
          else done({ ms, layout, values, hash: message.hash });
          break;
        case "refused":
          if (message.issues.some(({ severity }) => severity === "error")) {
            failed(new Error(`The worker refuses the scenario: ${JSON.stringify(message.issues)}`));
          }
          break;
        case "fault":
          failed(new Error(`${message.message} (at ${message.time} µs)`));
          break;
      }
    };
    worker.postMessage({ type: "load", runId, scenario });
  });
}
