import type { Scenario } from "../../scenario/types.ts";
import { sketch } from "../sketch.ts";

/** A drawing of RocketMQ with every doubt that has a quick fix. */
export const doubtfulRocketmq = (): Scenario =>
  sketch(
    [
      ["brokerSet w1", { replicate: "sync" }],
      ["rmqTopic m1", { messageType: "fifo" }, { parent: "w1" }],
      ["rmqTopic m2", {}, { parent: "w1" }],
      ["rmqGroup u1", { mode: "broadcasting", filter: "pay" }],
      ["rmqGroup u2", { order: "orderly" }],
      ["producer p1"],
      ["producer p2", { delayLevel: 3, key: { k: "uniform", n: 3 } }],
      ["consumer c1", { failRate: 0.1 }, { parent: "u1" }],
      ["consumer c2", {}, { parent: "u2" }],
    ],
    [
      ["publish", "p1 > m1"],
      ["publish", "p2 > m2"],
      ["consume", "m1 > c1"],
      ["consume", "m2 > c2"],
    ],
  );
