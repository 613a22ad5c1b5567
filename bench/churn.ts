import type { Scenario, ScenarioEdge, Settings } from "../engine/index.ts";
import { document, edge, exponential, node } from "./drawing.ts";

/** Pause before a retry of each line, ms. */
const PAUSES = [20, 50, 100, 200];
/** Messages a second of one line, before retries. */
const RATE = 500;

/**
 * Messages that rarely end the first time: four lines of work, each with too few hands, so that some wait longer than they may live, and one in five is rejected. Both go
 * through a dead-letter exchange to a queue where they wait and expire once more, back to the work. One line's messages carry a life of their own, shorter than the queue's.
 */
export function churn(): Scenario {
  const nodes = [node("jobs", "exchange", { type: "topic" }), node("dead", "exchange", { type: "direct" })];
  const edges: ScenarioEdge[] = [];
  PAUSES.forEach((pause, i) => {
    const own: Settings = i === 3 ? { ttl: 15 } : {};
    nodes.push(
      node(`p${i}`, "producer", { rate: RATE, arrival: "exponential", routingKey: `line${i}.new`, ...own }),
      node(`work${i}`, "queue", { messageTtl: 30, deadLetterKey: `line${i}` }),
      node(`wait${i}`, "queue", { messageTtl: pause, deadLetterKey: `line${i}.again` }),
      node(`c${i}`, "consumer", {
        service: exponential(4),
        prefetch: 2,
        instances: 2,
        failRate: 0.2,
        onFail: "reject",
      }),
    );
    edges.push(
      edge("publish", `p${i}`, "jobs"),
      edge("binding", "jobs", `work${i}`, { key: `line${i}.*` }),
      edge("deadLetter", `work${i}`, "dead"),
      edge("binding", "dead", `wait${i}`, { key: `line${i}` }),
      edge("deadLetter", `wait${i}`, "jobs"),
      edge("consume", `work${i}`, `c${i}`),
    );
  });
  return document(nodes, edges);
}
