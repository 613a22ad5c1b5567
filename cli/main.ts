import { checkCommand } from "./check.ts";
import { conformanceCommand } from "./conformance.ts";
import { exportCommand } from "./export.ts";
import { importCommand } from "./import.ts";
import { linkCommand, openCommand } from "./link.ts";
import { Failure, type Output } from "./output.ts";
import { runCommand } from "./run.ts";

interface CliCommand {
  usage: string;
  about: string;
  perform(args: string[], out: Output): number;
}

const COMMANDS: Record<string, CliCommand> = {
  run: runCommand,
  check: checkCommand,
  import: importCommand,
  export: exportCommand,
  link: linkCommand,
  open: openCommand,
  conformance: conformanceCommand,
};

function help(out: Output): void {
  out.print("weir COMMAND …\n");
  for (const { usage, about } of Object.values(COMMANDS)) out.print(`  weir ${usage}\n      ${about}`);
}

/** @returns the exit code */
export function main(argv: string[], out: Output): number {
  const [name, ...args] = argv;
  if (name === undefined || name === "--help" || name === "help") {
    help(out);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    out.complain(`There is no command "${name}". Known are ${Object.keys(COMMANDS).join(", ")}.`);
    return 2;
  }
  if (args.includes("--help")) {
    out.print(`weir ${command.usage}\n${command.about}`);
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

process.exitCode = main(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
