import { describe, expect, it } from "vitest";
import { count, declare, get, op, played, publish, seenLast } from "./played.ts";

const select = op("tx.select");
const commit = op("tx.commit");
const FULL = { "x-max-length": 1, "x-overflow": "reject-publish" };

// rabbit_channel: complete_tx, deliver_to_queues; semantics/rabbitmq §10.
describe("a transaction", () => {
  it("whose publish a queue refuses is half done: what was taken stays, and the channel closes with 406", () => {
    const { seen, final } = played([declare("q", FULL), select, publish("m1", "q"), publish("m2", "q"), commit]);
    expect([seen.at(-1), final]).toEqual(["error ch1 406", { q: ["m1"] }]);
  });

  it("goes where its publishes were routed before the commit, as far as the queues are still there", () => {
    const sent = publish("m1", "q", { mandatory: true });
    expect(seenLast(2, declare("q"), select, sent, op("queue.delete", { queue: "q" }), commit)).toEqual([
      "delete-ok 0",
      "return m1 312",
    ]);
    expect(seenLast(1, select, sent, declare("q"), commit)).toEqual(["return m1 312"]);
  });
});

// rabbit_amqqueue_process: will_overflow, process_args_policy; semantics/rabbitmq §5.
describe("reject-publish of a classic queue", () => {
  it("looks at the limit before it looks for a consumer", () => {
    const consume = op("basic.consume", { queue: "q", consumer: "k" });
    const confirmed = (args: Record<string, unknown>) =>
      seenLast(1, declare("q", { ...FULL, ...args }), op("confirm.select"), consume, publish("m1", "q", { size: 10 }));
    expect(confirmed({})).toEqual(["confirm m1; deliver k m1 #1"]);
    expect(confirmed({ "x-max-length": 0 })).toEqual(["nack m1"]);
    expect(confirmed({ "x-max-length-bytes": 5 })).toEqual(["nack m1"]);
  });

  it("that comes by a policy together with a limit finds the queue cut down to it", () => {
    const definition = { "max-length": 2, overflow: "reject-publish" };
    const policy = op("policy.set", { policy: "p", pattern: "^q$", apply_to: "queues", definition });
    const steps = [declare("q"), ...["m1", "m2", "m3"].map((id) => publish(id, "q")), policy, publish("m4", "q")];
    expect(seenLast(2, ...steps, count("q"), get("q"))).toEqual(["declare-ok q 2 0", "get-ok m2 #1 1 left"]);
  });
});
