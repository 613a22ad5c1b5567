import { describe, expect, it } from "vitest";
import { SECOND } from "../kernel/time.ts";
import type { Scenario } from "../scenario/index.ts";
import { draw } from "../testing/build.ts";
import { Recording } from "./recording.ts";
import type { Run } from "./run.ts";

/** Everything a frame shows, and the hash of how it came about. */
const picture = (run: Run) => ({
  time: run.now,
  performed: run.performed,
  hash: run.hash(),
  values: Array.from(run.read()),
  ledger: run.ledgerReport(),
});

const piledUp = () =>
  draw()
    .producer("p", { rate: 20 })
    .queue("q")
    .consumer("c", { service: 1000, prefetch: 1 })
    .publish("p", "q")
    .consume("q", "c")
    .scenario();

/** The document without its queue. */
const without = (scenario: Scenario): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.filter(({ id }) => id !== "q"),
  edges: scenario.edges.filter(({ from, to }) => from !== "q" && to !== "q"),
});

describe("a deletion that is undone", () => {
  it("has not been when the clock has not moved: the messages are there again, and the run goes on as if nothing had happened", () => {
    const document = piledUp();
    const recording = new Recording(document);
    recording.advance(7.5 * SECOND);
    const before = picture(recording.run);
    recording.edit(without(document));
    expect(recording.run.ledgerReport().discarded.deleted).toBeGreaterThan(50);
    // Moving things about is nothing to the run.
    const moved = { ...document, nodes: document.nodes.map((node) => ({ ...node, x: node.x + 1 })) };
    expect(recording.edit(moved)).toEqual({ tookBack: true, emptied: [] });
    expect(picture(recording.run)).toEqual(before);
    expect(recording.actions).toEqual([]);
    recording.advance(20 * SECOND);
    const straight = new Recording(document);
    straight.advance(20 * SECOND);
    expect(picture(recording.run)).toEqual(picture(straight.run));
  });

  it("is taken back step by step, after other edits too", () => {
    const document = piledUp();
    const recording = new Recording(document);
    recording.advance(3 * SECOND);
    const faster = {
      ...document,
      nodes: document.nodes.map((node) => (node.id === "p" ? { ...node, settings: { rate: 40 } } : node)),
    };
    recording.edit(faster);
    const before = picture(recording.run);
    recording.edit(without(faster));
    expect(recording.edit(faster).tookBack).toBe(true);
    expect(picture(recording.run)).toEqual(before);
    expect(recording.actions).toHaveLength(1);
  });

  it("brings the node back empty, and says which, when the run has gone on", () => {
    const document = piledUp();
    const recording = new Recording(document);
    recording.advance(7 * SECOND);
    recording.edit(without(document));
    recording.advance(8 * SECOND);
    expect(recording.edit(document)).toEqual({ tookBack: false, emptied: ["q"] });
    expect(recording.run.ledgerReport().discarded.deleted).toBeGreaterThan(50);
    expect(recording.actions).toHaveLength(2);
  });
});
