import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const openLibrary = async (page: Page) => {
  await page.keyboard.press("ControlOrMeta+o");
  await expect(page.getByRole("dialog", { name: "My documents" })).toBeVisible();
};

/** Makes the open document one's own, under a title. */
async function call(page: Page, title: string): Promise<void> {
  const field = page.getByRole("textbox", { name: /Document title|Title/ }).first();
  await field.fill(title);
  await field.press("Enter");
  await expect(page.getByText("Saved on this device")).toBeVisible();
}

test("a document is thrown away, had back, exported with all others and added in another browser", async ({
  page,
  browser,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await call(page, "First");
  await openLibrary(page);
  await playground.dialog.getByRole("button", { name: "New document" }).click();
  await playground.openExample("fifo");
  await call(page, "Second");
  await openLibrary(page);

  await playground.dialog.getByRole("button", { name: "More about First" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(playground.dialog.getByRole("button", { name: "Open First" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await playground.reload();
  await openLibrary(page);
  await playground.dialog.getByText("Bin: 1 document").click();
  await expect(playground.dialog.getByText("gone for good in 30 days")).toBeVisible();
  await playground.dialog.getByRole("button", { name: "Restore First" }).click();
  await expect(playground.dialog.getByRole("button", { name: "Open First" })).toBeVisible();

  const coming = page.waitForEvent("download");
  await playground.dialog.getByRole("button", { name: "Export all" }).click();
  const file = await readFile(await (await coming).path(), "utf8");

  const other = await browser.newContext();
  const theirs = new PlaygroundPage(await other.newPage());
  await theirs.open();
  await theirs.dismissWelcome();
  await theirs.chooseFile("weir-documents.json", file);
  await theirs.dialog.getByRole("button", { name: "Add 2 documents" }).click();
  await expect(theirs.dialog.getByText("2 documents added.")).toBeVisible();
  await theirs.dialog.getByRole("button", { name: /My documents/ }).click();
  await theirs.dialog.getByRole("button", { name: "Open First" }).click();
  await expect(theirs.page).toHaveTitle(/First/);
  expect(theirs.complaints).toEqual([]);
  await other.close();
  expect(playground.complaints).toEqual([]);
});

test("an earlier version comes back, and Undo returns", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await page.clock.install();
  await playground.open();
  await playground.dismissWelcome();
  await call(page, "Growing");
  const before = await playground.nodes.count();
  await page.clock.fastForward("05:00");
  await playground.canvas.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(playground.nodes).toHaveCount(0);
  await page.clock.fastForward("00:02");
  await openLibrary(page);
  await playground.dialog.getByRole("button", { name: "More about Growing" }).click();
  await page.getByRole("menuitem", { name: "Earlier versions…" }).click();
  await playground.dialog
    .getByRole("button", { name: /^Restore the version of/ })
    .first()
    .click();
  await expect(playground.nodes).toHaveCount(before);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.nodes).toHaveCount(0);
  expect(playground.complaints).toEqual([]);
});
