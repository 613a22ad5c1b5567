import type { Finding, Rule } from "./source.ts";

/** A tracked text file; not necessarily source code. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const lineLimit = 500;
/** Long tables are fine: there is nothing to understand between their lines. */
const tables = [/^app\/text\//, /^scenarios\/[^/]+\.ts$/, /^engine\/scenario\/kinds\//, /^docs\//, /\.json$/];

const oneConcern: Rule<TextFile> = {
  name: "one-concern-a-file",
  reason: `A file over ${lineLimit} lines holds more than one thing, and nobody finds the second.`,
  remedy:
    "split it where you would need a second sentence to say what it is; a table is added to `tables` in tools/rules/files.ts.",
  check({ path, text }) {
    if (!/\.(tsx?|mjs|css)$/.test(path) || tables.some((table) => table.test(path))) return [];
    const lines = text.split("\n").length - 1;
    return lines > lineLimit ? [{ offset: text.length - 1, found: `${lines} lines` }] : [];
  },
};

/** Absolute folders of somebody's machine. Built from parts, so that this file does not break its own rule. */
const machinePath = new RegExp(`(?<![\\w.~@-])/(${["work", "tmp", "root", "Users", "home"].join("|")})/[\\w.-]+`, "g");

const anyMachine: Rule<TextFile> = {
  name: "any-machine",
  reason: "The path exists on one machine only.",
  remedy: "name files relative to the repository, and make temporary folders with the system's own function.",
  check({ text }) {
    return [...text.matchAll(machinePath)].map((match): Finding => ({ offset: match.index, found: match[0] }));
  },
};

const exactVersions: Rule<TextFile> = {
  name: "exact-versions",
  reason: "A range installs something else tomorrow; every measurement here was made with one version.",
  remedy: "install with npm install --save-exact.",
  check({ path, text }) {
    if (path !== "package.json") return [];
    const manifest = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    return wanted
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => ({ offset: text.indexOf(`"${name}"`), found: `${name} ${version}` }));
  },
};

export const fileRules: readonly Rule<TextFile>[] = [oneConcern, anyMachine, exactVersions];
