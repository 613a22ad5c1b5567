import { describe, expect, it } from "vitest";
import { consume, count, declare, get, op, played, publish, qos, seenLast } from "./played.ts";

const select = op("tx.select");
const commit = op("tx.commit");
const FULL = { "x-max-length": 1, "x-overflow": "reject-publish" };

// rabbit_channel: complete_tx, deliver_to_queues; semantics/rabbitmq §10.
describe("a transaction", () => {
  it("whose publish a queue refuses is half done: what was taken stays, and the channel closes with 406", () => {
    const { seen, final } = played([declare("q", FULL), select, publish("m1", "q"), publish("m2", "q"), commit]);
    expect([seen.at(-1), final]).toEqual(["error ch1 406", { q: ["m1"] }]);
  });

  it("goes to the queues that were found before the commit, by their names: to who has them now", () => {
    const sent = publish("m1", "q", { mandatory: true });
    expect(seenLast(2, declare("q"), select, sent, op("queue.delete", { queue: "q" }), commit)).toEqual([
      "delete-ok 0",
      "return m1 312",
    ]);
    // The default exchange answers with the key, whether there is such a queue or not.
    expect(seenLast(2, select, sent, declare("q"), commit, count("q"))).toEqual(["", "declare-ok q 1 0"]);
    const fanout = { exchange: "amq.fanout" };
    const bound = [declare("q"), op("queue.bind", { queue: "q", ...fanout }), select];
    const gone = op("queue.delete", { queue: "q" });
    const spread = publish("m1", "", { mandatory: true, ...fanout });
    expect(seenLast(2, ...bound, spread, gone, declare("q"), commit, count("q"))).toEqual(["", "declare-ok q 1 0"]);
    const loosened = op("queue.unbind", { queue: "q", ...fanout });
    expect(seenLast(2, ...bound, spread, loosened, commit, count("q"))).toEqual(["", "declare-ok q 1 0"]);
    expect(seenLast(1, ...bound, spread, gone, commit)).toEqual(["return m1 312"]);
  });

  it("acks before it publishes: who has room again takes the first of the new messages", () => {
    const steps = [
      declare("q"),
      op("channel.open", { channel: "ch2" }),
      qos("ch1", 1),
      consume("k1", "q", "ch1"),
      publish("m1", "q"),
      select,
      consume("k2", "q", "ch2", { no_ack: true }),
      publish("m2", "q"),
      publish("m3", "q"),
      op("basic.ack", { tag: 1 }),
      commit,
    ];
    expect(seenLast(1, ...steps)).toEqual(["deliver k1 m2 #2; deliver k2 m3"]);
  });

  it("answers quorum queues before it publishes: what goes back to the tail stands before what is new", () => {
    const heads = (args: Record<string, unknown>) => {
      const nack = op("basic.nack", { tag: 1, requeue: true });
      const before = [declare("q", args, { durable: true }), publish("m1", "q"), select, get("q")];
      return seenLast(2, ...before, publish("m2", "q"), nack, commit, get("q"), get("q"));
    };
    const both = ["get-ok m1 #2 again 1 left", "get-ok m2 #3 0 left"];
    expect(heads({ "x-queue-type": "quorum" })).toEqual(both);
    expect(heads({})).toEqual(both);
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
