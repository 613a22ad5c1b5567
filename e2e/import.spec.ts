import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** Real definitions stand beside a checkout of ours; a clone without them runs on our own of the same sizes. */
const CORPUS = "../shared/corpus/rabbitmq-definitions";
const FIXTURES = "engine/definitions/fixtures";
const choose = (real: string, own: string): string => {
  const path = `${CORPUS}/${real}`;
  return readFileSync(existsSync(path) ? path : `${FIXTURES}/${own}`, "utf8");
};

const files = [
  { name: "a small one", text: choose("09-erp.json", "28-headers-made.json") },
  { name: "a dead-letter chain", text: choose("26-messageq-delay.json", "retry-chain-made.json") },
  { name: "the largest", text: choose("20-large-made.json", "20-large-made.json") },
];

for (const { name, text } of files) {
  test(`definitions become a running picture: ${name}`, async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.dismissWelcome();
    await playground.chooseFile("definitions.json", text);
    const open = playground.dialog.getByRole("button", { name: /^Open/ });
    await expect(open).toBeEnabled();
    await open.click();
    await expect(playground.dialog).toHaveCount(0);
    await expect.poll(() => playground.nodes.count()).toBeGreaterThan(3);
    // 30 virtual seconds at 10×.
    await playground.setSpeed(3);
    await playground.runUntil(30);
    expect(await playground.total("published")).toBeGreaterThan(10);
    expect(await playground.total("processed")).toBeGreaterThan(5);
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });
}

test("definitions that cannot be read say where", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.chooseFile("definitions.json", '{\n  "queues": [\n    {"name": "a"},\n  ]\n}');
  await expect(playground.dialog).toContainText(/line 3|line 4/i);
});
