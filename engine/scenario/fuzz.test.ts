import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compact, expand } from "./compact.ts";
import * as api from "./index.ts";
import {
  addNode,
  applyFix,
  connect,
  copyClip,
  duplicate,
  emptyScenario,
  fieldsOf,
  hasErrors,
  insertOnEdge,
  judge,
  KINDS,
  moveNodes,
  type NodeKind,
  pasteClip,
  problemsOf,
  quickFix,
  readClip,
  reconnect,
  remove,
  renameNode,
  type Scenario,
  type SettingValue,
  setSetting,
  validate,
} from "./index.ts";

/** Values for settings: some fit, some are refused, none may break the document. */
const VALUES: SettingValue[] = [
  0,
  1,
  2,
  20,
  -1,
  0.5,
  60_000,
  1e9,
  true,
  false,
  null,
  "",
  "orders",
  "a.#",
  "manual",
  "auto",
  "requeue",
  "reject",
  "quorum",
  "shelf",
  "fanout",
  "headers",
  "x-consistent-hash",
  "publish",
  "reply",
  "confirm",
  "exchange-1",
  "exchange-2",
  "reject-publish",
  "at-least-once",
  { d: "exponential", mean: 30 },
  { d: "uniform", min: 1, max: 9 },
  { k: "zipf", n: 5, s: 1.1 },
  { k: "hot", n: 1, share: 1 },
  { p: "burst", rate: 50, on: 100, off: 900 },
  { p: "steps", steps: [] },
  { w: [{ value: 9, weight: 1 }] },
  { b: "fixed", ms: 5 },
  { type: "log" },
  ["A"],
  [],
  [{ name: "web", configure: "", write: ".*", read: "(a+)+" }],
];

/** One random edit. Numbers choose nodes, edges, fields and values by their place, so that a failing run can be made smaller. */
function edit(scenario: Scenario, [what, a, b, c]: readonly number[] = []): Scenario {
  const pick = <T>(list: readonly T[], at = 0): T | undefined => list[at % Math.max(1, list.length)];
  const node = pick(scenario.nodes, a);
  const other = pick(scenario.nodes, b);
  const edge = pick(scenario.edges, a);
  const item = pick([...scenario.nodes, ...scenario.edges], a);
  switch ((what ?? 0) % 12) {
    case 0:
    case 1: {
      const kind = pick(KINDS, a)?.kind as NodeKind;
      const frame = pick(
        scenario.nodes.filter((n) => n.kind === "broker" || n.kind === "frame"),
        b,
      );
      return addNode(scenario, kind, { x: b ?? 0, y: c ?? 0, ...((c ?? 0) % 2 === 0 && frame && { parent: frame.id }) })
        .scenario;
    }
    case 2:
    case 3:
    case 4: {
      if (!node || !other) return scenario;
      const legal = pick(api.legalTargets(scenario, node.id), b);
      if (legal && (what ?? 0) % 12 !== 4) {
        const joined = connect(scenario, node.id, legal, { settings: {} });
        if (joined.ok) return joined.scenario;
      }
      const settings = (c ?? 0) % 3 === 0 ? { key: `k${c}` } : undefined;
      const verdict = judge(scenario, node.id, other.id, settings && { settings });
      if (verdict.ok) {
        const joined = connect(scenario, node.id, other.id, verdict.kind === "binding" && settings ? { settings } : {});
        return joined.ok ? joined.scenario : scenario;
      }
      const fix = pick(verdict.fixes, c);
      return (fix && applyFix(scenario, fix)?.scenario) ?? scenario;
    }
    case 5:
    case 6: {
      const field = item && pick(fieldsOf(item.kind), b);
      return item && field
        ? setSetting(scenario, item.id, field.name, pick(VALUES, c) as SettingValue).scenario
        : scenario;
    }
    case 7:
      return item ? remove(scenario, [item.id]) : scenario;
    case 8:
      return node
        ? renameNode(scenario, node.id, pick(["orders", "订单", "", "queue-1", "exchange-1"], b) as string).scenario
        : scenario;
    case 9:
      return node && other ? duplicate(scenario, [node.id, other.id]).scenario : scenario;
    case 10: {
      if (!edge || !other) return scenario;
      if ((c ?? 0) % 2 === 0)
        return (
          insertOnEdge(scenario, edge.id, pick(["exchange", "queue", "service"] as const, b) as NodeKind)?.scenario ??
          scenario
        );
      const moved = reconnect(scenario, edge.id, (b ?? 0) % 2 === 0 ? { to: other.id } : { from: other.id });
      return moved.ok ? moved.scenario : scenario;
    }
    default: {
      const problem = pick(problemsOf(scenario), a);
      if (problem && (c ?? 0) % 2 === 0) return quickFix(scenario, problem) ?? scenario;
      return node ? moveNodes(scenario, new Map([[node.id, { x: a ?? 0, y: b ?? 0 }]])) : scenario;
    }
  }
}

/** One of each kind, and two of those that are connected most. */
const start = (): Scenario => {
  const kinds: NodeKind[] = [...KINDS.map((spec) => spec.kind), "queue", "exchange", "consumer"];
  return kinds.reduce((scenario, kind, i) => addNode(scenario, kind, { x: i * 12, y: 0 }).scenario, emptyScenario());
};

const steps = fc.array(fc.array(fc.nat(60), { minLength: 4, maxLength: 4 }), {
  minLength: 20,
  maxLength: 60,
  size: "max",
});

/** Duplicates of bindings, and queues of one name on a broker, can be made by moving things about; everything else must be impossible. */
const POSSIBLE = new Set([
  "duplicate-binding",
  "duplicate-broker-name",
  "different-brokers",
  "duplicate-connection",
  "total-rate-above-limit",
]);

describe("random edits", () => {
  it("never make a document that cannot run by any way an editor offers, and never touch the one before", () => {
    fc.assert(
      fc.property(steps, (script) => {
        let scenario = start();
        for (const step of script) {
          const before = JSON.stringify(scenario);
          const next = edit(scenario, step);
          expect(JSON.stringify(scenario)).toBe(before);
          const errors = validate(next).issues.filter(
            (issue) => issue.severity === "error" && !POSSIBLE.has(issue.code),
          );
          expect(errors, JSON.stringify(step)).toEqual([]);
          scenario = next;
        }
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it("lead to documents that the short form brings back as they were", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const scenario = script.reduce((now, step) => edit(now, step), start());
        const text = JSON.stringify(compact(scenario));
        expect(expand(JSON.parse(text))).toEqual({ document: JSON.parse(JSON.stringify(scenario)) });
        const clip = JSON.parse(
          JSON.stringify(
            copyClip(
              scenario,
              scenario.nodes.map((node) => node.id),
            ),
          ),
        );
        const read = readClip(JSON.stringify(clip));
        expect(read.clip).toEqual(clip);
        expect(pasteClip(emptyScenario(), clip, { dx: 0, dy: 0 }).scenario.nodes).toHaveLength(scenario.nodes.length);
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

describe("anything that validation lets through", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>({ toString: 1 }, ...VALUES),
  ) as fc.Arbitrary<SettingValue>;
  const settings = fc.dictionary(
    fc.constantFrom(...KINDS.flatMap((kind) => kind.fields.map((field) => field.name)), "__proto__", ""),
    value,
  );
  const kind = fc.constantFrom(...KINDS.map((spec) => spec.kind), "shelf");
  const id = fc.constantFrom("a", "b", "c", "d", "e");
  const node = fc.record(
    { id, kind, name: fc.constantFrom("a", "b", "c", "d", "名"), parent: id, settings },
    { requiredKeys: ["id", "kind"] },
  );
  const edge = fc.record(
    {
      id: fc.constantFrom("e1", "e2", "e3"),
      kind: fc.constantFrom("publish", "binding", "consume", "deadLetter", "alternate", "odd"),
      from: id,
      to: id,
      settings,
    },
    { requiredKeys: ["id", "kind", "from", "to"] },
  );
  const document = fc.record(
    {
      v: fc.constant(1),
      nodes: fc.array(node, { maxLength: 6 }),
      edges: fc.array(edge, { maxLength: 6 }),
      lesson: value,
    },
    { requiredKeys: ["v", "nodes"] },
  );

  it("can be drawn, judged, searched for problems, shortened and edited, errors or not", () => {
    let drawn = 0;
    fc.assert(
      fc.property(document, fc.array(fc.nat(60), { minLength: 4, maxLength: 4 }), (raw, step) => {
        const { scenario } = validate(raw);
        if (scenario === null) return;
        drawn++;
        problemsOf(scenario);
        for (const from of scenario.nodes) {
          api.legalTargets(scenario, from.id);
          api.settingsIn(scenario, from);
          for (const field of fieldsOf(from.kind)) api.isShown(field, api.settingsOf(from));
        }
        edit(scenario, step);
        const again = expand(JSON.parse(JSON.stringify(compact(scenario))));
        expect(JSON.stringify(sorted(again.document))).toBe(
          JSON.stringify(sorted(JSON.parse(JSON.stringify(scenario)))),
        );
      }),
      { seed: 9, numRuns: 1500 },
    );
    expect(drawn).toBeGreaterThan(1000);
  });

  it("and so can anything at all that claims to be a short form", () => {
    const list = fc.array(fc.oneof(value, fc.array(value, { maxLength: 7 })), { maxLength: 5 });
    const short = fc.tuple(
      fc.constant(1),
      value,
      value,
      fc.array(fc.oneof(list, value)),
      fc.array(fc.oneof(list, value)),
      value,
    );
    fc.assert(
      fc.property(fc.oneof(short, value), (raw) => {
        const { document } = expand(raw);
        if (document !== null) expect(hasErrors(validate(document).issues)).toBeTypeOf("boolean");
      }),
      { seed: 10, numRuns: 1000 },
    );
  });
});

/** Entries instead of objects, so that `__proto__` is compared like any other name; order of names does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}
