import { missingSystems } from "../run/systems.ts";
import { loadSprints, loadSystems } from "./load-systems.ts";
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

/** Messages wait here while the code of a system is on its way, in their order. */
let waitingFor: Promise<void> | null = null;

self.onmessage = ({ data }: MessageEvent<ToEngine>) => {
  const missing = "scenario" in data ? missingSystems(data.scenario) : [];
  if (waitingFor === null && missing.length === 0) {
    session.hear(data);
    return;
  }
  const before = waitingFor ?? Promise.resolve();
  // Code that cannot be had is said by the run itself, with the document's own place for errors.
  const heard = before
    .then(() => loadSystems(missing))
    .catch(() => undefined)
    .then(() => {
      if (waitingFor === heard) waitingFor = null;
      session.hear(data);
    });
  waitingFor = heard;
};
self.postMessage({ type: "ready", protocolVersion: PROTOCOL_VERSION });
loadSprints().catch(() => undefined);
