import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** Something to see in every tab: a queue under load, and dead letters that lead nowhere. */
const STATION = {
  v: 1,
  meta: { title: { en: "One station", zh: "一个服务台" } },
  seed: 1,
  nodes: [
    { id: "shop", kind: "producer", name: "shop", x: 0, y: 0, settings: { rate: 30, arrival: "exponential" } },
    { id: "orders", kind: "queue", name: "orders", x: 25, y: 0, settings: { deadLetterExchange: "late" } },
    {
      id: "worker",
      kind: "consumer",
      name: "worker",
      x: 50,
      y: 0,
      settings: { prefetch: 1, service: { d: "exponential", mean: 20 } },
    },
  ],
  edges: [
    { id: "in", kind: "publish", from: "shop", to: "orders" },
    { id: "out", kind: "consume", from: "orders", to: "worker" },
  ],
  timeline: [],
  alerts: [],
};

/** What is to be seen in each tab before it is looked through. */
const inTabs = (page: Page) => ({
  compare: async () => {
    await page.getByRole("button", { name: "Keep this run" }).click();
    await expect(page.locator("[data-figure='orders depth.mean']")).toHaveCount(1);
  },
  experiments: async () => {
    const form = page.getByRole("form", { name: "What to run" });
    for (const [name, value] of Object.entries({ Values: "2", "Until (s)": "70", Seeds: "2" }))
      await form.getByLabel(name, { exact: true }).fill(value);
    await form.getByRole("button", { name: "Run", exact: true }).click();
    await expect(page.getByRole("row")).toHaveCount(3, { timeout: 30_000 });
  },
  problems: () => expect(page.getByRole("button", { name: "Add the exchange" })).toBeVisible(),
  messages: async () => {
    await page.getByRole("searchbox", { name: "Find a message" }).fill("#3");
    await page.getByRole("searchbox", { name: "Find a message" }).press("Enter");
    await expect(page.getByRole("region", { name: "The life of #3" })).toBeVisible();
  },
  events: () => expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible(),
  ledger: () => expect(page.getByRole("table", { name: "The account as a table" })).toBeVisible(),
});

for (const [colorScheme, width] of [
  ["dark", 1440],
  ["light", 390],
] as const) {
  test(`axe finds nothing serious in the dock's tabs, ${colorScheme}, ${width} px`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const playground = new PlaygroundPage(page);
    await playground.openWith(STATION);
    await playground.setSpeed(4);
    await playground.runUntil(20);
    await page.setViewportSize({ width, height: 900 });
    const serious = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    };
    const see = inTabs(page);
    const tabs: [name: string, see: () => Promise<void>][] = [
      ["Compare", see.compare],
      ["Experiments", see.experiments],
      ["Problems", see.problems],
      ["Messages", see.messages],
      ["Events", see.events],
      ["Ledger", see.ledger],
    ];
    for (const [tab, show] of tabs)
      await test.step(tab, async () => {
        await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
        await show();
        await expect.poll(serious, { timeout: 60_000 }).toEqual([]);
      });
    expect(playground.complaints).toEqual([]);
    await context.close();
  });
}
