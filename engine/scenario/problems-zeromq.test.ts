import { describe, expect, it } from "vitest";
import { sketch } from "../testing/sketch.ts";
import { problemsOf, quickFix, type Scenario, type Settings } from "./index.ts";

const drawn = (sockets: [string, string, Settings?][], pipes: string[]): Scenario =>
  sketch(
    sockets.map(([id, type, settings]) => [`socket ${id}`, { type, ...settings }]),
    pipes.map((ends) => ["pipe", ends]),
  );
const found = (scenario: Scenario): string[] => problemsOf(scenario).map((one) => `${one.code} ${one.target}`);

describe("sockets that nobody talks to", () => {
  it.each([
    ["PUSH", "producer-unconnected"],
    ["REQ", "producer-unconnected"],
    ["PUB", "no-subscriber"],
    ["PULL", "no-source"],
    ["SUB", "no-source"],
    ["ROUTER", "no-source"],
  ])("%s: %s", (type, code) => {
    expect(found(drawn([["a", type]], []))).toEqual([`${code} a`]);
  });

  it("gives a publisher a subscriber", () => {
    const alone = drawn([["a", "PUB"]], []);
    const [first] = problemsOf(alone);
    const fixed = quickFix(alone, first!);
    expect(fixed?.nodes.map(({ settings }) => settings?.type)).toEqual(["PUB", "SUB"]);
    expect(found(fixed as Scenario)).toEqual(["pubsub-no-persistence a"]);
  });
});

describe("a request", () => {
  it("that is waited for without end", () => {
    const ask = (settings: Settings) =>
      drawn(
        [
          ["q", "REQ", settings],
          ["r", "REP"],
        ],
        ["q > r"],
      );
    expect(found(ask({}))).toEqual(["req-without-timeout q"]);
    expect(found(ask({ timeout: 1000 }))).toEqual([]);
  });
});

describe("two that both bind, or both connect", () => {
  it.each(["bind", "connect"])("%s", (attach) => {
    const pair = drawn(
      [
        ["a", "PUSH", { attach }],
        ["b", "PULL", { attach }],
      ],
      ["a > b"],
    );
    expect(found(pair)).toEqual(["same-attach e1"]);
    expect(found(quickFix(pair, problemsOf(pair)[0]!) as Scenario)).toEqual([]);
  });

  it("are well when one of them does the other, or leaves it open", () => {
    expect(
      found(
        drawn(
          [
            ["a", "PUSH", { attach: "bind" }],
            ["b", "PULL", { attach: "connect" }],
          ],
          ["a > b"],
        ),
      ),
    ).toEqual([]);
    expect(
      found(
        drawn(
          [
            ["a", "PUSH", { attach: "connect" }],
            ["b", "PULL"],
          ],
          ["a > b"],
        ),
      ),
    ).toEqual([]);
  });
});

describe("what cannot keep up", () => {
  const team = (rate: number, more: Settings = {}) =>
    drawn(
      [
        ["a", "PUSH", { rate, ...more }],
        ["b", "PULL"],
        ["c", "PULL", { speed: 0.5 }],
      ],
      ["a > b", "a > c"],
    );

  it("is a team of workers together", () => {
    expect(found(team(7))).toEqual([]);
    expect(found(team(8))).toEqual(["workers-too-slow a"]);
    expect(problemsOf(team(8))[0]?.facts).toMatchObject({ rate: 8, capacity: 7.5, rho: 1.07, readers: "b, c" });
    expect(found(team(8, { limit: 50 }))).toEqual([]);
  });

  it("is not one that asks in lockstep", () => {
    expect(
      found(
        drawn(
          [
            ["q", "REQ", { rate: 99, timeout: 1000 }],
            ["r", "REP"],
          ],
          ["q > r"],
        ),
      ),
    ).toEqual([]);
    expect(
      found(
        drawn(
          [
            ["q", "DEALER", { rate: 99 }],
            ["r", "REP"],
          ],
          ["q > r"],
        ),
      ),
    ).toEqual(["workers-too-slow q"]);
  });

  it("is a subscriber alone, counted by what it asked for", () => {
    const news = (prefix: string[]) =>
      drawn(
        [
          ["a", "PUB", { rate: 8, topic: "{key}.x", key: { k: "uniform", n: 2 } }],
          ["b", "SUB", { prefix }],
          ["c", "SUB", { service: 1 }],
        ],
        ["a > b", "a > c"],
      );
    expect(found(news([""]))).toEqual(["subscriber-drops b", "pubsub-no-persistence a"]);
    expect(found(news(["A"]))).toEqual(["pubsub-no-persistence a"]);
  });
});
