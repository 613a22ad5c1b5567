import "../../styles/tokens.css";
import "../../styles/base.css";

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { helloQueue, type Scenario, type Settings } from "../../../engine/scenario/index.ts";
import { engine } from "../../bridge/index.ts";
import { useDocument } from "../../store/document.ts";
import { useRun } from "../../store/run.ts";
import { useView } from "../../store/view.ts";
import { restOfTexts, setLanguage } from "../../text/index.ts";
import Inspector from "./Inspector.tsx";

/** Forty a second at random, served in 20 ms at random: M/M/1 at 80 %. */
function station(producer: Settings = {}): Scenario {
  const { nodes, edges, ...rest } = helloQueue();
  const settings: { [id: string]: Settings } = {
    p1: { rate: 40, arrival: "exponential", ...producer },
    c1: { service: { d: "exponential", mean: 20 }, prefetch: 1 },
  };
  return {
    ...rest,
    nodes: nodes.map((node) => ({ ...node, settings: settings[node.id] ?? {} })),
    edges: edges.map((edge) => ({ ...edge, settings: { latency: 0 } })),
  };
}

// Minutes of virtual time in a worker that shares its machine.
vi.setConfig({ testTimeout: 60_000 });

const PATIENT = { timeout: 20_000 };
let stop: () => void;

async function open(scenario: Scenario, selected: string) {
  useDocument.getState().open(scenario, { origin: "own" });
  stop = engine.start();
  await expect.poll(() => useRun.getState().status, PATIENT).toBe("ready");
  useView.getState().panel("inspector", { open: true, tab: "live" });
  useView.getState().select({ nodes: [selected] });
  await render(
    <div style={{ width: 320 }}>
      <Inspector />
    </div>,
  );
}

async function playTo(seconds: number) {
  engine.setSpeed(0);
  engine.runUntil(seconds * 1e6);
  engine.play();
  await expect.poll(() => useRun.getState().time, { timeout: 50_000 }).toBeGreaterThanOrEqual(seconds * 1e6);
  await expect.poll(() => useRun.getState().status, PATIENT).not.toBe("running");
}

const means = () => page.getByRole("table", { name: /95 %/ });
const cell = (name: string) => means().getByRole("row", { name }).getByRole("cell").element().textContent;

beforeEach(restOfTexts);
afterEach(async () => {
  await setLanguage("en");
  stop();
});

it("the Live tab says how sure a mean is, and before that why it is not", async () => {
  await open(station(), "q1");
  await playTo(10);
  await expect.element(page.getByText("No intervals: not enough data yet."), PATIENT).toBeVisible();
  expect(cell("Total")).not.toContain("±");
  await playTo(1200);
  await expect.poll(() => cell("Total"), PATIENT).toMatch(/^[345](\.\d+)? ± \d\.\d+$/);
  expect(cell("Wait in the queue")).toMatch(/^\d+(\.\d+)? ± \d+(\.\d+)? ms$/);
  expect(cell("Consumer ack")).toMatch(/^(39|4[01])(\.\d+)? ± \d(\.\d+)?\/s$/);
  expect(means().getByRole("row", { name: "Requeued" }).query()).toBeNull();
  await expect.element(page.getByText(/Measured from .+ to .*\d:\d\d/)).toBeVisible();
  await setLanguage("zh");
  await expect.element(page.getByRole("table", { name: "本次运行的均值（95 %）" })).toBeVisible();
});

it("no mean is called sure of a queue that only grows", async () => {
  await open(station({ rate: 80 }), "q1");
  await playTo(600);
  await expect.poll(() => cell("Total"), PATIENT).toMatch(/still moving|too few independent|not enough/);
  expect(cell("Wait in the queue")).toMatch(/not enough data/);
});
