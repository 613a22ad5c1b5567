import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const scrubber = (page: Page) => page.getByRole("slider", { name: "Go to a time" });

/** Signs of the scrubber; charts have marks of their own. */
const sign = (page: Page, kind: string) => page.locator(`[data-region=transport] [data-kind=${kind}]`);

async function played(page: Page, seconds: number): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.setMaxSpeed();
  await playground.runUntil(seconds);
  return playground;
}

/** Drags the scrubber's thumb to a share of its way. */
async function dragTo(page: Page, from: number, to: number): Promise<void> {
  const box = await scrubber(page).boundingBox();
  if (box === null) throw new Error("The scrubber is not there.");
  const at = (share: number) => box.x + 7 + share * (box.width - 14);
  await page.mouse.move(at(from), box.y + box.height / 2);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) await page.mouse.move(at(from + ((to - from) * i) / 8), box.y + box.height / 2);
  await page.mouse.up();
}

test("dragging back shows what was then, and playing on leads to the same run", async ({ page }) => {
  const playground = await played(page, 60);
  const fingerprint = await playground.fingerprint();
  const published = await playground.total("published");
  expect(published).toBeGreaterThan(50);
  await dragTo(page, 1, 0.5);
  await expect
    .poll(async () => {
      const { at, of } = await playground.totals();
      // hello-queue publishes once a second.
      return at > 27 && at < 33 && Math.abs((of.published ?? 0) - Math.floor(at)) <= 1;
    })
    .toBe(true);
  await playground.expectBalance();
  await playground.playButton.click();
  await expect.poll(() => playground.clock(), { timeout: 30_000 }).toBe(60);
  expect(await playground.fingerprint()).toBe(fingerprint);
  await expect.poll(() => playground.total("published")).toBe(published);
});

test("the scrubber's keys go by one and by ten seconds, and tell where they are", async ({ page }) => {
  const playground = await played(page, 60);
  await scrubber(page).focus();
  await scrubber(page).press("ArrowLeft");
  await expect.poll(() => playground.clock()).toBe(59);
  await scrubber(page).press("PageDown");
  await expect.poll(() => playground.clock()).toBe(49);
  await scrubber(page).press("ArrowRight");
  await expect.poll(() => playground.clock()).toBe(50);
  await expect(scrubber(page)).toHaveAttribute("aria-valuetext", "00:50.000 of 01:00.000");
  const line = page.locator("[data-region=transport] [class*=_line_]");
  const stands = () => line.evaluate((element) => Number(getComputedStyle(element).getPropertyValue("--stands")));
  await expect.poll(stands).toBeCloseTo(50 / 60, 3);
  await scrubber(page).press("Home");
  await expect.poll(() => playground.clock()).toBe(0);
  await scrubber(page).press("End");
  await expect.poll(() => playground.clock()).toBe(60);
});

test("J and L jump, comma and full stop step, and a step back and forward ends where it began", async ({ page }) => {
  const playground = await played(page, 30);
  await page.locator("[data-canvas]").focus();
  await page.keyboard.press("j");
  await expect.poll(() => playground.clock()).toBe(25);
  await page.keyboard.press("j");
  await expect.poll(() => playground.clock()).toBe(20);
  await page.keyboard.press("l");
  await expect.poll(() => playground.clock()).toBe(25);
  const status = page.locator("[data-region=status]");
  await page.keyboard.press(".");
  await expect(status).toContainText("#");
  const fingerprint = await playground.fingerprint();
  const words = await status.textContent();
  const time = await playground.clock();
  await page.keyboard.press(".");
  await expect(status).not.toHaveText(words ?? "");
  await page.keyboard.press(",");
  await expect(status).toHaveText(words ?? "");
  expect(await playground.clock()).toBe(time);
  expect(await playground.fingerprint()).toBe(fingerprint);
  await page.getByRole("button", { name: "Step back" }).click();
  await expect(status).not.toHaveText(words ?? "");
  expect(await playground.clock()).toBeLessThanOrEqual(time);
});

test("a queue's bar shows what it holds at the time that the scrubber is set to", async ({ page }) => {
  const playground = await played(page, 60);
  const hello = playground.node("hello");
  const bars = () =>
    hello.evaluate((node) =>
      ["held", "ready"].map((part) => (node.querySelector(`[class*=_${part}_]`) as HTMLElement).style.backgroundSize),
    );
  await scrubber(page).focus();
  await scrubber(page).press("PageDown");
  await page.locator("[data-canvas]").focus();
  await expect(async () => {
    await page.keyboard.press(".");
    await expect(hello).toContainText("0 · 1", { timeout: 1000 });
  }).toPass();
  // One message is being worked on: of four equal steps to 10, 100, 1,000 and 10,000 it is 0.3.
  await expect.poll(bars).toEqual(["7.5% 100%", "0% 100%"]);
  await scrubber(page).focus();
  await scrubber(page).press("Home");
  await expect.poll(bars).toEqual(["0% 100%", "0% 100%"]);
});

test("acting in the past drops what came later, says so, and Undo puts it back", async ({ page }) => {
  const playground = await played(page, 20);
  const act = async (name: string) => {
    await playground.node("producer").first().click({ button: "right" });
    await page.getByRole("menuitem", { name }).click();
    // The focus comes back to the node, which chooses it if keys were pressed before.
    await expect(page.getByRole("menu")).toHaveCount(0);
    await expect(page.locator("body")).not.toBeFocused();
  };
  await act("Pause the producer");
  await page.keyboard.press("Escape");
  await playground.runUntil(40);
  const fingerprint = await playground.fingerprint();
  await scrubber(page).focus();
  for (let i = 0; i < 3; i++) await scrubber(page).press("PageDown");
  await expect.poll(() => playground.clock()).toBe(10);
  await expect(sign(page, "act")).toHaveCount(1);
  await act("Publish 100 at once");
  const notice = page.getByText("1 later action was dropped");
  await expect(notice).toBeVisible();
  await expect.poll(() => playground.total("published")).toBeGreaterThan(100);
  await page.locator("li", { has: notice }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => playground.total("published")).toBeLessThan(20);
  expect(await playground.clock()).toBe(10);
  await scrubber(page).focus();
  await scrubber(page).press("End");
  await expect.poll(() => playground.clock()).toBe(40);
  await page.locator("[data-canvas]").focus();
  await page.keyboard.press("Escape");
  expect(await playground.fingerprint()).toBe(fingerprint);
});

test("an edit in the past drops later ones; Undo takes the drawing back as well", async ({ page }) => {
  const playground = await played(page, 20);
  const rate = page
    .getByRole("spinbutton", { name: /^Rate/ })
    .or(page.getByRole("textbox", { name: /^Rate/ }))
    .first();
  const set = async (value: string) => {
    await rate.fill(value);
    await rate.press("Enter");
  };
  await playground.node("producer").first().click();
  await set("5");
  await expect(sign(page, "edit")).toHaveCount(1);
  await scrubber(page).focus();
  await scrubber(page).press("PageDown");
  await expect.poll(() => playground.clock()).toBe(10);
  await playground.node("producer").first().click();
  await set("9");
  const notice = page.getByText("1 later action was dropped");
  await expect(notice).toBeVisible();
  await page.locator("li", { has: notice }).getByRole("button", { name: "Undo" }).click();
  await expect(rate).toHaveValue("5");
  await expect(sign(page, "edit")).toHaveCount(1);
});

test("the scrubber serves a finger on a narrow screen", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.play();
  await expect.poll(() => playground.clock(), { timeout: 15_000 }).toBeGreaterThan(3);
  await playground.pause();
  const box = await scrubber(page).boundingBox();
  if (box === null) throw new Error("The scrubber is not there.");
  expect(box.height).toBeGreaterThanOrEqual(32);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  await page.touchscreen.tap(box.x + box.width * 0.15, box.y + box.height / 2);
  await expect.poll(() => playground.clock()).toBeLessThan(2.5);
  await expect(page.getByRole("button", { name: "Step back" })).toBeVisible();
  await context.close();
});
