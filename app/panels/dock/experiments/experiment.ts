import { create } from "zustand";
import { type Measure, pointOf, type SweepPoint } from "../../../../engine/metrics/plan.ts";
import type { Scenario, SettingValue } from "../../../../engine/scenario/index.ts";
import type { RunReport } from "../../../../engine/worker/protocol.ts";
import { HeadlessRuns, type Stretch } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useView } from "../../../store/view.ts";

/** What is run: each scenario with each seed. */
export interface Order extends Stretch {
  scenarios: readonly Scenario[];
  values: readonly SettingValue[];
  seeds: readonly number[];
  measure: Measure;
}

/** An order with the words that it was given in. */
export interface Planned {
  order: Order;
  knob: { id: string; path: readonly string[]; label: string } | null;
  metric: string;
}

export interface Experiment {
  status: "idle" | "running" | "done" | "cancelled" | "failed";
  planned: Planned | null;
  /** Id of the document that it is about. */
  document: string;
  done: number;
  runs: number;
  /** In the order of the values. */
  points: readonly SweepPoint[];
  error: string;
}

export const IDLE: Experiment = {
  status: "idle",
  planned: null,
  document: "",
  done: 0,
  runs: 0,
  points: [],
  error: "",
};

/** One experiment at a time. It goes on while another tab is looked at, until it is done, cancelled, or another document is opened. */
export const useExperiment = create<Experiment>()(() => IDLE);

const WORKERS_MAX = 4;

/** The page and the run that is watched keep a processor for themselves. */
const spareWorkers = (): number => Math.max(1, Math.min(WORKERS_MAX, (navigator.hardwareConcurrency || 2) - 1));

/** Of the experiment that runs now. */
let team: HeadlessRuns[] = [];

function dismiss(): void {
  for (const worker of team) worker.stop();
  team = [];
}

export function cancelExperiment(): void {
  if (useExperiment.getState().status !== "running") return;
  dismiss();
  useExperiment.setState({ status: "cancelled" });
}

export function startExperiment(planned: Planned): void {
  dismiss();
  const { order } = planned;
  const tasks = order.scenarios.flatMap((_, point) => order.seeds.map((seed) => ({ point, seed })));
  const document = useDocument.getState().id;
  useExperiment.setState({ ...IDLE, status: "running", planned, document, runs: tasks.length });
  const own = Array.from({ length: Math.min(spareWorkers(), tasks.length) }, () => new HeadlessRuns());
  team = own;
  const stopWatching = useDocument.subscribe(({ id }) => id !== document && team === own && cancelExperiment());
  perform(order, tasks, own)
    .then((isDone) => isDone && finish())
    .catch((error: unknown) => {
      if (team !== own) return;
      dismiss();
      useExperiment.setState({ status: "failed", error: error instanceof Error ? error.message : String(error) });
    })
    .finally(stopWatching);
}

/** Shares the runs out among the workers. Which of them makes a run changes nothing about it. @returns false when it was stopped */
async function perform(
  order: Order,
  tasks: readonly { point: number; seed: number }[],
  own: HeadlessRuns[],
): Promise<boolean> {
  const reports: (RunReport | undefined)[] = tasks.map(() => undefined);
  let next = 0;
  const work = async (worker: HeadlessRuns) => {
    for (let at = next++; at < tasks.length; at = next++) {
      const { point, seed } = tasks[at] as (typeof tasks)[number];
      reports[at] = await worker.run(order.scenarios[point] as Scenario, seed, order);
      if (team !== own) return;
      tell(order, reports);
    }
  };
  await Promise.all(own.map(work));
  return team === own;
}

/** Points appear in order, each when all of its runs are there. */
function tell(order: Order, reports: readonly (RunReport | undefined)[]): void {
  const points = [...useExperiment.getState().points];
  for (let at = points.length; at < order.scenarios.length; at++) {
    const own = reports.slice(at * order.seeds.length, (at + 1) * order.seeds.length);
    const known = own.filter((report) => report !== undefined);
    if (known.length < own.length) break;
    points.push(pointOf(order.scenarios[at] as Scenario, order.values[at] ?? null, order.measure, known));
  }
  useExperiment.setState({ done: reports.filter((report) => report !== undefined).length, points });
}

function finish(): void {
  dismiss();
  useExperiment.setState({ status: "done" });
  const { panels, notify, panel } = useView.getState();
  if (panels.dock.open && panels.dock.tab === "experiments") return;
  notify({
    tone: "success",
    key: "experiments.done",
    action: { key: "experiments.show", perform: () => panel("dock", { open: true, tab: "experiments" }) },
  });
}
