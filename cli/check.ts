import { readLesson, readScenario } from "../engine/index.ts";
import { type Command, line, onlyFile, parse, readText } from "./output.ts";

export const checkCommand: Command = {
  usage: "check FILE",
  about:
    "Validates a scenario: every problem with its place. Exit code 2 when there is any error; warnings alone are no error.",
  perform(args, out) {
    const file = onlyFile(parse(args, [], []), "scenario file");
    const { scenario, issues } = readScenario(readText(file).replace(/^\uFEFF/, ""));
    if (scenario?.lesson !== undefined) issues.push(...readLesson(scenario.lesson, scenario).issues);
    for (const issue of issues) out.print(`${issue.severity}  ${line(issue)}`);
    const errors = issues.filter((issue) => issue.severity === "error").length;
    if (scenario === null || errors > 0) {
      out.complain(`${file}: ${errors} ${errors === 1 ? "error" : "errors"}.`);
      return 2;
    }
    out.print(`${file}: ${scenario.nodes.length} nodes, ${scenario.edges.length} connections, no errors.`);
    return 0;
  },
};
