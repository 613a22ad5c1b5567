import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { root } from "../install.mjs";
import { deadLinks } from "./links.ts";
import { writtenFiles } from "./repository.ts";

it("names a link that leads nowhere, with its line", () => {
  const text = "[a](a.md)\n![b](../screens/b.png) [c](https://example.org) [d](a.md#part) [e](#part)";
  const exists = (path: string) => path === "docs/a.md";
  expect(deadLinks({ path: "docs/index.md", text }, exists)).toEqual([
    "docs/index.md:2: screens/b.png does not exist: correct the link or add the file",
  ]);
});

it("every link of our own pages leads somewhere", () => {
  const pages = writtenFiles().filter(({ path }) => path.endsWith(".md"));
  const found = pages.flatMap((page) => deadLinks(page, (path) => existsSync(root + path)));
  if (found.length > 0) expect.fail(`\n${found.join("\n")}`);
});
