import type { Scenario } from "../../../../engine/scenario/index.ts";
import { type EngineClient, StaleRun } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import type { RunPicture } from "../../../store/kept.ts";
import { useRun } from "../../../store/run.ts";
import { chartsFor } from "../charts/chart-set.ts";
import { targetOf } from "../charts/pins.ts";
import { observedFigures } from "./figures.ts";

/** Points of all curves together: a picture stays within a few megabytes, however large the drawing. */
const POINTS_MAX = 300_000;
const POINTS_MIN = 120;
/** The engine keeps no more. */
const POINTS_USUAL = 1200;

/** Every curve that a chart of this drawing can show. */
export function curvesOf(scenario: Scenario): { target: string; metric: string }[] {
  const found = new Map<string, { target: string; metric: string }>();
  const add = (charts: ReturnType<typeof chartsFor>) => {
    for (const { series } of charts)
      for (const { target, metric } of series) found.set(`${target} ${metric}`, { target, metric });
  };
  add(chartsFor([]));
  for (const pin of scenario.view?.pins ?? []) found.set(`${pin.target} ${pin.metric}`, pin);
  for (const { id } of [...scenario.nodes, ...scenario.edges]) {
    const target = targetOf(scenario, id);
    if (target !== undefined) add(chartsFor([target]));
  }
  return [...found.values()];
}

/** Waits until the run stands. @returns false when it was replaced meanwhile */
async function standing(engine: EngineClient): Promise<boolean> {
  const { runId, status } = useRun.getState();
  if (status !== "running") return true;
  engine.pause();
  return new Promise((resolve) => {
    const stop = useRun.subscribe((now) => {
      if (now.status === "running" && now.runId === runId) return;
      stop();
      resolve(now.runId === runId);
    });
  });
}

/**
 * Everything about the present run up to now. A run that moves is held for as long as that takes, so that all figures are of one moment.
 * @returns null when another run takes its place meanwhile
 */
export async function takePicture(engine: EngineClient): Promise<RunPicture | null> {
  const { runId, status } = useRun.getState();
  if (!(await standing(engine))) return null;
  const { scenario } = useDocument.getState();
  const { time, tape } = useRun.getState();
  const curves = curvesOf(scenario);
  const points = Math.max(POINTS_MIN, Math.min(POINTS_USUAL, Math.floor(POINTS_MAX / curves.length)));
  try {
    const [report, observed, series] = await Promise.all([
      engine.ask({ type: "report", reset: false }),
      engine.observe(observedFigures(scenario.nodes)),
      engine.series({ series: curves, from: 0, to: time, points }),
    ]);
    if (report.type !== "report") return null;
    const happened = tape.marks.filter((mark) => mark.time <= time);
    return {
      scenario,
      time,
      acts: happened.filter(({ kind }) => kind === "act").length,
      edits: happened.filter(({ kind }) => kind === "edit").length,
      report: report.report,
      observed,
      series: series.filter(({ times }) => times.length > 0),
    };
  } catch (error) {
    if (error instanceof StaleRun) return null;
    throw error;
  } finally {
    if (status === "running" && useRun.getState().runId === runId) engine.play();
  }
}
