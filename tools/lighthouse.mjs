// Lighthouse (mobile) on the built page: performance, accessibility, best practices. On a busy machine performance is noise: the best of some runs counts.
// Usage: npm run -s build && node tools/lighthouse.mjs [runs [flags of Lighthouse]]   (fetches Lighthouse by npx; WEIR_LIGHTHOUSE names one that is there)
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureInstalled, root } from "./install.mjs";

/** What product and plan ask for, of 100. @type {Record<string, number>} */
const WANTED = { performance: 95, accessibility: 100, "best-practices": 100 };
const VERSION = "12.8.2";
const [runs = "3", ...more] = process.argv.slice(2);

ensureInstalled();
const chromium = await ensureChromium();
const dist = resolve(root, process.env.WEIR_DIST ?? "dist");
const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
});

/** Compressed, as every host of static pages does it; `vite preview` does not. */
const server = createServer(({ url = "/" }, answer) => {
  const { pathname } = new URL(url, "http://x");
  const file = resolve(dist, `.${pathname === "/" ? "/index.html" : pathname}`);
  try {
    if (!file.startsWith(dist + sep)) throw new Error("outside");
    const body = gzipSync(readFileSync(file));
    answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-encoding": "gzip" });
    answer.end(body);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", () => done(null)));
const bound = server.address();
const address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}/`;

/** One run. @returns {Promise<{ score: Record<string, number>, misses: string[] }>} scores of 100, and the audits that cost points */
async function run() {
  const own = process.env.WEIR_LIGHTHOUSE;
  const command = own ? [process.execPath, own] : ["npx", "--yes", `lighthouse@${VERSION}`];
  const flags = [
    address,
    "--quiet",
    "--output=json",
    `--only-categories=${Object.keys(WANTED).join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ...more,
  ];
  const [program = "", ...first] = command;
  // Not waited for: the pages are served from this very process.
  const child = spawn(program, [...first, ...flags], { env: { ...process.env, CHROME_PATH: chromium } });
  let text = "";
  let complaint = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  await new Promise((done) => child.on("close", done));
  if (text === "") throw new Error(complaint);
  if (process.env.WEIR_LIGHTHOUSE_REPORT) writeFileSync(process.env.WEIR_LIGHTHOUSE_REPORT, text);
  const { categories, audits } = JSON.parse(text);
  /** @type {Record<string, number>} */
  const score = {};
  const misses = new Set();
  for (const [name, { score: of, auditRefs }] of Object.entries(categories)) {
    score[name] = Math.round(of * 100);
    for (const { id, weight } of auditRefs)
      if (weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
        misses.add(`${name}: ${audits[id].title} ${audits[id].displayValue ?? ""}`);
  }
  return { score, misses: [...misses] };
}

try {
  /** @type {Record<string, number>} */
  const best = {};
  for (let i = 0; i < Number(runs); i++) {
    const { score, misses } = await run();
    console.log(
      Object.entries(score)
        .map(([name, of]) => `${name} ${of}`)
        .join("  "),
    );
    for (const miss of misses) console.log(`  ${miss}`);
    for (const [name, of] of Object.entries(score)) best[name] = Math.max(best[name] ?? 0, of);
  }
  const short = Object.entries(WANTED).filter(([name, wanted]) => (best[name] ?? 0) < wanted);
  console.log(
    short.length === 0 ? "All as wanted." : `Short of ${short.map(([name, of]) => `${name} ${of}`).join(", ")}.`,
  );
  process.exitCode = short.length === 0 ? 0 : 1;
} finally {
  server.close();
}
