import { expect, it } from "vitest";
import {
  C,
  COUNTERS,
  E,
  H,
  LEVEL_METRICS,
  LEVELS,
  METRIC_NAMES,
  type MeteredKind,
  P,
  Q,
  S,
  T,
  X,
  Z,
} from "./vocabulary.ts";

it("has a slot for each counter, in the order of the list", () => {
  const slots: Partial<Record<MeteredKind, Readonly<Record<string, number>>>> = {
    producer: P,
    exchange: X,
    queue: Q,
    list: Q,
    stream: T,
    channel: H,
    service: C,
    edge: E,
    system: S,
  };
  for (const [kind, offsets] of Object.entries(slots) as [MeteredKind, Record<string, number>][])
    for (const [name, slot] of Object.entries(offsets)) expect(COUNTERS[kind][slot], `${kind} ${name}`).toBe(name);
  // A socket has a producer's and a consumer's before its own.
  const { consumer, ...own } = Z;
  for (const [name, slot] of Object.entries({ ...P, ...own })) expect(COUNTERS.socket[slot], name).toBe(name);
  for (const [slot, name] of COUNTERS.consumer.entries()) expect(COUNTERS.socket[consumer + slot]).toBe(name);
  // A consumer is a service that sends nothing on.
  for (const [slot, name] of COUNTERS.consumer.entries()) expect((C as Record<string, number>)[name]).toBe(slot);
  for (const [kind, offsets] of Object.entries(slots) as [MeteredKind, object][])
    expect(COUNTERS[kind].length, kind).toBe(Object.keys(offsets).length);
});

it("integrates levels that are metrics, each with a slot", () => {
  for (const kind of Object.keys(LEVEL_METRICS) as MeteredKind[])
    for (const [metric, level, less] of LEVEL_METRICS[kind]) {
      expect(METRIC_NAMES[kind], `${kind} ${metric}`).toContain(metric);
      expect(level).toBeLessThan(LEVELS[kind]);
      expect(less).toBeLessThan(LEVELS[kind]);
    }
});
