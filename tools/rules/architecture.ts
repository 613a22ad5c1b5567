/** Folders that need no word in the architecture page. */
const isQuiet = (folder: string): boolean => folder.startsWith(".");

/** The folders of the first two levels that hold files, as `engine/kernel/`. */
export function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const parts = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= Math.min(parts.length, 2); depth++) folders.add(`${parts.slice(0, depth).join("/")}/`);
  }
  return [...folders].filter((folder) => !isQuiet(folder)).sort();
}

/** How the folder table of docs/architecture.md differs from the repository.
 *  @param page its text; a row begins with | `folder/` |
 *  @param folders from `foldersOf`
 *  @returns one sentence per difference */
export function undescribed(page: string, folders: readonly string[]): string[] {
  const described = new Set([...page.matchAll(/^\| `([\w./-]+\/)` \|/gm)].map((match) => match[1] ?? ""));
  return [
    ...folders.filter((folder) => !described.has(folder)).map((folder) => `${folder} has no row: say what it holds`),
    ...[...described].filter((folder) => !folders.includes(folder)).map((folder) => `${folder} has a row but no files`),
  ];
}
