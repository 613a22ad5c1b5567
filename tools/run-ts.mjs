// Runs a TypeScript entry under a Node that reads no TypeScript: bundles it (some 50 ms, so nothing is cached and nothing
// can be stale) and imports the bundle. Usage: node tools/run-ts.mjs cli/main.ts ARGUMENT…
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, root } from "./install.mjs";

const entry = process.argv[2];
if (!entry) {
  console.error("Usage: node tools/run-ts.mjs ENTRY.ts [ARGUMENT…]");
  process.exit(2);
}
ensureInstalled();

const { rolldown } = await import("rolldown");
const input = resolve(root, entry);
const bundle = await rolldown({
  input,
  platform: "node",
  // Packages stay outside the bundle; the repository's own files go in.
  external: (id) => !id.startsWith(".") && !id.startsWith("/") && !/^[A-Za-z]:/.test(id),
  plugins: [
    {
      // A bundled module still knows where its source stands, so that `new URL("…", import.meta.url)` finds its files.
      name: "import-meta-of-the-source",
      transform(code, id) {
        if (!code.includes("import.meta.")) return undefined;
        const replaced = code
          .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href))
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(id)))
          .replaceAll("import.meta.filename", JSON.stringify(id));
        return { code: replaced, map: null }; // lines stay where they are
      },
    },
  ],
});
// Inside node_modules, so that the bundle's imports of packages resolve.
const folder = resolve(root, "node_modules/.cache/weir/run");
const { output } = await bundle
  .generate({ dir: folder, format: "esm", sourcemap: "inline", codeSplitting: false })
  .catch((/** @type {Error} */ error) => {
    console.error(error.message); // names the file and the line; our own stack would bury it
    process.exit(1);
  });
await bundle.close();
const file = resolve(folder, `${relative(root, input).replaceAll(/[^\w]+/g, "-")}-${process.pid}.mjs`);
mkdirSync(folder, { recursive: true });
writeFileSync(file, output[0].code);
process.on("exit", () => rmSync(file, { force: true }));

process.setSourceMapsEnabled(true);
process.argv.splice(1, 2, input);
// npm runs scripts in the repository; the paths people type are relative to where they stand.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import(pathToFileURL(file).href);
