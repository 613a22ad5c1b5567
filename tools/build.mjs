// The production build into dist/, then its sizes. Fails when the first load outgrows its budget.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { ensureInstalled, root } from "./install.mjs";

/** Compressed JavaScript that the first screen waits for. */
const firstLoadBudgetKb = 220;
/** The engine comes beside it, in its worker: the screen stands before it is there, and Play says that it is loading. Virtual time, traces, statistics and the rules of what
 *  may be drawn of Redis and ZeroMQ made it grow; their models come later, with the first drawing that needs them. */
const workerBudgetKb = 92;

/** @param {string} file */
const gzippedKb = (file) => gzipSync(readFileSync(`${root}dist/${file}`), { level: 9 }).length / 1000;

/** The scripts that index.html names (what runs before the first line, the entry and what the entry imports at once), the worker, and the rest.
 *  @returns {{ first: string[], worker: string[], later: string[], styles: string[] }} paths in dist/ */
function outputs() {
  const html = readFileSync(`${root}dist/index.html`, "utf8");
  const named = new Set([...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1] ?? ""));
  const assets = readdirSync(`${root}dist/assets`).map((file) => `assets/${file}`);
  const scripts = assets.filter((file) => file.endsWith(".js"));
  const isWorker = (/** @type {string} */ file) => basename(file).startsWith("worker-");
  return {
    first: [...named],
    worker: scripts.filter(isWorker),
    later: scripts.filter((file) => !named.has(file) && !isWorker(file)),
    styles: assets.filter((file) => file.endsWith(".css")),
  };
}

/** @param {string} title
 *  @param {string[]} files */
function report(title, files) {
  const sized = files.map((file) => ({ file, kb: gzippedKb(file) })).sort((a, b) => b.kb - a.kb);
  const total = sized.reduce((sum, { kb }) => sum + kb, 0);
  console.log(`\n${title}: ${total.toFixed(1)} kB compressed`);
  for (const { file, kb } of sized.slice(0, 12)) console.log(`  ${kb.toFixed(1).padStart(7)}  ${file}`);
  if (sized.length > 12) console.log(`           and ${sized.length - 12} smaller ones`);
  return total;
}

ensureInstalled();
const { build } = await import("vite");
await build({ root, logLevel: "warn" });
const { first, worker, later, styles } = outputs();
report("Scripts loaded later", later);
report("Styles", styles);
const tooLarge = [
  { what: "The first load", kb: report("Scripts of the first load", first), budget: firstLoadBudgetKb },
  { what: "The engine's worker", kb: report("The engine's worker", worker), budget: workerBudgetKb },
].filter(({ kb, budget }) => kb > budget);
for (const { what, kb, budget } of tooLarge) {
  console.error(
    `\n${what} is ${kb.toFixed(1)} kB; the budget is ${budget} kB. ` +
      "Put what is not needed at once behind fetched() (app/fetched.tsx) or import().",
  );
}
if (tooLarge.length > 0) process.exit(1);
