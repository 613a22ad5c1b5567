import { describe, expect, it } from "vitest";
import { ConsumerRig, type Seen } from "../../../testing/kafka/consumer-rig.ts";
import { ASSIGNOR_NAMES, type AssignorName } from "../groups/assignors.ts";
import type { ConsumerConfig } from "./consumer-config.ts";
import { STABLE } from "./consumer-state.ts";

const SEEDS = 1000;
const STEPS = 40;
const LIVES = 5;

/** A group whose members come, go, crash, hang and are cut off at random, while records are sent and partitions added. */
class Script {
  readonly rig: ConsumerRig;
  private readonly alive: number[] = [];
  private readonly hung = new Set<number>();
  private readonly cut = new Set<number>();
  /** Consumer and partition → offset that has to come next. */
  private readonly next = new Map<string, number>();
  readonly delivered = new Map<string, Set<number>>();
  readonly sent: number[];
  private readonly config: Partial<ConsumerConfig>;
  private readonly isStatic: boolean;
  private born = 0;

  constructor(seed: number) {
    this.rig = new ConsumerRig(seed, { hasInstantNews: seed % 2 === 0 });
    const { rig } = this;
    const isNew = rig.below(5) === 0;
    const assignor = ASSIGNOR_NAMES[rig.below(4)] as AssignorName;
    this.isStatic = rig.below(4) === 0;
    this.config = {
      protocol: isNew ? "consumer" : "classic",
      assignors: [assignor],
      sessionTimeoutMs: 10_000,
      maxPollIntervalMs: 8000 + 1000 * rig.below(10),
      maxPollRecords: 1 + rig.below(6),
      metadataMaxAgeMs: 5000,
    };
    this.sent = Array.from({ length: 1 + rig.below(5) }, () => 0);
    rig.topic("t", this.sent.length);
  }

  private one(): number | undefined {
    return this.alive[this.rig.below(Math.max(1, this.alive.length))];
  }

  private remove(consumer: number): void {
    this.alive.splice(this.alive.indexOf(consumer), 1);
    this.hung.delete(consumer);
    this.cut.delete(consumer);
  }

  /** A life has an instance id of its own while it lasts, which another may have later. */
  private open(): void {
    const life = this.born++ % LIVES;
    if (this.isStatic && this.alive.some((one) => this.lives.get(one) === life)) return;
    const consumer = this.rig.open({
      ...this.config,
      clientId: `c${life}`,
      instanceId: this.isStatic ? `i${life}` : null,
    });
    this.lives.set(consumer, life);
    this.alive.push(consumer);
    this.poll(consumer);
  }

  private readonly lives = new Map<number, number>();

  step(): void {
    const { rig } = this;
    const consumer = this.one();
    const dice = rig.below(100);
    if (dice < 12 && this.alive.length < LIVES) this.open();
    else if (dice < 30) {
      const partition = rig.below(this.sent.length);
      const count = 1 + rig.below(9);
      rig.send("t", partition, count);
      this.sent[partition] = (this.sent[partition] as number) + count;
    } else if (dice < 33 && this.sent.length < 7) {
      this.sent.push(0);
      rig.grow("t", this.sent.length);
    } else if (consumer === undefined) rig.pass(500);
    else if (dice < 36) {
      rig.consumers.close(consumer, rig.meta, rig);
      this.remove(consumer);
    } else if (dice < 39) {
      rig.consumers.crash(consumer, rig.meta, rig);
      this.remove(consumer);
    } else if (dice < 42) {
      rig.consumers.freeze(consumer, rig.meta, rig);
      this.hung.add(consumer);
    } else if (dice < 45) {
      rig.consumers.cut(consumer, rig.meta, rig);
      this.cut.add(consumer);
    } else if (dice < 50) this.mend();
    else if (dice < 75) this.poll(consumer);
    else if (dice < 80) this.commit(consumer);
    else rig.pass(200 + rig.below(3000), () => this.turn());
    this.turn();
    this.check();
  }

  private mend(): void {
    const { rig } = this;
    for (const consumer of this.hung) rig.consumers.thaw(consumer, rig.meta, rig);
    for (const consumer of this.cut) rig.consumers.heal(consumer, rig.meta, rig);
    this.hung.clear();
    this.cut.clear();
  }

  private turn(): void {
    for (let ready = this.rig.takeReady(); ready.length > 0; ready = this.rig.takeReady()) {
      for (const consumer of ready) this.poll(consumer);
    }
  }

  /** @returns how many records it gave */
  private poll(consumer: number): number {
    if (!this.alive.includes(consumer) || this.hung.has(consumer)) return 0;
    const seen = this.rig.poll(consumer);
    // What it was given anew it reads from where the group stands.
    for (const text of this.rig.told) {
      const [who, what, ...partitions] = text.split(" ");
      if (what === "assigned") for (const partition of partitions) this.next.delete(`${who} ${partition}`);
    }
    this.rig.told = [];
    for (const one of seen) this.see(one);
    return seen.length;
  }

  private see({ consumer, partition, offset }: Seen): void {
    const key = `${consumer} ${partition}`;
    const next = this.next.get(key);
    if (next !== undefined && next !== offset) throw new Error(`${key}: ${offset} instead of ${next}`);
    this.next.set(key, offset + 1);
    let all = this.delivered.get(partition);
    if (all === undefined) {
      all = new Set();
      this.delivered.set(partition, all);
    }
    if (offset > 0 && !all.has(offset - 1))
      throw new Error(`${key}: ${offset} though ${offset - 1} was never given out`);
    all.add(offset);
  }

  private commit(consumer: number): void {
    this.rig.consumers.commit(consumer, this.rig.meta, this.rig);
  }

  /** Within a generation a partition has one owner, as members and as the coordinator see it. */
  private check(): void {
    const { state } = this.rig.consumers;
    for (const group of state.groups) {
      const owners = new Map<string, number>();
      for (const member of group.members) {
        for (const partition of member.assignment) {
          if (group.phase === "Stable" && owners.has(partition)) throw new Error(`${partition} has two owners`);
          owners.set(partition, member.number);
        }
      }
      const held = new Map<number, number>();
      for (const consumer of state.consumers) {
        if (consumer === null || consumer.group !== group || consumer.phase !== STABLE) continue;
        if (consumer.generation !== group.generation || consumer.member?.isKnown !== true) continue;
        for (const { partition } of consumer.holdings) {
          if (held.has(partition)) throw new Error(`${partition} is held twice in generation ${group.generation}`);
          held.set(partition, consumer.number);
        }
      }
    }
  }

  /** Everything is mended, and there is time: everybody polls. */
  finish(): void {
    this.mend();
    if (this.alive.length === 0) this.open();
    for (let second = 0; second < 60; second++) {
      for (const consumer of [...this.alive]) while (this.poll(consumer) > 0);
      this.rig.pass(1000, () => this.turn());
      this.turn();
      this.check();
    }
  }

  end(): void {
    for (const consumer of [...this.alive]) this.rig.consumers.close(consumer, this.rig.meta, this.rig);
  }
}

describe("random groups", () => {
  it(`give each record to one member a generation and skip nothing, over ${SEEDS} seeds`, () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const script = new Script(seed);
      try {
        for (let step = 0; step < STEPS; step++) script.step();
        script.finish();
        const group = script.rig.consumers.describe(0);
        expect(group.state).toBe("Stable");
        script.sent.forEach((count, index) => {
          expect(script.delivered.get(`t-${index}`)?.size ?? 0).toBe(count);
        });
        script.end();
        expect(script.rig.store.live).toBe(script.sent.reduce((sum, count) => sum + count, 0));
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
  }, 60_000);
});
