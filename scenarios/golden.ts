import {
  emptyScenario,
  type Scenario,
  type ScenarioEdge,
  type ScenarioNode,
  type Settings,
} from "../engine/scenario/index.ts";
import { CATALOGUE, idOf, withChange } from "./index.ts";

/**
 * Golden runs: scenarios whose every event and every figure must be the same in each engine of JavaScript, and the same as yesterday. `golden-hashes.ts` holds what they
 * came to; `npm run golden` writes it anew after a change that is meant.
 */

/** Virtual times at which a golden run is looked at, s. */
export const GOLDEN_TIMES: readonly number[] = [10, 60];

/** What a golden run came to at one of these times. */
export interface GoldenLook {
  /** Of all events up to then. */
  events: string;
  /** Of every figure of the frame, to the last bit. */
  values: string;
}

/** Together they use every rule of the broker that a drawing can ask for, all distributions, scripts, alerts and refusals. */
const CHOSEN = [
  "peak-shaving",
  "fair-dispatch",
  "priority",
  "ack-or-lose",
  "nack-rollback",
  "retry-backoff-dlq",
  "overflow-policies",
  "ttl",
  "exchange-types",
  "rpc-over-queue",
  "access-denied",
  "monitor-alert",
  "mm1-hockey-stick",
  "variability",
  "redis-list",
  "redis-stream",
  "redis-pubsub",
  "zmq-push-pull",
  "zmq-pub-sub",
  "broker-or-not",
  "kafka-rebalance",
  "kafka-acks-failover",
  "rmq-transaction",
  "rmq-orderly",
  // As it begins it stands still for ever.
  "zmq-req-rep/timeout",
];
const RANDOM = 6;

/** An entry as it begins, or one of its variants: `entry/variant`. */
function chosen(name: string): Scenario {
  const [id, wanted] = name.split("/");
  const entry = CATALOGUE.find((one) => idOf(one) === id);
  const variant = entry?.variants?.find((one) => one.id === wanted);
  if (entry === undefined || (wanted !== undefined && variant === undefined)) {
    throw new Error(`The golden scenario ${name} is no longer in the catalogue.`);
  }
  return variant === undefined ? entry.scenario : withChange(entry.scenario, variant.change);
}

export function goldenScenarios(): { name: string; scenario: Scenario }[] {
  return [
    ...CHOSEN.map((name) => ({ name, scenario: chosen(name) })),
    ...Array.from({ length: RANDOM }, (_, i) => ({ name: `random-${i + 1}`, scenario: randomScenario(i + 1) })),
  ];
}

/** FNV-1a over the bytes of the figures, as eight hex digits. NaN is one value, however a machine writes it. */
export function hashValues(values: Float64Array): string {
  const copy = values.map((value) => (Number.isNaN(value) ? Number.NaN : value));
  const view = new DataView(copy.buffer);
  let hash = 0x811c9dc5;
  for (let at = 0; at < copy.length * 8; at++) hash = Math.imul(hash ^ byteAt(view, at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

const byteAt = (view: DataView, at: number): number => {
  const value = view.getFloat64(at - (at % 8), true);
  // What stands for "not a number" has many patterns of bits.
  return Number.isNaN(value) ? 0x7f : view.getUint8(at);
};

/** Dice of its own, so that a change of the engine's streams does not change what is drawn. */
class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed * 2654435761;
  }
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    return ((this.state >>> 8) % 65_536) % limit;
  }
  oneIn(chance: number): boolean {
    return this.below(chance) === 0;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

function serviceOf(dice: Dice): Settings[string] {
  const mean = 5 + dice.below(120);
  return dice.pick<NonNullable<Settings[string]>>([
    { d: "constant", value: mean },
    { d: "exponential", mean },
    { d: "uniform", min: mean / 2, max: mean * 2 },
    { d: "normal", mean, sd: mean / 3 },
    { d: "lognormal", mean, cv: 1.5 },
    { d: "erlang", mean, k: 3 },
    { d: "hyperexponential", mean, cv: 2 },
  ]);
}

/** A drawing nobody would make: producers, exchanges, queues and consumers with settings by chance, and a script. */
function randomScenario(seed: number): Scenario {
  const dice = new Dice(seed);
  const nodes: ScenarioNode[] = [];
  const edges: ScenarioEdge[] = [];
  const node = (kind: string, id: string, settings: Settings) =>
    nodes.push({ id, kind, name: id, x: nodes.length * 12, y: 0, settings });
  const edge = (kind: string, from: string, to: string, settings: Settings = {}) =>
    edges.push({ id: `e${edges.length + 1}`, kind, from, to, settings: { latency: dice.below(40), ...settings } });
  const keys = ["a", "a.b", "a.b.c", "b.c"];
  const count = { producers: 2 + dice.below(3), queues: 3 + dice.below(3), consumers: 2 + dice.below(3) };
  for (let i = 1; i <= 2; i++) node("exchange", `x${i}`, { type: dice.pick(["topic", "direct", "fanout"]) });
  for (let i = 1; i <= count.queues; i++) {
    node("queue", `q${i}`, {
      ...(dice.oneIn(2) && { messageTtl: 200 + dice.below(3000) }),
      ...(dice.oneIn(2) && {
        maxLength: 5 + dice.below(60),
        overflow: dice.pick(["drop-head", "reject-publish", "reject-publish-dlx"]),
      }),
      ...(dice.oneIn(4) && { maxPriority: 3 }),
    });
    for (let x = 1; x <= 2; x++) edge("binding", `x${x}`, `q${i}`, { key: dice.pick([...keys, "a.*", "#", "a.#"]) });
  }
  // The last queue keeps what the first one gives up.
  edge("deadLetter", "q1", "x2");
  for (let i = 1; i <= count.producers; i++) {
    node("producer", `p${i}`, {
      rate: 5 + dice.below(60),
      arrival: dice.pick(["constant", "exponential"]),
      routingKey: dice.pick(keys),
    });
    edge("publish", `p${i}`, `x${1 + dice.below(2)}`, dice.oneIn(3) ? { loss: 0.05 } : {});
  }
  for (let i = 1; i <= count.consumers; i++) {
    node("consumer", `c${i}`, {
      service: serviceOf(dice),
      prefetch: 1 + dice.below(20),
      instances: 1 + dice.below(3),
      ...(dice.oneIn(2) && { failRate: 0.1, onFail: dice.pick(["requeue", "reject", "retry"]) }),
    });
    edge("consume", `q${1 + (i % count.queues)}`, `c${i}`);
    if (dice.oneIn(2)) edge("consume", `q${1 + dice.below(count.queues)}`, `c${i}`);
  }
  return {
    ...emptyScenario(),
    meta: { title: `random ${seed}` },
    seed,
    nodes,
    edges: edges.filter(
      (one, i) => edges.findIndex((e) => e.from === one.from && e.to === one.to && e.kind === one.kind) === i,
    ),
    timeline: [
      { t: 5000 + dice.below(9000), do: "consumer.kill", target: "c1", undoAt: 20_000 + dice.below(9000) },
      { t: 3000 + dice.below(9000), do: "producer.burst", target: "p1", args: { count: 50 + dice.below(200) } },
    ],
  };
}
