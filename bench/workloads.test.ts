import { describe, expect, it } from "vitest";
import { createRun, fromMs, NODES_MAX } from "../engine/index.ts";
import { fill, play } from "./play.ts";
import { WORKLOADS, workload } from "./workloads.ts";

/** Smaller than a quick run. */
const SCALE = 0.01;

describe.each(WORKLOADS)("the workload %s", (name) => {
  it("is a valid document whose messages are all accounted for, in the same way each time", () => {
    // `play` throws for an invalid document, a ledger that does not balance, and a backlog that is not worked off.
    const load = workload(name, SCALE);
    const played = play(load);
    expect(play(load)).toMatchObject({ hash: played.hash, messages: played.messages, hops: played.hops });
    expect(played.hops).toBeGreaterThan(2 * played.messages);
  });

  it("publishes about as many messages as its size says", () => {
    const few = play(workload(name, SCALE)).messages;
    const more = play(workload(name, 3 * SCALE)).messages;
    expect(more / few).toBeGreaterThan(2.5);
    expect(more / few).toBeLessThan(3.5);
  });
});

describe("what the workloads are for", () => {
  it("M/M/1 makes three hops of a message: publish, delivery, acknowledgement", () => {
    const { hops, messages } = play(workload("mm1", SCALE));
    expect(hops / messages).toBeCloseTo(3, 2);
  });

  it("the graph's messages go to as many queues as the reference's: 28.6 hops", () => {
    for (const name of ["graph", "graphSlow"] as const) {
      const { hops, messages } = play(workload(name, 0.05));
      expect(Math.abs(hops / messages - 28.6)).toBeLessThan(0.4);
    }
  });

  it("the backlog stands in the queue as a whole before it is worked off", () => {
    const load = workload("backlog", SCALE);
    const { queued, stateBytes } = fill(load);
    const { messages } = play(load);
    expect(queued).toBe(messages);
    expect(queued).toBeGreaterThan(45_000);
    expect(stateBytes() / queued).toBeGreaterThan(8);
  });

  it("the churn expires, rejects and dead-letters: messages come several times, some go round in vain", () => {
    const { scenario, until } = workload("churn", 0.05);
    const run = createRun(scenario);
    run.advance(fromMs(until));
    const { nodes, ledger } = run.report();
    for (const line of [0, 1, 2, 3]) {
      const work = nodes[`work${line}`] as { [metric: string]: number };
      const wait = nodes[`wait${line}`] as { [metric: string]: number };
      const producer = nodes[`p${line}`] as { [metric: string]: number };
      const consumer = nodes[`c${line}`] as { [metric: string]: number };
      expect(work.expired).toBeGreaterThan(0.1 * (producer.publish as number));
      expect(consumer.errors).toBeGreaterThan(0.1 * (producer.publish as number));
      expect(wait.expired).toBeGreaterThan(0.3 * (producer.publish as number));
      expect(wait.deadLettered).toBe(wait.expired);
      // What leaves the work unfinished is dead-lettered: expired or rejected.
      expect(work.deadLettered).toBe((work.expired as number) + (consumer.errors as number));
    }
    expect(ledger.discarded["dead-letter-cycle"]).toBeGreaterThan(0.05 * ledger.published);
    expect(ledger.processed).toBeGreaterThan(0.5 * ledger.published);
  });

  it("the imported topology is as large as a document may be, and all of its entrances have traffic", () => {
    const { scenario, until } = workload("imported", SCALE);
    expect(scenario.nodes).toHaveLength(NODES_MAX);
    const producers = scenario.nodes.filter(({ kind }) => kind === "producer");
    expect(producers).toHaveLength(9);
    const run = createRun(scenario);
    run.advance(fromMs(until));
    for (const { name } of producers) expect(run.report().nodes[name]?.publish, name).toBeGreaterThan(0);
  });
});
