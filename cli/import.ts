import { autoLayout } from "../app/share/auto-layout.ts";
import { writeScenario } from "../app/share/files.ts";
import { importDefinitions, readDefinitions } from "../engine/index.ts";
import { Failure, line, type Output, onlyFile, parse, readText, writeText } from "./output.ts";
import { sentence } from "./words.ts";

export const importCommand = {
  usage: "import FILE [--vhost V] [--json] [--no-traffic] [-o OUT]",
  about:
    "Turns RabbitMQ definitions into a scenario: one virtual host, with a producer per entry and a consumer per exit.",
  perform(args: string[], out: Output): number {
    const options = parse(args, ["--vhost", "-o"], ["--json", "--no-traffic"]);
    const path = onlyFile(options, "definitions file");
    const read = readDefinitions(readText(path));
    if (!read.ok) throw new Failure(`${path} cannot be imported: ${sentence(read)}`);
    const vhost = options.value("--vhost");
    const result = importDefinitions(read.file, {
      traffic: !options.has("--no-traffic"),
      ...(vhost !== undefined && { vhost }),
    });
    if (vhost !== undefined && !result.vhosts.includes(vhost)) {
      throw new Failure(`${path} has no virtual host "${vhost}". It has ${result.vhosts.join(", ") || "none"}.`);
    }
    const scenario = autoLayout(result.scenario);
    const target = options.value("-o");
    if (target !== undefined) writeText(target, writeScenario(scenario));
    if (options.has("--json")) {
      const { counts, notices, vhosts } = result;
      const words = notices.map((notice) => ({ ...notice, text: sentence(notice) }));
      out.print(JSON.stringify({ counts, notices: words, vhosts, ...(target === undefined && { scenario }) }));
      return 0;
    }
    for (const [kind, count] of Object.entries(result.counts)) out.print(`${kind.padEnd(12)} ${count}`);
    for (const notice of result.notices) out.print(`${notice.severity}  ${line(notice)}`);
    if (target !== undefined) out.print(`written to ${target}`);
    return 0;
  },
};
