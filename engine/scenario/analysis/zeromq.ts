import { settingsAs } from "../schema.ts";
import type { Graph } from "./graph.ts";
import { type Problem, problem } from "./report-problem.ts";

/** What ZeroMQ leaves to the programs that use it (semantics/zeromq.md): REQ asks again only when the answer to the last question is there, or has been given up. */
export function zeromqProblems(graph: Graph): Problem[] {
  return graph
    .of("socket")
    .filter((socket) => {
      const { type, timeout } = settingsAs("socket", socket);
      const isJoined = graph.out(socket.id, "pipe").length + graph.in(socket.id, "pipe").length > 0;
      return type === "REQ" && timeout === null && isJoined;
    })
    .map((socket) => problem("warning", "req-without-timeout", socket, {}, "timeout"));
}
