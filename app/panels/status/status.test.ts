import { expect, it } from "vitest";
import { type Moment, mostTelling } from "./announce.ts";
import { balances, reasonsOf } from "./totals.ts";

const moment = (over: Partial<Moment>): Moment => ({ depths: {}, badges: {}, lost: 0, discarded: 0, ...over });

it("says the gravest change first, one at a time", () => {
  const before = moment({ depths: { q1: 5 } });
  const now = moment({ depths: { q1: 150 }, badges: { c1: ["crashed"] }, lost: 2, discarded: 9 });
  expect(mostTelling(before, now)).toMatchObject({ key: "lost", facts: { count: 2 } });
  expect(mostTelling(before, { ...now, lost: 0 })).toMatchObject({
    key: "badge",
    node: "c1",
    facts: { state: "crashed" },
  });
  expect(mostTelling(before, moment({ depths: { q1: 150 } }))).toEqual({ key: "grew", node: "q1", facts: { n: 150 } });
  expect(mostTelling(before, moment({ discarded: 9 }))).toMatchObject({ key: "discarded" });
});

it("keeps quiet about small changes and everyday states", () => {
  const before = moment({ depths: { q1: 100 }, badges: { c1: ["crashed"] } });
  expect(mostTelling(before, before)).toBeNull();
  expect(
    mostTelling(before, moment({ depths: { q1: 130 }, badges: { c1: ["crashed"], c2: ["idle", "buffering"] } })),
  ).toBeNull();
  expect(mostTelling(moment({}), moment({ depths: { q1: 9 } }))).toBeNull();
});

it("tells an emptied queue from one that shrank, and speaks of the largest change", () => {
  const before = moment({ depths: { q1: 100, q2: 500 } });
  expect(mostTelling(before, moment({ depths: { q1: 0, q2: 500 } }))).toMatchObject({ key: "emptied", node: "q1" });
  expect(mostTelling(before, moment({ depths: { q1: 0, q2: 90 } }))).toMatchObject({ key: "shrank", node: "q2" });
});

it("checks the equation of the ledger, and lists reasons by their size", () => {
  const figures: Record<string, number> = {
    "published.total": 10,
    "processed.total": 4,
    inSystem: 3,
    discarded: 2,
    lost: 1,
    "lost[link]": 0,
    "lost[restart]": 1,
    "discarded[expired]": 1,
    "discarded[maxlen]": 7,
  };
  const read = (name: string) => figures[name] ?? Number.NaN;
  expect(balances(read)).toBe(true);
  expect(balances((name) => (name === "lost" ? 2 : read(name)))).toBe(false);
  expect(balances(() => Number.NaN)).toBe(true);
  expect(reasonsOf("discarded", Object.keys(figures), read)).toEqual([
    { reason: "maxlen", n: 7 },
    { reason: "expired", n: 1 },
  ]);
  expect(reasonsOf("lost", Object.keys(figures), read)).toEqual([{ reason: "restart", n: 1 }]);
});
