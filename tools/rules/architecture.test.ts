import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { root } from "../install.mjs";
import { foldersOf, undescribed } from "./architecture.ts";
import { repositoryFiles } from "./repository.ts";

it("sees the folders of the first two levels that hold files", () => {
  const paths = ["README.md", ".ci/run", "app/main.tsx", "app/text/en.ts", "app/panels/dock/Dock.tsx"];
  expect(foldersOf(paths)).toEqual(["app/", "app/panels/", "app/text/"]);
});

it("names a folder without a row and a row without a folder", () => {
  const page = "| folder | holds |\n| --- | --- |\n| `app/` | the page |\n| `cli/` | a tool |\n";
  expect(undescribed(page, ["app/", "app/text/"])).toEqual([
    "app/text/ has no row: say what it holds",
    "cli/ has a row but no files",
  ]);
});

it("docs/architecture.md describes every folder there is, and none that is not", () => {
  const page = readFileSync(`${root}docs/architecture.md`, "utf8");
  const found = undescribed(page, foldersOf(repositoryFiles()));
  if (found.length > 0) expect.fail(`The table in docs/architecture.md is not true:\n${found.join("\n")}`);
});
