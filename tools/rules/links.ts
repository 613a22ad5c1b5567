import { posix } from "node:path";
import type { TextFile } from "./files.ts";

/** The links and pictures of a Markdown page that lead to no file or folder of the repository.
 *  @param exists whether a path relative to the repository is there
 *  @returns one sentence per dead link */
export function deadLinks({ path, text }: TextFile, exists: (path: string) => boolean): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)) {
    const target = match[1] ?? "";
    if (/^[a-z]+:/.test(target)) continue;
    const file = posix.join(posix.dirname(path), target);
    if (exists(file)) continue;
    const line = text.slice(0, match.index).split("\n").length;
    found.push(`${path}:${line}: ${file} does not exist: correct the link or add the file`);
  }
  return found;
}
