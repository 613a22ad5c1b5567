import { settingsAs } from "../schema.ts";
import type { ScenarioNode } from "../types.ts";
import type { Graph } from "./graph.ts";
import { outletsOf, workOf } from "./outlets.ts";
import { type Problem, problem } from "./report-problem.ts";

/** What Redis leaves to its clients (semantics/redis.md): what is lost, or done twice, without anybody being told. */
export function redisProblems(graph: Graph): Problem[] {
  return [...channels(graph), ...lists(graph), ...streams(graph)];
}

/** A channel hands on and forgets: whoever is not subscribed at that moment never gets the message. */
function channels(graph: Graph): Problem[] {
  return graph
    .of("channel")
    .filter((channel) => graph.in(channel.id, "publish").length > 0 && graph.consumersOf(channel).length > 0)
    .map((channel) => problem("info", "pubsub-no-persistence", channel));
}

function lists(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const list of graph.of("list")) {
    const clients = graph.consumersOf(list).map(({ client }) => client);
    const { take, reclaimAfter } = settingsAs("list", list);
    if (take === "pop") {
      if (clients.length > 0) found.push(problem("info", "pop-can-lose", list, {}, "take"));
      continue;
    }
    // What waits in the client counts too, but a client takes one message for each that it can work on.
    const slow = clients.find((client) => workOf(client) >= reclaimAfter);
    if (slow !== undefined) found.push(tooEarly(list, slow, workOf(slow), 1, reclaimAfter, "reclaimAfter"));
  }
  return found;
}

function streams(graph: Graph): Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (const { store, edges } of outletsOf(graph)) {
    if (store.kind !== "stream" || seen.has(store.id)) continue;
    const { claimIdle, count } = settingsAs("stream", store);
    if (claimIdle === null || edges.every((edge) => settingsAs("consume", edge).group === "")) continue;
    for (const edge of edges) {
      const client = graph.node(edge.to);
      const { concurrency, ack } = graph.consuming(client);
      // All of a batch is pending from the moment it was read; its last entry is done when all before it are.
      const time = workOf(client) * Math.ceil(count / concurrency);
      if (ack !== "manual" || time < claimIdle || seen.has(store.id)) continue;
      seen.add(store.id);
      found.push(tooEarly(store, client, time, count, claimIdle, "claimIdle"));
    }
  }
  for (const stream of graph.of("stream"))
    if (graph.out(stream.id, "deadLetter").length > 0 && settingsAs("stream", stream).maxDeliveries === null)
      found.push(problem("info", "dead-letter-never", stream, {}, "maxDeliveries"));
  return found;
}

function tooEarly(
  store: ScenarioNode,
  client: ScenarioNode,
  time: number,
  count: number,
  idle: number,
  field: string,
): Problem {
  const facts = { client: client.name, count, time: Math.round(time), idle };
  return problem("warning", "claim-before-done", store, facts, field);
}
