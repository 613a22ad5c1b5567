import "../../styles/tokens.css";
import "../../styles/base.css";

import { beforeEach, describe, expect, it } from "vitest";
import { type Locator, locators, page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { type Scenario, settingsOf } from "../../../engine/scenario/index.ts";
import { undo, useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { restOfTexts } from "../../text/index.ts";
import Inspector from "./Inspector.tsx";

const document0 = (): Scenario => ({
  v: 1,
  meta: { title: "Shop" },
  seed: 1,
  nodes: [
    { id: "p1", kind: "producer", name: "shop", x: 0, y: 0 },
    { id: "x1", kind: "exchange", name: "orders", x: 20, y: 0 },
    { id: "q1", kind: "queue", name: "mail", x: 40, y: 0 },
    { id: "q2", kind: "queue", name: "bills", x: 40, y: 10, settings: { maxLength: 10 } },
    { id: "c1", kind: "consumer", name: "mailer", x: 60, y: 0 },
  ],
  edges: [{ id: "e1", kind: "binding", from: "x1", to: "q1", settings: { key: "a" } }],
  timeline: [],
  alerts: [],
});
const scenario = () => useDocument.getState().scenario;
const setting = (id: string, name: string) => {
  const item = [...scenario().nodes, ...scenario().edges].find((one) => one.id === id);
  return item && settingsOf(item)[name];
};
declare module "vitest/browser" {
  interface LocatorSelectors {
    getByField(name: string): Locator;
  }
}
locators.extend({ getByField: (name: string) => `[data-field="${name}"]` });
const field = (name: string) => page.getByField(name);
const show = async (selection: { nodes?: string[]; edges?: string[] }, tab = "settings") => {
  useView.getState().panel("inspector", { open: true, tab });
  useView.getState().select(selection);
  await expect.poll(() => document.querySelector("[data-field], [role=tabpanel]")).not.toBeNull();
};

beforeEach(async () => {
  await restOfTexts();
  useDocument.getState().open(document0(), { origin: "own" });
  useView.getState().select({});
  await render(
    <div style={{ display: "flex", width: 320, height: 760 }}>
      <Inspector />
    </div>,
  );
});

describe("a number", () => {
  it("is taken with the unit that was typed behind it, and one undo takes it back", async () => {
    await show({ nodes: ["q1"] });
    await userEvent.fill(field("messageTtl").getByRole("textbox"), "1.5 min");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => setting("q1", "messageTtl")).toBe(90_000);
    await expect.element(field("messageTtl").getByRole("textbox")).toHaveValue("1.5");
    await expect.element(field("messageTtl").getByRole("combobox")).toHaveValue("min");
    undo();
    expect(setting("q1", "messageTtl")).toBeNull();
  });

  it("out of range is refused in words beside it, and the old value stays", async () => {
    await show({ nodes: ["c1"] });
    const input = field("prefetch").getByRole("textbox");
    await userEvent.fill(input, "99999");
    await userEvent.keyboard("{Enter}");
    await expect.element(field("prefetch").getByRole("alert")).toHaveTextContent("0 messages to 65,535 messages");
    await expect.element(input).toHaveAttribute("aria-invalid", "true");
    await expect.poll(() => setting("c1", "prefetch")).toBe(10);
    await userEvent.keyboard("{Tab}");
    await expect.element(input).toHaveValue("10");
    await userEvent.fill(input, "20");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => setting("c1", "prefetch")).toBe(20);
    await expect.poll(() => field("prefetch").getByRole("alert").query()).toBeNull();
  });

  it("steps with the arrow keys, as one undo step", async () => {
    await show({ nodes: ["c1"] });
    await userEvent.click(field("prefetch").getByRole("textbox"));
    await userEvent.keyboard("{ArrowUp}{ArrowUp}{ArrowUp}");
    await expect.poll(() => setting("c1", "prefetch")).toBe(13);
    undo();
    await expect.poll(() => setting("c1", "prefetch")).toBe(10);
  });

  it("that may be none is emptied by hand, and a changed one goes back to its default with one button", async () => {
    await show({ nodes: ["q2"] });
    await userEvent.clear(field("maxLength").getByRole("textbox"));
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => setting("q2", "maxLength")).toBeNull();
    await userEvent.fill(field("maxLength").getByRole("textbox"), "7");
    await userEvent.keyboard("{Enter}");
    await userEvent.click(field("maxLength").getByRole("button", { name: "Reset to the default: Maximum length" }));
    await expect.poll(() => scenario().nodes.find(({ id }) => id === "q2")?.settings).toBeUndefined();
  });
});

describe("other fields", () => {
  it("say range, default and the product's name when asked", async () => {
    await show({ nodes: ["q1"] });
    await userEvent.click(field("maxLength").getByRole("button", { name: "About Maximum length" }));
    await expect
      .element(field("maxLength"))
      .toHaveTextContent(/From 0 messages to 1,000,000,000 messages\. Default: Unlimited/);
    await expect.element(field("maxLength")).toHaveTextContent("x-max-length");
  });

  it("change a distribution's form with the same mean, and draw it", async () => {
    await show({ nodes: ["c1"] });
    await userEvent.selectOptions(field("service").getByRole("combobox").first(), "exponential");
    await expect.poll(() => setting("c1", "service")).toEqual({ d: "exponential", mean: 200 });
    await expect.element(field("service").getByRole("img")).toBeInTheDocument();
    await userEvent.fill(field("service").getByLabelText("Mean", { exact: true }), "0.3 s");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => setting("c1", "service")).toEqual({ d: "exponential", mean: 300 });
  });

  it("edit headers as a table with types, and refuse a name that is there already", async () => {
    await show({ nodes: ["p1"] });
    await userEvent.click(page.getByRole("button", { name: "Advanced" }));
    await userEvent.click(field("headers").getByRole("button", { name: "Add a row" }));
    await userEvent.fill(field("headers").getByLabelText("Value: header-1"), "5");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => setting("p1", "headers")).toEqual({ "header-1": "5" });
    await userEvent.selectOptions(field("headers").getByLabelText("Type: header-1"), "number");
    await expect.poll(() => setting("p1", "headers")).toEqual({ "header-1": 5 });
    await userEvent.click(field("headers").getByRole("button", { name: "Add a row" }));
    await userEvent.fill(field("headers").getByLabelText("Name", { exact: true }).last(), "header-1");
    await userEvent.keyboard("{Enter}");
    await expect.element(field("headers").getByRole("alert")).toBeVisible();
    await expect.poll(() => Object.keys(setting("p1", "headers") as object)).toEqual(["header-1", "header-2"]);
  });

  it("tell an empty text from none", async () => {
    await show({ nodes: ["q1"] });
    await userEvent.click(field("deadLetterExchange").getByRole("checkbox"));
    await expect.poll(() => setting("q1", "deadLetterExchange")).toBe("");
    await userEvent.click(field("deadLetterExchange").getByRole("checkbox"));
    await expect.poll(() => setting("q1", "deadLetterExchange")).toBeNull();
  });

  it("draw the link when a dead-letter exchange of the document is named", async () => {
    await show({ nodes: ["q1"] });
    await userEvent.click(field("deadLetterExchange").getByRole("checkbox"));
    await userEvent.fill(field("deadLetterExchange").getByRole("combobox"), "orders");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => scenario().edges.at(-1)).toMatchObject({ kind: "deadLetter", from: "q1", to: "x1" });
    await expect.element(field("deadLetterExchange")).toHaveTextContent("The drawn link to “orders” decides.");
  });

  it("cannot be changed while the node is locked", async () => {
    await show({ nodes: ["q1"] });
    await userEvent.click(page.getByRole("button", { name: "Lock" }));
    await expect.element(field("maxLength").getByRole("textbox")).toBeDisabled();
    await expect.element(page.getByText("Locked. Unlock it to change or connect it.")).toBeVisible();
  });
});

describe("the selection", () => {
  it("of several shows shared fields, and one entry changes all", async () => {
    await show({ nodes: ["q1", "q2"] });
    await expect.element(field("maxLength").getByRole("textbox")).toHaveAttribute("placeholder", "Different values");
    await userEvent.fill(field("maxLength").getByRole("textbox"), "99");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => [setting("q1", "maxLength"), setting("q2", "maxLength")]).toEqual([99, 99]);
  });

  it("of an edge shows its key and its link", async () => {
    await show({ edges: ["e1"] });
    await userEvent.fill(field("key").getByRole("textbox"), "order.#");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => setting("e1", "key")).toBe("order.#");
    await expect.element(field("latency")).toHaveTextContent("scaled");
    await expect.element(field("latency")).toHaveTextContent("Real default: 1 ms");
  });

  it("of nothing shows the document: title, seed, and what is in it", async () => {
    await userEvent.fill(page.getByLabelText("Seed", { exact: true }), "42");
    await userEvent.keyboard("{Enter}");
    await expect.poll(() => scenario().seed).toBe(42);
    await userEvent.fill(page.getByLabelText("Seed", { exact: true }), "-1");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("alert")).toHaveTextContent("4294967295");
    await expect.poll(() => scenario().seed).toBe(42);
    await expect.element(page.getByText("5 nodes, 1 connection")).toBeVisible();
  });

  it("has a name that must differ from the others", async () => {
    await show({ nodes: ["q1"] });
    await userEvent.fill(page.getByLabelText("Name", { exact: true }), "bills");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("alert")).toHaveTextContent("names must differ");
    await expect.poll(() => scenario().nodes.find(({ id }) => id === "q1")?.name).toBe("mail");
  });
});

it("connects without dragging: a list with reasons, and the key of a binding", async () => {
  await show({ nodes: ["x1"] }, "connections");
  await userEvent.click(page.getByRole("button", { name: "Add connection…" }));
  await expect
    .element(page.getByRole("option", { name: /mailer.*only routes/ }))
    .toHaveAttribute("aria-disabled", "true");
  await userEvent.keyboard("bills{Enter}");
  await userEvent.fill(page.getByLabelText("Binding key"), "paid.*");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => scenario().edges.at(-1)).toMatchObject({ from: "x1", to: "q2", settings: { key: "paid.*" } });
  await expect.element(page.getByText("key “paid.*”")).toBeVisible();
});

it("hides from clients of Redis what only RabbitMQ knows, and asks a stream's reader for its group", async () => {
  const redis = document0();
  redis.nodes = [
    { id: "t1", kind: "stream", name: "orders", x: 20, y: 0 },
    { id: "c1", kind: "consumer", name: "mailer", x: 60, y: 0 },
  ];
  redis.edges = [];
  useDocument.getState().open(redis, { origin: "own" });
  await show({ nodes: ["c1"] });
  await expect.element(field("prefetch")).toBeVisible();
  await show({ nodes: ["c1"] }, "connections");
  await userEvent.click(page.getByRole("button", { name: "Add connection…" }));
  await userEvent.keyboard("orders{Enter}");
  await userEvent.fill(page.getByLabelText("Consumer group"), "billing");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => scenario().edges.at(-1)).toMatchObject({ from: "t1", settings: { group: "billing" } });
  await expect.element(page.getByText("group “billing”")).toBeVisible();
  await show({ nodes: ["c1"] });
  await expect.element(field("service")).toBeVisible();
  expect(document.querySelector("[data-field=prefetch]")).toBeNull();
});
