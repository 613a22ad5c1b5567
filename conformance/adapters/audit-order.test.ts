import { describe, expect, it } from "vitest";
import { count, declare, get, type op, played, publish, seenLast } from "./played.ts";

describe("what one publish leads to (semantics/rabbitmq §6, OPS.md)", () => {
  it("a dead letter of one queue comes to another one after the copy that was published to both", () => {
    const dead = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q", "x-message-ttl": 0 };
    const steps = [declare("q"), declare("a", dead), publish("m1", "a", { headers: { CC: ["q"] } })];
    const isDead = ["x_death" in eventOf(steps, get("q")), "x_death" in eventOf([...steps, get("q")], get("q"))];
    expect(isDead).toEqual([false, true]);
  });

  it("what is over its time behind the head is counted, but not left at the end: nobody can read it", () => {
    const quorum = { "x-queue-type": "quorum" };
    for (const args of [{}, quorum]) {
      const { seen, final } = played([
        declare("q", args, { durable: true }),
        publish("m1", "q"),
        publish("m2", "q", { expiration: "0" }),
        publish("m3", "q"),
        count("q"),
      ]);
      expect(seen.at(-1)).toBe("declare-ok q 3 0");
      expect(final).toEqual({ q: ["m1", "m3"] });
    }
  });

  it("a classic queue drops what is over its time before it counts what a get leaves, a quorum queue afterwards", () => {
    const left = (args: Record<string, unknown>) =>
      seenLast(
        2,
        declare("q", args, { durable: true }),
        ...["m1", "m2", "m3"].map((id) => publish(id, "q", id === "m2" ? { expiration: "0" } : {})),
        get("q"),
        count("q"),
      );
    expect(left({})).toEqual(["get-ok m1 #1 1 left", "declare-ok q 1 0"]);
    expect(left({ "x-queue-type": "quorum" })).toEqual(["get-ok m1 #1 2 left", "declare-ok q 1 1"]);
  });
});

function eventOf(steps: readonly ReturnType<typeof op>[], last: ReturnType<typeof op>): object {
  const { events } = played([...steps, last]);
  return events.at(-1)?.[0] ?? {};
}
