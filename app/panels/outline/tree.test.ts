import { describe, expect, it } from "vitest";
import { helloQueue, type Scenario } from "../../../engine/scenario/index.ts";
import { between, keyIn, linesOf } from "./tree.ts";

const hello = helloQueue();
const [p, q, c] = hello.nodes.map(({ id }) => id) as [string, string, string];
const [pq, qc] = hello.edges.map(({ id }) => id) as [string, string];
const short = (scenario: Scenario, folded: string[] = []) =>
  linesOf(scenario, new Set(folded)).map(
    ({ id, level, place, count }) => `${"-".repeat(level)}${id} ${place}/${count}`,
  );

describe("the drawing as a tree", () => {
  it("follows the flow, connections below where they start", () => {
    expect(short(hello)).toEqual([`-${p} 1/3`, `--${pq} 1/1`, `-${q} 2/3`, `--${qc} 1/1`, `-${c} 3/3`]);
  });

  it("hides what is folded", () => {
    expect(short(hello, [p])).toEqual([`-${p} 1/3`, `-${q} 2/3`, `--${qc} 1/1`, `-${c} 3/3`]);
  });

  it("shows what stands in a frame below it, and everything once", () => {
    const framed: Scenario = {
      ...hello,
      nodes: [
        { id: "f", kind: "broker", name: "b", x: 0, y: 0, w: 40, h: 20 },
        ...hello.nodes.map((node) => (node.id === q ? { ...node, parent: "f" } : node)),
      ],
    };
    const lines = linesOf(framed, new Set());
    expect(lines.map(({ id }) => id).sort()).toEqual(["f", p, q, c, pq, qc].sort());
    expect(lines.find(({ id }) => id === q)).toMatchObject({ level: 2, parent: "f" });
    expect(linesOf(framed, new Set(["f"])).map(({ id }) => id)).not.toContain(q);
  });

  it("goes where the arrow keys say", () => {
    const lines = linesOf(hello, new Set());
    const press = (at: string, key: string, folded: string[] = []) =>
      keyIn(linesOf(hello, new Set(folded)), at, key, new Set(folded));
    expect(press(p, "ArrowDown")).toEqual({ go: pq });
    expect(press(p, "ArrowUp")).toBeNull();
    expect(press(p, "ArrowRight")).toEqual({ go: pq });
    expect(press(p, "ArrowLeft")).toEqual({ fold: p });
    expect(press(p, "ArrowRight", [p])).toEqual({ unfold: p });
    expect(press(p, "ArrowLeft", [p])).toBeNull();
    expect(press(pq, "ArrowLeft")).toEqual({ go: p });
    expect(press(pq, "ArrowRight")).toBeNull();
    expect(press(c, "Home")).toEqual({ go: p });
    expect(press(p, "End")).toEqual({ go: lines.at(-1)?.id });
    expect(press("gone", "ArrowDown")).toEqual({ go: p });
  });

  it("takes everything from one line to another, in either direction", () => {
    const lines = linesOf(hello, new Set());
    expect(between(lines, p, q)).toEqual({ nodes: [p, q], edges: [pq] });
    expect(between(lines, qc, pq)).toEqual({ nodes: [q], edges: [pq, qc] });
    expect(between(lines, c, c)).toEqual({ nodes: [c], edges: [] });
    expect(between(lines, "gone", q)).toEqual({ nodes: [q], edges: [] });
    // What stands under a folded line is not on the way.
    expect(between(linesOf(hello, new Set([p])), p, q)).toEqual({ nodes: [p, q], edges: [] });
  });
});
