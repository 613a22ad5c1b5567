import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { RMQ_DELAY } from "./rmq-delay.ts";

describe("rmq-delay", () => {
  /** From publishing to the end of the work, less the work, s. */
  const delays = (variant?: string) => {
    const run = playEntry(RMQ_DELAY, variant).until(60);
    const events = run.run.core.log.read(0, 50_000, () => "");
    const at = (kind: string) => new Map(events.filter((one) => one.kind === kind).map((one) => [one.message, one.t]));
    const [published, done] = [at("publish"), at("process")];
    return [...done].map(([id, t]) => (t - (published.get(id) ?? 0)) / 1e6 - 0.05);
  };

  it("hides each message for ten seconds and little more", () => {
    const all = delays();
    expect(all.length).toBeGreaterThan(45);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...all)).toBeLessThanOrEqual(10.5);
    expect(playEntry(RMQ_DELAY).until(30).now("unpaid", "delayed")).toBe(10);
  });

  it("half a minute with the next level, any time with the wheel", () => {
    expect(Math.min(...delays("half-minute"))).toBeGreaterThanOrEqual(30);
    for (const delay of delays("any-time")) expect(Math.abs(delay - 7.4)).toBeLessThanOrEqual(1);
  });
});
