import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** The five paths of product.md §1, whole and by keyboard alone: nothing here clicks, and nothing gets the focus but by keys. */
class Keys {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  press = (key: string) => this.page.keyboard.press(key);
  /** Down and up in one go: a slow machine makes no hold of it. */
  tap = (key: string) => Promise.all([this.page.keyboard.down(key), this.page.keyboard.up(key)]);
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

  /** Of a list that is closed, by its arrow keys. */
  async choose(what: Locator, label: RegExp | string): Promise<void> {
    await this.to(what);
    const shown = () => what.evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.textContent ?? "");
    const isIt = (text: string) => (typeof label === "string" ? text === label : label.test(text));
    await this.press("Home");
    for (let i = 0; i < 60 && !isIt(await shown()); i++) await this.press("ArrowDown");
    expect(isIt(await shown()), `${label}`).toBe(true);
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
    // While it is open, keys are its own.
    await expect(this.page.locator("[cmdk-input]")).toHaveCount(0);
  }

  /** Finds a node, and goes to the first field of its settings. */
  async settings(node: string): Promise<void> {
    await this.region("canvas");
    await this.press("ControlOrMeta+f");
    await expect(this.page.locator("[cmdk-input]")).toBeFocused();
    await this.type(node);
    await expect(this.page.locator("[cmdk-item]").first()).toContainText(node);
    await this.press("Enter");
    await expect(this.page.locator("[cmdk-input]")).toHaveCount(0);
    await expect(this.page.locator(".react-flow__node:focus")).toContainText(node);
    await this.press("Enter");
    await expect(this.page.locator("[data-region=inspector] :focus")).toHaveCount(1);
  }

  async dock(tab: string): Promise<void> {
    // To its tabs, also from behind them.
    await this.region("transport");
    await this.region("dock");
    const wanted = this.page.getByRole("tab", { name: new RegExp(`^${tab}`) });
    await this.to(this.page.locator("[data-region=dock] [role=tab][aria-selected=true]"));
    const isThere = () => wanted.evaluate((one) => document.activeElement === one);
    // The focus goes on a moment after the key.
    const focused = () => this.page.evaluate(() => document.activeElement?.id);
    for (let i = 0; i < 12 && !(await isThere()); i++) {
      const before = await focused();
      await this.press("ArrowRight");
      await expect.poll(focused).not.toBe(before);
    }
    await this.press("Enter");
    await expect(wanted).toHaveAttribute("aria-selected", "true");
  }

  async maxSpeed(): Promise<void> {
    await this.region("transport");
    await this.to(this.page.getByRole("slider", { name: "Speed" }));
    await this.press("End");
  }

  async runTo(seconds: number, playground: PlaygroundPage): Promise<void> {
    await this.maxSpeed();
    await this.fill(this.page.getByLabel("Run until"), String(seconds));
    await this.region("canvas");
    await this.press("k");
    await expect.poll(() => playground.clock(), { timeout: 30_000 }).toBe(seconds);
  }
}

const setting = (page: Page, name: string) => page.locator(`[data-region=inspector] [data-field=${name}]`);
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test("a newcomer, a teacher and a student by keyboard: a first drawing, a lesson changed and handed out, the same lesson taken", async ({
  context,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const keys = new Keys(page);
  const playground = new PlaygroundPage(page);
  const panel = page.locator("[data-region=lesson]");
  await playground.open();

  await test.step("newcomer: build your own, three nodes, play", async () => {
    await keys.enter(page.getByRole("button", { name: /Build your own/ }));
    await expect(playground.nodes).toHaveCount(0);
    await keys.region("palette");
    await keys.enter(page.locator("[data-region=palette]").getByRole("button", { name: "Producer" }));
    await expect(page.locator(".react-flow__node:focus")).toContainText("producer-1");
    await keys.press("ControlOrMeta+ArrowRight");
    await expect(page.locator(".react-flow__node:focus")).toContainText("queue-1");
    await keys.press("ControlOrMeta+ArrowRight");
    await expect(page.locator(".react-flow__node:focus")).toContainText("consumer-1");
    await expect(playground.edges).toHaveCount(2);
    await keys.tap("Space");
    await expect.poll(() => playground.total("processed"), { timeout: 15_000 }).toBeGreaterThan(0);
    await expect(playground.node("queue-1")).toContainText(/\d+ · \d+/);
    // Held, it makes the canvas one to be dragged, for as long as it is held and no longer; the run goes on.
    const pane = page.locator(".react-flow__pane");
    await page.keyboard.down("Space");
    await expect(pane).toHaveClass(/draggable/);
    await page.keyboard.down("Space");
    await page.keyboard.up("Space");
    await expect(pane).not.toHaveClass(/draggable/);
    await expect(playground.playButton).toHaveAttribute("data-status", "running");
    await keys.tap("Space");
    await expect(playground.playButton).toHaveAttribute("data-status", "paused");
    await keys.press("ControlOrMeta+z");
    await expect(playground.nodes).toHaveCount(2);
  });

  await test.step("teacher: another peak, another question, everything locked but the workers, the link for the class", async () => {
    await keys.command("peak-shaving", "lesson peak-shaving");
    await expect(panel).toContainText("Step 1");
    await keys.region("lesson");
    await keys.enter(panel.getByRole("button", { name: "End the lesson" }));
    await keys.settings("shop");
    await keys.fill(setting(page, "pattern").locator("input[value='200']"), "300");
    await keys.dock("Lesson");
    const author = page.getByRole("tabpanel", { name: "Lesson" });
    const step = (n: number) => author.locator(`[data-step='${n}']`);
    await keys.enter(step(2).locator("> summary"));
    for (const [name, text] of [
      ["Question, English", "With 300 a second, how deep?"],
      ["Question, Chinese", "每秒 300 单，会积到多长？"],
    ] as const) {
      await keys.to(step(2).getByRole("textbox", { name }));
      await keys.press("ControlOrMeta+a");
      await keys.type(text);
    }
    // Three in two are paid for no longer: the task loses that condition.
    await keys.enter(step(8).locator("> summary"));
    await keys.enter(step(8).getByRole("button", { name: "Remove condition 3" }));
    await expect(step(8).getByRole("listitem")).toHaveCount(3);
    await expect(author).toContainText("Nothing is wrong");
    await keys.command("Share");
    await keys.enter(playground.dialog.locator("summary", { hasText: "Assignment" }));
    await keys.choose(playground.dialog.getByRole("combobox", { name: "May be changed" }), /only|list|these/i);
    await keys.enter(playground.dialog.locator("summary", { hasText: "workers" }));
    await keys.to(playground.dialog.getByRole("checkbox", { name: "everything about it" }));
    await keys.press("Space");
    await keys.enter(playground.dialog.getByRole("button", { name: "Copy the assignment link" }));
    await expect.poll(() => copied(page)).toMatch(/#s\d+=/);
    await keys.press("Escape");
    await expect(playground.dialog).toHaveCount(0);
  });

  await test.step("student: guess, run, see both, pull the slider, done, and on", async () => {
    const press = async (name: RegExp | string) => {
      await keys.region("lesson");
      await keys.enter(panel.getByRole("button", { name }));
    };
    const run = async (name: RegExp | string) => {
      await press(name);
      await keys.maxSpeed();
    };
    const link = await copied(page);
    await page.goto(`./${link.slice(link.indexOf("#"))}`);
    await page.reload();
    await expect(panel.getByRole("button", { name: "Begin" })).toBeVisible();
    await keys.region("lesson");
    await keys.to(panel.getByRole("textbox"));
    await keys.type("Bo");
    await press("Begin");
    await press("Next");
    await expect(panel).toContainText("With 300 a second, how deep?");
    await keys.region("lesson");
    await keys.to(panel.getByRole("textbox"));
    await keys.type("2000");
    await press("This is my guess");
    await press("Next");
    await run(/Run to/);
    await expect(panel).toContainText(/Your guess\s*2,000 orders\s*Measured\s*2,?\d{3}/, { timeout: 40_000 });
    expect(await playground.clock()).toBe(40);
    await press("Next");
    await press("Next");
    await press("Skip, I want to see");
    await press("Next");
    await run(/Run to/);
    await expect(panel.getByRole("button", { name: "Next" })).toBeEnabled({ timeout: 40_000 });
    await press("Next");
    await press("Next");
    const slider = page.getByRole("slider", { name: /workers · Instances/ });
    await keys.to(slider);
    await keys.press("End");
    await run("Run and check");
    await expect(panel).toContainText("Done!", { timeout: 40_000 });
    await press("Next");
    await keys.region("lesson");
    await keys.to(panel.getByRole("radio"));
    await keys.press("Space");
    const right = panel.getByRole("radio", { name: /Time: the work is done later/ });
    for (let i = 0; i < 4 && !(await right.isChecked()); i++) await keys.press("ArrowDown");
    await press("Answer");
    await expect(panel).toContainText("Right.");
  });
  expect(playground.complaints).toEqual([]);
});

test("two engineers by keyboard: a plant sized against the theory, an incident explained", async ({ context }) => {
  test.setTimeout(180_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const keys = new Keys(page);
  const playground = new PlaygroundPage(page);
  const problems = page.getByRole("tabpanel", { name: /^Problems/ });
  await playground.open();

  await test.step("sizing: fifty a second on one pool of workers, until the problem goes; p95 beside its formula; a picture", async () => {
    await keys.command("file.new");
    await keys.region("canvas");
    await keys.enter(page.getByRole("button", { name: "Queue and workers" }));
    await expect(playground.nodes).toHaveCount(4);
    await keys.settings("producer-1");
    await keys.fill(setting(page, "rate").locator("input"), "50");
    await keys.choose(setting(page, "arrival").locator("select"), /^Random/);
    await keys.settings("worker-2");
    await keys.region("canvas");
    await keys.press("Delete");
    await expect(playground.nodes).toHaveCount(3);
    await keys.settings("worker-1");
    await keys.choose(setting(page, "service").locator("select").first(), "Exponential");
    await keys.fill(setting(page, "service").locator("input").first(), "300");
    await keys.fill(setting(page, "instances").locator("input"), "15");
    await keys.fill(setting(page, "prefetch").locator("input"), "1");
    // The formula is about waiting and work: the way to the queue and back takes no time.
    for (const from of ["producer-1", "tasks"]) {
      await keys.region("canvas");
      await keys.to(page.locator(`.react-flow__edge[aria-label*="from ${from}"]`));
      await keys.press("Enter");
      await keys.fill(setting(page, "latency").locator("input").first(), "0");
    }
    await keys.dock("Problems");
    await expect(problems).toContainText(/tasks/);
    await keys.settings("worker-1");
    await keys.fill(setting(page, "instances").locator("input"), "18");
    await keys.dock("Problems");
    await expect(problems).not.toContainText(/tasks/);
    await keys.settings("tasks");
    await keys.runTo(30, playground);
    await playground.expectBalance();
    await keys.dock("Charts");
    await keys.enter(page.getByRole("button", { name: "M/M/18", exact: true }));
    await expect(page.getByRole("region", { name: /^Theory: tasks/ })).toContainText("M/M/18");
    await keys.command("Export");
    const download = page.waitForEvent("download");
    await keys.to(playground.dialog.getByRole("combobox", { name: "Size" }));
    await keys.press("Tab");
    await keys.press("Enter");
    expect((await download).suggestedFilename()).toMatch(/\.png$/);
    await keys.press("Escape");
    await expect(playground.dialog).toHaveCount(0);
  });

  await test.step("incident: what happened when, then with a dead-letter queue and a delivery limit, both accounts, a link", async () => {
    const form = page.getByRole("form", { name: "Entry" });
    await keys.dock("Timeline");
    for (const [part, what, at] of [
      ["producer-1", "Publish a burst", "0:10"],
      ["worker-1", "Make the work fail", "0:15"],
    ] as const) {
      await keys.enter(page.getByRole("button", { name: "Add an entry" }));
      await keys.choose(form.locator("select").first(), part);
      await keys.choose(form.getByLabel("What happens"), what);
      await keys.fill(form.getByLabel("At", { exact: true }), at);
      await expect(form).toHaveCount(0);
    }
    await expect(page.getByRole("tabpanel", { name: "Timeline" }).getByRole("row")).toHaveCount(3);
    await keys.runTo(40, playground);
    await keys.dock("Compare");
    await keys.enter(page.getByRole("button", { name: "Keep this run" }));
    await expect(page.getByRole("list", { name: "Kept runs" }).getByRole("listitem")).toHaveCount(1);
    // A place for what fails too often, drawn by keys.
    await keys.region("canvas");
    await keys.press("n");
    await keys.type("Exchange");
    await keys.press("Enter");
    await expect(page.locator(".react-flow__node:focus")).toContainText("exchange-1");
    await keys.press("ControlOrMeta+ArrowRight");
    await expect(playground.nodes).toHaveCount(5);
    await expect(playground.canvas.getByRole("textbox", { name: "Binding key" })).toBeFocused();
    await keys.press("Enter");
    await expect(page.locator(".react-flow__edge:focus")).toHaveCount(1);
    await keys.settings("tasks");
    await keys.region("canvas");
    await keys.press("c");
    await keys.type("exchange-1");
    await keys.press("Enter");
    await expect(playground.edges).toHaveCount(4);
    await keys.settings("tasks");
    await keys.choose(setting(page, "queueType").locator("select"), "Quorum");
    await keys.fill(setting(page, "deliveryLimit").locator("input").first(), "2");
    await keys.dock("Compare");
    await keys.enter(page.getByRole("button", { name: /^Run it again to/ }));
    await expect(page.locator('[data-figure="system discarded"]')).toContainText(/\+\d/, { timeout: 30_000 });
    await playground.expectBalance();
    await keys.command("Share");
    await keys.enter(playground.dialog.getByRole("button", { name: /^Copy/ }));
    await expect.poll(() => copied(page)).toMatch(/#s\d+=/);
  });
  expect(playground.complaints).toEqual([]);
});
