import { expect, it } from "vitest";
import { emptyScenario, helloQueue, type Scenario } from "../../../../engine/scenario/index.ts";
import { bothTables } from "../../../text/both-tables.ts";
import { words } from "../../../text/index.ts";
import { placeOf } from "./place.ts";
import { troublesOf } from "./use-problems.ts";

await bothTables();

it("finds nothing in the first example", () => {
  expect(troublesOf(helloQueue()).filter(({ severity }) => severity !== "info")).toEqual([]);
});

it("puts errors before warnings, and names node and setting even when a name has dots", () => {
  const scenario: Scenario = {
    ...emptyScenario(),
    nodes: [
      { id: "q1", kind: "queue", name: "a.b.c", x: 0, y: 0, settings: { maxLength: -5 } },
      { id: "p1", kind: "producer", name: "p", x: 0, y: 9 },
    ],
    edges: [{ id: "e1", kind: "publish", from: "p1", to: "q1", settings: { loss: 7 } }],
  };
  const troubles = troublesOf(scenario);
  expect(troubles.map(({ severity }) => severity)).toEqual(["error", "error"]);
  expect(troubles.map((trouble) => placeOf(scenario, trouble, words()))).toEqual([
    { target: "q1", isNode: true, name: "a.b.c", field: "Maximum length" },
    { target: "e1", isNode: false, name: "p → a.b.c", field: "Loss" },
  ]);
  const doubted = troublesOf({ ...scenario, nodes: scenario.nodes.map(({ settings: _, ...node }) => node), edges: [] });
  expect(doubted.length).toBeGreaterThan(0);
  for (const { from, code, facts } of doubted) expect(words().find(`${from}.${code}`, facts), code).toBeDefined();
});

it("says of a fault of the document itself that it is the document's", () => {
  const scenario = { ...helloQueue(), seed: -1 };
  const [trouble] = troublesOf(scenario);
  expect(placeOf(scenario, trouble as never, words())).toMatchObject({ target: undefined, name: "Document" });
});
