import { EAGAIN, ENOTSUP, OK } from "./codes.ts";
import { firstFrame, framesOf, setLeading } from "./frames.ts";
import { CANCEL, control, kindOf, SUBSCRIBE, textOf } from "./items.ts";
import type { Pattern } from "./pattern.ts";
import { flush, type Pipe, write } from "./pipe.ts";
import { removeSwapping, takeFairly } from "./pipe-list.ts";
import { distribute, tellAll } from "./publish.ts";
import { IGNORED } from "./reasons.ts";
import { NOTHING } from "./ring.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";
import { asSubscription } from "./xpub.ts";

/** Counts a subscription. The same one twice must be ended twice; only the last end is sent, but every beginning. */
export function changeSubscription(x: Site, socket: SocketState, word: number): void {
  const { subscriptions } = socket;
  const prefix = textOf(x.m, word);
  const count = subscriptions.get(prefix) ?? 0;
  if (kindOf(word) === SUBSCRIBE) {
    subscriptions.set(prefix, count + 1);
    tellAll(x, socket, word);
  } else if (count > 1) subscriptions.set(prefix, count - 1);
  else if (count === 1) {
    subscriptions.delete(prefix);
    tellAll(x, socket, control(x.m, CANCEL, prefix));
  }
}

/** All subscriptions to one publisher; what finds no room is not sent. */
function tellSubscriptions(x: Site, socket: SocketState, pipe: Pipe): void {
  for (const prefix of [...socket.subscriptions.keys()].sort()) write(x, pipe, control(x.m, SUBSCRIBE, prefix));
  flush(x, pipe);
}

function isWanted({ subscriptions }: SocketState, first: string): boolean {
  for (let length = 0; length <= first.length; length++) if (subscriptions.has(first.slice(0, length))) return true;
  return false;
}

/** XSUB: receives whatever comes; subscribes by sending a byte 1 or 0 and the prefix, which may be several frames. What follows goes to the publishers as it is. */
export const xsub: Pattern = {
  attach(x, socket, pipe) {
    socket.fair.attach(pipe);
    socket.audience.push(pipe);
    tellSubscriptions(x, socket, pipe);
  },
  detach(_x, socket, pipe) {
    socket.fair.remove(pipe);
    removeSwapping(socket.audience, pipe);
  },
  readActivated: (_x, socket, pipe) => socket.fair.activate(pipe),
  writeActivated(_x, _socket, pipe) {
    pipe.isEligible = true;
  },
  hiccuped: tellSubscriptions,
  send(x, socket, copy) {
    const frames = framesOf(x.m, copy);
    let begin = 0;
    for (; begin < frames.length; begin++) {
      const word = asSubscription(x, frames[begin] as string);
      if (word === NOTHING) break;
      changeSubscription(x, socket, word);
    }
    if (begin === frames.length) x.out.taken(socket.id, copy);
    else {
      setLeading(x.m, copy, frames.slice(begin, -1));
      distribute(x, socket, copy, socket.audience);
    }
    return OK;
  },
  recv(x, socket) {
    const item = takeFairly(x, socket.fair);
    if (item === NOTHING) return EAGAIN;
    x.out.received(socket.id, item);
    return OK;
  },
};

/** SUB: looks at its subscriptions once more when it receives. */
export const sub: Pattern = {
  ...xsub,
  send: () => ENOTSUP,
  recv(x, socket) {
    for (let item = takeFairly(x, socket.fair); item !== NOTHING; item = takeFairly(x, socket.fair)) {
      if (isWanted(socket, firstFrame(x.m, item))) {
        x.out.received(socket.id, item);
        return OK;
      }
      x.discarded(socket.id, item, IGNORED);
    }
    return EAGAIN;
  },
};
