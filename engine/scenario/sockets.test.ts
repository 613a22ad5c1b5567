import { describe, expect, it } from "vitest";
import { legalPeers, type SocketType } from "../models/zeromq/index.ts";
import { RELAY_ENDS } from "../run/zeromq/relay.ts";
import { makesMessages, worksOnMessages } from "../run/zeromq/zmq-places.ts";
import { sketch } from "../testing/sketch.ts";
import {
  addNode,
  applyFix,
  connectNew,
  emptyScenario,
  fieldOf,
  isMaker,
  isWorker,
  judge,
  PROXY_ENDS,
  type Scenario,
  SOCKET_PEERS,
  settingsBeside,
  usualPeer,
  validate,
} from "./index.ts";

const TYPES = fieldOf("socket", "type")?.choices as readonly SocketType[];
const two = (a: string, b: string, pipes: string[] = []): Scenario =>
  sketch(
    [
      ["socket a", { type: a }],
      ["socket b", { type: b }],
      ["socket c", { type: b }],
    ],
    pipes.map((ends) => ["pipe", ends]),
  );
const faults = (scenario: Scenario) =>
  validate(scenario)
    .issues.filter(({ severity }) => severity === "error")
    .map(({ code }) => code);

it("knows the pairs that the model knows", () => {
  expect(Object.keys(SOCKET_PEERS).sort()).toEqual([...TYPES].sort());
  for (const type of TYPES) {
    const drawable = legalPeers(type).filter((peer) => TYPES.includes(peer));
    expect([...(SOCKET_PEERS[type] ?? [])].sort(), type).toEqual([...drawable].sort());
  }
});

it("knows whose program makes messages as the run does", () => {
  for (const type of TYPES) {
    const { nodes, edges } = two(type, "PULL", ["a > b"]);
    expect(isMaker(nodes[0]!, edges), type).toBe(makesMessages(type, true));
    expect(isMaker(nodes[0]!, []), type).toBe(makesMessages(type, false));
    for (const pipes of [[], ["a > b"], ["b > a"], ["a > b", "c > a"]]) {
      const drawn = two(type, "PULL", pipes);
      const [out, into] = [pipes.includes("a > b"), pipes.some((pipe) => pipe.endsWith("> a"))];
      expect(isWorker(drawn.nodes[0]!, drawn.edges), `${type} ${pipes}`).toBe(worksOnMessages(type, out, into));
    }
  }
});

it("knows the sockets of proxies as the run does", () => {
  expect(Object.keys(PROXY_ENDS)).toEqual(fieldOf("proxy", "type")?.choices);
  for (const [type, { front, back }] of Object.entries(PROXY_ENDS))
    expect(RELAY_ENDS[type as keyof typeof RELAY_ENDS]).toEqual([front, back]);
});

describe.each(Object.keys(PROXY_ENDS))("a %s", (type) => {
  const beside = (other: string, pipe: string): Scenario =>
    sketch(
      [
        ["proxy a", { type }],
        ["socket b", { type: other }],
      ],
      pipe === "" ? [] : [["pipe", pipe]],
    );

  it.each(TYPES)("and %s: the drawing, the rules and the document say the same, both ways", (other) => {
    const { front, back } = PROXY_ENDS[type]!;
    for (const [from, to] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const judgement = judge(beside(other, ""), from, to);
      expect(faults(beside(other, `${from} > ${to}`))).toEqual(judgement.ok ? [] : [judgement.code]);
      const isLegal = legalPeers((from === "a" ? back : front) as SocketType).includes(other as SocketType);
      if (judgement.ok) expect(isLegal).toBe(true);
      else if (isLegal && judgement.code !== "socket-direction") expect([type, from]).toEqual(["balancer", "a"]);
      if (!judgement.ok && judgement.code === "socket-pair")
        for (const fix of judgement.fixes)
          expect(faults(applyFix(beside(other, ""), fix)?.scenario as Scenario)).toEqual([]);
    }
  });

  it.each([false, true])("is given a peer that fits, before it or behind it (%s)", (isBefore) => {
    const start = sketch([["proxy a", { type }]], []);
    for (const kind of ["socket", "proxy"]) {
      const settings = settingsBeside(start.nodes[0]!, kind, isBefore);
      if (settings === undefined) {
        expect([type, kind, isBefore]).toEqual(["balancer", "proxy", false]);
        continue;
      }
      const added = addNode(start, kind as "socket", { x: 20, y: 0, settings });
      const [from, to] = isBefore ? [added.id, "a"] : ["a", added.id];
      expect(connectNew(added.scenario, from, to), `${kind}`).toMatchObject({ ok: true });
    }
  });
});

it("gives a socket a proxy that fits, on the side that its type allows", () => {
  for (const type of TYPES) {
    const start = sketch([["socket a", { type }]], []);
    const settings = settingsBeside(start.nodes[0]!, "proxy");
    if (settings === undefined) {
      expect(type).toBe("PAIR");
      continue;
    }
    const added = addNode(start, "proxy", { x: 20, y: 0, settings });
    expect(connectNew(added.scenario, "a", added.id), type).toMatchObject({ ok: true });
  }
});

describe.each(TYPES)("%s", (a) => {
  it.each(TYPES)("and %s: the drawing, the rules and the document say the same", (b) => {
    const judgement = judge(two(a, b), "a", "b");
    const said = faults(two(a, b, ["a > b"]));
    if (judgement.ok) expect(said).toEqual([]);
    else expect(said).toEqual([judgement.code]);
    const isLegal = legalPeers(a).includes(b);
    expect(judgement.ok || judgement.code === "socket-direction").toBe(isLegal);
    if (isLegal) expect(judge(two(a, b), "a", "b").ok || judge(two(a, b), "b", "a").ok).toBe(true);
    if (!judgement.ok && !isLegal) expect(judgement.facts.peers).toBe(SOCKET_PEERS[a]?.join(" / "));
  });

  it("is given a peer that fits", () => {
    const start = two(a, "PUSH");
    const neighbour = start.nodes[0]!;
    const added = addNode(start, "socket", { x: 20, y: 0, settings: settingsBeside(neighbour, "socket") ?? {} });
    expect(connectNew(added.scenario, "a", added.id)).toMatchObject({ ok: true });
  });
});

describe("what is offered instead", () => {
  it("turns the connection round", () => {
    const judgement = judge(two("SUB", "PUB"), "a", "b");
    expect(judgement).toMatchObject({ ok: false, code: "socket-direction", fixes: [{ fix: "reverse" }] });
    const fixed = applyFix(two("SUB", "PUB"), { fix: "reverse", from: "a", to: "b" });
    expect(fixed?.scenario.edges).toMatchObject([{ kind: "pipe", from: "b", to: "a" }]);
  });

  it.each(["PUSH", "SUB", "PAIR"])("makes the other one a peer of %s", (type) => {
    const fixed = applyFix(two(type, "REQ"), { fix: "match-socket", from: "a", to: "b" });
    expect(fixed?.scenario.nodes[1]?.settings?.type).toBe(usualPeer(type));
    expect(faults(fixed?.scenario as Scenario)).toEqual([]);
  });

  it("does not change a socket that is connected already", () => {
    expect(judge(two("PUSH", "REP", ["a > b"]), "a", "c")).toMatchObject({ fixes: [{ fix: "match-socket" }] });
    expect(judge(two("PUSH", "REP", ["b > c"]), "a", "b")).toMatchObject({ code: "socket-pair", fixes: [] });
  });

  it("makes sockets of a producer and a consumer, with what both know", () => {
    const drawn = sketch(
      [
        ["producer p", { rate: 7, retries: 3 }],
        ["consumer c", { service: 40, prefetch: 5 }],
      ],
      [],
    );
    const fixed = applyFix(drawn, { fix: "make-sockets", from: "p", to: "c" });
    expect(fixed?.scenario.nodes.map(({ kind, settings }) => [kind, settings])).toEqual([
      ["socket", { type: "PUSH", rate: 7 }],
      ["socket", { type: "PULL", service: 40 }],
    ]);
    expect(faults(fixed?.scenario as Scenario)).toEqual([]);
    const busy = sketch([["producer p"], ["queue q"], ["consumer c"]], [["publish", "p > q"]]);
    expect(judge(busy, "p", "c")).toMatchObject({ fixes: [{ fix: "insert-queue" }] });
  });
});

describe("one connection is enough", () => {
  it("between two sockets, whichever way it was drawn", () => {
    expect(judge(two("DEALER", "DEALER", ["a > b"]), "b", "a")).toMatchObject({ code: "already-connected" });
    expect(faults(two("DEALER", "DEALER", ["a > b", "b > a"]))).toEqual(["duplicate-connection"]);
  });

  it("for a PAIR", () => {
    const drawn = two("PAIR", "PAIR", ["a > b"]);
    expect(judge(drawn, "a", "c")).toMatchObject({ code: "pair-taken", facts: { name: "a" }, fixes: [] });
    expect(judge(drawn, "c", "b")).toMatchObject({ code: "pair-taken", facts: { name: "b" } });
    expect(judge(drawn, "a", "b", { moving: "e1" })).toMatchObject({ ok: true });
    expect(faults(two("PAIR", "PAIR", ["a > b", "a > c"]))).toContain("pair-taken");
  });
});

it("stands in no frame of another system", () => {
  const drawn = sketch([["redis r"], ["socket s", {}, { parent: "r" }]], []);
  expect(faults(drawn)).toEqual(["frame-of-other-system"]);
});

it("counts what sockets make against the limit of the run", () => {
  const many = (type: string) =>
    sketch(
      Array.from({ length: 6 }, (_, i) => [`socket s${i}`, { type, rate: 10_000 }]),
      [],
    );
  expect(faults(many("PUB"))).toEqual(["total-rate-above-limit"]);
  expect(faults({ ...emptyScenario(), ...many("SUB") })).toEqual([]);
});
