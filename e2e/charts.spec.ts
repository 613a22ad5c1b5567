import { readFileSync } from "node:fs";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const figures = (page: Page) => page.getByRole("figure");
const names = (page: Page) => figures(page).evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
const chart = (page: Page, name: string) => page.getByRole("figure", { name, exact: true });
const slider = (of: Locator) => of.getByRole("slider");
/** Times below the picture, from left to right. */
const axis = (of: Locator) => of.locator(".recharts-xAxis-tick-labels text").allTextContents();

async function started(page: Page): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  return playground;
}

/** One message a second, 400 ms of work each: the same in every second of the run. */
async function afterAMinute(page: Page): Promise<PlaygroundPage> {
  const playground = await started(page);
  await playground.setMaxSpeed();
  await playground.runUntil(60);
  return playground;
}

test("the charts follow the selection", async ({ page }) => {
  const playground = await afterAMinute(page);
  await expect.poll(() => names(page)).toEqual(["Throughput", "End-to-end delay", "Where messages are"]);
  await page.getByTestId("rf__node-q1").click();
  await expect.poll(() => names(page)).toEqual(["Queued messages", "Message rates", "Wait in the queue"]);
  await expect(chart(page, "Queued messages").locator(".line path")).toHaveCount(3);
  await page.getByTestId("rf__node-c1").click();
  await expect.poll(() => names(page)).toEqual(["Utilisation", "Processed and failed", "End-to-end delay"]);
  await page.getByTestId("rf__node-p1").click();
  await expect.poll(async () => (await names(page))[0]).toBe("Publishing");
  await page.getByTestId("rf__node-c1").click({ modifiers: ["Shift"] });
  await expect.poll(() => names(page)).toContain("Publish rate");
  await expect.poll(() => names(page)).toContain("Processed");
  await page.keyboard.press("Escape");
  await page.getByTestId("rf__edge-e1").click({ force: true });
  await expect.poll(() => names(page)).toEqual(["Messages on this link", "On the way", "Transfer time"]);
  expect(playground.complaints).toEqual([]);
});

test("one crosshair reads all charts, by keys too, and what moves in step is told by its mean and range", async ({
  page,
}) => {
  await afterAMinute(page);
  await page.getByTestId("rf__node-q1").click();
  const queued = chart(page, "Queued messages");
  await expect(queued.locator(".line path")).toHaveCount(3);
  await slider(queued).focus();
  await page.keyboard.press("ArrowLeft");
  // At 59.5 s the half second is over in which the message was being worked on, of which it took 400 ms.
  await expect(slider(queued)).toHaveAttribute(
    "aria-valuetext",
    /^At 00:59\.500: Ready 0 · Unacked 0\.8 \(0 to 1\) · Total/,
  );
  await page.keyboard.press("ArrowLeft");
  await expect(slider(queued)).toHaveAttribute("aria-valuetext", /^At 00:59\.000: Ready 0 · Unacked 0 /);
  await expect(page.locator("text.moment")).toHaveText(["00:59.000", "00:59.000", "00:59.000"]);
  await expect(queued.getByRole("button", { name: /^Unacked 0$/ })).toBeVisible();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(slider(queued)).toHaveAttribute("aria-valuetext", /^At 00:54\.000/);
  await page.keyboard.press("Home");
  await expect(slider(queued)).toHaveAttribute("aria-valuetext", /^At 00:30\.000/);
  await page.keyboard.press("Escape");
  await expect(page.locator("text.moment")).toHaveCount(0);
  await expect(queued.locator("p")).toContainText(/Unacked: .*lowest 0, highest 1\./);
});

test("the time is zoomed by keys and by dragging, for all charts, and follows the run again", async ({ page }) => {
  await afterAMinute(page);
  await page.getByTestId("rf__node-q1").click();
  const queued = chart(page, "Queued messages");
  const rates = chart(page, "Message rates");
  await expect.poll(() => axis(queued)).toEqual(["0:30", "0:40", "0:50", "1:00"]);
  await slider(queued).focus();
  await page.keyboard.press("+");
  await expect.poll(() => axis(queued)).toEqual(["0:45", "0:50", "0:55", "1:00"]);
  expect(await axis(rates)).toEqual(await axis(queued));
  await expect(page.getByRole("status").filter({ hasText: "0:45 – 1:00" })).toBeVisible();
  await page.keyboard.press("PageUp");
  await expect(page.getByRole("status").filter({ hasText: "0:37.5 – 0:52.5" })).toBeVisible();
  await page.keyboard.press("0");
  await expect.poll(() => axis(rates)).toEqual(["0:30", "0:40", "0:50", "1:00"]);
  await expect(page.getByRole("radio", { name: "30 s" })).toBeChecked();

  const box = (await slider(rates).boundingBox()) as { x: number; y: number; width: number; height: number };
  const at = (share: number) => box.x + 44 + share * (box.width - 44 - 14);
  await page.mouse.move(at(1 / 3), box.y + 30);
  await page.mouse.down();
  await page.mouse.move(at(0.5), box.y + 40);
  await page.mouse.move(at(2 / 3), box.y + 40);
  await expect(page.locator("rect.marked")).toHaveCount(3);
  await page.mouse.up();
  const shown = page.getByRole("status").filter({ hasText: /0:\d\d/ });
  await expect(shown).toHaveText(/^0:(39\.9|40|40\.1) – 0:(49\.9|50|50\.1)$/);
  await expect(page.getByRole("radio", { name: "30 s" })).not.toBeChecked();
  await page.getByRole("button", { name: "Follow the run" }).click();
  await expect(page.getByRole("radio", { name: "30 s" })).toBeChecked();
  await page.mouse.move(at(0.5), box.y + 40);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect(shown).toHaveText(/^0:(32\.9|33|33\.1) – 0:(56\.9|57|57\.1)$/);
  await page.getByRole("radio", { name: "All" }).check({ force: true });
  await expect.poll(() => axis(queued)).toEqual(["0:00", "0:15", "0:30", "0:45", "1:00"]);
});

test("what is kept in sight survives other selections and a reload", async ({ page }) => {
  const playground = await afterAMinute(page);
  await page.getByTestId("rf__node-q1").click();
  await chart(page, "Queued messages").getByRole("button", { name: "Keep Ready in sight" }).focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("rf__node-c1").click();
  await expect
    .poll(() => names(page))
    .toEqual(["Kept in sight", "Utilisation", "Processed and failed", "End-to-end delay"]);
  await expect(chart(page, "Kept in sight").getByRole("button", { name: /^hello: Ready/ })).toBeVisible();
  await expect(chart(page, "Kept in sight").locator(".line path")).toHaveCount(1);
  await expect(page.getByText("Saved on this device")).toBeVisible();
  await playground.reload();
  await expect(chart(page, "Kept in sight")).toBeVisible();
  await chart(page, "Kept in sight").getByRole("button", { name: "Stop keeping hello: Ready in sight" }).click();
  await expect.poll(() => names(page)).toEqual(["Throughput", "End-to-end delay", "Where messages are"]);
  expect(playground.complaints).toEqual([]);
});

test("what is shown is saved as a table", async ({ page }) => {
  await afterAMinute(page);
  await page.getByTestId("rf__node-q1").click();
  await expect(chart(page, "Queued messages").locator(".line path")).toHaveCount(3);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save what is shown as CSV" }).click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toBe("weir-charts.csv");
  const lines = readFileSync((await saved.path()) as string, "utf8")
    .trim()
    .split("\r\n");
  const [head, ...rows] = lines.map((line) => line.split(","));
  expect(head).toEqual([
    "time (s)",
    "hello ready (messages)",
    "hello unacked (messages)",
    "hello unacked (messages) min",
    "hello unacked (messages) max",
    "hello depth (messages)",
    "hello depth (messages) min",
    "hello depth (messages) max",
    "hello publish.rate (1/s)",
    "hello deliver.rate (1/s)",
    "hello ack.rate (1/s)",
    "hello redeliver.rate (1/s)",
    "hello wait.p50 (ms)",
    "hello wait.p95 (ms)",
    "hello wait.p99 (ms)",
  ]);
  expect(rows.map(([time]) => Number(time))).toEqual(Array.from({ length: 61 }, (_, i) => 30 + i / 2));
  const unacked = rows.map((row) => Number(row[2]));
  expect(unacked.reduce((a, b) => a + b) / unacked.length).toBeCloseTo(0.4, 1);
  expect(new Set(unacked.map((value) => Math.round(value * 1000) / 1000))).toEqual(new Set([0, 0.8]));
  for (const row of rows) expect(Number(row[9])).toBeCloseTo(1, 1);
});

test("durations are shown as a distribution with their percentiles", async ({ page }) => {
  await afterAMinute(page);
  await page.getByTestId("rf__node-c1").click();
  const delay = chart(page, "End-to-end delay");
  await delay.getByRole("button", { name: "Show how the values are spread" }).click();
  // 5 ms on the link and 400 ms of work, always.
  await expect(delay.getByRole("img")).toHaveAccessibleName(/60 values\. Mean 405 ms, p50 40\d ms, p95 40\d ms/);
  await expect(delay.locator("[data-form=bar]")).toHaveCount(40);
  await delay.getByRole("button", { name: "Sum" }).click();
  await expect(delay.locator("[data-form=sum]")).toHaveCount(1);
  await delay.getByRole("button", { name: "Recent" }).click();
  await expect(delay.getByRole("img")).toHaveAccessibleName(/: how the values are spread\. \d values\. /);
  await delay.getByRole("button", { name: "Show as a chart" }).click();
  await expect(delay.locator(".line path")).toHaveCount(3);
});

test("an alert and what was done to the run stand in the charts", async ({ page }) => {
  const playground = await started(page);
  await page.getByTestId("rf__node-q1").click();
  await page.getByRole("tab", { name: "Alerts" }).click();
  await page.getByRole("button", { name: "Add an alert" }).click();
  await page.getByLabel("Threshold").fill("10");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("tab", { name: "Charts" }).click();
  await playground.setMaxSpeed();
  await playground.runUntil(20);
  await page.getByTestId("rf__node-c1").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Hang/ }).first().click();
  await playground.runUntil(60);
  await page.getByTestId("rf__node-q1").click();
  const queued = chart(page, "Queued messages");
  await page.getByRole("radio", { name: "All" }).check({ force: true });
  await expect(queued.locator(".recharts-reference-area.firing")).toHaveCount(1);
  await expect(queued.locator(".limit line")).toHaveCount(1);
  await expect(queued.locator("line.mark[data-kind=act]")).toHaveCount(1);
  await expect(chart(page, "Message rates").locator("line.mark[data-kind=alert]")).toHaveCount(1);
  await expect(chart(page, "Message rates").locator(".recharts-reference-area.firing")).toHaveCount(0);
  const said = queued.locator("p");
  await expect(said).toContainText(/Crossed the limit of “.*”, 10, 1 time\./);
  await expect(said).toContainText(/fired from 00:4\d\.000 to 01:00\.000\./);
  await expect(said).toContainText(/Marked: 00:20\.000 Hang.*consumer-1/);
  expect(playground.complaints).toEqual([]);
});
