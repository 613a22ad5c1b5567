import { failConnection, loseConnection } from "./clients.ts";
import { removeExchange, removeQueue } from "./objects.ts";
import { isQuorum } from "./queues.ts";
import { findExchange, findQueue, type World } from "./world.ts";

/**
 * The broker stops and starts: connections end, and only what is durable stays. Nothing is delivered on the way. An orderly stop says 320 and lets auto-delete queues go with their consumers;
 * killed, the broker says nothing, gets around to nothing, and knows afterwards of no message of a classic queue whether it had been delivered.
 */
export function restart(w: World, isKilled: boolean): void {
  w.isHalted = true;
  w.isKilled = isKilled;
  for (const connection of w.connections) {
    if (isKilled) loseConnection(w, connection);
    else failConnection(w, connection, 320);
  }
  for (const queue of [...w.queues]) if (!queue.durable) removeQueue(w, queue);
  for (const exchange of [...w.exchanges]) if (!exchange.durable) removeExchange(w, exchange.name);
  w.bindings = w.bindings.filter(
    ({ source, toQueue, destination }) =>
      findExchange(w, source) !== undefined &&
      (toQueue ? findQueue(w, destination) : findExchange(w, destination)) !== undefined,
  );
  for (const queue of w.queues) {
    queue.usedAt = w.now;
    if (isQuorum(queue)) continue;
    queue.ready = queue.ready.filter(({ message }) => message.persistent);
    for (const stored of queue.ready) if (isKilled) stored.redelivered = true;
  }
  w.isHalted = false;
  w.isKilled = false;
}
