import { settingsOf } from "./schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "./types.ts";

/**
 * Which types of ZeroMQ socket can talk to each other, as far as they can be drawn; the most usual peer first. `legalPeers` of the model says the same of all types: a test
 * compares the two, because a document knows no model.
 */
export const SOCKET_PEERS: { readonly [type: string]: readonly string[] } = {
  PUSH: ["PULL"],
  PULL: ["PUSH"],
  PUB: ["SUB"],
  SUB: ["PUB"],
  REQ: ["REP", "ROUTER"],
  REP: ["REQ", "DEALER"],
  DEALER: ["ROUTER", "REP", "DEALER"],
  ROUTER: ["DEALER", "REQ", "ROUTER"],
  PAIR: ["PAIR"],
};

/** A program with one of the first only makes messages, with one of the second it only works on them; with any other it makes them when a connection leads away from it. */
const ONLY_MAKES = ["PUSH", "PUB", "REQ"];
const ONLY_WORKS = ["PULL", "SUB", "REP"];

export const socketType = (node: ScenarioNode): string => String(settingsOf(node).type ?? "");

/** What a socket of this type most often talks to. */
export const usualPeer = (type: string): string | undefined =>
  Object.hasOwn(SOCKET_PEERS, type) ? SOCKET_PEERS[type]?.[0] : undefined;

/** Whether a connection may lead away from (or, `backwards`, to) a socket of this type. */
export const hasWay = (type: string, backwards = false): boolean =>
  !(backwards ? ONLY_MAKES : ONLY_WORKS).includes(type);

/** Whether the program of a socket makes messages: `pipes` are all connections of the drawing. */
export function isMaker(node: ScenarioNode, pipes: readonly ScenarioEdge[]): boolean {
  const type = socketType(node);
  if (!hasWay(type)) return false;
  return !hasWay(type, true) || pipes.some((edge) => edge.kind === "pipe" && edge.from === node.id);
}

export interface PipeFault {
  code: "socket-pair" | "socket-direction" | "pair-taken";
  facts: { [name: string]: string };
}

/**
 * Why two sockets cannot be connected, or not this way round. `peers` of the facts names those that the first can talk to.
 * @param edge the connection itself, when it is in the document already @returns null when they can, or when a type is unknown
 */
export function pipeFault(scenario: Scenario, from: ScenarioNode, to: ScenarioNode, edge?: string): PipeFault | null {
  const [fromType, toType] = [socketType(from), socketType(to)];
  if (!Object.hasOwn(SOCKET_PEERS, fromType) || !Object.hasOwn(SOCKET_PEERS, toType)) return null;
  const peers = SOCKET_PEERS[fromType] ?? [];
  const facts = { from: from.name, to: to.name, fromType, toType, peers: peers.join(" / ") };
  if (!peers.includes(toType)) return { code: "socket-pair", facts };
  if (!hasWay(fromType) || !hasWay(toType, true)) return { code: "socket-direction", facts };
  if (fromType !== "PAIR") return null;
  const others = scenario.edges.filter((other) => other.kind === "pipe" && other.id !== edge);
  const taken = [from, to].find(({ id }) => others.some((other) => other.from === id || other.to === id));
  return taken === undefined ? null : { code: "pair-taken", facts: { ...facts, name: taken.name } };
}
