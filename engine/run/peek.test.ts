import { describe, expect, it } from "vitest";
import "./all-systems.ts";
import { seconds } from "../kernel/time.ts";
import type { Settings } from "../scenario/types.ts";
import { sketch } from "../testing/sketch.ts";
import { peek } from "./peek.ts";
import { createRun } from "./run.ts";

describe("somebody who looks", () => {
  it.each(["queue", "list", "stream", "topic", "rmqTopic"])(
    "sees the first fifty of a %s, and takes nothing",
    (store) => {
      const settings: Settings = { topic: { partitions: 1 }, rmqTopic: { queues: 1 } }[store] ?? {};
      const scenario = sketch(
        [
          [`${store} s`, settings],
          ["producer p", { rate: 10, limit: 60, key: { k: "uniform", n: 3 } }],
        ],
        [["publish", "p > s"]],
      );
      const run = createRun(scenario);
      run.advance(seconds(10));
      const hash = run.hash();
      const seen = peek(run, "s");
      expect(seen.map(({ message }) => message)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      expect(seen[0]).toMatchObject({ source: "p", size: 1000, isReadable: true, isRedelivered: false, payload: null });
      expect(new Set(seen.map(({ key }) => key))).toEqual(new Set(["A", "B", "C"]));
      expect(run.hash()).toBe(hash);
      // RocketMQ empties no topic.
      expect(run.act("queue.purge", "s")).toBe(store !== "rmqTopic");
      if (store !== "rmqTopic") expect(peek(run, "s")).toEqual([]);
      expect(peek(run, "p")).toEqual([]);
      expect(peek(run, "nobody")).toEqual([]);
    },
  );

  it("sees what a person wrote, with its own size and key", () => {
    const scenario = sketch(
      [["queue s"], ["producer p", { rate: 0, key: { k: "uniform", n: 2 } }]],
      [["publish", "p > s"]],
    );
    const run = createRun(scenario);
    run.act("producer.publish", "p", { payload: "Hallo, 世界", key: "B", priority: 3 });
    run.act("producer.publish", "p", { key: "other" });
    run.advance(seconds(1));
    expect(peek(run, "s")).toMatchObject([
      { payload: "Hallo, 世界", size: 13, key: "B", priority: 3 },
      { payload: null, size: 1000, key: "other" },
    ]);
  });

  it("hears the last fifty on a link, the newest first, until the wiretap is off", () => {
    const scenario = sketch([["queue s"], ["producer p", { rate: 10 }]], [["publish", "p > s", { tls: true }]]);
    const run = createRun(scenario);
    expect(peek(run, "e1")).toEqual([]);
    run.act("edge.tap", "e1");
    run.advance(seconds(8));
    const heard = peek(run, "e1");
    expect(heard).toHaveLength(50);
    expect(heard[0]).toMatchObject({ t: seconds(8), message: 81, isReadable: false });
    expect(heard[49]?.message).toBe(32);
    run.act("edge.untap", "e1");
    expect(peek(run, "e1")).toEqual([]);
  });
});
