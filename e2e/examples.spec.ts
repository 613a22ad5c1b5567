import { expect, test } from "@playwright/test";
import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

test.describe.configure({ mode: "parallel" });

/** The catalogue in so many parts, played at the same time. */
const PARTS = 6;
for (let part = 0; part < PARTS; part++) {
  const entries = CATALOGUE.filter((_, i) => i % PARTS === part);
  test(`every example opens from the gallery, plays at once, and its figures balance, part ${part + 1} of ${PARTS}`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.dismissWelcome();
    await playground.setMaxSpeed();
    for (const entry of entries) {
      await test.step(idOf(entry), async () => {
        await playground.openExample(idOf(entry));
        await playground.runUntil(12);
        await playground.expectBalance();
        expect(await playground.total("published")).toBeGreaterThan(0);
      });
    }
    expect(playground.complaints).toEqual([]);
  });
}

test("an example says what to look at, changes by a try, and keeps its point to itself until asked", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.getByRole("searchbox").fill("削峰");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Peak shaving/ })
    .click();
  const inspector = page.getByRole("complementary");
  await expect(inspector.getByText("What this shows")).toBeVisible();
  await expect(inspector.getByText(/turns a peak into a delay/)).toHaveCount(0);
  await inspector.getByRole("button", { name: /Show what happens/ }).click();
  await expect(inspector.getByText(/turns a peak into a delay/)).toBeVisible();
  await expect(inspector.getByRole("radio", { name: "As it begins" })).toBeChecked();
  await inspector.getByRole("radio", { name: /40 workers/ }).check();
  await expect(playground.node("workers")).toContainText("40");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(inspector.getByRole("radio", { name: "As it begins" })).toBeChecked();
  expect(playground.complaints).toEqual([]);
});
