import { readyCopies } from "./contents.ts";
import type { RabbitState } from "./state.ts";

/** Visits every copy that the broker holds, wherever it is; each once. What is on its way between exchange and queue is not with the broker but with whoever was told of the transfer. */
export function forEachHeld(m: RabbitState, visit: (copy: number) => void): void {
  for (const q of m.queues) {
    if (!q) continue;
    for (const copy of readyCopies(q)) visit(copy);
    for (const copy of q.stuck) visit(copy);
    for (const copy of q.unwritten) visit(copy);
  }
  for (const channel of m.channels) {
    if (!channel) continue;
    for (const copy of channel.unacked.handles()) if (copy >= 0) visit(copy);
    if (channel.transaction === null) continue;
    for (const copy of channel.transaction.copies) visit(copy);
    for (const { entries } of channel.transaction.answers) {
      for (const entry of entries) if (m.queues[entry.queue]) visit(entry.copy);
    }
  }
  for (const exchange of m.exchanges) if (exchange) for (const copy of exchange.history.copies()) visit(copy);
  for (const { held } of m.connections) for (const command of held) if (command.what === "publish") visit(command.copy);
}
