import { expect, it } from "vitest";
import { type Play, playEntry } from "./play.ts";
import { TOKEN_LOCK } from "./token-lock.ts";

const WORKERS = ["a", "b", "c"];
const inFlight = (run: Play) => WORKERS.map((id) => run.now(id, "inFlight"));
const done = (run: Play) => WORKERS.reduce((sum, id) => sum + run.now(id, "processed.total"), 0);

it("token-lock: never two work at once, and they take turns", () => {
  const run = playEntry(TOKEN_LOCK);
  for (let t = 0.05; t < 60; t += 0.05) {
    const working = inFlight(run.until(t)).reduce((sum, n) => sum + n, 0);
    expect(working, `at ${t} s`).toBeLessThanOrEqual(1);
  }
  expect(run.now("lock", "depth")).toBeLessThanOrEqual(1);
  expect(run.report().ledger.lost).toEqual({});
});

it("token-lock: the holder is killed: the next one works at once", () => {
  const run = playEntry(TOKEN_LOCK).until(10.19);
  expect(inFlight(run)).toEqual([0, 0, 1]);
  expect(inFlight(run.until(10.21))).toEqual([1, 0, 0]);
  const before = done(run);
  expect(done(run.until(14))).toBeGreaterThanOrEqual(before + 6);
});

it("token-lock: the holder hangs: all wait for the acknowledgement timeout, and then go on without it", () => {
  const run = playEntry(TOKEN_LOCK).until(22);
  const before = done(run);
  expect(done(run.until(40))).toBe(before);
  expect(run.run.badges().a).toContain("hanging");
  expect(done(run.until(60))).toBeGreaterThan(before + 20);
  expect(run.now("a", "inFlight")).toBe(0);
});

it("token-lock: with half an hour nobody works; acknowledged on delivery the key is lost with its holder", () => {
  const patient = playEntry(TOKEN_LOCK, "no-timeout").until(22);
  const before = done(patient);
  expect(done(patient.until(300))).toBe(before);
  const auto = playEntry(TOKEN_LOCK, "auto").until(60);
  expect(Object.values(auto.report().ledger.lost).reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(auto.now("lock", "depth")).toBe(0);
});
