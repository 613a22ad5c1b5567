import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const systemChromium = ["/usr/bin/chromium"].find((path) => existsSync(path));

/** How Playwright and Vitest start Chromium: `CHROMIUM_PATH` if set, else the one Playwright downloaded, else the
 *  system's. `executablePath()` never throws; it names a file that may not exist. */
export const launchOptions = process.env.CHROMIUM_PATH
  ? { executablePath: process.env.CHROMIUM_PATH, args }
  : existsSync(chromium.executablePath()) || !systemChromium
    ? { args }
    : { executablePath: systemChromium, args };
