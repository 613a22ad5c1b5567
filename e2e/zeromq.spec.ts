import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** An empty canvas. */
async function empty(page: Page): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /Build your own/ }).click();
  await expect(playground.nodes).toHaveCount(0);
  return playground;
}

/** A socket by keyboard. */
async function addSocket(playground: PlaygroundPage): Promise<void> {
  await playground.canvas.focus();
  await playground.page.keyboard.press("n");
  await playground.page.keyboard.type("Socket");
  await playground.page.keyboard.press("Enter");
  await playground.canvas.focus();
}

/** The type of the socket that is selected, in the inspector. */
async function setType(page: Page, type: string): Promise<void> {
  await page.getByRole("combobox", { name: "Type" }).first().selectOption(type);
}

test.describe("ZeroMQ on the canvas", () => {
  test("PUSH and PULL: the peer of a socket is proposed, joined, and works", async ({ page }) => {
    const playground = await empty(page);
    await addSocket(playground);
    await playground.node("socket-1").focus();
    await page.keyboard.press("Control+ArrowRight");
    await expect(playground.edges).toHaveCount(1);
    await expect(playground.node("socket-1")).toContainText("PUSH");
    await expect(playground.node("socket-2")).toContainText("PULL");
    await playground.play();
    await expect.poll(() => playground.total("processed"), { timeout: 20_000 }).toBeGreaterThan(3);
    await playground.pause();
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });

  test("PUB and SUB: every subscriber gets each message", async ({ page }) => {
    const playground = await empty(page);
    await addSocket(playground);
    await playground.node("socket-1").click();
    await setType(page, "PUB");
    for (let subscribers = 1; subscribers <= 2; subscribers++) {
      await playground.node("socket-1").click();
      await page.keyboard.press("Control+ArrowRight");
      await expect(playground.edges).toHaveCount(subscribers);
    }
    await expect(playground.node("socket-3")).toContainText("SUB");
    await playground.setMaxSpeed();
    await playground.runUntil(10);
    await playground.expectBalance();
    expect(await playground.total("processed")).toBeGreaterThan(15);
    for (const name of ["socket-2", "socket-3"]) {
      await playground.node(name).click();
      await page.getByRole("tab", { name: "Live" }).click();
      await expect(page.getByRole("row", { name: /^Processed .*\b(19|20)$/ })).toBeVisible();
    }
    expect(playground.complaints).toEqual([]);
  });

  test("a proxy stands between: beside a socket it is of the kind that fits, and hands on what comes", async ({
    page,
  }) => {
    const playground = await empty(page);
    await addSocket(playground);
    await playground.node("socket-1").click();
    await page
      .getByRole("button", { name: /^Proxy/ })
      .first()
      .click();
    await expect(playground.edges).toHaveCount(1);
    await expect(playground.node("proxy-1")).toContainText("PULL");
    await playground.node("proxy-1").click();
    for (let workers = 1; workers <= 2; workers++) {
      await playground.node("proxy-1").click();
      await page.keyboard.press("Control+ArrowRight");
      await expect(playground.edges).toHaveCount(1 + workers);
    }
    await expect(playground.node("socket-3")).toContainText("PULL");
    await playground.setMaxSpeed();
    await playground.runUntil(10);
    await playground.expectBalance();
    expect(await playground.total("processed")).toBeGreaterThan(15);
    await playground.node("proxy-1").click();
    await page.getByRole("tab", { name: "Live" }).click();
    await expect(page.getByRole("row", { name: /^Forwarded .*\b(19|20)$/ })).toBeVisible();
    expect(playground.complaints).toEqual([]);
  });

  test("two that cannot talk are refused with the peers named, and one is changed to fit", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openDocument({
      v: 1,
      meta: { title: "Two that push" },
      seed: 1,
      timeline: [],
      alerts: [],
      nodes: [
        { id: "k1", kind: "socket", name: "socket-1", x: 0, y: 0 },
        { id: "k2", kind: "socket", name: "socket-2", x: 20, y: 0 },
      ],
      edges: [],
    } as { nodes: readonly unknown[] });
    const refusal = page.getByRole("alertdialog");
    // The picture may still be moving into its place.
    await expect(async () => {
      await page.locator('[data-connect-from="k1"]').dragTo(playground.node("socket-2"));
      await expect(refusal).toBeVisible({ timeout: 2000 });
    }).toPass();
    await expect(refusal).toContainText("socket-1 is a PUSH socket, which talks to PULL only; socket-2 is a PUSH.");
    await refusal.getByRole("button", { name: "Change the other one to a type that fits" }).click();
    await expect(playground.edges).toHaveCount(1);
    await expect(playground.node("socket-2")).toContainText("PULL");

    // By keyboard the reason stands beside the name.
    await addSocket(playground);
    await playground.node("socket-3").focus();
    await page.keyboard.press("c");
    await expect(page.getByText(/which talks to PULL only/)).toBeVisible();
    await page.keyboard.press("Escape");
    expect(playground.complaints).toEqual([]);
  });

  test("a request that lost its server waits for ever, and the page says so", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.dismissWelcome();
    await playground.openExample("zmq-req-rep");
    await playground.setMaxSpeed();
    await playground.runUntil(30);
    const before = await playground.total("published");
    await playground.runUntil(60);
    expect(await playground.total("published")).toBe(before);
    await playground.expectBalance();
    // What was dropped for one subscriber only is no discarded message, but not silent either.
    await playground.openExample("zmq-pub-sub");
    await playground.runUntil(40);
    expect(await playground.total("dropped")).toBeGreaterThan(50);
    await playground.expectBalance();
  });
});
