import "./all-systems.ts";
import { describe, expect, it } from "vitest";
import { createRun, seconds } from "../../engine/index.ts";
import { CATALOGUE, idOf, withChange } from "../../scenarios/index.ts";
import { packLook } from "../worker/protocol.ts";
import { EVENT, EVENTS_KEPT } from "./event-log.ts";
import type { Run } from "./run.ts";
import { findMessages, messageOfToken, traceOf } from "./trace.ts";

interface Processed {
  n: number;
  message: number;
  /** µs from the message's birth, as the run's own end-to-end figure counts it. */
  delay: number;
}

/** Runs, and notes at each processed message the delay that the instruments are told. */
function play(run: Run, until: number, most: number): Processed[] {
  const { core } = run;
  const { log } = core;
  const found: Processed[] = [];
  let last = Number.NaN;
  for (const { consumer } of run.state.topology.nodes) {
    if (consumer === null) continue;
    const { e2e } = consumer;
    const record = e2e.record.bind(e2e);
    e2e.record = (value: number) => {
      last = value;
      record(value);
    };
  }
  const add = log.add.bind(log);
  log.add = (kind, time, node, message, other, reason, value) => {
    add(kind, time, node, message, other, reason, value);
    if (kind === EVENT.process) found.push({ n: log.last, message, delay: last });
  };
  while (run.now < until && log.last < most) {
    run.advance(until, 200);
    run.state.alerts.wantsPause = false;
  }
  return found;
}

const cases = CATALOGUE.flatMap((entry) => [
  { name: idOf(entry), scenario: entry.scenario },
  ...(entry.variants ?? []).map((variant) => ({
    name: `${idOf(entry)} / ${variant.id}`,
    scenario: withChange(entry.scenario, variant.change),
  })),
]);

/** A trace looks through all events that are kept: of so many every message is asked about, of more one in so many. */
const ALL = 6000;

describe("the trace of a message", () => {
  it.each(
    cases.flatMap(({ name, scenario }) => [
      { name: `${name}, every message of the start`, scenario, most: ALL, asked: Number.POSITIVE_INFINITY },
      { name: `${name}, here and there in the first minute`, scenario, most: EVENTS_KEPT - 5000, asked: 60 },
    ]),
  )("has stages that add up to the delay of every processed message: $name", ({ scenario, most, asked }) => {
    const run = createRun(scenario);
    const processed = play(run, seconds(60), most);
    // Where every copy is given back before its work is over, what has been worked on is still in the system.
    const { nodes, system } = run.report();
    const worked = Object.values(nodes).some((figures) => (figures["e2e.mean"] ?? Number.NaN) >= 0);
    expect(processed.length > 0).toBe(worked);
    if (system.inSystem === 0) expect(run.core.ledger.processed > 0).toBe(worked);
    const step = Math.max(1, Math.floor(processed.length / asked));
    for (let i = 0; i < processed.length; i += step) {
      const { n, message, delay } = processed[i] as Processed;
      const found = traceOf(run, message).ways.find((one) => one.event === n);
      expect(found, `#${message}`).toBeDefined();
      const way = found?.stages ?? [];
      const sum = way.reduce((total, { from, until }) => total + until - from, 0);
      expect(sum, `#${message} ${JSON.stringify(way)}`).toBe(delay);
      expect(found?.delay).toBe(delay);
      for (let k = 1; k < way.length; k++) expect(way[k]?.from).toBe(way[k - 1]?.until);
      for (const { from, until } of way) expect(until).toBeGreaterThanOrEqual(from);
    }
  });
});

const scenarioOf = (id: string) => {
  const entry = CATALOGUE.find((one) => idOf(one) === id);
  if (entry === undefined) throw new Error(`no entry ${id}`);
  return entry.scenario;
};

/** The trace of the first message that the events show to be so. */
function firstTrace(run: Run, isWanted: (trace: ReturnType<typeof traceOf>) => boolean) {
  for (let message = 1; message <= run.core.lastMessage; message++) {
    const trace = traceOf(run, message);
    if (isWanted(trace)) return trace;
  }
  throw new Error("no such message");
}

const names = (stages: readonly { name: string }[]) => stages.map(({ name }) => name);

describe("a trace", () => {
  it("shows all copies of a fanned-out message, each from the one publish", () => {
    const run = createRun(scenarioOf("pub-sub"));
    run.advance(seconds(20));
    const { legs } = firstTrace(run, (trace) => trace.legs.filter(({ outcome }) => outcome === "processed").length > 1);
    const [publish, ...copies] = legs;
    expect(publish?.kind).toBe("publish");
    expect(copies.length).toBeGreaterThan(1);
    expect(new Set(copies.map(({ node }) => node)).size).toBe(copies.length);
    for (const copy of copies) expect(copy.parent).toBe(0);
  });

  it("shows every try of a message that was sent again, and that the later ones began when the first did", () => {
    const run = createRun(scenarioOf("confirm-duplicates"));
    run.advance(seconds(60));
    const { legs } = firstTrace(run, (trace) => trace.legs.filter(({ kind }) => kind === "publish").length > 1);
    const tries = legs.filter(({ kind }) => kind === "publish");
    expect(names(tries[1]?.stages ?? [])[0]).toBe("tries");
    expect(tries[1]?.stages[0]?.from).toBe(tries[0]?.stages[0]?.from);
  });

  it("gives a message that a Redis list puts back a leg of its own, and the old one its late end", () => {
    const hasty = CATALOGUE.find((one) => idOf(one) === "redis-list");
    const change = hasty?.variants?.find(({ id }) => id === "hasty")?.change ?? {};
    const run = createRun(withChange(scenarioOf("redis-list"), change));
    run.advance(seconds(5));
    const { legs } = traceOf(run, 3);
    const [, first, second] = legs;
    expect(legs.every(({ isCut }) => !isCut)).toBe(true);
    expect(first).toMatchObject({ kind: "copy", outcome: "processed", reason: "superseded" });
    expect(names(first?.stages ?? [])).toEqual(["work", "work"]);
    expect(second).toMatchObject({ kind: "copy", parent: first?.id });
    // It begins where the old one was given back, not where that one's work ended.
    expect(second?.stages[0]).toMatchObject({ name: "wait", from: first?.stages[0]?.until });
  });

  it("hands what goes to a channel straight to each subscriber", () => {
    const run = createRun(scenarioOf("redis-pubsub"));
    run.advance(seconds(5));
    const { legs } = firstTrace(run, (trace) => trace.legs.some(({ outcome }) => outcome === "processed"));
    const [publish, copy] = legs;
    expect(names(publish?.stages ?? [])).toEqual(["transfer"]);
    expect(copy).toMatchObject({ kind: "copy", parent: 0, isCut: false });
    expect(names(copy?.stages ?? [])).not.toContain("wait");
  });

  it("follows a dead letter from queue to queue", () => {
    const run = createRun(scenarioOf("retry-backoff-dlq"));
    run.advance(seconds(60));
    const { legs } = firstTrace(run, (trace) => trace.legs.some(({ outcome }) => outcome === "dead-letter"));
    const dead = legs.find(({ outcome }) => outcome === "dead-letter");
    const next = legs.find(({ parent }) => parent === dead?.id);
    expect(next?.kind).toBe("copy");
    expect(next?.node).not.toBe(dead?.node);
    expect(next?.stages[0]?.from).toBe(dead?.stages.at(-1)?.until);
  });

  it("says where a message is that is still on its way, and what it is", () => {
    const run = createRun(scenarioOf("work-queue"));
    run.advance(seconds(20));
    const waiting = firstTrace(run, ({ legs }) =>
      legs.some(({ stages }) => stages.at(-1)?.name === "wait" && stages.at(-1)?.event === 0),
    );
    expect(waiting.live).toBe(1);
    expect(waiting.isWhole).toBe(true);
    expect(waiting.at).toEqual([waiting.legs.at(-1)?.node]);
    expect(waiting.legs.at(-1)?.stages.at(-1)?.until).toBeNaN();
    expect(waiting.facts?.source).toBe(waiting.legs[0]?.node);
    const working = firstTrace(run, ({ legs }) =>
      legs.some(({ stages }) => stages.at(-1)?.name === "work" && stages.at(-1)?.event === 0),
    );
    expect(working.legs.at(-1)?.stages.at(-1)?.from).toBeLessThanOrEqual(run.now);
    const done = traceOf(run, 1);
    expect(done.live).toBe(0);
    expect(done.facts?.size).toBeGreaterThan(0);
  });

  it("says that the beginning has fallen out of the events that are kept", () => {
    const run = createRun(scenarioOf("peak-shaving"));
    run.advance(seconds(30));
    const { message } = firstTrace(run, (trace) => trace.live > 0);
    const { log, now } = run.core;
    for (let i = 0; i < EVENTS_KEPT; i++) log.add(EVENT.block, now, -1, -1);
    expect(traceOf(run, message).isWhole).toBe(false);
    while (traceOf(run, message).live > 0) run.advance(run.now + 1_000_000);
    const { legs, isWhole } = traceOf(run, message);
    expect(isWhole).toBe(false);
    expect(legs.some(({ isCut, outcome }) => isCut && outcome === "processed")).toBe(true);
  });

  it("is found by number, key and routing key", () => {
    const run = createRun(scenarioOf("exchange-types"));
    run.advance(seconds(5));
    expect(findMessages(run, "#3", 10).map(({ message }) => message)).toEqual([3]);
    const all = findMessages(run, "", 5);
    expect(all).toHaveLength(5);
    expect(all[0]?.message).toBe(run.core.lastMessage);
    const { routingKey } = all[0] ?? { routingKey: "" };
    const found = findMessages(run, routingKey, 100);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one.routingKey.includes(routingKey) || one.key.includes(routingKey)).toBe(true);
    expect(findMessages(run, "no such key anywhere", 10)).toEqual([]);
  });

  it("is found by the token that is on its way", () => {
    const run = createRun(scenarioOf("work-queue"));
    run.core.tokens.wanted = true;
    run.advance(seconds(2));
    const { tokens } = run.core.tokens.take(run.layout().edges.length);
    const met = new Set<number>();
    for (let i = 0; i < tokens.length; i += 4) {
      const message = messageOfToken(run, tokens[i] as number, tokens[i + 1] as number, tokens[i + 3] as number);
      expect(message).toBeGreaterThan(0);
      met.add(message);
    }
    expect(met.size).toBeGreaterThan(10);
    expect(messageOfToken(run, 0, 1, packLook(0, -1, false, 0))).toBe(0);
  });
});
