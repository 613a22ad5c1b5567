import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./tools/browser.ts";
import { inPieces } from "./tools/pieces.ts";

/** The parts of radix-ui that the page uses. */
const radixParts = ["dialog", "dropdown-menu", "popover", "tabs"];

const underTest = process.env.VITEST !== undefined;

/**
 * What the built page may do: its own scripts, styles and pictures, its own worker, nothing from elsewhere and nothing inline that runs. Whatever a link or a file brings is text.
 * Styles may stand in the page because libraries that keep the page from scrolling behind a dialog write them there. (Who may embed the page is left open: it is made to be.)
 */
const CONTENT_POLICY = Object.entries({
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self'",
  "style-src": "'self'",
  "style-src-elem": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
})
  .map(([what, from]) => `${what} ${from}`)
  .join("; ");

export default defineConfig({
  // Relative, so that the built page works under any address.
  base: "./",
  plugins: [
    react(),
    {
      name: "content-policy",
      apply: "build",
      transformIndexHtml: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_POLICY },
          injectTo: "head-prepend",
        },
      ],
    },
    {
      // The example page for teachers stands beside the playground that it embeds.
      name: "course-page",
      apply: "build",
      generateBundle() {
        const source = readFileSync(`${import.meta.dirname}/docs/course.html`, "utf8");
        this.emitFile({ type: "asset", fileName: "docs/course.html", source });
      },
    },
    inPieces(),
    // An update waits until the person agrees ("Reload when ready"); it is never forced on a running simulation.
    !underTest &&
      VitePWA({
        registerType: "prompt",
        // The page does it when it stands (app/panels/shell/updates.ts): a script for it in the head would hold up the first picture.
        injectRegister: false,
        includeAssets: ["icon.svg"],
        manifest: {
          name: "Weir",
          short_name: "Weir",
          description: "A playground for message flow that behaves like the real brokers.",
          display: "standalone",
          theme_color: "#12161c",
          background_color: "#12161c",
          icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
        },
        workbox: { globPatterns: ["**/*.{js,css,html,svg,json}"], maximumFileSizeToCacheInBytes: 4 * 1024 * 1024 },
      }),
  ],
  // The name tells tools/build.mjs that this script belongs to the first load.
  worker: {
    format: "es",
    rolldownOptions: {
      output: { entryFileNames: "assets/worker-[name]-[hash].js", chunkFileNames: "assets/model-[name]-[hash].js" },
    },
  },
  build: {
    target: "es2023",
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    // What the first picture needs is four files, of which each is evaluated in a moment (tools/pieces.ts). Thirty small ones, as later parts share it, compress 8 kB worse.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first-react", test: /node_modules.(react|react-dom|scheduler)[/\\]/, priority: 4 },
            { name: "first-flow", test: /node_modules.@xyflow.*js$/, priority: 3 },
            { name: "first-base", test: /app.start\.ts$/, priority: 2 },
            { name: "first", test: /app.App\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    // By itself it leaves one processor out, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "engine",
          environment: "node",
          // What is tested here keeps no state in its modules, so files may share them: that halves the time.
          isolate: false,
          include: ["{engine,scenarios,conformance,cli,bench,tools}/**/*.test.ts"],
          // A busy machine is no fault of the code.
          testTimeout: 60_000,
          exclude: ["engine/**/*{theory,property}.test.ts", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "property",
          environment: "node",
          include: ["engine/**/*property.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: "theory", environment: "node", include: ["engine/**/*theory.test.ts"], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: "app-unit",
          environment: "node",
          isolate: false,
          include: ["app/**/*.test.{ts,tsx}"],
          exclude: ["app/**/*.browser.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        // Found only when a lazy part is first drawn, they would make the browser reload in the middle of a test.
        optimizeDeps: {
          include: ["@dagrejs/dagre", "cmdk", "recharts", ...radixParts.map((part) => `radix-ui/${part}`)],
        },
        test: {
          name: "app",
          include: ["app/**/*.browser.test.{ts,tsx}"],
          // What is waited for comes in a moment; on a busy machine the moment is long.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: "chromium" }],
            provider: playwright({ launchOptions }),
          },
        },
      },
    ],
  },
});
