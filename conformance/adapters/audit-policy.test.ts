import { describe, expect, it } from "vitest";
import type { Step } from "../format.ts";
import { declare, op, played, publish } from "./played.ts";

const policy = (name: string, priority: number, definition: Record<string, unknown>): Step =>
  op("policy.set", { policy: name, pattern: "^q", apply_to: "queues", priority, definition });
const sent = [publish("m1", "q"), publish("m2", "q"), publish("m3", "q")];
const left = (args: Record<string, unknown>, ...policies: Step[]) =>
  played([...policies, declare("q", args, { durable: true }), ...sent]).final;

// rabbit_queue_type: is_policy_applicable.
describe("a policy with a key that the type of queue has no use for", () => {
  const quorum = { "x-queue-type": "quorum" };
  const lower = policy("p2", 1, { "max-length": 2 });

  it("is none for that queue: the next one applies", () => {
    expect(left({}, policy("p1", 5, { "max-length": 1, "delivery-limit": 1 }), lower)).toEqual({ q: ["m2", "m3"] });
    expect(left(quorum, policy("p1", 5, { "max-length": 1, "queue-mode": "lazy" }), lower)).toEqual({
      q: ["m2", "m3"],
    });
    expect(left(quorum, policy("p1", 5, { "max-length": 1, "ha-mode": "all" }))).toEqual({ q: ["m1", "m2", "m3"] });
  });

  it("applies to queues of another type", () => {
    expect(left(quorum, policy("p1", 5, { "max-length": 1, "delivery-limit": 1 }), lower)).toEqual({ q: ["m3"] });
    expect(left({}, policy("p1", 5, { "max-length": 1, "queue-mode": "lazy" }), lower)).toEqual({ q: ["m3"] });
  });
});
