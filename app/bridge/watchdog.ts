import { useRun } from "../store/run.ts";
import type { EngineClient } from "./engine-client.ts";

/** Looks are so far apart, real ms. */
const LOOK_MS = 1000;
/**
 * So many looks in a row without a sign of life end the worker. They are counted, not timed: a machine that slept looks once when it wakes, and the worker has its time to answer.
 * Some things that the worker does in one piece, as an edit during a long seek, may take seconds on a slow machine.
 */
const SILENT_LOOKS = 12;
/** After so many looks without a frame the worker is asked whether it is still there; a run at rest sends none. */
const ASK_AFTER = 4;

/**
 * Ends a worker that hangs without falling over: no frame and no answer for 12 s while there is a run. What follows is what follows a worker that dies (`EngineClient.died`):
 * another one takes the run to where it stood. Nothing is expected while a document is being loaded or is refused: the code of a system may take its time over a slow line.
 * @returns stops watching
 */
export function watchOver(client: EngineClient): () => void {
  let seen: object | null = null;
  let silent = 0;
  let isAsking = false;
  const alive = () => {
    silent = 0;
    isAsking = false;
  };
  const look = () => {
    const { status } = useRun.getState();
    const { latest } = client.frames;
    if (latest !== seen || latest === null || (status !== "running" && status !== "paused" && status !== "ready")) {
      seen = latest;
      alive();
      return;
    }
    if (++silent >= SILENT_LOOKS) {
      alive();
      client.died("no answer");
    } else if (silent >= ASK_AFTER && !isAsking) {
      isAsking = true;
      // Events are what it can tell at any time, also on its way to another one. Whoever asked an older run is answered by the new one's first frame.
      void client.events({ after: Number.MAX_SAFE_INTEGER, limit: 1 }).then(alive, alive);
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}
