import { describe, expect, it } from "vitest";
import { KAFKA_REPLAY } from "./kafka-replay.ts";
import { playEntry } from "./play.ts";

describe("kafka-replay", () => {
  it("reading does not delete: a group that comes later reads everything", () => {
    const { nodes } = playEntry(KAFKA_REPLAY).until(39).report();
    expect(nodes.auditor?.processed).toBe(nodes.biller?.processed);
    expect(nodes.payments?.["committed[audit]"]).toBe(nodes.payments?.endOffset);
    expect(nodes.payments?.length).toBe(195);
  });

  it("a group that is set back reads its records again, and the other does not notice", () => {
    const { nodes, ledger } = playEntry(KAFKA_REPLAY).until(70).report();
    expect(nodes.payments?.redeliver).toBe(200);
    expect(nodes.biller?.processed).toBe((nodes.auditor?.processed ?? 0) + 200);
    expect(nodes.payments?.["committed[billing]"]).toBe(nodes.payments?.endOffset);
    expect(ledger).toMatchObject({ lost: {}, discarded: {} });
  });

  it("with latest, what was there before passes by", () => {
    const { nodes } = playEntry(KAFKA_REPLAY, "latest").until(39).report();
    expect((nodes.biller?.processed ?? 0) - (nodes.auditor?.processed ?? 0)).toBeGreaterThanOrEqual(100);
  });
});
