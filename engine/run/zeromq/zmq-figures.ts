import type { ZmqModel } from "../../models/zeromq/index.ts";
import type { ZmqPlace } from "./zmq-places.ts";

const pipesOf = (model: ZmqModel, { socket }: ZmqPlace) => model.sockets[socket]?.pipes ?? [];

/** Whether something has come that can be received. */
export const hasMessages = (model: ZmqModel, place: ZmqPlace): boolean =>
  pipesOf(model, place).some(({ inbox }) => inbox.messages > 0);

/** Messages in the queues of a socket: towards its peers when its program makes them, come from them when it works on them. Of a proxy all, of both its sockets. */
export function queuedAt(model: ZmqModel, place: ZmqPlace): number {
  const { relay, maker, worker } = place;
  let count = 0;
  for (const one of relay === null ? [place] : [relay.front, relay.back]) {
    for (const { inbox, outbox } of pipesOf(model, one)) {
      if (relay !== null || worker !== null) count += inbox.messages;
      if (relay !== null || maker !== null) count += outbox?.messages ?? 0;
    }
  }
  return count;
}

/** Sockets that it is connected to; of a proxy on both sides. */
export function peerCount(model: ZmqModel, place: ZmqPlace): number {
  const { relay } = place;
  if (relay === null) return pipesOf(model, place).length;
  return pipesOf(model, relay.front).length + pipesOf(model, relay.back).length;
}
