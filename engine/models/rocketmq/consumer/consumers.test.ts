import { describe, expect, it } from "vitest";
import { type Call, RocketRig } from "../../../testing/rocketmq/consumer-rig.ts";

const ALL = Number.POSITIVE_INFINITY;

/** A rig whose listeners do their work at once. */
function working(rig: RocketRig): Call[] {
  const calls: Call[] = [];
  rig.onCall = (call) => {
    calls.push(call);
    rig.consumers.consumed(call.consumer, call.task, ALL, rig.meta, rig);
  };
  return calls;
}

describe("push consumers", () => {
  it("are given what is sent", () => {
    const rig = new RocketRig(1, ["a"]);
    const calls = working(rig);
    rig.topic("t", 2);
    rig.start({});
    rig.pass(5000);
    for (let i = 0; i < 10; i++) rig.send("t");
    rig.pass(1000);
    expect(calls.flatMap(({ ids }) => ids)).toHaveLength(10);
  });
});
