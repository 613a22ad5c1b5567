import { afterAll, describe, expect, it, vi } from "vitest";
import { fromMs } from "../kernel/time.ts";
import { hasErrors, type Settings, validate } from "../scenario/index.ts";
import type { Scenario, SettingValue, TimelineEntry } from "../scenario/types.ts";
import { Draw } from "../testing/property/draw.ts";
import { lane, type SketchedEdge, type SketchedNode, sketch } from "../testing/sketch.ts";
import type { RabbitEffects } from "./rabbit-effects.ts";
import type { RabbitHost } from "./rabbit-host.ts";
import { createRun, type Run } from "./run.ts";

/** Runs whose messages all take the long way, step by step through model and effects. */
async function longWay(): Promise<{ createRun: typeof createRun }> {
  vi.resetModules();
  vi.doMock("./rabbit-express.ts", () => ({
    publishShort: () => false,
    acknowledgeShort: () => false,
    enqueueShort: (host: RabbitEffects, queue: number, copy: number) => host.enqueueLong(queue, copy),
  }));
  vi.doMock("./sprint/sprint.ts", () => ({
    Sprint: class {
      run = () => 0;
    },
  }));
  return import("./run.ts");
}

const TAKERS = ["consumer", "service"] as const;

/** A small drawing of anything that brokers and clients know, plain queues above all, and what is done to it while it runs. */
function scenarioOf(seed: number): Scenario {
  const draw = new Draw(seed, "express");
  const nodes: SketchedNode[] = [];
  const edges: SketchedEdge[] = [];
  /** In two of three drawings what is not everyday is rare. */
  const rare = draw.oneIn(3) ? 1 : 6;
  const link = () =>
    draw.weighted<Settings>([
      [6 * rare, {}],
      [2, { latency: 1 + draw.below(4) }],
      [1, { latency: { d: "uniform", min: 0, max: 3 } }],
      [1, { loss: 0.1 }],
    ]);
  const queues = Array.from({ length: 1 + draw.below(4) }, (_, i) => `q${i}`);
  for (const queue of queues) {
    nodes.push([
      `queue ${queue}`,
      draw.weighted<Settings>([
        [8 * rare, {}],
        [1, { messageTtl: 20 }],
        [1, { maxLength: 5 }],
        [1, { maxPriority: 3 }],
        [1, { singleActiveConsumer: true }],
        [1, { queueType: "quorum" }],
        [1, { queueType: "stream" }],
      ]),
    ]);
  }
  const exchanges = ["x0", "x1"].slice(0, draw.below(3));
  for (const exchange of exchanges) {
    nodes.push([`exchange ${exchange}`, { type: draw.pick(["topic", "fanout", "direct"]) }]);
    for (const queue of queues) {
      if (!draw.oneIn(3))
        edges.push(["binding", `${exchange} > ${queue}`, { key: draw.pick(["#", "a.*", "a.b"]), ...link() }]);
    }
  }
  if (draw.oneIn(4) && exchanges.length > 0) edges.push(["deadLetter", `${draw.pick(queues)} > ${exchanges[0]}`]);
  const aim = (from: string) => {
    const to = draw.pick([...queues, ...exchanges]);
    if (!edges.some(([kind, ends]) => kind === "publish" && ends === `${from} > ${to}`)) {
      edges.push(["publish", `${from} > ${to}`, link()]);
    }
  };
  for (let i = 0; i < 1 + draw.below(3); i++) {
    const from = `p${i}`;
    nodes.push([
      `producer ${from}`,
      {
        rate: 20 + draw.below(300),
        routingKey: draw.pick(["a.b", "a.c", "b"]),
        ...draw.often("arrival", ["exponential"]),
        ...draw.maybe("key", [{ k: "uniform", n: 5 }]),
        ...(draw.oneIn(5 * rare) && { size: { d: "uniform", min: 10, max: 2000 } }),
        ...(draw.oneIn(6 * rare) && { ttl: 15 }),
        ...(draw.oneIn(6 * rare) && { waitFor: "confirm", window: 5 }),
        ...(draw.oneIn(8 * rare) && { transaction: 3, rollback: 0.3 }),
        ...(draw.oneIn(6 * rare) && { instances: 2 }),
      },
    ]);
    aim(from);
    if (draw.oneIn(3)) aim(from);
  }
  for (let i = 0; i < 1 + draw.below(4); i++) {
    const kind = draw.weighted([
      [4, TAKERS[0]],
      [1, TAKERS[1]],
    ]);
    const to = `c${i}`;
    nodes.push([
      `${kind} ${to}`,
      {
        service: draw.pick<SettingValue>([
          { d: "exponential", mean: 4 },
          { d: "constant", value: 3 },
          { d: "constant", value: 1 },
        ]),
        prefetch: draw.pick([0, 1, 1, 2, 10]),
        ...draw.maybe("instances", [2, 3]),
        ...draw.maybe("concurrency", [2, 4]),
        ...(draw.oneIn(5 * rare) && { ack: draw.pick(["auto", "before"]) }),
        ...(draw.oneIn(5 * rare) && { failRate: 0.2, onFail: draw.pick(["requeue", "reject", "retry"]) }),
        ...(draw.oneIn(7 * rare) && { dedup: 20 }),
        ...(draw.oneIn(7 * rare) && { prefetchGlobal: true }),
      },
    ]);
    // Services stand between the first queue and the others, so that nothing goes round for ever.
    if (kind === "service" && queues.length > 1) {
      edges.push(["consume", `q0 > ${to}`, link()], ["publish", `${to} > ${draw.pick(queues.slice(1))}`, link()]);
      continue;
    }
    const taken = queues.filter(() => draw.oneIn(2));
    for (const queue of taken.length === 0 ? [draw.pick(queues)] : taken) {
      edges.push(["consume", `${queue} > ${to}`, link()]);
    }
  }
  const targets = (kind: string) =>
    nodes.flatMap(([what]) => (what.startsWith(`${kind} `) ? [what.slice(kind.length + 1)] : []));
  const timeline: TimelineEntry[] = [];
  for (let i = draw.below(9); i > 0; i--) {
    const t = 100 + draw.below(1500);
    const [kind, action] = draw.pick([
      ["consumer", "consumer.kill"],
      ["consumer", "consumer.stop"],
      ["consumer", "consumer.restart"],
      ["consumer", "consumer.hang"],
      ["consumer", "consumer.hang"],
      ["consumer", "consumer.hang"],
      ["consumer", "consumer.cancel"],
      ["consumer", "consumer.recover"],
      ["producer", "producer.pause"],
      ["producer", "producer.burst"],
      ["queue", "queue.purge"],
    ] as const);
    const all = targets(kind);
    if (all.length > 0)
      timeline.push({ t, do: action, target: draw.pick(all), ...(draw.oneIn(2) && { undoAt: t + 200 }) });
  }
  return { ...sketch(nodes, edges), seed, timeline };
}

const feedsOf = (run: Run): number =>
  run.state.topology.hosts.reduce((n, host) => n + Object.keys((host as RabbitHost).feeds).length, 0);

/** Everything that anybody is told about a run. */
const told = (run: Run) => ({
  hash: run.hash(),
  now: run.now,
  performed: run.performed,
  ledger: run.ledgerReport(),
  window: [...run.read()],
  whole: [...run.read(true)],
  calendar: run.core.calendar.size,
});

describe("the short way of everyday messages", () => {
  const long = longWay();
  afterAll(() => {
    vi.doUnmock("./rabbit-express.ts");
    vi.doUnmock("./sprint/sprint.ts");
  });
  let shortened = 0;
  const seeds = Array.from({ length: 120 }, (_, seed) => seed);

  it.each(seeds)("does exactly what the long way does: drawing %i", async (seed) => {
    const scenario = scenarioOf(seed);
    expect(hasErrors(validate(scenario).issues), JSON.stringify(validate(scenario).issues)).toBe(false);
    const draw = new Draw(seed, "looks");
    const runs = [createRun(scenario), (await long).createRun(scenario)] as const;
    for (const run of runs) {
      run.core.log.detailed = seed % 4 === 0;
      run.core.tokens.wanted = seed % 5 === 0;
    }
    for (let t = 0; t < 2500; t += 1 + draw.below(400)) {
      for (const run of runs) run.advance(fromMs(t), 10_000);
      expect(told(runs[0]), `at ${t} ms`).toEqual(told(runs[1]));
      // A change of speed in between.
      if (draw.oneIn(4)) for (const run of runs) run.core.log.detailed = !run.core.log.detailed;
      if (draw.oneIn(6)) {
        // A change of the drawing: other numbers of instances and another service time.
        const edited = structuredClone(scenario);
        for (const node of edited.nodes) {
          if (node.kind === "consumer")
            node.settings = { ...node.settings, prefetch: 1 + draw.below(3), instances: 1 + draw.below(3) };
        }
        for (const run of runs) run.edit(edited);
      }
    }
    expect(feedsOf(runs[1])).toBe(0);
    shortened += feedsOf(runs[0]) > 0 ? 1 : 0;
    expect(runs[0].core.log.last).toBe(runs[1].core.log.last);
    expect(runs[0].core.tokens.take(50)).toEqual(runs[1].core.tokens.take(50));
  });

  it("is found by a consumer that comes back to a backlog", async () => {
    const timeline: TimelineEntry[] = [
      { t: 0, do: "consumer.stop", target: "c1" },
      { t: 300, do: "producer.pause", target: "p1" },
      { t: 300, do: "consumer.restart", target: "c1" },
    ];
    for (const prefetch of [1, 3]) {
      const scenario = { ...lane({ rate: 1000 }, {}, { service: 1, prefetch }), timeline };
      const runs = [createRun(scenario), (await long).createRun(scenario)] as const;
      const feeds = [299, 304, 450, 700].map((t) => {
        for (const run of runs) run.advance(fromMs(t));
        expect(told(runs[0]), `at ${t} ms`).toEqual(told(runs[1]));
        return feedsOf(runs[0]);
      });
      const before = feeds[0] as number;
      expect(feeds).toEqual([before, before + 1, before + 1, before + 1]);
      expect(runs[0].core.ledger.processed).toBeGreaterThan(250);
    }
  });

  it("is taken by most of these drawings", () => {
    expect(shortened).toBeGreaterThan(seeds.length / 2);
  });
});
