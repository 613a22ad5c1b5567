import { describe, expect, it } from "vitest";
import { playEntry } from "./play.ts";
import { SERIALIZATION } from "./serialization.ts";

const transfer = (format: string): string => `sender-${format}-line-${format}`;

describe("serialization", () => {
  const run = playEntry(SERIALIZATION).until(30);

  it("caps XML at 40 a second, and the line becomes a queue", () => {
    expect(run.now("worker-xml", "processed.rate")).toBeCloseTo(40, 0);
    // Ten a second more than pass.
    expect(Math.abs(run.now(transfer("xml"), "inTransit") - 300)).toBeLessThanOrEqual(2);
  });

  it("lets JSON and protobuf through", () => {
    for (const format of ["json", "protobuf"]) {
      expect(run.now(`worker-${format}`, "processed.rate"), format).toBeGreaterThanOrEqual(49);
      expect(run.now(transfer(format), "inTransit"), format).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    ["xml", 25],
    ["json", 12.5],
    ["protobuf", 5],
  ])("%s needs %f ms a message", (format, ms) => {
    // Before a second has passed the first XML message has the line for itself.
    const first = playEntry(SERIALIZATION).until(0.001).until(0.0011);
    expect(first.now(transfer(format), "transfer.mean", true) / 1000).toBeCloseTo(ms, 6);
    if (format !== "xml") expect(run.now(transfer(format), "transfer.mean", true) / 1000).toBeCloseTo(ms, 6);
    const bytes = run.now(transfer(format), "bytes.total") / run.now(transfer(format), "messages.total");
    expect(bytes).toBe(ms * 80);
  });

  it.each(["xml-becomes-json", "a-thicker-line"])("%s: at least 49 a second", (variant) => {
    expect(playEntry(SERIALIZATION, variant).until(30).now("worker-xml", "processed.rate")).toBeGreaterThanOrEqual(49);
  });
});
