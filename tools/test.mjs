// npm test: every check there is, in the order in which they tell most for the least time. All stages run even if an
// earlier one failed; the last line is `N passed, N failed`. `npm test -- unit e2e` runs the named stages only.
// Imports Node built-ins only at the top: on a bare clone nothing is installed yet.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { ensureChineseFont, ensureChromium } from "./ensure-chromium.mjs";
import { ensureInstalled, root } from "./install.mjs";
import { countLastLine, countPlaywright, countVitest, honest } from "./test-counts.mjs";

/** @typedef {import("./test-counts.mjs").Counts} Counts */
/** @typedef {{ name: string, args: string[], count?: (output: string) => Counts, needsBrowser?: boolean, minutes: number }} Stage */

const reports = resolve(root, "node_modules/.cache/weir/reports");
const bin = (/** @type {string} */ path) => resolve(root, "node_modules", path);
const readReport = (/** @type {string} */ name) => JSON.parse(readFileSync(resolve(reports, `${name}.json`), "utf8"));

/** @param {string} name
 *  @param {string[]} projects
 *  @param {number} minutes
 *  @returns {Stage} */
const vitest = (name, projects, minutes, needsBrowser = false) => ({
  name,
  args: [
    bin("vitest/vitest.mjs"),
    "run",
    ...projects.map((project) => `--project=${project}`),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${resolve(reports, `${name}.json`)}`,
  ],
  count: () => countVitest(readReport(name)),
  needsBrowser,
  minutes,
});

/** @param {string} name
 *  @param {string[]} options
 *  @returns {Stage} */
const playwright = (name, options) => ({
  name,
  args: [bin("@playwright/test/cli.js"), "test", ...options],
  count: () => countPlaywright(readReport(name)),
  needsBrowser: true,
  minutes: 20,
});

/** @type {Stage[]} */
const stages = [
  {
    name: "lint",
    args: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "--max-diagnostics=100", "."],
    minutes: 3,
  },
  { name: "types", args: [bin("typescript/bin/tsc"), "-b"], minutes: 3 },
  { name: "knip", args: [bin("knip/bin/knip.js"), "--no-progress"], minutes: 3 },
  vitest("unit", ["engine", "app-unit"], 15),
  { name: "conformance", args: ["tools/run-ts.mjs", "cli/main.ts", "conformance"], count: countLastLine, minutes: 5 },
  vitest("property", ["property"], 10),
  vitest("theory", ["theory"], 10),
  vitest("browser", ["app"], 10, true),
  { name: "build", args: ["tools/build.mjs"], minutes: 5 },
  playwright("e2e", ["--project=together"]),
  playwright("e2e-alone", ["--project=alone", "--workers=1"]),
];

/** A port that is free now, so that a playground somebody has open does not disturb the browser tests.
 *  @returns {Promise<number>} */
const freePort = () =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 4173));
    });
  });

/** Runs one stage and ends its whole process group when its time is over.
 *  @param {Stage} stage
 *  @returns {Promise<{ status: number | null, output: string, seconds: number }>} */
function run(stage) {
  const began = performance.now();
  return new Promise((done) => {
    let output = "";
    const child = spawn(process.execPath, stage.args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      env: {
        ...process.env,
        NO_COLOR: "1",
        FORCE_COLOR: undefined,
        INIT_CWD: undefined,
        WEIR_E2E_REPORT: resolve(reports, `${stage.name}.json`),
        WEIR_E2E_PORT: String(port),
      },
    });
    const kill = () => {
      try {
        process.kill(process.platform === "win32" ? (child.pid ?? 0) : -(child.pid ?? 0), "SIGKILL");
      } catch {
        // It has ended by itself in the meantime.
      }
    };
    const interrupted = () => {
      kill();
      process.exit(130);
    };
    process.once("SIGINT", interrupted);
    const clock = setTimeout(() => {
      output += `\nStopped: ${stage.name} took longer than ${stage.minutes} minutes.\n`;
      kill();
    }, stage.minutes * 60_000);
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", (error) => {
      output += `${error}\n`;
    });
    child.on("close", (status) => {
      clearTimeout(clock);
      process.off("SIGINT", interrupted);
      done({ status, output, seconds: (performance.now() - began) / 1000 });
    });
  });
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`No stage is called ${unknown.join(", ")}. There are: ${stages.map(({ name }) => name).join(" ")}.`);
  process.exit(2);
}
// The browser stories run on the built page, and on this one rather than on yesterday's.
if (asked.some((name) => name.startsWith("e2e"))) asked.push("build");
const chosen = stages.filter((stage) => asked.length === 0 || asked.includes(stage.name));

ensureInstalled();
const port = await freePort();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
if (chosen.some((stage) => stage.needsBrowser)) {
  try {
    await ensureChromium();
    ensureChineseFont();
  } catch (error) {
    // The browser stages will fail and say so again; everything else still tells something.
    console.error(error instanceof Error ? error.message : error);
  }
}

const total = { passed: 0, failed: 0 };
console.log(`${"stage".padEnd(12)} ${"seconds".padStart(8)} ${"passed".padStart(7)} ${"failed".padStart(7)}`);
for (const stage of chosen) {
  const { status, output, seconds } = await run(stage);
  const { passed, failed, note } = honest(status, () => stage.count?.(output));
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${stage.name.padEnd(12)} ${seconds.toFixed(1).padStart(8)} ${String(passed).padStart(7)} ${String(failed).padStart(7)}${note ? `  ${note}` : ""}`,
  );
  // What a suite has counted is told also when all is well.
  for (const line of output.split("\n")) {
    if (/^(property|theory) (suite|table), /.test(line)) console.log(`  ${line.replace(/^theory table, /, "")}`);
  }
  if (failed > 0) {
    const indented = output.trimEnd().replaceAll(/^/gm, "  │ ");
    console.log(`  ┌ what ${stage.name} said\n${indented}\n  └`);
  }
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
