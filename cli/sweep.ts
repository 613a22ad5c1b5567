import {
  type Budget,
  budgetOf,
  type Scenario,
  SWEEP_SEEDS_MAX,
  type SweepPoint,
  seedsFrom,
  sweep,
  turned,
} from "../engine/index.ts";
import {
  type Command,
  duration,
  Failure,
  line,
  type Output,
  onlyFile,
  parse,
  readRunnable,
  wholeNumber,
} from "./output.ts";
import { knobAt, measureAt, valuesOf } from "./places.ts";

export const sweepCommand: Command = {
  usage: "sweep FILE --set NODE.SETTING=VALUES --metric NODE.METRIC [--until 10m] [--seeds 5] [--csv | --json]",
  about:
    "Runs a scenario with each value of one setting and prints a metric: mean, 95 % interval, and theory where it applies.",
  options: [
    [
      "--set worker.instances=1..8",
      "the setting and its values: 1..8, 0.5..0.9:0.1, 1,2,5, words too; parts as worker.service.mean",
    ],
    ["--metric worker.e2e.p95", "what is measured: times in ms, rates per s; system.throughput for the whole"],
    ["--until 10m", "virtual time of each run"],
    ["--warmup 1m", "left out of the figures; a tenth of --until unless given"],
    ["--seeds 5", `runs of each value, at most ${SWEEP_SEEDS_MAX}; the first with the scenario's own seed`],
    ["--csv", "comma-separated: value, mean, low, high, runs, theory"],
    ["--json", "one JSON object"],
  ],
  perform(args, out) {
    const options = parse(args, ["--set", "--metric", "--until", "--warmup", "--seeds"], ["--csv", "--json"]);
    const scenario = readRunnable(onlyFile(options, "scenario file or example"));
    const set = options.value("--set");
    const equals = set?.indexOf("=") ?? -1;
    if (set === undefined || equals < 1)
      throw new Failure("--set NODE.SETTING=VALUES is needed, such as --set worker.instances=1..8.");
    const place = set.slice(0, equals);
    const knob = knobAt(scenario, place, "--set");
    const values = valuesOf(set.slice(equals + 1), "--set");
    const wanted = options.value("--metric");
    if (wanted === undefined) throw new Failure("--metric NODE.METRIC is needed, such as --metric worker.e2e.p95.");
    const measure = measureAt(scenario, wanted, "--metric");
    const until = duration(options.value("--until") ?? "10m", "--until");
    const warmup =
      options.value("--warmup") === undefined ? until / 10 : duration(options.value("--warmup") as string, "--warmup");
    if (warmup >= until) throw new Failure("--warmup must be shorter than --until: nothing would be left to measure.");
    const seeds = seedsFrom(scenario.seed, wholeNumber(options.value("--seeds") ?? "5", "--seeds", 1, SWEEP_SEEDS_MAX));
    const scenarios = values.map((value) => point(scenario, knob, value, place));
    const plan = { until, warmup, seeds, knob, values, measure };
    out.complain(costs(budgetOf(scenarios, plan), until));
    const points = [...sweep(scenarios, plan)].flatMap(({ point: found }) => (found === null ? [] : [found]));
    const unit = {
      time: " (ms)",
      rate: " (per s)",
      bytes: " (B)",
      byteRate: " (B per s)",
      count: "",
      share: "",
      level: "",
    }[measure.unit];
    if (options.has("--json")) out.print(JSON.stringify(asJson(place, wanted, points)));
    else if (options.has("--csv")) printCsv(place, wanted, points, out);
    else printTable(place, `${wanted}${unit}`, points, out);
    return 0;
  },
};

function point(
  scenario: Scenario,
  knob: Parameters<typeof turned>[1],
  value: SweepPoint["value"],
  place: string,
): Scenario {
  const { scenario: changed, issues } = turned(scenario, knob, value);
  if (issues.length > 0)
    throw new Failure(
      [
        `--set ${place}=${String(value)} makes a scenario that cannot run:`,
        ...issues.map((issue) => `  ${line(issue)}`),
      ].join("\n"),
    );
  return changed;
}

/** What is about to be computed, so that one can stop it at once. */
export function costs({ runs, messages }: Budget, until: number): string {
  const count = messages >= 1e6 ? `${Number((messages / 1e6).toPrecision(2))} million` : String(Math.round(messages));
  return `${runs} ${runs === 1 ? "run" : "runs"} of ${until / 1000} s, about ${count} messages.`;
}

const figure = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "");

function printTable(setting: string, metric: string, points: readonly SweepPoint[], out: Output): void {
  const rows = points.map(({ value, estimate, theory }) => [
    String(value),
    figure(estimate.mean) || "no data",
    figure(estimate.half) === "" ? "" : `± ${figure(Number(estimate.half.toPrecision(2)))}`,
    figure(theory),
  ]);
  const head = [setting, metric, "95 %", "theory"];
  const widths = head.map((word, i) => Math.max(word.length, ...rows.map((row) => (row[i] as string).length)));
  for (const row of [head, ...rows])
    out.print(
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join("  ")
        .trimEnd(),
    );
}

function printCsv(setting: string, metric: string, points: readonly SweepPoint[], out: Output): void {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  out.print([setting, metric, "low", "high", "runs", "theory"].map(quoted).join(","));
  for (const { value, estimate, theory } of points) {
    const { mean, low, high, count } = estimate;
    out.print([quoted(String(value)), figure(mean), figure(low), figure(high), count, figure(theory)].join(","));
  }
}

/** Numbers as they are; null where there is none. */
function asJson(setting: string, metric: string, points: readonly SweepPoint[]) {
  return {
    setting,
    metric,
    confidence: 0.95,
    points: points.map(({ value, values, estimate: { mean, low, high }, theory }) => ({
      value,
      mean,
      low,
      high,
      values,
      theory,
    })),
  };
}
