import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const panel = (page: Page) => page.locator("[data-region=lesson]");
const press = (page: Page, name: RegExp | string) => panel(page).getByRole("button", { name }).click();

test("a student guesses, runs, sees guess and outcome together, pulls the slider, and the task turns green", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /Start a lesson/ }).click();
  await expect(panel(page)).toContainText("Step 1 of 6");
  await test.step("a word explains itself", async () => {
    await panel(page)
      .getByRole("button", { name: /^queue \(/ })
      .click();
    await expect(page.getByRole("dialog", { name: "message queue" })).toContainText(
      "Writer and reader need not be there",
    );
    await page.keyboard.press("Escape");
  });

  await test.step("a guess comes before the figure", async () => {
    await press(page, "Next");
    await expect(panel(page).getByRole("button", { name: "Next" })).toBeDisabled();
    await panel(page).getByText("Ten, one for each second").click();
    await press(page, "This is my guess");
    await press(page, "Next");
    await press(page, /Run to 10 s/);
    await expect(panel(page)).toContainText("Done: it has run to 10 s", { timeout: 20_000 });
    expect(await playground.clock()).toBe(10);
    await expect(panel(page)).toContainText("Your guess");
    await expect(panel(page)).toContainText("0 · None: each is taken at once");
    await press(page, "Next");
    await expect(panel(page)).toContainText("took 405 ms: 5 ms on the way and 400 ms of work");
  });

  await test.step("in the other language, in the middle", async () => {
    await page.getByRole("button", { name: "Language" }).click();
    await page.getByText("简体中文").click();
    await expect(panel(page)).toContainText("路上 5 毫秒，处理 400 毫秒");
    await page.getByRole("button", { name: "语言" }).click();
    await page.getByText("English").click();
    await press(page, "Next");
  });

  await test.step("a check that fails says which, and what was measured; the hints open one by one", async () => {
    await press(page, "Run and check");
    await expect(panel(page)).toContainText(/Not yet: consumer-1: Utilisation ≥ 75 %.*Measured: 40 %/, {
      timeout: 20_000,
    });
    await expect(panel(page).getByRole("button", { name: /solution/ })).toHaveCount(0);
    await press(page, /hint \(1 of 3\)/);
    await expect(panel(page).getByRole("list", { name: "Hints" }).getByRole("listitem")).toHaveCount(1);
  });

  await test.step("the slider under the canvas does it", async () => {
    const slider = page.getByRole("slider", { name: /producer-1 · Rate/ });
    await slider.fill("2");
    await expect(slider).toHaveAttribute("aria-valuetext", /^2 /);
    await press(page, "Run and check");
    await expect(panel(page)).toContainText("Done!", { timeout: 20_000 });
  });

  await test.step("what was reached outlives the page", async () => {
    await press(page, "Next");
    await expect(page.locator("header")).toContainText("Saved on this device");
    await playground.reload();
    await expect(panel(page)).toContainText("Step 6 of 6");
    await panel(page).getByText("The default exchange, which delivers").click();
    await press(page, "Answer");
    await expect(panel(page)).toContainText("Right.");
    await press(page, "Finish");
    await expect(panel(page)).toContainText("Next lesson: Decoupling");
    await press(page, "All lessons");
    const first = playground.dialog.getByRole("button", { name: /Hello, queue/ }).first();
    await expect(first).toContainText("finished");
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
  });
  expect(playground.complaints).toEqual([]);
});

const both = { en: "Look.", zh: "看。" };
/** The run before the task meets its check; the drawing that the task gives does not. */
const CHANGED = {
  ...(CATALOGUE.find((entry) => idOf(entry) === "hello-queue") as (typeof CATALOGUE)[number]).scenario,
  lesson: {
    v: 1,
    id: "changed",
    title: { en: "Changed", zh: "改了" },
    level: "intro",
    minutes: 1,
    steps: [
      { type: "run", until: { t: 2_000 }, speed: 10 },
      {
        type: "do",
        goal: both,
        set: { "p1.rate": 0 },
        check: [{ metric: "c1.processed", op: ">=", value: 1, at: 2_000 }],
        until: { t: 2_000 },
        speed: 10,
        hints: [both],
        solution: { set: { "p1.rate": 1 } },
      },
    ],
  },
};
const LOCKED = {
  ...(CATALOGUE.find((entry) => idOf(entry) === "hello-queue") as (typeof CATALOGUE)[number]).scenario,
  lesson: {
    v: 1,
    id: "locked",
    title: { en: "Locked", zh: "锁定" },
    level: "intro",
    minutes: 1,
    lock: { default: "locked", allow: ["c1.prefetch"] },
    hide: ["values:c1.service", "values:q1.ready"],
    expose: ["p1.rate"],
    steps: [{ type: "text", body: both }],
  },
};

test("what a lesson locks holds on the canvas, in outline and inspector, for the clipboard and for import", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.openWith(LOCKED);
  await expect(panel(page)).toContainText("Step 1 of 1");
  const refused = page.getByText(/Locked by this lesson|does not offer this kind/).last();
  const stays = async () => {
    await expect(refused).toBeVisible();
    await expect(playground.nodes).toHaveCount(3);
    await expect(playground.edges).toHaveCount(2);
    await page.getByRole("button", { name: "Dismiss" }).first().click();
  };

  await test.step("canvas", async () => {
    await playground.node("hello").click();
    await page.keyboard.press("Delete");
    await stays();
    await playground.canvas.focus();
    await page.keyboard.press("n");
    await page.getByRole("option", { name: /^Queue/ }).click();
    await stays();
  });

  await test.step("clipboard", async () => {
    await playground.node("hello").click();
    await page.keyboard.press("ControlOrMeta+c");
    await page.keyboard.press("ControlOrMeta+v");
    await stays();
    await playground.node("hello").click();
    await page.keyboard.press("ControlOrMeta+d");
    await stays();
  });

  await test.step("outline", async () => {
    await playground.canvas.focus();
    await page.keyboard.press("o");
    await page.getByRole("treeitem", { name: /^Queue hello/ }).focus();
    await page.keyboard.press("Delete");
    await stays();
    await playground.canvas.focus();
    await page.keyboard.press("o");
  });

  await test.step("inspector", async () => {
    await playground.node("consumer-1").click();
    const inspector = page.getByRole("complementary");
    await expect(inspector.locator("[data-field=service]")).toContainText("Hidden by this lesson");
    await expect(inspector.locator("[data-field=concurrency] input")).toBeDisabled();
    await expect(inspector.locator("[data-field=prefetch] input")).toBeEnabled();
    await inspector.locator("[data-field=prefetch] input").fill("7");
    await inspector.locator("[data-field=prefetch] input").press("Enter");
    await expect(inspector.locator("[data-field=prefetch] input")).toHaveValue("7");
    await page.getByRole("slider", { name: /producer-1 · Rate/ }).fill("3");
  });

  await test.step("import", async () => {
    await playground.chooseFile(
      "other.weir.json",
      JSON.stringify({ v: 1, meta: { title: "Other" }, nodes: [], edges: [] }),
    );
    await playground.dialog.getByRole("button", { name: /^Open/ }).click();
    await page.keyboard.press("Escape");
    await stays();
  });

  await test.step("hidden figures stay hidden while it runs", async () => {
    await playground.play();
    await expect.poll(() => playground.total("processed"), { timeout: 15_000 }).toBeGreaterThan(1);
    await expect(playground.node("hello")).toContainText(/– · \d/);
  });

  await test.step("the end of the lesson sets free", async () => {
    await panel(page).getByRole("button", { name: "End the lesson" }).click();
    await playground.node("hello").click();
    await page.keyboard.press("Delete");
    await expect(playground.nodes).toHaveCount(2);
  });

  await test.step("a task is not met by the run of another drawing", async () => {
    await playground.openDocument(CHANGED);
    await press(page, /Run to 2 s/);
    await expect(panel(page)).toContainText("Done: it has run to 2 s", { timeout: 20_000 });
    await press(page, "Next");
    await expect.poll(() => playground.clock()).toBe(0);
    await press(page, "Run and check");
    await expect(panel(page)).toContainText(/Not yet: consumer-1/, { timeout: 20_000 });
  });
  expect(playground.complaints).toEqual([]);
});

test("a teacher changes a question in both languages, locks the rest, tries it, and shares it as a link", async ({
  page,
  browser,
}) => {
  test.slow();
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await page.getByRole("tab", { name: "Lesson" }).click();
  const author = page.getByRole("tabpanel", { name: "Lesson" });
  await test.step("an example has a lesson to be taken; with one's own it becomes one's own", async () => {
    const saved = page.locator("[data-saved]");
    await expect(author).toContainText("There is a lesson about this example");
    await expect(saved).toHaveAttribute("data-saved", "example");
    await author.getByRole("button", { name: "Write a lesson" }).click();
    await expect(author.getByRole("button", { name: "Remove the lesson" })).toBeVisible();
    await expect(saved).not.toHaveAttribute("data-saved", "example");
    await author.getByRole("button", { name: "Remove the lesson" }).click();
    await expect(author).toContainText("This document has no lesson yet");
    await playground.openExample("hello-queue");
    await author.getByRole("button", { name: "Take this lesson" }).click();
    await expect(panel(page)).toContainText("Step 1 of");
  });
  await press(page, "End the lesson");
  await expect(author).toContainText("Nothing is wrong");
  await author.locator("[data-step='2'] > summary").click();
  await author.getByRole("textbox", { name: "Question, English" }).fill("");
  await expect(author).toContainText("lesson.steps.2.ask.en");
  await author.getByRole("textbox", { name: "Question, English" }).fill("What do you think?");
  await author.getByRole("textbox", { name: "Question, Chinese" }).fill("你怎么看？");
  await author.getByRole("combobox", { name: "Lock" }).selectOption("locked");
  await expect(author).toContainText("Nothing is wrong");
  const fragment = await playground.link();

  await test.step("the tasks are tried: none is done as it begins, each by its own solution", async () => {
    await author.getByRole("button", { name: "Try the tasks" }).click();
    await expect(author).toContainText("each is done by its own solution", { timeout: 20_000 });
    const data = author.locator("[data-step='5']");
    await data.locator("> summary").click();
    await data.getByRole("combobox", { name: "Figure" }).selectOption({ index: 1 });
    await data.getByRole("button", { name: "Add this check" }).click();
    await expect(data.getByRole("listitem")).toHaveCount(4);
    await data.getByRole("button", { name: "Remove condition 4" }).click();
    await expect(data.getByRole("listitem")).toHaveCount(3);
    const field = data.getByRole("textbox", { name: /as data/ });
    const text = await field.inputValue();
    await field.fill(text.replace('"p1.rate": 2', '"p1.rate": 1.5'));
    await author.getByRole("button", { name: "Try the tasks" }).click();
    await expect(author).toContainText(
      /Step 5: its own solution does not do it\. Not met: consumer-1.*Measured: 5\d %/,
      {
        timeout: 20_000,
      },
    );
    await field.fill(text);
    await data.locator("> summary").click();
  });

  await test.step("hints, a quiz and the figure that answers are written in forms; steps move with theirs", async () => {
    const step = (n: number) => author.locator(`[data-step='${n}']`);
    await step(2).getByRole("combobox", { name: "Of", exact: true }).selectOption({ label: "hello" });
    await step(2).getByRole("textbox", { name: "to (s)" }).fill("20");
    await expect(step(2).getByRole("textbox", { name: /as data/ })).toHaveValue(/"q1\.ready"[^}]*"at": 20000/);
    const from = step(2).getByRole("textbox", { name: "Option 2, from" });
    await from.fill("soon");
    await expect(step(2).getByRole("alert")).toHaveText("Enter a number.");
    await from.fill("1,5");
    await expect(step(2).getByRole("alert")).toHaveCount(0);
    await expect(step(2).getByRole("textbox", { name: /as data/ })).toHaveValue(/"min": 1\.5/);
    await step(5).locator("> summary").click();
    await step(5).getByRole("button", { name: "Add a hint" }).click();
    await expect(step(5).getByRole("group", { name: /^Hint/ })).toHaveCount(4);
    await step(5).getByRole("button", { name: "Remove hint 4" }).click();
    await expect(step(5).getByRole("group", { name: /^Hint/ })).toHaveCount(3);
    await step(6).locator("> summary").click();
    await step(6).getByRole("button", { name: "Add an option" }).click();
    const count = await step(6).locator("[data-option]").count();
    await step(6).getByRole("radio").last().check();
    await step(6)
      .getByRole("button", { name: `Remove option ${count}` })
      .click();
    await expect(step(6).getByRole("radio").first()).toBeChecked();
    await step(6).getByRole("button", { name: "Option 1 down" }).click();
    await expect(step(6).getByRole("button", { name: "Option 2 down" })).toBeFocused();
    await expect(step(6).getByRole("radio").nth(1)).toBeChecked();
    await step(6).getByRole("button", { name: "Move up", exact: true }).click();
    await expect(step(5).getByRole("button", { name: "Move up", exact: true })).toBeFocused();
    await step(5).getByRole("button", { name: "Remove step 5" }).click();
    await expect(author.locator("[data-step]")).toHaveCount(5);
    for (let i = 0; i < 6; i++) await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(author.locator("[data-step]")).toHaveCount(6);
  });

  await test.step("what is shown becomes steps, and a chart's point a check", async () => {
    await author.getByRole("button", { name: "Record a run" }).click();
    await playground.setMaxSpeed();
    await playground.runUntil(5);
    await author.getByRole("button", { name: "End the recording (1)" }).click();
    await expect(author.locator("[data-step]")).toHaveCount(8);
    await page.getByRole("tab", { name: "Charts" }).click();
    const chart = page.getByRole("figure", { name: "Throughput" });
    await chart.getByRole("slider").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await chart.getByRole("button", { name: /^Check of Published/ }).click();
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(author).not.toContainText("lesson.steps.5");
    await author.locator("[data-step='5'] > summary").click();
    await expect(author.getByRole("textbox", { name: /as data/ }).last()).toHaveValue(/system\.published/);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag22aa"]).analyze();
    expect(violations.map(({ nodes }) => nodes.map(({ target }) => target.join(" ")))).toEqual([]);
  });

  const student = new PlaygroundPage(await (await browser.newContext({ locale: "zh-CN" })).newPage());
  await student.open(fragment);
  await expect(panel(student.page)).toContainText("第 1 步，共 6 步");
  await press(student.page, "下一步");
  await expect(panel(student.page)).toContainText("你怎么看？");
  await student.node("hello").click();
  await student.page.keyboard.press("Delete");
  await expect(student.page.getByText(/本课程已锁定/).first()).toBeVisible();
  await expect(student.nodes).toHaveCount(3);
  expect([...playground.complaints, ...student.complaints]).toEqual([]);
});
