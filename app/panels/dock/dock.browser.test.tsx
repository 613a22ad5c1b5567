import "../../styles/tokens.css";
import "../../styles/base.css";

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { helloQueue, type Scenario } from "../../../engine/scenario/index.ts";
import { engine } from "../../bridge/index.ts";
import { perform } from "../../commands/registry.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { restOfTexts } from "../../text/index.ts";
import StatusLine from "../status/StatusLine.tsx";
import Dock from "./Dock.tsx";

/** Poisson arrivals, so that something is always waiting; a small limit, so that something is always discarded. */
const busy = (): Scenario => {
  const { nodes, ...rest } = helloQueue();
  return {
    ...rest,
    nodes: nodes.map((node) =>
      node.id === "p1"
        ? { ...node, settings: { rate: 40, arrival: "exponential" } }
        : node.id === "q1"
          ? { ...node, settings: { maxLength: 5 } }
          : node,
    ),
  };
};

let stop: () => void;
/** The worker and the lazy parts are built on first use; on a busy machine that takes a while. */
const PATIENT = { timeout: 15_000 };
const soon = <T,>(read: () => T) => expect.poll(read, PATIENT);
const open = async (scenario: Scenario, tab: string) => {
  useView.getState().panel("dock", { open: true, tab });
  useView.getState().select({});
  useDocument.getState().open(scenario, { origin: "own" });
  stop = engine.start();
  await soon(() => useRun.getState().status).toBe("ready");
  await render(
    <>
      <div style={{ display: "flex", flexDirection: "column", width: 1000, height: 300 }}>
        <Dock />
      </div>
      <div style={{ height: 30 }}>
        <StatusLine />
      </div>
      <div id="spoken" aria-live="polite" />
    </>,
  );
};
const playTo = async (seconds: number) => {
  engine.setSpeed(50);
  engine.play();
  await expect.poll(() => useRun.getState().time, PATIENT).toBeGreaterThan(seconds * 1e6);
  engine.pause();
  await soon(() => useRun.getState().status).toBe("paused");
};

beforeEach(restOfTexts);
afterEach(() => stop());

describe("charts", () => {
  it("say that nothing is measured yet, then draw, and can be read as a table and by arrow keys", async () => {
    await open(busy(), "charts");
    await expect.element(page.getByText("Nothing measured yet.").first()).toBeVisible();
    await playTo(20);
    const throughput = page.getByRole("figure", { name: "Throughput" });
    await soon(() => throughput.element().querySelectorAll(".line path").length).toBeGreaterThan(0);
    const slider = throughput.getByRole("slider");
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard("{ArrowLeft}");
    await expect
      .element(slider)
      .toHaveAttribute("aria-valuetext", expect.stringMatching(/At 00:\d\d\.\d+: Published .+\/s · Processed .+\/s/));
    await userEvent.click(throughput.getByRole("button", { name: "Show as a table" }));
    await expect.element(throughput.getByRole("columnheader", { name: "Published" })).toBeVisible();
    await expect.poll(() => throughput.getByRole("row").all().length).toBeGreaterThan(5);
  });

  it("follow the selection, and a line can be switched off", async () => {
    await open(busy(), "charts");
    await playTo(10);
    useView.getState().select({ nodes: ["q1"] });
    const queued = page.getByRole("figure", { name: "Queued messages" });
    await expect.element(queued).toBeVisible();
    await soon(() => queued.element().querySelectorAll(".line path").length).toBe(3);
    await userEvent.click(queued.getByRole("button", { name: /^Unacked/ }));
    await soon(() => queued.element().querySelectorAll(".line path").length).toBe(2);
    useView.getState().select({ nodes: ["p1", "c1"] });
    await expect.element(page.getByRole("figure", { name: "Publish rate" })).toBeVisible();
  });
});

describe("events", () => {
  it("are sentences that can be filtered, walked through and followed to their node", async () => {
    await open(busy(), "events");
    await expect.element(page.getByText("Nothing has happened yet.")).toBeVisible();
    engine.setSpeed(5);
    engine.play();
    await expect.poll(() => useRun.getState().lastEvent, PATIENT).toBeGreaterThan(200);
    engine.pause();
    const list = page.getByRole("listbox");
    await soon(() => document.querySelectorAll("[role=option]").length).toBeGreaterThan(3);
    expect(list.getByRole("option").all().length).toBeLessThan(60);
    await userEvent.selectOptions(page.getByLabelText("Kind"), "discard");
    await expect.element(list.getByRole("option").first()).toHaveTextContent("hello was at its limit");
    await userEvent.fill(page.getByLabelText("Find in events"), "nothing says this");
    await expect.element(page.getByText("No event matches the filter.")).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Clear the filter" }));
    await expect.element(list).toBeVisible();
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard("{Home}{ArrowDown}{Enter}");
    await expect.poll(() => useView.getState().selection.nodes).toHaveLength(1);
  });

  it("begin anew with a new run", async () => {
    await open(busy(), "events");
    engine.step();
    engine.step();
    await soon(() => document.querySelector("[role=option]")?.textContent).toContain("published #1");
    engine.restart();
    await expect.element(page.getByText("Nothing has happened yet.")).toBeVisible();
  });
});

describe("problems", () => {
  it("are counted on the tab, lead to their place, and one button puts one right", async () => {
    const { nodes, edges, ...rest } = busy();
    const alone = {
      ...rest,
      nodes: nodes.filter(({ id }) => id !== "c1"),
      edges: edges.filter(({ id }) => id !== "e2"),
    };
    await open(alone, "problems");
    await expect.element(page.getByRole("tab", { name: /Problems.*1 problem/ })).toBeVisible();
    await expect.element(page.getByText("Nobody reads from hello")).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Show hello" }));
    await expect.poll(() => useView.getState().selection.nodes).toEqual(["q1"]);
    await userEvent.click(page.getByRole("button", { name: "Add a consumer" }));
    await expect.poll(() => useDocument.getState().scenario.nodes.map(({ kind }) => kind)).toContain("consumer");
    await soon(() => page.getByText("Nobody reads from hello").query()).toBeNull();
  });

  it("keep a faulty document from running, in words", async () => {
    await open(busy(), "problems");
    useDocument.getState().apply((scenario) => ({
      ...scenario,
      nodes: scenario.nodes.map((node) => (node.id === "c1" ? { ...node, settings: { prefetch: -1 } } : node)),
    }));
    await soon(() => useRun.getState().status).toBe("refused");
    await expect.element(page.getByText(/Must be between 0 and/)).toBeVisible();
    await expect.element(page.getByText("consumer-1: Prefetch")).toBeVisible();
    await expect.element(page.getByRole("button", { name: "Cannot run" })).toBeVisible();
  });
});

describe("the status line", () => {
  const total = (name: string) => Number(document.querySelector(`[data-total=${name}] dd`)?.textContent);

  it("shows a ledger that balances", async () => {
    await open(busy(), "charts");
    await playTo(15);
    await soon(() => total("published")).toBeGreaterThan(100);
    expect(total("discarded")).toBeGreaterThan(0);
    expect(total("published")).toBe(total("processed") + total("inSystem") + total("discarded") + total("lost"));
    expect(document.querySelector("[data-total=discarded]")?.getAttribute("title")).toContain("length limit reached");
  });

  it("explains a step, and says it aloud", async () => {
    await open(busy(), "charts");
    engine.step();
    await expect.element(page.getByRole("button", { name: "producer-1" })).toBeVisible();
    await soon(() => document.getElementById("spoken")?.textContent).toBe("producer-1 published #1");
  });

  it("says how everything stands when asked", async () => {
    await open(busy(), "charts");
    await playTo(5);
    perform("help.speak");
    expect(document.getElementById("spoken")?.textContent).toMatch(
      /^Paused at 00:\d\d\.\d+\. Published \d+, processed \d+, .*hello: \d+ ready, \d+ unacked\. consumer-1: \d+ % busy\./,
    );
  });
});
