import { describe, expect, it } from "vitest";
import "./all-systems.ts";
import { seconds } from "../kernel/time.ts";
import type { Settings } from "../scenario/types.ts";
import { sketch } from "../testing/sketch.ts";
import { createRun, type Run } from "./run.ts";

const figure = (run: Run, node: string, name: string): number => run.report().nodes[node]?.[name] as number;

describe("dead letters that are moved back", () => {
  it.each([
    ["straight", {}],
    ["over an exchange", { exchange: true }],
  ])("go to the queue where they died, %s, and are worked on there", (_, { exchange = false }: Settings) => {
    const scenario = sketch(
      [
        ["producer p", { rate: 10, limit: 50 }],
        ["queue work"],
        ["queue other"],
        ["queue dead"],
        ["exchange dlx", { type: "fanout" }],
        ["consumer c", { service: 1, failRate: 1, onFail: "reject" }],
      ],
      [
        ["publish", "p > work"],
        ["consume", "work > c"],
        ...(exchange
          ? ([
              ["deadLetter", "work > dlx"],
              ["binding", "dlx > dead"],
            ] as const)
          : ([["deadLetter", "work > dead"]] as const)),
      ].map((edge) => [...edge] as never),
    );
    const run = createRun(scenario);
    run.advance(seconds(10));
    expect(figure(run, "dead", "ready")).toBe(50);
    expect(run.act("queue.redrive", "work")).toBe(false);
    run.act("consumer.fail", "c", { share: 0 });
    expect(figure(run, "c", "processed")).toBe(0);
    run.edit({
      ...scenario,
      nodes: scenario.nodes.map((node) => (node.id === "c" ? { ...node, settings: { service: 1 } } : node)),
    });
    expect(run.act("queue.redrive", "dead")).toBe(true);
    run.advance(seconds(20));
    expect(figure(run, "dead", "ready")).toBe(0);
    expect(figure(run, "c", "processed")).toBe(50);
    expect(run.report().ledger).toMatchObject({ published: 50, processed: 50, inSystem: 0, discarded: {}, lost: {} });
    expect(run.core.ledger.imbalance()).toBe(0);
    expect(run.act("queue.redrive", "dead")).toBe(false);
  });

  it("of a Redis stream are added to the stream they came from", () => {
    const scenario = sketch(
      [
        ["redis r"],
        ["stream work", { claimIdle: 500, maxDeliveries: 2 }, { parent: "r" }],
        ["stream dead", {}, { parent: "r" }],
        ["producer p", { rate: 10, limit: 20 }],
        ["consumer c", { service: 1, failRate: 1, onFail: "requeue" }],
      ],
      [
        ["publish", "p > work"],
        ["consume", "work > c", { group: "g", start: "all" }],
        ["deadLetter", "work > dead"],
      ],
    );
    const run = createRun(scenario);
    run.advance(seconds(20));
    expect(figure(run, "dead", "length")).toBe(20);
    run.edit({
      ...scenario,
      nodes: scenario.nodes.map((node) => (node.id === "c" ? { ...node, settings: { service: 1 } } : node)),
    });
    expect(run.act("queue.redrive", "dead")).toBe(true);
    run.advance(seconds(30));
    expect(figure(run, "dead", "length")).toBe(0);
    expect(figure(run, "c", "processed")).toBe(20);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("of a RocketMQ group are sent to their topic once, and stay in its dead-letter topic", () => {
    const failing = { service: 1, failRate: 1 };
    const scenario = sketch(
      [
        ["brokerSet w", { masters: 2, replicas: 0 }],
        ["rmqTopic t", {}, { parent: "w" }],
        ["rmqGroup g", { maxReconsume: 0, startFrom: "first" }],
        ["producer p", { rate: 10, limit: 20 }],
        ["consumer c", failing, { parent: "g" }],
        ["consumer other", { service: 1 }],
      ],
      [
        ["publish", "p > t"],
        ["consume", "t > c"],
        ["consume", "t > other"],
      ],
    );
    const run = createRun(scenario);
    expect(run.act("queue.redrive", "g")).toBe(false);
    run.advance(seconds(20));
    expect(figure(run, "g", "dead")).toBe(20);
    expect(figure(run, "t", "length")).toBe(20);
    run.edit({
      ...scenario,
      nodes: scenario.nodes.map((node) => (node.id === "c" ? { ...node, settings: { service: 1 } } : node)),
    });
    expect(run.act("queue.redrive", "g")).toBe(true);
    expect(run.act("queue.redrive", "g")).toBe(false);
    run.advance(seconds(30));
    expect(figure(run, "t", "length")).toBe(40);
    expect(figure(run, "c", "processed")).toBe(20);
    expect(figure(run, "other", "processed")).toBe(40);
    expect(figure(run, "g", "dead")).toBe(20);
    expect(run.core.ledger.imbalance()).toBe(0);
    expect(run.act("queue.redrive", "t")).toBe(false);
  });
});
