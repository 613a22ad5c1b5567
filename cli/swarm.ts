import { swarm } from "../engine/index.ts";
import { type Command, Failure, parse, wholeNumber } from "./output.ts";

export const swarmCommand: Command = {
  usage: "swarm --seeds N [--first S]",
  about:
    "Random systems with random loads and faults, judged by what must always hold: the books balance, what was confirmed is not lost, order where it is promised, nobody stands still without a reason, and the same again is the same. Exit 1 with the smallest script on a find.",
  options: [
    ["--seeds 500", "how many seeds"],
    ["--first 1", "the first of them"],
  ],
  perform(args, out) {
    const options = parse(args, ["--seeds", "--first"], []);
    if (options.positional[0] !== undefined)
      throw new Failure(`It draws its systems itself: "${options.positional[0]}" is too much.`);
    const seeds = wholeNumber(options.value("--seeds") ?? "500", "--seeds", 1, 1_000_000);
    const first = wholeNumber(options.value("--first") ?? "1", "--first", 0, 4_294_967_295);
    const found = swarm(seeds, first, (seed) => {
      if (seed > first && (seed - first) % 100 === 0) out.complain(`${seed - first} of ${seeds} seeds`);
    });
    if (found === null) {
      out.print(`${seeds} seeds run, nothing found`);
      return 0;
    }
    const { seed, finding, smallest } = found;
    out.print(JSON.stringify(smallest, null, 2));
    out.print(`seed ${seed}, at ${finding.time} s, ${finding.checker}: ${finding.words}`);
    out.print(`${seed - first + 1} seeds run, 1 found`);
    return 1;
  },
};
