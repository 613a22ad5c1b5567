import { EAGAIN, EFSM, OK } from "./codes.ts";
import { leading, setLeading } from "./frames.ts";
import { nothing, type Pattern } from "./pattern.ts";
import { checkWrite, flush, type Pipe, write } from "./pipe.ts";
import { IGNORED, NOBODY } from "./reasons.ts";
import { NOTHING } from "./ring.ts";
import { attach, detach, readActivated, take } from "./router.ts";

/** REP: a ROUTER that keeps the envelope of the request and answers the peer it took from. */
export const rep: Pattern = {
  attach,
  detach(_x, socket, pipe) {
    if (socket.replyTo === pipe) socket.replyTo = null;
    detach(socket, pipe);
  },
  readActivated,
  writeActivated: nothing,
  hiccuped: nothing,
  send(x, socket, copy) {
    if (!socket.isReplying) return EFSM;
    socket.isReplying = false;
    const pipe = socket.replyTo;
    socket.replyTo = null;
    const frames = leading(x.m, copy);
    setLeading(x.m, copy, [...socket.envelope, ...frames]);
    if (pipe !== null && write(x, pipe, copy)) flush(x, pipe);
    else {
      setLeading(x.m, copy, frames);
      x.discarded(socket.id, copy, NOBODY);
    }
    return OK;
  },
  recv(x, socket) {
    if (socket.isReplying) return EFSM;
    for (let item = take(x, socket); item !== NOTHING; item = take(x, socket)) {
      const frames = leading(x.m, item);
      const delimiter = frames.indexOf("");
      const pipe = socket.fair.served as Pipe;
      if (delimiter < 0) {
        // No envelope: not a request. If its sender cannot be answered, the library is left in the middle of an answer to nobody, which swallows the next one.
        if (!checkWrite(pipe)) socket.isReplyAstray = true;
        x.discarded(socket.id, item, IGNORED);
        continue;
      }
      // Whether there is room for the reply is looked at now, when its envelope is written.
      socket.replyTo = !socket.isReplyAstray && checkWrite(pipe) ? pipe : null;
      socket.isReplyAstray = false;
      socket.envelope = frames.slice(0, delimiter + 1);
      socket.isReplying = true;
      setLeading(x.m, item, frames.slice(delimiter + 1));
      x.out.received(socket.id, item);
      return OK;
    }
    return EAGAIN;
  },
};
