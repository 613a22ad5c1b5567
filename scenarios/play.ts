import { createRun, type Report, type Run, type Scenario, seconds, validate } from "../engine/index.ts";
import { type CatalogueEntry, idOf, type Variant, withChange } from "./entry.ts";

/** A catalogue scenario played headless, for tests of its numbers. */
export class Play {
  readonly run: Run;
  private readonly scenario: Scenario;

  constructor(scenario: Scenario) {
    const errors = validate(scenario).issues.filter((issue) => issue.severity === "error");
    if (errors.length > 0) throw new Error(`${scenario.meta.id}: ${JSON.stringify(errors)}`);
    this.scenario = scenario;
    this.run = createRun(scenario);
  }

  /** On to a virtual time. @param time s */
  until(time: number): this {
    this.run.advance(seconds(time));
    return this;
  }

  /** Figures since the start. Names are those of the nodes, times in ms. */
  report(): Report {
    return this.run.report();
  }

  /**
   * A metric of a node or edge, by id, as the screen would show it now (rates and percentiles of the last window).
   * @param metric `ready`, `ack.rate`, … times in µs @param whole since the start instead of the last window
   */
  now(id: string, metric: string, whole = false): number {
    const { nodes, edges, system } = this.run.layout();
    const place = id === "system" ? system : [...nodes, ...edges].find((item) => item.id === id);
    const at = place?.metrics.indexOf(metric) ?? -1;
    if (place === undefined || at < 0) throw new Error(`${this.scenario.meta.id}: no metric ${id}.${metric}`);
    return this.run.read(whole)[place.offset + at] as number;
  }

  /** Goes on to `to`, looking every `step` s; what it saw. @param to virtual time, s */
  series(id: string, metric: string, to: number, step = 0.5): number[] {
    const seen: number[] = [];
    for (let t = this.run.now / seconds(1) + step; t <= to + 1e-9; t += step) seen.push(this.until(t).now(id, metric));
    return seen;
  }
}

/**
 * Runs with the seeds 1, 2, …, for figures that theory gives: each is played from 0 to `warmUp`, forgets what it has measured, and goes on to `until`.
 * @param warmUp s @param until s
 */
export function replicas(
  scenario: Scenario,
  change: Variant["change"],
  { seeds, warmUp, until }: { seeds: number; warmUp: number; until: number },
): Play[] {
  const changed = withChange(scenario, change);
  return Array.from({ length: seeds }, (_, i) => {
    const one = new Play({ ...changed, seed: i + 1 });
    // Nobody looks at the events and the charts of so long a run.
    one.run.core.log.detailed = false;
    one.run.history.next = Number.POSITIVE_INFINITY;
    one.until(warmUp).run.resetStatistics();
    return one.until(until);
  });
}

/** Starts a scenario of the catalogue. @param change as in a variant @throws Error when the document is not valid */
export const play = (scenario: Scenario, change: Variant["change"] = {}): Play =>
  new Play(withChange(scenario, change));

/** Starts an entry as drawn, or in one of its variants. @throws Error when there is no such variant */
export function playEntry(entry: CatalogueEntry, variant?: string): Play {
  if (variant === undefined) return play(entry.scenario);
  const found = entry.variants?.find((one) => one.id === variant);
  if (found === undefined) throw new Error(`${idOf(entry)}: there is no variant "${variant}".`);
  return play(entry.scenario, found.change);
}
