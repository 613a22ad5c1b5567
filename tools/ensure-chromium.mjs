// Finds a Chromium for the browser tests, or installs one: the person's own choice, Playwright's download, the system's;
// else Debian's package when we are root there, else Playwright's download.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureInstalled, root } from "./install.mjs";

const isRoot = process.getuid?.() === 0;

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** @param {string} command
 *  @param {string[]} args
 *  @param {number} minutes after which it is given up
 *  @returns {boolean} whether it ended well */
function run(command, args, minutes) {
  console.error(`  ${command} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "20000" };
  return spawnSync(command, args, { cwd: root, env, stdio: ["ignore", 2, 2], timeout: minutes * 60_000 }).status === 0;
}

/** @param {string} name */
function aptInstall(name) {
  run("apt-get", ["update", "-qq"], 5);
  return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], 15);
}

/** @returns {Promise<string | undefined>} the path of a Chromium that exists */
async function findChromium() {
  const { chromium } = await import("@playwright/test");
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), "/usr/bin/chromium"].find(
    (path) => path && existsSync(path),
  );
}

/** The same order as tools/browser.ts, plus the installation.
 *  @returns {Promise<string>} the path of a Chromium that exists
 *  @throws {Error} a sentence that says what to do, when there is none and none could be installed */
export async function ensureChromium() {
  if (process.env.CHROMIUM_PATH && !existsSync(process.env.CHROMIUM_PATH)) {
    throw new Error(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist. Correct it or unset it.`);
  }
  const found = await findChromium();
  if (found) return found;
  console.error("Installing Chromium for the browser tests …");
  const playwright = fileURLToPath(import.meta.resolve("@playwright/test/cli"));
  const debian = () => isRoot && isDebian() && aptInstall("chromium");
  const download = () => run(process.execPath, [playwright, "install", "chromium"], 10);
  if (!debian()) download();
  const installed = await findChromium();
  if (installed) return installed;
  throw new Error(
    "No Chromium was found and none could be installed. Run `npx playwright install chromium`, or set CHROMIUM_PATH to one you have.",
  );
}

/** Chinese text in screenshots needs a font. Only tried where it cannot ask for a password; failing is harmless. */
export function ensureChineseFont() {
  if (!isRoot || !isDebian()) return;
  const { stdout } = spawnSync("fc-list", [":lang=zh-cn"], { encoding: "utf8" });
  if (!stdout?.trim()) aptInstall("fonts-noto-cjk");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  try {
    console.log(await ensureChromium());
    ensureChineseFont();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
