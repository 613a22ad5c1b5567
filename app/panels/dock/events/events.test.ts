import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../engine/worker/protocol.ts";
import { NO_FILTER } from "../../../store/life.ts";
import { bothTables } from "../../../text/both-tables.ts";
import { setLanguage, words } from "../../../text/index.ts";
import { append, asJsonLines, asText, passes, rowsInSight } from "./event-list.ts";
import { grouped } from "./group.ts";
import { GROUPS, groupFilter, KIND_GROUPS } from "./kind-groups.ts";
import { KINDS_SHOWN, sentence, sentenceParts, weightOf } from "./sentence.ts";

await bothTables();

const event = (over: Partial<RunEvent>): RunEvent => ({ n: 1, t: 0, node: "q1", kind: "publish", message: 7, ...over });
const nameOf = (id: string) => ({ q1: "orders", c1: "worker-2", odd: "a $t(x) {{node}} \ue000n \ue001" })[id];
const say = (over: Partial<RunEvent>) => sentence(event(over), words(), nameOf);

describe("the sentence of an event", () => {
  it("is another one where a list, a stream or a channel does otherwise than a queue", () => {
    const at = (kind: string, over: Partial<RunEvent>) =>
      sentence(event(over), words(), (id) => (id === "kind:q1" ? kind : nameOf(id)));
    expect(at("queue", { kind: "ack" })).toBe("#7 was acknowledged, and orders forgot it");
    expect(at("stream", { kind: "ack" })).toBe("#7 was acknowledged: it is pending in orders no longer");
    expect(at("channel", { kind: "unroutable", reason: "no-subscriber" })).toContain("Nobody was subscribed to orders");
    expect(at("list", { kind: "discard", reason: "maxlen" })).toContain("orders was trimmed");
    expect(at("list", { kind: "enqueue" })).toBe("#7 joined orders");
  });

  it("names node, message and the other node", () => {
    expect(say({ kind: "deliver", other: "c1" })).toBe("orders delivered #7 to worker-2");
    expect(say({ kind: "discard", reason: "maxlen" })).toBe("orders was at its limit, so #7 was discarded");
    expect(say({ kind: "lost", reason: "link" })).toBe("#7 from orders was lost on the link");
    expect(say({ kind: "refuse" })).toBe("The broker refused #7 from orders");
    expect(say({ kind: "refuse", reason: "refused" })).toBe("orders was at its limit and refused #7");
    expect(say({ kind: "retry", value: 2 })).toBe("orders sends #7 again, retry 2");
    expect(say({ kind: "unroutable", reason: "unroutable" })).toContain("matched no binding of orders");
    expect(say({ kind: "unroutable", node: "" })).toContain("no queue with the name");
    expect(say({ kind: "cancel", other: "c1" })).toContain("no longer consumes from worker-2");
    expect(say({ kind: "close" })).toBe("orders is gone from the broker");
  });

  it("counts in the language's forms, and gives a time its unit", () => {
    const at = (kind: string, over: Partial<RunEvent>) =>
      sentence(event(over), words(), (id) => (id === "kind:q1" ? kind : nameOf(id)));
    expect(at("consumer", { kind: "rebalance", reason: "queues", value: 1 })).toBe("orders reads one queue now");
    expect(at("consumer", { kind: "rebalance", reason: "queues", value: 2 })).toBe("orders reads 2 queues now");
    expect(at("rmqTopic", { kind: "elect", value: 2 })).toContain("master b now (node 2)");
    expect(at("rmqTopic", { kind: "delay", value: 10_000 })).toBe("orders hides #7 for 10 s");
  });

  it("gives names as parts that lead to their nodes, whatever signs they contain", () => {
    expect(sentenceParts(event({ kind: "deliver", other: "c1" }), words(), nameOf)).toEqual([
      { node: "q1", name: "orders" },
      " delivered #7 to ",
      { node: "c1", name: "worker-2" },
    ]);
    const parts = sentenceParts(event({ kind: "publish", node: "odd" }), words(), nameOf);
    expect(parts[0]).toEqual({ node: "odd", name: "a $t(x) {{node}} n " });
    expect(sentence(event({ kind: "publish", node: "gone" }), words(), nameOf)).toBe("gone published #7");
  });

  it("exists for every kind, reason and place in both languages, without a hole", async () => {
    const reasons = [
      ...["unroutable", "returned", "expired", "maxlen", "rejected", "refused", "delivery-limit", "purged", "deleted"],
      ...["dead-letter-unroutable", "dead-letter-cycle", "denied", "hop-limit", "failed", "retention"],
      ...["link", "restart", "client-crash", "channel-closed", "queue-gone"],
      ...["closed", "auto-delete", "expires", "exclusive", "timeout", "login"],
    ];
    for (const language of ["en", "zh"] as const) {
      await setLanguage(language);
      for (const kind of [...KINDS_SHOWN, "nack", "rebalance"])
        for (const reason of [undefined, ...reasons])
          for (const other of [undefined, "c1"])
            for (const value of [undefined, 403]) {
              const text = say({ kind, reason, other, value });
              expect(text, `${language} ${kind} ${reason}`).not.toMatch(/\{\{|undefined|events\./);
              expect(text.length, `${language} ${kind} ${reason}`).toBeGreaterThan(4);
              if (reason) expect(words().find(`events.reasons.${reason}`), reason).toBeDefined();
            }
    }
    await setLanguage("en");
  });
});

describe("the list of events", () => {
  const list = [
    event({ n: 1, kind: "publish", message: 1 }),
    event({ n: 2, kind: "deliver", other: "c1", message: 42 }),
    event({ n: 3, kind: "lost", node: "c1", reason: "client-crash", message: 421 }),
  ];
  const kept = (filter: Partial<typeof NO_FILTER>) =>
    list.filter((one) => passes(one, { ...NO_FILTER, ...filter }, words(), nameOf)).map(({ n }) => n);

  it("filters by node (either end), kind, words and message number", () => {
    expect(kept({})).toEqual([1, 2, 3]);
    expect(kept({ node: "c1" })).toEqual([2, 3]);
    expect(kept({ kind: "lost" })).toEqual([3]);
    expect(kept({ text: "worker CRASHED" })).toEqual([3]);
    expect(kept({ text: "#42" })).toEqual([2]);
    expect(kept({ text: "42" })).toEqual([2, 3]);
    expect(kept({ text: "deliver worker" })).toEqual([2]);
  });

  it("filters by group of kinds, message and reason", () => {
    expect(kept({ kind: groupFilter("ends") })).toEqual([3]);
    expect(kept({ kind: groupFilter("way") })).toEqual([1, 2]);
    expect(kept({ message: 42 })).toEqual([2]);
    expect(kept({ reason: "client-crash" })).toEqual([3]);
    expect(kept({ reason: "link" })).toEqual([]);
  });

  it("has every kind in one group, but for those that no event is of", () => {
    const grouped = GROUPS.flatMap((group) => [...KIND_GROUPS[group]]);
    expect([...grouped].sort()).toEqual([...KINDS_SHOWN].sort());
  });

  it("is exported as JSON lines, with names beside ids", () => {
    const lines = asJsonLines(list, nameOf).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[1] ?? "")).toEqual({
      n: 2,
      t: 0,
      kind: "deliver",
      node: "q1",
      nodeName: "orders",
      message: 42,
      other: "c1",
      otherName: "worker-2",
    });
  });

  it("takes each event once and forgets the oldest above the limit", () => {
    const grown = append(list, [event({ n: 3 }), event({ n: 4 }), event({ n: 5 })], 4);
    expect(grown.map(({ n }) => n)).toEqual([2, 3, 4, 5]);
    expect(append(list, [event({ n: 2 })])).toBe(list);
  });

  it("draws only the rows in sight", () => {
    expect(rowsInSight(50_000, 26, 26_000, 260, 2)).toEqual({ first: 998, end: 1012 });
    expect(rowsInSight(3, 26, 0, 260)).toEqual({ first: 0, end: 3 });
    expect(rowsInSight(0, 26, 500, 260)).toEqual({ first: 0, end: 0 });
  });

  it("is copied as lines with tabs", () => {
    expect(asText(list.slice(1, 2), words(), nameOf)).toBe("00:00.000\tDeliver\torders delivered #42 to worker-2");
  });
});

it("puts neighbours that say the same together, newest first", () => {
  const refused = Array.from({ length: 35 }, (_, i) =>
    event({ n: i + 1, t: i, kind: "refuse", reason: "refused", message: i }),
  );
  const groups = grouped([...refused, event({ n: 36, kind: "expire", t: 99 })], 20);
  expect(groups.map(({ count, since, newest }) => [newest.kind, count, since, newest.t])).toEqual([
    ["expire", 1, 99, 99],
    ["refuse", 35, 0, 34],
  ]);
  const turns = Array.from({ length: 9 }, (_, i) => event({ n: i + 1, kind: i % 2 ? "requeue" : "redeliver" }));
  expect(grouped(turns, 3)).toHaveLength(3);
});

it("knows ordinary events from notable and bad ones", () => {
  expect(["publish", "ack", "redeliver", "dead-letter", "lost", "deny"].map(weightOf)).toEqual([
    "everyday",
    "everyday",
    "notable",
    "notable",
    "bad",
    "bad",
  ]);
});
