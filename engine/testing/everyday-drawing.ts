import type { Settings } from "../scenario/index.ts";
import type { Scenario, SettingValue, TimelineEntry } from "../scenario/types.ts";
import { Draw } from "./property/draw.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "./sketch.ts";

const TAKERS = ["consumer", "service"] as const;

/** A small drawing of anything that brokers and clients know, plain queues above all, and what is done to it while it runs. */
export function everydayDrawing(seed: number): Scenario {
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
