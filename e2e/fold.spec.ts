import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { line } from "./pages/documents.ts";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** The line with a second queue that nobody reads, and a worker that acknowledges too early. */
const base = line("Two queues", { shop: { rate: 20 }, worker: { ack: "auto", service: 200 } });
const TWO_QUEUES = {
  ...base,
  nodes: [...base.nodes, { id: "mails", kind: "queue", name: "mails", x: 25, y: 12, settings: {} }],
  edges: [...base.edges, { id: "copy", kind: "publish", from: "shop", to: "mails", settings: {} }],
};

test("a frame folds to one node with the sums of its inside, and unfolds for whoever goes to something in it", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.openWith(TWO_QUEUES);

  // A frame around two queues and their reader; F folds it.
  await page.getByTestId("rf__node-orders").click();
  for (const id of ["mails", "worker"]) await page.getByTestId(`rf__node-${id}`).click({ modifiers: ["Shift"] });
  await page.keyboard.press("ControlOrMeta+g");
  const frame = page.getByTestId("rf__node-f1");
  const button = frame.getByRole("button", { name: "Contents of frame-1" });
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await playground.setSpeed(2);
  await playground.play();
  const before = await playground.clock();
  await frame.click({ position: { x: 200, y: 14 } });
  await page.keyboard.press("f");
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await expect(playground.nodes).toHaveCount(2);
  await expect(frame).toBeFocused();

  // Both connections of the shop are one line; the run goes on, and the sums are those of the inside.
  await expect(playground.edges).toHaveCount(1);
  await expect(playground.edges).toHaveAttribute("aria-label", /^2 connections from shop to frame-1, /);
  await expect.poll(() => playground.clock()).toBeGreaterThan(before + 3);
  await expect(frame).toHaveAttribute("aria-label", /^Frame frame-1, folded, 3 nodes, processed [1-9].*waiting [1-9]/);
  await playground.pause();
  const found = await new AxeBuilder({ page }).include("[data-canvas]").analyze();
  expect(found.violations.map(({ id }) => id)).toEqual([]);

  // Nothing connects to it as it is; the sentence offers the remedy.
  await page.getByTestId("rf__node-shop").click();
  await page.locator("[data-connect-from=shop]").click();
  await frame.click();
  const refusal = page.getByRole("alertdialog");
  await expect(refusal).toContainText("Nothing connects to a folded frame: unfold frame-1");
  await page.keyboard.press("Escape");

  // It travels in the link, folded.
  const link = await playground.link();
  const other = new PlaygroundPage(await page.context().newPage());
  await other.open(link);
  await expect(other.page.getByTestId("rf__node-f1").getByRole("button")).toHaveAttribute("aria-expanded", "false");
  await expect(other.nodes).toHaveCount(2);
  expect(other.complaints).toEqual([]);
  await other.page.close();

  // Long after the run has stopped: figures on the canvas follow it a moment later.
  const sum = Number(await frame.locator("[data-sum=waiting] dd").textContent());
  expect(sum).toBeGreaterThan(10);

  // A problem inside is gone to: the frame opens, what was sought is chosen, and the parts are what the sum said.
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await page
    .getByRole("listitem")
    .filter({ hasText: "worker acknowledges before its work is done" })
    .getByRole("button", { name: /worker/ })
    .click();
  await expect(page.getByTestId("rf__node-worker")).toHaveClass(/selected/);
  await expect(playground.nodes).toHaveCount(5);
  const counted = async () => {
    let waiting = 0;
    for (const id of ["orders", "mails"]) {
      const text = (await page.getByTestId(`rf__node-${id}`).textContent()) ?? "";
      waiting += Number(/(\d+) · \d+/.exec(text)?.[1]);
    }
    return waiting;
  };
  await expect.poll(counted).toBe(sum);

  // Undo folds it again, and what was chosen inside is now the frame; the outline says the same and unfolds it.
  await playground.canvas.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.nodes).toHaveCount(2);
  await expect(frame).toHaveClass(/selected/);
  await page.keyboard.press("o");
  const row = page.getByRole("treeitem", { name: /^Frame frame-1, folded, 3 nodes/ });
  await expect(row).toHaveAttribute("aria-expanded", "false");
  await row.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("treeitem", { name: /^Frame frame-1/ })).toHaveAttribute("aria-expanded", "true");
  await expect(playground.nodes).toHaveCount(5);
  expect(playground.complaints).toEqual([]);
});
