import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** More a second than any machine keeps up with at 100×: 40 lines of a thousand messages each. */
function busy() {
  const lines = Array.from({ length: 40 }, (_, i) => i);
  return {
    v: 1,
    meta: { title: { en: "Busy", zh: "繁忙" } },
    seed: 1,
    nodes: lines.flatMap((i) => [
      {
        id: `p${i}`,
        kind: "producer",
        name: `p${i}`,
        x: 0,
        y: 9 * i,
        settings: { rate: 1000, arrival: "exponential" },
      },
      { id: `q${i}`, kind: "queue", name: `q${i}`, x: 20, y: 9 * i },
      { id: `c${i}`, kind: "consumer", name: `c${i}`, x: 40, y: 9 * i, settings: { service: 0.5, prefetch: 20 } },
    ]),
    edges: lines.flatMap((i) => [
      { id: `a${i}`, kind: "publish", from: `p${i}`, to: `q${i}`, settings: { latency: 200 } },
      { id: `b${i}`, kind: "consume", from: `q${i}`, to: `c${i}`, settings: { latency: 200 } },
    ]),
    timeline: [],
    alerts: [],
  };
}

async function underLoad(page: Page): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await page.keyboard.press("Control+I");
  await playground.dialog.locator("input[type=file]").setInputFiles({
    name: "busy.weir.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(busy())),
  });
  await playground.dialog
    .getByRole("button", { name: /^(Open|Import|打开|导入)/ })
    .last()
    .click();
  await expect(playground.nodes.first()).toBeVisible();
  // From 1× to 100×.
  await playground.setSpeed(5);
  await playground.play();
  return playground;
}

const WORDS = [
  { locale: "en-US", behind: /^target 100×, running ([\d.,]+)×$/, stands: /^= ([\d.,]+ ?[kM]?) messages$/ },
  { locale: "zh-CN", behind: /^目标 100×，实际 ([\d.,]+)×$/, stands: /^= ([\d.,]+ ?[kM万]?) 条消息$/ },
];

for (const { locale, behind, stands } of WORDS) {
  test.describe(locale, { tag: "@alone" }, () => {
    test.use({ locale });

    test("under load the page says how fast it really runs, and how many messages a token stands for", async ({
      page,
    }) => {
      const playground = await underLoad(page);
      const told = page.locator("[data-behind]");
      await expect(told).toHaveText(behind, { timeout: 20_000 });
      const began = performance.now();
      const from = await playground.clock();
      const seen: number[] = [];
      while (performance.now() - began < 6000) {
        await page.waitForTimeout(500);
        seen.push(Number(behind.exec((await told.textContent()) ?? "")?.[1]?.replace(",", "")));
      }
      const reached = ((await playground.clock()) - from) / ((performance.now() - began) / 1000);
      const mean = seen.reduce((sum, speed) => sum + speed, 0) / seen.length;
      // It says what the clock did.
      expect(mean / reached).toBeGreaterThan(0.7);
      expect(mean / reached).toBeLessThan(1.4);
      await expect(page.getByText(stands)).toBeVisible();
      await playground.pause();
      await expect(told).toHaveCount(0);
      expect(playground.complaints).toEqual([]);
    });
  });
}
