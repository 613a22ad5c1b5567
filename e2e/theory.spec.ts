import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** Several servers that take messages ahead of their work, from a queue that fills evenly. */
const EARLY = {
  v: 1,
  meta: { title: { en: "Taken ahead", zh: "提前取走" } },
  seed: 1,
  nodes: [
    { id: "shop", kind: "producer", name: "shop", x: 0, y: 0, settings: { rate: 40, arrival: "exponential" } },
    { id: "orders", kind: "queue", name: "orders", x: 25, y: 0 },
    {
      id: "workers",
      kind: "consumer",
      name: "workers",
      x: 50,
      y: 0,
      settings: { instances: 3, prefetch: 10, service: { d: "exponential", mean: 50 } },
    },
  ],
  edges: [
    { id: "in", kind: "publish", from: "shop", to: "orders", settings: { latency: 0 } },
    { id: "out", kind: "consume", from: "orders", to: "workers", settings: { latency: 0 } },
  ],
  timeline: [],
  alerts: [],
};

test("theory stands over the example M/M/1: a dashed line in the chart, a card with the user's numbers beside what was measured", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.openExample("mm1-hockey-stick");
  await page.getByTestId("rf__node-line-80").click();
  await page.getByRole("tab", { name: "Charts" }).click();
  await page.getByRole("button", { name: "M/M/1", exact: true }).click();
  const card = page.getByRole("region", { name: "Theory: line 80" });
  await expect(card).toContainText("M/M/1 applies");
  await expect(card).toContainText("W = 1 ÷ (μ − λ) = 1 ÷ (10/s − 8/s) = 500 ms");
  await playground.setMaxSpeed();
  await playground.runUntil(900);
  const chart = page.getByRole("figure", { name: "Queued messages" });
  await expect(chart.locator(".theory-line line")).toHaveCount(1);
  await expect(chart.getByText("Theory: mean")).toBeVisible();
  const row = card.getByRole("row", { name: /^In system, L/ });
  await expect(row.getByRole("cell").nth(0)).toHaveText("4");
  await expect(row.getByRole("cell").nth(1)).toHaveText(/^\d+(\.\d+)? ± \d+(\.\d+)?$/);
  const [mean = 0] = ((await row.getByRole("cell").nth(1).textContent()) ?? "").split(" ± ").map(Number);
  // A quarter of an hour of a queue that is busy four fifths of the time is still uneven.
  expect(Math.abs(mean - 4)).toBeLessThan(1.5);
  expect(playground.complaints).toEqual([]);
});

test("theory says nothing about servers that take messages ahead, and names the reason in both languages", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.openWith(EARLY);
  await page.getByTestId("rf__node-orders").click();
  await page.getByRole("tab", { name: "Charts" }).click();
  await page.getByRole("button", { name: "No formula", exact: true }).click();
  const card = page.getByRole("region", { name: "Theory: orders" });
  await expect(card.getByText("No formula applies, because …")).toBeVisible();
  await expect(card.getByRole("listitem")).toHaveCount(1);
  await expect(card.getByRole("listitem")).toContainText("with prefetch 10 and 3 servers messages commit early");
  await playground.setMaxSpeed();
  await playground.runUntil(30);
  await expect(card.getByText(/^Little: W = L ÷ λ = /)).toBeVisible();
  await expect(page.locator(".theory-line")).toHaveCount(0);

  // With a prefetch of one the same station is an M/M/3.
  await page.getByTestId("rf__node-workers").click();
  const prefetch = page.getByRole("complementary").getByLabel("Prefetch", { exact: true }).first();
  await prefetch.fill("1");
  await prefetch.press("Enter");
  await page.getByTestId("rf__node-orders").click();
  await expect(card.getByText("M/M/3 applies")).toBeVisible();
  expect(playground.complaints).toEqual([]);
});
