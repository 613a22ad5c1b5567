import type { Scenario, ScenarioEdge, ScenarioNode } from "../engine/index.ts";

/** The workloads as ordinary scenarios: what a person could draw, run by the ordinary run. Each has its twin in limit.cpp. */
export interface Workload {
  name: string;
  /** What one message is and how many of them make the run. */
  messages: number;
  scenario: Scenario;
  /** Arguments of the C++ reference: model, event set. */
  reference: [string, string];
  /** Messages of the ledger for one of these: a service publishes a new one for each it takes. */
  publishes: number;
  /** Hops a published message makes in this model: publish, copies, deliveries, acks. */
  hopsPerMessage: number;
}

const INSTANT = { latency: 0 };

function document(nodes: ScenarioNode[], edges: ScenarioEdge[]): Scenario {
  return { v: 1, meta: { title: "bench" }, seed: 12345, nodes, edges, timeline: [], alerts: [] };
}

function node(id: string, kind: string, settings: ScenarioNode["settings"] = {}): ScenarioNode {
  return { id, kind, name: id, x: 0, y: 0, settings };
}

function edge(kind: string, from: string, to: string, settings: ScenarioEdge["settings"] = INSTANT): ScenarioEdge {
  return { id: `${from}>${to}:${String(settings?.key ?? "")}`, kind, from, to, settings };
}

const exponential = (mean: number) => ({ d: "exponential", mean });

/** One queue, one consumer, load 0.8. */
export function mm1(messages: number): Workload {
  const scenario = document(
    [
      node("p", "producer", { rate: 800, arrival: "exponential", limit: messages }),
      node("q", "queue"),
      node("c", "consumer", { service: exponential(1), prefetch: 1 }),
    ],
    [edge("publish", "p", "q"), edge("consume", "q", "c")],
  );
  return { name: "mm1", messages, scenario, reference: ["w1", "heapb"], publishes: 1, hopsPerMessage: 3 };
}

/** Four queues in series with three servers each, load 0.8. */
export function tandem(messages: number): Workload {
  const nodes = [node("p", "producer", { rate: 2400, arrival: "exponential", limit: messages })];
  const edges = [edge("publish", "p", "q1")];
  for (let i = 1; i <= 4; i++) {
    nodes.push(node(`q${i}`, "queue"));
    const last = i === 4;
    nodes.push(node(`s${i}`, last ? "consumer" : "service", { service: exponential(1), prefetch: 1, instances: 3 }));
    edges.push(edge("consume", `q${i}`, `s${i}`));
    if (!last) edges.push(edge("publish", `s${i}`, `q${i + 1}`));
  }
  return {
    name: "tandem",
    messages,
    scenario: document(nodes, edges),
    reference: ["w2", "heapb"],
    publishes: 4,
    hopsPerMessage: 12,
  };
}

const WORDS = [
  ["order", "user", "bill", "ship", "log"],
  ["eu", "us", "ap", "sa", "af"],
  ["new", "upd", "del", "err", "ok"],
] as const;
const QUEUES = 20;
const BINDINGS = 50;

/** The reference's own small generator, so that both draw the same fifty patterns. */
function patterns(): string[] {
  const state = [0, 0, 0, 0];
  let z = 777;
  for (let i = 0; i < 4; i++) {
    z = (z + 0x9e3779b9) | 0;
    let t = z ^ (z >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    state[i] = t ^ (t >>> 15);
  }
  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  const random = (): number => {
    const [s0, s1, s2, s3] = state as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const a = s2 ^ s0;
    const b = s3 ^ s1;
    state[1] = s1 ^ a;
    state[0] = s0 ^ b;
    state[2] = a ^ (s1 << 9);
    state[3] = rotate(b, 11);
    return result;
  };
  const found: string[] = [];
  for (let b = 0; b < BINDINGS; b++) {
    let words: string[] = [];
    for (let i = 0; i < 3; i++) {
      const r = random() % 10;
      if (r < 5) words.push(WORDS[i]?.[random() % 5] as string);
      else if (r < 9) words.push("*");
      else {
        words.push("#");
        break;
      }
    }
    if (words.length === 1 && words[0] === "#") words = [WORDS[0][b % 5] as string, "#"];
    found.push(words.join("."));
  }
  return found;
}

function matches(pattern: string[], key: string[]): boolean {
  const [word, ...rest] = pattern;
  if (word === undefined) return key.length === 0;
  if (word === "#") return key.some((_, i) => matches(rest, key.slice(i))) || matches(rest, []);
  return key.length > 0 && (word === "*" || word === key[0]) && matches(rest, key.slice(1));
}

/** Four producers, a topic exchange, fifty bindings, twenty queues, sixty consumers, load 0.8. @param latencyMs of every edge */
export function graph(messages: number, latencyMs: number): Workload {
  const link = { latency: latencyMs };
  const nodes = [node("x", "exchange", { type: "topic" })];
  const edges: ScenarioEdge[] = [];
  const template = WORDS.map((words) => `{${words.join("|")}}`).join(".");
  for (let p = 0; p < 4; p++) {
    nodes.push(
      node(`p${p}`, "producer", {
        rate: 1000,
        arrival: "exponential",
        limit: messages / 4,
        key: { k: "uniform", n: 125 },
        routingKey: template,
      }),
    );
    edges.push(edge("publish", `p${p}`, "x", link));
  }
  const all = patterns();
  all.forEach((key, b) => {
    edges.push({ ...edge("binding", "x", `q${b % QUEUES}`, { ...link, key }), id: `b${b}` });
  });
  let copies = 0;
  for (let q = 0; q < QUEUES; q++) {
    const own = all.filter((_, b) => b % QUEUES === q).map((p) => p.split("."));
    let share = 0;
    for (let k = 0; k < 125; k++) {
      const key = [WORDS[0][Math.floor(k / 25)], WORDS[1][Math.floor(k / 5) % 5], WORDS[2][k % 5]] as string[];
      if (own.some((pattern) => matches(pattern, key))) share++;
    }
    copies += share / 125;
    // 4,000 publishes a second in all; three servers at load 0.8.
    const mean = share === 0 ? 1 : (0.8 * 3 * 1000 * 125) / (4000 * share);
    nodes.push(node(`q${q}`, "queue"));
    nodes.push(node(`c${q}`, "consumer", { service: exponential(mean), prefetch: 10, instances: 3 }));
    edges.push(edge("consume", `q${q}`, `c${q}`, link));
  }
  return {
    name: latencyMs === 0 ? "graph" : "graphSlow",
    messages,
    scenario: document(nodes, edges),
    reference: latencyMs === 0 ? ["w3", "heapb"] : ["w3l", "lane"],
    publishes: 1,
    hopsPerMessage: 1 + 3 * copies,
  };
}

/** One queue grows to `messages` while its consumer sleeps, then drains. */
export function backlog(messages: number): Workload {
  const scenario = document(
    [
      node("p", "producer", { rate: 10_000, arrival: "exponential", limit: messages }),
      node("q", "queue"),
      node("c", "consumer", { service: exponential(0.1), prefetch: 1 }),
    ],
    [edge("publish", "p", "q"), edge("consume", "q", "c")],
  );
  const end = messages / 10 + 10_000;
  scenario.timeline = [
    { t: 0, do: "consumer.stop", target: "c" },
    { t: end, do: "consumer.restart", target: "c" },
  ];
  return { name: "backlog", messages, scenario, reference: ["w4", "heap"], publishes: 1, hopsPerMessage: 3 };
}
