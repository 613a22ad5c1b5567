import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { InBrowser } from "./browser.ts";
import { smoothness } from "./canvas.ts";
import { measure, type Result } from "./measure.ts";
import {
  printBrowserSlices,
  printLine,
  printProfile,
  printSeeking,
  printSlices,
  printSlicesTitle,
  printSmoothness,
  printSoak,
  printTitle,
} from "./print.ts";
import { profile } from "./profile.ts";
import { buildReference } from "./reference.ts";
import { seeking } from "./seek.ts";
import { slicesIn, slicesOf } from "./slices.ts";
import { soak } from "./soak.ts";
import { WORKLOADS, type WorkloadName } from "./workloads.ts";

const USAGE = `Usage: npm run -s bench -- [--quick] [--json] [--browser] [--canvas] [--slices] [--seek] [--soak MINUTES] [--only NAME,…] [--profile NAME]
Names: ${WORKLOADS.join(", ")}. How to read the table: bench/README.md.`;

/** Odd, so that a median is one of them. */
const ROUNDS = 5;
const ROUNDS_QUICK = 3;
const QUICK = 0.1;
/** What the page has to draw smoothly: 55 and 45 frames a second. */
const GRAPHS = [
  { nodes: 60, tokens: 1000 },
  { nodes: 200, tokens: 5000 },
];
/** What is cut into slices: even work, many nodes, a store that grows, and the instruments of 300 nodes. */
const SLICED: WorkloadName[] = ["mm1", "graph", "backlog", "imported"];

async function main(): Promise<number> {
  const { values: options } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      browser: { type: "boolean", default: false },
      canvas: { type: "boolean", default: false },
      slices: { type: "boolean", default: false },
      seek: { type: "boolean", default: false },
      soak: { type: "string" },
      only: { type: "string" },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const scale = options.quick ? QUICK : 1;
  if (options.profile !== undefined) {
    const found = await profile(known(options.profile), scale);
    if (options.json) console.log(JSON.stringify(found));
    else printProfile(found);
    return 0;
  }
  if (options.canvas) {
    const found = await smoothness(GRAPHS);
    if (options.json) console.log(JSON.stringify(found));
    else for (const one of found) printSmoothness(one);
    return 0;
  }
  if (options.seek) {
    const found = await seeking();
    if (options.json) console.log(JSON.stringify(found));
    else printSeeking(found);
    return 0;
  }
  if (options.soak !== undefined) {
    const minutes = Number(options.soak);
    if (!(minutes > 0)) throw new Misspelt("--soak takes a number of minutes.");
    const found = await soak(known(options.only ?? "graph"), minutes);
    if (options.json) console.log(JSON.stringify(found));
    else printSoak(found);
    return 0;
  }
  const names = options.only?.split(",").map(known) ?? (options.slices ? SLICED : WORKLOADS);
  if (options.slices) {
    await slices(names, scale, options);
    return 0;
  }
  const binary = buildReference();
  const browser = options.browser ? await InBrowser.start() : null;
  const results: { [name: string]: Result } = {};
  try {
    if (!options.json) printTitle(binary !== null, browser !== null);
    for (const name of names) {
      const rounds = options.quick ? ROUNDS_QUICK : ROUNDS;
      const result = await measure(name, { scale, rounds, binary, browser });
      results[name] = result;
      if (!options.json) printLine(name, result, browser !== null);
    }
  } finally {
    await browser?.end();
  }
  const [cpu] = cpus();
  const machine = { node: process.version, cpu: cpu?.model ?? "", cores: cpus().length };
  if (options.json) console.log(JSON.stringify({ quick: options.quick, machine, workloads: results }));
  return 0;
}

async function slices(
  names: readonly WorkloadName[],
  scale: number,
  { json, browser: isBrowser }: { json: boolean; browser: boolean },
): Promise<void> {
  const found = [];
  if (!json) printSlicesTitle();
  for (const name of names) {
    const one = await slicesOf(name, scale);
    found.push(one);
    if (!json) printSlices(one);
  }
  const inBrowser = [];
  const browser = isBrowser ? await InBrowser.start() : null;
  try {
    for (const name of browser === null ? [] : names) {
      const one = await slicesIn(browser as InBrowser, name);
      inBrowser.push(one);
      if (!json) printBrowserSlices(one);
    }
  } finally {
    await browser?.end();
  }
  if (json) console.log(JSON.stringify(isBrowser ? { node: found, browser: inBrowser } : found));
}

class Misspelt extends Error {}

function known(name: string): WorkloadName {
  if ((WORKLOADS as string[]).includes(name)) return name as WorkloadName;
  throw new Misspelt(`There is no workload "${name}".`);
}

try {
  process.exitCode = await main();
} catch (error) {
  const isMisspelt =
    error instanceof Misspelt || String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
  if (!isMisspelt) throw error;
  console.error(`${(error as Error).message}\n${USAGE}`);
  process.exitCode = 2;
}
