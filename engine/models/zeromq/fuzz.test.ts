import { describe, expect, it } from "vitest";
import { ZeromqReplay } from "../../../conformance/adapters/zeromq-replay.ts";
import type { Step } from "../../../conformance/format.ts";
import { capture, restore } from "../../kernel/snapshot.ts";
import { FAMILIES, generate, type ZmqStep } from "../../testing/zeromq/generate.ts";

const SEEDS = 200;

/** Sockets that come and go over TCP, with limits, breaks, and time for connects to be tried again and for LINGER to be over. */
const script = (seed: number): ZmqStep[] =>
  generate(seed, {
    family: FAMILIES[seed % FAMILIES.length] ?? "pair",
    transport: seed % 4 === 0 ? "inproc" : "tcp",
    isRough: true,
  }).flatMap((step, i) => {
    const isTime = (seed + i) % 7 === 0;
    const timed = step.op === "socket" && (seed + i) % 3 === 0;
    const options = { ...(step.options as object), LINGER: 150, RECONNECT_IVL: 60 };
    const one = timed ? { ...step, options } : step;
    return isTime ? [one, { op: "wait", ms: 100 }] : [one];
  });

/** Performs a script; the account of messages is checked after every step. @returns what was seen */
const play = (replay: ZeromqReplay, steps: readonly ZmqStep[]): string[] =>
  steps.map((step) => JSON.stringify(replay.perform(step as Step)));

describe("random sockets over TCP that come and go", () => {
  it("leave every message in exactly one place", () => {
    let received = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const replay = new ZeromqReplay(seed % 2 === 0 ? {} : { wireRoom: 1 + (seed % 3) });
      try {
        received += play(replay, script(seed)).filter((seen) => seen.includes("received")).length;
        replay.finish();
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`);
      }
    }
    expect(received).toBeGreaterThan(SEEDS);
  });

  it("leave no message in the store that nobody holds", () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const replay = new ZeromqReplay();
      play(replay, script(seed));
      const held = new Set<number>();
      replay.context.model.forEachHeld((copy) => held.add(copy));
      expect(replay.context.store.live, `seed ${seed}`).toBe(held.size);
    }
  });

  it("leave neither session nor message over TCP when all are closed and LINGER is over", () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      if (seed % 4 === 0) continue;
      const replay = new ZeromqReplay(seed % 2 === 0 ? {} : { wireRoom: 1 + (seed % 3) });
      const steps = script(seed)
        .filter(({ op, name }) => op !== "option" || name !== "LINGER")
        .map((step) =>
          step.op === "socket" ? { ...step, options: { ...(step.options as object), LINGER: 150 } } : step,
        );
      play(replay, steps);
      const closed = new Set(steps.filter(({ op }) => op === "close").map(({ socket }) => socket));
      for (const { op, socket } of steps) {
        if (op === "socket" && !closed.has(socket)) replay.perform({ op: "close", socket });
      }
      replay.perform({ op: "wait", ms: 1000 });
      const { model, store } = replay.context;
      expect(model.sessions.size + model.ports.size + model.listeners.size, `seed ${seed}`).toBe(0);
      expect(model.sockets.flatMap(({ pipes }) => pipes).length, `seed ${seed}`).toBe(0);
      expect(store.live, `seed ${seed}`).toBe(0);
    }
  });

  it("go on the same from a snapshot", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const replay = new ZeromqReplay();
      const steps = script(seed);
      const half = Math.floor(steps.length / 2);
      play(replay, steps.slice(0, half));
      const { model, store, ledger, clock, meta, aliases, originals } = replay.context;
      const sockets = Reflect.get(replay, "sockets") as Map<string, number>;
      const counts = { at: Reflect.get(replay.context, "identities"), of: Reflect.get(replay.context, "requests") };
      const all = { model, store, ledger, clock, meta, aliases, originals, sockets };
      const snapshot = capture(all);
      const first = [...play(replay, steps.slice(half)), JSON.stringify(replay.finish())];
      restore(all, snapshot);
      Reflect.set(replay.context, "identities", counts.at);
      Reflect.set(replay.context, "requests", counts.of);
      const second = [...play(replay, steps.slice(half)), JSON.stringify(replay.finish())];
      expect(second, `seed ${seed}`).toEqual(first);
    }
  });
});
