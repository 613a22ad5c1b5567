import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

test.describe("Redis on the canvas", () => {
  test("a stream with a group is drawn by keyboard, and its entries are shared", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await page.getByRole("button", { name: /Build your own/ }).click();
    await expect(playground.nodes).toHaveCount(0);
    await playground.canvas.focus();
    for (const kind of ["Producer", "Stream"]) {
      await page.keyboard.press("n");
      await page.keyboard.type(kind);
      await page.keyboard.press("Enter");
      await playground.canvas.focus();
    }
    await playground.node("producer-1").focus();
    await page.keyboard.press("c");
    await page.keyboard.type("stream");
    await page.keyboard.press("Enter");
    await expect(playground.edges).toHaveCount(1);
    await playground.node("stream-1").focus();
    await page.keyboard.press("Control+ArrowRight");
    await expect(page.getByRole("dialog", { name: "Who reads stream-1?" })).toBeVisible();
    await page.keyboard.type("workers");
    await page.keyboard.press("Enter");
    await expect(page.locator("[data-edge-label]", { hasText: "workers" })).toBeVisible();
    await playground.play();
    await expect.poll(() => playground.total("processed"), { timeout: 20_000 }).toBeGreaterThan(3);
    await playground.pause();
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });

  test("two systems are refused in a sentence, and a bridge carries messages from one to the other", async ({
    page,
  }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openDocument({
      v: 1,
      meta: { title: "Bridge" },
      seed: 1,
      timeline: [],
      alerts: [],
      nodes: [
        { id: "p1", kind: "producer", name: "shop", x: 0, y: 0, settings: { rate: 10, limit: 20 } },
        { id: "t1", kind: "stream", name: "orders", x: 20, y: 0 },
        { id: "x1", kind: "exchange", name: "router", x: 56, y: 0, settings: { type: "fanout" } },
        { id: "q1", kind: "queue", name: "mail", x: 72, y: 0 },
        { id: "c1", kind: "consumer", name: "mailer", x: 90, y: 0, settings: { service: 10 } },
      ],
      edges: [
        { id: "e1", kind: "publish", from: "p1", to: "t1", settings: { latency: 5 } },
        { id: "e2", kind: "binding", from: "x1", to: "q1", settings: { latency: 5 } },
        { id: "e3", kind: "consume", from: "q1", to: "c1", settings: { latency: 5 } },
      ],
    } as { nodes: readonly unknown[] });
    await playground.canvas.focus();
    await page.keyboard.press("1");
    await playground.node("orders").click();
    await page.keyboard.press("c");
    await expect(page.getByRole("dialog", { name: "Connect orders to" })).toBeVisible();
    await page.keyboard.type("router");
    await expect(page.getByRole("option", { name: /nothing carries messages between them/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await page.keyboard.press("Escape");
    const [from, to] = await Promise.all(["orders", "router"].map((name) => playground.node(name).boundingBox()));
    if (!from || !to) throw new Error("not drawn");
    await page.mouse.move(from.x + from.width, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
    await page.mouse.up();
    await page.getByRole("alertdialog").getByRole("button", { name: "Insert a bridge service" }).click();
    await expect(playground.edges).toHaveCount(5);
    await playground.setMaxSpeed();
    await playground.runUntil(30);
    expect(await playground.total("published")).toBe(40);
    expect(await playground.total("processed")).toBe(40);
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });

  test("a popped job dies with its worker; moved to a processing list it is done after all", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openExample("redis-list");
    await playground.setMaxSpeed();
    await playground.runUntil(60);
    expect(await playground.total("lost")).toBe(4);
    await playground.expectBalance();
    await page.getByRole("group", { name: /^List jobs/ }).click();
    await page.locator("[data-field=take] select").selectOption("move");
    await page.getByRole("button", { name: /^Restart/ }).click();
    await playground.runUntil(60);
    expect(await playground.total("lost")).toBe(0);
    expect(await playground.total("processed")).toBe(60);
    await playground.expectBalance();
  });

  test("a stream's pending entries move from the dead member of a group to the survivor", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.openExample("redis-stream");
    await playground.setMaxSpeed();
    await playground.runUntil(40);
    expect(await playground.total("processed")).toBe(40);
    expect(await playground.total("lost")).toBe(0);
    await playground.expectBalance();
    expect(playground.complaints).toEqual([]);
  });
});
