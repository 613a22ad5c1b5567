import type { Scenario } from "../engine/index.ts";
import { document, edge, exponential, node } from "./drawing.ts";

const PRODUCERS = 3;
/** Messages a second of one producer: in all about as many hops a virtual second as the graph of RabbitMQ has. */
const RATE = 5000;
const MEMBERS = 4;
const LOAD = 0.8;

/** Three Poisson producers, a topic of twelve partitions, two consumer groups of four at load 0.8. Records are kept for ten seconds. */
export function logGraph(): Scenario {
  const mean = (LOAD * MEMBERS * 1000) / (PRODUCERS * RATE);
  const nodes = [
    // Groups begin at once, so that a short run is of the same kind as a long one.
    node("k", "cluster", { rebalanceTime: 0 }),
    { ...node("t", "topic", { partitions: 12, retentionTime: 10_000 }), parent: "k" },
    ...["a", "b"].map((group) => node(`g${group}`, "group", { offsetReset: "earliest" })),
  ];
  const edges = [];
  for (let p = 0; p < PRODUCERS; p++) {
    nodes.push(node(`p${p}`, "producer", { rate: RATE, arrival: "exponential" }));
    edges.push(edge("publish", `p${p}`, "t"));
  }
  for (const group of ["a", "b"]) {
    const members = node(`c${group}`, "consumer", { service: exponential(mean), instances: MEMBERS });
    nodes.push({ ...members, parent: `g${group}` });
    edges.push(edge("consume", "t", `c${group}`));
  }
  return document(nodes, edges);
}
