import { type Course, type Evidence, metricAt } from "../../engine/lesson/index.ts";
import type { Scenario } from "../../engine/scenario/index.ts";
import type { Series } from "../../engine/worker/protocol.ts";
import { engine, frames } from "./engine-client.ts";

/** As many rows as the engine keeps: none may be merged, or a peak would be lost. */
const POINTS = 100_000;

/** A run that can be asked: the one on the page, or one that nobody watches. Times in µs. */
export interface Witness {
  time: number;
  series(asked: { target: string; metric: string }[], points: number): Promise<Series[]>;
  /** The newest figure; NaN while it is not known. */
  read(target: string, metric: string): number;
}

/** What a run has measured of some figures up to now, for judging a lesson's checks. */
export async function evidenceFrom(
  { time, series: ask, read }: Witness,
  figures: readonly { target: string; metric: string }[],
  scenario: Scenario,
): Promise<Evidence> {
  const found = figures.flatMap(({ target, metric }) => {
    const spec = metricAt(scenario, target, metric);
    return spec === undefined ? [] : [{ target, metric, name: spec.name, isTime: spec.unit === "time" }];
  });
  const asked = found.map(({ target, name }) => ({ target, metric: name }));
  const series = asked.length === 0 ? [] : await ask(asked, POINTS);
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
      const value = read(target, place.name);
      return place.isTime ? value / 1000 : value;
    },
  };
}

/**
 * The same of the run on the page. What the lesson hides is not hidden from its own checks.
 * @throws StaleRun when another run begins before the answer
 */
export function gather(figures: readonly { target: string; metric: string }[], scenario: Scenario): Promise<Evidence> {
  const time = frames.latest?.time ?? 0;
  const witness: Witness = {
    time,
    series: (series, points) => engine.series({ series, from: 0, to: time, points }, { all: true }),
    read: (target, metric) => frames.read(target, metric),
  };
  return evidenceFrom(witness, figures, scenario);
}

function courseOf({ times, values, lows, highs }: Series, isTime: boolean): Course {
  const shown = (list: Float64Array) => (isTime ? list.map((value) => value / 1000) : list);
  return { times: times.map((time) => time / 1000), values: shown(values), lows: shown(lows), highs: shown(highs) };
}
