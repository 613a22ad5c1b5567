import { expect, it } from "vitest";
import { EDGE_KINDS, type FieldSpec, fieldOf, KINDS, setSetting } from "../../../engine/scenario/index.ts";
import { bothTables } from "../../text/both-tables.ts";
import { setLanguage, words } from "../../text/index.ts";
import { labelOf, noneOf, refusal, showNumber, showValueOf } from "./words.ts";

await bothTables();

const field = (kind: string, name: string) => fieldOf(kind, name) as FieldSpec;

it("says a refusal with the range and its unit, and that the old value stays", () => {
  const document = {
    v: 1 as const,
    meta: { title: "" },
    seed: 1,
    nodes: [{ id: "c1", kind: "consumer", name: "c.1", x: 0, y: 0 }],
    edges: [],
    timeline: [],
    alerts: [],
  };
  const refuse = (name: string, value: never) => {
    const [issue] = setSetting(document, "c1", name, value).issues;
    const of = field("consumer", name);
    return refusal(of, labelOf("consumer", of, words()), issue as never, words());
  };
  expect(refuse("prefetch", 99_999 as never)).toBe(
    "99,999 messages was not taken: Prefetch goes from 0 messages to 65,535 messages. The old value stays.",
  );
  expect(refuse("prefetch", 2.5 as never)).toBe("2.5 was not taken: Prefetch is a whole number. The old value stays.");
  expect(refuse("failRate", 1.5 as never)).toBe(
    "150 % was not taken: Failure rate goes from 0 % to 100 %. The old value stays.",
  );
  expect(refuse("service", { d: "exponential", mean: -1 } as never)).toContain("Mean goes from 0 s to 7 d");
  expect(refuse("service", { d: "lognormal", mean: 5, cv: 200 } as never)).toContain(
    "Coefficient of variation goes from 0 to 100",
  );
});

it("shows numbers with the unit that suits them", () => {
  expect(showNumber(field("queue", "messageTtl"), 90_000, words())).toBe("1.5 min");
  expect(showNumber(field("producer", "rate"), 10_000, words())).toBe("10,000 msg/s");
  expect(showNumber(field("consumer", "failRate"), 0.25, words())).toBe("25 %");
});

it("has words for the default of every field, in both languages", async () => {
  for (const language of ["en", "zh"] as const) {
    await setLanguage(language);
    for (const { kind, fields } of [...KINDS, ...EDGE_KINDS])
      for (const one of fields as readonly FieldSpec[]) {
        const shown = showValueOf(kind, one, one.default, words());
        expect(shown, `${language} ${kind}.${one.name}`).not.toBe("");
        expect(shown, `${language} ${kind}.${one.name}`).not.toMatch(/object|undefined|NaN|\{\{/);
        expect(labelOf(kind, one, words()), `${language} ${kind}.${one.name}`).not.toBe(one.name);
        expect(noneOf(one, words())).not.toBe("");
      }
  }
  await setLanguage("en");
});
