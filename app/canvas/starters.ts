import { addNode, connect, type NodeKind, type Scenario, type Settings } from "../../engine/scenario/index.ts";

type Piece = [name: string, kind: NodeKind, x: number, y: number, settings?: Settings];
type Link = [from: string, to: string, settings?: Settings];

/** Builds a small picture out of the same edits that a hand would make. */
function build(scenario: Scenario, pieces: readonly Piece[], links: readonly Link[]): Scenario {
  const ids = new Map<string, string>();
  let now = scenario;
  for (const [name, kind, x, y, settings] of pieces) {
    const added = addNode(now, kind, { name, x, y, ...(settings && { settings }) });
    now = added.scenario;
    ids.set(name, added.id);
  }
  for (const [from, to, settings] of links) {
    const made = connect(now, ids.get(from) ?? "", ids.get(to) ?? "", settings ? { settings } : {});
    if (made.ok) now = made.scenario;
  }
  return now;
}

/** Beginnings for an empty canvas. */
export const STARTERS = [
  {
    id: "workers",
    build: (s: Scenario) =>
      build(
        s,
        [
          ["producer-1", "producer", 2, 8, { rate: 8 }],
          ["tasks", "queue", 20, 8],
          ["worker-1", "consumer", 39, 3, { prefetch: 1 }],
          ["worker-2", "consumer", 39, 13, { prefetch: 1 }],
        ],
        [
          ["producer-1", "tasks"],
          ["tasks", "worker-1"],
          ["tasks", "worker-2"],
        ],
      ),
  },
  {
    id: "publishSubscribe",
    build: (s: Scenario) =>
      build(
        s,
        [
          ["publisher-1", "producer", 2, 11, { rate: 3 }],
          ["news", "exchange", 18, 10, { type: "fanout" }],
          ["mail", "queue", 33, 3],
          ["search", "queue", 33, 11],
          ["audit", "queue", 33, 19],
          ["mailer", "consumer", 51, 3],
          ["indexer", "consumer", 51, 11],
          ["auditor", "consumer", 51, 19],
        ],
        [
          ["publisher-1", "news"],
          ["news", "mail"],
          ["news", "search"],
          ["news", "audit"],
          ["mail", "mailer"],
          ["search", "indexer"],
          ["audit", "auditor"],
        ],
      ),
  },
  {
    id: "topic",
    build: (s: Scenario) =>
      build(
        s,
        [
          ["shop", "producer", 2, 11, { rate: 4, key: { k: "roundRobin", n: 3 }, routingKey: "order.{key}.paid" }],
          ["orders", "exchange", 18, 10, { type: "topic" }],
          ["all-orders", "queue", 34, 6],
          ["orders-a", "queue", 34, 16],
          ["billing", "consumer", 52, 6],
          ["shipping", "consumer", 52, 16],
        ],
        [
          ["shop", "orders"],
          ["orders", "all-orders", { key: "order.#" }],
          ["orders", "orders-a", { key: "order.A.*" }],
          ["all-orders", "billing"],
          ["orders-a", "shipping"],
        ],
      ),
  },
  {
    id: "deadLetter",
    build: (s: Scenario) =>
      build(
        s,
        [
          ["producer-1", "producer", 2, 4, { rate: 5 }],
          ["work", "queue", 18, 4],
          ["worker", "consumer", 36, 4, { failRate: 0.2, onFail: "reject" }],
          ["failed", "exchange", 28, 14, { type: "fanout" }],
          ["parking", "queue", 44, 15],
        ],
        [
          ["producer-1", "work"],
          ["work", "worker"],
          ["work", "failed"],
          ["failed", "parking"],
        ],
      ),
  },
  {
    id: "streamGroups",
    build: (s: Scenario) =>
      build(
        s,
        [
          ["producer-1", "producer", 2, 8, { rate: 4 }],
          ["orders", "stream", 18, 8],
          ["billing-1", "consumer", 38, 1],
          ["billing-2", "consumer", 38, 8],
          ["audit", "consumer", 38, 15],
        ],
        [
          ["producer-1", "orders"],
          ["orders", "billing-1", { group: "billing" }],
          ["orders", "billing-2", { group: "billing" }],
          ["orders", "audit", { group: "audit" }],
        ],
      ),
  },
] as const;
