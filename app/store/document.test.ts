import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockedIn, restrictionsOf } from "../../engine/lesson/index.ts";
import { addNode, emptyScenario, helloQueue, type Scenario, setSetting } from "../../engine/scenario/index.ts";
import { COALESCE_MS, redo, UNDO_STEPS_MAX, undo, useDocument } from "./document.ts";

const doc = () => useDocument.getState();
const add = (scenario: Scenario) => addNode(scenario, "queue", { x: 0, y: 0 }).scenario;
const rate = (value: number) => (scenario: Scenario) => setSetting(scenario, "p1", "rate", value).scenario;
const rateNow = () => doc().scenario.nodes.find((node) => node.id === "p1")?.settings?.rate;

describe("the document", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    doc().open(helloQueue(), { origin: "own" });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is changed by edits, undone and redone", () => {
    doc().apply(add);
    expect(doc().scenario.nodes).toHaveLength(4);
    expect(undo()).toBe(true);
    expect(doc().scenario.nodes).toHaveLength(3);
    expect(redo()).toBe(true);
    expect(doc().scenario.nodes).toHaveLength(4);
    expect(redo()).toBe(false);
  });

  it("takes an edit that changes nothing for no step", () => {
    expect(doc().apply((scenario) => scenario)).toBe(false);
    expect(undo()).toBe(false);
    expect(doc().saved).toBe("saved");
  });

  it("makes one step of a slider drag, and a new one after a pause or another field", () => {
    for (let value = 2; value < 12; value++) {
      vi.advanceTimersByTime(100);
      doc().apply(rate(value), { coalesce: "p1.rate" });
    }
    vi.advanceTimersByTime(COALESCE_MS + 1);
    doc().apply(rate(20), { coalesce: "p1.rate" });
    doc().apply(add, { coalesce: "other" });
    expect(rateNow()).toBe(20);
    undo();
    expect(doc().scenario.nodes).toHaveLength(3);
    undo();
    expect(rateNow()).toBe(11);
    undo();
    expect(rateNow()).toBe(1);
    expect(undo()).toBe(false);
  });

  it("begins a new step after an undo in the middle of a burst", () => {
    doc().apply(rate(5), { coalesce: "p1.rate" });
    undo();
    doc().apply(rate(6), { coalesce: "p1.rate" });
    expect(rateNow()).toBe(6);
    undo();
    expect(rateNow()).toBe(1);
  });

  it("keeps at least two hundred steps", () => {
    for (let i = 0; i < UNDO_STEPS_MAX + 50; i++) doc().apply(add);
    let steps = 0;
    while (undo()) steps++;
    expect(steps).toBeGreaterThanOrEqual(200);
  });

  it("cannot be changed while it is read-only, not even by undo", () => {
    doc().apply(add);
    doc().setReadOnly(true);
    expect(doc().apply(add)).toBe(false);
    expect(undo()).toBe(false);
    doc().setReadOnly(false);
    expect(undo()).toBe(true);
  });

  it("becomes one's own with the first edit, and waits to be saved", () => {
    doc().open(helloQueue(), { origin: "link" });
    expect([doc().origin, doc().saved]).toEqual(["link", "saved"]);
    doc().apply(add);
    expect([doc().origin, doc().saved]).toEqual(["own", "unsaved"]);
  });

  it("forgets the history of the one before when another is opened", () => {
    const before = doc().id;
    doc().apply(add);
    doc().open(emptyScenario(), { origin: "own" });
    expect(doc().id).not.toBe(before);
    expect(undo()).toBe(false);
    expect(doc().scenario.nodes).toHaveLength(0);
  });
});

describe("a document under a lesson", () => {
  beforeEach(() => {
    doc().open(helloQueue(), { origin: "own" });
    doc().restrict(restrictionsOf({ lock: { default: "locked", allow: ["p1.rate"] } }, helloQueue()), lockedIn);
  });
  afterEach(() => doc().open(emptyScenario(), { origin: "own" }));

  it("takes what is allowed and refuses the rest, undo too", () => {
    expect(doc().apply(rate(3))).toBe(true);
    expect(doc().apply(add)).toBe(false);
    expect(doc().scenario.nodes).toHaveLength(3);
    expect(undo()).toBe(true);
    expect(rateNow()).toBe(1);
    doc().restrict(null);
    expect(doc().apply(add)).toBe(true);
    doc().restrict(restrictionsOf({ lock: { default: "locked" } }, helloQueue()), lockedIn);
    expect(undo()).toBe(true);
    expect(redo()).toBe(false);
  });

  it("lets the lesson itself change it, with nothing to undo before", () => {
    doc().apply(rate(3));
    expect(doc().apply(add, { byLesson: true })).toBe(true);
    expect(undo()).toBe(false);
  });

  it("is not replaced by a file", () => {
    doc().open(emptyScenario(), { origin: "file" });
    expect(doc().scenario.nodes).toHaveLength(3);
    doc().open(emptyScenario(), { origin: "own" });
    expect(doc().scenario.nodes).toHaveLength(0);
    expect(doc().restrictions).toBeNull();
  });
});
