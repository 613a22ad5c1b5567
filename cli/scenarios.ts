import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { type Command, Failure, parse } from "./output.ts";

export const scenariosCommand: Command = {
  usage: "scenarios",
  about: "Lists the examples. Their ids stand wherever a command takes a scenario file.",
  perform(args, out) {
    const { positional } = parse(args, [], []);
    if (positional[0] !== undefined) throw new Failure(`scenarios takes nothing: "${positional[0]}" is too many.`);
    const width = Math.max(...CATALOGUE.map((entry) => idOf(entry).length));
    for (const entry of CATALOGUE) {
      const { title } = entry.scenario.meta;
      out.print(`${idOf(entry).padEnd(width)}  ${typeof title === "string" ? title : title.en}`);
    }
    return 0;
  },
};
