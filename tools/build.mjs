// The production build into dist/, then its sizes. Fails when the first load outgrows its budget.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { ensureInstalled, root } from "./install.mjs";

/** Compressed JavaScript that a first visit waits for, worker included; stack.md's measurement leaves room for this. */
const firstLoadBudgetKb = 220;

/** @param {string} file */
const gzippedKb = (file) => gzipSync(readFileSync(`${root}dist/${file}`), { level: 9 }).length / 1000;

/** The scripts that index.html names (its entry and what the entry imports at once), and the worker.
 *  @returns {{ first: string[], later: string[], styles: string[] }} paths in dist/ */
function outputs() {
  const html = readFileSync(`${root}dist/index.html`, "utf8");
  const named = new Set([...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1] ?? ""));
  const assets = readdirSync(`${root}dist/assets`).map((file) => `assets/${file}`);
  const scripts = assets.filter((file) => file.endsWith(".js"));
  const isFirst = (/** @type {string} */ file) => named.has(file) || basename(file).startsWith("worker-");
  return {
    first: scripts.filter(isFirst),
    later: scripts.filter((file) => !isFirst(file)),
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
const { first, later, styles } = outputs();
report("Scripts loaded later", later);
report("Styles", styles);
const firstKb = report("Scripts of the first load", first);
if (firstKb > firstLoadBudgetKb) {
  console.error(
    `\nThe first load is ${firstKb.toFixed(1)} kB; the budget is ${firstLoadBudgetKb} kB. ` +
      "Put what the first screen does not need behind lazy() or import().",
  );
  process.exit(1);
}
