import { EAGAIN, ENOTSUP, OK } from "./codes.ts";
import { nothing, type Pattern } from "./pattern.ts";
import { sendInTurn, takeFairly } from "./pipe-list.ts";
import { NOTHING } from "./ring.ts";

/** PUSH: strict round-robin over peers that are not full. semantics/zeromq.md, PUSH–PULL. */
export const push: Pattern = {
  attach(_x, socket, pipe) {
    // Nothing comes back that would have to be read first.
    pipe.delay = false;
    socket.turns.attach(pipe);
  },
  detach: (_x, socket, pipe) => socket.turns.remove(pipe),
  readActivated: nothing,
  writeActivated: (_x, socket, pipe) => socket.turns.activate(pipe),
  hiccuped: nothing,
  send: (x, socket, copy) => (sendInTurn(x, socket.turns, copy) ? OK : EAGAIN),
  recv: () => ENOTSUP,
};

/** PULL: one message from each peer that has some. */
export const pull: Pattern = {
  attach: (_x, socket, pipe) => socket.fair.attach(pipe),
  detach: (_x, socket, pipe) => socket.fair.remove(pipe),
  readActivated: (_x, socket, pipe) => socket.fair.activate(pipe),
  writeActivated: nothing,
  hiccuped: nothing,
  send: () => ENOTSUP,
  recv(x, socket) {
    const item = takeFairly(x, socket.fair);
    if (item === NOTHING) return EAGAIN;
    x.out.received(socket.id, item);
    return OK;
  },
};
