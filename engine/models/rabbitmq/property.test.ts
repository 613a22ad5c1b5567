import { afterAll, describe, it } from "vitest";
import { RabbitReplay } from "../../../conformance/adapters/rabbitmq-replay.ts";
import { EventChecks } from "../../testing/property/checks.ts";
import { generate } from "../../testing/property/generate.ts";
import { type Holds, play, type Side } from "../../testing/property/play.ts";
import { describe as describeScript } from "../../testing/property/shrink.ts";

const SEEDS = 2000;
const PER_TEST = 250;

/** The model, driven as in the recorded cases and watched at every effect. */
function modelSide(version: "3.10" | "4"): Side {
  const replay = new RabbitReplay({}, version);
  const { model, idOf } = { model: replay.broker.model, idOf: (copy: number) => replay.broker.idOf(copy) };
  new EventChecks(replay.broker);
  return {
    perform: (step) => replay.perform(step),
    contents: () => {
      const all: Record<string, Holds> = {};
      for (const name of model.queueNames()) {
        const queue = model.queueId(name);
        const ready: string[] = [];
        model.forEachReady(queue, (copy) => ready.push(idOf(copy)));
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

  it.each(Array.from({ length: SEEDS / PER_TEST }, (_, part) => part * PER_TEST + 1))(
    `agree over ${PER_TEST} random scripts, from seed %i on`,
    (first) => {
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const script = generate(seed);
        const outcome = play(script, modelSide);
        seeds++;
        commands += outcome.commands;
        if (outcome.difference === null) continue;
        differences++;
        throw new Error(describeScript(`seed ${seed}`, script, modelSide));
      }
    },
    60_000,
  );

  afterAll(() => {
    const count = (n: number) => n.toString().replace(/\B(?=(\d{3})+$)/g, ",");
    process.stdout.write(
      `property suite, RabbitMQ: ${count(seeds)} seeds, ${count(commands)} commands, ${differences} differences\n`,
    );
  });
});
