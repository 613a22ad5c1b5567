import { readFileSync, writeFileSync } from "node:fs";
import { type Issue, readScenario, type Scenario } from "../engine/index.ts";
import { sentence } from "./words.ts";

/** Where a command speaks: results and complaints apart, so that results can be piped. */
export interface Output {
  print(text: string): void;
  complain(text: string): void;
}

/** Something the caller can mend: said in one sentence, with the exit code. */
export class Failure extends Error {
  readonly code: number;
  constructor(message: string, code = 2) {
    super(message);
    this.code = code;
  }
}

export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = (error as { code?: string }).code === "ENOENT" ? "it does not exist" : (error as Error).message;
    throw new Failure(`${path} cannot be read: ${reason}.`);
  }
}

export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Failure(`${path} cannot be written: ${(error as Error).message}.`);
  }
}

/** A scenario file without errors; otherwise every problem is in the complaint. */
export function readRunnable(path: string): Scenario {
  const { scenario, issues } = readScenario(readText(path).replace(/^\uFEFF/, ""));
  const errors = issues.filter((issue) => issue.severity === "error");
  if (scenario === null || errors.length > 0) {
    throw new Failure([`${path} cannot be used:`, ...errors.map((issue) => `  ${line(issue)}`)].join("\n"));
  }
  return scenario;
}

/** `nodes.worker-2.prefetch: sentence` */
export function line(issue: Issue): string {
  const words = sentence(issue);
  return issue.path === "" ? words : `${issue.path}: ${words}`;
}

/** Options of a command: which take a value, which are switches. What is left is positional. */
export interface Parsed {
  positional: string[];
  value(name: string): string | undefined;
  has(name: string): boolean;
}

/** @throws Failure naming an unknown option or a missing value */
export function parse(args: string[], withValue: string[], switches: string[]): Parsed {
  const positional: string[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith("-")) positional.push(arg);
    else if (switches.includes(arg)) values.set(arg, "");
    else if (withValue.includes(arg)) {
      const next = args[++i];
      if (next === undefined) throw new Failure(`${arg} needs a value.`);
      values.set(arg, next);
    } else {
      const known = [...withValue, ...switches].join(", ") || "none";
      throw new Failure(`There is no option ${arg} here. Known: ${known}.`);
    }
  }
  return { positional, value: (name) => values.get(name), has: (name) => values.has(name) };
}

/** The one file a command works on. */
export function onlyFile({ positional }: Parsed, what: string): string {
  const [file, extra] = positional;
  if (file === undefined) throw new Failure(`Which ${what}? Give its path.`);
  if (extra !== undefined) throw new Failure(`One ${what} at a time: "${extra}" is too many.`);
  return file;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** `500ms`, `60s`, `5m`, `1h`; a bare number is seconds. @returns virtual ms */
export function duration(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text);
  const unit = match === null ? undefined : UNITS[match[2] === "" ? "s" : (match[2] as string)];
  if (match === null || unit === undefined) {
    throw new Failure(`${option} takes a duration such as 500ms, 60s, 5m or 1h, not "${text}".`);
  }
  return Number(match[1]) * unit;
}
