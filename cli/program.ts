import { checkCommand } from "./check.ts";
import { conformanceCommand } from "./conformance.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { linkCommand, openCommand } from "./link.ts";
import { type Command, Failure, type Output } from "./output.ts";
import { runCommand } from "./run.ts";
import { scenariosCommand } from "./scenarios.ts";
import { swarmCommand } from "./swarm.ts";
import { sweepCommand } from "./sweep.ts";

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["run", runCommand],
  ["sweep", sweepCommand],
  ["swarm", swarmCommand],
  ["scenarios", scenariosCommand],
  ["check", checkCommand],
  ["import", importCommand],
  ["export", exportCommand],
  ["link", linkCommand],
  ["open", openCommand],
  ["conformance", conformanceCommand],
]);

function overview(out: Output): void {
  out.print("weir COMMAND …   (weir COMMAND --help says more)\n");
  for (const { usage, about } of COMMANDS.values()) out.print(`  weir ${usage}\n      ${about}`);
}

function help({ usage, about, options = [] }: Command, out: Output): void {
  out.print(`weir ${usage}\n\n${about}`);
  if (options.length === 0) return;
  const width = Math.max(...options.map(([option]) => option.length));
  out.print("");
  for (const [option, words] of options) out.print(`  ${option.padEnd(width)}  ${words}`);
}

/**
 * One call of the command line.
 * @param argv without the program's own name @returns the exit code: 0 done, 1 a check failed, 2 something the caller has to mend
 */
export function program(argv: readonly string[], out: Output): number {
  const [name, ...args] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const asked = name === "help" ? COMMANDS.get(args[0] ?? "") : undefined;
    if (asked !== undefined) help(asked, out);
    else overview(out);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.get(name);
  if (command === undefined) {
    out.complain(`There is no command "${name}". Known are ${[...COMMANDS.keys()].join(", ")}.`);
    return 2;
  }
  if (args.includes("--help") || args.includes("-h")) {
    help(command, out);
    return 0;
  }
  try {
    return command.perform(args, out);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    out.complain(error.message);
    return error.code;
  }
}
