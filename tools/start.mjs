// npm start: the playground, built and served. `--port N` picks another port, `--no-open` leaves the browser alone.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { ensureInstalled, root } from "./install.mjs";

const { values } = parseArgs({
  options: { port: { type: "string", default: "4173" }, "no-open": { type: "boolean", default: false } },
});

/** Opens the address on a desktop. Never fails: without one, the printed address is enough.
 *  @param {string} address */
function open(address) {
  const isDesktop =
    process.platform === "darwin" ||
    process.platform === "win32" ||
    Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!isDesktop || process.env.CI) return;
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address]
        : ["xdg-open", address];
  const opener = spawn(command ?? "", args, { stdio: "ignore", detached: true });
  opener.on("error", () => {});
  opener.unref();
}

ensureInstalled();
const { build, preview } = await import("vite");
console.log("Building the playground …");
await build({ root, logLevel: "warn" });
// Vite takes the next free port when this one is in use.
const server = await preview({
  root,
  logLevel: "warn",
  preview: { host: "127.0.0.1", port: Number(values.port), strictPort: false, open: false },
});
const address = server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${values.port}/`;
console.log("The playground is served until you press Ctrl+C, at");
console.log(address);
open(address);
