import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

// Without a network the page is served by its service worker, which other tests do without.
test.use({ serviceWorkers: "allow" });

test("everything works without a network after the first visit, and nothing is ever asked of another host", async ({
  page,
  context,
  baseURL,
}) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(baseURL ?? "").origin) foreign.push(request.url());
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  await context.setOffline(true);
  await playground.reload();
  await playground.dismissWelcome();
  await playground.play();
  await expect.poll(() => playground.total("processed"), { timeout: 15_000 }).toBeGreaterThan(0);
  expect(foreign).toEqual([]);
});
