import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./pages/PlaygroundPage.ts";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing serious, ${colorScheme}, ${width} px`, async ({ browser }) => {
      test.setTimeout(120_000);
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: "reduce",
      });
      const playground = new PlaygroundPage(await context.newPage());
      await playground.open();
      await expect(playground.playButton).toBeEnabled();
      const serious = async () => {
        const { violations } = await new AxeBuilder({ page: playground.page }).analyze();
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
      };
      expect(await serious()).toEqual([]);
      await playground.dismissWelcome();
      await playground.nodes.nth(1).click();
      await expect.poll(serious, { timeout: 60_000 }).toEqual([]);
      await context.close();
    });
  }
}
