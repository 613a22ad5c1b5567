import { EAGAIN, OK } from "./codes.ts";
import { nothing, type Pattern } from "./pattern.ts";
import { flush, read, terminate, write } from "./pipe.ts";
import { NOTHING } from "./ring.ts";

/** PAIR: one peer. A second is turned away; a new one is taken when the old pipe is really gone. */
export const pair: Pattern = {
  attach(x, socket, pipe) {
    if (socket.only === null) socket.only = pipe;
    else terminate(x, pipe, false);
  },
  detach(_x, socket, pipe) {
    if (socket.only === pipe) socket.only = null;
  },
  readActivated: nothing,
  writeActivated: nothing,
  hiccuped: nothing,
  send(x, { only }, copy) {
    if (only === null || !write(x, only, copy)) return EAGAIN;
    flush(x, only);
    return OK;
  },
  recv(x, { id, only }) {
    const item = only === null ? NOTHING : read(x, only);
    if (item === NOTHING) return EAGAIN;
    x.out.received(id, item);
    return OK;
  },
};
