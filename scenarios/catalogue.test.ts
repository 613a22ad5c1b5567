import { describe, expect, it } from "vitest";
import { compact, expand, kindSpec, problemsOf, type Scenario, type ScenarioNode, validate } from "../engine/index.ts";
import { absolutePosition } from "../engine/scenario/index.ts";
import { CATALOGUE, idOf, withChange } from "./index.ts";
import { Play } from "./play.ts";

const CHINESE = /[一-鿿]/;

/** The entry as it stands and in each of its variants, with a name for the message. */
const states = (entry: (typeof CATALOGUE)[number]): { name: string; scenario: Scenario }[] => [
  { name: "as drawn", scenario: entry.scenario },
  ...(entry.variants ?? []).map((variant) => ({
    name: variant.id,
    scenario: withChange(entry.scenario, variant.change),
  })),
];

/** Every text of an entry that a person reads, with where it stands. */
function textsOf(entry: (typeof CATALOGUE)[number]): [where: string, text: unknown][] {
  const { meta, nodes } = entry.scenario;
  return [
    ["title", meta.title],
    ["about", meta.about],
    ["observe", entry.observe],
    ["aha", entry.aha],
    ...(entry.variants ?? []).map((variant): [string, unknown] => [variant.id, variant.name]),
    ...nodes.flatMap((node): [string, unknown][] =>
      node.kind === "note"
        ? [[node.id, node.settings?.text]]
        : node.kind === "frame"
          ? [[node.id, node.settings?.title]]
          : [],
    ),
  ];
}

interface Box {
  id: string;
  isFrame: boolean;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function boxOf(scenario: Scenario, node: ScenarioNode): Box {
  const { x, y } = absolutePosition(scenario, node);
  const spec = kindSpec(node.kind);
  const width = node.w ?? spec?.size.w ?? 0;
  const height = node.h ?? spec?.size.h ?? 0;
  return { id: node.id, isFrame: spec?.container === true, left: x, top: y, right: x + width, bottom: y + height };
}

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const holds = (frame: Box, b: Box): boolean =>
  frame.left <= b.left && frame.top <= b.top && frame.right >= b.right && frame.bottom >= b.bottom;

/** Pixels of a grid step, and of a note's text: 13 px on lines of 18.85 px, 8 px and 10 px of padding. Letters are counted generously. */
const STEP = 16;
const LINE = 18.85;
const PADDING = { x: 22, y: 18 };
const LETTER = { en: 6.7, zh: 13.2 };

function linesOf(text: string, width: number): number {
  return text.split("\n").reduce((sum, line) => {
    let lines = 1;
    let at = 0;
    // Latin words move to the next line whole; Chinese characters break anywhere.
    for (const word of line.match(/[一-鿿　-〿＀-￯]|[^\s一-鿿　-〿＀-￯]+|\s/g) ?? []) {
      const size = [...word].reduce((px, letter) => px + (letter > "⺀" ? LETTER.zh : LETTER.en), 0);
      if (at + size > width && word.trim() !== "") {
        lines++;
        at = 0;
      }
      at += size;
    }
    return sum + lines;
  }, 0);
}

it("gives every entry an id of its own", () => {
  const ids = CATALOGUE.map(idOf);
  expect(ids.filter((id, i) => id === "" || ids.indexOf(id) !== i)).toEqual([]);
  for (const { variants = [] } of CATALOGUE) expect(new Set(variants.map((v) => v.id)).size).toBe(variants.length);
});

describe.each(CATALOGUE.map((entry) => ({ id: idOf(entry), entry })))("$id", ({ entry }) => {
  it("says everything in both languages", () => {
    for (const [where, text] of textsOf(entry)) {
      const { en, zh } = (text ?? {}) as { en?: string; zh?: string };
      expect(en?.trim(), `${where}, English`).toBeTruthy();
      expect(zh, `${where}, Chinese`).toMatch(CHINESE);
      expect(en, `${where}, English`).not.toMatch(CHINESE);
    }
  });

  it("is a valid document, as drawn and in every variant, without problems that are not intended", () => {
    for (const { name, scenario } of states(entry)) {
      expect(validate(scenario).issues, name).toEqual([]);
      const problems = problemsOf(scenario).filter((problem) => !entry.intended?.includes(problem.code));
      expect(problems, name).toEqual([]);
    }
  });

  it("intends only problems that it has", () => {
    const shown = new Set(states(entry).flatMap(({ scenario }) => problemsOf(scenario).map((problem) => problem.code)));
    expect((entry.intended ?? []).filter((code) => !shown.has(code))).toEqual([]);
  });

  it("changes something in every variant", () => {
    for (const { name, scenario } of states(entry).slice(1)) expect(scenario, name).not.toEqual(entry.scenario);
  });

  it("lets nothing stand on anything else", () => {
    const boxes = entry.scenario.nodes.map((node) => boxOf(entry.scenario, node));
    const clashes = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => meet(a, b) && !(a.isFrame && holds(a, b)) && !(b.isFrame && holds(b, a)))
        .map((b) => `${a.id} and ${b.id}`),
    );
    expect(clashes).toEqual([]);
    for (const node of entry.scenario.nodes) {
      const frame = boxes.find((box) => box.id === node.parent);
      const box = boxes.find((one) => one.id === node.id) as Box;
      if (frame !== undefined) expect(holds(frame, box), `${node.id} in ${frame.id}`).toBe(true);
    }
  });

  it("has room for the words of every note", () => {
    for (const node of entry.scenario.nodes) {
      if (node.kind !== "note") continue;
      const { left, right, top, bottom } = boxOf(entry.scenario, node);
      const room = Math.floor(((bottom - top) * STEP - PADDING.y) / LINE);
      for (const [language, text] of Object.entries(node.settings?.text as { [language: string]: string }))
        expect(linesOf(text, (right - left) * STEP - PADDING.x), `${node.id}, ${language}`).toBeLessThanOrEqual(room);
    }
  });

  it("plays half a minute with the ledger balanced, in every variant", () => {
    for (const { name, scenario } of states(entry)) {
      const { run } = new Play(scenario);
      // Nobody reads the charts, which cost more than all the rest.
      run.history.next = Number.POSITIVE_INFINITY;
      for (let time = 1; time <= 30; time++) {
        run.advance(time * 1e6);
        expect(run.core.ledger.imbalance(), `${name} at ${time} s`).toBe(0);
      }
      const { published, processed, inSystem, discarded, lost } = run.report().ledger;
      const sum = (reasons: Record<string, number>) => Object.values(reasons).reduce((all, one) => all + one, 0);
      expect(published, name).toBe(processed + inSystem + sum(discarded) + sum(lost));
      expect(published, name).toBeGreaterThan(0);
    }
  });

  it("fits in a link and comes back as it was", () => {
    const short = JSON.parse(JSON.stringify(compact(entry.scenario)));
    expect(expand(short)).toEqual({ document: entry.scenario });
  });
});
