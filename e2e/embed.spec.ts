import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const frame = (page: Page, example: string): FrameLocator => page.frameLocator(`iframe[data-example="${example}"]`);

/** What its clock shows, as one number that only grows. */
const clock = async (inside: FrameLocator): Promise<number> =>
  Number(((await inside.getByRole("timer").textContent()) ?? "").replace(/\D/g, ""));

test("a page for a course embeds three drawings that play, and leaves the wheel to the page", async ({
  page,
  baseURL,
}) => {
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(baseURL ?? "").origin) foreign.push(request.url());
  });
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto("./docs/course.html");
  const hello = frame(page, "hello-queue");
  await expect(hello.locator(".react-flow__node")).toHaveCount(3);
  await hello.getByRole("button", { name: /^Play/ }).click();
  await expect.poll(() => clock(hello)).toBeGreaterThan(0);
  await hello.getByRole("button", { name: /^Pause/ }).click();
  // Nothing of a reader's visit is kept, and nothing may be changed.
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("weir.doc")))).toEqual([]);

  const scrolled = () => page.evaluate(() => scrollY);
  const box = await page.locator("iframe").first().boundingBox();
  if (box === null) throw new Error("no frame");
  await page.mouse.move(10, 10);
  await page.mouse.move(box.x + 300, box.y + 100);
  const before = await scrolled();
  await page.mouse.wheel(0, 200);
  await expect.poll(scrolled).toBeGreaterThan(before);

  const ack = frame(page, "ack-or-lose");
  await page.locator('iframe[data-example="ack-or-lose"]').scrollIntoViewIfNeeded();
  await expect(ack.locator(".react-flow__node").first()).toBeVisible();
  await expect(ack.getByRole("link", { name: /whole playground/ })).toHaveAttribute("href", /^(?!.*embed).*#s1=/);
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

test("the page around and the drawing talk: play, state, set, and a sentence for what is not possible", async ({
  page,
}) => {
  await page.goto("./docs/course.html");
  await expect(frame(page, "hello-queue").locator(".react-flow__node")).toHaveCount(3);
  await page.evaluate(() => {
    const heard: { weir: string }[] = [];
    Object.assign(window, { heard });
    const inside = document.querySelector<HTMLIFrameElement>("iframe")?.contentWindow;
    addEventListener("message", ({ source, data }) => source === inside && heard.push(data));
    Object.assign(window, { say: (message: unknown) => inside?.postMessage(message, "*") });
  });
  const say = (message: unknown) =>
    page.evaluate((one) => (window as unknown as { say(of: unknown): void }).say(one), message);
  const heard = (word: string) =>
    page.evaluate(
      (of) => (window as unknown as { heard: { weir: string }[] }).heard.filter(({ weir }) => weir === of),
      word,
    );
  await say({ weir: "set", target: "p1", name: "rate", value: 50 });
  await say({ weir: "speed", speed: 10 });
  await say({ weir: "play" });
  await expect
    .poll(async () => (await heard("state")).at(-1), { timeout: 15_000 })
    .toMatchObject({ status: "running", ledger: { published: expect.any(Number) } });
  await expect
    .poll(async () => ((await heard("state")).at(-1) as unknown as { ledger: { published: number } }).ledger.published)
    .toBeGreaterThan(60);
  await say({ weir: "pause" });
  await expect.poll(async () => (await heard("state")).at(-1)).toMatchObject({ status: "paused" });
  await say({ weir: "set", target: "p1", name: "rate", value: -1 });
  await say({ weir: "dance" });
  await say("something of another library");
  await expect.poll(async () => (await heard("refused")).length).toBe(2);
});

for (const [ui, has] of [
  ["none", "Play"],
  ["min", "Restart"],
  ["full", "Step"],
] as const) {
  test(`ui=${ui} shows as much as that`, async ({ page }) => {
    await page.setViewportSize({ width: 800, height: 600 });
    await page.goto(`./?embed=1&ui=${ui}&panels=ledger`);
    await expect(page.locator(".react-flow__node")).toHaveCount(3);
    await expect(page.getByRole("button", { name: new RegExp(`^${has}`) }).first()).toBeVisible();
    await expect(page.getByRole("tab", { name: "Ledger" })).toHaveCount(ui === "full" ? 1 : 0);
    await expect(page.getByRole("button", { name: "Share" })).toHaveCount(0);
  });
}

test("a lesson is taken beside the drawing, from the step that is asked, and reports to the page around", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /Start a lesson/ }).click();
  await expect(page.locator("[data-region=lesson]")).toContainText("Step 1 of 6");
  const link = await playground.link();
  await page.goto("about:blank");
  await page.goto(`./?embed=1&lesson=1&step=2&ui=min${link}`);
  const lesson = page.locator("[data-region=lesson]");
  await expect(lesson).toContainText("Step 2 of 6");
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Share" })).toHaveCount(0);
  await lesson.getByRole("button", { name: "Back" }).click();
  await expect(lesson).toContainText("Step 1 of 6");
});
