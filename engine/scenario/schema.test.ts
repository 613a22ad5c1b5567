import { describe, expect, it } from "vitest";
import {
  EDGE_KINDS,
  fieldOf,
  fieldsOf,
  helloQueue,
  isShown,
  KINDS,
  type Settings,
  settingsAs,
  settingsOf,
} from "./index.ts";
import { conditionsOf } from "./schema.ts";

describe("the schema", () => {
  it("names every field of a kind once", () => {
    for (const spec of [...KINDS, ...EDGE_KINDS]) {
      const names = spec.fields.map((field) => field.name);
      expect(new Set(names).size, spec.kind).toBe(names.length);
    }
  });

  it("refers in showWhen only to choices that exist", () => {
    for (const spec of [...KINDS, ...EDGE_KINDS])
      for (const field of spec.fields) {
        for (const condition of conditionsOf(field)) {
          if (condition.field.includes(".")) continue;
          const other = fieldOf(spec.kind, condition.field);
          for (const value of condition.is) {
            const place = `${spec.kind}.${field.name}`;
            if (typeof value !== "number") expect(other?.choices, place).toContain(value);
            else expect(value >= (other?.min ?? value + 1) && value <= (other?.max ?? value - 1), place).toBe(true);
          }
        }
      }
  });

  it("gives a number field a range", () => {
    for (const spec of [...KINDS, ...EDGE_KINDS])
      for (const field of spec.fields)
        if (["integer", "number", "ms", "rate", "bytes", "share", "factor", "dist"].includes(field.type))
          expect([typeof field.min, typeof field.max], `${spec.kind}.${field.name}`).toEqual(["number", "number"]);
  });
});

describe("settingsOf", () => {
  it("fills in defaults and spells out a bare number as a constant", () => {
    const [producer, , consumer] = helloQueue().nodes;
    expect(settingsOf(producer!)).toMatchObject({ rate: 1, waitFor: "nothing", window: 1000 });
    expect(settingsAs("consumer", consumer!).service).toEqual({ d: "constant", value: 400 });
  });

  it("keeps settings it does not know", () => {
    expect(settingsOf({ kind: "queue", settings: { shiny: 1 } })).toMatchObject({ shiny: 1, queueType: "classic" });
    expect(settingsOf({ kind: "shelf", settings: { partitions: 3 } })).toEqual({ partitions: 3 });
  });
});

describe("isShown", () => {
  it("hides what has no meaning while another setting is as it is", () => {
    const window = fieldOf("producer", "window")!;
    expect(isShown(window, settingsOf({ kind: "producer" }))).toBe(false);
    expect(isShown(window, settingsOf({ kind: "producer", settings: { waitFor: "confirm" } }))).toBe(true);
  });

  it("hides from a client what none of its stores can do", () => {
    const prefetch = fieldOf("consumer", "prefetch")!;
    const ack = fieldOf("consumer", "ack")!;
    const settings = settingsOf({ kind: "consumer" });
    const shown = (...stores: string[]) =>
      [prefetch, ack].map((field) => isShown(field, settings, { stores: new Set(stores) }));
    expect(shown()).toEqual([true, true]);
    expect(shown("queue")).toEqual([true, true]);
    expect(shown("stream")).toEqual([false, true]);
    expect(shown("list", "channel")).toEqual([false, false]);
    expect(shown("list", "queue")).toEqual([true, true]);
  });

  it("offers retries only where a failed message goes back to the broker", () => {
    const retries = fieldOf("rmqGroup", "maxReconsume")!;
    const shown = (settings: Settings) => isShown(retries, settingsOf({ kind: "rmqGroup", settings }));
    expect(shown({})).toBe(true);
    expect(shown({ order: "orderly" })).toBe(false);
    expect(shown({ mode: "broadcasting" })).toBe(false);
  });

  it("speaks of transactions to a producer of RocketMQ only where a topic has them", () => {
    const share = fieldOf("producer", "commitShare")!;
    const shown = (types: string[], stores = ["rmqTopic"]) =>
      isShown(share, settingsOf({ kind: "producer" }), { stores: new Set(stores), topicTypes: new Set(types) });
    expect(shown(["normal"])).toBe(false);
    expect(shown(["normal", "transaction"])).toBe(true);
    expect(shown([], ["queue"])).toBe(false);
  });

  it("shows of a link only what its ends know", () => {
    const from = (kind: string) => ({ from: { id: "n", kind, name: "n", x: 0, y: 0 } });
    const names = (kind: string) =>
      fieldsOf("consume")
        .filter((field) => field.group === "basic" && isShown(field, settingsOf({ kind: "consume" }), from(kind)))
        .map((field) => field.name);
    expect(names("queue")).toEqual(["priority", "latency"]);
    expect(names("list")).toEqual(["latency"]);
    expect(names("stream")).toEqual(["group", "start", "latency"]);
    expect(names("channel")).toEqual(["pattern", "latency"]);
  });

  it("looks at the exchange a binding starts from", () => {
    const headers = fieldsOf("binding").find((field) => field.name === "headers")!;
    const from = { id: "x", kind: "exchange", name: "x", x: 0, y: 0 };
    const settings = settingsOf({ kind: "binding" });
    expect(isShown(headers, settings, { from })).toBe(false);
    expect(isShown(headers, settings, { from: { ...from, settings: { type: "headers" } } })).toBe(true);
  });
});
