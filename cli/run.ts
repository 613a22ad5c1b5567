import {
  budgetOf,
  createRun,
  type Estimate,
  fromMs,
  predicted,
  type Report,
  replicate,
  type Scenario,
  SEEDS_MAX,
  seedsFrom,
  summarise,
} from "../engine/index.ts";
import { type Command, duration, Failure, type Output, onlyFile, parse, readRunnable, wholeNumber } from "./output.ts";
import { costs } from "./sweep.ts";

export const runCommand: Command = {
  usage: "run FILE [--until 60s] [--seed 1] [--warmup 10s] [--replications 10] [--json]",
  about:
    "Runs a scenario (a file, or an example by its id) without a screen and prints its figures: times in ms, rates per s.",
  options: [
    ["--until 60s", "virtual time to run to: 500ms, 60s, 5m, 1h"],
    ["--seed 1", "another seed than the scenario's own: 0 to 4294967295"],
    ["--warmup 10s", "leave this much out of the figures"],
    [
      "--replications 10",
      `as many runs, each with the next seed, at most ${SEEDS_MAX}: mean, 95 % interval, and theory where it applies`,
    ],
    ["--json", "one JSON object: time, ledger, nodes, system; with --replications an interval for each figure"],
  ],
  perform(args, out) {
    const options = parse(args, ["--until", "--seed", "--warmup", "--replications"], ["--json"]);
    const scenario = readRunnable(onlyFile(options, "scenario file or example"));
    const until = duration(options.value("--until") ?? "60s", "--until");
    const warmup = duration(options.value("--warmup") ?? "0s", "--warmup");
    if (warmup >= until) throw new Failure("--warmup must be shorter than --until: nothing would be left to measure.");
    const given = options.value("--seed");
    const seed = given === undefined ? scenario.seed : wholeNumber(given, "--seed", 0, SEED_MAX);
    const times = options.value("--replications");
    if (times !== undefined) {
      const seeds = seedsFrom(seed, wholeNumber(times, "--replications", 2, SEEDS_MAX));
      const plan = { until, warmup, seeds };
      out.complain(costs(budgetOf([scenario], plan), until));
      printReplications(scenario, [...replicate(scenario, plan)], seeds, options.has("--json"), out);
      return 0;
    }
    const run = createRun({ ...scenario, seed });
    run.core.log.detailed = false;
    if (warmup > 0) {
      run.advance(fromMs(warmup));
      run.resetStatistics();
    }
    run.advance(fromMs(until));
    const report = run.report();
    if (options.has("--json")) out.print(JSON.stringify(report));
    else printTable(report, out);
    return 0;
  },
};

const SEED_MAX = 4_294_967_295;

/** What a person wants first: the ledger, then each node's figures that are not zero. */
function printTable(report: Report, out: Output): void {
  const { ledger } = report;
  const byReason = (counts: Record<string, number>) => {
    const entries = Object.entries(counts);
    const total = entries.reduce((sum, [, count]) => sum + count, 0);
    return entries.length === 0 ? "0" : `${total} (${entries.map(([reason, n]) => `${reason} ${n}`).join(", ")})`;
  };
  out.print(`after ${report.time / 1000} s`);
  out.print(
    `published ${ledger.published} = processed ${ledger.processed} + in system ${ledger.inSystem} + discarded ${byReason(ledger.discarded)} + lost ${byReason(ledger.lost)}`,
  );
  if (ledger.duplicates > 0) out.print(`processed twice: ${ledger.duplicates}`);
  for (const [name, metrics] of Object.entries(report.nodes)) {
    out.print(`\n${name}`);
    for (const [metric, value] of Object.entries(metrics)) {
      if (value === 0 || metric.endsWith(".total")) continue;
      out.print(`  ${metric.padEnd(22)} ${shown(value)}`);
    }
  }
}

const shown = (value: number): string => String(Number(value.toPrecision(6)));

/** Figures of several runs: each with its interval, and with what theory says about it. */
function printReplications(
  scenario: Scenario,
  reports: readonly Report[],
  seeds: readonly number[],
  isJson: boolean,
  out: Output,
): void {
  const { nodes, system } = summarise(reports);
  const theoryOf = (name: string, metric: string): number => {
    const node = scenario.nodes.find((one) => one.name === name);
    return node === undefined ? Number.NaN : predicted(scenario, { id: node.id, metric });
  };
  const time = reports[0]?.time ?? 0;
  if (isJson) {
    const plain = (figures: Record<string, Estimate>, name?: string) =>
      Object.fromEntries(
        Object.entries(figures).map(([metric, { mean, half, low, high, count }]) => {
          const theory = name === undefined ? Number.NaN : theoryOf(name, metric);
          return [metric, { mean, half, low, high, runs: count, ...(!Number.isNaN(theory) && { theory }) }];
        }),
      );
    const each = Object.fromEntries(Object.entries(nodes).map(([name, figures]) => [name, plain(figures, name)]));
    out.print(JSON.stringify({ time, seeds, confidence: 0.95, nodes: each, system: plain(system) }));
    return;
  }
  out.print(
    `after ${time / 1000} s, ${reports.length} runs with the seeds ${seeds[0]} to ${seeds.at(-1)}: mean ± 95 % interval`,
  );
  for (const [name, figures] of Object.entries(nodes)) {
    out.print(`\n${name}`);
    for (const [metric, { mean, half }] of Object.entries(figures)) {
      if ((mean === 0 && half === 0) || metric.endsWith(".total") || `${metric}.total` in figures) continue;
      const theory = theoryOf(name, metric);
      const width = half === Number.POSITIVE_INFINITY ? "" : `± ${Number(half.toPrecision(2))}`;
      const said = Number.isNaN(theory) ? "" : `theory ${shown(theory)}`;
      out.print(`  ${metric.padEnd(22)} ${shown(mean).padEnd(12)} ${width.padEnd(14)} ${said}`.trimEnd());
    }
  }
}
