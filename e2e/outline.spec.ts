import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const line = (page: Page, name: RegExp) => page.getByRole("treeitem", { name }).first();

test("hello-queue is built and run in the outline, by keyboard, as a screen reader hears it", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.canvas.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(playground.nodes).toHaveCount(0);
  await page.keyboard.press("o");
  const outline = page.getByRole("navigation", { name: "Outline" });
  await expect(outline.getByText("Nothing is drawn yet.")).toBeVisible();

  // A producer; what is added next stands beside it and is connected.
  const add = outline.getByRole("button", { name: "Add a node" });
  for (const kind of ["Producer", "Queue", "Consumer"]) {
    await add.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: kind, exact: true }).press("Enter");
  }
  await expect(page.getByRole("treeitem")).toHaveCount(5);
  await expect(line(page, /^Producer producer-1/)).toHaveAttribute("aria-level", "1");
  await expect(line(page, /^Publish from producer-1 to queue-1/)).toHaveAttribute("aria-level", "2");

  // Renamed, walked and folded with the keys of a tree.
  await line(page, /^Queue queue-1/).focus();
  await page.keyboard.press("F2");
  await page.keyboard.type("orders");
  await page.keyboard.press("Enter");
  await expect(line(page, /^Queue orders/)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(line(page, /^Queue orders/)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Home");
  await expect(line(page, /^Producer producer-1/)).toBeFocused();
  await page.keyboard.press("c");
  await expect(line(page, /^Consumer consumer-1/)).toBeFocused();

  // The space bar plays from here too, and the lines say what goes on.
  await page.keyboard.press("Home");
  await playground.play();
  await expect(line(page, /^Producer producer-1, publishes \d/)).toBeVisible();
  await expect(line(page, /^Queue orders, ready \d+/)).toBeVisible();

  // A live operation, and an end.
  await line(page, /^Consumer consumer-1/).focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: /^Kill/ }).first().click();
  await expect(line(page, /^Consumer consumer-1.*crashed/)).toBeVisible();
  await line(page, /^Consumer consumer-1/).focus();
  await page.keyboard.press("Delete");
  await expect(page.getByRole("treeitem", { name: /consumer-1/ })).toHaveCount(0);
  await expect(playground.nodes).toHaveCount(2);
  expect(playground.complaints).toEqual([]);
});

test("on a narrow screen the outline is where one edits: a connection is chosen from what is legal", async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await page
    .getByRole("button", { name: /^(Menu|More)/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Outline" }).click();
  const before = await page.getByRole("treeitem").count();
  const outline = page.getByRole("navigation", { name: "Outline" });
  await line(page, /^Producer/).click();
  await outline.getByRole("button", { name: "Add connection…" }).click();
  await page
    .getByRole("option", { name: /Exchange/ })
    .first()
    .click();
  await expect.poll(() => page.getByRole("treeitem").count()).toBeGreaterThan(before);
  // Nothing has to be scrolled sideways at 320 px.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await outline.getByRole("button", { name: "Back to the palette" }).click();
  await expect(outline).toHaveCount(0);
  expect(playground.complaints).toEqual([]);
  await context.close();
});
