import type { Played } from "../play.ts";
import type { Workload } from "../workloads.ts";
import { PlainEngine } from "./engine.ts";

/** Plays a workload in the plain engine. @throws Error when messages have got lost in it */
export function playPlain(workload: Workload): Played {
  const engine = new PlainEngine(workload.scenario);
  const began = performance.now();
  engine.advance(workload.until);
  const ms = performance.now() - began;
  const { messages, hops, events } = engine.counts;
  if (engine.open < 0 || engine.ready > engine.open) throw new Error(`${workload.name}: the account does not add up.`);
  if (workload.drains && engine.open > 0) throw new Error(`${workload.name}: ${engine.open} messages are left.`);
  return { ms, events, messages, hops };
}

/** A run at the time when the most messages stand in its queues, and how many they are. */
export function fillPlain(workload: Workload): { kept: unknown; queued: number } {
  const engine = new PlainEngine(workload.scenario);
  engine.advance((workload.fullAt ?? workload.until) - 0.001);
  return { kept: engine, queued: engine.ready };
}
