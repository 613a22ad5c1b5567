import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** WCAG 2.2 AA beyond the first screen: every dialog and panel in both themes, and what people change about the page: size, spacing, colours, motion. */

const THEMES = ["light", "dark"] as const;

/** What axe finds in a part, on the two upper levels. @param part selector; the rest of the page is looked through elsewhere @param rules all when none are named */
async function seriousIn(page: Page, part: string, rules: string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(part);
  if (rules.length > 0) axe.withRules(rules);
  else axe.options({ rules: { "target-size": { enabled: true } } });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** What a learner hands in. */
const RESULT = JSON.stringify({
  weir: "result",
  v: 1,
  lesson: "work.1",
  title: { en: "x", zh: "x" },
  seed: 1,
  name: "Ada",
  work: 7,
  began: 86_400_000,
  ended: 86_500_000,
  spent: 60_000,
  steps: [
    { type: "quiz", answer: { number: 4 }, right: true },
    { type: "do", done: true, asked: [] },
  ],
  changes: [],
  code: "4000-W040-2MG4-73E6",
});

test("axe finds nothing serious in any dialog or panel, in both themes", async ({ browser }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  const look = (part: string) =>
    test.step(part, async () => {
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        // Another theme is other colours, nothing else. Those that fade in are not there yet at once.
        const rules = colorScheme === "dark" ? ["color-contrast"] : [];
        await expect
          .poll(() => seriousIn(page, part, rules), { message: `${part}, ${colorScheme}`, timeout: 30_000 })
          .toEqual([]);
      }
    });
  for (const words of [
    "Examples",
    "Lessons",
    "Share",
    "Import",
    "Export",
    "My documents",
    "Keyboard shortcuts",
    "Preferences",
    "About this model",
    "Handout",
  ])
    await test.step(words, async () => {
      await playground.canvas.focus();
      await playground.command(words);
      await expect(playground.dialog).toBeVisible();
      if (words === "Share") for (const more of await playground.dialog.locator("summary").all()) await more.click();
      await look("[role=dialog]");
      await page.keyboard.press("Escape");
      await expect(playground.dialog).toHaveCount(0);
    });
  await playground.canvas.focus();
  await page.keyboard.press("ControlOrMeta+k");
  await look("[role=dialog]");
  await page.keyboard.press("Escape");
  await expect(playground.dialog).toHaveCount(0);
  await playground.canvas.focus();
  await page.keyboard.press("o");
  await expect(page.locator("[role=treeitem]:focus")).toHaveCount(1);
  await look("[data-region=outline]");
  for (const tab of ["Timeline", "Lesson", "Alerts"]) {
    await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
    await look("[data-region=dock]");
  }
  await test.step("the teacher's page, with what came back and what is no result", async () => {
    await playground.canvas.focus();
    await playground.command("Read what came back");
    const results = page.locator("[data-results]");
    await results.locator("input[type=file]").setInputFiles([
      { name: "ada.json", mimeType: "application/json", buffer: Buffer.from(RESULT) },
      { name: "cat.json", mimeType: "application/json", buffer: Buffer.from("{}") },
    ]);
    await expect(results).toContainText("cat.json");
    await results.getByText("Ada, step by step").click();
    await look("[role=dialog]");
    await page.keyboard.press("Escape");
    await expect(playground.dialog).toHaveCount(0);
  });
  await test.step("the first steps and their marks", async () => {
    await page.getByRole("button", { name: "Back to the palette" }).click();
    await playground.canvas.focus();
    await playground.command("First steps");
    await look("section:has(> ul button)");
    await page.getByRole("button", { name: /^Build your own/ }).click();
    const mark = page.locator("section[data-step]");
    for (const [step, next] of [
      ["place", "Producer"],
      ["connect", "Queue"],
      ["consume", "Consumer"],
      ["play", null],
    ] as const) {
      await expect(mark).toHaveAttribute("data-step", step);
      await look("section[data-step]");
      if (next !== null)
        await page.locator("[data-region=palette]").getByRole("button", { name: next, exact: true }).click();
    }
  });
  await context.close();
});

test("the page bears another size, spacing, colours and stillness, and Tab walks it in order", async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.node("hello").click();

  await test.step("Tab goes through the regions in their order, always to something that is seen and marked", async () => {
    await page.locator("button").first().focus();
    const regions: string[] = [];
    const hidden: string[] = [];
    for (let i = 0; i < 140; i++) {
      const stop = await page.evaluate(() => {
        const at = document.activeElement as HTMLElement;
        const { left, top, width, height } = at.getBoundingClientRect();
        // The mark may be drawn by the thing itself, by what it lies in or beside, or by a pseudo-element.
        const drawn = () =>
          [at, at.parentElement, at.nextElementSibling]
            .filter((one) => one !== null)
            .flatMap((one) => [null, "::before", "::after"].map((pseudo) => getComputedStyle(one, pseudo)))
            .map((style) => [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join())
            .join();
        const marked = drawn();
        at.blur();
        const isMarked = drawn() !== marked;
        at.focus({ preventScroll: true });
        const above = document.elementFromPoint(left + width / 2, top + height / 2);
        return {
          region: at.closest<HTMLElement>("[data-region]")?.dataset.region ?? "",
          name: `${at.tagName} ${at.getAttribute("aria-label") ?? at.textContent}`.slice(0, 60),
          isMarked,
          isSeen: width > 0 && above !== null && (at.contains(above) || above.contains(at)),
        };
      });
      if (stop.region !== "" && regions.at(-1) !== stop.region) regions.push(stop.region);
      if (stop.region !== "" && stop.region !== "canvas" && !(stop.isMarked && stop.isSeen))
        hidden.push(`${stop.region}: ${stop.name} ${stop.isMarked} ${stop.isSeen}`);
      if (stop.region === "status" || (stop.region === "" && regions.length > 4)) break;
      await page.keyboard.press("Tab");
    }
    expect(regions).toEqual(["header", "palette", "canvas", "transport", "inspector", "dock", "status"]);
    expect(hidden).toEqual([]);
  });

  await test.step("forced colours: what is chosen, on and reached is still told apart", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    /** What is drawn of the first such thing, in the colours of the system. */
    const drawn = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { outline, border, backgroundColor, stroke, strokeWidth } = getComputedStyle(element);
          return [outline, border, backgroundColor, stroke, strokeWidth].join(" ");
        });
    const differ = async (one: string, other: string) => expect(await drawn(one), one).not.toBe(await drawn(other));
    for (const part of ["dock", "inspector"])
      await differ(
        `[data-region=${part}] [role=tab][aria-selected=true]`,
        `[data-region=${part}] [aria-selected=false]`,
      );
    const outline = ".react-flow__node svg [class*=outline]";
    await differ(
      `[data-selected] ${outline.split(" svg ")[1]}`,
      `.react-flow__node:not(.selected) ${outline.split(" svg ")[1]}`,
    );
    await playground.canvas.focus();
    await page.keyboard.press("o");
    await differ("[role=treeitem] [aria-selected=true], [role=treeitem][aria-selected=true]", "[aria-selected=false]");
    await playground.canvas.focus();
    await playground.command("Preferences");
    await expect(playground.dialog).toBeVisible();
    await differ("[role=switch][aria-checked=true]", "[role=switch][aria-checked=false]");
    await page.keyboard.press("Escape");
    await expect(playground.dialog).toHaveCount(0);
    await playground.canvas.focus();
    await page.keyboard.press("o");
    await page.emulateMedia({ forcedColors: "none" });
  });

  await test.step("reduced motion: nothing moves by itself while the run goes on", async () => {
    await playground.play();
    await expect.poll(() => playground.total("published")).toBeGreaterThan(1);
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => one.playState === "running" && Number(one.effect?.getComputedTiming().duration) > 100)
        .map((one) => ((one.effect as KeyframeEffect).target as HTMLElement).className),
    );
    expect(moving).toEqual([]);
    await playground.pause();
  });

  await test.step("text spacing of WCAG 1.4.12: no word is cut off", async () => {
    const style = await page.addStyleTag({
      content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }",
    });
    const cut = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("button, label, h2, h3, p, dt, dd, th, td, [role=tab]")]
          .filter(
            (one) =>
              one.offsetParent !== null &&
              one.clientWidth > 2 &&
              one.closest(".react-flow, .recharts-wrapper") === null,
          )
          .filter((one) => {
            const { overflowX, overflowY } = getComputedStyle(one);
            const isCut = (axis: string, inner: number, outer: number) => axis !== "visible" && inner > outer + 2;
            return (
              isCut(overflowX, one.scrollWidth, one.clientWidth) || isCut(overflowY, one.scrollHeight, one.clientHeight)
            );
          })
          .map((one) => `${one.tagName} ${one.className} ${one.textContent}`.slice(0, 90)),
      );
    expect(await cut()).toEqual([]);
    await playground.canvas.focus();
    await playground.command("Preferences");
    await expect(playground.dialog).toBeVisible();
    expect(await cut()).toEqual([]);
    await page.keyboard.press("Escape");
    await style.evaluate((element) => (element as HTMLElement).remove());
  });

  await test.step("400 %: outline and inspector fit into 320 px", async () => {
    await page.setViewportSize({ width: 320, height: 256 });
    const wide = () =>
      page.evaluate(() => ({
        page: document.documentElement.scrollWidth,
        parts: [...document.querySelectorAll<HTMLElement>("[data-region=outline], [data-region=inspector]")].filter(
          (part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > 321,
        ).length,
      }));
    await page
      .getByRole("button", { name: /^(Menu|More)/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Outline" }).click();
    await expect(page.getByRole("treeitem").first()).toBeVisible();
    expect(await wide()).toEqual({ page: 320, parts: 0 });
    await page
      .getByRole("treeitem", { name: /^Queue/ })
      .first()
      .press("Enter");
    await expect(page.locator("[data-region=inspector]").getByRole("tab", { name: "Settings" })).toBeVisible();
    const last = page.locator("[data-region=inspector]").getByRole("button", { name: "Advanced" });
    await last.scrollIntoViewIfNeeded();
    await last.click();
    expect(await wide()).toEqual({ page: 320, parts: 0 });
  });
  expect(playground.complaints).toEqual([]);
  await context.close();
});
