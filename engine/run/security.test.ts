import { describe, expect, it } from "vitest";
import "./all-systems.ts";
import { seconds } from "../kernel/time.ts";
import type { Scenario, Settings } from "../scenario/types.ts";
import { sketch } from "../testing/sketch.ts";
import { createRun, type Run } from "./run.ts";

/** A producer and a consumer at one store of a guarded server; both are `web`, whose password is `secret`, unless they say otherwise. */
const SYSTEMS = {
  rabbitmq: {
    frame: "broker",
    store: "queue",
    users: [{ name: "web", configure: ".*", write: ".*", read: ".*", password: "secret" }],
  },
  redis: { frame: "redis", store: "list", users: ["web >secret ~* +@all"] },
  kafka: { frame: "cluster", store: "topic", users: ["web >secret all:*"] },
} as const;
type Guarded = keyof typeof SYSTEMS;
const GUARDED = Object.keys(SYSTEMS) as Guarded[];

function guarded(system: Guarded, producer: Settings = {}, consumer: Settings = {}): Scenario {
  const { frame, store, users } = SYSTEMS[system];
  return sketch(
    [
      [`${frame} b`, { users: users as never }],
      [`${store} s`, {}, { parent: "b" }],
      ["producer p", { rate: 10, user: "web", ...producer }],
      ["consumer c", { service: 10, user: "web", ...consumer }],
    ],
    [
      ["publish", "p > s"],
      ["consume", "s > c", store === "topic" ? { start: "all" } : {}],
    ],
  );
}

const figure = (run: Run, node: string, name: string): number => run.report().nodes[node]?.[name] as number;
const denials = (run: Run) => run.core.log.read(0, 50_000, String).filter(({ kind }) => kind === "deny");

function played(scenario: Scenario, until: number): Run {
  const run = createRun(scenario);
  run.advance(seconds(until));
  expect(run.core.ledger.imbalance()).toBe(0);
  return run;
}

describe("users and passwords", () => {
  it.each(GUARDED)("of %s let in whoever knows the password, or is drawn as knowing it", (system) => {
    for (const password of [null, "secret"]) {
      const run = played(guarded(system, { password }, { password }), 9.5);
      expect(figure(run, "c", "processed")).toBeGreaterThan(90);
      expect(denials(run)).toEqual([]);
    }
  });

  it.each(GUARDED)("of %s keep out a producer with a wrong one: nothing it has leaves it", (system) => {
    const run = played(guarded(system, { password: "guess" }), 4.95);
    expect(figure(run, "p", "denied")).toBe(50);
    expect(run.report().ledger.discarded).toEqual({ denied: 50 });
    expect(figure(run, "c", "processed")).toBe(0);
    expect(run.badges().p).toContain("denied");
    expect(run.badges().c ?? []).not.toContain("denied");
  });

  it.each(GUARDED)("of %s keep out a consumer with a wrong one, until it knows better", (system) => {
    const scenario = guarded(system, {}, { password: "guess" });
    const run = played(scenario, 5);
    expect(figure(run, "c", "processed")).toBe(0);
    expect(run.badges().c).toEqual(expect.arrayContaining(["denied", "not-assigned"]));
    expect(denials(run)).toHaveLength(1);
    run.edit({
      ...scenario,
      nodes: scenario.nodes.map((node) =>
        node.id === "c" ? { ...node, settings: { ...node.settings, password: "secret" } } : node,
      ),
    });
    run.advance(seconds(12));
    expect(figure(run, "c", "processed")).toBeGreaterThan(60);
    expect(run.badges().c ?? []).not.toContain("denied");
  });

  it("do not matter where nobody is listed, and there is nobody to ask in ZeroMQ", () => {
    const open = guarded("kafka", { password: "guess" });
    const run = played(
      { ...open, nodes: open.nodes.map((node) => ({ ...node, ...(node.id === "b" && { settings: {} }) })) },
      5,
    );
    expect(denials(run)).toEqual([]);
  });
});

describe("rights", () => {
  it.each(GUARDED)("of %s are taken away and given back while clients are connected", (system) => {
    const run = played(guarded(system), 5);
    expect(run.act("broker.revoke", "b", { user: "nobody" })).toBe(false);
    expect(run.act("broker.revoke", "b", { user: "web" })).toBe(true);
    run.advance(seconds(10));
    const refused = figure(run, "p", "denied");
    expect(refused).toBeGreaterThan(45);
    expect(run.act("broker.grant", "b", { user: "web" })).toBe(true);
    run.advance(seconds(20));
    expect(figure(run, "p", "denied")).toBeLessThanOrEqual(refused + 1);
    expect(figure(run, "c", "processed")).toBeGreaterThan(130);
    expect(run.core.ledger.imbalance()).toBe(0);
  });

  it("of Kafka are asked for each topic, by name or prefix", () => {
    const users = ["web write:orders* read:mail", "job read:*"];
    const scenario = sketch(
      [
        ["cluster b", { users }],
        ["topic orders-new", {}, { parent: "b" }],
        ["topic mail", {}, { parent: "b" }],
        ["producer p", { rate: 10, user: "web" }],
        ["producer q", { rate: 10, user: "web" }],
        ["consumer c", { service: 1, user: "job" }],
        ["consumer d", { service: 1, user: "web" }],
      ],
      [
        ["publish", "p > orders-new"],
        ["publish", "q > mail"],
        ["consume", "orders-new > c", { start: "all" }],
        ["consume", "orders-new > d", { start: "all" }],
      ],
    );
    const run = played(scenario, 4.95);
    expect(figure(run, "p", "denied")).toBe(0);
    expect(figure(run, "q", "denied")).toBe(50);
    expect(run.report().ledger.discarded).toEqual({ denied: 50 });
    expect(figure(run, "c", "processed")).toBeGreaterThan(45);
    expect(figure(run, "d", "processed")).toBe(0);
    expect(denials(run).some(({ reason }) => reason === "unauthorized")).toBe(true);
  });
});

describe("a credential that expires", () => {
  it.each(GUARDED)("ends the connections at %s, and nobody comes in by that name until it is renewed", (system) => {
    const run = played(guarded(system), 5);
    expect(run.act("broker.expire", "b", { user: "web" })).toBe(true);
    run.advance(seconds(10));
    expect(run.badges().p).toContain("denied");
    expect(run.badges().c).toContain("denied");
    const processed = figure(run, "c", "processed");
    expect(processed).toBeLessThan(60);
    run.operations.perform("broker.expire", "b", { user: "web" }, true);
    run.advance(seconds(20));
    expect(figure(run, "c", "processed")).toBeGreaterThan(processed + 80);
    expect(run.core.ledger.imbalance()).toBe(0);
  });
});

describe("encryption and a wiretap", () => {
  const line = (tls: boolean, more: Settings = {}): Scenario =>
    sketch(
      [["queue s"], ["producer p", { rate: 10, format: "json" }], ["consumer c", { service: 1 }]],
      [
        ["publish", "p > s", { latency: 5, tls, ...more }],
        ["consume", "s > c"],
      ],
    );
  const edge = (run: Run, name: string): number => {
    const values = run.read(true);
    const at = run.layout().edges.find(({ id }) => id === "e1") as { offset: number; metrics: string[] };
    return values[at.offset + at.metrics.indexOf(name)] as number;
  };

  it("lets whoever listens read everything, or nothing; the run does not notice", () => {
    const silent = played(line(false), 10);
    const heard = createRun(line(false));
    expect(heard.act("edge.tap", "e1")).toBe(true);
    expect(heard.act("edge.tap", "e1")).toBe(false);
    heard.advance(seconds(10));
    expect(heard.hash()).toBe(silent.hash());
    expect([edge(heard, "overheard"), edge(heard, "readable")]).toEqual([101, 101]);
    expect(heard.badges().e1).toEqual(["tapped"]);
    const noise = createRun(line(true));
    noise.act("edge.tap", "e1");
    noise.advance(seconds(10));
    expect([edge(noise, "overheard"), edge(noise, "readable")]).toEqual([101, 0]);
    expect(noise.act("edge.untap", "e1")).toBe(true);
    expect(edge(noise, "overheard")).toBe(0);
  });

  it("costs a handshake when the connection opens, and a little for each message", () => {
    expect(edge(played(line(false), 0.05), "transfer.mean")).toBe(5000);
    const first = played(line(true), 0.05);
    expect(edge(first, "transfer.mean")).toBe(25_200);
    first.resetStatistics();
    first.advance(seconds(10));
    expect(edge(first, "transfer.mean")).toBe(5200);
  });

  it("can be switched on while it runs: from then on only noise, after another handshake", () => {
    const scenario = line(false);
    const run = createRun(scenario);
    run.act("edge.tap", "e1");
    run.advance(seconds(5.05));
    run.edit(line(true));
    run.advance(seconds(10));
    expect([edge(run, "overheard"), edge(run, "readable")]).toEqual([101, 51]);
    expect(figure(run, "c", "processed")).toBeGreaterThan(95);
  });

  it("goes on after a snapshot as the straight run does", () => {
    const straight = createRun(line(true));
    straight.act("edge.tap", "e1");
    straight.advance(seconds(3));
    const kept = straight.capture();
    straight.advance(seconds(8));
    const [hash, heard] = [straight.hash(), edge(straight, "overheard")];
    straight.act("edge.untap", "e1");
    straight.restore(kept);
    straight.advance(seconds(8));
    expect([straight.hash(), edge(straight, "overheard")]).toEqual([hash, heard]);
  });

  it.each(["topic", "list", "socket"])("is the same on the way to a %s", (store) => {
    const scenario =
      store === "socket"
        ? sketch(
            [
              ["socket p", { type: "PUSH", rate: 10 }],
              ["socket s", { type: "PULL", service: 1 }],
            ],
            [["pipe", "p > s", { latency: 5, tls: true }]],
          )
        : sketch([[`${store} s`], ["producer p", { rate: 10 }]], [["publish", "p > s", { latency: 5, tls: true }]]);
    const run = createRun(scenario);
    run.act("edge.tap", "e1");
    run.advance(seconds(5));
    expect(edge(run, "overheard")).toBeGreaterThan(48);
    expect(edge(run, "readable")).toBe(0);
    run.resetStatistics();
    run.advance(seconds(10));
    expect(edge(run, "transfer.mean")).toBe(5200);
  });
});
