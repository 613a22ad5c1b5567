import { expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { SLOW_DISK } from "./slow-disk.ts";

/** Confirms a second of both senders between two times, s. */
function rates(run: ReturnType<typeof playEntry>, from: number, to: number): number[] {
  const totals = () => ["one", "five"].map((id) => run.now(id, "confirm.total"));
  const before = run.until(from) && totals();
  run.until(to);
  return totals().map((total, i) => (total - (before[i] as number)) / (to - from));
}

it("slow-disk: 40 a second each, then 9 one by one and 25 five by five, then 40 again", () => {
  const run = playEntry(SLOW_DISK);
  for (const rate of rates(run, 5, 20)) expect(rate).toBeCloseTo(40, 0);
  const [one, five] = rates(run, 21, 49);
  expect(one).toBeCloseTo(1 / 0.11, 1);
  expect(five).toBeCloseTo(25, 0);
  for (const rate of rates(run, 55, 70)) expect(rate).toBeCloseTo(40, 0);
});

it("slow-disk: one by one the ceiling was 66 a second before", () => {
  const { scenario } = SLOW_DISK;
  const fast = { ...scenario, nodes: scenario.nodes.map((n) => ({ ...n, settings: { ...n.settings, rate: 500 } })) };
  const producers = fast.nodes.map((n) => (n.kind === "producer" ? n : scenario.nodes.find(({ id }) => id === n.id)));
  const run = playEntry({ ...SLOW_DISK, scenario: { ...scenario, nodes: producers as typeof scenario.nodes } });
  expect(rates(run, 5, 20)[0]).toBeCloseTo(1 / 0.015, 0);
});

it("slow-disk: with ten on the way at least 39 a second go on, with persistence; nothing is lost", () => {
  const run = playEntry(SLOW_DISK, "ten");
  expect(rates(run, 21, 49)[1]).toBeGreaterThanOrEqual(39);
  expect(run.report().ledger.lost).toEqual({});
});

it("slow-disk: what is not written does not wait for the disk", () => {
  for (const rate of rates(playEntry(SLOW_DISK, "transient"), 21, 49)) expect(rate).toBeCloseTo(40, 0);
});
