import "@xyflow/react/dist/base.css";
import "../../styles/tokens.css";
import "../../styles/base.css";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { emptyScenario, helloQueue } from "../../../engine/scenario/index.ts";
import { App } from "../../App.tsx";
import { bindKeys } from "../../commands/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { restOfTexts, setLanguage } from "../../text/index.ts";

const doc = () => useDocument.getState().scenario;
const button = (name: string) => document.querySelector<HTMLElement>(`button[aria-label="${name}"]`) as HTMLElement;
const region = () => document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset.region;

let letGo: () => void;
beforeEach(async () => {
  await page.viewport(1440, 900);
  localStorage.clear();
  await restOfTexts();
  await setLanguage("en");
  useDocument.getState().open(helloQueue(), { origin: "own" });
  useView.setState(useView.getInitialState());
  useView.getState().set({ welcomed: true });
  useRun.setState(useRun.getInitialState());
  letGo = bindKeys();
  await render(<App />);
  await expect.poll(() => document.querySelectorAll(".react-flow__node").length).toBe(3);
});
afterEach(() => letGo());

describe("the transport", () => {
  it("says why Play refuses, and keeps it reachable", async () => {
    const play = button("Play");
    expect(play.getAttribute("aria-disabled")).toBe("true");
    expect(play.getAttribute("aria-description")).toBe("The engine is loading");
    useRun.setState({ status: "refused", issues: [{ path: "", code: "x", facts: {}, severity: "error" }] });
    await expect.poll(() => button("Play").getAttribute("aria-description")).toContain("1 problem");
    useRun.setState({ status: "ready", issues: [] });
    await expect.poll(() => button("Play").getAttribute("aria-disabled")).toBeNull();
    useRun.setState({ status: "running" });
    await expect.poll(() => button("Pause")).not.toBeNull();
  });

  it("says when the engine cannot keep up, and only then", async () => {
    useRun.setState({ status: "running", speed: 50, speedNow: 49 });
    await expect.poll(() => document.body.textContent).not.toContain("target");
    useRun.setState({ speedNow: 31 });
    await expect.poll(() => document.body.textContent).toContain("target 50×, running 31×");
  });

  it("takes a seed, and only a seed", async () => {
    // The inspector shows the seed too once it has loaded: only the transport's is meant.
    const seed = page.getByRole("group", { name: "Run controls" }).getByRole("textbox", { name: "Seed" });
    await userEvent.fill(seed, "12x3");
    await expect.poll(() => doc().seed).toBe(123);
    await userEvent.fill(seed, "99999999999");
    await expect.poll(() => doc().seed).toBe(123);
  });
});

describe("the palette", () => {
  it("places a node by click, beside the chosen one and connected", async () => {
    useView.getState().select({ nodes: ["p1"] });
    await userEvent.click(document.querySelector("[data-palette-item=exchange]") as HTMLElement);
    await expect.poll(() => doc().nodes.map((node) => node.kind)).toContain("exchange");
    await expect.poll(() => doc().edges.some((edge) => edge.from === "p1" && edge.to === "x1")).toBe(true);
  });

  it("places a node where it is dropped, and none where it is dropped outside", async () => {
    useDocument.getState().open(emptyScenario(), { origin: "own" });
    const item = document.querySelector<HTMLElement>("[data-palette-item=queue]") as HTMLElement;
    const from = item.getBoundingClientRect();
    const at = (x: number, y: number, type: string) =>
      item.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, button: 0, bubbles: true }));
    const drag = (x: number, y: number) => {
      at(from.x + 5, from.y + 5, "pointerdown");
      at(from.x + 40, from.y + 5, "pointermove");
      at(x, y, "pointermove");
      at(x, y, "pointerup");
    };
    const canvas = (document.querySelector("[data-canvas]") as HTMLElement).getBoundingClientRect();
    drag(from.x + 5, 5);
    expect(doc().nodes).toHaveLength(0);
    drag(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    expect(doc().nodes).toHaveLength(1);
  });
});

describe("the page as a whole", () => {
  it("goes from region to region with F6 and back with Shift", async () => {
    (document.querySelector("[data-region=canvas]") as HTMLElement).focus();
    await userEvent.keyboard("{F6}");
    await expect.poll(region).toBe("transport");
    await userEvent.keyboard("{Shift>}{F6}{F6}{/Shift}");
    await expect.poll(region).toBe("palette");
  });

  it("finds a command by its words in the language of the page and in English", async () => {
    await setLanguage("zh");
    await userEvent.keyboard("{Control>}k{/Control}");
    await expect.poll(() => document.querySelector("[cmdk-input]")).not.toBeNull();
    const found = () =>
      [...document.querySelectorAll("[cmdk-item]")].map((item) => item.textContent?.replace(/[A-Z]$/, ""));
    await userEvent.keyboard("缩略图");
    await expect.poll(() => found()[0]).toContain("缩略图");
    await userEvent.keyboard("{Control>}a{/Control}minimap");
    await expect.poll(() => found()[0]).toContain("缩略图");
    await userEvent.keyboard("{Escape}");
  });

  it("shows a hint on keyboard focus and takes it away with Escape", async () => {
    button("New seed").focus();
    await userEvent.keyboard("{Shift>}{Tab}{/Shift}{Tab}");
    await expect.poll(() => document.querySelector("[role=tooltip]")?.textContent).toBe("New seed");
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => document.querySelector("[role=tooltip]")).toBeNull();
  });

  it("changes language and theme without touching the document", async () => {
    const before = doc();
    await setLanguage("zh");
    await expect.poll(() => document.body.textContent).toContain("生产者");
    expect(document.documentElement.lang).toBe("zh-CN");
    expect(doc()).toBe(before);
  });
});
