import type { Move, Script } from "./play.ts";

/** A script that once showed a difference, cut down to what shows it. */
export interface NamedScript extends Script {
  readonly name: string;
}

const publish = (id: string, queue: string, more: Record<string, unknown> = {}): Move => ({
  op: "basic.publish",
  channel: "ch2",
  id,
  exchange: "",
  routing_key: queue,
  ...more,
});
const declare = (queue: string, more: Record<string, unknown> = {}): Move => ({
  op: "queue.declare",
  channel: "ch1",
  queue,
  ...more,
});
const quorum = (queue: string, more: Record<string, unknown> = {}): Move =>
  declare(queue, { durable: true, arguments: { "x-queue-type": "quorum", ...more } });
const consume = (queue: string, consumer: string, more: Record<string, unknown> = {}): Move => ({
  op: "basic.consume",
  channel: "ch1",
  queue,
  consumer,
  ...more,
});
const get = (queue: string, more: Record<string, unknown> = {}): Move => ({
  op: "basic.get",
  channel: "ch3",
  queue,
  ...more,
});
const on = (channel: string, op: string, more: Record<string, unknown> = {}): Move => ({ op, channel, ...more });

/** Failing seeds become named cases: the suite's own history. A new one goes to the end. */
export const NAMED: readonly NamedScript[] = [
  {
    name: "the message behind one that was dropped for the length expires in time",
    version: "4",
    moves: [
      declare("q1", { arguments: { "x-max-length": 2 } }),
      publish("m1", "q1"),
      publish("m2", "q1", { expiration: "50" }),
      publish("m3", "q1"),
      { op: "wait", ms: 60 },
    ],
  },
  {
    name: "without any time to live it expires at once",
    version: "4",
    moves: [
      declare("q1", { arguments: { "x-max-length": 2 } }),
      publish("m1", "q1", { expiration: "32" }),
      publish("m2", "q1", { expiration: "0" }),
      publish("m3", "q1"),
    ],
  },
  {
    name: "a queue goes while a transaction holds an answer to its message; after the rollback the tag may be answered",
    version: "3.10",
    moves: [
      declare("q1", { auto_delete: true }),
      on("ch1", "tx.select"),
      consume("q1", "k1"),
      publish("m1", "q1"),
      on("ch1", "basic.cancel", { consumer: "k1" }),
      on("ch1", "basic.ack", { tag: 1 }),
      on("ch1", "tx.rollback"),
      on("ch1", "basic.nack", { tag: 1 }),
    ],
  },
  {
    name: "a queue goes before a transaction answers its message; after the rollback the tag may be answered",
    version: "4",
    moves: [
      declare("q1"),
      publish("m1", "q1"),
      consume("q1", "k1"),
      on("ch2", "queue.delete", { queue: "q1" }),
      on("ch1", "tx.select"),
      on("ch1", "basic.nack", { tag: 1, multiple: true }),
      on("ch1", "tx.rollback"),
      on("ch1", "basic.nack", { tag: 1 }),
    ],
  },
  {
    name: "what went with its queue counts against the shared limit until it is answered",
    version: "4",
    moves: [
      declare("q1", { auto_delete: true }),
      publish("m1", "q1"),
      consume("q1", "k1"),
      on("ch1", "basic.cancel", { consumer: "k1" }),
      on("ch1", "basic.qos", { prefetch: 2, global: true }),
      declare("q1"),
      on("ch1", "basic.ack", { tag: 1 }),
      consume("q1", "k2"),
      publish("m2", "q1"),
      publish("m3", "q1"),
    ],
  },
  {
    name: "an emptied quorum queue begins its turns between high and normal anew",
    version: "4",
    moves: [
      quorum("q1"),
      publish("m1", "q1"),
      on("ch1", "queue.purge", { queue: "q1" }),
      publish("m2", "q1"),
      get("q1"),
      publish("m3", "q1"),
      publish("m4", "q1", { priority: 5 }),
    ],
  },
  {
    name: "what came back to a quorum queue stays in front over a restart",
    version: "3.10",
    moves: [
      quorum("q1"),
      publish("m1", "q1"),
      publish("m2", "q1"),
      get("q1"),
      { op: "broker.restart" },
      get("q1"),
      { op: "broker.kill" },
    ],
  },
  {
    name: "over a restart a quorum queue remembers whose turn it is, high or normal",
    version: "4",
    moves: [
      quorum("q1"),
      publish("m1", "q1"),
      publish("m2", "q1"),
      get("q1", { no_ack: true }),
      get("q1", { no_ack: true }),
      { op: "broker.restart" },
      publish("m3", "q1", { priority: 9 }),
      publish("m4", "q1"),
    ],
  },
  {
    name: "an auto-delete queue that a killed broker left waits for its first consumer again",
    version: "3.10",
    moves: [
      declare("q1", { durable: true, auto_delete: true }),
      consume("q1", "k1"),
      { op: "broker.kill" },
      publish("m1", "q1"),
      get("q1"),
      on("ch3", "channel.close"),
    ],
  },
];
