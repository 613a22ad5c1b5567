import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokerNameOf, policyOf, type ScenarioNode, settingsOf, validate } from "../scenario/index.ts";
import {
  exportDefinitions,
  type ImportOptions,
  importDefinitions,
  readDefinitions,
  usualVhost,
  vhostsOf,
} from "./index.ts";

function imported(raw: object | string, options: ImportOptions = {}) {
  const read = readDefinitions(typeof raw === "string" ? raw : JSON.stringify(raw));
  if (!read.ok) throw new Error(`${read.code} ${JSON.stringify(read.facts)}`);
  const result = importDefinitions(read.file, options);
  const { nodes, edges } = result.scenario;
  const node = (name: string): ScenarioNode => {
    const found = nodes.find((one) => one.name === name) ?? nodes.find((one) => brokerNameOf(one) === name);
    if (found === undefined) throw new Error(`no node ${name}`);
    return found;
  };
  const edge = (kind: string, from: string, to: string) =>
    edges.filter((one) => one.kind === kind && one.from === node(from).id && one.to === node(to).id);
  const notice = (code: string) => result.notices.filter((one) => one.code === code);
  return { ...result, node, edge, notice };
}

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");
const bare = { traffic: false };

describe("which virtual host is drawn", () => {
  const two = JSON.stringify({
    vhosts: [{ name: "/" }, { name: "small" }, { name: "large" }],
    queues: [
      { name: "a", vhost: "small" },
      { name: "b", vhost: "large" },
      { name: "c", vhost: "large" },
      { name: "d", vhost: "unlisted" },
    ],
  });

  it("is / when it holds anything, else the one with the most queues", () => {
    expect(imported(fixture("two-vhosts-made.json")).vhost).toBe("/");
    expect(imported(two).vhost).toBe("large");
    expect(imported({ vhosts: [{ name: "shop" }] }).vhost).toBe("shop");
    expect(imported({ queues: [] }).vhost).toBe("/");
  });

  it("can be chosen, and all are listed with what they hold, also those that only objects name", () => {
    const result = imported(two, { vhost: "small" });
    expect(result.vhosts).toEqual(["/", "small", "large", "unlisted"]);
    expect(result.counts.queues).toBe(1);
    expect(result.notice("vhost-chosen")[0]?.facts).toMatchObject({ vhost: "small", count: 3 });
    const read = readDefinitions(two);
    if (!read.ok) throw new Error(read.code);
    expect(vhostsOf(read.file)[2]).toEqual({ name: "large", queues: 2, exchanges: 0, bindings: 0 });
    expect(usualVhost(read.file)).toBe("large");
  });

  it("says so when there is nothing to draw", () => {
    const { scenario, notice, counts } = imported({ vhosts: [{ name: "/" }] });
    expect(notice("nothing-here")).toHaveLength(1);
    expect(counts).toMatchObject({ exchanges: 0, queues: 0, producers: 0, consumers: 0 });
    expect(validate(scenario).issues).toEqual([]);
  });
});

describe("exchanges, queues and bindings", () => {
  const shop = imported(fixture("two-vhosts-made.json"), { vhost: "shop", traffic: false });

  it("stand in a broker frame that carries virtual host, rights and policies", () => {
    const frame = shop.node("vhost shop");
    expect(frame.kind).toBe("broker");
    expect(shop.scenario.nodes.every((node) => node === frame || node.parent === frame.id)).toBe(true);
    const { vhost, users, policies } = settingsOf(frame) as { vhost: string; users: object[]; policies: object[] };
    expect(vhost).toBe("shop");
    expect(users).toEqual([
      { name: "shop-web", configure: "^$", write: "^orders$", read: ".*" },
      { name: "auditor", configure: "^$", write: "^$", read: "^audit" },
    ]);
    expect(policies).toHaveLength(4);
  });

  it("keep known arguments as settings, all others word for word", () => {
    expect(shop.node("orders.eu").settings).toEqual({ queueType: "quorum", deliveryLimit: 3 });
    expect(shop.node("audit.high").settings).toEqual({ maxPriority: 5, messageTtl: 86_400_000 });
    expect(shop.node("part.2").settings).toEqual({ durable: false, autoDelete: true });
    expect(shop.node("log").settings).toEqual({ queueType: "stream", arguments: { "x-max-age": "7D" } });
    expect(shop.node("audit.any").settings).toEqual({ arguments: { "x-queue-mode": "lazy" } });
    expect(shop.node("inner").settings).toEqual({ internal: true });
    expect(shop.node("spread").settings).toEqual({ type: "x-consistent-hash", hashHeader: "customer" });
    expect(shop.notice("argument-kept").map(({ path }) => path)).toEqual([
      "exchanges[5].arguments.x-delayed-type",
      "queues[3].arguments.x-queue-mode",
      "queues[6].arguments.x-max-age",
    ]);
  });

  it("name values and arguments that a broker would refuse", () => {
    expect(shop.notice("argument-unusable")[0]?.path).toBe("queues[11].arguments.x-overflow");
    const { notices, node } = imported({
      queues: [
        { name: "q", arguments: { "x-queue-type": "quorum", "x-max-priority": 5, "x-queue-mode": "lazy" } },
        { name: "s", arguments: { "x-queue-type": "stream", "x-message-ttl": 5 } },
        {
          name: "n",
          arguments: { "x-max-length": "12", "x-message-ttl": -1, "x-max-priority": 256, "x-expires": 1.5 },
        },
        { name: "t", arguments: { "x-queue-type": "round" } },
      ],
    });
    expect(
      notices.filter(({ code }) => code.startsWith("argument-")).map(({ code, path }) => `${code} ${path}`),
    ).toEqual([
      "argument-refused queues[0].arguments.x-max-priority",
      "argument-refused queues[0].arguments.x-queue-mode",
      "argument-refused queues[1].arguments.x-message-ttl",
      "argument-unusable queues[2].arguments.x-max-length",
      "argument-unusable queues[2].arguments.x-message-ttl",
      "argument-unusable queues[2].arguments.x-max-priority",
      "argument-unusable queues[2].arguments.x-expires",
      "argument-unusable queues[3]",
    ]);
    expect(node("n").settings?.arguments).toEqual({
      "x-max-length": "12",
      "x-message-ttl": -1,
      "x-max-priority": 256,
      "x-expires": 1.5,
    });
  });

  it("keep plugin types, with a word about it", () => {
    expect(shop.node("later").settings).toMatchObject({ type: "x-delayed-message" });
    expect(shop.notice("exchange-type-kept")).toMatchObject([{ severity: "warning", facts: { name: "later" } }]);
  });

  it("give an exchange and a queue of one name a node each; the broker's names stay", () => {
    expect(shop.node("orders").kind).toBe("queue");
    expect(shop.node("orders (exchange)")).toMatchObject({ kind: "exchange", settings: { brokerName: "orders" } });
    expect(shop.notice("renamed")).toHaveLength(1);
  });

  it("read a binding as its exchange does: key, headers or weight", () => {
    expect(shop.edge("binding", "orders (exchange)", "orders")[0]?.settings).toEqual({ key: "*.created" });
    expect(shop.edge("binding", "audit", "audit.high")[0]?.settings).toEqual({
      headers: { level: "high", amount: 100 },
    });
    expect(shop.edge("binding", "audit", "audit.any")[0]?.settings).toEqual({
      match: "any",
      headers: { level: "high", paid: true },
    });
    expect(shop.edge("binding", "spread", "part.1")[0]?.settings).toBeUndefined();
    expect(shop.edge("binding", "spread", "part.2")[0]?.settings).toEqual({ weight: 3 });
    expect(shop.edge("binding", "orders (exchange)", "spread")).toHaveLength(1);
  });

  it("draw built-in exchanges only when something is connected to them", () => {
    expect(shop.node("amq.topic").settings).toEqual({ type: "topic" });
    const { scenario, notice } = imported(
      {
        exchanges: [
          { name: "", type: "direct" },
          { name: "amq.fanout", type: "fanout" },
        ],
        queues: [{ name: "q", arguments: { "x-dead-letter-exchange": "amq.direct" } }],
      },
      bare,
    );
    expect(scenario.nodes.filter((node) => node.kind === "exchange").map((node) => node.name)).toEqual(["amq.direct"]);
    expect(notice("built-in-skipped")).toHaveLength(2);
  });

  it("say what was left out: repeats, loose ends, the default exchange's own bindings", () => {
    expect(shop.notice("repeated").map(({ path }) => path)).toEqual(["queues[12]", "exchanges[7]"]);
    expect(shop.notice("binding-skipped")[0]?.facts).toMatchObject({ missing: "missing" });
    expect(shop.notice("default-binding-skipped")).toHaveLength(1);
    expect(shop.notice("binding-repeated")).toHaveLength(1);
    expect(shop.counts.bindings).toBe(14);
  });

  it("keep a key that is no weight, for the export", () => {
    const { edge, notice } = imported(
      {
        exchanges: [{ name: "x", type: "x-consistent-hash" }],
        queues: [{ name: "q" }],
        bindings: [{ source: "x", destination: "q", routing_key: "#" }],
      },
      bare,
    );
    expect(edge("binding", "x", "q")[0]?.settings).toEqual({ key: "#" });
    expect(notice("binding-weight")).toHaveLength(1);
  });

  it("give a queue without a type the one of its virtual host", () => {
    const { node, notice } = imported(
      {
        vhosts: [{ name: "/", default_queue_type: "quorum" }],
        queues: [{ name: "a" }, { name: "b", durable: false }, { name: "c", arguments: { "x-queue-type": "classic" } }],
      },
      bare,
    );
    expect(["a", "b", "c"].map((name) => settingsOf(node(name)).queueType)).toEqual(["quorum", "classic", "classic"]);
    expect(notice("default-queue-type")[0]?.facts).toMatchObject({ count: 1, type: "quorum" });
  });

  it("make names out of what a document cannot hold: control characters, 255 letters, twins", () => {
    const long = "n".repeat(255);
    const { scenario } = imported({
      queues: [
        { name: "a\u0007b" },
        { name: long },
        { name: `${long.slice(1)}m` },
        { name: "x (exchange)" },
        { name: "x" },
      ],
      exchanges: [{ name: "x", type: "fanout" }],
    });
    expect(validate(scenario).issues).toEqual([]);
    const names = scenario.nodes.filter(({ kind }) => kind === "queue" || kind === "exchange").map(brokerNameOf);
    expect(names.sort()).toEqual(["a\u0007b", long, `${long.slice(1)}m`, "x", "x", "x (exchange)"].sort());
  });
});

describe("dead letters and alternates", () => {
  it("become links where their target is in the file", () => {
    const chain = imported(fixture("retry-chain-made.json"), bare);
    expect(chain.edge("deadLetter", "orders.work", "retry")).toHaveLength(1);
    expect(chain.edge("deadLetter", "orders.wait", "orders")).toHaveLength(1);
    expect(chain.node("orders.work").settings).toEqual({ deadLetterKey: "wait" });
    const headers = imported(fixture("28-headers-made.json"), bare);
    expect(headers.scenario.edges.filter(({ kind }) => kind === "alternate")).toHaveLength(1);
  });

  it("straight to a queue go through the default exchange, with its name as key", () => {
    const { edge, node } = imported(
      {
        queues: [
          { name: "work", arguments: { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "work.dead" } },
          { name: "work.dead" },
          { name: "own-key", arguments: { "x-dead-letter-exchange": "" } },
          { name: "loose", arguments: { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "gone" } },
        ],
      },
      bare,
    );
    expect(edge("deadLetter", "work", "work.dead")).toHaveLength(1);
    expect(node("work").settings).toBeUndefined();
    expect(node("own-key").settings).toEqual({ deadLetterExchange: "" });
    expect(node("loose").settings).toEqual({ deadLetterExchange: "", deadLetterKey: "gone" });
  });

  it("stay settings with a notice where it is not", () => {
    const { node, notice, notices } = imported(
      {
        exchanges: [
          { name: "x", type: "direct", arguments: { "alternate-exchange": "gone" } },
          { name: "y", type: "direct", arguments: { "alternate-exchange": "y" } },
        ],
        queues: [
          { name: "a", arguments: { "x-dead-letter-exchange": "gone", "x-dead-letter-routing-key": "k" } },
          { name: "b", arguments: { "x-dead-letter-routing-key": "k" } },
        ],
      },
      bare,
    );
    expect(node("a").settings).toEqual({ deadLetterExchange: "gone", deadLetterKey: "k" });
    expect(node("x").settings).toEqual({ alternate: "gone" });
    expect(node("y").settings).toEqual({ alternate: "y" });
    expect(notice("dead-letter-target-missing")).toHaveLength(1);
    expect(notice("alternate-target-missing")).toHaveLength(1);
    expect(notice("dead-letter-key-alone")[0]?.path).toContain("queues[1]");
    expect(notices.filter(({ severity }) => severity === "warning")).toHaveLength(3);
  });
});

describe("policies", () => {
  const shop = imported(fixture("two-vhosts-made.json"), { vhost: "shop", traffic: false });

  it("apply one at a time, the highest priority first, by pattern and kind", () => {
    const name = (node: string) => policyOf(shop.scenario, shop.node(node))?.name;
    expect([name("orders"), name("orders.eu"), name("orders (exchange)"), name("log")]).toEqual([
      "strong",
      "strong",
      "unrouted",
      undefined,
    ]);
    expect(shop.notice("policy-applied").map(({ facts }) => [facts.name, facts.count])).toEqual([
      ["strong", 2],
      ["unrouted", 1],
    ]);
    expect(shop.notice("policy-unused").map(({ facts }) => facts.name)).toEqual(["weak", "nobody"]);
    expect(shop.notice("policy-keys-kept")[0]?.facts).toMatchObject({ name: "strong", keys: "ha-mode" });
  });

  it("draw the links they decide, and leave limits to the run", () => {
    expect(shop.edge("deadLetter", "orders", "dead")).toHaveLength(1);
    expect(shop.edge("alternate", "orders (exchange)", "unrouted")).toHaveLength(1);
    expect(shop.node("orders").settings).toBeUndefined();
  });

  it("give way to a queue's own arguments, key by key", () => {
    const { edge, node } = imported(
      {
        exchanges: [
          { name: "mine", type: "fanout" },
          { name: "theirs", type: "fanout" },
        ],
        queues: [
          { name: "a", arguments: { "x-dead-letter-exchange": "mine" } },
          { name: "b", arguments: { "x-dead-letter-routing-key": "own" } },
        ],
        policies: [
          {
            name: "p",
            pattern: "",
            definition: { "dead-letter-exchange": "theirs", "dead-letter-routing-key": "all" },
          },
        ],
      },
      bare,
    );
    expect(edge("deadLetter", "a", "mine")).toHaveLength(1);
    expect(node("a").settings).toEqual({ deadLetterKey: "all" });
    expect(edge("deadLetter", "b", "theirs")).toHaveLength(1);
    expect(node("b").settings).toEqual({ deadLetterKey: "own" });
  });

  it("are skipped when they apply to something unknown, kept when only their pattern cannot be read", () => {
    const { notice, scenario } = imported(
      {
        queues: [{ name: "q" }],
        policies: [
          { name: "odd", pattern: ".*", "apply-to": "moons", definition: {} },
          { name: "perl", pattern: "(?<=a)(?i)b(?#c)", "apply-to": "queues", definition: { expires: 5 } },
        ],
      },
      bare,
    );
    expect(notice("policy-skipped")).toHaveLength(1);
    expect(notice("bad-pattern")).toHaveLength(1);
    expect(settingsOf(scenario.nodes[0] as ScenarioNode).policies).toHaveLength(1);
  });
});

describe("what has no place in a drawing", () => {
  it("is named: passwords, topic rights, shovels, federation, parameters", () => {
    const { notice } = imported(fixture("two-vhosts-made.json"), { vhost: "shop" });
    for (const code of [
      "passwords-discarded",
      "user-not-defined",
      "topic-permissions-discarded",
      "shovel-discarded",
      "federation-discarded",
      "parameter-discarded",
      "global-parameters-discarded",
    ])
      expect(notice(code), code).toHaveLength(1);
  });

  it("is never a password: nothing of it is in the document", () => {
    const text = fixture("two-vhosts-made.json").replaceAll('"none"', '"hunter2-hash"');
    expect(JSON.stringify(imported(text, { vhost: "shop" }))).not.toContain("hunter2");
  });

  it("gaps of templates and unknown parts are pointed at", () => {
    const { notice } = imported({ queues: [{ name: "__QUEUE__" }], widgets: [] }, bare);
    expect(notice("placeholder-kept")[0]?.path).toBe("queues[0].name");
    expect(notice("key-ignored")[0]?.facts).toEqual({ name: "widgets" });
  });

  it("a broker too large for a document is an error, with its size", () => {
    const queues = Array.from({ length: 320 }, (_, i) => ({ name: `q${i}` }));
    const { notices, scenario } = imported({ queues });
    expect(notices[0]).toMatchObject({ severity: "error", code: "too-many-nodes", facts: { max: 300, got: 321 } });
    expect(scenario.nodes).toHaveLength(321);
  });
});

describe("whatever a file says", () => {
  const name = fc.oneof(
    fc.constantFrom("a", "b", "c", "x", "y", "", "amq.topic", "__proto__"),
    fc.string({ maxLength: 12 }),
  );
  const key = fc.constantFrom("a.*", "#", "a.b", "*.b", "", "{x|y}", "a.#.c");
  const value = fc.oneof(
    fc.constantFrom<unknown>(0, -1, 5, 1e12, "x", "", true, null, "quorum", "stream"),
    fc.string({ maxLength: 5 }),
  );
  const known = fc.constantFrom(
    "x-max-length",
    "x-message-ttl",
    "x-queue-type",
    "x-match",
    "__proto__",
    "hash-header",
    "k",
  );
  const links = fc.constantFrom("x-dead-letter-exchange", "x-dead-letter-routing-key", "alternate-exchange");
  const args = fc
    .tuple(fc.dictionary(known, fc.oneof(value, name), { maxKeys: 4 }), fc.dictionary(links, name, { maxKeys: 2 }))
    .map(([others, own]) => ({ ...others, ...own }));
  const type = fc.constantFrom("direct", "topic", "fanout", "headers", "x-consistent-hash", "x-delayed-message");
  const file = fc.record({
    exchanges: fc.array(fc.record({ name, type, internal: fc.boolean(), arguments: args }), { maxLength: 6 }),
    queues: fc.array(fc.record({ name, arguments: args }), { maxLength: 8 }),
    bindings: fc.array(
      fc.record({
        source: name,
        destination: name,
        destination_type: fc.constantFrom("queue", "exchange"),
        routing_key: key,
        arguments: args,
      }),
      { maxLength: 12 },
    ),
    policies: fc.array(
      fc.record({
        name,
        pattern: fc.constantFrom("", "^a", "(", ".*"),
        priority: fc.integer({ min: -2, max: 2 }),
        definition: fc.dictionary(fc.constantFrom("message-ttl", "dead-letter-exchange", "alternate-exchange"), value, {
          maxKeys: 2,
        }),
      }),
      { maxLength: 3 },
    ),
  });

  it("the document is one that can be opened, runs or says why not, and comes back from an export as it was", () => {
    fc.assert(
      fc.property(file, (raw) => {
        const { scenario, notices } = imported(raw);
        const { scenario: checked, issues } = validate(scenario);
        expect(checked).not.toBeNull();
        expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(notices.filter(({ severity }) => severity === "error")).toEqual([]);
        const again = imported(exportDefinitions(scenario).text);
        expect(again.scenario).toEqual(scenario);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
