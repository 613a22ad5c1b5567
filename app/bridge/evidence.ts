import { type Course, type Evidence, metricAt } from "../../engine/lesson/index.ts";
import type { Scenario } from "../../engine/scenario/index.ts";
import type { Series } from "../../engine/worker/protocol.ts";
import { engine, frames } from "./engine-client.ts";

/** As many rows as the engine keeps: none may be merged, or a peak would be lost. */
const POINTS = 100_000;

/**
 * What the run on the page has measured of some figures up to now, for judging a lesson's checks. What the lesson hides is not hidden from its own checks.
 * @throws StaleRun when another run begins before the answer
 */
export async function gather(
  figures: readonly { target: string; metric: string }[],
  scenario: Scenario,
): Promise<Evidence> {
  const found = figures.flatMap(({ target, metric }) => {
    const spec = metricAt(scenario, target, metric);
    return spec === undefined ? [] : [{ target, metric, name: spec.name, isTime: spec.unit === "time" }];
  });
  const time = frames.latest?.time ?? 0;
  const asked = found.map(({ target, name }) => ({ target, metric: name }));
  const series =
    asked.length === 0 ? [] : await engine.series({ series: asked, from: 0, to: time, points: POINTS }, { all: true });
  const places = new Map(found.map((one, i) => [`${one.target}.${one.metric}`, { ...one, series: series[i] }]));
  return {
    scenario,
    time: time / 1000,
    course(target, metric) {
      const place = places.get(`${target}.${metric}`);
      return place?.series === undefined ? null : courseOf(place.series, place.isTime);
    },
    now(target, metric) {
      const place = places.get(`${target}.${metric}`);
      if (place === undefined) return Number.NaN;
      const value = frames.read(target, place.name);
      return place.isTime ? value / 1000 : value;
    },
  };
}

function courseOf({ times, values, lows, highs }: Series, isTime: boolean): Course {
  const shown = (list: Float64Array) => (isTime ? list.map((value) => value / 1000) : list);
  return { times: times.map((time) => time / 1000), values: shown(values), lows: shown(lows), highs: shown(highs) };
}
