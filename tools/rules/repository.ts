import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { root } from "../install.mjs";
import type { TextFile } from "./files.ts";

/** Every file that is tracked, or would be if it were added now. */
export function repositoryFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split("\0"))].filter((path) => path !== "" && existsSync(root + path)).sort();
}

/** Recorded data and pictures: nobody writes them by hand. */
const isWritten = (path: string): boolean =>
  /\.(tsx?|mjs|css|html|md|json|yml|svg)$|^\.[^/]+$|^\.ci\//.test(path) &&
  !/^conformance\/.*\.json$|^package-lock\.json$/.test(path);

export function writtenFiles(): TextFile[] {
  return repositoryFiles()
    .filter(isWritten)
    .map((path) => ({ path, text: readFileSync(root + path, "utf8") }));
}
