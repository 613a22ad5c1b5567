import { beforeEach, expect, it, vi } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import { useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { openMenu } from "./open-menu.ts";
import { useCanvas } from "./state.ts";

vi.mock("./drawing.ts", () => ({ membersOf: (id: string) => (id === "p1>f1" ? ["e1", "e2"] : [id]) }));

const AT = { x: 3, y: 4 };
const selection = () => useView.getState().selection;

beforeEach(() => {
  useDocument.getState().open(helloQueue(), { origin: "own" });
  useView.getState().select({ nodes: ["p1", "q1"] });
});

it("is about all that is selected, when it is asked for on one of them", () => {
  openMenu("node", "q1", AT);
  expect(selection().nodes).toEqual(["p1", "q1"]);
  expect(useCanvas.getState().menu).toEqual({ at: AT, place: "node", id: "q1" });
  openMenu("canvas", null, AT);
  expect(selection().nodes).toEqual(["p1", "q1"]);
});

it("else is about the item alone, and about each connection of a line that stands for several", () => {
  openMenu("node", "c1", AT);
  expect(selection()).toEqual({ nodes: ["c1"], edges: [] });
  openMenu("edge", "p1>f1", AT);
  expect(selection()).toEqual({ nodes: [], edges: ["e1", "e2"] });
});
