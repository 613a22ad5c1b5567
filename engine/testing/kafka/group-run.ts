import type { KafkaCluster, KafkaConsumers } from "../../models/kafka/index.ts";
import { Draw } from "../property/draw.ts";

const NAMES = ["a", "b", "c", "d"];
const STEPS = 50;
const GROUP = "g";
const ASSIGNORS = ["Range", "RoundRobin", "Sticky", "CooperativeSticky"];

type Step = { readonly op: string } & { readonly [field: string]: unknown };
type Event = { readonly event: string } & { readonly [field: string]: unknown };

/** Kafka as cases are replayed on it. */
export interface GroupReplay {
  perform(step: Step): Event[];
  readonly kafka: { readonly view: KafkaCluster; readonly consumers: KafkaConsumers };
}

/** A group whose members come, go, die and read. After each step nobody may have what another has, and nobody may get what another got in the same generation. */
export class GroupRun {
  private readonly replay: GroupReplay;
  private readonly draw: Draw;
  private readonly assignor: string;
  private readonly open = new Set<string>();
  /** Generation, partition and offset → who got it. */
  private readonly given = new Map<string, string>();
  /** Partition → end of what was sent. */
  private readonly ends = new Map<string, number>();
  /** Partition → offsets that some member got. */
  private readonly read = new Map<string, Set<number>>();
  private sent = 0;
  deliveries = 0;

  constructor(seed: number, replay: GroupReplay) {
    this.replay = replay;
    this.draw = new Draw(seed, "kafka-group");
    this.assignor = `org.apache.kafka.clients.consumer.${this.draw.pick(ASSIGNORS)}Assignor`;
    this.do({ op: "topic.create", topic: "t", partitions: 1 + this.draw.below(6) });
  }

  private do(step: Step): Event[] {
    return this.replay.perform(step);
  }

  /** @throws Error when something does not hold */
  perform(): void {
    for (let i = 0; i < STEPS; i++) {
      this.step();
      this.examine();
    }
    this.finish();
  }

  private step(): void {
    const { draw } = this;
    const name = draw.pick(NAMES);
    draw.weighted<() => void>([
      [6, () => this.send()],
      [4, () => this.join(name)],
      [2, () => this.part(name)],
      [5, () => this.consume(name)],
      [4, () => this.do({ op: "group.settle", group: GROUP })],
      [2, () => this.with(name, { op: "commit", consumer: name })],
      [1, () => this.do({ op: "wait", ms: draw.pick([500, 2000, 8000]) })],
      [1, () => this.grow()],
    ])();
  }

  private with(name: string, step: Step): Event[] {
    return this.open.has(name) ? this.do(step) : [];
  }

  private send(): void {
    for (let i = this.draw.below(4); i >= 0; i--) {
      const key = `k${this.draw.below(12)}`;
      for (const event of this.do({ op: "send", topic: "t", id: `m${++this.sent}`, key })) {
        this.ends.set(event.partition as string, (event.offset as number) + 1);
      }
    }
  }

  private join(name: string): void {
    if (this.open.has(name)) return;
    this.open.add(name);
    const config = {
      "partition.assignment.strategy": this.assignor,
      "session.timeout.ms": "3000",
      "max.poll.interval.ms": "6000",
      "enable.auto.commit": this.draw.pick(["true", "false"]),
      "max.poll.records": this.draw.pick(["1", "3", "500"]),
    };
    this.do({ op: "consumer.open", consumer: name, group: GROUP, config });
    this.do({ op: "subscribe", consumer: name, topics: ["t"] });
  }

  private part(name: string): void {
    if (!this.open.delete(name)) return;
    this.do({ op: this.draw.pick(["consumer.close", "consumer.crash"]), consumer: name });
  }

  private grow(): void {
    const { view } = this.replay.kafka;
    const total = view.partitionCount(view.topicId("t")) + 1;
    if (total <= 8) this.do({ op: "topic.addPartitions", topic: "t", total });
  }

  private consume(name: string): void {
    const { consumers } = this.replay.kafka;
    const events = this.with(name, { op: "poll", consumer: name });
    const group = consumers.groupId(GROUP);
    if (group < 0) return;
    const { generation } = consumers.describe(group);
    for (const { event, partition, offset } of events) {
      if (event !== "record") continue;
      this.deliveries++;
      const what = `${generation} ${partition} ${offset}`;
      const other = this.given.get(what);
      if (other !== undefined && other !== name) throw new Error(`${what}: given to ${other} and to ${name}`);
      this.given.set(what, name);
      const offsets = this.read.get(partition as string) ?? new Set();
      this.read.set(partition as string, offsets.add(offset as number));
    }
  }

  private examine(): void {
    const { consumers } = this.replay.kafka;
    const group = consumers.groupId(GROUP);
    if (group < 0) return;
    const owners = new Map<number, number>();
    for (const { consumer, partitions } of consumers.describe(group).members) {
      for (const partition of partitions) {
        const other = owners.get(partition);
        if (other !== undefined) throw new Error(`partition ${partition} belongs to ${other} and to ${consumer}`);
        owners.set(partition, consumer);
      }
    }
  }

  /** The dead are dropped; who is left reads to the end. All that was sent has been read by somebody. */
  private finish(): void {
    if (this.open.size === 0) this.join("a");
    // Twice the longest that a group waits for somebody, in pieces in which those who live go on polling.
    for (let i = 0; i < 6; i++) {
      this.do({ op: "group.settle", group: GROUP });
      this.do({ op: "wait", ms: 2000 });
    }
    // Members learn of new partitions when their metadata is old.
    this.do({ op: "wait", ms: 300_000 });
    for (let i = 0; i < 3; i++) this.do({ op: "group.settle", group: GROUP });
    for (const name of [...this.open].sort()) {
      for (let i = 0; i < 200; i++) {
        const before = this.deliveries;
        this.consume(name);
        if (this.deliveries === before) break;
      }
    }
    this.examine();
    for (const [partition, end] of this.ends) {
      for (let offset = 0; offset < end; offset++) {
        if (this.read.get(partition)?.has(offset) !== true) throw new Error(`nobody got ${partition} ${offset}`);
      }
    }
  }
}
