import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/**
 * The main screens beside stored pictures (e2e/screens), at half size: every width, theme and language. After a change that is meant:
 * `npx playwright test e2e/screens.spec.ts --update-snapshots`, and look at the difference.
 */
test.describe.configure({ mode: "parallel" });

const WIDTHS = [
  [1440, 900],
  [1024, 768],
  [768, 900],
  [390, 844],
] as const;
const THEMES = ["light", "dark"] as const;

/** The browser that took the stored pictures; another one may smooth its letters differently. */
const TAKEN_WITH = 156;
/** What Debian's fonts-noto-cjk brings, which `npm test` installs: one font for both languages on every machine. */
const FONT = "Noto Sans CJK SC";
const FIGURES = "Noto Sans Mono CJK SC";

const WORDS = {
  en: {
    examples: "Examples",
    lessons: "Lessons",
    guide: /^Made your guess/,
    next: "Next",
    fold: "Hide charts and events",
  },
  zh: { examples: "示例", lessons: "课程", guide: /^猜好了吗/, next: "下一步", fold: "隐藏图表与事件" },
};

/** Whether the machine has a font: words are as wide whatever stands behind it. */
const hasFont = (page: Page, font: string) =>
  page.evaluate((name) => {
    const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
    const width = (fonts: string) => {
      pen.font = `40px ${fonts}`;
      return pen.measureText("Weir 消息 mmil").width;
    };
    return width(`"${name}", serif`) === width(`"${name}", monospace`);
  }, font);

for (const language of ["en", "zh"] as const) {
  test(`the screens look as they did, ${language}`, async ({ browser }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({
      locale: language === "en" ? "en-US" : "zh-CN",
      deviceScaleFactor: 0.5,
      reducedMotion: "reduce",
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    const playground = new PlaygroundPage(page);
    await playground.open();
    await page.addStyleTag({
      content: `:root { --font: "${FONT}"; --font-figures: "${FIGURES}" } * { caret-color: transparent !important } [data-storage-use] { visibility: hidden }`,
    });
    await expect(playground.playButton).toBeEnabled();
    const isSame = Number.parseInt(browser.version(), 10) === TAKEN_WITH;
    // Letters of another font lie elsewhere: then only what is large is compared.
    const tolerance = !(await hasFont(page, FONT))
      ? { maxDiffPixelRatio: 0.15 }
      : isSame
        ? { maxDiffPixels: 40 }
        : { maxDiffPixelRatio: 0.03 };

    /** What is on the screen now, in every width; the other language takes the other theme of each, unless all are asked for. */
    const compare = (screen: string, { all = false, before = async () => {} } = {}) =>
      test.step(screen, async () => {
        for (const [i, [width, height]] of WIDTHS.entries()) {
          await page.setViewportSize({ width, height });
          // What the last press left under the pointer is another thing in every width, and has a hint.
          await page.mouse.move(0, 0);
          for (const colorScheme of all ? THEMES : [THEMES[(i + (language === "en" ? 0 : 1)) % 2]]) {
            await page.emulateMedia({ colorScheme: colorScheme ?? null });
            // Until it stands: what is late is not what is different.
            await expect(async () => {
              // Again at each try: the first may come before the canvas has heard of its new size.
              await before();
              const picture = await page.screenshot({ animations: "disabled", scale: "device" });
              expect(picture).toMatchSnapshot(`${screen}-${language}-${colorScheme}-${width}.png`, {
                threshold: 0.2,
                ...tolerance,
              });
            }).toPass({ timeout: 20_000 });
          }
        }
        await page.setViewportSize({ width: 1440, height: 900 });
      });
    const words = WORDS[language];
    const open = (button: string) => page.getByRole("button", { name: button, exact: true }).first().click();

    // The last of what comes after the first picture: what there is to see in the example.
    await page.waitForLoadState("networkidle");
    await expect(page.getByRole("button", { name: words.guide })).toBeVisible();
    await compare("welcome");
    await playground.dismissWelcome();
    await playground.setMaxSpeed();
    await playground.runUntil(10);
    // The charts come up in stages, one after the other: two lines, three and three.
    await expect(page.locator(".recharts-line-curve")).toHaveCount(8);
    const fit = () => playground.canvas.press("1");
    await compare("hello-queue", { all: true, before: fit });
    // The charts are seen; without them the pictures are smaller.
    await page.locator("[data-region=dock]").getByRole("button", { name: words.fold }).click();
    await playground.node("hello").click();
    const toSettings = async () => {
      await playground.canvas.focus();
      await page.keyboard.press("Enter");
    };
    await compare("inspector", { before: toSettings });
    await playground.canvas.focus();
    await page.keyboard.press("o");
    await expect(page.locator("[role=treeitem]:focus")).toHaveCount(1);
    await compare("outline");
    await open(words.examples);
    await expect(playground.dialog.getByRole("listitem").nth(9)).toBeVisible();
    await compare("gallery");
    await page.keyboard.press("Escape");
    await playground.command("view.settings", "view.settings");
    await expect(playground.dialog.getByRole("combobox")).toHaveCount(5);
    await compare("settings");
    await page.keyboard.press("Escape");
    await open(words.lessons);
    await playground.dialog.getByRole("listitem").first().getByRole("button").click();
    await page.locator("[data-region=lesson]").getByRole("button", { name: words.next }).click();
    await expect(page.locator("[data-region=lesson] input").first()).toBeAttached();
    await compare("lesson", { before: fit });
    await context.close();
  });
}
