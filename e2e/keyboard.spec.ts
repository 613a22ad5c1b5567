import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

test("producer, queue and consumer by keyboard alone", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /Build your own/ }).focus();
  await page.keyboard.press("Enter");
  await expect(playground.nodes).toHaveCount(0);
  await playground.canvas.focus();
  await page.keyboard.press("n");
  await page.keyboard.type("Producer");
  await page.keyboard.press("Enter");
  await expect(playground.nodes).toHaveCount(1);
  await page.keyboard.press("Control+ArrowRight");
  await expect(playground.nodes).toHaveCount(2);
  await page.keyboard.press("Control+ArrowRight");
  await expect(playground.nodes).toHaveCount(3);
  await expect(playground.edges).toHaveCount(2);
  await page.keyboard.press("Space");
  await expect.poll(() => playground.total("published"), { timeout: 15_000 }).toBeGreaterThan(1);
  await page.keyboard.press("Space");
  await expect(playground.playButton).toHaveAttribute("data-status", "paused");
  await page.keyboard.press("Control+z");
  await expect(playground.nodes).toHaveCount(2);
  expect(playground.complaints).toEqual([]);
});
