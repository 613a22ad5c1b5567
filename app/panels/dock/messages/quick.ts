import { MAX_SPEED } from "../../../../engine/worker/protocol.ts";
import { useRun } from "../../../store/run.ts";

/** Above this speed the engine keeps no ordinary events, and Max is above every speed. */
const QUICK = 50;

/** Whether messages that have gone by may have left nothing to look up: the run has been as quick as that, or is about to be. */
export const useIsQuick = (): boolean =>
  useRun(({ speed, time }) => time > 0 && (speed === MAX_SPEED || speed > QUICK));
