import { expect, it } from "vitest";
import { fieldOf, type Scenario } from "../../../engine/scenario/index.ts";
import { bothTables } from "../../text/both-tables.ts";
import { words } from "../../text/index.ts";
import { fieldStates, itemOf, setForAll } from "./use-edit.ts";
import { choiceOf } from "./words.ts";

await bothTables();

const scenario = (): Scenario => ({
  v: 1,
  meta: { title: "" },
  seed: 1,
  nodes: [
    { id: "x1", kind: "exchange", name: "dead", x: 0, y: 0 },
    { id: "q1", kind: "queue", name: "a", x: 10, y: 0, settings: { maxLength: 5 } },
    { id: "q2", kind: "queue", name: "b", x: 20, y: 0, settings: { queueType: "quorum" } },
    { id: "c1", kind: "consumer", name: "c", x: 30, y: 0 },
    { id: "s1", kind: "service", name: "s", x: 40, y: 0 },
  ],
  edges: [{ id: "e1", kind: "binding", from: "x1", to: "q1" }],
  timeline: [],
  alerts: [],
});
const states = (document: Scenario, ...ids: string[]) =>
  fieldStates(
    document,
    ids.flatMap((id) => itemOf(document, id) ?? []),
  );
const names = (document: Scenario, ...ids: string[]) => states(document, ...ids).map(({ field }) => field.name);

it("shows the fields that have a meaning now, and an import's leftovers only when there are some", () => {
  const document = scenario();
  expect(names(document, "q1")).toContain("durable");
  expect(names(document, "q1")).not.toContain("deliveryLimit");
  expect(names(document, "q2")).toContain("deliveryLimit");
  expect(names(document, "q1")).not.toContain("arguments");
  const imported = setForAll(document, ["q1"], "arguments", { "x-queue-mode": "lazy" }).scenario;
  expect(names(imported, "q1")).toContain("arguments");
});

it("shows a binding's key by what its exchange looks at", () => {
  const document = scenario();
  expect(names(document, "e1")).toContain("key");
  const fanout = setForAll(document, ["x1"], "type", "fanout").scenario;
  expect(names(fanout, "e1")).not.toContain("key");
  const headers = setForAll(document, ["x1"], "type", "headers").scenario;
  expect(names(headers, "e1")).toEqual(expect.arrayContaining(["match", "headers"]));
});

it("shows what several have in common, and where they differ", () => {
  const document = scenario();
  const shared = states(document, "q1", "q2");
  expect(shared.find(({ field }) => field.name === "maxLength")).toMatchObject({ mixed: true, changed: true });
  expect(shared.find(({ field }) => field.name === "overflow")).toMatchObject({ mixed: false, changed: false });
  expect(names(document, "c1", "s1")).toContain("prefetch");
  expect(names(document, "c1", "s1")).not.toContain("then");
  expect(states(document, "x1", "c1")).toEqual([]);
});

it("changes all or none", () => {
  const document = scenario();
  const taken = setForAll(document, ["q1", "q2"], "maxLength", 9);
  expect(taken.issues).toEqual([]);
  expect(taken.scenario.nodes.filter((node) => node.settings?.maxLength === 9)).toHaveLength(2);
  const refused = setForAll(document, ["q1", "q2"], "maxLength", -1);
  expect(refused.scenario).toBe(document);
  expect(refused.issues).toMatchObject([{ code: "out-of-range" }]);
});

it("shows the drawn link in the setting that it decides", () => {
  const document = scenario();
  const linked = setForAll(document, ["q1"], "deadLetterExchange", "dead").scenario;
  expect(linked.edges).toMatchObject([{ id: "e1" }, { kind: "deadLetter", from: "q1", to: "x1" }]);
  expect(states(linked, "q1").find(({ field }) => field.name === "deadLetterExchange")?.value).toBe("dead");
});

it("offers to give a message back only where it is still kept", () => {
  const drawn = (
    kind: string,
    settings: Record<string, string>,
    consume: Record<string, string> = {},
    ack = "manual",
  ): Scenario => ({
    ...scenario(),
    nodes: [
      { id: "l1", kind, name: "l", x: 0, y: 0, settings },
      { id: "c1", kind: "consumer", name: "c", x: 30, y: 0, settings: { ack } },
    ],
    edges: [{ id: "e1", kind: "consume", from: "l1", to: "c1", settings: consume }],
  });
  const onFail = (document: Scenario) => {
    const state = states(document, "c1").find(({ field }) => field.name === "onFail");
    return [state?.value, ...(state?.field.choices ?? [])];
  };
  const all = ["requeue", "requeue", "reject", "retry"];
  const forgotten = ["reject", "reject", "retry"];
  expect(onFail(drawn("list", { take: "move" }))).toEqual(all);
  expect(onFail(drawn("list", { take: "pop" }))).toEqual(forgotten);
  expect(onFail(drawn("stream", {}, { group: "g" }))).toEqual(all);
  expect(onFail(drawn("stream", {}))).toEqual(forgotten);
  expect(onFail(drawn("queue", {}))).toEqual(all);
  expect(onFail(drawn("queue", {}, {}, "auto"))).toEqual(forgotten);
  expect(onFail(scenario())).toEqual(all);
});

it("speaks of a failure as the system does that the consumer reads from, and offers what can happen there", () => {
  const rocket = (mode: string): Scenario => ({
    ...scenario(),
    nodes: [
      { id: "t", kind: "rmqTopic", name: "t", x: 0, y: 0 },
      { id: "g", kind: "rmqGroup", name: "g", x: 20, y: 0, settings: { mode } },
      { id: "c1", kind: "consumer", name: "c", x: 2, y: 4, parent: "g" },
    ],
    edges: [{ id: "e1", kind: "consume", from: "t", to: "c1" }],
  });
  const choices = (document: Scenario) => {
    const { field } = states(document, "c1").find((state) => state.field.name === "onFail")!;
    return field.choices?.map((choice) => choiceOf("consumer", field, choice, words()));
  };
  expect(choices(scenario())?.[0]).toBe("Requeue");
  expect(choices(rocket("clustering"))?.[0]).toBe("Again later (RECONSUME_LATER)");
  // What fails in broadcasting nobody gives again.
  expect(choices(rocket("broadcasting"))).toHaveLength(2);
  const listed = new Set(["list", "stream", "topic", "rmqTopic"]);
  expect(new Set(fieldOf("consumer", "onFail")?.choicesAt)).toEqual(listed);
  for (const at of listed)
    for (const choice of ["requeue", "reject", "retry"])
      expect(words().find(`fields.service.onFail.choicesAt.${at}.${choice}`), `${at} ${choice}`).toBeDefined();
});
