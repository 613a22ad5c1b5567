import type { Graph } from "../scenario/analysis/graph.ts";
import { route } from "../scenario/analysis/routing.ts";
import type { Table } from "../scenario/index.ts";
import type { Letter } from "./publishing.ts";

const KINDS_PER_QUEUE_MAX = 60;

/** Keeps track of which kinds of message get to which queues, directly and as dead letters. */
export class Mail {
  /** Queues that published messages reach. */
  readonly reached: Set<string> = new Set();
  private readonly graph: Graph;
  private readonly posted: Letter[] = [];

  constructor(graph: Graph) {
    this.graph = graph;
  }

  post(letter: Letter): void {
    this.posted.push(letter);
    for (const queue of letter.queues) this.reached.add(queue);
  }

  /** Queues that are reached when every queue's messages also die there once. */
  withDeadLetters(): Set<string> {
    const arrived = new Map<string, Map<string, { key: string; headers: Table }>>();
    const open: { queue: string; key: string; headers: Table }[] = [];
    const arrive = (queue: string, key: string, headers: Table): void => {
      const kinds = arrived.get(queue) ?? new Map();
      arrived.set(queue, kinds);
      const same = JSON.stringify([key, headers]);
      if (kinds.has(same) || kinds.size >= KINDS_PER_QUEUE_MAX) return;
      kinds.set(same, { key, headers });
      open.push({ queue, key, headers });
    };
    for (const { key, headers, queues } of this.posted) for (const queue of queues) arrive(queue, key, headers);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const queue = this.graph.node(next.queue);
      const target = this.graph.deadLetter(queue);
      if (target === null) continue;
      const key = target.key ?? next.key;
      const direct = target.exchange === "" ? this.graph.find("queue", key, queue) : undefined;
      if (direct !== undefined) arrive(direct.id, key, next.headers);
      const exchange = target.exchange === "" ? undefined : this.graph.find("exchange", target.exchange, queue);
      if (exchange !== undefined)
        for (const to of route(this.graph, exchange, key, next.headers).keys()) arrive(to, key, next.headers);
    }
    return new Set(arrived.keys());
  }
}
