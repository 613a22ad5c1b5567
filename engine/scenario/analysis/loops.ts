import { settingsAs } from "../schema.ts";
import type { ScenarioNode } from "../types.ts";
import { type Graph, isStore } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";
import { route } from "./routing.ts";

/** Circles in which messages can go round. All are allowed; the sentences say what the broker makes of them. */
export function loopProblems(graph: Graph): Problem[] {
  return [...deadLetterLoops(graph), ...exchangeLoops(graph), ...serviceLoops(graph)];
}

function deadLetterLoops(graph: Graph): Problem[] {
  const next = new Map(graph.of("queue").map((queue) => [queue.id, deadLetterQueues(graph, queue)]));
  for (const stream of graph.of("stream"))
    next.set(
      stream.id,
      graph.out(stream.id, "deadLetter").map((edge) => edge.to),
    );
  return circles(next).map((ids) => {
    const queues = ids.map((id) => graph.node(id));
    // Rejected dead letters go round for ever; a circle of expiries alone is broken by the broker.
    const rejects = queues.some(
      (queue) => queue.kind === "stream" || graph.consumersOf(queue).some(({ client }) => isRejecting(graph, client)),
    );
    const facts = { queues: queues.map((queue) => queue.name).join(" → ") };
    return problem(rejects ? "warning" : "info", "dead-letter-loop", queues[0] as ScenarioNode, facts);
  });
}

function isRejecting(graph: Graph, client: ScenarioNode): boolean {
  const s = graph.consuming(client);
  return (s.failRate > 0 || s.failKeys.length > 0) && s.onFail !== "requeue" && s.ack === "manual";
}

function deadLetterQueues(graph: Graph, queue: ScenarioNode): string[] {
  const target = graph.deadLetter(queue);
  if (target === null) return [];
  // Without a key of its own the dead letter keeps one that the queue was bound with.
  const keys = target.key !== null ? [target.key] : keysInto(graph, queue);
  if (target.exchange === "") {
    const queues = keys.map((key) => graph.find("queue", key, queue)?.id);
    return queues.filter((id): id is string => id !== undefined);
  }
  const exchange = graph.find("exchange", target.exchange, queue);
  if (exchange === undefined) return [];
  return [...new Set(keys.flatMap((key) => [...route(graph, exchange, key, {}).keys()]))];
}

function keysInto(graph: Graph, queue: ScenarioNode): string[] {
  const keys = graph.in(queue.id, "binding").map((edge) => settingsAs("binding", edge).key);
  return [...new Set([queue.name, ...keys])];
}

function exchangeLoops(graph: Graph): Problem[] {
  const next = new Map(
    graph.of("exchange").map((exchange) => [
      exchange.id,
      graph
        .out(exchange.id, "binding")
        .map((edge) => edge.to)
        .filter((id) => graph.node(id).kind === "exchange"),
    ]),
  );
  return circles(next).map((ids) => {
    const exchanges = ids.map((id) => graph.node(id).name).join(" → ");
    return problem("info", "exchange-loop", graph.node(ids[0] as string), { exchanges });
  });
}

/** Services whose output can come back to them. */
function serviceLoops(graph: Graph): Problem[] {
  const next = new Map<string, string[]>();
  for (const node of graph.scenario.nodes) {
    const kinds = node.kind === "exchange" ? ["binding"] : isStore(node.kind) ? ["consume"] : ["publish"];
    const silent = node.kind === "service" && isSilent(node);
    next.set(node.id, silent ? [] : kinds.flatMap((kind) => graph.out(node.id, kind).map((edge) => edge.to)));
  }
  return circles(next).flatMap((ids) => {
    const nodes = ids.map((id) => graph.node(id));
    const service = nodes.find((node) => node.kind === "service");
    if (service === undefined) return [];
    return [problem("warning", "service-loop", service, { nodes: nodes.map((node) => node.name).join(" → ") })];
  });
}

function isSilent(service: ScenarioNode): boolean {
  const s = settingsAs("service", service);
  return s.then === "reply" || s.fanout === 0;
}

/** One list of ids for every group of nodes that all reach each other (and every node that leads to itself), in the order of the map. Tarjan's algorithm as a loop. */
export function circles(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const root of next.keys()) {
    if (index.has(root)) continue;
    const work: { id: string; at: number }[] = [{ id: root, at: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1] as { id: string; at: number };
      const { id } = frame;
      if (frame.at === 0) {
        index.set(id, index.size);
        low.set(id, index.get(id) as number);
        stack.push(id);
        onStack.add(id);
      }
      const child = (next.get(id) ?? [])[frame.at++];
      if (child === undefined) {
        work.pop();
        const parent = work[work.length - 1];
        if (parent !== undefined) lower(low, parent.id, low.get(id) as number);
        if (low.get(id) === index.get(id)) {
          const group = stack.splice(stack.indexOf(id));
          for (const member of group) onStack.delete(member);
          if (group.length > 1 || (next.get(id) ?? []).includes(id)) found.push(group);
        }
      } else if (!index.has(child)) work.push({ id: child, at: 0 });
      else if (onStack.has(child)) lower(low, id, index.get(child) as number);
    }
  }
  return found;
}

function lower(low: Map<string, number>, id: string, to: number): void {
  if (to < (low.get(id) as number)) low.set(id, to);
}
