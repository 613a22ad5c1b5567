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
