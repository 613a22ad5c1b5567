import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

test("an alert from a preset fires when the queue is deep, pauses the run, and shows on node and tab", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.getByRole("searchbox").fill("peak-shaving");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Peak shaving/ })
    .click();
  await page.getByTestId("rf__node-orders").click();
  await page.getByRole("tab", { name: "Alerts" }).click();
  await page.getByRole("button", { name: "Backlog" }).click();
  await page.getByRole("button", { name: "Edit Backlog" }).click();
  await page.getByRole("checkbox", { name: /Pause the run/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await playground.setMaxSpeed();
  // It stops by itself, perhaps before one could see it run.
  await playground.playButton.click();
  // More than 100 wait from 21 s on; that has to hold for ten seconds.
  await expect.poll(() => playground.clock(), { timeout: 20_000 }).toBe(31);
  await expect(playground.playButton).toHaveAttribute("data-status", "paused");
  await expect(page.getByRole("list", { name: "Alerts" }).getByText("Firing")).toBeVisible();
  await expect(page.getByTestId("rf__node-orders")).toContainText("alert");
  await expect(page.getByRole("img", { name: "1 alert fires" })).toBeVisible();
  await page.getByRole("tab", { name: "Events" }).click();
  await expect(page.getByText("Alert “Backlog” fires").first()).toBeVisible();
  expect(playground.complaints).toEqual([]);
});

test("monitor-alert: the hasty alert rings at a burst, the patient one when something is wrong, 16 s after it", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.openExample("monitor-alert");
  await playground.setMaxSpeed();
  await playground.runUntil(75);
  await page.getByRole("tab", { name: "Alerts" }).click();
  const alerts = page.getByRole("list", { name: "Alerts" });
  await expect(alerts.getByRole("listitem").filter({ hasText: "> 50 for 10 s" })).toContainText("Pending");
  await playground.runUntil(78);
  await expect(alerts.getByRole("listitem").filter({ hasText: "> 50 for 10 s" })).toContainText("Firing");
  await page.getByRole("tab", { name: "Events" }).click();
  await page.getByLabel("Kind").selectOption({ label: "Alert" });
  const fires = page
    .getByRole("listbox")
    .getByRole("option")
    .filter({ hasText: /” fires$/ });
  await expect(fires.filter({ hasText: "> 50 for 10 s" })).toHaveCount(1);
  // Five seconds to grow past fifty, ten to be sure; looked at once a second.
  await expect(fires.filter({ hasText: "> 50 for 10 s" })).toContainText("01:16.000");
  await expect(fires.filter({ hasText: "> 50 at once" })).toHaveCount(3);
  for (const time of ["00:03.000", "00:43.000"])
    await expect(fires.filter({ hasText: "> 50 at once" }).filter({ hasText: time })).toHaveCount(1);
  expect(playground.complaints).toEqual([]);
});
