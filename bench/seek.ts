import { askChild } from "./ask-child.ts";
import { LENGTH_S, QUEUED, type Way, type Ways } from "./seek-child.ts";
import { type Spread, spreadOf } from "./slices.ts";

/** Moving about in a run of ten minutes and a thousand messages a second; ms of a processor, and of the clock. */
export interface Seeking {
  virtualSeconds: number;
  snapshots: number;
  bytes: number;
  seek: Waiting;
  stepBack: Waiting;
  /** Processor ms of a snapshot with so many messages queued, into kept memory. */
  snapshot: Spread & { queued: number };
}

interface Waiting {
  ms: Spread;
  wall: Spread;
  longestSlice: number;
}

export async function seeking(): Promise<Seeking> {
  const { seeks, stepsBack, snapshots, bytes, million } = await askChild<Ways>("bench/seek-child.ts", {});
  return {
    virtualSeconds: LENGTH_S,
    snapshots,
    bytes,
    seek: summed(seeks),
    stepBack: summed(stepsBack),
    snapshot: { ...spreadOf(million), queued: QUEUED },
  };
}

const summed = (ways: readonly Way[]): Waiting => ({
  ms: spreadOf(ways.map(({ ms }) => ms)),
  wall: spreadOf(ways.map(({ wall }) => wall)),
  longestSlice: Math.max(...ways.map(({ slice }) => slice)),
});
