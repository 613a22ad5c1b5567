import { hasWay, type ScenarioNode, socketType } from "../../engine/scenario/index.ts";

/** The colour of a socket: that of producers or consumers where its type only makes messages or only works on them, else that of what passes messages on. */
export function socketTint(node: ScenarioNode): string {
  // A proxy hands on what comes.
  if (node.kind === "proxy") return "exchange";
  const type = socketType(node);
  if (!hasWay(type, true)) return "producer";
  return hasWay(type) ? "exchange" : "consumer";
}
