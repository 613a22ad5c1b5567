import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { chromium, type Locator, type Page } from "@playwright/test";
import type { Scenario } from "../engine/index.ts";
import { launchOptions } from "../tools/browser.ts";
import { ROOT } from "./places.ts";

/** Serves the built page (`npm run build` first) as long as `use` lasts, and opens it in Chromium whenever asked. @throws Error when it is not built */
export async function withBuiltPage(use: (newPage: () => Promise<Page>) => Promise<void>): Promise<void> {
  if (!existsSync(`${ROOT}dist/index.html`)) throw new Error("There is no built page: run `npm run build` first.");
  const port = await freePort();
  const server = spawn("npx", ["vite", "preview", "--host", "127.0.0.1", "--port", String(port), "--strictPort"], {
    cwd: ROOT,
    stdio: "ignore",
    detached: true,
  });
  const browser = await chromium.launch(launchOptions);
  try {
    await use(async () => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await reach(page, `http://127.0.0.1:${port}/`);
      return page;
    });
  } finally {
    await browser.close();
    process.kill(-(server.pid as number));
    await once(server, "exit").catch(() => {});
  }
}

/** Opens a document as a person does, from a file. @returns the button that plays it */
export async function openScenario(page: Page, scenario: Scenario): Promise<Locator> {
  const play = page.locator("[data-region=transport] button[data-status]:enabled");
  await play.waitFor();
  await page.keyboard.press("Control+I");
  await page.locator("input[type=file]").setInputFiles({
    name: "bench.weir.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(scenario)),
  });
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("button", { name: /^(Open|Import)/ })
    .last()
    .click();
  await dialog.waitFor({ state: "detached" });
  return play;
}

async function reach(page: Page, address: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(address);
      return;
    } catch (error) {
      if (tries > 40) throw error;
      await page.waitForTimeout(250);
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 4198));
    });
  });
