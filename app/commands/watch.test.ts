import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import type { RunEvent } from "../../engine/worker/protocol.ts";
import { engine } from "../bridge/index.ts";
import { useAlertForm } from "../store/alert-form.ts";
import { useDocument } from "../store/document.ts";
import { useLife } from "../store/life.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import { isPossible } from "./registry.ts";
import { watchCommands } from "./watch.ts";

const [chart, trace, alert] = watchCommands as [
  (typeof watchCommands)[0],
  (typeof watchCommands)[0],
  (typeof watchCommands)[0],
];
const layout = {
  revision: 1,
  nodes: [{ id: "q1", offset: 0, metrics: [] }],
  edges: [],
  system: { offset: 0, metrics: [] },
  size: 0,
};
const event = (n: number, message: number): RunEvent => ({ n, t: n, node: "q1", kind: "enqueue", message });
const dock = () => useView.getState().panels.dock;
let events: RunEvent[];

beforeEach(() => {
  useDocument.getState().open(helloQueue(), { origin: "own" });
  useRun.setState({ ...useRun.getInitialState(), layout, runId: 1, lastEvent: 5 });
  useLife.setState({ message: null, follows: false });
  useView.getState().select({ nodes: ["q1"] });
  events = [];
  vi.spyOn(engine, "events").mockImplementation(async ({ after }) => events.filter(({ n }) => n > after));
});
afterEach(() => vi.restoreAllMocks());

const happen = async (...more: RunEvent[]) => {
  events.push(...more);
  useRun.setState({ lastEvent: more.at(-1)?.n ?? 0 });
  await Promise.resolve().then(() => {});
  await new Promise((done) => setTimeout(done, 0));
};

it("needs one node that runs", () => {
  expect(watchCommands.every(isPossible)).toBe(true);
  useView.getState().select({ nodes: ["q1", "p1"] });
  expect(watchCommands.some(isPossible)).toBe(false);
  useView.getState().select({ nodes: ["p1"] });
  expect(watchCommands.some(isPossible)).toBe(false);
});

it("shows the charts, and asks for the form of an alert", () => {
  chart.perform();
  expect(dock()).toMatchObject({ open: true, tab: "charts" });
  alert.perform();
  expect(dock()).toMatchObject({ open: true, tab: "alerts" });
  expect(useAlertForm.getState().isAsked).toBe(true);
});

it("waits for the next message of the node, shows it and follows it; the later ones are let pass", async () => {
  events.push(event(4, 1));
  trace.perform();
  expect(useView.getState().notices.at(-1)).toMatchObject({ key: "life.waitsForNext", facts: { name: "hello" } });
  await happen(event(6, -1));
  expect(useLife.getState().message).toBeNull();
  await happen(event(7, 2), event(8, 3));
  expect(useLife.getState()).toMatchObject({ message: 2, follows: true });
  expect(dock().tab).toBe("messages");
  await happen(event(9, 4));
  expect(useLife.getState().message).toBe(2);
});

it("waits no longer once another run has begun", async () => {
  trace.perform();
  useRun.setState({ runId: 2, lastEvent: 0 });
  await happen(event(9, 4));
  expect(useLife.getState().message).toBeNull();
});
