import { exportDefinitions } from "../engine/index.ts";
import { type Command, Failure, line, onlyFile, parse, readRunnable, writeText } from "./output.ts";

export const exportCommand: Command = {
  usage: "export FILE -o OUT",
  about: "Writes a scenario's RabbitMQ part as definitions that a broker can load, and says what has no equivalent.",
  options: [["-o OUT", "the file to write"]],
  perform(args, out) {
    const options = parse(args, ["-o"], []);
    const scenario = readRunnable(onlyFile(options, "scenario file"));
    const target = options.value("-o");
    if (target === undefined) throw new Failure("Where to? Give -o OUT.");
    const { text, notices } = exportDefinitions(scenario);
    writeText(target, text);
    out.print(`written to ${target}`);
    if (notices.length === 0) out.print("Everything in the scenario has an equivalent.");
    for (const notice of notices) out.print(`${notice.severity.padEnd(7)}  ${line(notice)}`);
    return 0;
  },
};
