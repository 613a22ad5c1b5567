import { describe, expect, it } from "vitest";
import { createRun, seconds } from "../../engine/index.ts";
import { CATALOGUE, idOf } from "../../scenarios/index.ts";
import { ledgerPicture } from "./ledger-picture.ts";

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

describe("the picture of the ledger", () => {
  it.each([
    ["kafka-replay", "payments", 50],
    ["rmq-delay", "unpaid", 10],
    ["redis-stream", "orders", 40],
    ["zmq-push-pull", "slow", 10],
  ])("says where messages lie that are in no queue: %s", (id, node, held) => {
    const run = createRun(CATALOGUE.find((entry) => idOf(entry) === id)!.scenario);
    run.advance(seconds(10));
    const { inSystemAt } = ledgerPicture(run);
    expect(inSystemAt.find((place) => place.node === node)).toEqual({ node, ready: held, unacked: 0 });
  });

  it.each(CATALOGUE.map((entry) => ({ name: idOf(entry), entry })))("balances at every second: $name", ({ entry }) => {
    const run = createRun(entry.scenario);
    for (let s = 1; s <= 40; s++) {
      while (run.now < seconds(s)) {
        run.advance(seconds(s));
        run.state.alerts.wantsPause = false;
      }
      const { messages, copies, inSystemAt } = ledgerPicture(run);
      for (const { made, processed, inSystem, discarded, lost } of [messages, copies]) {
        expect(processed + inSystem + total(discarded) + total(lost)).toBe(made);
      }
      let at = 0;
      for (const { ready, unacked } of inSystemAt) {
        expect(ready).toBeGreaterThanOrEqual(0);
        at += ready + unacked;
      }
      expect(at).toBe(copies.inSystem);
    }
  });
});
