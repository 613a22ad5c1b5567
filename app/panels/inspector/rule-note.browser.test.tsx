import { beforeEach, expect, it } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { restOfTexts } from "../../text/index.ts";
import { RuleNote } from "./RuleNote.tsx";

beforeEach(restOfTexts);

it("folds the rule away, and leads to its source in a tab of its own that learns nothing about this page", async () => {
  await render(<RuleNote rule="expired" />);
  const sentence = page.getByText("A message whose time to live is over", { exact: false });
  await expect.element(sentence).not.toBeVisible();
  await page.getByText("Rule", { exact: true }).click();
  await expect.element(sentence).toBeVisible();
  const link = page.getByRole("link");
  await expect.element(link).toHaveAttribute("href", "https://www.rabbitmq.com/docs/ttl");
  await expect.element(link).toHaveAttribute("target", "_blank");
  await expect.element(link).toHaveAttribute("rel", "noreferrer");
  await expect.element(link).toHaveTextContent("RabbitMQ documentation");
});

it("is nothing where no rule of a product is at work", async () => {
  const { container } = await render(<RuleNote rule={undefined} />);
  expect(container.innerHTML).toBe("");
});
