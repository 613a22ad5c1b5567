import { describe, expect, it } from "vitest";
import { consume, count, declare, get, op, open, publish, seenLast } from "./played.ts";

const user = (permissions: Record<string, string>) => op("user.set", { user: "u", ...permissions });
const enter = [op("connection.open", { connection: "c2", user: "u" }), open("ch2", "c2")];
const ALL = { configure: ".*", write: ".*", read: ".*" };
const REFUSED = ["error ch2 403"];

describe("permissions (semantics/rabbitmq §12)", () => {
  it("are asked before it is told that a queue is missing; a passive declare asks for none", () => {
    const missing = (step: Parameters<typeof seenLast>[1]) =>
      seenLast(1, user({ read: "^other" }), ...enter, { ...step, channel: "ch2" });
    expect(missing(get("nowhere"))).toEqual(REFUSED);
    expect(missing(consume("k", "nowhere", "ch2"))).toEqual(REFUSED);
    expect(missing(op("queue.purge", { queue: "nowhere" }))).toEqual(REFUSED);
    expect(missing(count("nowhere"))).toEqual(["error ch2 404"]);
    expect(missing(get("other"))).toEqual(["error ch2 404"]);
  });

  // https://www.rabbitmq.com/docs/access-control: results may be cached per channel.
  it("that a channel was granted once hold for it when they are taken away, but for no other channel", () => {
    const changed = [
      declare("q"),
      user(ALL),
      ...enter,
      publish("m1", "q", { channel: "ch2" }),
      user({ configure: "", write: "", read: "" }),
    ];
    expect(seenLast(2, ...changed, publish("m2", "q", { channel: "ch2" }), count("q"))).toEqual([
      "",
      "declare-ok q 2 0",
    ]);
    expect(seenLast(1, ...changed, get("q", { channel: "ch2" }))).toEqual(REFUSED);
    const other = [...changed, open("ch3", "c2"), publish("m2", "q", { channel: "ch3" })];
    expect(seenLast(1, ...other)).toEqual(["error ch3 403"]);
  });
});
