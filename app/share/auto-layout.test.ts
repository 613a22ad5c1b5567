import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importDefinitions, readDefinitions } from "../../engine/definitions/index.ts";
import { helloQueue, kindSpec, type Scenario, type ScenarioNode } from "../../engine/scenario/index.ts";
import { autoLayout } from "./auto-layout.ts";

const fixture = (name: string): Scenario => {
  const read = readDefinitions(
    readFileSync(new URL(`../../engine/definitions/fixtures/${name}`, import.meta.url), "utf8"),
  );
  if (!read.ok) throw new Error(read.code);
  return importDefinitions(read.file).scenario;
};

const size = (node: ScenarioNode) => ({
  w: node.w ?? kindSpec(node.kind)?.size.w ?? 10,
  h: node.h ?? kindSpec(node.kind)?.size.h ?? 5,
});

function overlaps(nodes: ScenarioNode[]): string[] {
  const found: string[] = [];
  nodes.forEach((a, i) => {
    for (const b of nodes.slice(i + 1)) {
      if (a.parent !== b.parent) continue;
      const apart =
        a.x + size(a).w <= b.x || b.x + size(b).w <= a.x || a.y + size(a).h <= b.y || b.y + size(b).h <= a.y;
      if (!apart) found.push(`${a.name} × ${b.name}`);
    }
  });
  return found;
}

describe("auto-layout", () => {
  it.each(["20-large-made.json", "28-headers-made.json", "retry-chain-made.json"])(
    "of %s overlaps nothing and stays in its frame",
    (name) => {
      const { nodes } = autoLayout(fixture(name));
      expect(overlaps(nodes.filter((node) => node.kind !== "note"))).toEqual([]);
      for (const node of nodes) {
        expect(Number.isInteger(node.x) && Number.isInteger(node.y)).toBe(true);
        const frame = nodes.find((other) => other.id === node.parent);
        if (frame === undefined) continue;
        expect(node.x).toBeGreaterThanOrEqual(0);
        expect(node.x + size(node).w).toBeLessThanOrEqual(size(frame).w);
        expect(node.y + size(node).h).toBeLessThanOrEqual(size(frame).h);
      }
    },
  );

  it("keeps a large topology in a shape that fits a screen", () => {
    const { nodes } = autoLayout(fixture("20-large-made.json"));
    const top = nodes.filter((node) => node.parent === undefined);
    const w = Math.max(...top.map((n) => n.x + size(n).w)) - Math.min(...top.map((n) => n.x));
    const h = Math.max(...top.map((n) => n.y + size(n).h)) - Math.min(...top.map((n) => n.y));
    expect(w / h).toBeGreaterThan(0.5);
    expect(w / h).toBeLessThan(3.5);
  });

  it("draws the flow from left to right", () => {
    const { nodes } = autoLayout(helloQueue());
    const [producer, queue, consumer] = ["producer", "queue", "consumer"].map((kind) =>
      nodes.find((n) => n.kind === kind),
    );
    expect(producer?.x).toBeLessThan(queue?.x as number);
    expect(queue?.x).toBeLessThan(consumer?.x as number);
  });

  it("always gives the same picture, and arranging it again changes nothing", () => {
    const once = autoLayout(fixture("20-large-made.json"));
    expect(autoLayout(fixture("20-large-made.json"))).toEqual(once);
    expect(autoLayout(once)).toEqual(once);
  });
});
