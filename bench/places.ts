import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository, wherever the command was typed. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Where built and written things go. */
export function cacheFolder(): string {
  const folder = `${ROOT}node_modules/.cache/weir/bench`;
  mkdirSync(folder, { recursive: true });
  return folder;
}
