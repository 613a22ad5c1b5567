import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Issue, readScenario, type Scenario } from "../engine/index.ts";
import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { sentence } from "./words.ts";

/** Where a command speaks: results and complaints apart, so that results can be piped. */
export interface Output {
  print(text: string): void;
  complain(text: string): void;
}

/** One command of the command line. */
export interface Command {
  /** How it is called, without `weir`. */
  usage: string;
  about: string;
  /** Its options with what they do, for `--help`. */
  options?: readonly (readonly [option: string, words: string])[];
  /** @returns the exit code @throws Failure for what the caller has to mend */
  perform(args: readonly string[], out: Output): number;
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
    throw new Failure(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "its permissions do not allow it",
  ENOTDIR: "a part of the path is not a folder",
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message: string };
  return REASONS[code ?? ""] ?? message;
};

export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Failure(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}

/** A scenario file without errors, or an example by its id; otherwise every problem is in the complaint. */
export function readRunnable(path: string): Scenario {
  if (!existsSync(path)) {
    const example = CATALOGUE.find((entry) => idOf(entry) === path);
    if (example !== undefined) return example.scenario;
    if (/^[\w-]+$/.test(path))
      throw new Failure(`There is no file and no example "${path}". weir scenarios lists the examples.`);
  }
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
export function parse(args: readonly string[], withValue: readonly string[], switches: readonly string[]): Parsed {
  const positional: string[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const equals = arg.startsWith("--") ? arg.indexOf("=") : -1;
    const name = equals < 0 ? arg : arg.slice(0, equals);
    if (!arg.startsWith("-") || arg === "-") positional.push(arg);
    else if (values.has(name)) throw new Failure(`${name} is given twice.`);
    else if (switches.includes(arg)) values.set(arg, "");
    else if (withValue.includes(name)) {
      const next = equals < 0 ? args[++i] : arg.slice(equals + 1);
      if (next === undefined || (equals < 0 && /^-./.test(next))) throw new Failure(`${name} needs a value.`);
      values.set(name, next);
    } else {
      const known = [...withValue, ...switches].join(", ") || "none";
      throw new Failure(`There is no option ${name} here. Known: ${known}.`);
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

/** @throws Failure when it is not a whole number of the range */
export function wholeNumber(text: string, option: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value < min || value > max)
    throw new Failure(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}
