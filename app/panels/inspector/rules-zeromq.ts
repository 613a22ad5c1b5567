import { type ScenarioNode, settingsOf } from "../../../engine/scenario/index.ts";
import type { RunEvent } from "../../../engine/worker/protocol.ts";

const API = "https://libzmq.readthedocs.io/en/latest/zmq_socket.html";
const OPTIONS = "https://libzmq.readthedocs.io/en/latest/zmq_setsockopt.html";
const GUIDE = "https://zguide.zeromq.org/docs/";

/** The rules of ZeroMQ that are quoted beside what happened, with the page that says so. The sentence is the text `zeromq.rules.<id>`. */
export const ZEROMQ_RULES = {
  sent: "https://libzmq.readthedocs.io/en/latest/zmq_send.html",
  held: API,
  "asked-again": `${GUIDE}chapter4/`,
  answered: API,
  queue: OPTIONS,
  turn: API,
  "no-subscriber": `${GUIDE}chapter1/`,
  "full-drop": API,
  "gone-with-peer": `${GUIDE}chapter2/`,
  "late-answer": OPTIONS,
  lockstep: API,
  "handed-on": "https://libzmq.readthedocs.io/en/latest/zmq_proxy.html",
  "free-worker": `${GUIDE}chapter3/`,
  done: `${GUIDE}chapter4/`,
} as const satisfies Readonly<Record<string, string>>;

export type ZeromqRuleId = keyof typeof ZEROMQ_RULES;

const BY_EVENT: Readonly<Record<string, ZeromqRuleId>> = {
  publish: "sent",
  confirm: "answered",
  reply: "answered",
  retry: "lockstep",
  block: "held",
  unblock: "held",
  duplicate: "asked-again",
  enqueue: "queue",
  deliver: "turn",
  "discard no-subscriber": "no-subscriber",
  discard: "full-drop",
  unroutable: "full-drop",
  lost: "gone-with-peer",
  process: "done",
};

/** @param node the socket it happened at @returns undefined for what is no doing of ZeroMQ */
export function zeromqRuleOf(
  { kind, reason = "" }: RunEvent,
  node: ScenarioNode | undefined,
): ZeromqRuleId | undefined {
  const type = node && settingsOf(node).type;
  if (type === "REQ" && kind === "discard") return "late-answer";
  if (type === "REQ" && kind === "enqueue") return "lockstep";
  if ((type === "PUB" || type === "XPUB" || type === "forwarder") && kind === "unroutable") return "no-subscriber";
  if (node?.kind === "proxy" && ["enqueue", "deliver"].includes(kind))
    return type === "balancer" ? "free-worker" : "handed-on";
  // What the network loses is no rule of a library.
  if (kind === "lost" && reason === "link") return undefined;
  return BY_EVENT[`${kind} ${reason}`] ?? BY_EVENT[kind];
}
