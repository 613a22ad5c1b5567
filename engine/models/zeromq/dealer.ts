import { EAGAIN, OK } from "./codes.ts";
import { nothing, type Pattern } from "./pattern.ts";
import { sendInTurn, takeFairly } from "./pipe-list.ts";
import { sendProbe } from "./probe.ts";
import { NOTHING } from "./ring.ts";

/** DEALER: round-robin out, fair-queue in, frames as they are. */
export const dealer: Pattern = {
  attach(x, socket, pipe) {
    if (socket.options.PROBE_ROUTER === 1) sendProbe(x, socket, pipe);
    socket.fair.attach(pipe);
    socket.turns.attach(pipe);
  },
  detach(_x, socket, pipe) {
    socket.fair.remove(pipe);
    socket.turns.remove(pipe);
  },
  readActivated: (_x, socket, pipe) => socket.fair.activate(pipe),
  writeActivated: (_x, socket, pipe) => socket.turns.activate(pipe),
  hiccuped: nothing,
  send: (x, socket, copy) => (sendInTurn(x, socket.turns, copy) ? OK : EAGAIN),
  recv(x, socket) {
    const item = takeFairly(x, socket.fair);
    if (item === NOTHING) return EAGAIN;
    x.out.received(socket.id, item);
    return OK;
  },
};
