import type { Scenario } from "../engine/index.ts";
import { document, edge, exponential, node } from "./drawing.ts";
import { matchesWords } from "./topic.ts";

const WORDS = [
  ["order", "user", "bill", "ship", "log"],
  ["eu", "us", "ap", "sa", "af"],
  ["new", "upd", "del", "err", "ok"],
] as const;
const KEYS = 125;
const QUEUES = 20;
const BINDINGS = 50;
const PRODUCERS = 4;
/** Messages a second of one producer. */
const RATE = 1000;

/** The reference's own small generator, so that both draw the same fifty patterns. */
function patterns(): string[][] {
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
  const found: string[][] = [];
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
    found.push(words);
  }
  return found;
}

/** Share of the 125 keys that reach a queue with these bindings. */
function shareOf(bindings: readonly string[][]): number {
  let count = 0;
  for (let k = 0; k < KEYS; k++) {
    const key = [WORDS[0][Math.floor(k / 25)], WORDS[1][Math.floor(k / 5) % 5], WORDS[2][k % 5]] as string[];
    if (bindings.some((pattern) => matchesWords(pattern, key))) count++;
  }
  return count / KEYS;
}

/** Four Poisson producers, a topic exchange, fifty bindings, twenty queues, sixty consumers at load 0.8. @param latency ms of every edge */
export function brokerGraph(latency: number): Scenario {
  const nodes = [node("x", "exchange", { type: "topic" })];
  const edges = [];
  const routingKey = WORDS.map((words) => `{${words.join("|")}}`).join(".");
  for (let p = 0; p < PRODUCERS; p++) {
    const key = { k: "uniform", n: KEYS };
    nodes.push(node(`p${p}`, "producer", { rate: RATE, arrival: "exponential", key, routingKey }));
    edges.push(edge("publish", `p${p}`, "x", { latency }));
  }
  const all = patterns();
  all.forEach((words, b) => {
    const key = words.join(".");
    // A broker knows a binding that comes again; a document has it once.
    if (all.some((other, o) => o < b && o % QUEUES === b % QUEUES && other.join(".") === key)) return;
    edges.push({ ...edge("binding", "x", `q${b % QUEUES}`, { latency, key }), id: `b${b}` });
  });
  for (let q = 0; q < QUEUES; q++) {
    const share = shareOf(all.filter((_, b) => b % QUEUES === q));
    // Three servers at load 0.8.
    const mean = share === 0 ? 1 : (0.8 * 3 * 1000) / (PRODUCERS * RATE * share);
    nodes.push(node(`q${q}`, "queue"));
    nodes.push(node(`c${q}`, "consumer", { service: exponential(mean), prefetch: 10, instances: 3 }));
    edges.push(edge("consume", `q${q}`, `c${q}`, { latency }));
  }
  return document(nodes, edges);
}
