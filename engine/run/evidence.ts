import type { Course, Evidence } from "../lesson/index.ts";
import { metricAt } from "../lesson/index.ts";
import type { Scenario } from "../scenario/types.ts";
import type { FrameLayout } from "../worker/protocol.ts";
import type { Run } from "./run.ts";

/** What a run has measured, in the units of checks: for whoever judges a lesson without a page. @param scenario the document as it is now */
export function evidenceOf(run: Run, scenario: Scenario): Evidence {
  const slot = (layout: FrameLayout, target: string, name: string) => {
    const place =
      target === "system" ? layout.system : [...layout.nodes, ...layout.edges].find(({ id }) => id === target);
    const at = place?.metrics.indexOf(name) ?? -1;
    return place === undefined || at < 0 ? -1 : place.offset + at;
  };
  return {
    scenario,
    time: run.now / 1000,
    course(target, metric) {
      const found = metricAt(scenario, target, metric);
      if (found === undefined || slot(run.layout(), target, found.name) < 0) return null;
      const past = run.history.read((layout) => slot(layout, target, found.name), 0, run.now, Number.POSITIVE_INFINITY);
      return inUnits(past, found.unit === "time");
    },
    now(target, metric) {
      const found = metricAt(scenario, target, metric);
      const at = found === undefined ? -1 : slot(run.layout(), target, found.name);
      if (found === undefined || at < 0) return Number.NaN;
      const value = run.read()[at] ?? Number.NaN;
      return found.unit === "time" ? value / 1000 : value;
    },
  };
}

function inUnits({ times, values, lows, highs }: Course, isTime: boolean): Course {
  const shown = (list: ArrayLike<number>) => (isTime ? Float64Array.from(list, (value) => value / 1000) : list);
  return {
    times: Float64Array.from(times, (time) => time / 1000),
    values: shown(values),
    lows: shown(lows),
    highs: shown(highs),
  };
}
