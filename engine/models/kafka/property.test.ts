import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { KafkaReplay } from "../../../conformance/adapters/kafka-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { type FaultMode, FaultRun } from "../../testing/kafka/fault-run.ts";
import { COMPACTED, generate, OPENING, type PlainStep, TOPICS } from "../../testing/kafka/generate.ts";
import { GroupRun } from "../../testing/kafka/group-run.ts";
import { PlainKafka } from "../../testing/kafka/plain-kafka.ts";
import { KafkaConsumers } from "./index.ts";
import { PartitionLog } from "./log.ts";
import { PartitionState } from "./partition-state.ts";
import { ProducerEntry } from "./producer-entry.ts";

const PER_TEST = 250;
const parts = (seeds: number): number[] => Array.from({ length: seeds / PER_TEST }, (_, part) => part * PER_TEST + 1);
const count = (n: number): string => n.toString().replace(/\B(?=(\d{3})+$)/g, ",");

const newReplay = (): KafkaReplay => new KafkaReplay({ id: "property", steps: [], observed: [], final: {} });

interface Difference {
  readonly steps: readonly PlainStep[];
  readonly reference: unknown;
  readonly model: unknown;
}

/** Plays a script on both sides. @returns where they differ, null when they agree */
function play(script: readonly PlainStep[]): Difference | null {
  const replay = newReplay();
  const plain = new PlainKafka(TOPICS, COMPACTED);
  const steps = [...OPENING, ...script];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as PlainStep;
    const reference = plain.perform(step);
    let model: unknown;
    try {
      model = replay.perform(step as Step);
    } catch (error) {
      model = String(error);
    }
    if (!isEqual(reference, model)) return { steps: script.slice(0, i + 1 - OPENING.length), reference, model };
  }
  const [reference, model] = [plain.final(), replay.finish()];
  return isEqual(reference, model) ? null : { steps: script, reference, model };
}

/** Leaves out steps one by one while the two sides still differ. */
function shrink(script: readonly PlainStep[]): PlainStep[] {
  let steps = [...script];
  for (let at = 0; at < steps.length; ) {
    const fewer = steps.toSpliced(at, 1);
    if (play(fewer) === null) at++;
    else {
      steps = fewer;
      at = 0;
    }
  }
  return steps;
}

function tell(name: string, script: readonly PlainStep[]): string {
  const difference = play(shrink(script));
  const steps = difference?.steps.map((step) => `  ${JSON.stringify(step)}`).join("\n");
  const [reference, model] = [JSON.stringify(difference?.reference), JSON.stringify(difference?.model)];
  return `${name}: the last of these differs\n${steps}\nreference: ${reference}\nmodel:     ${model}`;
}

const totals = { seeds: 0, records: 0, deliveries: 0, differences: 0 };

describe("logs and a slow reference of them", () => {
  it.each(parts(1000))(
    `agree over ${PER_TEST} random scripts, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const script = generate(seed);
        totals.seeds++;
        totals.records += script.filter(({ op }) => op === "send").length;
        if (play(script) === null) continue;
        totals.differences++;
        throw new Error(tell(`seed ${seed}`, script));
      }
    },
    60_000,
  );
});

/** @throws Error naming the seed and what does not hold */
function runFaults(seed: number, mode: FaultMode): void {
  const run = new FaultRun(seed, mode);
  try {
    run.perform();
  } catch (error) {
    throw new Error(`seed ${seed}, ${mode}: ${(error as Error).message}`);
  }
  totals.seeds++;
  totals.records += run.records;
}

describe("three brokers, one of them in trouble at a time, acks=all and min.insync.replicas 2", () => {
  it.each(parts(1000))(
    `lose nothing that was acknowledged, and keep each producer's order, over ${PER_TEST} runs from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) runFaults(seed, "safe");
    },
    60_000,
  );
});

describe("three brokers in any trouble, with any settings", () => {
  it.each(parts(1000))(
    `keep the account of all records over ${PER_TEST} runs from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) runFaults(seed, "wild");
    },
    60_000,
  );
});

/** Few, because `consumer/groups.property.test.ts` plays many without a cluster. */
const GROUPS = 100;

describe("groups whose members come, go and die", () => {
  it("give each record to one member a generation and leave none out", () => {
    for (let seed = 1; seed <= GROUPS; seed++) {
      const run = new GroupRun(seed, newReplay());
      try {
        run.perform();
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`);
      }
      totals.seeds++;
      totals.deliveries += run.deliveries;
    }
  }, 60_000);

  afterAll(() => {
    const { seeds, records, deliveries, differences } = totals;
    process.stdout.write(
      `property suite, Kafka: ${count(seeds)} seeds, ${count(records)} records, ${count(deliveries)} deliveries to members, ${differences} differences\n`,
    );
  });
});

const SEARCHED = 200;
/** So few steps have to be enough to show any of these faults. */
const STEPS_MAX = 8;

describe("a fault in the model is found", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const found = (seeds: number, isWrong: (seed: number) => boolean): boolean =>
    Array.from({ length: seeds }, (_, i) => i + 1).some(isWrong);

  const throws = (act: () => void): boolean => {
    try {
      act();
    } catch {
      return true;
    }
    return false;
  };

  it.each<[string, () => void]>([
    [
      "readers see beyond an open transaction",
      () => {
        vi.spyOn(PartitionState.prototype, "lastStable").mockImplementation(function (this: PartitionState) {
          return this.highWatermark;
        });
      },
    ],
    [
      "a marker takes no offset",
      () => {
        const push = PartitionLog.prototype.pushMarker;
        vi.spyOn(PartitionLog.prototype, "pushMarker").mockImplementation(function (this: PartitionLog, ...marker) {
          push.apply(this, marker);
          this.count--;
          this.end--;
        });
      },
    ],
    [
      "nothing is ever deleted",
      () => {
        vi.spyOn(PartitionLog.prototype, "dropBefore").mockImplementation(() => {});
      },
    ],
  ])("by the reference: %s", (_name, spoil) => {
    spoil();
    const script = Array.from({ length: SEARCHED }, (_, i) => generate(i + 1)).find((one) => play(one) !== null);
    expect(script, `in ${SEARCHED} seeds`).toBeDefined();
    expect(shrink(script as PlainStep[]).length).toBeLessThanOrEqual(STEPS_MAX);
  });

  it("by the runs with faults: partitions forget what producers sent", () => {
    vi.spyOn(ProducerEntry.prototype, "baseOf").mockImplementation(() => -1);
    vi.spyOn(ProducerEntry.prototype, "lastSequence").mockImplementation(function (this: ProducerEntry) {
      return -1;
    });
    expect(found(SEARCHED, (seed) => throws(() => new FaultRun(seed, "safe").perform()))).toBe(true);
  });

  it("by the runs with faults: what is deleted is not told", () => {
    vi.spyOn(FaultRun.prototype, "discarded").mockImplementation(() => {});
    expect(found(SEARCHED, (seed) => throws(() => new FaultRun(seed, "wild").perform()))).toBe(true);
  });

  it("by the groups: no timer of a group ever fires", () => {
    vi.spyOn(KafkaConsumers.prototype, "timerFired").mockImplementation(() => {});
    expect(found(SEARCHED, (seed) => throws(() => new GroupRun(seed, newReplay()).perform()))).toBe(true);
  });
});
