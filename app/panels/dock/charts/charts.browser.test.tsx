import "../../../styles/tokens.css";
import "../../../styles/base.css";

import { afterEach, beforeEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import { helloQueue, type Scenario } from "../../../../engine/scenario/index.ts";
import { engine } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import { restOfTexts } from "../../../text/index.ts";
import { Axes } from "./Axes.tsx";
import { ChartsPanel } from "./ChartsPanel.tsx";
import Curves from "./Curves.tsx";
import { follow, putCursor, useChartView } from "./chart-view.ts";
import plot from "./Plot.module.css";
import { scaleFor } from "./plot-data.ts";

/** The worker is built on first use; on a busy machine that takes a while. */
const PATIENT = { timeout: 15_000 };
const soon = <T,>(read: () => T) => expect.poll(read, PATIENT);
let stop = () => {};

/** One message a second, 400 ms of work each. */
async function open(scenario: Scenario, seconds: number, readOnly = false): Promise<void> {
  useView.getState().select({});
  useDocument.getState().open(scenario, { origin: "own", readOnly });
  stop = engine.start();
  await soon(() => useRun.getState().status).toBe("ready");
  await render(
    <div style={{ display: "flex", flexDirection: "column", width: 1000, height: 260 }}>
      <ChartsPanel />
    </div>,
  );
  engine.runUntil(seconds * 1e6);
  engine.setSpeed(0);
  engine.play();
  await soon(() => useRun.getState().status).toBe("paused");
  expect(useRun.getState().time).toBe(seconds * 1e6);
}

const chart = (name: string) => page.getByRole("figure", { name, exact: true });
const lines = (name: string) => [...chart(name).element().querySelectorAll<SVGPathElement>(".line path")];
const now = (name: string, line: RegExp) => chart(name).getByRole("button", { name: line });

beforeEach(async () => {
  await page.viewport(1200, 600);
  await restOfTexts();
  follow(30);
  putCursor(null);
});
afterEach(() => {
  engine.runUntil(null);
  stop();
});

it("write what the crosshair reads into all legends, and what is now without one; the legend is not rendered anew", async () => {
  await open(helloQueue(), 40);
  useView.getState().select({ nodes: ["q1"] });
  await soon(() => lines("Queued messages").length).toBe(3);
  await expect.element(now("Queued messages", /^Unacked 0$/)).toBeVisible();
  const toggle = now("Queued messages", /^Unacked/).element();
  putCursor(35_500_000);
  await expect.element(now("Queued messages", /^Unacked 0\.8$/)).toBeVisible();
  expect(document.querySelectorAll("line.crosshair")).toHaveLength(3);
  expect([...document.querySelectorAll("text.moment")].map((text) => text.textContent)).toEqual(
    Array(3).fill("00:35.500"),
  );
  putCursor(35_000_000);
  await expect.element(now("Queued messages", /^Unacked 0$/)).toBeVisible();
  expect(now("Queued messages", /^Unacked/).element()).toBe(toggle);
  putCursor(null);
  expect(document.querySelectorAll("line.crosshair")).toHaveLength(0);
});

it("draw the range that was seen around the mean", async () => {
  await open(helloQueue(), 40);
  useView.getState().select({ nodes: ["q1"] });
  await soon(() => lines("Queued messages").length).toBe(3);
  // Ready is always 0: two of the three have a range.
  const ranges = () => [...chart("Queued messages").element().querySelectorAll("path.recharts-area-area")];
  await soon(() => ranges().length).toBe(2);
  for (const range of ranges()) expect((range.getAttribute("d") ?? "").length).toBeGreaterThan(100);
});

it("hold their scale when asked to, and fit it to the lines again", async () => {
  await open(helloQueue(), 40);
  const ticks = () =>
    [...chart("Throughput").element().querySelectorAll(".recharts-yAxis-tick-labels text")].map(
      (text) => text.textContent,
    );
  await soon(() => lines("Throughput").length).toBe(2);
  await userEvent.click(chart("Throughput").getByRole("button", { name: "Hold the scale" }));
  const before = ticks();
  useDocument.getState().apply((scenario) => ({
    ...scenario,
    nodes: scenario.nodes.map((node) => (node.id === "p1" ? { ...node, settings: { rate: 50 } } : node)),
  }));
  engine.runUntil(60e6);
  engine.play();
  await soon(() => useRun.getState().time).toBe(60e6);
  await soon(() => now("Throughput", /^Published 50/).query()).not.toBeNull();
  expect(ticks()).toEqual(before);
  await userEvent.click(chart("Throughput").getByRole("button", { name: "Let the scale follow the lines" }));
  await soon(() => Number(ticks().at(-1))).toBeGreaterThanOrEqual(50);
  // The change stands in the picture too.
  await expect.poll(() => document.querySelectorAll("line.mark[data-kind=edit]").length).toBeGreaterThan(0);
});

it("keep eight figures in sight at most, none in a document that can only be looked at", async () => {
  const rates = ["publish", "deliver", "ack", "nack", "redeliver", "expired", "discarded", "deadLettered"];
  const pins = rates.map((rate) => ({ target: "q1", metric: `${rate}.rate` }));
  await open({ ...helloQueue(), view: { pins } }, 5);
  const pin = page.getByRole("button", { name: "Keep Published in sight" });
  await expect.element(pin).toHaveAttribute("aria-disabled", "true");
  (pin.element() as HTMLElement).click();
  expect(useDocument.getState().scenario.view?.pins).toHaveLength(8);
  stop();
  await open(helloQueue(), 5, true);
  await expect.element(pin.first()).toHaveAttribute("aria-disabled", "true");
});

it("stand still where they are when they stop to follow, and go on from the newest", async () => {
  await open(helloQueue(), 40);
  await soon(() => lines("Throughput").length).toBe(2);
  await userEvent.click(page.getByRole("button", { name: "Following the run" }));
  await expect.poll(() => useChartView.getState().range).toEqual({ mode: "fixed", from: 10e6, to: 40e6 });
  await expect.element(page.getByText("0:10 – 0:40")).toBeVisible();
  await userEvent.click(page.getByRole("button", { name: "Zoom in on the time" }));
  await expect.element(page.getByText("0:17.5 – 0:32.5")).toBeVisible();
  await userEvent.click(page.getByRole("button", { name: "Zoom out" }));
  await expect.element(page.getByText("0:10 – 0:40")).toBeVisible();
  await userEvent.click(page.getByRole("button", { name: "Follow the run" }));
  await expect.poll(() => useChartView.getState().range).toEqual({ mode: "follow", seconds: 30 });
});

it("begin with axes that stand where those of the curves will stand", async () => {
  const scale = scaleFor("time", 1234);
  const empty = { lines: [], behind: [], theory: Number.NaN, thresholds: [], bands: [], marks: [] };
  const sheet = { picture: { from: 0, to: 30e6, scale, ...empty }, width: 333, height: 123 };
  await render(
    <div className={plot.plot}>
      <Axes {...sheet} />
    </div>,
  );
  const lines = () =>
    [...document.querySelectorAll("svg line")].map((line) =>
      ["x1", "y1", "x2", "y2", "stroke"].map((name) => line.getAttribute(name)).join(" "),
    );
  const texts = () =>
    [...document.querySelectorAll("svg text")].map((text) => {
      const { x, y } = text.getBoundingClientRect();
      return `${text.textContent} ${x.toFixed(1)} ${y.toFixed(1)}`;
    });
  const before = { lines: lines().sort(), texts: texts().sort() };
  expect(before.texts).toHaveLength(4 + scale.ticks.length);
  await cleanup();
  await render(
    <div className={plot.plot}>
      <Curves {...sheet} />
    </div>,
  );
  await soon(() => document.querySelectorAll(".recharts-xAxis-tick-labels text").length).toBe(4);
  await soon(() => ({ lines: lines().sort(), texts: texts().sort() })).toEqual(before);
});
