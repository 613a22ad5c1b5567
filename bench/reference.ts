import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import type { Figures } from "./figures.ts";
import { cacheFolder, ROOT } from "./places.ts";
import type { Reference } from "./workloads.ts";

const SOURCE = `${ROOT}bench/limit.cpp`;
const FLAGS = ["-O3", "-march=native", "-std=c++20", "-ffp-contract=off"];

/** Builds the C++ reference for this machine. @returns the program, or null where there is no compiler */
export function buildReference(): string | null {
  const binary = `${cacheFolder()}/limit`;
  if (existsSync(binary) && statSync(binary).mtimeMs > statSync(SOURCE).mtimeMs) return binary;
  try {
    execFileSync("g++", [...FLAGS, SOURCE, "-o", binary], { stdio: ["ignore", "ignore", "inherit"] });
    return binary;
  } catch (error) {
    // Without a compiler there is no ratio; a compiler that refuses the source is a bug of ours.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** One run of the reference. It measures itself, without the start of the process. */
export function runReference(binary: string, { model, set, messages }: Reference): Figures & { ms: number } {
  const out = execFileSync(binary, [model, set, String(messages)], { encoding: "utf8" });
  const { ms, msgs, hops } = JSON.parse(out) as { ms: number; msgs: number; hops: number };
  return { ms, messages: msgs, hops };
}
