import { expect, type Locator, type Page } from "@playwright/test";
import { CATALOGUE, idOf } from "../../scenarios/index.ts";

/** The playground as its user sees it: verbs for what a hand or a keyboard does, readers for what stands on the screen. */
export class PlaygroundPage {
  readonly page: Page;
  /** Everything the console or the page complained about. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
  }

  /** Opens the page, with a fragment when it is a link. */
  async open(fragment = ""): Promise<void> {
    await this.page.goto(`./${fragment}`);
    await expect(this.canvas).toBeVisible();
  }

  /** Loads the page anew, and waits until it takes keys: its first lines are drawn before its code has come. */
  async reload(): Promise<void> {
    await this.page.reload();
    await expect(this.canvas).toBeVisible();
  }

  get canvas(): Locator {
    return this.page.locator("[data-canvas]");
  }
  get playButton(): Locator {
    return this.page.getByRole("button", { name: /^(Play|Pause|播放|暂停)/ }).first();
  }
  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }
  node(name: string): Locator {
    return this.page.locator(".react-flow__node", { hasText: name });
  }
  get nodes(): Locator {
    return this.page.locator(".react-flow__node");
  }
  get edges(): Locator {
    return this.page.locator(".react-flow__edge");
  }

  /** Opens the page for the first time, and a document in it instead of the first example. */
  async openWith(scenario: { nodes: readonly unknown[]; [part: string]: unknown }): Promise<void> {
    await this.open();
    await this.dismissWelcome();
    await this.openDocument(scenario);
  }

  /** Closes the card of the first visit; where there is one, it comes a moment after the canvas. */
  async dismissWelcome(): Promise<void> {
    const isFirst = await this.page.evaluate(() => document.documentElement.dataset.visit === "first");
    if (!isFirst) return;
    const card = this.page.getByRole("region", { name: /^(See messages flow|看消息如何流动)$/ });
    await card.getByRole("button", { name: /^(Do not show again|不再显示)$/ }).click();
    await expect(card).toHaveCount(0);
  }

  /** Does what the command palette offers for some words. @param id of the command, where others answer to the same words */
  async command(words: string, id?: string): Promise<void> {
    const field = this.page.locator("[cmdk-input]");
    await this.page.keyboard.press("ControlOrMeta+k");
    await field.fill(words);
    const chosen = this.page.locator("[cmdk-item][aria-selected=true]");
    if (id === undefined) await expect(chosen).toHaveCount(1);
    else await expect(chosen).toHaveAttribute("data-value", new RegExp(`^${id.replaceAll(".", "\\.")} `));
    await this.page.keyboard.press("Enter");
    // While it is open, keys are its own.
    await expect(field).toHaveCount(0);
  }

  async play(): Promise<void> {
    await expect(this.playButton).toBeEnabled();
    await this.playButton.click();
    await expect(this.playButton).toHaveAttribute("data-status", "running");
  }
  async pause(): Promise<void> {
    await this.playButton.click();
    await expect(this.playButton).toHaveAttribute("data-status", "paused");
    await this.#totalsCatchUp();
  }

  /** Runs to a virtual time and stops there. @param seconds virtual */
  async runUntil(seconds: number): Promise<void> {
    const field = this.page.getByLabel(/^(Run until|运行至)/).first();
    await field.fill(String(seconds));
    await field.press("Enter");
    await expect(this.playButton).toBeEnabled();
    await this.playButton.click();
    // At Max speed it is over before one can look: what counts is where it stops.
    await expect.poll(() => this.clock(), { timeout: 45_000 }).toBe(seconds);
    await expect(this.playButton).toHaveAttribute("data-status", "paused");
    await this.#totalsCatchUp();
  }

  /** @param name as on the slider: "10×", "Max" */
  async setSpeed(steps: number): Promise<void> {
    const slider = this.page.getByRole("slider", { name: /Speed|倍速|速度/ });
    await slider.focus();
    for (let i = 0; i < Math.abs(steps); i++) await slider.press(steps > 0 ? "ArrowRight" : "ArrowLeft");
  }
  /** To the far end of the slider. */
  async setMaxSpeed(): Promise<void> {
    const slider = this.page.getByRole("slider", { name: /Speed|倍速|速度/ });
    await slider.focus();
    await slider.press("End");
  }

  /** Virtual time on the clock, s. */
  async clock(): Promise<number> {
    const text = (await this.page.getByRole("timer").textContent()) ?? "";
    // Hours come before minutes only when there are some.
    return text
      .trim()
      .split(":")
      .reduce((sum, part) => sum * 60 + Number(part), 0);
  }

  /** A total of the status line. */
  async total(name: string): Promise<number> {
    // Exactly; the words beside it round large figures.
    return Number((await this.page.locator(`[data-total="${name}"]`).getAttribute("data-value")) ?? "0");
  }
  /** All totals and the moment they are of, virtual s: one look, because between two the run may go on. */
  async totals(): Promise<{ at: number; of: { [name: string]: number } }> {
    return this.page.locator("[data-totals]").evaluate((list) => ({
      at: Number(list.getAttribute("data-totals")) / 1e6,
      of: Object.fromEntries(
        [...list.querySelectorAll("[data-total]")].map((one) => [
          one.getAttribute("data-total") ?? "",
          Number(one.getAttribute("data-value") ?? "0"),
        ]),
      ),
    }));
  }
  /** The clock is written with each frame, the totals a few times a second: when it stands, they are of what it shows a moment later. */
  async #totalsCatchUp(): Promise<void> {
    const behind = async () =>
      Math.round((await this.clock()) * 1000) - Math.floor((await this.totals()).at * 1000 + 1e-6);
    await expect.poll(behind).toBe(0);
  }
  /** published = processed + in system + discarded + lost, as the status line says it. */
  async expectBalance(): Promise<void> {
    const { published, ...parts } = (await this.totals()).of;
    const names = ["processed", "inSystem", "discarded", "lost"];
    expect(names.reduce((sum, name) => sum + (parts[name] ?? 0), 0)).toBe(published);
  }

  /** Opens an example from the gallery. @param id in the catalogue */
  async openExample(id: string): Promise<void> {
    const entry = CATALOGUE.find((one) => idOf(one) === id);
    if (entry === undefined) throw new Error(`no example ${id}`);
    const { title } = entry.scenario.meta;
    await this.page.getByRole("button", { name: "Examples", exact: true }).click();
    await this.page.getByRole("searchbox", { name: "Search the examples" }).fill(id);
    await this.dialog
      .getByRole("button", { name: typeof title === "string" ? title : title.en })
      .first()
      .click();
    // The drawing before it may have as many nodes.
    await expect(this.dialog).toHaveCount(0);
    await expect(this.nodes).toHaveCount(entry.scenario.nodes.length);
  }

  /** Opens a document by Import. */
  async openDocument(scenario: { nodes: readonly unknown[]; [part: string]: unknown }): Promise<void> {
    await this.chooseFile("document.weir.json", JSON.stringify(scenario));
    await this.dialog.getByRole("button", { name: /^Open/ }).click();
    await expect(this.dialog).toHaveCount(0);
    await expect(this.nodes).toHaveCount(scenario.nodes.length);
  }

  /** Opens Import and chooses a file with this text. */
  async chooseFile(name: string, text: string): Promise<void> {
    await this.page.getByRole("button", { name: "Import" }).first().click();
    const file = { name, mimeType: "application/json", buffer: Buffer.from(text) };
    await this.dialog.locator("input[type=file]").setInputFiles(file);
  }

  /** The link that Share offers, from its # on. */
  async link(): Promise<string> {
    await this.page
      .getByRole("button", { name: /^(Share|分享)/ })
      .first()
      .click();
    const link = await this.dialog.getByRole("textbox").first().inputValue();
    await this.page.keyboard.press("Escape");
    await expect(this.dialog).toHaveCount(0);
    return link.slice(link.indexOf("#"));
  }

  /** The run's fingerprint, when it stands and nothing is selected. */
  async fingerprint(): Promise<string> {
    const shown = this.page.getByTestId("fingerprint");
    await expect(shown).toHaveText(/^[0-9a-f]{8}$/);
    return (await shown.textContent()) ?? "";
  }
}
