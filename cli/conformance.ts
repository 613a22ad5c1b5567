import { runConformance } from "../conformance/command.ts";
import { type Output, parse } from "./output.ts";

export const conformanceCommand = {
  usage: "conformance [PATH…]",
  about: "Replays recorded cases of the real brokers against the models; without a path, the project's own.",
  perform(args: string[], out: Output): number {
    return runConformance(parse(args, [], []).positional, out.print);
  },
};
