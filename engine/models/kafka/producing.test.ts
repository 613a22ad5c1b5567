import { describe, expect, it } from "vitest";
import { KafkaReplay } from "../../../conformance/adapters/kafka-replay.ts";
import type { CaseEvent, Step } from "../../../conformance/format.ts";

/** What producers see, in short: `m1@t-0:3`, `m2!MESSAGE_TOO_LARGE`. */
function seen(...steps: Step[]): string[] {
  const replay = new KafkaReplay({ id: "rule", steps: [], observed: [], final: {} });
  const inShort = ({ event, id, partition, offset, name }: CaseEvent): string =>
    event === "acked" ? `${id}@${partition}:${offset}` : `${id ?? event}!${name}`;
  return steps.flatMap((step) => replay.perform(step)).map(inShort);
}

const topic = (config: Record<string, string> = {}): Step => ({ op: "topic.create", topic: "t", config });
const open = (config: Record<string, string>, more: Record<string, unknown> = {}): Step => ({
  op: "producer.open",
  producer: "p",
  config,
  ...more,
});
const send = (id: string, more: Record<string, unknown> = {}): Step => ({ op: "send", topic: "t", id, ...more });
const FLUSH: Step = { op: "flush", producer: "p" };
const patient = { patient: true };

describe("a batch that the broker finds too large", () => {
  it("is cut up until its records fit, in their order", () => {
    const records = ["m1", "m2", "m3", "m4"].map((id) => send(id, { size: 300 }));
    const events = seen(
      topic({ "max.message.bytes": "800" }),
      open({ "linger.ms": "60000" }, patient),
      ...records,
      FLUSH,
    );
    expect(events).toEqual(["m1@t-0:0", "m2@t-0:1", "m3@t-0:2", "m4@t-0:3"]);
  });

  it("loses only the record that is too large alone", () => {
    const records = [send("m1", { size: 100 }), send("m2", { size: 2000 }), send("m3", { size: 100 })];
    const events = seen(
      topic({ "max.message.bytes": "800" }),
      open({ "linger.ms": "60000" }, patient),
      ...records,
      FLUSH,
    );
    expect(events).toEqual(["m1@t-0:0", "m2!MESSAGE_TOO_LARGE", "m3@t-0:1"]);
  });
});

describe("the client refuses", () => {
  it.each([
    ["a partition below 0", send("m1", { partition: -3 }), "m1!IllegalArgumentException"],
    ["a timestamp below 0", send("m1", { timestamp: -1 }), "m1!IllegalArgumentException"],
  ])("%s", (_name, step, event) => {
    expect(seen(topic(), step)).toEqual([event]);
  });

  it("any record when no batch fits its buffer", () => {
    expect(seen(topic(), open({ "buffer.memory": "1000" }), send("m1"))).toEqual(["m1!IllegalArgumentException"]);
  });
});

describe("topics", () => {
  it.each([
    [{ "no.such.setting": "1" }, "INVALID_CONFIG"],
    [{ "min.insync.replicas": "0" }, "INVALID_CONFIG"],
    [{ "min.cleanable.dirty.ratio": "1.5" }, "INVALID_CONFIG"],
    [{ "cleanup.policy": "shred" }, "INVALID_CONFIG"],
  ])("are refused with %j", (config, code) => {
    expect(seen({ op: "topic.create", topic: "t", config })).toEqual([`error!${code}`]);
  });

  it("are made once", () => {
    expect(seen(topic(), topic())).toEqual(["error!TOPIC_ALREADY_EXISTS"]);
  });

  it("get more partitions, never fewer; a producer that names a new one asks for it at once", () => {
    const grow = (total: number): Step => ({ op: "topic.addPartitions", topic: "t", total });
    expect(seen(topic(), send("m1"), grow(1), grow(3), send("m2", { partition: 2 }))).toEqual([
      "m1@t-0:0",
      "error!INVALID_PARTITIONS",
      "m2@t-2:0",
    ]);
  });

  it("without a policy of deleting refuse to have records deleted", () => {
    const steps = [topic({ "cleanup.policy": "compact" }), send("m1", { key: "a" })];
    expect(seen(...steps, { op: "records.delete", partition: "t-0", before: 1 })).toEqual([
      "m1@t-0:0",
      "error!POLICY_VIOLATION",
    ]);
  });
});

describe("a transaction that another producer has taken over", () => {
  it("can neither be committed nor aborted", () => {
    const txn = (op: string, producer: string): Step => ({ op: `txn.${op}`, producer });
    const openAs = (producer: string): Step => ({ op: "producer.open", producer, config: { "transactional.id": "x" } });
    const begun = [topic(), openAs("p"), txn("init", "p"), txn("begin", "p"), send("m1", { producer: "p" })];
    const events = seen(...begun, openAs("q"), txn("init", "q"), txn("abort", "p"), txn("commit", "p"));
    expect(events).toEqual(["m1@t-0:0", "error!PRODUCER_FENCED", "error!PRODUCER_FENCED"]);
  });
});
