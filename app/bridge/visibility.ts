import { useRun } from "../store/run.ts";
import type { EngineClient } from "./engine-client.ts";

/**
 * A page that nobody sees does not run on unless that is wanted: it pauses, and goes on when it is seen again.
 * @param wantsToRun asked each time the page is hidden @returns stops
 */
export function followVisibility(
  client: EngineClient,
  wantsToRun: () => boolean,
  page: Document = document,
): () => void {
  let hasPaused = false;
  const look = () => {
    const isRunning = useRun.getState().status === "running";
    if (page.visibilityState === "hidden" && isRunning && !wantsToRun()) {
      hasPaused = true;
      client.pause();
    } else if (page.visibilityState === "visible" && hasPaused) {
      hasPaused = false;
      client.play();
    }
  };
  page.addEventListener("visibilitychange", look);
  return () => page.removeEventListener("visibilitychange", look);
}
