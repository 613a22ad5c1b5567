import { defineConfig } from "@playwright/test";
import { launchOptions } from "./tools/browser.ts";

const port = Number(process.env.WEIR_E2E_PORT ?? 4173);
const address = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  // Stored pictures are of one browser and one font (e2e/screens.spec.ts), whatever the system is called.
  snapshotPathTemplate: "{testDir}/screens/{arg}{ext}",
  retries: 0,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.WEIR_E2E_REPORT ?? "node_modules/.cache/weir/reports/e2e.json" }],
  ],
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    launchOptions,
    // Each test is a first visit, after which everything would be fetched and kept for the next: only what is about that allows it.
    serviceWorkers: "block",
    // A trace of every step makes the whole suite half as slow again; to look into a failure: WEIR_E2E_TRACE=on.
    trace: process.env.WEIR_E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
  // Tests that measure time are tagged @alone: `npm test` runs them after the others, one at a time.
  projects: [
    { name: "together", grepInvert: /@alone/, use: { browserName: "chromium" } },
    { name: "alone", grep: /@alone/, use: { browserName: "chromium" } },
  ],
  webServer: {
    command: `npx vite preview --outDir ${process.env.WEIR_E2E_DIST ?? "dist"} --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
