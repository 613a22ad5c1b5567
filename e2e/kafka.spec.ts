import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

type Settings = Record<string, unknown>;

/** A topic of three partitions that one group reads; its workers in the group's frame. */
const drawing = (workers: { id: string; settings: Settings }[], group: Settings = {}, producer: Settings = {}) => ({
  v: 1,
  meta: { title: "Orders" },
  seed: 1,
  timeline: [],
  alerts: [],
  nodes: [
    { id: "p1", kind: "producer", name: "shop", x: 0, y: 6, settings: { rate: 9, batch: 1000, ...producer } },
    { id: "o1", kind: "topic", name: "orders", x: 18, y: 4 },
    {
      id: "g1",
      kind: "group",
      name: "billing",
      x: 42,
      y: 0,
      w: 16,
      h: 24,
      settings: { commit: "batch", offsetReset: "earliest", maxPollRecords: 10, ...group },
    },
    ...workers.map(({ id, settings }, i) => ({
      id,
      kind: "consumer",
      name: id,
      x: 3,
      y: 4 + 8 * i,
      parent: "g1",
      settings,
    })),
  ],
  edges: [
    { id: "e1", kind: "publish", from: "p1", to: "o1", settings: { latency: 5 } },
    ...workers.map(({ id }, i) => ({
      id: `e${i + 2}`,
      kind: "consume",
      from: "o1",
      to: id,
      settings: { latency: 0 },
    })),
  ],
});

const at = (page: Page, id: string) => page.locator(`.react-flow__node[data-id=${id}]`);

/** Sets a number in the inspector of what is selected. */
async function set(page: Page, field: string, value: number): Promise<void> {
  const input = page.locator(`[data-field=${field}] input`).first();
  await input.fill(String(value));
  await input.press("Enter");
}

/** The lag on a topic's lanes, by partition. */
const lags = async (page: Page): Promise<number[]> => {
  const texts = await page.locator("[title^='Lag:']").allTextContents();
  return texts.map((text) => (text === "" || text === "–" ? 0 : Number(text.replaceAll(",", ""))));
};

test.describe("Kafka on the canvas", () => {
  test("a group is scaled from one to four members on three partitions: one idles, and is told why", async ({
    page,
  }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openDocument(drawing([{ id: "worker", settings: { service: 250 } }]));
    await playground.setMaxSpeed();
    await playground.runUntil(20);
    await expect.poll(async () => Math.max(...(await lags(page)))).toBeGreaterThan(15);
    await at(page, "worker").click();
    for (const count of [2, 3, 4]) {
      await set(page, "instances", count);
      await playground.runUntil(20 + 15 * count);
    }
    await expect(at(page, "g1")).toContainText("4 members · 1 idle");
    await expect(at(page, "worker")).toContainText("no partition");
    await page.getByRole("tab", { name: "Why?" }).click();
    await expect(
      page.getByText("worker has no partition: its group has more members than there are partitions."),
    ).toBeVisible();
    await page.getByRole("tab", { name: /^Problems/ }).click();
    await expect(
      page.getByText("The group billing has 4 members for the 3 partitions of orders: 1 of them have nothing to do."),
    ).toBeVisible();
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });

  test("a killed member's lane lags until the session timeout, then its group takes it over", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    const member = { service: 50 };
    await playground.openDocument(drawing(["ann", "bob", "cem"].map((id) => ({ id, settings: member }))));
    await playground.setMaxSpeed();
    await playground.runUntil(10);
    await expect.poll(async () => Math.max(...(await lags(page)))).toBeLessThan(5);
    await at(page, "bob").click();
    await playground.command("kill");
    await playground.runUntil(15);
    await expect.poll(async () => Math.max(...(await lags(page)))).toBeGreaterThan(9);
    // Two lanes go on.
    expect((await lags(page)).filter((lag) => lag < 5)).toHaveLength(2);
    await playground.runUntil(30);
    await expect.poll(async () => Math.max(...(await lags(page)))).toBeLessThan(5);
    await expect(at(page, "g1")).toContainText("2 members");
    await page.getByRole("tab", { name: "Events" }).click();
    await page.getByLabel("Kind").selectOption({ label: "Closed" });
    await expect(
      page.getByText("bob was not heard of for the session time-out: its group takes it for dead"),
    ).toBeVisible();
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });

  test("a second group replays the log from offset 0", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openExample("kafka-replay");
    await playground.setMaxSpeed();
    await playground.runUntil(19);
    // Nobody has read for audit yet.
    await expect(at(page, "payments")).toContainText(/A audit lag 9\d/);
    await playground.runUntil(39);
    await expect(at(page, "payments")).toContainText("A audit lag 0 · B billing lag 0");
    // Each group has done all of it; the topic has it still.
    await expect(at(page, "payments")).toContainText("195");
    await playground.runUntil(70);
    await page.getByRole("tab", { name: "Events" }).click();
    await page.getByLabel("Kind").selectOption({ label: "Redeliver" });
    await expect(page.getByText(/of payments is read again by a group that had it before/).first()).toBeVisible();
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });

  test("partitions are added while it runs: keys move, and the page says so", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openDocument(
      drawing([{ id: "worker", settings: { service: 10, instances: 3 } }], {}, { key: { k: "roundRobin", n: 6 } }),
    );
    await playground.setMaxSpeed();
    await playground.runUntil(10);
    await at(page, "o1").click({ position: { x: 40, y: 20 } });
    await set(page, "partitions", 4);
    await expect(page.getByText(/orders: 3 → 4 partitions\. Keys move/)).toBeVisible();
    await playground.runUntil(25);
    await expect.poll(async () => (await lags(page)).length).toBe(4);
    await page.getByRole("tab", { name: "Events" }).click();
    await page.getByLabel("Kind").selectOption({ label: "Edit" });
    await expect(page.getByText(/orders has more partitions: 4 of its keys go to another one/)).toBeVisible();
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });
});
