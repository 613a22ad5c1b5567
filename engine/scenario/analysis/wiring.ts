import { allows } from "../regular-expression.ts";
import { settingsAs } from "../schema.ts";
import { brokerNameOf, brokerOf } from "../topology.ts";
import type { ScenarioNode } from "../types.ts";
import { type Flow, rateOf, resourceOf } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";

/** Problems of connections: what leads nowhere, comes from nowhere, or names something that is not there. */
export function wiringProblems(graph: Graph, flow: Flow): Problem[] {
  return [
    ...ends(graph, flow),
    ...unroutableKeys(graph, flow),
    ...missingTargets(graph),
    ...leftovers(graph),
    ...permissions(graph),
    ...declarations(graph),
    ...streamReaders(graph),
    ...storeEnds(graph, flow),
  ];
}

function ends(graph: Graph, flow: Flow): Problem[] {
  const found: Problem[] = [];
  const named = new Set([...graph.of("queue").flatMap((q) => deadLetterExchange(graph, q)), ...alternates(graph)]);
  for (const producer of graph.of("producer"))
    if (graph.out(producer.id, "publish").length === 0)
      found.push(problem("warning", "producer-unconnected", producer));
  for (const client of [...graph.of("consumer"), ...graph.of("service")])
    if (graph.in(client.id, "consume").length === 0) found.push(problem("warning", "no-source", client));
  for (const exchange of graph.of("exchange")) {
    if (!isFed(graph, exchange) && !named.has(exchange.id)) found.push(problem("info", "no-source", exchange));
    else if (graph.out(exchange.id, "binding").length === 0 && graph.alternate(exchange) === null)
      found.push(problem("warning", "exchange-unbound", exchange));
  }
  for (const queue of graph.of("queue")) {
    if (!isFed(graph, queue)) found.push(problem("info", "no-source", queue));
    const isStream = settingsAs("queue", queue).queueType === "stream";
    // A queue that messages leave by expiring into another one is a waiting room, not an accident.
    const waits = graph.hasTtl(queue) && graph.deadLetter(queue) !== null;
    if (graph.consumersOf(queue).length === 0 && !waits && !isStream) {
      const arrives = rateOf(flow.arriving.get(queue.id)) > 0;
      found.push(problem(arrives ? "warning" : "info", "no-consumer", queue));
    }
  }
  return found;
}

/** As for queues. A stream or topic keeps its entries whether anybody reads it or not. */
function storeEnds(graph: Graph, flow: Flow): Problem[] {
  const found: Problem[] = [];
  for (const store of graph.stores()) {
    if (store.kind === "queue") continue;
    if (!isFed(graph, store)) found.push(problem("info", "no-source", store));
    if (
      graph.consumersOf(store).length > 0 ||
      store.kind === "stream" ||
      store.kind === "topic" ||
      store.kind === "rmqTopic"
    )
      continue;
    const arrives = rateOf(flow.arriving.get(store.id)) > 0;
    const code = store.kind === "channel" ? "no-subscriber" : "no-consumer";
    found.push(problem(arrives ? "warning" : "info", code, store));
  }
  return found;
}

/** Ids of the exchange (or queue) that a dead-letter setting names. */
function deadLetterExchange(graph: Graph, queue: ScenarioNode): string[] {
  const target = graph.deadLetter(queue);
  const exchange = target === null ? undefined : graph.find("exchange", target.exchange, queue);
  return exchange === undefined ? [] : [exchange.id];
}

function alternates(graph: Graph): string[] {
  return graph.of("exchange").flatMap((exchange) => {
    const name = graph.alternate(exchange);
    const other = name === null ? undefined : graph.find("exchange", name, exchange);
    return other === undefined ? [] : [other.id];
  });
}

function isFed(graph: Graph, node: ScenarioNode): boolean {
  if (["publish", "binding", "deadLetter", "alternate"].some((kind) => graph.in(node.id, kind).length > 0)) return true;
  if (node.kind !== "queue") return false;
  return graph.of("queue").some((other) => {
    const target = graph.deadLetter(other);
    return target?.exchange === "" && target.key === brokerNameOf(node) && graph.broker(other) === graph.broker(node);
  });
}

function unroutableKeys(graph: Graph, flow: Flow): Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (const { edge, stream, queues } of flow.sent) {
    const to = graph.node(edge.to);
    // An exchange without any way out has its own sentence; an inert type cannot be judged.
    if (queues.length > 0 || to.kind !== "exchange" || seen.has(edge.id)) continue;
    if (graph.out(to.id, "binding").length === 0 && graph.alternate(to) === null) continue;
    if (!["direct", "topic", "headers", "fanout"].includes(settingsAs("exchange", to).type)) continue;
    seen.add(edge.id);
    const facts = { key: stream.key, exchange: to.name, producer: graph.node(edge.from).name };
    found.push(problem("warning", "key-matches-nothing", edge, facts));
  }
  return found;
}

function missingTargets(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const queue of graph.of("queue")) {
    const target = graph.deadLetter(queue);
    if (target === null) continue;
    const isDefault = target.exchange === "";
    // Without a key of its own a dead letter keeps the key it came with: which queue that names is not known here.
    const known = isDefault
      ? target.key === null || graph.find("queue", target.key, queue) !== undefined
      : graph.find("exchange", target.exchange, queue) !== undefined;
    if (!known) {
      const exchange = isDefault ? (target.key ?? "") : target.exchange;
      found.push(problem("warning", "dlx-missing-target", queue, { exchange }, "deadLetterExchange"));
    }
  }
  for (const exchange of graph.of("exchange")) {
    const name = graph.alternate(exchange);
    if (name !== null && graph.find("exchange", name, exchange) === undefined)
      found.push(problem("warning", "alternate-missing-target", exchange, { exchange: name }, "alternate"));
  }
  return found;
}

function leftovers(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const node of [...graph.of("exchange"), ...graph.of("queue")]) {
    const names = Object.keys(settingsAs(node.kind as "exchange" | "queue", node).arguments);
    if (names.length > 0)
      found.push(problem("info", "unknown-imported-argument", node, { arguments: names.join(", ") }, "arguments"));
  }
  return found;
}

/** A client that declares its queue otherwise than it is: 406 (semantics/rabbitmq.md §11). */
function declarations(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const queue of graph.of("queue")) {
    const s = settingsAs("queue", queue);
    const isDurable = s.durable || s.queueType !== "classic";
    const edges = [...graph.in(queue.id, "publish"), ...graph.out(queue.id, "consume")];
    for (const edge of edges) {
      const { declare } = settingsAs(edge.kind as "publish" | "consume", edge);
      if (declare !== "durable" && declare !== "transient") continue;
      if ((declare === "durable") === isDurable) continue;
      const client = graph.node(edge.kind === "publish" ? edge.from : edge.to).name;
      found.push(problem("warning", "declare-mismatch", edge, { client, queue: queue.name }, "declare"));
    }
  }
  return found;
}

/** Streams want acknowledgements and a limit of one's own (semantics/rabbitmq.md §15). */
function streamReaders(graph: Graph): Problem[] {
  const found: Problem[] = [];
  for (const queue of graph.of("queue")) {
    if (settingsAs("queue", queue).queueType !== "stream") continue;
    for (const { client } of graph.consumersOf(queue)) {
      const { prefetch, prefetchGlobal, ack, getEvery } = graph.consuming(client);
      if (prefetch > 0 && !prefetchGlobal && ack !== "auto" && getEvery === null) continue;
      found.push(problem("warning", "stream-refuses-consumer", client, { queue: queue.name }));
    }
  }
  return found;
}

/** Rights are looked up per user in the list of the broker; an empty list and the user `guest`, unless listed, are not checked. */
function permissions(graph: Graph): Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  const check = (client: ScenarioNode, object: ScenarioNode, right: "read" | "write"): void => {
    const broker = brokerOf(graph.scenario, object);
    if (broker?.kind !== "broker") return;
    const { users } = settingsAs("broker", broker);
    const { user, password } = settingsAs("consumer", client);
    const entry = users.find((other) => other.name === user);
    const resource = right === "write" ? resourceOf(object) : brokerNameOf(object);
    const once = `${client.id} ${broker.id} ${entry === undefined ? "" : `${right} ${resource}`}`;
    if (users.length === 0 || seen.has(once)) return;
    seen.add(once);
    if (entry === undefined) {
      if (user !== "guest")
        found.push(problem("warning", "unknown-user", client, { user, broker: broker.name }, "user"));
    } else if (password !== null && entry.password && entry.password !== password)
      found.push(problem("warning", "wrong-password", client, { user, broker: broker.name }, "password"));
    else if (!allows(entry[right], resource))
      found.push(problem("warning", "permission-missing", client, { user, right, resource }, "user"));
  };
  for (const client of [...graph.of("producer"), ...graph.of("consumer"), ...graph.of("service")]) {
    for (const edge of graph.out(client.id, "publish")) check(client, graph.node(edge.to), "write");
    for (const edge of graph.in(client.id, "consume")) check(client, graph.node(edge.from), "read");
  }
  return found;
}
