import { EAGAIN, EFSM, OK } from "./codes.ts";
import { dealer } from "./dealer.ts";
import { leading, setLeading } from "./frames.ts";
import type { Pattern } from "./pattern.ts";
import type { Pipe } from "./pipe.ts";
import { sendInTurn, takeFairly } from "./pipe-list.ts";
import { IGNORED } from "./reasons.ts";
import { NOTHING } from "./ring.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";

/** Request ids are four bytes. */
const requestId = (n: number): string =>
  String.fromCharCode((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
/** Where the library's counting begins is by chance; ours begins where no text can be. */
const FIRST_REQUEST = 0xfffe0000;

/** What came before a request is of no interest any more. */
function dropReplies(x: Site, socket: SocketState): void {
  for (let item = takeFairly(x, socket.fair); item !== NOTHING; item = takeFairly(x, socket.fair)) {
    x.discarded(socket.id, item, IGNORED);
  }
}

/** @returns the frames behind the envelope, undefined when this is no reply to the request */
function opened(x: Site, socket: SocketState, copy: number): readonly string[] | undefined {
  let frames = leading(x.m, copy);
  // The option as it is now counts, not as it was when the request went out.
  if (socket.options.REQ_CORRELATE === 1) {
    if (frames[0] !== socket.requestId) return undefined;
    frames = frames.slice(1);
  }
  return frames[0] === "" ? frames.slice(1) : undefined;
}

/** REQ: asks its peers in turn, and waits for the answer of the one that it asked. semantics/zeromq.md, REQ–REP and Envelopes. */
export const req: Pattern = {
  ...dealer,
  detach(x, socket, pipe) {
    if (socket.replyPipe === pipe) socket.replyPipe = null;
    dealer.detach(x, socket, pipe);
  },
  send(x, socket, copy) {
    if (socket.isAwaiting) {
      if (socket.options.REQ_RELAXED !== 1) return EFSM;
      socket.isAwaiting = false;
    }
    socket.replyPipe = null;
    const body = leading(x.m, copy);
    const id = socket.options.REQ_CORRELATE === 1 ? requestId(FIRST_REQUEST + x.m.requestsMade++) : "";
    setLeading(x.m, copy, id === "" ? ["", ...body] : [id, "", ...body]);
    // What came is dropped when the envelope is written: peers hear of that, and of pipes that end with it, before they hear of the request.
    if (!sendInTurn(x, socket.turns, copy, () => dropReplies(x, socket))) {
      setLeading(x.m, copy, body);
      return EAGAIN;
    }
    if (id !== "") socket.requestId = id;
    socket.replyPipe = socket.turns.served as Pipe;
    socket.isAwaiting = true;
    return OK;
  },
  recv(x, socket) {
    if (!socket.isAwaiting) return EFSM;
    for (let item = takeFairly(x, socket.fair); item !== NOTHING; item = takeFairly(x, socket.fair)) {
      const isAsked = socket.replyPipe === null || socket.replyPipe === socket.fair.served;
      const frames = isAsked ? opened(x, socket, item) : undefined;
      if (frames === undefined) {
        x.discarded(socket.id, item, IGNORED);
        continue;
      }
      setLeading(x.m, item, frames);
      socket.isAwaiting = false;
      x.out.received(socket.id, item);
      return OK;
    }
    return EAGAIN;
  },
};
