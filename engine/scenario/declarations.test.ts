import { describe, expect, it } from "vitest";
import { draw } from "../testing/build.ts";
import { problemsOf, type Settings } from "./index.ts";

describe("declarations and streams", () => {
  const drawn = (queue: Settings, declare: string, consumer: Settings = {}) =>
    draw()
      .producer("p1")
      .queue("q1", queue)
      .consumer("c1", consumer)
      .publish("p1", "q1", { declare })
      .consume("q1", "c1", { declare: "durable" })
      .scenario();
  const codes = (scenario: ReturnType<typeof drawn>) => problemsOf(scenario).map(({ code }) => code);
  const mismatch = (scenario: ReturnType<typeof drawn>) =>
    problemsOf(scenario)
      .filter(({ code }) => code === "declare-mismatch")
      .map(({ facts }) => facts.client);

  it("are told apart from the queue's own durability", () => {
    expect(codes(drawn({}, "durable"))).toEqual([]);
    expect(codes(drawn({}, "passive"))).toEqual([]);
    expect(mismatch(drawn({}, "transient"))).toEqual(["p1"]);
    expect(mismatch(drawn({ durable: false }, "transient"))).toEqual(["c1"]);
    expect(codes(drawn({ queueType: "quorum", durable: false }, "durable"))).toEqual([]);
  });

  it.each<Settings>([{ prefetch: 0 }, { ack: "auto" }, { prefetchGlobal: true }, { getEvery: 100 }])(
    "name a consumer that a stream refuses: %o",
    (settings) => {
      const stream = { queueType: "stream" };
      expect(codes(drawn(stream, "durable"))).toEqual([]);
      expect(codes(drawn(stream, "durable", settings))).toContain("stream-refuses-consumer");
    },
  );
});
