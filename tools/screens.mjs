// Takes the pictures in docs/screens: welcome, a running graph, the largest import, in both themes and languages, wide and narrow.
// Usage: npm run -s build && node tools/screens.mjs [welcome] [running] [largest]
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const { chromium } = await import("@playwright/test");
const { existsSync } = await import("node:fs");
const port = 4199;
const address = `http://127.0.0.1:${port}/`;
const out = `${root}docs/screens`;
mkdirSync(out, { recursive: true });
const debian = "/usr/bin/chromium";
const own = chromium.executablePath();
const browser = await chromium.launch({
  ...(existsSync(own) || !existsSync(debian) ? {} : { executablePath: debian }),
  args: ["--no-sandbox", "--disable-gpu"],
});
const server = spawn(
  "npx",
  [
    "vite",
    "preview",
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--strictPort",
    ...(process.env.WEIR_DIST ? ["--outDir", process.env.WEIR_DIST] : []),
  ],
  {
    cwd: root,
    stdio: "ignore",
    detached: true,
  },
);

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {string} fixture */
const definitions = (fixture) => readFileSync(`${root}engine/definitions/fixtures/${fixture}`, "utf8");

/** What is on each picture.
 *  @type {Record<string, { fixture?: string, speed?: string, seconds?: number }>} */
const scenes = {
  welcome: {},
  running: { fixture: "retry-chain-made.json", seconds: 9 },
  largest: { fixture: "20-large-made.json", seconds: 5 },
};

/** @param {import("@playwright/test").Page} page
 *  @param {{ fixture?: string, seconds?: number }} scene */
async function prepare(page, scene) {
  await page.goto(address);
  await page.locator("[data-region=transport] button[data-status]:enabled").waitFor();
  // What comes after the first picture.
  await page.locator("main h2").first().waitFor();
  await page.locator("[data-region=dock] [role=tab]").first().waitFor();
  await page.waitForLoadState("networkidle");
  if (scene.fixture === undefined) return;
  await page.keyboard.press("Control+I");
  if ((await page.getByRole("dialog").count()) === 0) {
    await page.locator("[data-canvas]").focus();
    await page.keyboard.press("Control+I");
  }
  const buffer = Buffer.from(definitions(scene.fixture));
  const file = { name: scene.fixture, mimeType: "application/json", buffer };
  await page.getByRole("dialog").locator("input[type=file]").setInputFiles(file);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^(Open|打开)/ })
    .click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await pause(800);
  await page.locator("[data-region=transport] button[data-status]").click();
  await pause((scene.seconds ?? 5) * 1000);
}

try {
  for (let tries = 0; tries < 40; tries++) {
    if (
      await fetch(address).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await pause(500);
  }
  for (const [name, scene] of Object.entries(scenes)) {
    if (process.argv.length > 2 && !process.argv.includes(name)) continue;
    for (const language of ["en", "zh"]) {
      for (const theme of /** @type {const} */ (["light", "dark"])) {
        for (const width of [1440, 390]) {
          const context = await browser.newContext({
            viewport: { width, height: width === 390 ? 844 : 900 },
            colorScheme: theme,
            locale: language === "zh" ? "zh-CN" : "en-US",
          });
          const page = await context.newPage();
          await prepare(page, scene);
          await pause(500);
          await page.screenshot({ path: `${out}/${name}-${language}-${theme}-${width}.png` });
          console.log(`${name}-${language}-${theme}-${width}.png`);
          await context.close();
        }
      }
    }
  }
} finally {
  await browser.close();
  if (server.pid !== undefined) process.kill(-server.pid);
}
