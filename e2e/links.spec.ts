import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

test("a link opened elsewhere gives the same picture and the same run", async ({ browser }) => {
  const first = await browser.newContext();
  const mine = new PlaygroundPage(await first.newPage());
  await mine.open();
  await mine.dismissWelcome();
  const fragment = await mine.link();
  expect(fragment.length).toBeLessThan(1000);
  await mine.setMaxSpeed();
  await mine.runUntil(60);
  const here = await mine.fingerprint();

  const second = await browser.newContext({ locale: "zh-CN" });
  const theirs = new PlaygroundPage(await second.newPage());
  await theirs.open(fragment);
  await expect(theirs.nodes).toHaveCount(await mine.nodes.count());
  await expect(theirs.edges).toHaveCount(await mine.edges.count());
  await theirs.setMaxSpeed();
  await theirs.runUntil(60);
  expect(await theirs.fingerprint()).toBe(here);
  expect(await theirs.total("published")).toBe(await mine.total("published"));

  // The same link to look at only, paused where it begins to be interesting.
  await mine.page
    .getByRole("button", { name: /^Share/ })
    .first()
    .click();
  await mine.dialog.getByLabel("Whoever opens it").selectOption("view");
  await mine.dialog.getByLabel("Starts at (s)").fill("12.5");
  const toLookAt = await mine.dialog.getByRole("textbox").first().inputValue();
  expect(toLookAt.endsWith(`${fragment}&v=1&t=12.5`)).toBe(true);
  await theirs.page.goto("about:blank");
  await theirs.open(toLookAt.slice(toLookAt.indexOf("#")));
  await expect.poll(() => theirs.clock()).toBe(12.5);
  const nodes = await theirs.nodes.count();
  const remove = async () => {
    await theirs.nodes.first().click();
    await theirs.page.keyboard.press("Delete");
  };
  await remove();
  await expect(theirs.page.getByRole("button", { name: "编辑副本" })).toBeVisible();
  await expect(theirs.nodes).toHaveCount(nodes);
  await theirs.page.getByRole("button", { name: "编辑副本" }).click();
  await remove();
  await expect(theirs.nodes).toHaveCount(nodes - 1);
  await first.close();
  await second.close();
});

test("opening a link leaves one's own work alone", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  const fragment = await playground.link();
  const title = page.getByRole("textbox", { name: /Document title|Title/ }).first();
  await title.fill("My own work");
  await title.press("Enter");
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await page.goto("about:blank");
  await playground.open(fragment);
  await expect(page.getByText(/not saved/i).first()).toBeVisible();
  await page.goto("about:blank");
  await playground.open();
  await expect(page).toHaveTitle(/My own work/);
});

test("each kind of bad link says what is wrong with it", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  const good = await playground.link();
  const middle = Math.floor(good.length / 2);
  const changed = `${good.slice(0, middle)}${good[middle] === "A" ? "B" : "A"}${good.slice(middle + 1)}`;
  const said = new Set<string>();
  for (const [fragment, words] of [
    [good.slice(0, middle), /incomplete/],
    [changed, /damaged/],
    ["#s9=AAAA", /newer version/],
    [`#s1=${"A".repeat(20_000)}`, /not opened/],
    ["#s1=<script>alert(1)</script>", /damaged/],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(`./${fragment}`);
    await expect(playground.dialog).toContainText(words);
    said.add((await playground.dialog.textContent()) ?? "");
    // The page lives on behind it.
    await page.keyboard.press("Escape");
    await expect(playground.playButton).toBeEnabled();
  }
  expect(said.size).toBeGreaterThanOrEqual(4);
  expect(playground.complaints).toEqual([]);
});
