import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/**
 * What can go wrong around the page: its worker falls over or meets a bug of ours, the storage is full, missing or cut off in the middle of a save, the document is open twice.
 * Nothing is lost, and each says what happened.
 */

/** In the engine's worker: "run until 17" kills it at the next play, "run until 13" makes it throw inside the run. */
const HARM = `{
  let harm = "";
  let isBroken = false;
  const now = performance.now.bind(performance);
  performance.now = () => {
    if (!isBroken) return now();
    isBroken = false;
    throw new Error("a bug on purpose");
  };
  self.addEventListener("message", ({ data }) => {
    if (data.type === "runUntil") harm = data.time === 17e6 ? "die" : data.time === 13e6 ? "throw" : "";
    if (data.type !== "play") return;
    if (harm === "throw") isBroken = true;
    if (harm === "die") setTimeout(() => { throw new Error("killed on purpose"); });
  });
}
`;

const speak = async (page: Page, language: "English" | "简体中文") => {
  await page.getByRole("button", { name: /^(Language|语言)$/ }).click();
  await page.getByRole("menuitemcheckbox", { name: language }).click();
};

test("a worker that dies and a bug that stops the run leave the drawing alone, and lead back to where the run was", async ({
  browser,
}) => {
  const context = await browser.newContext({
    serviceWorkers: "block",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  await page.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: HARM + (await response.text()) });
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.canvas.press("n");
  await page.keyboard.type("Queue");
  await page.keyboard.press("Enter");
  await expect(playground.nodes).toHaveCount(4);
  await playground.setMaxSpeed();
  await playground.runUntil(12);
  const published = await playground.total("published");
  const playTo = async (seconds: number) => {
    const field = page.getByLabel(/^(Run until|运行至)/).first();
    await field.fill(String(seconds));
    await field.press("Enter");
    await playground.playButton.click();
  };

  await test.step("the worker dies: another one stands where it stood", async () => {
    await playTo(17);
    await expect(page.getByText("The simulation broke off and was started anew. Your drawing is safe")).toBeVisible();
    await expect(playground.playButton).toHaveAttribute("data-status", "paused");
    await expect.poll(() => playground.clock()).toBe(12);
    await expect.poll(() => playground.total("published")).toBe(published);
    await expect(playground.nodes).toHaveCount(4);
    await speak(page, "简体中文");
    await expect(page.getByText("模拟意外中断，已重新启动。你的图完好无损")).toBeVisible();
    await speak(page, "English");
  });

  await test.step("a bug of ours: a report to copy, and the way back to before it", async () => {
    await playTo(13);
    const card = page.getByRole("alert").filter({ hasText: "The run stopped on a bug of ours" });
    await expect(card).toContainText("a bug on purpose");
    await card.getByRole("button", { name: "Copy a report" }).click();
    const report = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(report).toMatchObject({ weir: "report", message: "a bug on purpose", seed: 1 });
    expect(report.scenario.nodes).toHaveLength(4);
    await speak(page, "简体中文");
    await expect(page.getByText("我们的缺陷使运行在")).toBeVisible();
    await speak(page, "English");
    await card.getByRole("button", { name: "Back to before it" }).click();
    await expect.poll(() => playground.clock()).toBe(10);
    await expect(card).toHaveCount(0);
    await playground.runUntil(12);
    expect(await playground.total("published")).toBe(published);
    await playground.expectBalance();
    await expect(playground.nodes).toHaveCount(4);
  });
  await context.close();
});

test("a full storage, a second tab and a save that was cut off lose nothing, and each says so", async ({ context }) => {
  await context.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if ((window as { isFull?: boolean }).isFull && key.startsWith("weir.doc."))
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      set.call(this, key, value);
    };
  });
  const page = await context.newPage();
  const playground = new PlaygroundPage(page);
  const add = async (on: PlaygroundPage, kind: string) => {
    await on.canvas.press("n");
    await on.page.keyboard.type(kind);
    await on.page.keyboard.press("Enter");
  };
  await playground.open();
  await playground.dismissWelcome();
  await add(playground, "Queue");

  await test.step("full: a banner, and the drawing as a file", async () => {
    await page.evaluate(() => Object.assign(window, { isFull: true }));
    await add(playground, "Consumer");
    const banner = page.getByRole("alert").filter({ hasText: "The browser’s storage is full" });
    await expect(banner).toBeVisible();
    const download = page.waitForEvent("download");
    await banner.getByRole("button", { name: "Download now" }).click();
    const file = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    expect(file.nodes).toHaveLength(5);
    await speak(page, "简体中文");
    await expect(page.getByRole("alert").filter({ hasText: "浏览器存储已满" })).toBeVisible();
    await speak(page, "English");
    await page.evaluate(() => Object.assign(window, { isFull: false }));
    await add(playground, "Producer");
    await expect(banner).toHaveCount(0);
    await expect(playground.nodes).toHaveCount(6);
  });

  await test.step("twice: the second tab looks on, until it takes over", async () => {
    const other = new PlaygroundPage(await context.newPage());
    await other.open();
    await expect(other.nodes).toHaveCount(6);
    await expect(other.page.getByText("This document is open in another tab. Here")).toBeVisible();
    await other.canvas.press("n");
    await expect(other.page.getByRole("option")).toHaveCount(0);
    await other.page.getByRole("button", { name: "Take over" }).click();
    await expect(other.page.getByText("This document is open in another tab. Here")).toHaveCount(0);
    await add(other, "Queue");
    await expect(other.nodes).toHaveCount(7);
    // The first one has noticed.
    await expect(page.getByText("This document is open in another tab. Here")).toBeVisible();
    await speak(page, "简体中文");
    await expect(page.getByText("此文档已在另一个标签页中打开，这里只能查看。")).toBeVisible();
    await speak(page, "English");
    // The last change is kept, and what was kept before it.
    await expect
      .poll(() => other.page.evaluate(() => Object.keys(localStorage).filter((key) => /^weir\.doc\./.test(key)).length))
      .toBe(2);
    await expect(other.page.locator("[data-saved]")).toHaveAttribute("data-saved", "saved");
    await other.page.close();
  });

  await test.step("cut off: the state before the last save", async () => {
    await page.evaluate(() => {
      const copies = Object.keys(localStorage).filter((key) => key.startsWith("weir.doc."));
      const number = (key: string) => JSON.parse(localStorage.getItem(key) ?? "{}").n as number;
      const [newest = ""] = copies.sort((a, b) => number(b) - number(a));
      const text = localStorage.getItem(newest) ?? "";
      localStorage.setItem(newest, text.slice(0, text.length / 2));
    });
    await playground.reload();
    await expect(page.getByText("The last save was cut off")).toBeVisible();
    await expect(playground.nodes).toHaveCount(6);
    await speak(page, "简体中文");
    await expect(page.getByText("上一次保存没有写完")).toBeVisible();
  });
  expect(playground.complaints).toEqual([]);
});

test("a window that keeps nothing says so once, and everything else works", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(page.getByText("This browser keeps nothing for this page")).toHaveCount(1);
  await speak(page, "简体中文");
  await expect(page.getByText("浏览器没有为本页面保存任何内容")).toHaveCount(1);
  await playground.setMaxSpeed();
  await playground.runUntil(5);
  await playground.expectBalance();
  expect(playground.complaints).toEqual([]);
});
