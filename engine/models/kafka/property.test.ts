import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { KafkaReplay } from "../../../conformance/adapters/kafka-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { firstSeeds, grouped, type Play, shorten, showing, Totals, testAgreement } from "../../testing/both-sides.ts";
import { type FaultMode, FaultRun } from "../../testing/kafka/fault-run.ts";
import { COMPACTED, generate, OPENING, type PlainStep, TOPICS } from "../../testing/kafka/generate.ts";
import { GroupRun } from "../../testing/kafka/group-run.ts";
import { PlainKafka } from "../../testing/kafka/plain-kafka.ts";
import { KafkaConsumers } from "./index.ts";
import { PartitionLog } from "./log.ts";
import { PartitionState } from "./partition-state.ts";
import { ProducerEntry } from "./producer-entry.ts";

const PER_TEST = 250;

const newReplay = (): KafkaReplay => new KafkaReplay({ id: "property", steps: [], observed: [], final: {} });

const play: Play<PlainStep, KafkaReplay> = (script) => {
  const replay = newReplay();
  const plain = new PlainKafka(TOPICS, COMPACTED);
  for (const step of OPENING) {
    const [reference, model] = [plain.perform(step), replay.perform(step as Step)];
    if (!isEqual(reference, model)) return { steps: [step], difference: { reference, model } };
  }
  const steps: PlainStep[] = [];
  for (const step of script) {
    steps.push(step);
    const reference = plain.perform(step);
    const model = showing(() => replay.perform(step as Step));
    if (!isEqual(reference, model)) return { steps, difference: { reference, model } };
  }
  const [reference, model] = [plain.final(), replay.finish()];
  return { steps, difference: isEqual(reference, model) ? null : { reference, model } };
};

/** Of the runs; what the logs' scripts come to is in `agreed`. */
const totals = { seeds: 0, records: 0, deliveries: 0 };
let records = 0;
let agreed = new Totals();

describe("logs and a slow reference of them", () => {
  const scriptOf = (seed: number): readonly PlainStep[] => {
    const script = generate(seed);
    records += script.filter(({ op }) => op === "send").length;
    return script;
  };
  agreed = testAgreement({ seeds: 1000, perTest: PER_TEST, scriptOf, play });
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
  it.each(firstSeeds(1000, PER_TEST))(
    `lose nothing that was acknowledged, and keep each producer's order, over ${PER_TEST} runs from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) runFaults(seed, "safe");
    },
    60_000,
  );
});

describe("three brokers in any trouble, with any settings", () => {
  it.each(firstSeeds(1000, PER_TEST))(
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
    const counted = [
      `${grouped(agreed.seeds + totals.seeds)} seeds`,
      `${grouped(records + totals.records)} records`,
      `${grouped(totals.deliveries)} deliveries to members`,
      `${agreed.differences} differences`,
    ];
    process.stdout.write(`property suite, Kafka: ${counted.join(", ")}\n`);
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
    const script = Array.from({ length: SEARCHED }, (_, i) => generate(i + 1)).find(
      (one) => play(one).difference !== null,
    );
    expect(script, `in ${SEARCHED} seeds`).toBeDefined();
    expect(shorten(play, script as PlainStep[]).length).toBeLessThanOrEqual(STEPS_MAX);
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
