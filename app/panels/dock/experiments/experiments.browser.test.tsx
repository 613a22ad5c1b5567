import "../../../styles/tokens.css";
import "../../../styles/base.css";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { mmc } from "../../../../engine/metrics/theory.ts";
import { runOnce } from "../../../../engine/run/experiment.ts";
import { helloQueue, type Scenario, type Settings } from "../../../../engine/scenario/index.ts";
import { engine, HeadlessRuns } from "../../../bridge/index.ts";
import { useDocument } from "../../../store/document.ts";
import { useRun } from "../../../store/run.ts";
import { useView } from "../../../store/view.ts";
import { restOfTexts, setLanguage } from "../../../text/index.ts";
import Dock from "../Dock.tsx";

/** Forty a second at random, served in 20 ms at random: M/M/c at 80 % ÷ c. */
const station = (): Scenario => {
  const { nodes, edges, ...rest } = helloQueue();
  const settings: { [id: string]: Settings } = {
    p1: { rate: 40, arrival: "exponential" },
    c1: { service: { d: "exponential", mean: 20 }, prefetch: 1 },
  };
  return {
    ...rest,
    nodes: nodes.map((node) => ({ ...node, settings: settings[node.id] ?? {} })),
    edges: edges.map((edge) => ({ ...edge, settings: { latency: 0 } })),
  };
};

// Dozens of minutes of virtual time in a worker that shares its machine.
vi.setConfig({ testTimeout: 40_000 });
const LONG = { timeout: 20_000 };

let stop: () => void;
async function open() {
  await page.viewport(1440, 900);
  useView.getState().panel("dock", { open: true, tab: "experiments" });
  useDocument.getState().open(station(), { origin: "own" });
  useView.getState().select({});
  stop = engine.start();
  await expect.poll(() => useRun.getState().status, LONG).toBe("ready");
  await render(
    <div style={{ display: "flex", flexDirection: "column", width: 1400, height: 400 }}>
      <Dock />
    </div>,
  );
}
const fill = (name: string, value: string) => userEvent.fill(page.getByLabelText(name, { exact: true }), value);
const rows = () => page.getByRole("row").all().slice(1);

beforeEach(restOfTexts);
afterEach(async () => {
  await setLanguage("en");
  stop();
});

describe("experiments", () => {
  it("sweep a setting over eight values: a curve with intervals on the line of theory", async () => {
    await open();
    await fill("Until (s)", "120");
    await fill("Warm-up (s)", "20");
    await fill("Seeds", "3");
    await expect.element(page.getByText("24 runs of 2 min: about 115k messages.")).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Run", exact: true }));
    await expect.element(page.getByRole("progressbar")).toBeVisible();
    await expect.poll(() => rows().length, LONG).toBe(8);
    await expect.element(page.getByRole("img", { name: /^Total · Mean by consumer-1 · Instances$/ })).toBeVisible();
    const cells = rows().map((row) =>
      row
        .getByRole("cell")
        .all()
        .map((cell) => cell.element().textContent ?? ""),
    );
    cells.forEach(([measured = "", theory = ""], i) => {
      const [mean = Number.NaN, half = Number.NaN] = measured.split(" ± ").map(Number);
      const said = mmc(40, 50, i + 1).l;
      expect(Number(theory)).toBeCloseTo(said, 1);
      // Three runs: their interval is wide, and eight of them would now and then miss.
      expect(Math.abs(mean - said), measured).toBeLessThan(Math.max(2.5 * half, 0.05));
    });
    for (const line of ["mean", "theory"])
      expect(document.querySelector(`path[data-line=${line}]`)?.getAttribute("d")?.split("L")).toHaveLength(8);
    // The run on the canvas has not moved.
    expect(useRun.getState().time).toBe(0);
    await userEvent.click(page.getByRole("button", { name: "Use 3" }));
    await expect
      .poll(() => useDocument.getState().scenario.nodes.find(({ id }) => id === "c1")?.settings?.instances)
      .toBe(3);
  });

  it("can be cancelled in the middle, and begin again", async () => {
    await open();
    await fill("Until (s)", "100000");
    await userEvent.click(page.getByRole("button", { name: "Run", exact: true }));
    await userEvent.click(page.getByRole("button", { name: "Cancel" }));
    await expect.element(page.getByText(/^Cancelled after 0 of 40 runs\.$/)).toBeVisible();
    await fill("Until (s)", "70");
    await fill("Seeds", "1");
    await fill("Values", "2");
    await userEvent.click(page.getByRole("button", { name: "Run", exact: true }));
    await expect.poll(() => rows().length, LONG).toBe(2);
  });

  it("repeat a run with other seeds, in Chinese too", async () => {
    await open();
    await setLanguage("zh");
    await userEvent.selectOptions(page.getByRole("combobox", { name: "实验" }), "replicate");
    await fill("种子数", "4");
    await expect.element(page.getByText(/^共 4 次运行/)).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "运行", exact: true }));
    await expect.poll(() => rows().length, LONG).toBe(1);
    expect(rows()[0]?.getByRole("cell").all()[1]?.element().textContent).toBe("4");
  });

  it("say what cannot be run, beside the button", async () => {
    await open();
    await fill("From", "0");
    await expect
      .element(page.getByText(/^These values cannot run: Must be between 1 and 50; it is 0\.$/))
      .toBeVisible();
    await expect.element(page.getByRole("button", { name: "Run", exact: true })).toBeDisabled();
    await fill("From", "many");
    await expect.element(page.getByText(/^Every field takes a number/)).toBeVisible();
  });
});

describe("a headless run in a spare worker", () => {
  it("is the run of the command line, to the last digit", async () => {
    const worker = new HeadlessRuns();
    const plan = { until: 60_000, warmup: 10_000 };
    for (const seed of [1, 2]) {
      const { nodes, system } = runOnce(station(), seed, plan);
      expect(await worker.run(station(), seed, plan)).toMatchObject({ nodes, system });
    }
    worker.stop();
  });

  it("says so when the document cannot run", async () => {
    const worker = new HeadlessRuns();
    const broken = station();
    const [first] = broken.nodes;
    if (first !== undefined) first.settings = { rate: -1 };
    await expect(worker.run(broken, 1, { until: 1000, warmup: 0 })).rejects.toThrow("cannot run");
    worker.stop();
  });
});
