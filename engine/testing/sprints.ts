import "../run/all-systems.ts";
import { createRun, type Run } from "../run/run.ts";
import type { Samples } from "../run/samples.ts";
import type { Scenario, Settings, TimelineEntry } from "../scenario/types.ts";
import { type SketchedEdge, type SketchedNode, sketch } from "./sketch.ts";

/** The part of a run that performs everyday events in large numbers. */
interface Sprint {
  rest: number;
  run(until: number, most: number, samples: Samples): number;
}

export interface Sprinter {
  readonly run: Run;
  /** Events that sprints have performed. */
  events: number;
  /** No sprint begins. */
  isWalking: boolean;
}

const sprintOf = (run: Run): Sprint => (run as unknown as { sprint: Sprint }).sprint;

/** A run whose events all take the ordinary way. Nobody reads along in its log, or in that of the next. */
export function walking(scenario: Scenario): Run {
  const run = createRun(scenario);
  run.core.log.detailed = false;
  sprintOf(run).run = () => 0;
  return run;
}

/** A run that tries a sprint wherever one may begin, however little the last one was worth. @param isEager false = only where a run does so by itself */
export function sprinting(scenario: Scenario, isEager = true): Sprinter {
  const run = createRun(scenario);
  run.core.log.detailed = false;
  const sprint = sprintOf(run);
  const perform = sprint.run.bind(sprint);
  const sprinter: Sprinter = { run, events: 0, isWalking: false };
  sprint.run = (until, most, samples) => {
    if (sprinter.isWalking) return 0;
    if (isEager) sprint.rest = 0;
    const count = perform(until, most, samples);
    sprinter.events += count;
    return count;
  };
  return sprinter;
}

/** Everything that anybody is told about a run. */
export const told = (run: Run) => ({
  hash: run.hash(),
  now: run.now,
  performed: run.performed,
  ledger: run.ledgerReport(),
  imbalance: run.core.ledger.imbalance(),
  events: run.core.calendar.size,
  next: run.core.calendar.peekTime(),
  logged: run.core.log.last,
  badges: run.badges(),
  window: [...run.read()],
  whole: [...run.read(true)],
});

/** What a run's charts and intervals are made of. */
export function remembered(run: Run) {
  const { size, system } = run.layout();
  return {
    courses: Array.from({ length: size }, (_, slot) =>
      run.history.read(() => slot, 0, Number.POSITIVE_INFINITY, 10_000),
    ),
    sums: system.metrics.map((metric) => run.observe("system", metric)),
  };
}

/** Whether two runs stand at the same place with the same figures: in short, for each single event. */
export function areAlike(one: Run, other: Run): boolean {
  const [a, b] = [one.core, other.core];
  if (a.hash !== b.hash || a.now !== b.now || a.calendar.size !== b.calendar.size) return false;
  if (a.calendar.peekTime() !== b.calendar.peekTime() || a.log.last !== b.log.last) return false;
  const figures = one.read(true);
  const others = other.read(true);
  return figures.length === others.length && figures.every((value, slot) => Object.is(value, others[slot]));
}

/** A broker whose disk takes `fsync` ms for a write, with what else the nodes and edges say; all nodes stand in it. */
export function onDisk(nodes: SketchedNode[], edges: SketchedEdge[], settings: Settings): Scenario {
  const inside = nodes.map(([what, own]): SketchedNode => {
    const isOutside = /^(producer|consumer|service) /.test(what);
    return [what, own, isOutside ? {} : { parent: "b" }];
  });
  return sketch([...inside, ["broker b", settings, { w: 900, h: 600 }]], edges);
}

export const LANE: SketchedEdge[] = [
  ["publish", "p1 > q1"],
  ["consume", "q1 > c1"],
];
export const laneNodes = (producer: Settings, queue: Settings, consumer: Settings): SketchedNode[] => [
  ["producer p1", { rate: 500, ...producer }],
  ["queue q1", queue],
  ["consumer c1", { service: 1, ...consumer }],
];
export const act = (
  t: number,
  what: string,
  target: string,
  args?: TimelineEntry["args"],
  undoAt?: number,
): TimelineEntry => ({
  t,
  do: what,
  target,
  ...(args && { args }),
  ...(undoAt !== undefined && { undoAt }),
});
/** A lane with more than everyday in it, and what is done to it. */
export const laneWith = (
  { p = {}, q = {}, c = {}, publish = {}, consume = {} }: Record<string, Settings>,
  ...timeline: TimelineEntry[]
): Scenario => ({
  ...sketch(laneNodes(p, q, c), [
    ["publish", "p1 > q1", publish],
    ["consume", "q1 > c1", consume],
  ]),
  timeline,
});
export const EXPONENTIAL = { d: "exponential", mean: 1.5 };

export const chain = (first: Settings, latency = 0): Scenario =>
  sketch(
    [
      ["producer p", { rate: 300, arrival: "exponential", key: { k: "uniform", n: 3 } }],
      ["queue q0"],
      ["service s0", { service: 1, ...first }],
      ["queue q1"],
      ["service s1", { service: { d: "exponential", mean: 2 }, prefetch: 3 }],
      ["queue q2"],
      ["consumer c", { service: 1 }],
    ],
    [
      ["publish", "p > q0", { latency }],
      ["consume", "q0 > s0", { latency }],
      ["publish", "s0 > q1", { latency }],
      ["consume", "q1 > s1", { latency }],
      ["publish", "s1 > q2", { latency }],
      ["consume", "q2 > c", { latency }],
    ],
  );

/** A topic exchange before three queues. */
export const fan = (producer: Settings, latency = 0): Scenario =>
  sketch(
    [
      ["producer p", { rate: 300, routingKey: "order.new", ...producer }],
      ["exchange x", { type: "topic" }],
      ...[0, 1, 2].flatMap((i): SketchedNode[] => [
        [`queue q${i}`],
        [`consumer c${i}`, { service: { d: "exponential", mean: 2 }, prefetch: 1 + i }],
      ]),
    ],
    [
      ["publish", "p > x", { latency }],
      ...["order.*", "#", "order.new"].flatMap((key, i): SketchedEdge[] => [
        ["binding", `x > q${i}`, { key, latency: i === 0 ? 0 : latency }],
        ["consume", `q${i} > c${i}`, { latency }],
      ]),
    ],
  );

/** Sprints do most of it. */
export const everyday: Record<string, Scenario> = {
  "a producer, a queue and a consumer": laneWith({}),
  "a chosen key for each message": laneWith({ p: { arrival: "exponential", key: { k: "uniform", n: 40 } } }),
  "several servers": laneWith({ c: { service: EXPONENTIAL, concurrency: 3, prefetch: 5, instances: 2 } }),
  "no limit to prefetch": laneWith({ c: { service: EXPONENTIAL, prefetch: 0 } }),
  "links that take time": laneWith({ c: { prefetch: 10 }, publish: { latency: 3 }, consume: { latency: 2 } }),
  "a slow consumer": laneWith({ c: { service: EXPONENTIAL, speed: 0.7 } }),
  "a topic exchange": fan({}),
  "a topic exchange behind links that take time": fan({}, 3),
  "a chain of services": chain({}),
  "a chain of services over links that take time": chain({ concurrency: 4, prefetch: 8 }, 3),
  "a backlog that a consumer comes back to": laneWith(
    { c: { prefetch: 3 } },
    act(100, "consumer.stop", "c1"),
    act(900, "consumer.restart", "c1"),
  ),
  "a disk": onDisk(laneNodes({}, {}, {}), LANE, { fsync: 5 }),
};

/** A queue with two kinds of messages that overtake each other. */
export const withPriorities: Scenario = laneWith({
  p: {
    priority: {
      w: [
        { value: 0, weight: 1 },
        { value: 5, weight: 1 },
      ],
    },
  },
  q: { maxPriority: 5 },
});
