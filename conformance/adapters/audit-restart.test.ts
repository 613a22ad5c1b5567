import { describe, expect, it } from "vitest";
import { declare, op, open, played, publish, seenLast } from "./played.ts";

const bind = (queue: string, exchange: string, routing_key = "") => op("queue.bind", { queue, exchange, routing_key });
const exchange = (type: string, more: Record<string, unknown> = {}) =>
  op("exchange.declare", { exchange: "e", type, durable: true, ...more });
const again = [op("connection.open", { connection: "c1" }), open("ch1")];

describe("a restart (semantics/rabbitmq §14)", () => {
  it.each(["broker.restart", "broker.kill"])(
    "leaves a durable auto-delete exchange whose bindings did not last: %s",
    (restart) => {
      const found = op("exchange.declare", { exchange: "e", passive: true });
      const steps = [
        exchange("direct", { auto_delete: true }),
        declare("q"),
        bind("q", "e", "k"),
        op(restart),
        ...again,
      ];
      expect(seenLast(1, ...steps, found)).toEqual([""]);
    },
  );

  it("loses the history of an x-recent-history exchange", () => {
    const steps = [exchange("x-recent-history"), publish("m1", "", { exchange: "e", delivery_mode: 2 })];
    const { final } = played([...steps, op("broker.restart"), ...again, declare("q"), bind("q", "e")]);
    expect(final).toEqual({ q: [] });
  });
});

it("a blocked connection that is gone is told nothing when the alarm ends (semantics/rabbitmq §17)", () => {
  const blocked = [op("connection.open", { connection: "c2" }), open("ch2", "c2"), op("broker.alarm", { on: true })];
  const steps = [declare("q"), ...blocked, publish("m1", "q", { channel: "ch2" })];
  const off = op("broker.alarm", { on: false });
  expect(seenLast(1, ...steps, off)).toEqual(["unblocked c2"]);
  expect(seenLast(1, ...steps, op("connection.abort", { connection: "c2" }), off)).toEqual([""]);
});

it("what a client sent before it vanished is read when the alarm ends (semantics/rabbitmq §17)", () => {
  const blocked = [op("connection.open", { connection: "c2" }), open("ch2", "c2"), op("broker.alarm", { on: true })];
  const sent = ["m1", "m2"].map((id) => publish(id, "q", { channel: "ch2" }));
  const gone = [op("connection.abort", { connection: "c2" }), op("broker.alarm", { on: false })];
  expect(played([declare("q"), ...blocked, ...sent, ...gone]).final).toEqual({ q: ["m1", "m2"] });
});

it("nothing can be bound to a classic queue whose node is down (semantics/rabbitmq §16)", () => {
  const other = [op("connection.open", { connection: "c2", node: "n2" }), open("ch2", "c2")];
  const bound = { ...bind("q", "amq.direct", "k"), channel: "ch2" };
  const { seen } = played([declare("q", {}, { durable: true }), ...other, op("node.stop", { node: "n1" }), bound], 3);
  expect(seen.at(-1)).toBe("error ch2 404");
});
