import { settingsOf } from "./schema.ts";
import type { Scenario, ScenarioEdge, ScenarioNode } from "./types.ts";

/**
 * Which types of ZeroMQ socket can talk to each other, as far as they can be drawn; the most usual peer first. `legalPeers` of the model says the same of all types: a test
 * compares the two, because a document knows no model.
 */
export const SOCKET_PEERS: { readonly [type: string]: readonly string[] } = {
  PUSH: ["PULL"],
  PULL: ["PUSH"],
  PUB: ["SUB", "XSUB"],
  SUB: ["PUB", "XPUB"],
  REQ: ["REP", "ROUTER"],
  REP: ["REQ", "DEALER"],
  DEALER: ["ROUTER", "REP", "DEALER"],
  ROUTER: ["DEALER", "REQ", "ROUTER"],
  PAIR: ["PAIR"],
  XPUB: ["SUB", "XSUB"],
  XSUB: ["PUB", "XPUB"],
};

/** The two sockets of a proxy: what messages come in through, and what they leave through. Answers and subscriptions go the other way. */
export const PROXY_ENDS: { readonly [type: string]: { readonly front: string; readonly back: string } } = {
  queue: { front: "ROUTER", back: "DEALER" },
  forwarder: { front: "XSUB", back: "XPUB" },
  streamer: { front: "PULL", back: "PUSH" },
  balancer: { front: "ROUTER", back: "ROUTER" },
};

/** A program with one of the first only makes messages, with one of the second it only works on them; with any other it makes them when a connection leads away from it. */
const ONLY_MAKES = ["PUSH", "PUB", "XPUB", "REQ"];
const ONLY_WORKS = ["PULL", "SUB", "XSUB", "REP"];

export const socketType = (node: ScenarioNode): string => String(settingsOf(node).type ?? "");

/** The type of socket that a connection begins with at a node, or (`backwards`) ends with: a proxy has one for each. "" for nodes without. */
export function endType(node: ScenarioNode, backwards = false): string {
  if (node.kind === "socket") return socketType(node);
  if (node.kind !== "proxy") return "";
  const type = socketType(node);
  const ends = Object.hasOwn(PROXY_ENDS, type) ? PROXY_ENDS[type] : undefined;
  return (backwards ? ends?.front : ends?.back) ?? "";
}

/** What a socket of this type most often talks to. */
export const usualPeer = (type: string): string | undefined =>
  Object.hasOwn(SOCKET_PEERS, type) ? SOCKET_PEERS[type]?.[0] : undefined;

/** Who most often stands before a proxy, and behind it. */
const USUAL_AT_PROXY: { readonly [type: string]: { readonly before: string; readonly behind: string } } = {
  queue: { before: "REQ", behind: "REP" },
  forwarder: { before: "PUB", behind: "SUB" },
  streamer: { before: "PUSH", behind: "PULL" },
  balancer: { before: "REQ", behind: "DEALER" },
};

/** Whether a connection may lead away from (or, `backwards`, to) a socket of this type. */
export const hasWay = (type: string, backwards = false): boolean =>
  !(backwards ? ONLY_MAKES : ONLY_WORKS).includes(type);

/** Whether the program of a socket makes messages: `pipes` are all connections of the drawing. */
export function isMaker(node: ScenarioNode, pipes: readonly ScenarioEdge[]): boolean {
  const type = socketType(node);
  if (!hasWay(type)) return false;
  return !hasWay(type, true) || pipes.some((edge) => edge.kind === "pipe" && edge.from === node.id);
}

/** Whether the program of a socket works on messages: one of a type that can do both does both when connections lead to it and away. */
export function isWorker(node: ScenarioNode, pipes: readonly ScenarioEdge[]): boolean {
  if (!hasWay(socketType(node), true)) return false;
  return !isMaker(node, pipes) || pipes.some((edge) => edge.kind === "pipe" && edge.to === node.id);
}

/** Whether a connection may lead away from (or, `backwards`, to) a node: a proxy has both ways. */
const leads = (node: ScenarioNode, backwards = false): boolean =>
  node.kind === "proxy" || hasWay(socketType(node), backwards);

/** Whom the end of a node can talk to. Workers of a balancer say by themselves that they are free, which a ROUTER in front of other programs would not. */
function peersOf(node: ScenarioNode, backwards = false): readonly string[] {
  if (node.kind === "proxy" && !backwards && socketType(node) === "balancer") return ["DEALER"];
  return SOCKET_PEERS[endType(node, backwards)] ?? [];
}

/**
 * The usual type of a new socket or proxy behind another (or, `isBefore`, before it). Sockets of a type with one way only are taken in that way.
 * @returns undefined when there is none that could be connected
 */
export function usualTypeBeside(neighbour: ScenarioNode, kind: string, isBefore = false): string | undefined {
  const type = socketType(neighbour);
  if (kind === "socket") {
    if (neighbour.kind === "socket") return usualPeer(type);
    const usual = Object.hasOwn(USUAL_AT_PROXY, type) ? USUAL_AT_PROXY[type] : undefined;
    return neighbour.kind === "proxy" ? (isBefore ? usual?.before : usual?.behind) : undefined;
  }
  if (kind !== "proxy") return undefined;
  const turned = neighbour.kind === "socket" && !hasWay(type, isBefore) ? !isBefore : isBefore;
  return Object.keys(PROXY_ENDS).find((one) => {
    const proxy = { kind, settings: { type: one } } as unknown as ScenarioNode;
    return turned
      ? peersOf(proxy).includes(endType(neighbour, true))
      : peersOf(neighbour).includes(endType(proxy, true));
  });
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
  const [fromType, toType] = [endType(from), endType(to, true)];
  if (!Object.hasOwn(SOCKET_PEERS, fromType) || !Object.hasOwn(SOCKET_PEERS, toType)) return null;
  const peers = peersOf(from);
  const facts = { from: from.name, to: to.name, fromType, toType, peers: peers.join(" / ") };
  if (!peers.includes(toType)) return { code: "socket-pair", facts };
  if (!leads(from) || !leads(to, true)) return { code: "socket-direction", facts };
  if (fromType !== "PAIR") return null;
  const others = scenario.edges.filter((other) => other.kind === "pipe" && other.id !== edge);
  const taken = [from, to].find(({ id }) => others.some((other) => other.from === id || other.to === id));
  return taken === undefined ? null : { code: "pair-taken", facts: { ...facts, name: taken.name } };
}
