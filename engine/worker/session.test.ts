import { describe, expect, it } from "vitest";
import { helloQueue } from "../scenario/index.ts";
import { draw } from "../testing/build.ts";
import { type Frame, type FromEngine, MAX_SPEED } from "./protocol.ts";
import { Session, type World } from "./session.ts";

/** A world with a clock wound by hand: each look at it takes `cost` ms, as if work took time. */
class HandWorld implements World {
  time = 0;
  cost = 0;
  sent: FromEngine[] = [];
  private queue: { at: number; callback: () => void }[] = [];

  now(): number {
    this.time += this.cost;
    return this.time;
  }
  soon(callback: () => void): void {
    this.queue.push({ at: this.time, callback });
  }
  later(ms: number, callback: () => void): void {
    this.queue.push({ at: this.time + ms, callback });
  }
  send(message: FromEngine): void {
    this.sent.push(message);
  }
  /** Lets real time pass and calls back whoever waited. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (let turns = 0; turns < 100_000; turns++) {
      this.queue.sort((a, b) => a.at - b.at);
      const next = this.queue[0];
      if (next === undefined || next.at > end) break;
      this.queue = this.queue.slice(1);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = Math.max(this.time, end);
  }
  last<T extends FromEngine["type"]>(type: T): Extract<FromEngine, { type: T }> {
    return this.sent.findLast((message) => message.type === type) as Extract<FromEngine, { type: T }>;
  }
  get frame(): Frame {
    return this.last("frame").frame;
  }
}

function loaded(scenario = helloQueue()) {
  const world = new HandWorld();
  const session = new Session(world);
  session.hear({ type: "load", runId: 1, scenario });
  return { world, session };
}

describe("the worker's session", () => {
  it("shows a loaded document at time 0, paused", () => {
    const { world } = loaded();
    expect(world.frame).toMatchObject({ time: 0, running: false });
    expect(world.last("layout").layout.size).toBe(world.frame.values.length);
  });

  it("plays at the speed that was asked for", () => {
    for (const speed of [0.5, 1, 10]) {
      const { world, session } = loaded();
      session.hear({ type: "play", runId: 1, speed });
      world.pass(4000);
      expect(world.frame.time / 1e6).toBeGreaterThan(speed * 3.8);
      expect(world.frame.time / 1e6).toBeLessThanOrEqual(speed * 4);
    }
  });

  it("sends some thirty frames a second and not more", () => {
    const { world, session } = loaded();
    session.hear({ type: "play", runId: 1, speed: 1 });
    const before = world.sent.length;
    world.pass(1000);
    const frames = world.sent.slice(before).filter((message) => message.type === "frame").length;
    expect(frames).toBeGreaterThanOrEqual(20);
    expect(frames).toBeLessThanOrEqual(32);
  });

  it("hears a pause within one slice at Max speed", () => {
    const { world, session } = loaded(
      draw().producer("p", { rate: 5000, arrival: "exponential" }).queue("q").publish("p", "q").scenario(),
    );
    world.cost = 1;
    session.hear({ type: "play", runId: 1, speed: MAX_SPEED });
    world.pass(30);
    const asked = world.time;
    session.hear({ type: "pause", runId: 1 });
    const { time } = world.last("paused");
    world.pass(100);
    expect(world.frame.time).toBe(time);
    expect(world.last("paused").reason).toBe("asked");
    expect(world.time - asked).toBeLessThan(120);
    expect(time).toBeGreaterThan(0);
  });

  it("stops at the time that was set, exactly", () => {
    const { world, session } = loaded();
    session.hear({ type: "runUntil", runId: 1, time: 3_000_000 });
    session.hear({ type: "play", runId: 1, speed: MAX_SPEED });
    world.pass(100);
    expect(world.last("paused")).toMatchObject({ reason: "until", time: 3_000_000 });
  });

  it("steps from event to event and tells which it was", () => {
    const { world, session } = loaded();
    session.hear({ type: "step", runId: 1 });
    expect(world.last("paused").step).toMatchObject({ kind: "publish", message: 1 });
    const first = world.last("paused").time;
    for (let i = 0; i < 5; i++) session.hear({ type: "step", runId: 1 });
    expect(world.last("paused").time).toBeGreaterThan(first);
  });

  it("steps to the next event of one node", () => {
    const scenario = helloQueue();
    const consumer = scenario.nodes.find((node) => node.kind === "consumer")?.id as string;
    const { world, session } = loaded(scenario);
    session.hear({ type: "step", runId: 1, node: consumer });
    const { step } = world.last("paused");
    expect([step?.node, step?.other]).toContain(consumer);
  });

  it("restarts to the same run", () => {
    const { world, session } = loaded();
    const hashAt = (request: number) => {
      session.hear({ type: "runUntil", runId: 1, time: 20_000_000 });
      session.hear({ type: "play", runId: 1, speed: MAX_SPEED });
      world.pass(100);
      session.hear({ type: "hash", runId: 1, request });
      return world.last("hash").hash;
    };
    const first = hashAt(1);
    session.hear({ type: "restart", runId: 1 });
    expect(world.frame.time).toBe(0);
    expect(hashAt(2)).toBe(first);
  });

  it("refuses a document with errors in words and keeps running the last good one", () => {
    const { world, session } = loaded();
    const broken = helloQueue();
    const producer = broken.nodes.find((node) => node.kind === "producer");
    if (producer) producer.settings = { ...producer.settings, rate: -5 };
    session.hear({ type: "edit", runId: 1, scenario: broken });
    expect(world.last("refused").issues[0]).toMatchObject({ severity: "error" });
    session.hear({ type: "play", runId: 1, speed: 1 });
    world.pass(2000);
    expect(world.frame.time).toBeGreaterThan(1_000_000);
  });

  it("does not listen to requests about an older run", () => {
    const { world, session } = loaded();
    session.hear({ type: "load", runId: 2, scenario: helloQueue() });
    session.hear({ type: "play", runId: 1, speed: 1 });
    world.pass(500);
    expect(world.frame.time).toBe(0);
  });

  it("answers series and events for whoever shows them", () => {
    const { world, session } = loaded();
    session.hear({ type: "runUntil", runId: 1, time: 30_000_000 });
    session.hear({ type: "play", runId: 1, speed: 10 });
    world.pass(4000);
    const series = [{ target: "system", metric: "processed.rate" }];
    session.hear({ type: "series", runId: 1, request: 5, series, from: 0, to: 30_000_000, points: 20 });
    const [first] = world.last("series").series;
    expect(first?.times.length).toBeGreaterThan(5);
    expect(first?.values.at(-1)).toBeCloseTo(1, 1);
    session.hear({ type: "events", runId: 1, request: 6, after: 0, limit: 10 });
    expect(world.last("events").events).toHaveLength(10);
  });

  it("stops and says so when the ledger does not balance", () => {
    const { world, session } = loaded();
    session.hear({ type: "play", runId: 1, speed: 1 });
    world.pass(500);
    // As a lost count would: reached through the private run, because nothing public can break it.
    (session as unknown as { run: { core: { ledger: { published: number } } } }).run.core.ledger.published++;
    world.pass(500);
    expect(world.sent.at(-1)).toMatchObject({ type: "fault", message: "The ledger is out by 1 messages." });
    const sent = world.sent.length;
    world.pass(500);
    expect(world.sent).toHaveLength(sent);
  });

  it("answers nonsense with words or not at all, and lives on", () => {
    const { world, session } = loaded();
    session.hear({ type: "edit", runId: 1, scenario: null as never });
    expect(world.last("refused").issues[0]?.severity).toBe("error");
    session.hear({ type: "seek", runId: 1, time: Number.NaN });
    session.hear({ type: "play", runId: 1, speed: 1 });
    world.pass(1000);
    expect(world.frame.time).toBeGreaterThan(900_000);
  });

  it("goes back to a time and on again to the same run", () => {
    const { world, session } = loaded();
    const hash = () => {
      session.hear({ type: "hash", runId: 1, request: 9 });
      return world.last("hash");
    };
    session.hear({ type: "runUntil", runId: 1, time: 30_000_000 });
    session.hear({ type: "play", runId: 1, speed: 10 });
    world.pass(4000);
    const end = hash();
    const values = world.frame.values;
    const { passage } = world.frame;
    session.hear({ type: "seek", runId: 1, time: 12_345_678 });
    expect(world.frame).toMatchObject({ time: 12_345_678, running: false });
    expect(world.frame.passage).toBeGreaterThan(passage);
    expect(world.last("tape").tape.furthest).toBe(30_000_000);
    // The limit holds again, because it lies ahead again.
    session.hear({ type: "play", runId: 1, speed: MAX_SPEED });
    world.pass(200);
    expect(world.last("paused")).toMatchObject({ reason: "until", time: 30_000_000 });
    expect(hash()).toEqual(end);
    expect(world.frame.values).toEqual(values);
  });

  it("draws no chart beyond where the run stands", () => {
    const { world, session } = loaded();
    session.hear({ type: "seek", runId: 1, time: 20_000_000 });
    session.hear({ type: "seek", runId: 1, time: 8_000_000 });
    const series = [{ target: "system", metric: "processed.rate" }];
    session.hear({ type: "series", runId: 1, request: 1, series, from: 0, to: 30_000_000, points: 100 });
    expect(world.last("series").series[0]?.times.at(-1)).toBe(8_000_000);
  });

  it("goes on playing after a seek", () => {
    const { world, session } = loaded();
    session.hear({ type: "play", runId: 1, speed: 1 });
    world.pass(6000);
    session.hear({ type: "seek", runId: 1, time: 2_000_000 });
    world.pass(1000);
    expect(world.frame.running).toBe(true);
    expect(world.frame.time / 1e6).toBeGreaterThan(2.8);
    expect(world.frame.time / 1e6).toBeLessThan(3.2);
  });

  it("hears others while a long seek is on its way, shows nothing of it before the end, and lets it be replaced", () => {
    const { world, session } = loaded(
      draw().producer("p", { rate: 2000, arrival: "exponential" }).queue("q").publish("p", "q").scenario(),
    );
    world.cost = 0.4;
    const frames = () => world.sent.filter((message) => message.type === "frame").length;
    const before = frames();
    session.hear({ type: "seek", runId: 1, time: 600_000_000 });
    expect(frames()).toBe(before);
    world.pass(5);
    expect(frames()).toBe(before);
    session.hear({ type: "seek", runId: 1, time: 1_000_000 });
    world.pass(1000);
    expect(world.frame.time).toBe(1_000_000);
    session.hear({ type: "seek", runId: 1, time: 20_000_000 });
    // Whoever acts means the time that is sought.
    session.hear({ type: "act", runId: 1, do: "producer.pause", target: "p" });
    expect(world.frame.time).toBe(20_000_000);
    expect(world.last("tape").tape.marks).toEqual([
      { time: 20_000_000, kind: "act", do: "producer.pause", target: "p" },
    ]);
  });

  it("goes a long way back in slices, and says where it has come to at the end only", () => {
    const scenario = draw()
      .producer("p", { rate: 2000, arrival: "exponential" })
      .queue("q")
      .publish("p", "q")
      .producer("rare", { rate: 0.05, arrival: "constant" })
      .queue("other")
      .publish("rare", "other")
      .scenario();
    const { world, session } = loaded(scenario);
    session.hear({ type: "step", runId: 1, node: "other" });
    const there = world.frame.time;
    session.hear({ type: "seek", runId: 1, time: there + 15_000_000 });
    world.pass(1000);
    world.cost = 0.4;
    const before = world.sent.length;
    session.hear({ type: "stepBack", runId: 1, node: "other" });
    expect(world.sent.length).toBe(before);
    // Somebody else is heard.
    session.hear({ type: "ledger", runId: 1, request: 5 });
    expect(world.sent.slice(before).map(({ type }) => type)).toEqual(["ledger"]);
    world.pass(20_000);
    expect(world.last("paused")).toMatchObject({ reason: "step", time: there });
    expect(world.frame.time).toBe(there);
    // Whoever acts means the place that is gone to.
    session.hear({ type: "seek", runId: 1, time: there + 15_000_000 });
    world.pass(1000);
    session.hear({ type: "stepBack", runId: 1, node: "other" });
    session.hear({ type: "act", runId: 1, do: "producer.pause", target: "p" });
    expect(world.last("tape").tape.marks).toEqual([{ time: there, kind: "act", do: "producer.pause", target: "p" }]);
  });

  it("keeps a connection's chart its own when nodes are added", () => {
    const { world, session } = loaded();
    const edge = helloQueue().edges[0]?.id as string;
    const ask = (request: number) => {
      const series = [{ target: edge, metric: "messages.rate" }];
      session.hear({ type: "series", runId: 1, request, series, from: 0, to: 8_000_000, points: 100 });
      return world.last("series").series[0]?.values;
    };
    session.hear({ type: "seek", runId: 1, time: 10_000_000 });
    const before = ask(1);
    const scenario = helloQueue();
    scenario.nodes.push({ id: "new", kind: "queue", name: "new", x: 40, y: 40, settings: {} });
    session.hear({ type: "edit", runId: 1, scenario });
    session.hear({ type: "seek", runId: 1, time: 12_000_000 });
    expect(before?.length).toBeGreaterThan(10);
    expect(ask(2)).toEqual(before);
  });

  it("steps back to where it stepped from", () => {
    const { world, session } = loaded();
    const stops: unknown[] = [];
    for (let i = 0; i < 6; i++) {
      session.hear({ type: "step", runId: 1 });
      stops.push(world.last("paused").step);
    }
    for (let i = 4; i >= 0; i--) {
      session.hear({ type: "stepBack", runId: 1 });
      expect(world.last("paused").step).toEqual(stops[i]);
    }
    session.hear({ type: "stepBack", runId: 1 });
    expect(world.last("paused").step).toBeUndefined();
    expect(world.frame.time).toBe(0);
  });

  it("tells what an action in the past has dropped, and puts it back", () => {
    const { world, session } = loaded();
    const producer = helloQueue().nodes.find((node) => node.kind === "producer")?.id as string;
    const to = (time: number) => session.hear({ type: "seek", runId: 1, time });
    const act = (operation: string) => session.hear({ type: "act", runId: 1, do: operation, target: producer });
    to(10_000_000);
    act("producer.pause");
    to(20_000_000);
    act("producer.resume");
    expect(world.last("dropped")).toBeUndefined();
    to(5_000_000);
    act("producer.burst");
    expect(world.last("dropped").count).toBe(2);
    expect(world.last("tape").tape.marks).toHaveLength(1);
    session.hear({ type: "undoDrop", runId: 1 });
    expect(world.last("tape").tape).toMatchObject({
      furthest: 20_000_000,
      marks: [{ do: "producer.pause" }, { do: "producer.resume" }],
    });
    expect(world.frame.time).toBe(5_000_000);
    act("producer.burst");
    session.hear({ type: "restart", runId: 1 });
    expect(world.last("tape").tape).toEqual({ furthest: 0, marks: [], far: [] });
  });
});
