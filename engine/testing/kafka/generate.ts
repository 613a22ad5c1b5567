import { Draw } from "../property/draw.ts";

/** A step of a random script, as a case has it. */
export type PlainStep = { readonly op: string } & { readonly [field: string]: unknown };

/** Topics of every script, with their partitions; the second one is compacted. */
export const TOPICS: Readonly<Record<string, number>> = { t: 3, c: 2 };
export const COMPACTED = "c";

const KEYS = ["", "a", "b", "k1", "user-1", "日本", "order-17"];
const NOW = 1_795_000_000_000;
const STEPS = 45;

/** The steps that every script begins with. */
export const OPENING: readonly PlainStep[] = [
  { op: "topic.create", topic: "t", partitions: 3, config: { "segment.ms": "1000", "retention.ms": "-1" } },
  {
    op: "topic.create",
    topic: "c",
    partitions: 2,
    config: { "cleanup.policy": "compact", "segment.ms": "1000", "min.cleanable.dirty.ratio": "0.01" },
  },
  { op: "producer.open", producer: "x", config: { "transactional.id": "x" } },
  { op: "producer.open", producer: "y", config: { "transactional.id": "y" } },
  { op: "txn.init", producer: "x" },
  { op: "txn.init", producer: "y" },
  { op: "consumer.open", consumer: "a", config: { "isolation.level": "read_committed" } },
  { op: "consumer.open", consumer: "b", config: { "isolation.level": "read_uncommitted" } },
  { op: "assign", consumer: "a", partitions: ["t-0", "t-1"] },
  { op: "assign", consumer: "b", partitions: ["c-0", "t-1", "t-2"] },
];

/** A script of sends, transactions, deletions and readers that seek. Records of the compacted topic are written by plain producers only. */
export function generate(seed: number): PlainStep[] {
  const draw = new Draw(seed, "kafka-log");
  const open = new Set<string>();
  const steps: PlainStep[] = [];
  let sent = 0;
  let time = NOW - 10_000_000;
  const send = (producer: string): PlainStep => {
    const topic = producer === "p" && draw.oneIn(3) ? "c" : "t";
    const keyed = topic === "c" || draw.oneIn(2);
    // Mostly in order, now and then not.
    time += draw.pick([1, 300, 2500]);
    const place = keyed ? {} : { partition: draw.below(TOPICS[topic] as number) };
    return {
      op: "send",
      producer,
      topic,
      id: `m${++sent}`,
      ...(keyed ? { key: draw.pick(KEYS) } : {}),
      ...place,
      ...(draw.oneIn(6) ? { tombstone: true } : { size: draw.pick([0, 5, 80]) }),
      timestamp: draw.oneIn(8) ? time - 5000 : time,
    };
  };
  const turn = (producer: string): PlainStep => {
    if (!open.delete(producer)) {
      open.add(producer);
      return { op: "txn.begin", producer };
    }
    return { op: draw.pick(["txn.commit", "txn.commit", "txn.abort"]), producer };
  };
  for (let i = 0; i < STEPS; i++) {
    const producer = draw.pick(["x", "y"]);
    const consumer = draw.pick(["a", "b"]);
    const partition = consumer === "a" ? draw.pick(["t-0", "t-1"]) : draw.pick(["t-1", "t-2", "c-0"]);
    steps.push(
      draw.weighted<() => PlainStep>([
        [8, () => send("p")],
        [7, () => send(producer)],
        [4, () => turn(producer)],
        [4, () => ({ op: "consume", consumer })],
        [2, () => ({ op: "position", consumer })],
        [2, () => ({ op: "seek", consumer, partition, to: draw.pick<string | number>(["beginning", 0, 2, 5]) })],
        [1, () => ({ op: "records.delete", partition: `t-${draw.below(3)}`, before: draw.pick([-1, 1, 3, 6]) })],
        [1, () => ({ op: "wait", ms: 3000 })],
        [
          2,
          () => ({
            op: "offsets.list",
            topic: draw.pick(["t", "c"]),
            at: draw.pick(["latest", "earliest", "max_timestamp", String(time - 2000)]),
            isolation: draw.pick(["read_committed", "read_uncommitted"]),
          }),
        ],
      ])(),
    );
  }
  return steps;
}
