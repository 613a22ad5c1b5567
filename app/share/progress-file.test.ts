import { beforeEach, expect, it, vi } from "vitest";
import { keepProgress, keptProgress, NEW_PROGRESS } from "../store/lesson.ts";
import { MemoryStorage } from "./memory-storage.ts";
import { oneProgressFile, progressFile, takeProgress } from "./progress-file.ts";

beforeEach(() => vi.stubGlobal("localStorage", new MemoryStorage()));

const reached = (furthest: number, finished = false) => ({
  ...NEW_PROGRESS,
  document: "d-1",
  step: furthest,
  furthest,
  finished,
  records: { 1: { guess: 3, outcome: 4 } },
});

it("travels to another browser, without the documents of this one", () => {
  keepProgress("ttl", reached(2));
  keepProgress("fifo", reached(5, true));
  const file = progressFile();
  expect(file).not.toContain("d-1");
  vi.stubGlobal("localStorage", new MemoryStorage());
  expect(takeProgress(file)).toBe(2);
  expect(keptProgress()).toMatchObject({
    ttl: { step: 2, document: "", records: { 1: { guess: 3, outcome: 4 } } },
    fifo: { finished: true },
  });
});

it("takes what the player saves of one lesson, and keeps what is further", () => {
  keepProgress("ttl", reached(4));
  expect(takeProgress(oneProgressFile("ttl", "TTL", reached(2)))).toBe(0);
  expect(takeProgress(oneProgressFile("ttl", "TTL", reached(1, true)))).toBe(1);
  expect(keptProgress().ttl?.finished).toBe(true);
  expect(takeProgress(oneProgressFile("ttl", "TTL", reached(5)))).toBe(0);
});

it.each(["", "{}", "[1]", '{"weir":"progress","v":2}', '{"weir":"progress","v":1,"lessons":{"a":{"step":"x"}}}'])(
  "takes nothing from %j",
  (text) => {
    expect(takeProgress(text) ?? 0).toBe(0);
    expect(keptProgress()).toEqual({});
  },
);
