import { beforeEach, expect, it, vi } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import { useCanvas } from "../canvas/state.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { gatherCommands } from "./gather.ts";

let focused = "";
vi.mock("../canvas/use-walk.ts", () => ({ focusedItem: () => focused }));
vi.mock("../panels/status/say.ts", () => ({ say: () => {} }));

const selected = () => [...useView.getState().selection.nodes, ...useView.getState().selection.edges];
const toggle = (id: string) => {
  focused = id;
  gatherCommands[0]?.perform();
  return selected();
};
const isKept = () => useCanvas.getState().gathered === useView.getState().selection;

beforeEach(() => {
  useDocument.getState().open(helloQueue(), { origin: "own" });
  useCanvas.setState({ gathered: null });
  useView.getState().select({ nodes: ["p1"] });
});

it("first keeps what the focus has selected, then adds and takes out, links too", () => {
  expect(toggle("p1")).toEqual(["p1"]);
  expect(isKept()).toBe(true);
  expect(toggle("q1")).toEqual(["p1", "q1"]);
  expect(toggle("e1")).toEqual(["p1", "q1", "e1"]);
  expect(toggle("p1")).toEqual(["q1", "e1"]);
  expect(isKept()).toBe(true);
});

it("is over as soon as something else is selected in another way", () => {
  toggle("p1");
  useView.getState().select({ nodes: ["c1"] });
  expect(isKept()).toBe(false);
  expect(toggle("c1")).toEqual(["c1"]);
});

it("takes out of a selection of several at once", () => {
  useView.getState().select({ nodes: ["p1", "q1", "c1"] });
  expect(toggle("q1")).toEqual(["p1", "c1"]);
});
