import { useEffect, useState } from "react";
import { engine } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import type { RunPicture } from "../../../store/kept.ts";
import { useRun } from "../../../store/run.ts";
import { takePicture } from "./picture.ts";

/** The present run while it stands at one virtual time. @param time µs; null = not wanted @returns null elsewhere, and until it has been asked for */
export function usePresent(time: number | null): RunPicture | null {
  const scenario = useDocument((s) => s.scenario);
  const key = useRun((s) =>
    s.status !== "running" && s.time === time
      ? [s.runId, s.passage, s.lastEvent, s.layout?.revision, s.tape.marks.length].join(" ")
      : "",
  );
  const [taken, setTaken] = useState<{ key: string; scenario: unknown; picture: RunPicture } | null>(null);
  useEffect(() => {
    let isOver = false;
    if (key !== "")
      void takePicture(engine).then((picture) => {
        if (!isOver && picture !== null) setTaken({ key, scenario, picture });
      });
    return () => {
      isOver = true;
    };
  }, [key, scenario]);
  return taken !== null && key !== "" && taken.key === key && taken.scenario === scenario ? taken.picture : null;
}
