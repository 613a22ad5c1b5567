import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { RabbitReplay } from "../../../conformance/adapters/rabbitmq-replay.ts";
import { grouped } from "../../testing/both-sides.ts";
import { EventChecks } from "../../testing/property/checks.ts";
import { generate } from "../../testing/property/generate.ts";
import { NAMED } from "../../testing/property/named.ts";
import { type Holds, type MakeSide, play, type Script, type Side } from "../../testing/property/play.ts";
import { describe as describeScript, shrink } from "../../testing/property/shrink.ts";
import { Lane } from "./lane.ts";

const SEEDS = 2000;
const PER_TEST = 250;
/** At most one script in so many may end early, because it comes to what is beyond the reference. */
const CUT_SHARE = 100;

/** The model, driven as in the recorded cases and watched at every effect. @param spoil breaks it, to see whether that is found */
function modelSide(version: Script["version"], spoil: (replay: RabbitReplay) => void = () => {}): Side {
  const replay = new RabbitReplay({}, version);
  const { broker } = replay;
  const { model } = broker;
  new EventChecks(broker);
  spoil(replay);
  return {
    perform: (step) => replay.perform(step),
    contents: () => {
      const all: Record<string, Holds> = {};
      for (const name of model.queueNames()) {
        const queue = model.queueId(name);
        const ready: string[] = [];
        model.forEachReady(queue, (copy) => ready.push(broker.idOf(copy)));
        all[name] = { ready, unacked: model.unacked(queue), consumers: model.consumerCount(queue) };
      }
      return all;
    },
  };
}

describe("the model and the slow reference broker", () => {
  let seeds = 0;
  let commands = 0;
  let differences = 0;
  let cut = 0;

  it.each(Array.from({ length: SEEDS / PER_TEST }, (_, part) => part * PER_TEST + 1))(
    `agree over ${PER_TEST} random scripts, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const script = generate(seed);
        const outcome = play(script, modelSide);
        seeds++;
        commands += outcome.commands;
        if (outcome.isCut) cut++;
        if (outcome.difference === null) continue;
        differences++;
        throw new Error(describeScript(`seed ${seed}`, script, modelSide));
      }
    },
    60_000,
  );

  it("hardly ever come to something that the reference does not know", () => {
    expect(cut * CUT_SHARE).toBeLessThanOrEqual(seeds);
  });

  it.each(NAMED)("agree where they once did not: $name", ({ name, ...script }) => {
    if (play(script, modelSide).difference !== null) throw new Error(describeScript(name, script, modelSide));
  });

  afterAll(() => {
    const counted = `${grouped(seeds)} seeds, ${grouped(commands)} commands, ${differences} differences`;
    process.stdout.write(`property suite, RabbitMQ: ${counted}\n`);
  });
});

const SEARCHED = 1500;
/** So few steps have to be enough to show any of these faults. */
const STEPS_MAX = 16;

describe("a fault in the model is found", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const faults: [string, (replay: RabbitReplay) => void][] = [
    [
      "what is requeued goes to the tail",
      () => {
        vi.spyOn(Lane.prototype, "restore").mockImplementation(function (this: Lane, copy) {
          this.push(copy);
        });
      },
    ],
    [
      "no message expires by itself",
      ({ broker }) => {
        broker.model.timerFired = () => {};
      },
    ],
    [
      "prefetch is not heeded",
      ({ broker }) => {
        broker.model.qos = () => {};
      },
    ],
    [
      "x-death is not turned round in 3.10",
      ({ broker }) => {
        Object.assign(broker.model, { turnsDeaths: false });
      },
    ],
    [
      "one unroutable message is forgotten instead of returned",
      ({ broker }) => {
        broker.returned = () => {};
      },
    ],
    [
      "an acknowledgement settles nothing",
      ({ broker }) => {
        broker.model.ack = () => {};
      },
    ],
    [
      "a message is delivered to two clients at once",
      ({ broker }) => {
        const { deliver } = broker;
        broker.deliver = (...delivery) => {
          deliver.apply(broker, delivery);
          deliver.apply(broker, delivery);
        };
      },
    ],
  ];

  it.each(faults)("%s", (_name, spoil) => {
    const spoilt: MakeSide = (version) => modelSide(version, spoil);
    let found: Script | undefined;
    for (let seed = 1; seed <= SEARCHED && found === undefined; seed++) {
      const script = generate(seed);
      if (play(script, spoilt).difference !== null) found = script;
    }
    expect(found, `in ${SEARCHED} seeds`).toBeDefined();
    const { difference } = play(shrink(found as Script, spoilt), spoilt);
    expect(difference?.performed.length).toBeLessThanOrEqual(STEPS_MAX);
  });
});
