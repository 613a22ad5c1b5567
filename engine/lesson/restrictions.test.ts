import { describe, expect, it } from "vitest";
import { addNode, helloQueue, remove, renameNode, type Scenario, setSetting } from "../scenario/index.ts";
import { lockedIn, mayAdd, mayChange, restrictionsOf } from "./restrictions.ts";
import type { Lesson } from "./types.ts";

const start = helloQueue();
const under = (lesson: Pick<Lesson, "lock" | "palette" | "expose">) => restrictionsOf(lesson, start);
const locked = under({ lock: { default: "locked", allow: ["c1.prefetch"] }, expose: ["p1.rate"] });
const edits: Record<string, (scenario: Scenario) => Scenario> = {
  setting: (s) => setSetting(s, "c1", "service", 100).scenario,
  name: (s) => renameNode(s, "q1", "other").scenario,
  "a connection's setting": (s) => setSetting(s, "e1", "latency", 99).scenario,
  "a node that goes": (s) => remove(s, ["c1"]),
  "a connection that goes": (s) => remove(s, ["e1"]),
  "a new node": (s) => addNode(s, "queue", { x: 0, y: 0 }).scenario,
  seed: (s) => ({ ...s, seed: 2 }),
  timeline: (s) => ({ ...s, timeline: [{ t: 1, do: "consumer.kill", target: "c1" }] }),
  alerts: (s) => ({ ...s, alerts: [{ name: "a", target: "q1", metric: "ready", op: ">" as const, threshold: 1 }] }),
  lesson: (s) => ({ ...s, lesson: {} }),
};

describe("a locked drawing", () => {
  it.each(Object.entries(edits))("refuses: %s", (_, edit) => {
    expect(lockedIn(start, edit(start), locked)).not.toBeNull();
  });

  it("lets what it allows, what is exposed, and where things stand", () => {
    const allowed = [
      setSetting(start, "c1", "prefetch", 5).scenario,
      setSetting(start, "p1", "rate", 3).scenario,
      { ...start, nodes: start.nodes.map((node) => ({ ...node, x: node.x + 1 })) },
      { ...start, nodes: start.nodes.map((node) => ({ ...node, folded: true })) },
      { ...start, view: { zoom: 2 } },
    ];
    for (const next of allowed) expect(lockedIn(start, next, locked)).toBeNull();
    expect(mayChange(locked, "c1", "prefetch")).toBe(true);
    expect(mayChange(locked, "p1", "rate")).toBe(true);
    expect(mayChange(locked, "c1", "service")).toBe(false);
    expect(mayAdd(locked, "queue")).toBe(false);
  });

  it("takes the whole node when its name alone is allowed", () => {
    const node = under({ lock: { default: "locked", allow: ["c1"] } });
    expect(lockedIn(start, setSetting(start, "c1", "service", 1).scenario, node)).toBeNull();
    expect(lockedIn(start, remove(start, ["c1"]), node)).toBeNull();
    expect(lockedIn(start, remove(start, ["q1"]), node)).not.toBeNull();
  });

  it("lets what the person adds be theirs", () => {
    const open = under({ lock: { default: "locked" }, palette: ["consumer"] });
    const { scenario, id } = addNode(start, "consumer", { x: 0, y: 0 });
    expect(lockedIn(start, scenario, open)).toBeNull();
    const joined = { ...scenario, edges: [...scenario.edges, { id: "e9", kind: "consume", from: "q1", to: id }] };
    expect(lockedIn(scenario, joined, open)).toBeNull();
    expect(lockedIn(joined, setSetting(joined, id, "service", 1).scenario, open)).toBeNull();
    expect(lockedIn(joined, remove(joined, [id]), open)).toBeNull();
    expect(lockedIn(start, addNode(start, "queue", { x: 0, y: 0 }).scenario, open)).toEqual({
      reason: "kind",
      what: "queue",
    });
  });
});

describe("an open drawing", () => {
  it("refuses what is denied, other kinds, and too many nodes", () => {
    const open = under({ lock: { default: "open", deny: ["c1.service", "seed"], maxNodes: 4 }, palette: ["queue"] });
    const { setting, seed, timeline } = edits as Required<typeof edits>;
    expect(lockedIn(start, setting?.(start) ?? start, open)).not.toBeNull();
    expect(lockedIn(start, seed?.(start) ?? start, open)).not.toBeNull();
    expect(lockedIn(start, timeline?.(start) ?? start, open)).toBeNull();
    const one = addNode(start, "queue", { x: 0, y: 0 }).scenario;
    expect(lockedIn(start, one, open)).toBeNull();
    expect(lockedIn(one, addNode(one, "queue", { x: 9, y: 9 }).scenario, open)).toEqual({ reason: "count", what: "4" });
    expect(lockedIn(start, addNode(start, "consumer", { x: 0, y: 0 }).scenario, open)).toMatchObject({
      reason: "kind",
    });
  });

  it("refuses nothing without a lock", () => {
    for (const edit of Object.values(edits).slice(0, -1)) expect(lockedIn(start, edit(start), under({}))).toBeNull();
  });
});
