import { createRun, fromMs, type Report } from "../engine/index.ts";
import { type Command, duration, Failure, type Output, onlyFile, parse, readRunnable } from "./output.ts";

export const runCommand: Command = {
  usage: "run FILE [--until 60s] [--seed 1] [--warmup 10s] [--json]",
  about: "Runs a scenario without a screen and prints its figures: times in ms, rates per s.",
  options: [
    ["--until 60s", "virtual time to run to: 500ms, 60s, 5m, 1h"],
    ["--seed 1", "another seed than the scenario's own: 0 to 4294967295"],
    ["--warmup 10s", "leave this much out of the figures"],
    ["--json", "one JSON object: time, ledger, nodes, system"],
  ],
  perform(args, out) {
    const options = parse(args, ["--until", "--seed", "--warmup"], ["--json"]);
    const scenario = readRunnable(onlyFile(options, "scenario file"));
    const until = duration(options.value("--until") ?? "60s", "--until");
    const warmup = duration(options.value("--warmup") ?? "0s", "--warmup");
    if (warmup >= until) throw new Failure("--warmup must be shorter than --until: nothing would be left to measure.");
    const seed = options.value("--seed");
    if (seed !== undefined && !(/^\d{1,10}$/.test(seed) && Number(seed) <= SEED_MAX))
      throw new Failure(`--seed takes a whole number from 0 to ${SEED_MAX}, not "${seed}".`);
    const run = createRun(seed === undefined ? scenario : { ...scenario, seed: Number(seed) });
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
      out.print(`  ${metric.padEnd(22)} ${Number(value.toPrecision(6))}`);
    }
  }
}
