// Installs the dependencies when they are missing or not the ones of package-lock.json. Imports Node built-ins only: it
// runs before anything is installed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage */

/** @param {string} path
 *  @returns {Record<string, LockedPackage> | undefined} */
function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** What npm wrote into node_modules at the end of its last run, compared with what package-lock.json asks for.
 *  Optional packages may be absent: most of them belong to other platforms.
 *  @param {Record<string, LockedPackage>} wanted
 *  @param {Record<string, LockedPackage> | undefined} installed
 *  @returns {string | undefined} why an installation is needed; undefined when it is not */
export function staleness(wanted, installed) {
  if (!installed) return "nothing is installed yet";
  for (const [path, { version, optional, devOptional }] of Object.entries(wanted)) {
    if (path === "") continue;
    const present = installed[path];
    if (!present) {
      if (!optional && !devOptional) return `${path} is missing`;
    } else if (present.version !== version) return `${path} is ${present.version}, not ${version}`;
  }
  return undefined;
}

/** Runs npm as the npm that started us, if one did.
 *  @param {string[]} args */
function npm(args) {
  const execPath = process.env.npm_execpath;
  return execPath?.endsWith(".js")
    ? spawnSync(process.execPath, [execPath, ...args], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
}

/** Leaves node_modules as package-lock.json wants it. Says what it does on standard error only; ends the process with a
 *  sentence when npm fails. */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Weir needs Node 20.19 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  const wanted = lockedPackages(`${root}package-lock.json`);
  if (!wanted) {
    console.error("package-lock.json is missing or unreadable. Restore it: git checkout package-lock.json");
    process.exit(1);
  }
  const reason = staleness(wanted, lockedPackages(`${root}node_modules/.package-lock.json`));
  if (!reason) return;
  console.error(`Installing dependencies (${reason}) …`);
  const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];
  if (npm(["ci", ...quietly]).status === 0) return;
  // `npm ci` refuses a lock written where some other platform's optional packages could not be had; `npm install` keeps
  // to the same versions and does without them.
  if (npm(["install", "--no-save", ...quietly]).status === 0) return;
  console.error("npm could not install the dependencies; its own words stand above. Mend that and try again.");
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled();
