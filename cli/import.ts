import { autoLayout } from "../app/share/auto-layout.ts";
import { writeScenario } from "../app/share/files.ts";
import {
  type ImportedTopics,
  type Issue,
  importDefinitions,
  importTopics,
  looksLikeTopics,
  readDefinitions,
} from "../engine/index.ts";
import { type Command, Failure, line, onlyFile, parse, readText, writeText } from "./output.ts";
import { sentence } from "./words.ts";

export const importCommand: Command = {
  usage: "import FILE [--vhost V] [--json] [--no-traffic] [-o OUT]",
  about:
    "Turns RabbitMQ definitions into a scenario: one virtual host, with a producer per entry and a consumer per exit. Or a list of Kafka topics, as kafka-topics --describe prints it.",
  options: [
    ["--vhost V", "the virtual host to import; default: / when it holds anything, else the one with the most queues"],
    ["--no-traffic", "without producers and consumers"],
    ["-o OUT", "the scenario file to write"],
    ["--json", "counts, notices and virtual hosts as JSON; with the scenario when there is no -o"],
  ],
  perform(args, out) {
    const options = parse(args, ["--vhost", "-o"], ["--json", "--no-traffic"]);
    const path = onlyFile(options, "definitions file");
    const text = readText(path);
    if (looksLikeTopics(text)) return printTopics(importTopics(text), options.value("-o"), options.has("--json"), out);
    const read = readDefinitions(text);
    if (!read.ok) throw new Failure(refusal(path, read.issues));
    const vhost = options.value("--vhost");
    const result = importDefinitions(read.file, {
      traffic: !options.has("--no-traffic"),
      ...(vhost !== undefined && { vhost }),
    });
    if (vhost !== undefined && !result.vhosts.includes(vhost)) {
      throw new Failure(`${path} has no virtual host "${vhost}". It has ${result.vhosts.join(", ") || "none"}.`);
    }
    const errors = result.notices.filter((notice) => notice.severity === "error");
    if (errors.length > 0) throw new Failure(refusal(path, errors));
    const scenario = autoLayout(result.scenario);
    const target = options.value("-o");
    if (target !== undefined) writeText(target, writeScenario(scenario));
    if (options.has("--json")) {
      const { counts, notices, vhosts, vhost: chosen } = result;
      const words = notices.map((notice) => ({ ...notice, text: sentence(notice) }));
      out.print(
        JSON.stringify({ vhost: chosen, vhosts, counts, notices: words, ...(target === undefined && { scenario }) }),
      );
      return 0;
    }
    for (const [kind, count] of Object.entries(result.counts)) out.print(`${kind.padEnd(12)} ${count}`);
    for (const notice of result.notices) out.print(`${notice.severity.padEnd(7)}  ${line(notice)}`);
    if (target !== undefined) out.print(`written to ${target}`);
    return 0;
  },
};

function printTopics(
  { scenario, notices }: ImportedTopics,
  target: string | undefined,
  isJson: boolean,
  out: { print(text: string): void },
): number {
  if (target !== undefined) writeText(target, writeScenario(scenario));
  const topics = scenario.nodes.filter(({ kind }) => kind === "topic").length;
  if (isJson) {
    const words = notices.map((notice) => ({ ...notice, text: sentence(notice) }));
    out.print(JSON.stringify({ counts: { topics }, notices: words, ...(target === undefined && { scenario }) }));
    return 0;
  }
  out.print(`${"topics".padEnd(12)} ${topics}`);
  for (const notice of notices) out.print(`${notice.severity.padEnd(7)}  ${line(notice)}`);
  if (target !== undefined) out.print(`written to ${target}`);
  return 0;
}

const REASONS_SHOWN = 20;

/** Why a file cannot be used: one reason behind the name, several below one another. */
function refusal(path: string, issues: readonly Issue[]): string {
  const [first, ...more] = issues.slice(0, REASONS_SHOWN).map(line);
  if (more.length === 0) return `${path} cannot be imported: ${first}`;
  const rest = issues.length - REASONS_SHOWN;
  return [`${path} cannot be imported:`, first, ...more, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n  ");
}
