import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** What a finger has to meet and is lower than 32 px; a name in a sentence is as high as its line. */
const tooLow = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, select, input, summary, [role=tab], [role=option], [role=treeitem]")]
      .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .filter((one) => one.closest(".react-flow") === null && one.getBoundingClientRect().width > 2)
      .filter((one) => one.tagName !== "BUTTON" || !getComputedStyle(one).display.startsWith("inline-block"))
      .map((one) => `${one.getAttribute("aria-label") ?? one.textContent} ${one.getBoundingClientRect().height}`)
      .filter((one) => Number(one.slice(one.lastIndexOf(" "))) < 32),
  );

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

test("several lines are chosen together, by keys, clicks and taps, and what is done is done to all of them", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.canvas.focus();
  await page.keyboard.press("o");
  const chosen = page.locator("[role=treeitem][aria-selected=true]");
  const inspector = page.getByRole("complementary");
  await expect(line(page, /^Producer producer-1/)).toBeFocused();
  await expect(page.getByRole("tree")).toHaveAttribute("aria-multiselectable", "true");

  await test.step("a stretch grows and shrinks", async () => {
    for (const count of [2, 3, 4]) {
      await page.keyboard.press("Shift+ArrowDown");
      await expect(chosen).toHaveCount(count);
    }
    await page.keyboard.press("Shift+ArrowUp");
    await expect(chosen).toHaveCount(3);
    await expect(line(page, /^Queue hello/)).toBeFocused();
    await expect(inspector.getByRole("heading", { name: "3 items selected" })).toBeVisible();
    await expect(page.locator("#spoken")).toHaveText("3 items selected");
  });

  await test.step("the focus goes on alone, adds and takes out", async () => {
    await page.keyboard.press("Control+ArrowUp");
    await expect(line(page, /^Publish/)).toBeFocused();
    await expect(chosen).toHaveCount(3);
    await page.keyboard.press("Control+Space");
    await expect(chosen).toHaveCount(2);
    await expect(line(page, /^Publish/)).toBeFocused();
    await page.keyboard.press("Shift+Space");
    await expect(chosen).toHaveCount(3);
    await page.keyboard.press("Control+Space");
    await expect(inspector.getByRole("heading", { name: "2 items selected" })).toBeVisible();
    // None of it was a tap on the space bar.
    await expect(playground.playButton).not.toHaveAttribute("data-status", "running");
  });

  await test.step("commands act on all, and the focus stays in the tree", async () => {
    await page.keyboard.press("ControlOrMeta+g");
    await expect(page.getByRole("treeitem", { name: /^Frame frame-1/ })).toBeFocused();
    await expect(line(page, /^Queue hello/)).toHaveAttribute("aria-level", "2");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(playground.nodes).toHaveCount(3);
    await page.keyboard.press("ControlOrMeta+a");
    await expect(chosen).toHaveCount(5);
    await page.keyboard.press("ControlOrMeta+d");
    await expect(playground.nodes).toHaveCount(6);
    await expect(line(page, /^Producer producer-1-2/)).toBeFocused();
    await expect(chosen).toHaveCount(3);
    await page.keyboard.press("Delete");
    await expect(playground.nodes).toHaveCount(3);
    await expect(page.locator("[role=treeitem]:focus")).toHaveCount(1);
    await expect(chosen).toHaveCount(1);
    // From a line's menu as well; what is renamed is renamed in its line.
    await line(page, /^Consumer consumer-1/).focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Rename" }).press("Enter");
    await expect(page.getByRole("textbox", { name: "New name of consumer-1" })).toBeFocused();
    await page.keyboard.type("reader");
    await page.keyboard.press("Enter");
    await expect(line(page, /^Consumer reader/)).toBeFocused();
  });

  await test.step("clicks and taps", async () => {
    await line(page, /^Producer/).click();
    await line(page, /^Consumer reader/).click({ modifiers: ["ControlOrMeta"] });
    await expect(chosen).toHaveCount(2);
    await line(page, /^Queue hello/).click({ modifiers: ["Shift"] });
    await expect(chosen).toHaveCount(3);
    await line(page, /^Producer/).click();
    await expect(chosen).toHaveCount(1);
    await page.getByRole("button", { name: "Choose several" }).click();
    for (const name of [/^Queue hello/, /^Consumer reader/]) await line(page, name).click();
    await expect(chosen).toHaveCount(3);
    await line(page, /^Producer/).click();
    await expect(chosen).toHaveCount(2);
    await page.getByRole("navigation", { name: "Outline" }).getByRole("button", { name: "Delete" }).click();
    await expect(playground.nodes).toHaveCount(1);
  });
  expect(playground.complaints).toEqual([]);
});

test("on a narrow screen the outline is where one edits: a connection is chosen from what is legal", async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
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
  expect(await tooLow(page)).toEqual([]);
  await outline.getByRole("button", { name: "Back to the palette" }).click();
  await expect(outline).toHaveCount(0);
  await test.step("a finger meets what it means", async () => {
    await page.getByRole("button", { name: "Step", exact: true }).click();
    for (const tab of ["Events", "Messages", "Timeline", "Charts"]) {
      await page.getByRole("tab", { name: tab }).click();
      await expect(page.getByRole("tabpanel", { name: tab }).getByRole("button").first()).toBeVisible();
      expect(await tooLow(page), tab).toEqual([]);
    }
  });
  expect(playground.complaints).toEqual([]);
  await context.close();
});
