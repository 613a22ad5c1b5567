import { distMean } from "../../kernel/distributions.ts";
import { settingsAs } from "../schema.ts";
import type { ScenarioEdge, ScenarioNode } from "../types.ts";
import { type Flow, rateOf } from "./flow.ts";
import type { Graph } from "./graph.ts";
import { filterOf, passesTags } from "./tags.ts";

/** Readers that share what they are given: all of a queue or list, one group of a stream or topic, each other reader by itself. */
export interface Outlet {
  store: ScenarioNode;
  /** Consume edges; empty only for a queue or list that nobody reads. */
  edges: ScenarioEdge[];
}

/** The outlets of everything that keeps or passes on messages, in the document's order. */
export function outletsOf(graph: Graph): Outlet[] {
  return graph.stores().flatMap((store): Outlet[] => {
    const edges = graph.out(store.id, "consume");
    if (store.kind === "queue" || store.kind === "list") return [{ store, edges }];
    const shared = new Map<string, ScenarioEdge[]>();
    for (const edge of edges) {
      const mates = graph.sharing(edge);
      shared.set(mates[0]?.id ?? edge.id, mates);
    }
    return [...shared.values()].map((mates) => ({ store, edges: mates }));
  });
}

/** Messages per second that an outlet is offered. Of what is published to a channel under other names only pattern subscribers are counted, and those as if all matched. */
export function offered(graph: Graph, flow: Flow, { store, edges }: Outlet): number {
  const streams = flow.arriving.get(store.id);
  if (store.kind === "rmqTopic" && edges[0] !== undefined) {
    const filter = filterOf(graph.scenario, edges[0]);
    return rateOf(streams?.filter(({ key }) => passesTags(filter, key)));
  }
  if (store.kind !== "channel") return rateOf(streams);
  const isExact = edges.every((edge) => settingsAs("consume", edge).pattern === "");
  return rateOf(isExact ? streams?.filter((stream) => stream.key === store.name) : streams);
}

/** Virtual ms of work on one message, as the client is set. */
export function workOf(client: ScenarioNode): number {
  const s = settingsAs("consumer", client);
  return distMean(s.service) / s.speed;
}
