import { PROTOCOL_VERSION, type ToEngine } from "./protocol.ts";
import { Session } from "./session.ts";

/** The worker's entry: the only place with a real clock and with messages. */
const channel = new MessageChannel();
let waiting: (() => void) | null = null;
// A message to ourselves comes after those that are waiting from the page, without the 4 ms of a nested timer.
channel.port1.onmessage = () => {
  const callback = waiting;
  waiting = null;
  callback?.();
};

const session = new Session({
  now: () => performance.now(),
  soon: (callback) => {
    waiting = callback;
    channel.port2.postMessage(null);
  },
  later: (ms, callback) => {
    setTimeout(callback, ms);
  },
  send: (message, transfer) => self.postMessage(message, { transfer }),
});

self.onmessage = (event: MessageEvent<ToEngine>) => session.hear(event.data);
self.postMessage({ type: "ready", protocolVersion: PROTOCOL_VERSION });
