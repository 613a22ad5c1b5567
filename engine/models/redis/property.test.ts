import { afterAll, describe, vi } from "vitest";
import { RedisReplay } from "../../../conformance/adapters/redis-replay.ts";
import { isEqual } from "../../../conformance/equal.ts";
import type { Step } from "../../../conformance/format.ts";
import { grouped, type Play, showing, testAgreement, testFaults } from "../../testing/both-sides.ts";
import { generate, type RedisStep } from "../../testing/redis/generate.ts";
import { PlainRedis } from "../../testing/redis/plain-redis.ts";
import { HandleList } from "./handle-list.ts";
import { ZsetValue } from "./zset-value.ts";

/** Commands of a client that the reference has blocked are left out. */
const play: Play<RedisStep, RedisReplay> = (script, spoil) => {
  const replay = new RedisReplay();
  const plain = new PlainRedis();
  spoil?.(replay);
  const steps: RedisStep[] = [];
  for (const step of script) {
    if (step.op === "command" && plain.isBlocked(step.client ?? "")) continue;
    steps.push(step);
    const reference = plain.perform(step);
    const model = showing(() => replay.perform(step as Step));
    if (!isEqual(reference, model)) return { steps, difference: { reference, model } };
  }
  const [reference, model] = [plain.final(), replay.finish()];
  return { steps, difference: isEqual(reference, model) ? null : { reference, model } };
};

describe("the model and the slow reference server", () => {
  const totals = testAgreement({ seeds: 2000, perTest: 250, scriptOf: generate, play });
  afterAll(() => {
    process.stdout.write(
      `property suite, Redis: ${grouped(totals.seeds)} seeds, ${grouped(totals.steps)} commands, ${totals.differences} differences\n`,
    );
  });
});

describe("a fault in the model is found", () => {
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

  testFaults({ searched: 200, stepsMax: 12, scriptOf: generate, play, faults });
});
