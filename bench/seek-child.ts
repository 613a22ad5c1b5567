import { createRun, fromMs, type Scenario, SECOND } from "../engine/index.ts";
import { type FromEngine, MAX_SPEED, type ToEngine } from "../engine/worker/protocol.ts";
import { Session } from "../engine/worker/session.ts";
import { document, edge, exponential, node } from "./drawing.ts";
import { worked } from "./processor-time.ts";
import { workload } from "./workloads.ts";

/** Length of the run that is moved about in, virtual s. */
export const LENGTH_S = 600;
const RATE = 1000;
const SEEKS = 40;
const STEPS = 20;
const GOLDEN = 0.618_033_988_749_895;

/** About so many stand in a queue while snapshots are taken. */
export const QUEUED = 1_000_000;
const SNAPSHOTS = 30;

/** One way to another time. Real ms; of a processor, without other programs' share. */
export interface Way {
  ms: number;
  wall: number;
  /** The longest that anybody else had to wait meanwhile, ms of a processor. */
  slice: number;
}

export interface Ways {
  seeks: Way[];
  /** Back by one event, the first from the end of the run and from where each seek came to. */
  stepsBack: Way[];
  /** Snapshots at the end of the run, and their bytes. */
  snapshots: number;
  bytes: number;
  /** Processor ms of snapshots, one after the other, of a run with `QUEUED` messages, into the memory of the one before. */
  million: number[];
}

type WaysAnswer = { ok: Ways } | { error: string };

/** A thousand messages a second for ten minutes: one exchange, four queues, eight consumers, links that take time. */
export function tenMinutes(): Scenario {
  const nodes = [
    node("p", "producer", { rate: RATE, arrival: "exponential" }),
    node("x", "exchange", { type: "fanout" }),
  ];
  const edges = [edge("publish", "p", "x", { latency: 5 })];
  for (let i = 1; i <= 4; i++) {
    nodes.push(node(`q${i}`, "queue"));
    nodes.push(node(`c${i}`, "consumer", { service: exponential(1.6), prefetch: 10, instances: 2 }));
    edges.push(edge("binding", "x", `q${i}`), edge("consume", `q${i}`, `c${i}`, { latency: 5 }));
  }
  return document(nodes, edges);
}

interface Inside {
  recording: { snapshots: { size: number; memory: number } };
}

async function ways(): Promise<Ways> {
  let ms = 0;
  let slice = 0;
  let heard: ((message: FromEngine) => void) | null = null;
  const within = (body: () => void) => {
    const before = worked();
    body();
    const took = worked() - before;
    ms += took;
    slice = Math.max(slice, took);
  };
  const session = new Session({
    now: () => performance.now(),
    soon: (callback) => void setImmediate(() => within(callback)),
    later: (after, callback) => void setTimeout(() => within(callback), after),
    send: (message, transfer) => {
      structuredClone(message, { transfer });
      if (message.type === "refused") throw new Error(`The scenario is refused: ${JSON.stringify(message.issues)}`);
      heard?.(message);
    },
  });
  const ask = (message: ToEngine, isAnswer: (message: FromEngine) => boolean) =>
    new Promise<Way>((done, failed) => {
      ms = 0;
      slice = 0;
      const began = performance.now();
      heard = (answer) => {
        if (answer.type === "fault") failed(new Error(answer.message));
        if (!isAnswer(answer)) return;
        heard = null;
        const wall = performance.now() - began;
        setImmediate(() => done({ ms, wall, slice }));
      };
      within(() => session.hear(message));
    });
  const end = LENGTH_S * SECOND;
  session.hear({ type: "load", runId: 1, scenario: tenMinutes() });
  session.hear({ type: "runUntil", runId: 1, time: end });
  await ask({ type: "play", runId: 1, speed: MAX_SPEED }, ({ type }) => type === "paused");
  const { snapshots } = (session as unknown as Inside).recording;
  const found: Ways = {
    seeks: [],
    stepsBack: [],
    snapshots: snapshots.size,
    bytes: snapshots.memory,
    million: million(),
  };
  for (let i = 0; i < SEEKS; i++) {
    // All over the run, without an order.
    const time = Math.floor((((i + 1) * GOLDEN) % 1) * end);
    const isThere = (answer: FromEngine) => answer.type === "frame" && answer.frame.time === time;
    if (i % 2 === 0 && found.stepsBack.length < STEPS) {
      found.stepsBack.push(await ask({ type: "stepBack", runId: 1 }, ({ type }) => type === "paused"));
    }
    found.seeks.push(await ask({ type: "seek", runId: 1, time }, isThere));
  }
  return found;
}

function million(): number[] {
  const { scenario, fullAt } = workload("backlog", 1);
  const run = createRun(scenario);
  run.core.log.detailed = false;
  while (run.core.store.live < QUEUED && run.now < fromMs(fullAt as number)) run.advance(run.now + SECOND);
  let kept = run.capture();
  return Array.from({ length: SNAPSHOTS }, () => {
    const before = worked();
    kept = run.capture(kept);
    return worked() - before;
  });
}

process.once("message", async () => {
  let answer: WaysAnswer;
  try {
    answer = { ok: await ways() };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(answer);
});
