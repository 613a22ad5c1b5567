import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { ZMQ_REQ_REP } from "./zmq-req-rep.ts";

/** Answers that the client had at a virtual time. */
const answers = (variant: string | undefined, time: number): number =>
  playEntry(ZMQ_REQ_REP, variant).until(time).report().nodes.client?.confirm ?? 0;

describe("zmq-req-rep", () => {
  it("never goes on after the server died with a request", () => {
    const before = answers(undefined, 3.05);
    expect(before).toBeGreaterThan(4);
    expect(answers(undefined, 60)).toBe(before);
    expect(playEntry(ZMQ_REQ_REP).until(60).now("client", "blockedShare", true)).toBeGreaterThan(0.9);
  });

  it.each(["timeout", "relaxed", "dealer"])("goes on within 3 s of the restart: %s", (variant) => {
    expect(answers(variant, 9)).toBeGreaterThan(answers(variant, 6));
    const { ledger } = playEntry(ZMQ_REQ_REP, variant).until(60).report();
    expect(ledger.processed).toBeGreaterThan(100);
  });
});
