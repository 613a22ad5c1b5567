import { askChild } from "./ask-child.ts";
import { LENGTH_S, type Way, type Ways } from "./seek-child.ts";
import { type Spread, spreadOf } from "./slices.ts";

/** What a person may have to wait for, real ms. */
export const WAY_MAX_MS = 300;

/** Moving about in a run of ten minutes and a thousand messages a second; ms of a processor, and of the clock. */
export interface Seeking {
  virtualSeconds: number;
  snapshots: number;
  bytes: number;
  seek: Waiting;
  stepBack: Waiting;
}

interface Waiting {
  ms: Spread;
  wall: Spread;
  longestSlice: number;
}

export async function seeking(): Promise<Seeking> {
  const { seeks, stepsBack, snapshots, bytes } = await askChild<Ways>("bench/seek-child.ts", {});
  return { virtualSeconds: LENGTH_S, snapshots, bytes, seek: summed(seeks), stepBack: summed(stepsBack) };
}

const summed = (ways: readonly Way[]): Waiting => ({
  ms: spreadOf(ways.map(({ ms }) => ms)),
  wall: spreadOf(ways.map(({ wall }) => wall)),
  longestSlice: Math.max(...ways.map(({ slice }) => slice)),
});
