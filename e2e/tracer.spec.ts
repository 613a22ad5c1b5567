import { expect, type Page, test } from "@playwright/test";
import { line } from "./pages/documents.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** A slow line, so that tokens stay on it, and a slow worker behind a queue for two, so that some are dropped. */
const SLOW_LINE = line("Slow line", {
  shop: { rate: 1, arrival: "constant" },
  orders: { maxLength: 2 },
  worker: { prefetch: 1, service: { d: "constant", value: 1700 } },
  latency: { in: 2000, out: 100 },
});

async function open(page: Page): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.openWith(SLOW_LINE);
  return playground;
}

/** Walks the pointer along an edge until it is over a token, and clicks. */
async function clickToken(page: Page, edge: string): Promise<void> {
  const path = page.locator(`.react-flow__edge[data-id="${edge}"] path`).first();
  const points = await path.evaluate((element) => {
    const line = element as SVGPathElement;
    const matrix = line.getScreenCTM() as DOMMatrix;
    return Array.from({ length: 60 }, (_, i) => {
      const { x, y } = line.getPointAtLength((line.getTotalLength() * (i + 3)) / 66).matrixTransform(matrix);
      return { x, y };
    });
  });
  for (const { x, y } of points) {
    await page.mouse.move(x, y);
    // One frame: the page looks for a token once per frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    if ((await page.locator(".react-flow[data-over-token]").count()) === 0) continue;
    await page.mouse.click(x, y);
    return;
  }
  throw new Error(`no token on ${edge}`);
}

test("from a token to its message, whose stages add up to its delay; a step leads to its node and event", async ({
  page,
}) => {
  const playground = await open(page);
  // As fast as real time: faster, a token would be shown for a moment only.
  await playground.runUntil(1.5);
  await clickToken(page, "in");
  const trace = page.getByRole("region", { name: /^The life of #\d+$/ });
  await expect(trace).toContainText("On its way");
  await expect(trace.getByText(/so far/)).toBeVisible();
  const title = (await trace.getByRole("heading", { name: /^Message #/ }).textContent()) ?? "";

  await playground.setSpeed(3);
  await playground.runUntil(20);
  await expect(trace.getByRole("heading", { level: 3 })).toContainText("Processed");
  expect(title.match(/#\d+/)?.[0]).toBe(
    (await trace.getByRole("heading", { level: 3 }).textContent())?.match(/#\d+/)?.[0],
  );
  const delay = Number(await trace.locator("[data-delay]").getAttribute("data-delay"));
  const lengths = await trace
    .locator("ol [data-us]:not([data-stage=ack])")
    .evaluateAll((stages) => stages.map((stage) => Number(stage.getAttribute("data-us"))));
  expect(lengths.length).toBeGreaterThan(2);
  expect(delay).toBeGreaterThan(2_000_000 + 100_000 + 1_700_000 - 1);
  expect(lengths.reduce((a, b) => a + b, 0)).toBe(delay);

  await trace.locator("[data-event=deliver]").click();
  await expect(page.getByTestId("rf__node-orders")).toHaveClass(/selected/);
  await trace.locator("[data-event=process]").click();
  await expect(page.getByTestId("rf__node-worker")).toHaveClass(/selected/);
  await page.getByRole("tab", { name: "Events" }).click();
  const chosen = page.getByRole("listbox").getByRole("option", { selected: true });
  await expect(chosen).toContainText("worker finished");
  await expect(chosen).toBeInViewport();
  // And back: from the event to its message.
  await page.getByRole("button", { name: /^Life of #/ }).click();
  await expect(trace).toBeVisible();
  await trace.getByRole("button", { name: "Its events" }).click();
  for (const row of await page.getByRole("listbox").getByRole("option").allTextContents())
    expect(row).toContain(title.match(/#\d+/)?.[0]);
  expect(playground.complaints).toEqual([]);
});

test("a followed message outlines the node it is at, also after going back in time, and is found by typing its number", async ({
  page,
}) => {
  const playground = await open(page);
  await playground.setSpeed(3);
  await playground.runUntil(3.5);
  await page.getByRole("tab", { name: "Messages" }).click();
  await page.getByRole("searchbox", { name: "Find a message" }).fill("#1");
  await page.getByRole("searchbox", { name: "Find a message" }).press("Enter");
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(page.getByTestId("rf__node-worker")).toHaveAttribute("data-traced", "");
  await playground.canvas.focus();
  await page.keyboard.press("j");
  await expect(page.getByTestId("rf__node-worker")).not.toHaveAttribute("data-traced", "");
  await page.getByRole("button", { name: "Follow", exact: true }).click();
  await expect(page.locator("[data-traced]")).toHaveCount(0);
});

test("at Max nothing of a message is kept: it says so, and going back a little finds it", async ({ page }) => {
  const playground = await open(page);
  await playground.setMaxSpeed();
  await playground.runUntil(20);
  await page.getByRole("tab", { name: "Messages" }).click();
  await expect(page.getByText(/^Above 50× ordinary events are not kept/)).toBeVisible();
  await playground.canvas.focus();
  await page.keyboard.press("j");
  await expect(page.getByRole("list", { name: "Newest messages" }).getByRole("button").first()).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test("on a phone the event that a step leads to stands in sight, beside the way back to its message", async ({
  page,
}) => {
  const playground = await open(page);
  await playground.setSpeed(3);
  await playground.runUntil(20);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("tab", { name: "Messages" }).click();
  await page.getByRole("searchbox", { name: "Find a message" }).fill("#3");
  await page.getByRole("searchbox", { name: "Find a message" }).press("Enter");
  await page.locator("[data-event=process]").first().click();
  await page.getByRole("tab", { name: "Events" }).click();
  const chosen = page.getByRole("listbox").getByRole("option", { selected: true });
  await expect(chosen).toContainText("worker finished #3");
  await expect(chosen).toBeInViewport({ ratio: 1 });
  await page.getByRole("button", { name: "Life of #3" }).click();
  await expect(page.getByRole("region", { name: "The life of #3" })).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test("the ledger balances row by row and leads to the events of a reason", async ({ page }) => {
  const playground = await open(page);
  await playground.setSpeed(3);
  await playground.runUntil(20);
  await page.getByRole("tab", { name: "Ledger" }).click();
  const table = page.getByRole("table", { name: "The account as a table" });
  await expect(table).toBeVisible();
  const cell = async (row: string, column: number) => {
    const text = await table.locator(`[data-row="${row}"] td`).nth(column).getAttribute("data-value");
    return Number(text);
  };
  for (const column of [0, 1]) {
    const [published, ...parts] = await Promise.all(
      ["published", "processed", "inSystem", "discarded", "lost"].map((row) => cell(row, column)),
    );
    expect(parts.reduce((a, b) => a + b, 0)).toBe(published);
  }
  const dropped = await cell("discarded", 0);
  expect(dropped).toBeGreaterThan(2);
  const places = await table
    .locator('[data-row^="ready:"] td:nth-of-type(2), [data-row^="unacked:"] td:nth-of-type(2)')
    .evaluateAll((cells) => cells.map((one) => Number(one.getAttribute("data-value"))));
  expect(places.reduce((a, b) => a + b, 0)).toBe(await cell("inSystem", 1));
  await expect(page.getByRole("img", { name: "The account as a picture of flows" })).toBeVisible();
  await table.locator('[data-row="discarded:maxlen"]').getByRole("button").click();
  await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(dropped);
  expect(playground.complaints).toEqual([]);
});
