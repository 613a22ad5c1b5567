import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { RedisReplay } from "../../../conformance/adapters/redis-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { generate, type RedisStep } from "../../testing/redis/generate.ts";
import { PlainRedis } from "../../testing/redis/plain-redis.ts";
import { HandleList } from "./handle-list.ts";
import { ZsetValue } from "./zset-value.ts";

const SEEDS = 2000;
const PER_TEST = 250;

interface Outcome {
  commands: number;
  /** The steps performed up to the difference, and what the two sides showed; null when they agree. */
  difference: { steps: RedisStep[]; reference: unknown; model: unknown } | null;
}

/** Plays a script on both sides. Commands of a client that the reference has blocked are left out. @param spoil breaks the model, to see whether that is found */
function play(script: readonly RedisStep[], spoil: (replay: RedisReplay) => void = () => {}): Outcome {
  const replay = new RedisReplay();
  const plain = new PlainRedis();
  spoil(replay);
  const steps: RedisStep[] = [];
  for (const step of script) {
    if (step.op === "command" && plain.isBlocked(step.client ?? "")) continue;
    steps.push(step);
    const reference = plain.perform(step);
    let model: unknown;
    try {
      model = replay.perform(step as Step);
    } catch (error) {
      model = String(error);
    }
    if (!isEqual(reference, model)) return { commands: steps.length, difference: { steps, reference, model } };
  }
  const [reference, model] = [plain.final(), replay.finish()];
  return { commands: steps.length, difference: isEqual(reference, model) ? null : { steps, reference, model } };
}

/** Leaves out steps one by one while the two sides still differ. */
function shrink(script: readonly RedisStep[], spoil?: (replay: RedisReplay) => void): RedisStep[] {
  let steps = [...script];
  for (let at = 0; at < steps.length; ) {
    const fewer = steps.toSpliced(at, 1);
    if (play(fewer, spoil).difference === null) at++;
    else {
      steps = fewer;
      at = 0;
    }
  }
  return steps;
}

function tell(name: string, script: readonly RedisStep[]): string {
  const { difference } = play(shrink(script));
  const steps = difference?.steps.map((step) => `  ${JSON.stringify(step)}`).join("\n");
  const [reference, model] = [JSON.stringify(difference?.reference), JSON.stringify(difference?.model)];
  return `${name}: the last of these differs\n${steps}\nreference: ${reference}\nmodel:     ${model}`;
}

describe("the model and the slow reference server", () => {
  let seeds = 0;
  let commands = 0;
  let differences = 0;

  it.each(Array.from({ length: SEEDS / PER_TEST }, (_, part) => part * PER_TEST + 1))(
    `agree over ${PER_TEST} random scripts, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const script = generate(seed);
        const outcome = play(script);
        seeds++;
        commands += outcome.commands;
        if (outcome.difference === null) continue;
        differences++;
        throw new Error(tell(`seed ${seed}`, script));
      }
    },
    60_000,
  );

  afterAll(() => {
    const count = (n: number) => n.toString().replace(/\B(?=(\d{3})+$)/g, ",");
    process.stdout.write(
      `property suite, Redis: ${count(seeds)} seeds, ${count(commands)} commands, ${differences} differences\n`,
    );
  });
});

const SEARCHED = 200;
/** So few steps have to be enough to show any of these faults. */
const STEPS_MAX = 12;

describe("a fault in the model is found", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const faults: [string, (replay: RedisReplay) => void][] = [
    [
      "a pop from the tail takes the head",
      () => {
        vi.spyOn(HandleList.prototype, "takeTail").mockImplementation(function (this: HandleList) {
          return this.takeHead();
        });
      },
    ],
    [
      "no timer ever fires",
      ({ redis }) => {
        redis.model.timerFired = () => {};
      },
    ],
    [
      "an acknowledgement is forgotten by the account",
      ({ redis }) => {
        redis.acknowledged = () => {};
      },
    ],
    [
      "members stand in the order of coming",
      () => {
        vi.spyOn(ZsetValue.prototype, "add").mockImplementation(function (this: ZsetValue, member) {
          this.members.push(member);
          this.byText.set(member.text, member);
        });
      },
    ],
    [
      "a client that has gone goes on waiting",
      ({ redis }) => {
        redis.model.closeClient = () => {};
      },
    ],
  ];

  it.each(faults)("%s", (_name, spoil) => {
    const found = Array.from({ length: SEARCHED }, (_, i) => generate(i + 1)).find(
      (script) => play(script, spoil).difference !== null,
    );
    expect(found, `in ${SEARCHED} seeds`).toBeDefined();
    expect(shrink(found as RedisStep[], spoil).length).toBeLessThanOrEqual(STEPS_MAX);
  });
});
