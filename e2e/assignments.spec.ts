import { expect, type Page, test } from "@playwright/test";
import { CATALOGUE, idOf } from "../scenarios/index.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

const panel = (page: Page) => page.locator("[data-region=lesson]");
const both = (en: string) => ({ en, zh: `${en}。` });
const { scenario } = CATALOGUE.find((entry) => idOf(entry) === "hello-queue") as (typeof CATALOGUE)[number];
const WORK = {
  ...scenario,
  lesson: {
    v: 1,
    id: "work",
    title: both("Keep up"),
    level: "intro",
    minutes: 5,
    hide: ["values:c1.service"],
    steps: [
      {
        type: "predict",
        ask: both("How does the line grow?"),
        kind: "graph",
        answerFrom: { metric: "p1.publish", within: 6000 },
        top: 20,
      },
      { type: "run", until: { t: 6000 }, speed: 50 },
      {
        type: "do",
        goal: both("Let it take five at once"),
        check: [
          { config: "c1.prefetch", op: "=", value: 5 },
          { metric: "system.lost", op: "=", value: 0, at: 2000 },
        ],
        until: { t: 2000 },
        speed: 50,
        hints: [both("Look at the consumer")],
        solution: { set: { "c1.prefetch": 5 } },
      },
      { type: "quiz", kind: "number", ask: both("2 + 2?"), answer: 4, why: both("Four") },
    ],
  },
};

test("an assignment holds on every way into the drawing, and what is handed in is read by the teacher", async ({
  page,
  browser,
}) => {
  test.slow();
  const teacher = new PlaygroundPage(page);
  await teacher.openWith(WORK);
  await panel(page).getByRole("button", { name: "End the lesson" }).click();

  // What the student will not find.
  await teacher.node("consumer-1").click();
  await page.keyboard.press("ControlOrMeta+k");
  await teacher.dialog.getByRole("combobox").fill("kill");
  await expect(page.getByRole("option", { name: /kill/i }).first()).toBeVisible();
  await page.keyboard.press("Escape");

  const fragment = await test.step("the teacher chooses what is allowed, and copies the link", async () => {
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const share = teacher.dialog;
    await share.getByText("QR code", { exact: true }).first().click();
    await expect(share.getByRole("img", { name: "QR code of the link" })).toBeVisible();
    await share.getByText("Assignment", { exact: true }).click();
    await expect(share).toContainText("not proof against tampering");
    await share.getByRole("combobox", { name: "May be changed" }).selectOption("list");
    await share.locator("summary", { hasText: "consumer-1" }).click();
    await share.getByRole("checkbox", { name: "Prefetch", exact: true }).check();
    await share.getByRole("combobox", { name: "Kinds that may be added" }).selectOption("list");
    await share.getByRole("checkbox", { name: "Queue", exact: true }).check();
    await share.getByRole("spinbutton", { name: "Nodes at the most" }).fill("4");
    await share.getByRole("switch", { name: "No operations by hand" }).click();
    await share.getByRole("combobox", { name: "Random numbers" }).selectOption("name");
    const link = await share.getByRole("textbox", { name: "Assignment link" }).inputValue();
    await page.keyboard.press("Escape");
    return link.slice(link.indexOf("#"));
  });

  const context = await browser.newContext({ acceptDownloads: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const student = new PlaygroundPage(await context.newPage());
  const work = student.page;
  await student.open(fragment);
  const refused = work
    .getByText(/Locked by this lesson|does not offer this kind|nodes at the most|allows no pasting/)
    .last();
  let nodes = 3;
  const stays = async () => {
    await expect(refused).toBeVisible();
    await expect(student.nodes).toHaveCount(nodes);
    await expect(student.edges).toHaveCount(2);
    await work.getByRole("button", { name: "Dismiss" }).first().click();
  };
  const press = (name: RegExp | string) => panel(work).getByRole("button", { name }).click();

  await test.step("a name comes first, and gives the runs a seed of their own", async () => {
    await expect(panel(work)).toContainText("stay on this device");
    await panel(work).getByRole("textbox", { name: "Your name" }).fill("Ada");
    await press("Begin");
    await expect(panel(work)).toContainText("Step 1 of 4");
  });

  await test.step("canvas", async () => {
    await student.node("hello").click();
    await work.keyboard.press("Delete");
    await stays();
    const add = async (name: RegExp) => {
      await student.canvas.focus();
      await work.keyboard.press("n");
      await work.getByRole("option", { name }).first().click();
    };
    await add(/^Producer/);
    await stays();
    await add(/^Queue/);
    nodes = 4;
    await expect(student.nodes).toHaveCount(4);
    await add(/^Queue/);
    await stays();
  });

  await test.step("clipboard", async () => {
    await work.evaluate(() =>
      navigator.clipboard.writeText(
        '{"weir":"clip","v":1,"nodes":[{"id":"a","kind":"queue","name":"a","x":0,"y":0}],"edges":[]}',
      ),
    );
    await student.canvas.focus();
    await work.keyboard.press("ControlOrMeta+v");
    await stays();
  });

  await test.step("outline", async () => {
    await student.canvas.focus();
    await work.keyboard.press("o");
    await work.getByRole("treeitem", { name: /^Queue hello/ }).focus();
    await work.keyboard.press("Delete");
    await stays();
    await student.canvas.focus();
    await work.keyboard.press("o");
  });

  await test.step("command palette: nothing is done to running parts by hand", async () => {
    await student.node("consumer-1").click();
    await student.command("delete");
    await stays();
    await student.node("consumer-1").click();
    await work.keyboard.press("ControlOrMeta+k");
    await student.dialog.getByRole("combobox").fill("kill");
    await expect(work.getByRole("option", { name: /kill|crash/i })).toHaveCount(0);
    await work.keyboard.press("Escape");
  });

  await test.step("import, and a dropped file", async () => {
    const other = JSON.stringify({ v: 1, meta: { title: "Other" }, nodes: [], edges: [] });
    await student.chooseFile("other.weir.json", other);
    await student.dialog.getByRole("button", { name: /^Open/ }).click();
    await work.keyboard.press("Escape");
    await stays();
    await work.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "other.weir.json", { type: "application/json" }));
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    }, other);
    await student.dialog.getByRole("button", { name: /^Open/ }).click();
    await work.keyboard.press("Escape");
    await stays();
  });

  await test.step("timeline", async () => {
    await work.getByRole("tab", { name: "Timeline" }).click();
    await work.getByRole("button", { name: "Add an entry" }).click();
    const form = work.getByRole("tabpanel");
    await expect(form.getByRole("button", { name: /^Do it now/ })).toHaveCount(0);
    await form
      .getByRole("button", { name: /^(Save|Add)/ })
      .last()
      .click();
    await stays();
  });

  await test.step("inspector: what was ticked is free, the rest is not, and a reload changes nothing", async () => {
    await student.node("consumer-1").click();
    const inspector = work.getByRole("complementary");
    await expect(inspector.locator("[data-field=concurrency] input")).toBeDisabled();
    await inspector.locator("[data-field=prefetch] input").fill("5");
    await inspector.locator("[data-field=prefetch] input").press("Enter");
    await expect(inspector.locator("[data-field=service]")).toContainText("Hidden by this lesson");
  });

  await test.step("the curve is drawn with the arrow keys, and shown with the measured one", async () => {
    const graph = panel(work).getByRole("slider");
    await expect(panel(work).getByRole("button", { name: "This is my guess" })).toBeDisabled();
    const box = await graph.boundingBox();
    if (box === null) throw new Error("no graph");
    await work.mouse.move(box.x + 10, box.y + box.height - 10);
    await work.mouse.down();
    await work.mouse.move(box.x + box.width - 10, box.y + box.height / 2, { steps: 6 });
    await work.mouse.up();
    await graph.press("ArrowUp");
    await expect(graph).toHaveAttribute("aria-valuetext", /^at 6 s: 1\d/);
    await press("This is my guess");
    await press("Next");
    await press(/Run to 6 s/);
    await expect(panel(work).getByRole("img", { name: /Your curve and the measured one/ })).toBeVisible({
      timeout: 20_000,
    });
  });

  const { file, code } = await test.step("it is done, and handed in", async () => {
    await press("Next");
    await press("Run and check");
    await expect(panel(work)).toContainText("Done!", { timeout: 20_000 });
    await press(/hint \(1 of 1\)/);
    await expect(panel(work).getByRole("button", { name: /solution/ })).toHaveCount(0);
    await press("Next");
    await panel(work).getByRole("textbox").fill("5");
    await press("Answer");
    await press("Finish");
    const coming = work.waitForEvent("download");
    await press("Save my result");
    const download = await coming;
    expect(download.suggestedFilename()).toBe("Ada-weir.weir-result.json");
    return {
      file: await (await download.createReadStream()).toArray().then((parts) => Buffer.concat(parts)),
      code: (await panel(work).locator("[data-code]").textContent()) ?? "",
    };
  });

  await test.step("the teacher's page has an address of its own, and reads files and codes", async () => {
    await page.goto("./?results=1");
    const results = page.locator("[data-results]");
    const edited = Buffer.from(file.toString().replace('"name": "Ada"', '"name": "Eve"'));
    await results.locator("input[type=file]").setInputFiles([
      { name: "ada.json", mimeType: "application/json", buffer: file },
      { name: "eve.json", mimeType: "application/json", buffer: edited },
      { name: "cat.json", mimeType: "application/json", buffer: Buffer.from("{}") },
    ]);
    const row = (name: string) => results.getByRole("row", { name: new RegExp(`^${name}`) });
    await expect(row("Ada")).toContainText(/1\/1.*0\/1.*1\/1.*unchanged/);
    await expect(row("Eve")).toContainText("changed by hand");
    await expect(results).toContainText("1 file or code could not be read: cat.json");
    await results.getByRole("button", { name: "Name" }).click();
    await expect(results.getByRole("row").nth(1)).toContainText("Eve");
    await results.getByText("Ada, step by step").click();
    await expect(results).toContainText("Changed: c1.prefetch 1 → 5");
    await results.getByRole("textbox").fill(code);
    await results.getByRole("textbox").blur();
    await expect(results.getByRole("row")).toHaveCount(3);
    const coming = page.waitForEvent("download");
    await teacher.dialog.getByRole("button", { name: /CSV/ }).click();
    expect((await coming).suggestedFilename()).toBe("weir-results.csv");
  });
  expect([...teacher.complaints, ...student.complaints]).toEqual([]);
});

/** 4,321 messages lie where nobody fetches them; each of the others takes 73.5 ms. */
const SECRET = {
  v: 1,
  meta: { title: "Secret" },
  seed: 1,
  nodes: [
    { id: "p1", kind: "producer", name: "flood", x: 0, y: 0, settings: { rate: 2000, limit: 4321 } },
    { id: "q1", kind: "queue", name: "store", x: 25, y: 0 },
    { id: "p2", kind: "producer", name: "drip", x: 0, y: 15, settings: { rate: 3 } },
    { id: "q2", kind: "queue", name: "way", x: 25, y: 15 },
    { id: "c2", kind: "consumer", name: "hand", x: 50, y: 15, settings: { service: 73.5, instances: 37 } },
  ],
  edges: [
    { id: "e1", kind: "publish", from: "p1", to: "q1" },
    { id: "e2", kind: "publish", from: "p2", to: "q2" },
    { id: "e3", kind: "consume", from: "q2", to: "c2" },
  ],
  timeline: [],
  alerts: [],
  lesson: {
    v: 1,
    id: "secret",
    title: both("Secret"),
    level: "intro",
    minutes: 1,
    hide: [
      "values:q1.ready",
      "values:q1.publish",
      "values:p1.publish",
      "values:p1.limit",
      "values:e1.messages",
      "values:c2.service",
      "values:c2.instances",
    ],
    steps: [{ type: "text", body: both("What is hidden?") }],
  },
};

test("what a lesson hides is shown nowhere: faces, cards, inspector, outline, dock, tables, exports, clipboard, speech", async ({
  page,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const playground = new PlaygroundPage(page);
  await playground.openWith(SECRET);
  await expect(panel(page)).toContainText("Step 1 of 1");
  await playground.setMaxSpeed();
  await playground.play();
  await expect.poll(() => playground.clock(), { timeout: 30_000 }).toBeGreaterThan(60);
  await playground.pause();
  /** Words, names for screen readers, hints, values of fields: all that a person can come by. */
  const isSilent = (where: string) =>
    expect
      .poll(
        () =>
          page.evaluate(
            () => document.body.innerHTML.match(/.{60}(\b(4[,. ]?321|4\.3k|73\.5)\b|×\s?37).{20}/)?.[0] ?? "",
          ),
        {
          message: where,
        },
      )
      .toBe("");
  await expect(playground.node("way")).toContainText(/\d · \d/);
  await isSilent("faces");
  await page.keyboard.press("Alt+Shift+S");
  await isSilent("spoken summary");
  const inspector = page.getByRole("complementary");
  for (const name of ["flood", "store", "hand"]) {
    await playground.node(name).click();
    await isSilent(`${name}, its settings`);
    for (const tab of ["Live", "Why?"]) {
      await inspector.getByRole("tab", { name: tab }).click();
      await isSilent(`${name}, ${tab}`);
    }
    await inspector.getByRole("tab", { name: "Settings" }).click();
  }
  await playground.node("store").click();
  const dock = page.getByRole("region", { name: "Charts and events" });
  for (const tab of await dock.getByRole("tab").all()) {
    await tab.click();
    await isSilent(`dock: ${await tab.textContent()}`);
  }
  await dock.getByRole("tab", { name: "Charts" }).click();
  const asTable = dock.getByRole("button", { name: /as a table/i });
  for (let left = await asTable.count(); left > 0; left--) await asTable.first().click();
  await expect(dock.getByRole("table").first()).toBeVisible();
  await isSilent("tables of charts");
  await playground.node("way").hover();
  await playground.node("store").hover();
  await expect(playground.canvas.locator("dl")).toContainText("–");
  await isSilent("card");
  await page.mouse.move(0, 0);
  await playground.canvas.focus();
  await page.keyboard.press("o");
  await expect(page.getByRole("treeitem").first()).toBeVisible();
  await isSilent("outline");
  await playground.canvas.focus();
  await page.keyboard.press("o");

  await test.step("what leaves the page", async () => {
    await playground.node("hand").click();
    await page.keyboard.press("ControlOrMeta+c");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('"hand"');
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toMatch(/service|73\.5|37/);
    const saved = async (press: () => Promise<void>) => {
      const coming = page.waitForEvent("download");
      await press();
      const parts = await (await (await coming).createReadStream()).toArray();
      return Buffer.concat(parts).toString();
    };
    await playground.node("store").click();
    const csv = await saved(() => page.getByRole("button", { name: /CSV/ }).first().click());
    expect(csv).toContain("store");
    // The first column is the time, which may be anything at full speed.
    expect(csv.replace(/^[^,\n]*,/gm, "")).not.toMatch(/\b43\d\d\b/);
    await page.keyboard.press("ControlOrMeta+e");
    await expect(playground.dialog).toContainText("hides settings that a file would show");
    await expect(playground.dialog.getByRole("button", { name: "Download" }).first()).toBeDisabled();
    await playground.dialog.getByRole("combobox").selectOption("svg");
    const picture = await saved(() => playground.dialog.getByRole("button", { name: "Download" }).last().click());
    expect(picture).toContain("store");
    expect(picture.replace(/data-weir="[^"]*"/, "")).not.toMatch(/>\s*(4[,. ]?321|4\.3k|73\.5)/);
    await page.keyboard.press("Escape");
  });

  await test.step("and all of it is there once the lesson has ended", async () => {
    await panel(page).getByRole("button", { name: "End the lesson" }).click();
    await expect(playground.node("store")).toContainText(/4[,.]?3/);
  });
  expect(playground.complaints).toEqual([]);
});
