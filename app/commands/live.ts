import { isMaker, type ScenarioNode } from "../../engine/scenario/index.ts";
import { engine } from "../bridge/index.ts";
import { useDocument } from "../store/document.ts";
import { useRun } from "../store/run.ts";
import { useView } from "../store/view.ts";
import type { Command } from "./registry.ts";

/** Live operations on the running nodes that are selected (product.md §8): they act at the current virtual time and are kept in the run's log. */

const chosen = (kinds: readonly string[]): string[] => {
  const ids = new Set(useView.getState().selection.nodes);
  const { nodes, edges } = useDocument.getState().scenario;
  // A socket is asked as what its program is.
  const kindOf = (node: ScenarioNode) =>
    node.kind !== "socket" ? node.kind : isMaker(node, edges) ? "socket that makes" : "socket that works";
  return nodes.filter((node) => ids.has(node.id) && kinds.includes(kindOf(node))).map((node) => node.id);
};
const has = (id: string, badge: string): boolean => useRun.getState().badges[id]?.includes(badge) ?? false;
const isRunnable = (): boolean => useRun.getState().layout !== null;

const PRODUCERS = ["producer", "socket that makes"];
const CLIENTS = ["consumer", "service", "socket that works"];
/** Those that can give up their subscription, or ask for everything again: ZeroMQ has neither. */
const SUBSCRIBERS = ["consumer", "service"];
const BROKERS = ["broker", "redis"];
/** Those that can be in alarm: a Redis server refuses writes instead. */
const ALARMED = ["broker"];
const STORES = ["queue", "list", "stream"];
const BURST = 100;

/** One operation on all chosen connections. */
function onLinks(of: Pick<Command, "id" | "title"> & { does: string; args?: Record<string, number> }): Command {
  return {
    id: of.id,
    title: of.title,
    group: "live",
    places: ["edge"],
    when: () => isRunnable() && useView.getState().selection.edges.length > 0,
    perform: () => {
      for (const id of useView.getState().selection.edges) engine.act(of.does, id, of.args);
    },
  };
}

/** One operation on all chosen nodes of its kinds that are in the right state for it. */
function operation(
  of: Pick<Command, "id" | "title"> & { kinds: readonly string[]; does?: string; args?: Record<string, number> },
  fits: (id: string) => boolean = () => true,
): Command {
  const targets = () => chosen(of.kinds).filter(fits);
  return {
    id: of.id,
    title: of.title,
    group: "live",
    places: ["node"],
    when: () => isRunnable() && targets().length > 0,
    perform: () => {
      for (const id of targets()) engine.act(of.does ?? of.id.replace(/^live\./, ""), id, of.args);
    },
  };
}

export const liveCommands: readonly Command[] = [
  operation({ id: "live.producer.pause", title: "commands.live.pause", kinds: PRODUCERS }, (id) => !has(id, "paused")),
  operation({ id: "live.producer.resume", title: "commands.live.resume", kinds: PRODUCERS }, (id) => has(id, "paused")),
  operation({
    id: "live.producer.burst",
    title: "commands.live.burst",
    kinds: PRODUCERS,
    args: { count: BURST },
  }),
  operation({ id: "live.producer.crash", title: "commands.live.crash", kinds: PRODUCERS }, (id) => !has(id, "crashed")),
  operation({ id: "live.producer.restart", title: "commands.live.start", kinds: PRODUCERS }, (id) =>
    has(id, "crashed"),
  ),
  operation({ id: "live.consumer.kill", title: "commands.live.kill", kinds: CLIENTS }, (id) => !has(id, "crashed")),
  operation({ id: "live.consumer.stop", title: "commands.live.stop", kinds: CLIENTS }, (id) => !has(id, "crashed")),
  operation(
    { id: "live.consumer.restart", title: "commands.live.restart", kinds: CLIENTS },
    (id) => has(id, "crashed") || has(id, "not-assigned") || has(id, "hanging"),
  ),
  operation(
    { id: "live.consumer.hang", title: "commands.live.hang", kinds: CLIENTS },
    (id) => !has(id, "crashed") && !has(id, "hanging"),
  ),
  operation(
    { id: "live.consumer.cancel", title: "commands.live.cancel", kinds: SUBSCRIBERS },
    (id) => !has(id, "crashed") && !has(id, "not-assigned"),
  ),
  operation(
    { id: "live.consumer.slow", title: "commands.live.slow", kinds: CLIENTS, args: { factor: 0.25 } },
    (id) => !has(id, "crashed"),
  ),
  operation(
    {
      id: "live.consumer.fast",
      title: "commands.live.fast",
      kinds: CLIENTS,
      does: "consumer.slow",
      args: { factor: 1 },
    },
    (id) => !has(id, "crashed"),
  ),
  operation(
    { id: "live.consumer.recover", title: "commands.live.recover", kinds: SUBSCRIBERS },
    (id) => !has(id, "crashed"),
  ),
  operation({ id: "live.queue.purge", title: "commands.live.purge", kinds: STORES }),
  operation(
    { id: "live.broker.restart", title: "commands.live.brokerRestart", kinds: BROKERS },
    (id) => !has(id, "down"),
  ),
  operation({ id: "live.broker.crash", title: "commands.live.brokerCrash", kinds: BROKERS }, (id) => !has(id, "down")),
  operation({ id: "live.broker.alarm", title: "commands.live.alarm", kinds: ALARMED }, (id) => !has(id, "alarm")),
  operation({ id: "live.broker.clear", title: "commands.live.clear", kinds: ALARMED }, (id) => has(id, "alarm")),
  onLinks({ id: "live.edge.cut", title: "commands.live.cut", does: "edge.cut" }),
  onLinks({ id: "live.edge.loss", title: "commands.live.lossy", does: "edge.loss", args: { share: 0.1 } }),
  onLinks({ id: "live.edge.slow", title: "commands.live.delay", does: "edge.slow", args: { ms: 500 } }),
  onLinks({ id: "live.edge.heal", title: "commands.live.heal", does: "edge.heal" }),
];
