import { expect, test } from "@playwright/test";
import { line } from "./pages/documents.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** A worker that acknowledges too early, dead letters that lead nowhere, and a producer that stops after three messages. */
const DOUBTFUL = line("Doubtful", {
  shop: { rate: 10, limit: 3 },
  orders: { deadLetterExchange: "late" },
  worker: { ack: "auto", service: 10 },
});

test("a problem leads to its node, and its fix clears it; undo brings it back", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.openWith(DOUBTFUL);
  const tab = page.getByRole("tab", { name: /^Problems/ });
  await expect(tab.getByRole("img", { name: "2 problems" })).toBeVisible();
  await tab.click();
  const early = page.getByRole("listitem").filter({ hasText: "worker acknowledges before its work is done" });
  const nowhere = page.getByRole("listitem").filter({ hasText: "Dead letters of orders go to “late”" });
  await early.getByRole("button", { name: /worker/ }).click();
  await expect(page.getByTestId("rf__node-worker")).toHaveClass(/selected/);
  await expect(page.getByRole("complementary").getByText("Acknowledge", { exact: true }).first()).toBeVisible();
  await early.getByRole("button", { name: "Acknowledge after processing" }).click();
  await expect(early).toHaveCount(0);
  await nowhere.getByRole("button", { name: "Add the exchange" }).click();
  await expect(nowhere).toHaveCount(0);
  await expect(playground.nodes).toHaveCount(4);
  await playground.canvas.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(nowhere).toHaveCount(1);
  await expect(playground.nodes).toHaveCount(3);
  expect(playground.complaints).toEqual([]);
});

test("when nothing flows any more the page says why, and shows where", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.openWith(DOUBTFUL);
  await playground.setSpeed(2);
  await playground.play();
  const reason = page.getByRole("status").filter({ hasText: "every producer has reached its limit" });
  await expect(reason).toBeVisible({ timeout: 15_000 });
  await reason.getByRole("button", { name: "Show" }).click();
  await expect(page.getByTestId("rf__node-shop")).toHaveClass(/selected/);
  await playground.pause();
  await expect(reason).toHaveCount(0);
  expect(playground.complaints).toEqual([]);
});
