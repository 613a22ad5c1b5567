import { expect, it } from "vitest";
import { NETWORK_PARTITION } from "./network-partition.ts";
import { playEntry } from "./play.ts";

it("network-partition: only the majority confirms; healed, everything arrives once", () => {
  const run = playEntry(NETWORK_PARTITION).until(20);
  const north = run.now("north", "confirm.total");
  const south = run.now("south", "confirm.total");
  run.until(39.9);
  expect(run.now("north", "confirm.total")).toBe(north);
  expect(run.now("north", "outbox")).toBe(100);
  expect(run.now("south", "confirm.total")).toBe(south + 100);
  expect(run.run.badges()["north-orders"]).toEqual(["cut"]);
  run.until(60);
  expect(run.now("north", "failed.total")).toBe(0);
  expect(run.report().ledger).toMatchObject({ lost: {}, duplicates: 0 });
  // What was confirmed is in the queue or has been through it, and nothing is there twice.
  const confirmed = run.now("north", "confirm.total") + run.now("south", "confirm.total");
  expect(run.now("orders", "publish.total")).toBe(confirmed);
  expect(run.now("reader", "processed.total")).toBe(600);
});

it("network-partition: the south pauses for the election and no longer", () => {
  const run = playEntry(NETWORK_PARTITION).until(20.9);
  expect(run.run.badges().orders).toEqual(["no-leader"]);
  expect(run.until(21.1).run.badges().orders).toEqual(["leader-2"]);
});

it("network-partition: who gives up knows what failed; who does not ask does not", () => {
  const impatient = playEntry(NETWORK_PARTITION, "impatient").until(60);
  expect(impatient.now("north", "failed.total")).toBe(75);
  expect(impatient.report().ledger.lost).toEqual({ link: 75 });
  const careless = playEntry(NETWORK_PARTITION, "careless").until(60);
  expect(careless.report().ledger.lost).toEqual({ link: 100 });
});
