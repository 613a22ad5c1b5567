import { useCallback, useEffect, useRef, useState } from "react";
import { type Measure, pointOf, type SweepPoint } from "../../../../engine/metrics/plan.ts";
import type { Scenario, SettingValue } from "../../../../engine/scenario/index.ts";
import type { RunReport } from "../../../../engine/worker/protocol.ts";
import { HeadlessRuns, type Stretch } from "../../../bridge/index.ts";

/** What is run: each scenario with each seed. */
export interface Order extends Stretch {
  scenarios: readonly Scenario[];
  values: readonly SettingValue[];
  seeds: readonly number[];
  measure: Measure;
}

export interface Experiment {
  status: "idle" | "running" | "done" | "cancelled" | "failed";
  done: number;
  runs: number;
  points: SweepPoint[];
  error: string;
}

const IDLE: Experiment = { status: "idle", done: 0, runs: 0, points: [], error: "" };

/** One experiment at a time in a spare worker; leaving the panel ends it. */
export function useExperiment(): { state: Experiment; start(order: Order): void; cancel(): void } {
  const [state, setState] = useState(IDLE);
  const worker = useRef<HeadlessRuns | null>(null);
  const stop = useCallback(() => {
    worker.current?.stop();
    worker.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const perform = async (order: Order, own: HeadlessRuns) => {
    let done = 0;
    for (const [i, scenario] of order.scenarios.entries()) {
      const reports: RunReport[] = [];
      for (const seed of order.seeds) {
        reports.push(await own.run(scenario, seed, order));
        if (worker.current !== own) return;
        done++;
        setState((before) => ({ ...before, done }));
      }
      const point = pointOf(scenario, order.values[i] ?? null, order.measure, reports);
      setState((before) => ({ ...before, points: [...before.points, point] }));
    }
    stop();
    setState((before) => ({ ...before, status: "done" }));
  };

  return {
    state,
    start(order) {
      stop();
      const own = new HeadlessRuns();
      worker.current = own;
      setState({ ...IDLE, status: "running", runs: order.scenarios.length * order.seeds.length });
      perform(order, own).catch((error: unknown) => {
        if (worker.current !== own) return;
        stop();
        const words = error instanceof Error ? error.message : String(error);
        setState((before) => ({ ...before, status: "failed", error: words }));
      });
    },
    cancel() {
      stop();
      setState((before) => ({ ...before, status: "cancelled" }));
    },
  };
}
