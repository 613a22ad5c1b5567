import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

for (const [choice, ending, type] of [
  ["PNG 1×", "png", "image/png"],
  ["SVG", "svg", "image/svg+xml"],
] as const) {
  test(`a picture as ${ending} opens again as the drawing it shows, and is a picture`, async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.dismissWelcome();
    await playground.openExample("fifo");
    const nodes = await playground.nodes.count();
    await playground.canvas.focus();
    await page.keyboard.press("ControlOrMeta+e");
    const size = page.getByRole("combobox", { name: "Size" });
    await size.selectOption({ label: choice });
    const coming = page.waitForEvent("download");
    await page.locator("section", { has: size }).getByRole("button", { name: "Download" }).click();
    const saved = await coming;
    expect(saved.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
    const buffer = await readFile(await saved.path());

    const width = await page.evaluate(
      async ([base64, of]) => {
        const image = new Image();
        image.src = `data:${of};base64,${base64}`;
        await image.decode();
        return image.naturalWidth;
      },
      [buffer.toString("base64"), type] as const,
    );
    expect(width).toBeGreaterThan(300);

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Import" }).first().click();
    const choose = playground.dialog.locator("input[type=file]");
    await choose.setInputFiles({ name: `drawing.${ending}`, mimeType: type, buffer });
    await playground.dialog.getByRole("button", { name: /^Open/ }).click();
    await expect(playground.nodes).toHaveCount(nodes);
    await expect(page).toHaveTitle(/First in, first out/);
    expect(playground.complaints).toEqual([]);
  });
}
