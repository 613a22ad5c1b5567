import { beforeEach, describe, expect, it, vi } from "vitest";
import { addNode, helloQueue, type Scenario, setFolded } from "../../../engine/scenario/index.ts";
import * as spoken from "../../panels/status/say.ts";
import { undo, useDocument } from "../../store/document.ts";
import { useView } from "../../store/view.ts";
import { restOfTexts } from "../../text/index.ts";
import { flowEdges } from "../flow-model.ts";
import { useCanvas } from "../state.ts";
import { dressEdges } from "./dress.ts";
import { drawnOf, foldFrames, membersOf, standIn } from "./now.ts";

vi.mock("../../panels/status/say.ts", () => ({ say: vi.fn() }));
await restOfTexts();

/** hello-queue with its queue and consumer in a frame f1. */
function framed(): Scenario {
  const { scenario } = addNode(helloQueue(), "frame", { x: 0, y: 0 });
  return {
    ...scenario,
    nodes: scenario.nodes.map((node) => (["q1", "c1"].includes(node.id) ? { ...node, parent: "f1" } : node)),
  };
}
const doc = () => useDocument.getState();
const drawn = () => drawnOf(doc().scenario).nodes.map(({ id }) => id);
const selected = () => useView.getState().selection.nodes;

beforeEach(() => {
  useCanvas.setState({ folds: {} });
  useView.getState().select({});
  doc().open(framed(), { origin: "own" });
});

describe("folding", () => {
  it("is one step to undo, and draws the frame alone", () => {
    expect(drawn()).toEqual(["f1", "p1", "q1", "c1"]);
    foldFrames(["f1"], true);
    expect(spoken.say).toHaveBeenLastCalledWith("frame-1 is folded.");
    expect(drawn()).toEqual(["f1", "p1"]);
    expect(doc().scenario).toEqual(setFolded(framed(), ["f1"], true));
    undo();
    expect(doc().scenario).toEqual(framed());
  });

  it("chooses the frame when what was chosen goes out of sight", () => {
    useView.getState().select({ nodes: ["q1", "p1"], edges: ["e2"] });
    foldFrames(["f1"], true);
    expect(selected()).toEqual(["p1", "f1"]);
    expect(useView.getState().selection.edges).toEqual([]);
  });

  it("ends where something inside is gone to; whoever means the frame with all in it leaves it folded", () => {
    foldFrames(["f1"], true);
    useView.getState().select({ nodes: ["f1", "p1", "q1", "c1"], edges: ["e1", "e2"] });
    expect(drawn()).toEqual(["f1", "p1"]);
    useView.getState().select({ edges: ["e2"] });
    expect(drawn()).toEqual(["f1", "p1", "q1", "c1"]);
    expect(useView.getState().selection.edges).toEqual(["e2"]);
  });

  it("knows what stands for what", () => {
    foldFrames(["f1"], true);
    expect(["q1", "e2", "p1"].map(standIn)).toEqual(["f1", "f1", "p1"]);
    expect(membersOf("e1")).toEqual(["e1"]);
    const [line] = dressEdges(flowEdges(drawnOf(doc().scenario), new Map()), doc().scenario);
    expect(line).toMatchObject({ id: "e1", target: "f1", data: { members: [{ id: "e1", from: "p1", to: "q1" }] } });
  });

  it("is for this page alone where the document may only be looked at, and ends with the document", () => {
    doc().open(framed(), { origin: "link", readOnly: true });
    const before = doc().scenario;
    foldFrames(["f1"], true);
    expect(drawn()).toEqual(["f1", "p1"]);
    expect(doc().scenario).toBe(before);
    useView.getState().select({ nodes: ["c1"] });
    expect(drawn()).toEqual(["f1", "p1", "q1", "c1"]);
    foldFrames(["f1"], true);
    doc().open(framed(), { origin: "own" });
    expect(useCanvas.getState().folds).toEqual({});
    expect(drawn()).toHaveLength(4);
  });

  it("says to the document what was wanted while it could only be looked at", () => {
    doc().open(setFolded(framed(), ["f1"], true), { origin: "link", readOnly: true });
    foldFrames(["f1"], false);
    expect(drawn()).toHaveLength(4);
    doc().setReadOnly(false);
    foldFrames(["f1"], true);
    expect(drawn()).toEqual(["f1", "p1"]);
    foldFrames(["f1"], false);
    expect(doc().scenario).toEqual(framed());
  });
});
