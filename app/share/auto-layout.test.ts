import { describe, expect, it } from "vitest";
import { importDefinitions, readDefinitions } from "../../engine/definitions/index.ts";
import {
  absolutePosition,
  addNode,
  connect,
  emptyScenario,
  helloQueue,
  kindSpec,
  type Scenario,
  type ScenarioNode,
} from "../../engine/scenario/index.ts";
import { autoLayout } from "./auto-layout.ts";

const fixtures = import.meta.glob<string>("../../engine/definitions/fixtures/*.json", {
  query: "?raw",
  import: "default",
  eager: true,
});

function imported(name: string): Scenario {
  const read = readDefinitions(fixtures[`../../engine/definitions/fixtures/${name}`] ?? "");
  if (!read.ok) throw new Error(read.code);
  return importDefinitions(read.file).scenario;
}

/** A queue with its producer and consumer, times `count`, on one exchange. */
function fanOut(count: number): Scenario {
  let scenario = emptyScenario();
  const add = (kind: "exchange" | "queue" | "producer" | "consumer"): string => {
    const added = addNode(scenario, kind, { x: 0, y: 0 });
    scenario = added.scenario;
    return added.id;
  };
  const join = (from: string, to: string): void => {
    const joined = connect(scenario, from, to, { settings: { key: to } });
    if (joined.ok) scenario = joined.scenario;
  };
  const exchange = add("exchange");
  join(add("producer"), exchange);
  for (let i = 0; i < count; i++) {
    const queue = add("queue");
    join(exchange, queue);
    join(queue, add("consumer"));
  }
  return scenario;
}

interface Area {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

const areas = (scenario: Scenario): Area[] =>
  scenario.nodes.map((node) => {
    const usual = kindSpec(node.kind)?.size ?? { w: 10, h: 5 };
    return { id: node.id, ...absolutePosition(scenario, node), w: node.w ?? usual.w, h: node.h ?? usual.h };
  });

const isFrame = (scenario: Scenario, id: string): boolean =>
  kindSpec(scenario.nodes.find((node) => node.id === id)?.kind ?? "")?.container === true;

function overlaps(scenario: Scenario): string[] {
  const boxes = areas(scenario).filter(({ id }) => !isFrame(scenario, id));
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.w + 2 && b.x < a.x + a.w + 2 && a.y < b.y + b.h + 1 && b.y < a.y + a.h + 1)
      .map((b) => `${a.id} × ${b.id}`),
  );
}

function standsIn(scenario: Scenario, node: ScenarioNode, frame: string): boolean {
  for (let at: ScenarioNode | undefined = node; at !== undefined; ) {
    if (at.parent === frame) return true;
    const parent: string | undefined = at.parent;
    at = scenario.nodes.find((other) => other.id === parent);
  }
  return false;
}

/** Nodes that stand on a frame's ground without standing in it, or the other way round. */
function strays(scenario: Scenario): string[] {
  const boxes = new Map(areas(scenario).map((box) => [box.id, box]));
  const found: string[] = [];
  for (const frame of scenario.nodes.filter((node) => isFrame(scenario, node.id))) {
    const f = boxes.get(frame.id) as Area;
    for (const node of scenario.nodes) {
      if (node === frame || standsIn(scenario, frame, node.id)) continue;
      const b = boxes.get(node.id) as Area;
      const touches = b.x < f.x + f.w && f.x < b.x + b.w && b.y < f.y + f.h && f.y < b.y + b.h;
      const within = b.x > f.x && b.y > f.y && b.x + b.w < f.x + f.w && b.y + b.h < f.y + f.h;
      if (standsIn(scenario, node, frame.id) ? !within : touches) found.push(`${node.name} and ${frame.name}`);
    }
  }
  return found;
}

/** Pairs of straight lines between different nodes that cross. */
function crossings(scenario: Scenario): number {
  const boxes = new Map(areas(scenario).map((box) => [box.id, box]));
  const lines = scenario.edges.map(({ from, to }) => {
    const a = boxes.get(from) as Area;
    const b = boxes.get(to) as Area;
    return { from, to, x1: a.x + a.w, y1: a.y + a.h / 2, x2: b.x, y2: b.y + b.h / 2 };
  });
  type Line = (typeof lines)[number];
  const side = (l: Line, x: number, y: number) => Math.sign((l.x2 - l.x1) * (y - l.y1) - (l.y2 - l.y1) * (x - l.x1));
  const cross = (p: Line, q: Line) =>
    side(p, q.x1, q.y1) * side(p, q.x2, q.y2) < 0 && side(q, p.x1, p.y1) * side(q, p.x2, p.y2) < 0;
  let count = 0;
  lines.forEach((p, i) => {
    for (const q of lines.slice(i + 1)) {
      if (p.from !== q.from && p.to !== q.to && p.from !== q.to && p.to !== q.from && cross(p, q)) count++;
    }
  });
  return count;
}

function shape(scenario: Scenario): { w: number; h: number } {
  const boxes = areas(scenario);
  const span = (low: (box: Area) => number, high: (box: Area) => number) =>
    Math.max(...boxes.map(high)) - Math.min(...boxes.map(low));
  return {
    w: span(
      (box) => box.x,
      (box) => box.x + box.w,
    ),
    h: span(
      (box) => box.y,
      (box) => box.y + box.h,
    ),
  };
}

const NAMES = Object.keys(fixtures).map((path) => path.split("/").at(-1) as string);

describe("auto-layout", () => {
  it("has topologies to arrange", () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(3);
  });

  it.each(NAMES)("of %s: on the grid, nothing overlaps, frames hold their own and nothing else", (name) => {
    const scenario = autoLayout(imported(name));
    for (const node of scenario.nodes) expect(Number.isInteger(node.x) && Number.isInteger(node.y)).toBe(true);
    expect(overlaps(scenario)).toEqual([]);
    expect(strays(scenario)).toEqual([]);
  });

  it("crosses no lines where it can be helped: each exchange stands beside its queues, each consumer beside its queue", () => {
    for (const count of [1, 5, 8]) expect(crossings(autoLayout(fanOut(count)))).toBe(0);
    expect(crossings(autoLayout(fanOut(40)))).toBeLessThan(200);
    expect(crossings(autoLayout(imported("28-headers-made.json")))).toBe(0);
  });

  it("draws the flow from left to right, also where messages go round", () => {
    for (const scenario of [helloQueue(), imported("retry-chain-made.json")]) {
      const laid = autoLayout(scenario);
      const boxes = new Map(areas(laid).map((box) => [box.id, box]));
      const back = laid.edges.filter(
        ({ from, to }) => (boxes.get(to) as Area).x < (boxes.get(from) as Area).x + (boxes.get(from) as Area).w,
      );
      expect(back.every((edge) => edge.kind === "deadLetter")).toBe(true);
    }
  });

  it("keeps a few rows in one column, folds more, and fills a screen with 150 queues", () => {
    // Producer, exchange, queue, consumer: four columns and their gaps.
    for (const count of [1, 3, 8]) expect(shape(autoLayout(fanOut(count))).w).toBeLessThan(70);
    for (const count of [18, 25, 60]) {
      const { w, h } = shape(autoLayout(fanOut(count)));
      expect(h).toBeLessThanOrEqual(140);
      expect(w / h).toBeGreaterThan(0.9);
      expect(w / h).toBeLessThan(2.5);
    }
    const { w, h } = shape(autoLayout(imported("20-large-made.json")));
    expect(w / h).toBeGreaterThan(1);
    expect(w / h).toBeLessThan(2.4);
  });

  it("keeps the order of the file from top to bottom", () => {
    const laid = autoLayout(fanOut(6));
    const rows = laid.nodes.filter((node) => node.kind === "queue").map((node) => node.y);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
  });

  it("keeps a broker's clients outside its frame while there is room, else takes them all in", () => {
    const inBroker = fanOut(4);
    const simple = autoLayout({
      ...inBroker,
      nodes: [
        { id: "b1", kind: "broker", name: "broker", x: 0, y: 0, w: 20, h: 20 },
        ...inBroker.nodes.map((node) => ({ ...node, parent: "b1" })),
      ],
    });
    expect(strays(simple)).toEqual([]);
    const clients = (scenario: Scenario) =>
      scenario.nodes.filter((n) => n.kind === "producer" || n.kind === "consumer");
    expect(clients(simple).every((node) => node.parent === undefined)).toBe(true);
    const chained = autoLayout(imported("retry-chain-made.json"));
    expect(new Set(clients(chained).map((node) => node.parent)).size).toBe(1);
  });

  it("always gives the same picture; arranging it again changes nothing", () => {
    for (const name of NAMES) {
      const once = autoLayout(imported(name));
      expect(autoLayout(imported(name))).toEqual(once);
      expect(autoLayout(once)).toBe(once);
    }
  });

  it("moves only what was chosen, in its place, and nothing that is locked", () => {
    const scenario = fanOut(3);
    const spread = { ...scenario, nodes: scenario.nodes.map((node, i) => ({ ...node, x: 100 + i * 3, y: 50 + i })) };
    const chosen = spread.nodes.slice(0, 3).map((node) => node.id);
    const laid = autoLayout(spread, chosen);
    expect(laid.nodes.slice(3)).toEqual(spread.nodes.slice(3));
    expect(Math.min(...laid.nodes.slice(0, 3).map((node) => node.x))).toBe(100);
    const first = spread.nodes[0]?.id as string;
    const locked = { ...spread, nodes: spread.nodes.map((n) => (n.id === first ? { ...n, locked: true } : n)) };
    expect(autoLayout(locked).nodes[0]).toBe(locked.nodes[0]);
  });

  it("arranges frames in frames, each around its own", () => {
    const inner = fanOut(3);
    const half = inner.nodes.slice(0, 4).map((node) => node.id);
    const nested: Scenario = {
      ...inner,
      nodes: [
        { id: "f1", kind: "frame", name: "outer", x: 0, y: 0, w: 10, h: 10 },
        { id: "f2", kind: "frame", name: "inner", x: 0, y: 0, w: 10, h: 10, parent: "f1" },
        ...inner.nodes.map((node) => ({ ...node, parent: half.includes(node.id) ? "f2" : "f1" })),
      ],
    };
    const laid = autoLayout(nested);
    expect(overlaps(laid)).toEqual([]);
    expect(strays(laid)).toEqual([]);
  });

  it("is quick enough to be pressed without thinking: 150 queues well under a second", () => {
    const scenario = imported("20-large-made.json");
    autoLayout(scenario);
    const before = performance.now();
    autoLayout(scenario);
    // Some 100 ms on an idle machine; the bar leaves room for busy ones.
    expect(performance.now() - before).toBeLessThan(900);
  });

  it("leaves an empty document as it is", () => {
    expect(autoLayout(emptyScenario())).toEqual(emptyScenario());
  });
});
