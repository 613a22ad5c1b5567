import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sketch } from "../testing/sketch.ts";
import { OPERATIONS, operationsFor } from "./operations.ts";
import type { Scenario } from "./types.ts";

/** Something of everything that a system has. */
const DRAWINGS: Readonly<Record<string, Scenario>> = {
  RabbitMQ: sketch(
    [
      ["broker b", { nodes: 3 }],
      ["queue q", { queueType: "quorum" }, { parent: "b" }],
      ["queue dead", {}, { parent: "b" }],
      ["producer p"],
      ["consumer c"],
    ],
    [
      ["publish", "p > q"],
      ["deadLetter", "q > dead"],
      ["consume", "q > c"],
    ],
  ),
  Kafka: sketch(
    [
      ["cluster k", { brokers: 3 }],
      ["topic t", {}, { parent: "k" }],
      ["group g"],
      ["producer p"],
      ["consumer c", {}, { parent: "g" }],
    ],
    [
      ["publish", "p > t"],
      ["consume", "t > c"],
    ],
  ),
  Redis: sketch(
    [
      ["redis r", { replicas: 1 }],
      ["list l", {}, { parent: "r" }],
      ["stream s", {}, { parent: "r" }],
      ["stream dead", {}, { parent: "r" }],
      ["channel ch", {}, { parent: "r" }],
      ["producer p"],
      ["consumer c"],
    ],
    [
      ["publish", "p > l"],
      ["consume", "s > c"],
      ["deadLetter", "s > dead"],
    ],
  ),
  RocketMQ: sketch(
    [
      ["brokerSet w", { masters: 2, replicas: 1 }],
      ["rmqTopic t", {}, { parent: "w" }],
      ["rmqGroup g"],
      ["producer p"],
      ["consumer c", {}, { parent: "g" }],
    ],
    [
      ["publish", "p > t"],
      ["consume", "t > c"],
    ],
  ),
  ZeroMQ: sketch(
    [
      ["socket a", { type: "PUSH" }],
      ["socket z", { type: "PULL" }],
    ],
    [["pipe", "a > z"]],
  ),
};

const rows = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, id = "", ...cells]) => ({ id: id.replaceAll("`", ""), cells }));

describe("docs/operations.md", () => {
  it("has every operation, in the list's own order of targets, and no other", () => {
    expect(rows.map(({ id }) => id).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  });

  it.each(Object.keys(DRAWINGS).map((system, column): [string, number] => [system, column]))(
    "says what is offered for %s",
    (system, column) => {
      const scenario = DRAWINGS[system] as Scenario;
      const parts = [...scenario.nodes, ...scenario.edges].map(({ id }) => id);
      const offered = new Set(
        [...parts, "system"].flatMap((part) => operationsFor(scenario, part).map(({ id }) => id)),
      );
      for (const { id, cells } of rows) expect(cells[column], `${id} of ${system}`).toBe(offered.has(id) ? "✓" : "–");
    },
  );

  it("says why, wherever something is not offered, or it goes with the row above", () => {
    const partner = new Set([
      "queue.resume",
      "broker.clear",
      "broker.grant",
      "broker.renew",
      "node.stop",
      "node.start",
    ]);
    for (const { id, cells } of rows) {
      if (cells.slice(0, 5).includes("–") && !partner.has(id)) expect(cells[5]?.length, id).toBeGreaterThan(8);
    }
  });
});
