import { useDocument } from "../store/document.ts";
import { isPlayable, useRun } from "../store/run.ts";
import { engine } from "./index.ts";

/** Takes the run of the document that has just been opened to a time, as soon as it can be played; another document opened meanwhile ends the wish. @param time virtual ms */
export function beginAt(time: number): void {
  const { id } = useDocument.getState();
  const go = () => engine.seek(Math.round(time * 1000));
  if (isPlayable(useRun.getState().status)) {
    go();
    return;
  }
  const stop = useRun.subscribe(({ status }) => {
    const isOther = useDocument.getState().id !== id;
    if (!isOther && !isPlayable(status)) return;
    stop();
    if (!isOther) go();
  });
}
