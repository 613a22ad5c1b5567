import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { RocketReplay } from "../../../conformance/adapters/rocketmq-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { firstSeeds, grouped, type Play, shorten, showing, testAgreement } from "../../testing/both-sides.ts";
import { BrokerFaults, type FaultMode } from "../../testing/rocketmq/broker-faults.ts";
import { generate, OPENING, type PlainStep } from "../../testing/rocketmq/generate.ts";
import { PlainRocket } from "../../testing/rocketmq/plain-rocket.ts";
import { RowHeap } from "./held-messages.ts";
import { QueueLog } from "./queue-log.ts";
import { TagTable } from "./tag-table.ts";

const PER_TEST = 250;

const play: Play<PlainStep, RocketReplay> = (script) => {
  const replay = new RocketReplay({ id: "property", steps: [...OPENING] as Step[], observed: [], final: {} });
  const plain = new PlainRocket();
  const steps: PlainStep[] = [];
  for (const step of [...OPENING, ...script]) {
    if (!OPENING.includes(step)) steps.push(step);
    const begin = replay.rocket.clock.now;
    const model = showing(() => replay.perform(step as Step));
    const reference = plain.perform(step, begin, replay.rocket.clock.now);
    if (!isEqual(reference, model)) return { steps, difference: { reference, model } };
  }
  const [reference, model] = [plain.final(replay.rocket.clock.now), replay.finish()];
  return { steps, difference: isEqual(reference, model) ? null : { reference, model } };
};

const totals = { seeds: 0, messages: 0 };
let agreed = { seeds: 0, differences: 0 };

describe("queues, delays and transactions, and a slow reference of them", () => {
  const scriptOf = (seed: number): readonly PlainStep[] => generate(seed);
  agreed = testAgreement({ seeds: 1000, perTest: PER_TEST, scriptOf, play });
});

/** @throws Error naming the run and what does not hold */
function runFaults(seed: number, mode: FaultMode): void {
  const run = new BrokerFaults(seed, mode);
  try {
    run.perform();
  } catch (error) {
    throw new Error(`${run.label}: ${(error as Error).message}`);
  }
  totals.seeds++;
  totals.messages += run.messages;
}

describe("brokers whose processes end, stand still and start again", () => {
  it.each(firstSeeds(1000, PER_TEST))(
    `lose nothing that was acknowledged, hide half messages and keep delays over ${PER_TEST} runs from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) runFaults(seed, "safe");
    },
    60_000,
  );
});

describe("brokers in any trouble, with any settings", () => {
  it.each(firstSeeds(1000, PER_TEST))(
    `keep the account of all messages over ${PER_TEST} runs from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) runFaults(seed, "wild");
    },
    60_000,
  );

  afterAll(() => {
    const counted = [
      `${grouped(agreed.seeds + totals.seeds)} seeds`,
      `${grouped(totals.messages)} messages`,
      `${agreed.differences} differences`,
    ];
    process.stdout.write(`property suite, RocketMQ: ${counted.join(", ")}\n`);
  });
});

const SEARCHED = 100;
/** So few steps have to be enough to show any of these faults. */
const STEPS_MAX = 8;

describe("a fault in the model is found", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const found = (mode: FaultMode): boolean =>
    Array.from({ length: SEARCHED }, (_, i) => i + 1).some((seed) => {
      try {
        new BrokerFaults(seed, mode).perform();
      } catch {
        return true;
      }
      return false;
    });

  const shown = (): PlainStep[] | undefined =>
    Array.from({ length: SEARCHED }, (_, i) => generate(i + 1)).find((one) => play(one).difference !== null);

  it("by the reference: the wheel gives out what was stored last first", () => {
    vi.spyOn(RowHeap.prototype, "first").mockImplementation(function (this: RowHeap) {
      return this.rows.at(-1) ?? -1;
    });
    vi.spyOn(RowHeap.prototype, "takeFirst").mockImplementation(function (this: RowHeap) {
      return this.rows.pop() as number;
    });
    expect(shown(), `in ${SEARCHED} seeds`).toBeDefined();
  });

  it("by the reference: brokers tell tags by their texts, not by their hashes", () => {
    vi.spyOn(TagTable.prototype, "hash").mockImplementation(function (this: TagTable, tag) {
      return tag < 0 ? 0 : this.texts[tag] === "BB" ? -1 : (this.hashes[tag] as number);
    });
    const script = shown();
    expect(script, `in ${SEARCHED} seeds`).toBeDefined();
    expect(shorten(play, script as PlainStep[]).length).toBeLessThanOrEqual(STEPS_MAX);
  });

  it("by the runs with faults: messages of the delay levels come a little early", () => {
    const delayed = BrokerFaults.prototype.delayed;
    vi.spyOn(BrokerFaults.prototype, "delayed").mockImplementation(function (
      this: BrokerFaults,
      queue,
      handle,
      level,
      dueAt,
    ) {
      delayed.call(this, queue, handle, level, dueAt);
      for (const { held } of this.cluster.state.brokers) {
        for (let row = 0; row < held.top; row++) {
          if (held.handles[row] === handle) held.dues[row] = dueAt - 200_000;
        }
      }
    });
    expect(found("safe")).toBe(true);
  });

  it("by the runs with faults: a queue forgets its last message when a new one comes", () => {
    const { push } = QueueLog.prototype;
    vi.spyOn(QueueLog.prototype, "push").mockImplementation(function (this: QueueLog, ...message) {
      if (this.count > 3) this.dropLast();
      push.apply(this, message);
    });
    expect(found("safe")).toBe(true);
  });

  it("by the runs with faults: what is lost is not told", () => {
    vi.spyOn(BrokerFaults.prototype, "lost").mockImplementation(() => {});
    expect(found("wild")).toBe(true);
  });

  it("by the runs with faults: half messages can be read", () => {
    const half = BrokerFaults.prototype.half;
    vi.spyOn(BrokerFaults.prototype, "half").mockImplementation(function (
      this: BrokerFaults,
      producer,
      handle,
      queue,
      status,
    ) {
      const { log } = this.cluster.state.queue(queue);
      log.push(this.store.clone(handle), -1, 0, 0, 0, log.topic);
      half.call(this, producer, handle, queue, status);
    });
    expect(found("safe")).toBe(true);
  });
});
