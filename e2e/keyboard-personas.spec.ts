import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** The paths of product.md §1 by keyboard alone: nothing here clicks, and nothing gets the focus but by keys. (The newcomer's is in keyboard.spec.ts and outline.spec.ts.) */
class Keys {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  press = (key: string) => this.page.keyboard.press(key);
  type = (text: string) => this.page.keyboard.type(text);

  /** By F6, from wherever the focus is. */
  async region(name: string): Promise<void> {
    for (let i = 0; i < 9; i++) {
      const here = await this.page.evaluate(
        () => document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset.region,
      );
      if (here === name) return;
      await this.press("F6");
    }
    throw new Error(`F6 does not come to ${name}`);
  }

  /** By Tab. */
  async to(what: Locator): Promise<void> {
    await expect(what.first()).toBeAttached();
    const target = await what.first().elementHandle();
    for (let i = 0; i < 90; i++) {
      if (await this.page.evaluate((one) => document.activeElement === one, target)) return;
      await this.press("Tab");
    }
    throw new Error(`Tab does not come to ${what}`);
  }

  async enter(what: Locator): Promise<void> {
    await this.to(what);
    await this.press("Enter");
  }

  async fill(what: Locator, text: string): Promise<void> {
    await this.to(what);
    await this.press("ControlOrMeta+a");
    await this.type(text);
    await this.press("Enter");
  }

  /** The command palette. @param value of the line, when others answer to the same words */
  async command(words: string, value?: string): Promise<void> {
    await this.press("ControlOrMeta+k");
    await expect(this.page.locator("[cmdk-input]")).toBeFocused();
    await this.type(words);
    const chosen = this.page.locator("[cmdk-item][aria-selected=true]");
    await expect(chosen).toHaveCount(1);
    if (value !== undefined) {
      await expect(this.page.locator(`[cmdk-item][data-value="${value}"]`)).toHaveCount(1);
      for (let i = 0; i < 20 && (await chosen.getAttribute("data-value")) !== value; i++) await this.press("ArrowDown");
    }
    await this.press("Enter");
  }

  /** Finds a node, and goes to the first field of its settings. */
  async settings(node: string): Promise<void> {
    await this.region("canvas");
    await this.press("ControlOrMeta+f");
    await expect(this.page.locator("[cmdk-input]")).toBeFocused();
    await this.type(node);
    await expect(this.page.locator("[cmdk-item]").first()).toContainText(node);
    await this.press("Enter");
    await expect(this.page.locator(".react-flow__node:focus")).toContainText(node);
    await this.press("Enter");
    await expect(this.page.locator("[data-region=inspector] :focus")).toHaveCount(1);
  }

  async dock(tab: string): Promise<void> {
    await this.region("dock");
    const wanted = this.page.getByRole("tab", { name: new RegExp(`^${tab}`) });
    await this.to(this.page.locator("[data-region=dock] [role=tab][aria-selected=true]"));
    const isThere = () => wanted.evaluate((one) => document.activeElement === one);
    for (let i = 0; i < 12 && !(await isThere()); i++) await this.press("ArrowRight");
    await this.press("Enter");
    await expect(wanted).toHaveAttribute("aria-selected", "true");
  }

  async runTo(seconds: number, playground: PlaygroundPage): Promise<void> {
    await this.region("transport");
    await this.to(this.page.getByRole("slider", { name: "Speed" }));
    await this.press("End");
    await this.fill(this.page.getByLabel("Run until"), String(seconds));
    await this.region("canvas");
    await this.press("k");
    await expect.poll(() => playground.clock(), { timeout: 30_000 }).toBe(seconds);
  }
}

const setting = (page: Page, name: string) => page.locator(`[data-region=inspector] [data-field=${name}]`);

test("a student by keyboard: guess, run, see both, pull the slider, done", async ({ page }) => {
  const keys = new Keys(page);
  const panel = page.locator("[data-region=lesson]");
  const press = async (name: RegExp | string) => {
    await keys.region("lesson");
    await keys.enter(panel.getByRole("button", { name }));
  };
  const playground = new PlaygroundPage(page);
  await playground.open();
  await keys.enter(page.getByRole("button", { name: /Start a lesson/ }));
  await expect(panel).toContainText("Step 1 of 6");
  await press("Next");
  await keys.region("lesson");
  await keys.to(panel.getByRole("radio"));
  await keys.press("Space");
  const wanted = panel.getByRole("radio", { name: /Ten, one for each second/ });
  for (let i = 0; i < 6 && !(await wanted.isChecked()); i++) await keys.press("ArrowDown");
  await press("This is my guess");
  await press("Next");
  await press(/Run to 10 s/);
  await expect(panel).toContainText("Done: it has run to 10 s", { timeout: 20_000 });
  await expect(panel).toContainText("Your guess");
  await press("Next");
  await press("Next");
  const slider = page.getByRole("slider", { name: /producer-1 · Rate/ });
  await keys.to(slider);
  for (let i = 0; i < 60 && !/^2 /.test((await slider.getAttribute("aria-valuetext")) ?? ""); i++)
    await keys.press("ArrowRight");
  await press("Run and check");
  await expect(panel).toContainText("Done!", { timeout: 20_000 });
  expect(playground.complaints).toEqual([]);
});

test("a teacher and an engineer by keyboard: a lesson handed out, a plant sized, an incident explained", async ({
  context,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const keys = new Keys(page);
  const playground = new PlaygroundPage(page);
  let handedOut = "";
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await playground.open();

  await test.step("teacher: another peak, and the link for the class", async () => {
    await keys.command("peak-shaving", "lesson peak-shaving");
    await expect(page.locator("[data-region=lesson]")).toContainText("Step 1");
    await keys.region("lesson");
    await keys.enter(page.locator("[data-region=lesson]").getByRole("button", { name: "End the lesson" }));
    await keys.settings("shop");
    await keys.fill(setting(page, "pattern").locator("input[value='200']"), "300");
    await keys.command("Share");
    await expect(playground.dialog).toBeVisible();
    await keys.enter(playground.dialog.locator("summary", { hasText: "Assignment" }));
    await keys.enter(playground.dialog.getByRole("button", { name: "Copy the assignment link" }));
    await expect.poll(copied).toMatch(/#s\d+=/);
    handedOut = await copied();
    await keys.press("Escape");
    await expect(playground.dialog).toHaveCount(0);
  });

  await test.step("sizing: fifty a second, and a picture of how long they wait", async () => {
    await keys.command("file.new");
    await keys.region("canvas");
    await keys.enter(page.getByRole("button", { name: "Queue and workers" }));
    await expect(playground.nodes).toHaveCount(4);
    await keys.settings("producer-1");
    await keys.fill(setting(page, "rate").locator("input"), "50");
    await keys.dock("Problems");
    await expect(page.getByRole("tabpanel", { name: /^Problems/ })).toContainText("tasks");
    for (const worker of ["worker-1", "worker-2"]) {
      await keys.settings(worker);
      await keys.fill(setting(page, "instances").locator("input"), "9");
    }
    await keys.runTo(30, playground);
    await playground.expectBalance();
    await keys.command("Export");
    const download = page.waitForEvent("download");
    await keys.to(playground.dialog.getByRole("combobox", { name: "Size" }));
    await keys.press("Tab");
    await keys.press("Enter");
    expect((await download).suggestedFilename()).toMatch(/\.png$/);
    await keys.press("Escape");
    await expect(playground.dialog).toHaveCount(0);
  });

  await test.step("incident: a script of what happened, a run kept beside the next, a link for the report", async () => {
    await keys.dock("Timeline");
    await keys.enter(page.getByRole("button", { name: "Add an entry" }));
    await keys.enter(page.getByRole("form", { name: "Entry" }).getByRole("button", { name: "Save" }));
    await keys.press("Escape");
    await keys.runTo(40, playground);
    await keys.dock("Compare");
    await keys.enter(page.getByRole("button", { name: "Keep this run" }));
    await expect(page.getByRole("list", { name: "Kept runs" }).getByRole("listitem")).toHaveCount(1);
    await keys.command("Share");
    await keys.enter(playground.dialog.getByRole("button", { name: /^Copy/ }));
    await expect.poll(copied).not.toBe(handedOut);
  });
  expect(playground.complaints).toEqual([]);
});
