import type { FromEngine, ToEngine } from "../../engine/worker/protocol.ts";

/** The part of a Worker that the client uses; tests hand in another. */
export interface Port {
  postMessage(message: ToEngine): void;
  terminate(): void;
  onmessage: ((event: { data: FromEngine }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
}

export interface SeriesRequest {
  series: { target: string; metric: string }[];
  /** µs */
  from: number;
  to: number;
  /** At most so many points of each; smallest and largest are kept. */
  points: number;
}

export interface EventsRequest {
  /** Events with a higher number. */
  after: number;
  limit: number;
  node?: string;
}

export interface HashAnswer {
  hash: string;
  time: number;
}

export const openWorker = (): Port =>
  new Worker(new URL("../../engine/worker/sim.worker.ts", import.meta.url), { type: "module" }) as unknown as Port;
