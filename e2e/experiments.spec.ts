import { expect, type Page, test } from "@playwright/test";
import { station } from "./pages/documents.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const STATION = station(40);

async function open(page: Page): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.openWith(STATION);
  await page.getByRole("tab", { name: "Experiments" }).click();
  return playground;
}

/** Fills fields of the form by their labels. */
async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  const form = page.getByRole("form", { name: "What to run" });
  for (const [name, value] of Object.entries(fields)) await form.getByLabel(name, { exact: true }).fill(value);
}

test("a sweep of eight points runs beside the run on the canvas, and its curve lies on the line of theory", async ({
  page,
}) => {
  const playground = await open(page);
  const form = page.getByRole("form", { name: "What to run" });
  await form.getByRole("combobox", { name: "Node" }).selectOption({ label: "shop" });
  await fill(page, { From: "5", To: "40", Values: "8", "Until (s)": "300", "Warm-up (s)": "30", Seeds: "5" });
  await expect(form.getByRole("status")).toHaveText(/^40 runs of /);
  await playground.play();
  const before = await playground.clock();
  await form.getByRole("button", { name: "Run", exact: true }).click();
  const results = page.getByRole("region", { name: "Total · Mean by shop · Rate" });
  await expect(results.getByText(/^\d+ of 40 runs$/)).toBeVisible();
  // The run on the canvas goes on meanwhile, and so does the sweep while something else is looked at.
  await page.getByRole("tab", { name: "Charts" }).click();
  await expect.poll(() => playground.clock()).toBeGreaterThan(before + 1);
  await page.getByRole("tab", { name: "Experiments" }).click();
  await expect(form.getByLabel("Until (s)", { exact: true })).toHaveValue("300");
  await expect(playground.playButton).toHaveAttribute("data-status", "running");
  const rows = results.getByRole("row");
  await expect(rows).toHaveCount(9, { timeout: 40_000 });
  await expect(results.getByRole("progressbar")).toHaveCount(0);

  let inside = 0;
  for (let i = 0; i < 8; i++) {
    const cells = await rows
      .nth(i + 1)
      .getByRole("cell")
      .allTextContents();
    const rho = (5 + 5 * i) / 50;
    const [mean = Number.NaN, half = Number.NaN] = (cells[0] ?? "").split(" ± ").map(Number);
    const said = rho / (1 - rho);
    expect(Math.abs(Number(cells[1]) - said), `row ${i}: ${cells[1]}`).toBeLessThan(0.01 * said + 0.005);
    if (Math.abs(mean - said) <= half) inside++;
    expect(Math.abs(mean - said), `row ${i}: ${cells[0]}`).toBeLessThan(3 * half);
  }
  // Of eight intervals of 95 % one may miss by chance, two hardly.
  expect(inside).toBeGreaterThanOrEqual(6);
  const curve = results.getByRole("img");
  for (const line of ["mean", "theory"])
    expect((await curve.locator(`path[data-line=${line}]`).getAttribute("d"))?.split("L")).toHaveLength(8);
  // A click on a point opens that run: the drawing gets its value.
  await curve.locator("circle").nth(2).click();
  await page.getByTestId("rf__node-shop").click();
  await expect(page.getByRole("complementary").getByLabel("Rate", { exact: true }).first()).toHaveValue("15");
  expect(playground.complaints).toEqual([]);
});

test("a sweep can be cancelled in the middle; what is done stays, and another one begins", async ({ page }) => {
  const playground = await open(page);
  const form = page.getByRole("form", { name: "What to run" });
  await fill(page, { Values: "4", "Until (s)": "2000", Seeds: "1" });
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("row")).not.toHaveCount(0, { timeout: 30_000 });
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText(/^Cancelled after \d of 4 runs\.$/)).toBeVisible();
  const done = await page.getByRole("row").count();
  await page.waitForTimeout(500);
  await expect(page.getByRole("row")).toHaveCount(done);

  await form.getByRole("combobox", { name: "Experiment" }).selectOption({ label: "Repeat with other seeds" });
  await fill(page, { "Until (s)": "120", "Warm-up (s)": "20", Seeds: "6" });
  await form.getByRole("button", { name: "Run", exact: true }).click();
  const results = page.getByRole("region", { name: "Total · Mean over 6 seeds" });
  await expect(results.getByRole("cell").first()).toHaveText(/^\d+(\.\d+)? ± \d+(\.\d+)?$/, { timeout: 30_000 });
  await expect(results.getByRole("cell").nth(1)).toHaveText("4");
  expect(playground.complaints).toEqual([]);
});
