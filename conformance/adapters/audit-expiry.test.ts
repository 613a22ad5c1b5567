import { describe, expect, it } from "vitest";
import { count, declare, get, op, played, publish, seenLast } from "./played.ts";

const wait = (ms: number) => op("wait", { ms });

// deliver_or_enqueue, fetch and drop_expired_msgs of rabbit_amqqueue_process; semantics/rabbitmq §4, §7.
describe("a message that overtakes others by its priority", () => {
  const overtaking = [
    declare("q", { "x-max-priority": 5 }),
    publish("m1", "q", { priority: 1 }),
    publish("m2", "q", { priority: 5, expiration: "200" }),
    publish("m3", "q", { priority: 0, expiration: "200" }),
    wait(500),
  ];

  it("is not noticed when its time is over, and is delivered; from then on the queue looks at its head again", () => {
    expect(seenLast(3, ...overtaking, count("q"), get("q"), count("q"))).toEqual([
      "declare-ok q 3 0",
      "get-ok m2 #1 2 left",
      "declare-ok q 2 0",
    ]);
    expect(seenLast(2, ...overtaking, get("q"), get("q"))).toEqual(["get-ok m2 #1 2 left", "get-ok m1 #2 0 left"]);
  });

  it("is noticed when it is the only one", () => {
    const alone = [declare("q", { "x-max-priority": 5 }), publish("m1", "q", { priority: 3, expiration: "200" })];
    expect(seenLast(1, ...alone, wait(500), count("q"))).toEqual(["declare-ok q 0 0"]);
  });
});

describe("headers in which a client claims a history (semantics/rabbitmq §18)", () => {
  const dead = { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" };
  const rejected = (headers: Record<string, unknown>) => {
    const { events } = played([
      declare("dead"),
      declare("q", dead),
      publish("m1", "q", { headers }),
      get("q"),
      op("basic.reject", { tag: 1, requeue: false }),
      get("dead"),
    ]);
    return [events[3]?.[0], events[5]?.[0]];
  };
  const entry = { queue: "q", reason: "rejected", count: 1, exchange: "", routing_keys: ["q"] };

  it("are headers like others when x-death is no list; the broker's own replaces it, without a first death", () => {
    const [before, after] = rejected({ "x-death": "words" });
    expect(before).toMatchObject({ headers: { "x-death": "words" } });
    expect(after).toMatchObject({ x_death: [entry] });
    expect(after).not.toHaveProperty("headers");
    expect(after).not.toHaveProperty("first_death");
  });

  it("show a first death without any x-death, until there is one", () => {
    const first = { "x-first-death-queue": "z", "x-first-death-reason": "expired", "x-first-death-exchange": "e" };
    const [before, after] = rejected(first);
    expect(before).toMatchObject({ first_death: { queue: "z", reason: "expired", exchange: "e" } });
    expect(after).toMatchObject({ x_death: [entry], first_death: { queue: "q", reason: "rejected", exchange: "" } });
  });
});
