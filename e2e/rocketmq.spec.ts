import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const at = (page: Page, id: string) => page.locator(`.react-flow__node[data-id=${id}]`);

const number = (text: string | null): number => Number((text ?? "").replaceAll(",", ""));

/** `65 committed · 17 rolled back` on a topic's face. */
async function endsOf(page: Page, id: string): Promise<{ commit: number; rollback: number }> {
  const found = /([\d,]+)\scommitted · ([\d,]+)\srolled\sback/.exec((await at(page, id).textContent()) ?? "");
  return { commit: number(found?.[1] ?? null), rollback: number(found?.[2] ?? null) };
}

async function showEvents(page: Page, kind: string): Promise<void> {
  await page.getByRole("tab", { name: "Events" }).click();
  await page.getByLabel("Kind").selectOption({ label: kind });
}

test.describe("RocketMQ on the canvas", () => {
  test("tags split one stream between two groups; half messages end as the ledger says", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();

    await test.step("tags", async () => {
      await playground.openExample("rmq-tags");
      await playground.setMaxSpeed();
      await playground.runUntil(40);
      await expect(at(page, "orders")).toContainText("180");
      await expect(at(page, "orders")).toContainText("A billing lag 0 · B mailing lag 0");
      await expect(at(page, "billing")).toContainText("pay");
      for (const [id, done] of [
        ["bill", "60"],
        ["mail", "120"],
      ] as const) {
        await at(page, id).click();
        await page.getByRole("tab", { name: "Live" }).click();
        await expect(page.getByRole("row", { name: new RegExp(`^Processed [\\d.,]+ ${done}$`) })).toBeVisible();
      }
      await playground.expectBalance();
    });

    await test.step("transactions", async () => {
      await playground.openExample("rmq-transaction");
      await playground.setMaxSpeed();
      await playground.runUntil(6);
      await expect.poll(async () => (await endsOf(page, "orders")).commit).toBeGreaterThan(10);
      await expect(at(page, "orders")).toContainText(/[1-9]\d*\shalf/);
      await playground.runUntil(60);
      await expect(at(page, "orders")).toContainText("0 half");
      await expect(at(page, "orders")).toContainText("5 check-backs");
      const { commit, rollback } = await endsOf(page, "orders");
      expect(commit + rollback).toBe(100);
      // What was worked on is what was committed; the rest was taken back, and nobody saw it.
      expect(await playground.total("processed")).toBe(commit);
      expect(await playground.total("discarded")).toBe(rollback);
      expect(await playground.total("inSystem")).toBe(0);
      await showEvents(page, "Check-back");
      await expect(page.getByText(/orders asks shop what became of #\d+, time 1/).first()).toBeVisible();
      await playground.expectBalance();
    });
    expect(playground.complaints).toEqual([]);
  });

  test("a failure in order suspends only its queue; a delay level hides the token for its time", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();

    await test.step("order", async () => {
      await playground.openExample("rmq-orderly");
      await playground.setMaxSpeed();
      await playground.runUntil(12);
      const suspended = at(page, "steps").locator("[data-suspended=true]");
      await expect(suspended).toHaveCount(1);
      await expect(suspended).toHaveAttribute("title", "Queue 2");
      await playground.runUntil(40);
      await expect(suspended).toHaveCount(0);
      await showEvents(page, "Suspended");
      await expect(page.getByText(/careful failed in order: the queue waits \(retry \d\)/).first()).toBeVisible();
      await playground.expectBalance();
    });

    await test.step("delay", async () => {
      await playground.openExample("rmq-delay");
      await playground.setMaxSpeed();
      await playground.runUntil(9.5);
      await expect(at(page, "unpaid")).toContainText("10 waiting for their time");
      await expect(at(page, "unpaid")).toContainText("closing lag 0");
      expect(await playground.total("processed")).toBe(0);
      await playground.runUntil(30);
      await expect(at(page, "unpaid")).toContainText("10 waiting for their time");
      expect(await playground.total("processed")).toBe(20);
      await playground.expectBalance();
    });
    expect(playground.complaints).toEqual([]);
  });
});
