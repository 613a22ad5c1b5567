import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emptyScenario, helloQueue, queueArguments, type Scenario, type ScenarioEdge } from "../scenario/index.ts";
import { draw } from "../testing/build.ts";
import { type ExportOptions, exportDefinitions, importDefinitions, readDefinitions } from "./index.ts";

interface Written {
  vhosts: { name: string }[];
  exchanges: { name: string; type: string; arguments: object }[];
  queues: { name: string; durable: boolean; arguments: { [name: string]: unknown } }[];
  bindings: { source: string; destination: string; destination_type: string; routing_key: string; arguments: object }[];
  policies: { name: string; priority: number; "apply-to": string }[];
  permissions: object[];
}

function written(scenario: Scenario, options: ExportOptions = {}) {
  const { text, notices } = exportDefinitions(scenario, options);
  const file = JSON.parse(text) as Written;
  return { text, file, notices, codes: notices.map(({ code }) => code) };
}

function drawn(name: string, vhost?: string): Scenario {
  const read = readDefinitions(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8"));
  if (!read.ok) throw new Error(read.code);
  return importDefinitions(read.file, vhost === undefined ? {} : { vhost }).scenario;
}

describe("a drawing as definitions", () => {
  it("is indented JSON with everything that the broker needs, and no user or password", () => {
    const { text, file } = written(drawn("two-vhosts-made.json", "shop"));
    expect(text).toContain('\n  "queues": [\n    {\n      "name": ');
    expect(text).not.toContain("password");
    expect(Object.keys(file).sort()).toEqual(["bindings", "exchanges", "permissions", "policies", "queues", "vhosts"]);
    expect(file.vhosts).toEqual([{ name: "shop" }]);
    expect(file.permissions).toContainEqual({
      user: "auditor",
      vhost: "shop",
      configure: "^$",
      write: "^$",
      read: "^audit",
    });
    expect(file.policies.map(({ name, priority }) => [name, priority])).toEqual([
      ["weak", 0],
      ["strong", 5],
      ["unrouted", 1],
      ["nobody", 1],
    ]);
  });

  it("says for each queue what the run declares it with", () => {
    const scenario = draw()
      .queue("q", {
        queueType: "quorum",
        deliveryLimit: 3,
        messageTtl: 5000,
        deadLetterExchange: "",
        deadLetterKey: "r",
      })
      .queue("r", { durable: false, maxPriority: 9, arguments: { "x-queue-mode": "lazy" } })
      .scenario();
    const { file } = written(scenario);
    for (const node of scenario.nodes)
      expect(file.queues.find(({ name }) => name === node.name)?.arguments).toEqual(queueArguments(scenario, node));
    expect(file.queues[0]).toMatchObject({
      durable: true,
      arguments: { "x-queue-type": "quorum", "x-delivery-limit": 3, "x-message-ttl": 5000 },
    });
    expect(file.queues[1]).toMatchObject({
      durable: false,
      arguments: { "x-max-priority": 9, "x-queue-mode": "lazy" },
    });
  });

  it("gives exchange and queue of one name back their name", () => {
    const { file } = written(drawn("two-vhosts-made.json", "shop"));
    expect(file.exchanges.map(({ name }) => name)).toContain("orders");
    expect(file.queues.map(({ name }) => name)).toContain("orders");
    expect(file.bindings).toContainEqual({
      source: "orders",
      vhost: "shop",
      destination: "orders",
      destination_type: "queue",
      routing_key: "*.created",
      arguments: {},
    });
  });

  it("writes bindings as each exchange wants them: headers, weights, other exchanges", () => {
    const { file } = written(drawn("two-vhosts-made.json", "shop"));
    const binding = (to: string) => file.bindings.find(({ destination }) => destination === to);
    expect(binding("audit.any")?.arguments).toEqual({ "x-match": "any", level: "high", paid: true });
    expect(binding("part.2")?.routing_key).toBe("3");
    expect(binding("spread")).toMatchObject({ destination_type: "exchange", routing_key: "#" });
  });

  it("leaves out what a policy says anyway, and exchanges that every broker has", () => {
    const { file, codes } = written(drawn("two-vhosts-made.json", "shop"));
    expect(file.queues.find(({ name }) => name === "orders")?.arguments).toEqual({});
    expect(file.exchanges.find(({ name }) => name === "orders")?.arguments).toEqual({});
    expect(file.exchanges.map(({ name }) => name)).not.toContain("amq.topic");
    expect(file.bindings.map(({ source }) => source)).toContain("amq.topic");
    expect(codes).toContain("built-in-not-exported");
  });
});

describe("what has no equivalent", () => {
  it("is counted: clients, network settings, scripts", () => {
    const hello = helloQueue();
    const [edge] = hello.edges;
    const scenario: Scenario = {
      ...hello,
      edges: hello.edges.map((one): ScenarioEdge => ({ ...one, settings: one === edge ? { latency: 5 } : {} })),
      timeline: [{ t: 1000, do: "purge", target: "q1" }],
    };
    const { notices, file } = written(scenario);
    const count = (code: string) => notices.find((notice) => notice.code === code)?.facts.count;
    expect(count("clients-not-exported")).toBe(2);
    expect(count("links-not-exported")).toBe(1);
    expect(count("script-not-exported")).toBe(1);
    expect(file.queues).toHaveLength(1);
    expect(file.vhosts).toEqual([{ name: "/" }]);
  });

  it("is named: settings of the broker, exclusive queues, users that must exist before", () => {
    const scenario = draw()
      .node("broker", "b", { nodes: 3, users: [{ name: "web", configure: "", write: "", read: "" }] })
      .node("queue", "q", { exclusive: true }, "b")
      .scenario();
    const { notices } = written(scenario);
    expect(notices.map(({ code, target }) => [code, target])).toEqual([
      ["users-needed", "b"],
      ["exclusive-not-exported", "q"],
      ["broker-settings-not-exported", "b"],
    ]);
    expect(notices[2]?.facts.settings).toBe("nodes");
  });

  it("is everything when nothing is there", () => {
    expect(written(emptyScenario()).codes).toEqual(["nothing-to-export"]);
  });
});

describe("several brokers", () => {
  const scenario = draw()
    .node("broker", "b1", { vhost: "shop" })
    .node("broker", "b2", { vhost: "shop" })
    .node("queue", "one", {}, "b1")
    .node("queue", "two", {}, "b2")
    .queue("loose")
    .scenario();

  it("are a virtual host each; two of one name are told apart", () => {
    const { file, codes } = written(scenario);
    expect(file.vhosts.map(({ name }) => name)).toEqual(["/", "shop", "shop-2"]);
    expect(file.queues.map((queue) => [queue.name, (queue as unknown as { vhost: string }).vhost])).toEqual([
      ["loose", "/"],
      ["one", "shop"],
      ["two", "shop-2"],
    ]);
    expect(codes).toContain("vhost-renamed");
  });

  it("can be written one at a time", () => {
    const { file } = written(scenario, { broker: "b2" });
    expect(file.vhosts).toEqual([{ name: "shop" }]);
    expect(file.queues.map(({ name }) => name)).toEqual(["two"]);
    expect(written(scenario, { broker: "" }).file.queues.map(({ name }) => name)).toEqual(["loose"]);
  });
});
