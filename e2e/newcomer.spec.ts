import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

test("a newcomer draws producer, queue and consumer in five gestures and sees messages", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /Build your own/ }).click();
  await expect(playground.nodes).toHaveCount(0);

  // 1: drag a producer onto the canvas.
  const canvas = await playground.canvas.boundingBox();
  if (canvas === null) throw new Error("The canvas has no place.");
  const at = (x: number, y: number) => ({ x: canvas.x + x * canvas.width, y: canvas.y + y * canvas.height });
  const item = page.locator("[data-region=palette]").getByText("Producer", { exact: true });
  await item.hover();
  await page.mouse.down();
  await page.mouse.move(at(0.12, 0.55).x, at(0.12, 0.55).y, { steps: 8 });
  await page.mouse.up();
  await expect(playground.nodes).toHaveCount(1);

  // 2 and 3: from its handle into the empty canvas, and pick what comes behind; twice.
  const pull = async (from: string, x: number, pick: string) => {
    const handle = playground.node(from).locator(".react-flow__handle.source").first();
    await handle.hover();
    await page.mouse.down();
    const to = at(x, 0.55);
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.mouse.up();
    await page.getByRole("option", { name: new RegExp(`^${pick}`) }).click();
  };
  await pull("producer-1", 0.42, "Queue");
  await pull("queue-1", 0.75, "Consumer");
  await expect(playground.nodes).toHaveCount(3);
  await expect(playground.edges).toHaveCount(2);

  // 4: play.
  await playground.play();
  await expect.poll(() => playground.total("processed"), { timeout: 15_000 }).toBeGreaterThan(2);
  await playground.pause();
  await playground.expectBalance();
  expect(playground.complaints).toEqual([]);
});

test("the first visit shows hello-queue paused, and Watch it run plays it", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.node("hello")).toBeVisible();
  expect(await playground.clock()).toBe(0);
  await page.getByRole("button", { name: /Watch it run/ }).click();
  await expect.poll(() => playground.clock()).toBeGreaterThan(1);
  await expect.poll(() => playground.total("processed"), { timeout: 15_000 }).toBeGreaterThan(0);

  // Words of the other language are found as well, and come later: what is chosen in the palette stays chosen.
  let arrive = () => {};
  const held = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route("**/assets/zh-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("ControlOrMeta+k");
  await page.locator("[cmdk-input]").fill("Keyboard shortcuts");
  const chosen = page.locator("[cmdk-item][aria-selected=true]");
  await expect(chosen).toHaveAttribute("data-value", /^[\w.]+$/);
  arrive();
  await expect(chosen).toHaveAttribute("data-value", /\p{Script=Han}/u);
  await page.keyboard.press("Enter");
  await expect(playground.dialog).toHaveAccessibleName("Keyboard shortcuts");
  expect(playground.complaints).toEqual([]);
});

test("on a phone the drawing stands below the card of the first visit, and in the middle once it is gone", async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const playground = new PlaygroundPage(await context.newPage());
  await playground.open();
  const card = playground.page.getByRole("region", { name: "See messages flow" });
  await expect(card).toBeVisible();
  const top = async () => (await playground.node("hello").boundingBox())?.y ?? 0;
  const box = await card.boundingBox();
  const below = await top();
  expect(below).toBeGreaterThan((box?.y ?? 0) + (box?.height ?? Number.POSITIVE_INFINITY));
  await playground.dismissWelcome();
  await expect.poll(top).toBeLessThan(below);
  expect(playground.complaints).toEqual([]);
  await context.close();
});
