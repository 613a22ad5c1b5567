import { EAGAIN, ENOTSUP, OK } from "./codes.ts";
import { firstFrame, framesOf } from "./frames.ts";
import { CANCEL, control, isControl, kindOf, SUBSCRIBE, textOf } from "./items.ts";
import { nothing, type Pattern } from "./pattern.ts";
import { type Pipe, read } from "./pipe.ts";
import { removeSwapping } from "./pipe-list.ts";
import { distribute, haveRoom, subscribersOf } from "./publish.ts";
import { NOBODY } from "./reasons.ts";
import { NOTHING } from "./ring.ts";
import type { Site } from "./site.ts";
import type { SocketState } from "./socket-state.ts";

/** What a subscription is as a message: one byte and the prefix. */
const SUBSCRIBE_BYTE = "\u0001";
const CANCEL_BYTE = "\u0000";

/** @returns the subscription (or its end) that a frame is, NOTHING when it is none */
export function asSubscription(x: Site, frame: string): number {
  if (frame.startsWith(SUBSCRIBE_BYTE)) return control(x.m, SUBSCRIBE, frame.slice(1));
  return frame.startsWith(CANCEL_BYTE) ? control(x.m, CANCEL, frame.slice(1)) : NOTHING;
}

/** What its application would receive; a PUB's never does. */
function show(x: Site, socket: SocketState, item: number): void {
  if (socket.type === "XPUB" && socket.isOpen) {
    socket.upstream.push(item);
    if (isControl(item)) x.out.readable(socket.id);
  } else if (item >= 0) x.discarded(socket.id, item, NOBODY);
}

/** A subscription begins to hold. It is shown when it is the first of its prefix over all peers. */
function subscribe(x: Site, socket: SocketState, pipe: Pipe, item: number): void {
  const prefix = textOf(x.m, item);
  const pipes = socket.subscribers.get(prefix);
  if (pipes === undefined) socket.subscribers.set(prefix, [pipe]);
  else if (!pipes.includes(pipe)) pipes.push(pipe);
  if (pipes === undefined || socket.options.XPUB_VERBOSE === 1) show(x, socket, item);
}

/** A subscription ends. It is shown when nobody else has the prefix. */
function cancel(x: Site, socket: SocketState, pipe: Pipe, item: number): void {
  const prefix = textOf(x.m, item);
  const pipes = socket.subscribers.get(prefix);
  if (pipes !== undefined) {
    removeSwapping(pipes, pipe);
    if (pipes.length > 0) return;
    socket.subscribers.delete(prefix);
  }
  show(x, socket, item);
}

/** A subscription (or its end) that its application is not shown. */
function apply(x: Site, socket: SocketState, pipe: Pipe, word: number): void {
  if (word === NOTHING) return;
  const prefix = textOf(x.m, word);
  const pipes = socket.subscribers.get(prefix) ?? [];
  removeSwapping(pipes, pipe);
  if (kindOf(word) === SUBSCRIBE) pipes.push(pipe);
  if (pipes.length > 0) socket.subscribers.set(prefix, pipes);
  else socket.subscribers.delete(prefix);
}

/** Takes in what a subscriber has sent: at once, whoever receives or not. */
function listen(x: Site, socket: SocketState, pipe: Pipe): void {
  for (let item = read(x, pipe); item !== NOTHING; item = read(x, pipe)) {
    const word = isControl(item) ? item : asSubscription(x, firstFrame(x.m, item));
    if (word === NOTHING) {
      // Subscriptions further back hold too; they are seen in the message.
      for (const frame of framesOf(x.m, item).slice(1)) apply(x, socket, pipe, asSubscription(x, frame));
      show(x, socket, item);
    } else {
      if (kindOf(word) === SUBSCRIBE) subscribe(x, socket, pipe, word);
      else if (kindOf(word) === CANCEL) cancel(x, socket, pipe, word);
      if (item >= 0) x.out.taken(socket.id, item);
    }
  }
}

/** By bytes, as a tree of prefixes is gone through. */
const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const xpub: Pattern = {
  attach(x, socket, pipe) {
    socket.audience.push(pipe);
    listen(x, socket, pipe);
  },
  detach(x, socket, pipe) {
    const prefixes = [...socket.subscribers].filter(([, pipes]) => pipes.includes(pipe)).map(([prefix]) => prefix);
    for (const prefix of prefixes.sort(byBytes)) cancel(x, socket, pipe, control(x.m, CANCEL, prefix));
    removeSwapping(socket.audience, pipe);
  },
  readActivated: listen,
  writeActivated(_x, _socket, pipe) {
    pipe.isEligible = true;
  },
  hiccuped: nothing,
  send(x, socket, copy) {
    const pipes = subscribersOf(socket, firstFrame(x.m, copy));
    if (socket.options.XPUB_NODROP === 1 && !haveRoom(pipes)) return EAGAIN;
    distribute(x, socket, copy, pipes);
    return OK;
  },
  recv(x, socket) {
    if (socket.upstream.count === 0) return EAGAIN;
    const item = socket.upstream.take();
    if (item >= 0) x.out.received(socket.id, item);
    else x.out.subscription(socket.id, textOf(x.m, item), kindOf(item) === SUBSCRIBE);
    return OK;
  },
};

export const pub: Pattern = {
  ...xpub,
  attach(x, socket, pipe) {
    // Nothing comes back that would have to be read first.
    pipe.delay = false;
    xpub.attach(x, socket, pipe);
  },
  recv: () => ENOTSUP,
};
