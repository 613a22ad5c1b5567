import { describe, expect, it } from "vitest";
import { firstSeeds } from "../../testing/both-sides.ts";
import { BrokerFaults, type FaultMode } from "../../testing/rocketmq/broker-faults.ts";

const PER_TEST = 250;

/** @throws Error naming the run and what does not hold */
function runFaults(seed: number, mode: FaultMode, spoil?: (run: BrokerFaults) => void): void {
  const run = new BrokerFaults(seed, mode);
  try {
    run.perform(spoil);
  } catch (error) {
    throw new Error(`${run.label}: ${(error as Error).message}`);
  }
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
});
