import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { CaseError } from "./format.ts";
import { describeOutcome, hasModel, type Outcome, replayFile } from "./runner.ts";

/** The project's own recordings. */
export const OWN_CASES = fileURLToPath(new URL(".", import.meta.url));
const EXCEPTIONS = "exceptions.json";

/** A case of ours that does not pass yet, and why. */
export interface Exception {
  readonly id: string;
  readonly reason: string;
}

export const ownExceptions = (): readonly Exception[] =>
  JSON.parse(readFileSync(join(OWN_CASES, EXCEPTIONS), "utf8")) as Exception[];

/** Case files under a path, sorted; a path that names a file is that file. @throws CaseError when there is nothing at the path */
export function caseFiles(path: string): string[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new CaseError(`there is no file or folder ${path}`);
  }
  if (!isFolder) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && name !== EXCEPTIONS)
    .sort()
    .map((name) => join(path, name));
}

/** The project's own case files whose system has a model: what is recorded ahead of its model waits for it. */
export const ownCaseFiles = (): string[] =>
  caseFiles(OWN_CASES).filter((path) => hasModel(relative(OWN_CASES, path).split(sep)[0] as string));

class Count {
  passed = 0;
  failed = 0;
}

/**
 * `weir conformance PATH…`: replays every case file under the paths against the model its system names; without a path, the project's own cases, where a case listed in
 * exceptions.json must fail and every other must pass.
 * @returns the exit code: 1 if any failed
 */
export function runConformance(paths: readonly string[], print: (line: string) => void): number {
  const isOwn = paths.length === 0;
  const exceptions = isOwn ? ownExceptions() : [];
  const total = new Count();
  const groups = new Map<string, Count>();
  const seen = new Set<string>();
  for (const path of isOwn ? [OWN_CASES] : paths) {
    for (const file of filesOf(path, total, print)) {
      for (const outcome of outcomesOf(file, total, print)) {
        if (seen.has(outcome.id)) {
          total.failed++;
          print(`${outcome.id}: the id is not unique; it occurs again in ${file}`);
          continue;
        }
        seen.add(outcome.id);
        const group = groupOf(groups, outcome.id);
        const isExcepted = exceptions.some((exception) => exception.id === outcome.id);
        const asExpected = outcome.passed !== isExcepted;
        group[asExpected ? "passed" : "failed"]++;
        total[asExpected ? "passed" : "failed"]++;
        if (asExpected) continue;
        print(isExcepted ? `${outcome.id}: passes, but is listed in ${EXCEPTIONS}` : describeOutcome(outcome));
      }
    }
  }
  for (const { id } of exceptions) {
    if (seen.has(id)) continue;
    total.failed++;
    print(`${id}: listed in ${EXCEPTIONS}, but there is no such case`);
  }
  for (const [name, { passed, failed }] of groups) print(`${name}: ${passed} passed, ${failed} failed`);
  if (total.passed + total.failed === 0) {
    total.failed++;
    print("There are no cases under the given paths.");
  }
  print(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

function filesOf(path: string, total: Count, print: (line: string) => void): string[] {
  try {
    return path === OWN_CASES ? ownCaseFiles() : caseFiles(path);
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    total.failed++;
    print(error.message);
    return [];
  }
}

function outcomesOf(file: string, total: Count, print: (line: string) => void): Outcome[] {
  try {
    return replayFile(readFileSync(file, "utf8"));
  } catch (error) {
    total.failed++;
    print(`${relative(".", file)}: ${(error as Error).message}`);
    return [];
  }
}

/** `rabbitmq/dlx/long-chain` belongs to `rabbitmq/dlx`. */
function groupOf(groups: Map<string, Count>, id: string): Count {
  const name = id.split("/").slice(0, 2).join("/");
  const known = groups.get(name);
  if (known !== undefined) return known;
  const made = new Count();
  groups.set(name, made);
  return made;
}
