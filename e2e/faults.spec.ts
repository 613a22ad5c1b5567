import { expect, type Page, test } from "@playwright/test";
import { withChange } from "../scenarios/entry.ts";
import { QUORUM_FAILOVER } from "../scenarios/quorum-failover.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** What a screen reader was told last. */
const spoken = (page: Page) => page.locator("#spoken");

async function opened(page: Page, fragment = ""): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open(fragment);
  await playground.dismissWelcome();
  return playground;
}

/** Chooses from the context menu of a node or connection. */
async function choose(page: Page, part: string, entry: string | RegExp): Promise<void> {
  await page.locator(part).click({ button: "right", force: true });
  await page.getByRole("menuitem", { name: entry }).click();
}
const node = (id: string) => `.react-flow__node[data-id="${id}"]`;
/** The label of a connection, where there is one, stands on it. */
const edge = (id: string) => `.react-flow__edge[data-id="${id}"] path >> nth=0`;

const totals = async (playground: PlaygroundPage) => {
  const names = ["published", "processed", "inSystem", "discarded", "lost"];
  return Promise.all(names.map((name) => playground.total(name)));
};

test("three operations are recorded into the timeline, and the link replays the same run", async ({ page }) => {
  const playground = await opened(page);
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("tab", { name: /Timeline.*Recording/ })).toBeVisible();
  await playground.setMaxSpeed();
  await playground.runUntil(5);
  await choose(page, node("p1"), "Publish 100 at once");
  await expect(spoken(page)).toHaveText("Publish a burst: producer-1");
  await playground.runUntil(10);
  await choose(page, node("c1"), "Kill (the connection drops)");
  await expect(page.locator(node("c1"))).toContainText("crashed");
  await playground.runUntil(15);
  await choose(page, node("c1"), "Restart the client");
  const rows = page.getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText("Publish a burst");
  await expect(rows.nth(2)).toContainText("Kill");
  await expect(rows.nth(3)).toContainText("Restart the client");
  await playground.runUntil(40);
  await playground.expectBalance();
  const before = await totals(playground);
  expect(before[0]).toBeGreaterThan(130);

  const link = await playground.link();
  await page.goto("about:blank");
  const again = await opened(page, link);
  await again.setMaxSpeed();
  await again.runUntil(40);
  expect(await totals(again)).toEqual(before);
  await page.getByRole("tab", { name: "Timeline" }).click();
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(2)).toContainText("over");
  expect(again.complaints).toEqual([]);
});

test("the timeline is edited in its table and on its tracks, by keyboard, and undone", async ({ page }) => {
  const playground = await opened(page);
  await page.locator(node("c1")).click();
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.getByRole("button", { name: "Add an entry" }).click();
  const form = page.getByRole("form", { name: "Entry" });
  await form.getByLabel("What happens").selectOption({ label: "Hang (holds on, does nothing)" });
  await form.getByLabel("At", { exact: true }).fill("soon");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toHaveText("Write a time as 20 or 1:05.5.");
  await form.getByLabel("At", { exact: true }).fill("0:10");
  await form.getByLabel("Ends at").fill("20");
  await form.getByRole("button", { name: "Save" }).click();
  const begins = page.getByRole("textbox", { name: /^Begins at: Hang/ });
  const ends = page.getByRole("textbox", { name: /^Ends at: Hang/ });
  await expect(begins).toHaveValue("00:10");
  // The whole entry moves with its beginning.
  await begins.fill("12");
  await begins.press("Enter");
  await expect(ends).toHaveValue("00:22");
  await page.getByRole("button", { name: "Tracks" }).click();
  const block = page.getByRole("button", { name: /^Hang .*, consumer-1, 00:12 to 00:22$/ });
  await block.focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(spoken(page)).toHaveText("00:10 to 00:19.9");
  await page.getByRole("button", { name: "Table" }).click();
  await expect(begins).toHaveValue("00:10");
  await playground.setMaxSpeed();
  await playground.runUntil(15);
  await expect(page.locator(node("c1"))).toContainText("hanging");
  await expect(page.getByRole("row").nth(1)).toContainText("going on");
  await page.getByRole("button", { name: /^Duplicate: Hang/ }).click();
  await expect(page.getByRole("row")).toHaveCount(3);
  await page
    .getByRole("button", { name: /^Remove: Hang/ })
    .first()
    .click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("checkbox", { name: /^On: Hang/ }).uncheck();
  await expect(page.getByRole("row").nth(1)).toContainText("off");
  await page.getByRole("button", { name: "Random faults…" }).click();
  await page.getByRole("button", { name: "Write them" }).click();
  await expect.poll(() => page.getByRole("row").count()).toBeGreaterThan(4);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a leader is crashed by the menu: a pause, a new leader, and no confirmed message is lost", async ({ page }) => {
  const playground = await opened(page);
  const scenario = withChange(QUORUM_FAILOVER.scenario, { "alone.queueType": "quorum" });
  await playground.openDocument({ ...scenario, timeline: [] });
  await playground.setMaxSpeed();
  await playground.runUntil(10);
  await choose(page, node("replicated"), "Crash the node that leads it");
  await expect(page.locator(node("replicated"))).toContainText("no leader");
  await expect(page.locator(node("rabbit"))).toContainText("node 1 down");
  await expect(spoken(page)).toHaveText("Crash the node that leads it: replicated");
  await playground.runUntil(12);
  await expect(page.locator(node("replicated"))).not.toContainText("no leader");
  await expect(page.locator(node("rabbit"))).toContainText("node 1 down");
  await playground.runUntil(18);
  expect(await playground.total("lost")).toBe(0);
  await playground.expectBalance();
});

test("a wiretap reads what passes, and hears noise once the link is encrypted; a queue is looked into", async ({
  page,
}) => {
  const playground = await opened(page);
  await playground.setMaxSpeed();
  await playground.runUntil(5);
  await choose(page, edge("e1"), "Listen on the link (wiretap)");
  await expect(spoken(page)).toContainText("Listen on the link (wiretap)");
  // A word and a sign, not colour alone.
  await expect(page.locator('[data-edge-label="e1"]')).toContainText("wiretap");
  await expect(page.locator('[data-edge-label="e1"] svg')).toBeVisible();
  await playground.runUntil(10);
  await page.getByRole("tab", { name: "Live", exact: true }).click();
  const heard = page.getByRole("list", { name: "What passed last, the newest on top" }).getByRole("listitem");
  await expect(heard.first()).toContainText('{"id":');
  await page.getByRole("tab", { name: "Settings", exact: true }).click();
  await page.getByRole("button", { name: /^Advanced/ }).click();
  await page.getByRole("switch", { name: "Encrypted" }).check();
  await playground.runUntil(15);
  await page.getByRole("tab", { name: "Live", exact: true }).click();
  await expect(heard.first()).toContainText("encrypted: noise");
  await expect(heard.first()).not.toContainText("id");
  await choose(page, node("c1"), "Hang (holds on, does nothing)");
  await playground.runUntil(30);
  await choose(page, node("q1"), "Look at the first 50 messages");
  const first = page.getByRole("list", { name: "The first 50, the next one on top" }).getByRole("listitem");
  await expect(first.first()).toContainText('{"id":');
  expect(playground.complaints).toEqual([]);
});

test("nodes set apart by a lasso are cut off from the rest, and healed; links alone too", async ({ page }) => {
  const playground = await opened(page);
  await playground.setMaxSpeed();
  await playground.runUntil(5);
  const box = await page.locator(node("p1")).boundingBox();
  if (box === null) throw new Error("The producer is not there.");
  await page.mouse.move(box.x - 20, box.y - 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.move(box.x + box.width + 15, box.y + box.height + 20, { steps: 4 });
  await page.mouse.up();
  await choose(page, node("p1"), "Cut off from the rest");
  await expect(spoken(page)).toHaveText("Partition the network: the network");
  // A word and a sign on the connection, not its colour alone.
  await expect(page.locator('[data-edge-label="e1"]')).toContainText("cut");
  await expect(page.locator('[data-edge-label="e1"] svg')).toBeVisible();
  await playground.runUntil(15);
  expect(await playground.total("lost")).toBe(10);
  await choose(page, node("p1"), "Heal the network");
  await expect(page.locator('[data-edge-label="e1"]')).not.toContainText("cut");
  await choose(page, edge("e2"), "Add half a second to the link");
  await expect(page.locator('[data-edge-label="e2"]')).toContainText("delayed");
  await choose(page, edge("e2"), "Heal the link");
  await playground.runUntil(25);
  expect(await playground.total("lost")).toBe(10);
  await playground.expectBalance();
  expect(playground.complaints).toEqual([]);
});
