import { beforeEach, expect, it, vi } from "vitest";
import { helloQueue } from "../../engine/scenario/index.ts";
import { undo, useDocument } from "../store/document.ts";
import { useView } from "../store/view.ts";
import { growCommands } from "./grow.ts";
import { commandFor } from "./keys.ts";
import { isPossible } from "./registry.ts";

const press = (key: string) =>
  commandFor(
    {
      key,
      code: key,
      ctrlKey: true,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      isComposing: false,
      keyCode: 0,
    },
    "canvas",
    growCommands,
  );
const scenario = () => useDocument.getState().scenario;

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  useDocument.getState().open(helloQueue(), { origin: "own" });
});

it.each([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
])(
  "Ctrl + %s adds the usual next node on that side, connected, in one step; a second one goes further",
  (key, side) => {
    const before = scenario();
    const queue = before.nodes.find(({ id }) => id === "q1");
    const known = new Set(before.nodes.map(({ id }) => id));
    for (let count = 1; count <= 2; count++) {
      useView.getState().select({ nodes: ["q1"] });
      press(key)?.perform();
      expect(scenario().nodes).toHaveLength(before.nodes.length + count);
    }
    const added = scenario().nodes.filter(({ id }) => !known.has(id));
    expect(added.map(({ kind }) => kind)).toEqual(["consumer", "consumer"]);
    const ys = [queue, ...added].map((node) => (node?.y ?? 0) * side);
    expect(ys).toEqual(ys.toSorted((a, b) => a - b));
    expect(new Set(ys).size).toBe(3);
    expect(new Set(added.map(({ x }) => x)).size).toBe(1);
    for (const { id } of added)
      expect(scenario().edges).toContainEqual(expect.objectContaining({ from: "q1", to: id }));
    expect(useView.getState().selection.nodes).toEqual([added[1]?.id]);
    undo();
    undo();
    expect(scenario()).toEqual(before);
  },
);

it("has nothing to add after a consumer, nor in a document that can only be read", () => {
  useView.getState().select({ nodes: ["c1"] });
  expect(growCommands.some(isPossible)).toBe(false);
  useView.getState().select({ nodes: ["q1"] });
  expect(growCommands.every(isPossible)).toBe(true);
  useDocument.getState().setReadOnly(true);
  expect(growCommands.some(isPossible)).toBe(false);
});
