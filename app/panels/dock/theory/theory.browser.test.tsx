import "../../../styles/tokens.css";
import "../../../styles/base.css";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { helloQueue, type Scenario, type Settings } from "../../../../engine/scenario/index.ts";
import { engine } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import { restOfTexts, setLanguage } from "../../../text/index.ts";
import Dock from "../Dock.tsx";

/** Forty a second at random, served in 20 ms at random: M/M/1 at 80 %, W = 100 ms, L = 4. */
const station = (consumer: Settings = {}, producer: Settings = {}): Scenario => {
  const { nodes, edges, ...rest } = helloQueue();
  const settings: { [id: string]: Settings } = {
    p1: { rate: 40, arrival: "exponential", ...producer },
    c1: { service: { d: "exponential", mean: 20 }, prefetch: 1, ...consumer },
  };
  return {
    ...rest,
    nodes: nodes.map((node) => ({ ...node, settings: settings[node.id] ?? {} })),
    edges: edges.map((edge) => ({ ...edge, settings: { latency: 0 } })),
  };
};

// Minutes of virtual time in a worker that shares its machine.
vi.setConfig({ testTimeout: 60_000 });

let stop: () => void;
/** The worker and the lazy parts are built on first use; on a busy machine that takes a while. */
const PATIENT = { timeout: 15_000 };
const soon = <T,>(read: () => T) => expect.poll(read, PATIENT);

async function open(scenario: Scenario, selected: string) {
  await page.viewport(1700, 700);
  useView.getState().panel("dock", { open: true, tab: "charts" });
  useDocument.getState().open(scenario, { origin: "own" });
  useView.getState().select({ nodes: [selected] });
  stop = engine.start();
  await soon(() => useRun.getState().status).toBe("ready");
  await render(
    <div style={{ display: "flex", flexDirection: "column", width: 1600, height: 320 }}>
      <Dock />
    </div>,
  );
}

/** As fast as it goes, to a virtual time. */
async function playTo(seconds: number) {
  engine.setSpeed(0);
  engine.runUntil(seconds * 1e6);
  engine.play();
  await expect.poll(() => useRun.getState().time, { timeout: 60_000 }).toBeGreaterThanOrEqual(seconds * 1e6);
  await soon(() => useRun.getState().status).not.toBe("running");
}

const show = (model: string) => userEvent.click(page.getByRole("button", { name: model, exact: true }));
const cells = (name: RegExp) =>
  page
    .getByRole("row", { name })
    .getByRole("cell")
    .all()
    .map((cell) => cell.element().textContent ?? "");

beforeEach(restOfTexts);
afterEach(async () => {
  await setLanguage("en");
  stop();
});

describe("theory of a queue", () => {
  it("is named with the user’s numbers, and stands beside what was measured with its interval", async () => {
    await open(station(), "q1");
    await show("M/M/1");
    const card = page.getByRole("region", { name: "Theory: hello" });
    await expect.element(card.getByText("M/M/1 applies"), PATIENT).toBeVisible();
    await expect.element(card.getByText("ρ = λ·S ÷ c = 40/s × 20 ms ÷ 1 = 0.8")).toBeVisible();
    await expect.element(card.getByText("W = 1 ÷ (μ − λ) = 1 ÷ (50/s − 40/s) = 100 ms")).toBeVisible();
    await playTo(20);
    await soon(() => cells(/^In system/)[1]).toMatch(/not enough data yet$/);
    await playTo(1200);
    await soon(() => cells(/^In system/)[1]).toMatch(/^[345](\.\d+)? ± \d\.\d+$/);
    expect(cells(/^In system/)[0]).toBe("4");
    expect(cells(/^Wait, Wq/)[0]).toBe("80 ms");
    expect(cells(/^Wait, Wq/)[1]).toMatch(/^\d+(\.\d+)? ± \d+(\.\d+)? ms$/);
    expect(cells(/^Stay, W/)[1]).toMatch(/± .+ ms$/);
    expect(cells(/^Busy/)[2]).toMatch(/^[+−]\d/);
    await expect.element(card.getByText(/^Little: L = λ·W = .+; measured L = /)).toBeVisible();
    await expect
      .element(card.getByText(/^Measured from \d\d:\d\d\.\d+ to 2\d:|^Measured from .+ to 19:/))
      .toBeVisible();
  });

  it("draws a dashed line where a chart shows its mean", async () => {
    await open(station(), "q1");
    await playTo(60);
    for (const name of ["Queued messages", "Wait in the queue"]) {
      const chart = page.getByRole("figure", { name });
      await soon(() => chart.element().querySelectorAll(".theory-line line").length).toBe(1);
      await expect.element(chart.getByText("Theory: mean")).toBeVisible();
    }
    const rates = page.getByRole("figure", { name: "Message rates" });
    expect(rates.element().querySelectorAll(".theory-line").length).toBe(0);
    useView.getState().select({ nodes: ["c1"] });
    const busy = page.getByRole("figure", { name: "Utilisation" });
    await soon(() => busy.element().querySelectorAll(".theory-line line").length).toBe(1);
    await expect.element(busy.getByText("80 %").first()).toBeVisible();
    await show("M/M/1");
    await expect.element(page.getByRole("region", { name: "Theory: hello" })).toBeVisible();
  });

  it("says why it does not apply, each reason in words, in both languages", async () => {
    await open(station({ prefetch: 10, instances: 3 }, { arrival: "constant" }), "q1");
    await show("No formula");
    const card = page.getByRole("region", { name: "Theory: hello" });
    await expect.element(card.getByText("No formula applies, because …"), PATIENT).toBeVisible();
    expect(card.getByRole("listitem").all()).toHaveLength(2);
    await expect.element(card.getByText(/publishes at even intervals/)).toBeVisible();
    await expect.element(card.getByText(/with prefetch 10 and 3 servers messages commit early/)).toBeVisible();
    await playTo(30);
    await expect.element(card.getByText(/^Little: W = L ÷ λ = /), PATIENT).toBeVisible();
    expect(document.querySelector(".theory-line")).toBeNull();
    await setLanguage("zh");
    const inChinese = page.getByRole("region", { name: "理论值：hello" });
    await expect.element(inChinese.getByText("没有适用的公式，因为……")).toBeVisible();
    await expect.element(inChinese.getByText(/按固定间隔发布/)).toBeVisible();
    await expect.element(inChinese.getByText(/预取数为 10、服务台有 3 个/)).toBeVisible();
  });

  it("takes a typed warm-up instead of its own", async () => {
    await open(station(), "q1");
    await show("M/M/1");
    await playTo(300);
    await userEvent.fill(page.getByLabelText("Warm-up until"), "120");
    await expect.element(page.getByText(/^Measured from 02:00\.\d+ to 0[45]:/), PATIENT).toBeVisible();
    await userEvent.fill(page.getByLabelText("Warm-up until"), "299");
    await soon(() => cells(/^In system/)[1]).toMatch(/not enough data yet$/);
  });

  it("follows the drawing, and is silent about what is no queue", async () => {
    await open(station(), "p1");
    await expect.element(page.getByRole("figure", { name: "Publishing" }), PATIENT).toBeVisible();
    expect(page.getByRole("button", { name: /^M|formula/ }).all()).toHaveLength(0);
    useView.getState().select({ nodes: ["q1"] });
    await show("M/M/1");
    await expect.element(page.getByText("M/M/1 applies"), PATIENT).toBeVisible();
    useDocument.getState().open(station({ instances: 2 }, { rate: 60 }), { origin: "own" });
    useView.getState().select({ nodes: ["q1"] });
    await expect.element(page.getByText("M/M/2 applies"), PATIENT).toBeVisible();
  });
});
