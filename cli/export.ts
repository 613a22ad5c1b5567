import { exportDefinitions } from "../engine/index.ts";
import { Failure, line, type Output, onlyFile, parse, readRunnable, writeText } from "./output.ts";

export const exportCommand = {
  usage: "export FILE -o OUT",
  about: "Writes a scenario's RabbitMQ part as definitions that a broker can load, and says what has no equivalent.",
  perform(args: string[], out: Output): number {
    const options = parse(args, ["-o"], []);
    const scenario = readRunnable(onlyFile(options, "scenario file"));
    const target = options.value("-o");
    if (target === undefined) throw new Failure("Where to? Give -o OUT.");
    const { text, notices } = exportDefinitions(scenario);
    writeText(target, text);
    for (const notice of notices) out.print(`${notice.severity}  ${line(notice)}`);
    out.print(`written to ${target}`);
    return 0;
  },
};
