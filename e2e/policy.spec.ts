import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

/** Notes in the page whatever the policy kept from happening, and whatever happened that should not have. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen, alert: () => seen.push("a script of the document ran") });
    addEventListener("securitypolicyviolation", (event) => seen.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
}
const seen = (page: Page) => page.evaluate(() => (window as unknown as { seen: string[] }).seen);

/** A document whose every text would do harm if it were anything but text. */
const HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script><a href=javascript:alert(3)>x</a>";
const hostile = {
  v: 1,
  meta: { title: HOSTILE, about: HOSTILE },
  seed: 1,
  nodes: [
    { id: "p", kind: "producer", name: HOSTILE.slice(0, 28), x: 0, y: 0 },
    { id: "q", kind: "queue", name: "javascript:alert(1)", x: 25, y: 0 },
    { id: "n", kind: "note", name: "n", x: 0, y: 15, w: 20, h: 10, settings: { text: HOSTILE } },
  ],
  edges: [{ id: "e", kind: "publish", from: "p", to: "q" }],
  timeline: [],
  alerts: [],
};

test("nothing that is inline runs, and the page needs nothing that its policy forbids", async ({ page }) => {
  await watch(page);
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.dismissWelcome();
  await playground.play();
  for (const name of ["Share", "Examples"]) {
    await page.getByRole("button", { name, exact: true }).first().click();
    await expect(playground.dialog).toBeVisible();
    await page.keyboard.press("Escape");
  }
  for (const tab of await page.getByRole("region", { name: "Charts and events" }).getByRole("tab").all()) {
    await tab.click();
  }
  expect(await seen(page)).toEqual([]);
  expect(playground.complaints).toEqual([]);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "alert(1)";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="alert(1)">');
  });
  await expect.poll(() => seen(page)).toEqual(expect.arrayContaining([expect.stringMatching(/^script-src/)]));
  expect(await seen(page)).not.toContain("a script of the document ran");
});

test("a hostile file is shown as the text it is", async ({ page }) => {
  await watch(page);
  const playground = new PlaygroundPage(page);
  await playground.openWith(hostile);
  await expect(playground.node("javascript:alert(1)")).toBeVisible();
  await expect(page.getByText("onerror=alert(1)").first()).toBeVisible();
  const link = await playground.link();
  await page.goto("about:blank");
  await playground.open(link);
  await expect(playground.node("javascript:alert(1)")).toBeVisible();
  expect(await seen(page)).toEqual([]);
  expect(playground.complaints).toEqual([]);
});
