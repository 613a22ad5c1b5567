import { runConformance } from "../conformance/command.ts";
import { type Command, parse } from "./output.ts";

export const conformanceCommand: Command = {
  usage: "conformance [PATH…]",
  about: "Replays recorded cases of the real brokers against the models; without a path, the project's own.",
  perform(args, out) {
    return runConformance(parse(args, [], []).positional, out.print);
  },
};
