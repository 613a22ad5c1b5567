import type { Scenario } from "./types.ts";

export const emptyScenario = (): Scenario => ({
  v: 1,
  meta: { title: "" },
  seed: 1,
  nodes: [],
  edges: [],
  timeline: [],
  alerts: [],
});

/** Product catalogue `hello-queue`: the picture a first visitor sees. */
export const helloQueue = (): Scenario => ({
  v: 1,
  meta: { title: { en: "Hello, queue", zh: "你好，队列" }, id: "hello-queue" },
  seed: 1,
  nodes: [
    { id: "p1", kind: "producer", name: "producer-1", x: 4, y: 10, settings: { rate: 1 } },
    { id: "q1", kind: "queue", name: "hello", x: 22, y: 10 },
    { id: "c1", kind: "consumer", name: "consumer-1", x: 41, y: 10, settings: { service: 400, prefetch: 1 } },
  ],
  edges: [
    { id: "e1", kind: "publish", from: "p1", to: "q1", settings: { latency: 5 } },
    { id: "e2", kind: "consume", from: "q1", to: "c1", settings: { latency: 0 } },
  ],
  timeline: [],
  alerts: [],
});
