import "./all-systems.ts";
import { describe, expect, it } from "vitest";
import { goldenScenarios } from "../../scenarios/golden.ts";
import { CATALOGUE } from "../../scenarios/index.ts";
import { addStream, nextInt32, RandomStreams } from "../kernel/random.ts";
import { SECOND } from "../kernel/time.ts";
import type { Scenario } from "../scenario/index.ts";
import { draw } from "../testing/build.ts";
import { type Action, Recording } from "./recording.ts";
import { createRun, type Run } from "./run.ts";
import type { Position } from "./snapshots.ts";

/** The run as it would be if nobody had moved it: straight on, with the same actions. */
function straight(scenario: Scenario, time: number, actions: readonly Action[] = []): Run {
  const run = createRun(scenario);
  for (const action of actions.filter((one) => one.time <= time)) {
    run.advance(action.time, action.performed - run.performed);
    if (run.now < action.time) run.advance(action.time);
    run.state.alerts.wantsPause = false;
    if (action.kind === "act") run.act(action.do, action.target, action.args);
    else run.edit(action.scenario);
  }
  do {
    run.state.alerts.wantsPause = false;
    run.advance(time);
  } while (run.state.alerts.wantsPause);
  return run;
}

/** Everything a frame shows, and the hash of how it came about. */
const picture = (run: Run) => ({
  time: run.now,
  performed: run.performed,
  hash: run.hash(),
  values: Array.from(run.read()),
  badges: run.badges(),
  ledger: run.ledgerReport(),
  alerts: run.state.alerts.status(),
});

class Dice {
  private readonly streams = new RandomStreams();
  private readonly stream: number;
  constructor(seed: number) {
    this.stream = addStream(this.streams, seed, "test");
  }
  to(n: number): number {
    return Math.floor(((nextInt32(this.streams, this.stream) >>> 0) / 4294967296) * n);
  }
}

const busy = () =>
  draw()
    .producer("p", { rate: 400, arrival: "exponential" })
    .queue("q", { messageTtl: 300 })
    .consumer("c", { service: 2, prefetch: 20, instances: 2 })
    .publish("p", "q")
    .consume("q", "c")
    .scenario();

/** The straight run to a place between events. */
function straightTo(scenario: Scenario, { time, performed, actions: done }: Position, actions: readonly Action[]): Run {
  const run = createRun(scenario);
  const go = (until: number, count: number) => {
    while (run.performed < count) {
      run.advance(until, count - run.performed);
      run.state.alerts.wantsPause = false;
    }
    while (run.now < until) {
      run.advance(until, 1);
      run.state.alerts.wantsPause = false;
    }
  };
  for (const action of actions.slice(0, done)) {
    go(action.time, action.performed);
    if (action.kind === "act") run.act(action.do, action.target, action.args);
    else run.edit(action.scenario);
  }
  go(time, performed);
  return run;
}

describe("a recording", () => {
  it.each(CATALOGUE.map((entry) => [entry.scenario.meta.id, entry.scenario] as const))(
    "%s: stands after any seek where the straight run stands",
    (_, scenario) => {
      const recording = new Recording(scenario);
      const dice = new Dice(7);
      for (let i = 0; i < 8; i++) {
        const time = dice.to(60 * SECOND);
        recording.seek(time);
        expect(picture(recording.run)).toEqual(picture(straight(scenario, time)));
      }
    },
  );

  it("performs actions and edits again when their place comes, at the time and between the events they came", () => {
    const scenario = busy();
    const recording = new Recording(scenario);
    recording.act("producer.burst", "p", { count: 30 });
    recording.advance(7 * SECOND);
    recording.act("consumer.kill", "c");
    // In the middle of what happens at one time.
    recording.advance(20 * SECOND, 3001);
    recording.act("consumer.restart", "c");
    recording.advance(31 * SECOND);
    recording.edit(changed(scenario, "c", { service: 6 }));
    recording.edit(changed(scenario, "c", { service: 3 }));
    recording.advance(60 * SECOND);
    expect(recording.actions).toHaveLength(5);
    const dice = new Dice(11);
    for (let i = 0; i < 25; i++) {
      const time = i === 3 ? 31 * SECOND : i === 4 ? 0 : dice.to(60 * SECOND);
      recording.seek(time);
      expect(picture(recording.run)).toEqual(picture(straight(scenario, time, recording.actions)));
    }
    expect(recording.dropped).toBeNull();
  });

  it("performs an action between the events of one time, where it was done", () => {
    const drawing = draw().queue("q").consumer("c", { service: 30, prefetch: 2 }).consume("q", "c");
    // What is published at once arrives at once.
    const scenario = drawing.producer("p", { rate: 10 }).publish("p", "q", { latency: 50 }).scenario();
    const recording = new Recording(scenario);
    recording.advance(6 * SECOND);
    recording.act("producer.burst", "p", { count: 20 });
    const { calendar } = recording.run.core;
    while (calendar.peekTime() > recording.now) recording.advance(7 * SECOND, 1);
    const before = recording.position;
    recording.act("queue.purge", "q");
    recording.advance(before.time);
    // Without this the test would show nothing.
    expect(recording.run.performed).toBeGreaterThan(before.performed);
    recording.advance(12 * SECOND);
    const end = picture(recording.run);
    for (const time of [3 * SECOND, before.time, 12 * SECOND, 4 * SECOND, 12 * SECOND]) {
      recording.seek(time);
      expect(picture(recording.run)).toEqual(picture(straight(scenario, time, recording.actions)));
    }
    expect(picture(recording.run)).toEqual(end);
  });

  it("stands where it stood when time went by in small pieces", () => {
    const scenario = busy();
    const recording = new Recording(scenario);
    const dice = new Dice(3);
    while (recording.now < 23 * SECOND) recording.advance(recording.now + dice.to(40_000), 1 + dice.to(50));
    const before = picture(recording.run);
    recording.seek(3 * SECOND);
    while (recording.now < before.time) recording.advance(before.time, 7);
    expect(recording.run.performed).toBeLessThanOrEqual(before.performed + 7);
    recording.seek(11 * SECOND);
    recording.seek(before.time);
    expect(picture(recording.run)).toEqual(picture(straight(scenario, before.time)));
  });

  it("drops what came later when something is done in the past, and puts it back", () => {
    const scenario = busy();
    const recording = new Recording(scenario);
    recording.advance(10 * SECOND);
    recording.act("consumer.kill", "c");
    recording.advance(20 * SECOND);
    recording.act("consumer.restart", "c");
    recording.advance(40 * SECOND);
    const end = picture(recording.run);
    const log = [...recording.actions];
    recording.seek(15 * SECOND);
    recording.act("producer.pause", "p");
    expect(recording.dropped?.log).toEqual(log);
    expect(recording.actions).toHaveLength(2);
    expect(recording.furthest).toBe(15 * SECOND);
    recording.advance(40 * SECOND);
    expect(picture(recording.run)).toEqual(picture(straight(scenario, 40 * SECOND, recording.actions)));
    expect(recording.run.hash()).not.toBe(end.hash);
    expect(recording.undoDrop()).toBe(true);
    expect(recording.now).toBe(15 * SECOND);
    expect(recording.furthest).toBe(40 * SECOND);
    expect(recording.actions).toEqual(log);
    expect(recording.undoDrop()).toBe(false);
    recording.advance(40 * SECOND);
    expect(picture(recording.run)).toEqual(end);
  });

  it("keeps the drawing when an action in the past drops a later edit: it holds from then on", () => {
    const scenario = busy();
    const edited = changed(scenario, "c", { service: 9 });
    const recording = new Recording(scenario);
    recording.advance(10 * SECOND);
    recording.edit(edited);
    recording.advance(20 * SECOND);
    const end = picture(recording.run);
    recording.seek(4 * SECOND);
    expect(recording.act("producer.burst", "p", { count: 5 })).toBe(true);
    expect(recording.actions.map(({ kind, time }) => [kind, time])).toEqual([
      ["edit", 4 * SECOND],
      ["act", 4 * SECOND],
    ]);
    recording.advance(20 * SECOND);
    expect(picture(recording.run)).toEqual(picture(straight(scenario, 20 * SECOND, recording.actions)));
    recording.undoDrop();
    recording.advance(20 * SECOND);
    expect(picture(recording.run)).toEqual(end);
  });

  it("drops nothing for an operation that does not exist", () => {
    const scenario = busy();
    const recording = new Recording(scenario);
    recording.advance(10 * SECOND);
    recording.edit(changed(scenario, "c", { service: 9 }));
    recording.advance(20 * SECOND);
    const end = picture(recording.run);
    recording.seek(4 * SECOND);
    expect(recording.act("queue.explode", "q")).toBe(false);
    expect(recording.actions).toHaveLength(1);
    recording.seek(20 * SECOND);
    expect(picture(recording.run)).toEqual(end);
  });

  it("runs on over a changed script without repeating the past, and back again", () => {
    const scenario = draw()
      .producer("p", { rate: 10 })
      .queue("q")
      .publish("p", "q")
      .at(5000, "producer.burst", "p")
      .at(15_000, "producer.burst", "p")
      .scenario();
    const recording = new Recording(scenario);
    recording.advance(8 * SECOND);
    const edited = {
      ...scenario,
      timeline: [
        { t: 2000, do: "producer.pause", target: "p" },
        { t: 12_000, do: "producer.pause", target: "p", undoAt: 14_000 },
      ],
    };
    recording.edit(edited);
    recording.advance(20 * SECOND);
    // 10/s from 0 but for two seconds, and the one of the old script.
    expect(recording.run.ledgerReport().published).toBeGreaterThan(178);
    expect(recording.run.ledgerReport().published).toBeLessThan(184);
    const end = picture(recording.run);
    recording.seek(6 * SECOND);
    expect(picture(recording.run)).toEqual(picture(straight(scenario, 6 * SECOND)));
    recording.seek(20 * SECOND);
    expect(picture(recording.run)).toEqual(end);
  });

  it.each([undefined, "q", "c"])("goes back through the very places that steps forward stopped at (of %s)", (node) => {
    const scenario = busy();
    const recording = new Recording(scenario);
    recording.advance(9_990_000);
    recording.act("producer.burst", "p", { count: 2 });
    const first = picture(recording.run);
    const seen: [number, ReturnType<typeof picture>][] = [];
    for (let i = 0; i < 60; i++) {
      if (i === 15) recording.act("producer.burst", "p", { count: 3 });
      // A dead consumer has no next event to step to.
      if (i === 20 && node !== "c") recording.act("consumer.kill", "c");
      if (i === 25 && node !== "c") recording.act("consumer.restart", "c");
      const number = recording.step(node, 3600 * SECOND);
      seen.push([number, picture(recording.run)]);
    }
    const end = seen.pop();
    const back: string[] = [];
    while (recording.run.performed > first.performed) {
      recording.stepBack(node);
      back.push(JSON.stringify(picture(recording.run)));
    }
    // Every place is met again, in the opposite order; actions are places of their own.
    const met = seen.map(([, one]) => JSON.stringify(one)).reverse();
    expect(back.filter((one) => met.includes(one))).toEqual(met);
    let number = 1;
    while (number > 0 && recording.run.performed < (end?.[1].performed ?? 0))
      number = recording.step(node, 3600 * SECOND);
    expect(picture(recording.run)).toEqual(end?.[1]);
  });

  const RANDOM = goldenScenarios().filter(({ name }) => name.startsWith("random"));
  it.each(RANDOM)("$name: is where the straight run is, whatever is done to it in any order", ({ scenario }) => {
    const recording = new Recording(scenario, null, 2_000_000);
    const dice = new Dice(scenario.seed * 31);
    const some = <T>(list: readonly T[]): T => list[dice.to(list.length)] as T;
    const clients = scenario.nodes.filter(({ kind }) => kind === "consumer");
    const moves: (() => void)[] = [
      () => recording.advance(recording.now + dice.to(6 * SECOND)),
      () => recording.advance(recording.now + SECOND, 1 + dice.to(500)),
      () => recording.seek(dice.to(25 * SECOND)),
      () => recording.seek(dice.to(recording.now + 1)),
      () => recording.step(some([undefined, ...scenario.nodes.map(({ id }) => id)]), recording.now + SECOND),
      () => recording.stepBack(some([undefined, ...scenario.nodes.map(({ id }) => id)])),
      () => recording.act(some(["consumer.kill", "consumer.restart", "consumer.hang"]), some(clients).id),
      () => recording.act("producer.burst", "p1", { count: dice.to(30) }),
      () =>
        recording.edit(
          changed(recording.document, some(clients).id, { service: 1 + dice.to(80), prefetch: 1 + dice.to(9) }),
        ),
      () => recording.undoDrop(),
    ];
    for (let i = 0; i < 40; i++) {
      some(moves)();
      recording.run.state.alerts.wantsPause = false;
      const { position, actions, run } = recording;
      expect(picture(run)).toEqual(picture(straightTo(scenario, position, actions)));
    }
    expect(recording.snapshots.memory).toBeLessThanOrEqual(2_000_000);
  });

  it("comes to the start when there is nothing before", () => {
    const recording = new Recording(busy());
    recording.step("c", SECOND);
    recording.advance(recording.now + 10);
    const first = recording.run.performed;
    expect(recording.stepBack("c")).toBeGreaterThan(0);
    expect(recording.run.performed).toBe(first);
    expect(recording.stepBack("c")).toBe(0);
    expect(recording.now).toBe(0);
    expect(recording.stepBack(undefined)).toBe(0);
  });

  it("finds the event before of a node that was quiet for long", () => {
    const scenario = draw()
      .producer("p", { rate: 50 })
      .queue("q")
      .publish("p", "q")
      .producer("rare", { rate: 0.01, arrival: "constant" })
      .queue("other")
      .publish("rare", "other")
      .scenario();
    const recording = new Recording(scenario);
    const stops: number[] = [];
    while (recording.step("other", 240 * SECOND) > 0) stops.push(recording.now);
    recording.seek(240 * SECOND);
    const back: number[] = [];
    while (recording.stepBack("other") > 0) back.push(recording.now);
    expect(back.length).toBeGreaterThan(0);
    expect(back.reverse()).toEqual(stops);
  });

  it("keeps its snapshots within the memory it may take, the newer past denser", () => {
    const limit = 4 * 1024 * 1024;
    const recording = new Recording(busy(), null, limit);
    recording.advance(600 * SECOND);
    const { snapshots } = recording;
    expect(snapshots.memory).toBeLessThanOrEqual(limit);
    const times = snapshots.times();
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBe(600 * SECOND);
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
    const half = Math.floor(gaps.length / 2);
    const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    expect(mean(gaps.slice(0, half))).toBeGreaterThan(2 * mean(gaps.slice(half)));
    recording.seek(100 * SECOND);
    expect(picture(recording.run)).toEqual(picture(straight(busy(), 100 * SECOND)));
  });

  it("takes no more than a share of the real time for snapshots", () => {
    let time = 0;
    // Each look at the clock costs a millisecond: so does a snapshot.
    const recording = new Recording(busy(), () => time++);
    while (recording.now < 600 * SECOND) {
      recording.advance(600 * SECOND);
      recording.workOnSnapshot(() => false);
    }
    expect(recording.snapshots.size).toBeGreaterThan(4);
    expect(recording.snapshots.size).toBeLessThan(20);
  });

  it("takes no snapshot at the time of an action, so that going back to there tells of it once", () => {
    const recording = new Recording(busy());
    recording.advance(10 * SECOND);
    recording.act("producer.burst", "p", { count: 3 });
    recording.advance(11 * SECOND);
    recording.seek(SECOND);
    // This time the action is known when the snapshot would be due.
    recording.advance(14 * SECOND);
    expect(recording.snapshots.times().map((time) => time / SECOND)).toEqual([0, 5]);
    for (const time of [12, 13, 12].map((seconds) => seconds * SECOND)) {
      recording.seek(time);
      const acts = recording.run.core.log.read(0, 50_000, String).filter(({ kind }) => kind === "act");
      expect(acts.map(({ t }) => t)).toEqual([10 * SECOND]);
      expect(picture(recording.run)).toEqual(picture(straight(busy(), time, recording.actions)));
    }
  });

  it("stops where a snapshot is owed, takes it in pieces, and does without when something else is done", () => {
    const recording = new Recording(busy(), () => 0);
    recording.advance(600 * SECOND);
    expect([recording.owesSnapshot, recording.now]).toEqual([true, 5 * SECOND]);
    let pieces = 1;
    while (!recording.workOnSnapshot(() => true)) pieces++;
    expect(pieces).toBeGreaterThan(2);
    expect(recording.snapshots.times()).toEqual([0, 5 * SECOND]);
    recording.advance(600 * SECOND);
    recording.workOnSnapshot(() => true);
    expect(recording.owesSnapshot).toBe(true);
    recording.act("producer.burst", "p", { count: 3 });
    expect(recording.owesSnapshot).toBe(false);
    while (recording.now < 30 * SECOND) {
      recording.advance(30 * SECOND);
      // One of them begun, and never ended.
      if (recording.now !== 20 * SECOND) while (!recording.workOnSnapshot(() => true));
      else recording.workOnSnapshot(() => true);
    }
    // At the time of the action none is taken.
    expect(recording.snapshots.times()).toEqual([0, 5, 15, 25, 30].map((s) => s * SECOND));
    const end = picture(recording.run);
    for (const time of [7, 26, 16, 30].map((s) => s * SECOND)) {
      recording.seek(time);
      expect(picture(recording.run)).toEqual(picture(straight(busy(), time, recording.actions)));
    }
    expect(picture(recording.run)).toEqual(end);
  });

  it("keeps the charts of the time it has seen until it takes another way", () => {
    const recording = new Recording(busy());
    recording.advance(30 * SECOND);
    const seen = recording.run.history.read(() => 0, 0, 30 * SECOND, 100);
    recording.seek(10 * SECOND);
    expect(recording.run.history.read(() => 0, 0, 30 * SECOND, 100)).toEqual(seen);
    recording.advance(30 * SECOND);
    expect(recording.run.history.read(() => 0, 0, 30 * SECOND, 100)).toEqual(seen);
    recording.seek(10 * SECOND);
    recording.act("producer.pause", "p");
    expect(recording.run.history.read(() => 0, 0, 30 * SECOND, 100).times.at(-1)).toBe(10 * SECOND);
  });

  it.each(["hello-queue", "monitor-alert", "peak-shaving", "poison-message"].flatMap(catalogued))(
    "%s: has the charts and the marks of the straight run, wherever it has been in between",
    (_, scenario) => {
      const end = 45 * SECOND;
      const kept = (run: Run) => ({
        charts: Array.from({ length: run.layout().size }, (_, slot) => run.history.read(() => slot, 0, end, 2000)),
        marks: run.core.log.marks,
        picture: picture(run),
      });
      const recording = new Recording(scenario);
      const dice = new Dice(5);
      for (let i = 0; i < 6; i++) {
        recording.advance(dice.to(end), 1 + dice.to(3000));
        recording.run.state.alerts.wantsPause = false;
        recording.seek(dice.to(end));
        recording.stepBack(undefined);
      }
      recording.seek(end);
      const there = kept(recording.run);
      expect(there.charts[0]?.times.length).toBeGreaterThan(50);
      expect(there).toEqual(kept(straight(scenario, end)));
    },
  );

  it("shows in its events what has happened, once each", () => {
    const recording = new Recording(busy());
    const read = () => recording.run.core.log.read(0, 50_000, String);
    recording.act("producer.burst", "p", { count: 3 });
    recording.advance(6 * SECOND);
    recording.act("consumer.kill", "c");
    // Where a snapshot would be due.
    recording.advance(10 * SECOND);
    recording.act("consumer.restart", "c");
    recording.advance(14 * SECOND);
    const seen = read();
    for (const time of [0, 6, 5, 11, 2, 13, 12, 14].map((seconds) => seconds * SECOND)) {
      recording.seek(time);
      const now = read();
      expect(now.every((event) => event.t <= time)).toBe(true);
      // Where a snapshot was taken over, what came before it may be missing; nothing is there twice or in another order.
      const times = now.map((event) => event.t);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const acts = now.filter((event) => event.kind === "act").map((event) => event.t);
      expect(new Set(acts).size).toBe(acts.length);
      const last = seen.filter((event) => event.t <= time && event.t > time - SECOND).slice(-100);
      expect(now.slice(-last.length).map(({ n, ...rest }) => rest)).toEqual(last.map(({ n, ...rest }) => rest));
    }
  });
});

const catalogued = (id: string): (readonly [string, Scenario])[] =>
  CATALOGUE.filter(({ scenario }) => scenario.meta.id === id).map(({ scenario }) => [id, scenario] as const);

const changed = (scenario: Scenario, id: string, settings: Scenario["nodes"][number]["settings"]): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.map((node) =>
    node.id === id ? { ...node, settings: { ...node.settings, ...settings } } : node,
  ),
});
