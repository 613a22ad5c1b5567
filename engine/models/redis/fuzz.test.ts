import { describe, expect, it } from "vitest";
import { RedisReplay } from "../../../conformance/adapters/redis-replay.ts";
import type { Step } from "../../../conformance/format.ts";
import { capture, restore } from "../../kernel/snapshot.ts";
import { Draw } from "../../testing/property/draw.ts";
import { generate } from "../../testing/redis/generate.ts";

const SEEDS = 150;
const SETTINGS: Record<string, string>[] = [
  {},
  { appendonly: "yes" },
  { appendonly: "yes", appendfsync: "always" },
  { appendonly: "yes", appendfsync: "no" },
  { save: "1 1" },
];

/** What goes wrong around the servers. */
function fault(draw: Draw): Step {
  const server = draw.pick(["main", "r1", "r2"]);
  return draw.weighted<Step>([
    [2, { op: "partition", server: draw.pick(["r1", "r2"]) }],
    [3, { op: "heal", server: draw.pick(["r1", "r2"]) }],
    [2, { op: "stop", server, how: draw.pick(["kill", "shutdown"]) }],
    [4, { op: "start", server }],
    [1, { op: "replicaof", server, of: null }],
    [1, { op: "replicaof", server, of: draw.pick(["main", "r1"]) }],
    [2, { op: "wait", ms: draw.pick([500, 2500]) }],
    [1, { op: "command", client: "c1", cmd: ["CONFIG", "SET", "maxmemory", draw.pick(["0", "0", "1"])] }],
    [1, { op: "command", client: "c2", cmd: ["SAVE"] }],
    [1, { op: "command", client: "c2", cmd: ["WAIT", "1", "100"] }],
    [1, { op: "command", client: "c3", cmd: ["ACL", "SETUSER", "default", draw.pick(["+@all", "-xadd", "-lpush"])] }],
  ]);
}

/** A random script with faults, from servers with two replicas. */
function script(seed: number): Step[] {
  const draw = new Draw(seed, "redis-faults");
  const steps: Step[] = [{ op: "server", config: draw.pick(SETTINGS) }];
  steps.push(
    { op: "replica", server: "r1", of: "main" },
    { op: "replica", server: "r2", of: draw.pick(["main", "r1"]) },
  );
  for (const step of generate(seed)) {
    if (draw.oneIn(4)) steps.push(fault(draw));
    steps.push(step as unknown as Step);
  }
  return steps;
}

/** Whether the step can be done: clients that are blocked or whose server is down send nothing. */
function isPossible({ redis }: RedisReplay, step: Step): boolean {
  const { model } = redis;
  if (step.op !== "command") return !(step.op === "replicaof" && step.server === step.of);
  const id = [...redis.names].find(([, name]) => name === step.client)?.[0];
  return id === undefined ? model.isUp(model.serverId("main")) : !model.isBlocked(id);
}

/** Performs what can be done. The account of copies is checked after every step. @returns what clients saw */
const play = (replay: RedisReplay, steps: readonly Step[]): string[] =>
  steps.flatMap((step) => (isPossible(replay, step) ? [JSON.stringify(replay.perform(step))] : []));

describe("random commands and faults", () => {
  it.each([0, 40_000])("leave every copy in exactly one place, with replicas %i µs behind", (replicationDelay) => {
    let seen = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const replay = new RedisReplay({ replicationDelay });
      try {
        seen += play(replay, script(seed)).length;
        replay.finish();
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`);
      }
    }
    expect(seen).toBeGreaterThan(SEEDS * 20);
  });

  it("leave no message behind that nobody holds", () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const replay = new RedisReplay();
      play(replay, script(seed));
      const { model, store } = replay.redis;
      const held = new Set<number>();
      model.forEachHeld((copy) => held.add(copy));
      model.forEachShadow((copy) => {
        expect(held.has(copy), `seed ${seed}: copy ${copy} counts and does not`).toBe(false);
        held.add(copy);
      });
      expect(store.live, `seed ${seed}`).toBe(held.size);
    }
  });

  it("go on the same from a snapshot", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const replay = new RedisReplay({ replicationDelay: 40_000 });
      const steps = script(seed);
      const half = Math.floor(steps.length / 2);
      play(replay, steps.slice(0, half));
      const { model, ledger, clock, meta, names, asked, aliases } = replay.redis;
      const clients = Reflect.get(replay, "clients") as Map<string, number>;
      const all = { model, ledger, clock, meta, names, asked, aliases, clients };
      const snapshot = capture(all);
      const first = [...play(replay, steps.slice(half)), JSON.stringify(replay.finish())];
      restore(all, snapshot);
      const second = [...play(replay, steps.slice(half)), JSON.stringify(replay.finish())];
      expect(second, `seed ${seed}`).toEqual(first);
    }
  });
});
