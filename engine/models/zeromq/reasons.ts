import { discardReason, lossReason } from "../model.ts";

/** The reasons that this model gives, as indexes of the contract's lists. */
/** Nobody subscribed to it; no peer with that identity; the client has gone. */
export const NOBODY = discardReason("unroutable");
/** The peer's pipe was full (PUB, ROUTER), or a newer message took its place (CONFLATE). */
export const FULL = discardReason("maxlen");
/** The receiving socket threw it away: no longer subscribed, no envelope, a late reply. */
export const IGNORED = discardReason("rejected");
/** Not sent when LINGER was over. */
export const LINGERED = discardReason("expired");

/** Its receiver closed or went away, and its queue with it. */
export const GONE = lossReason("queue-gone");
/** The connection broke. */
export const BROKEN = lossReason("link");
/** The sender closed before it was sent. */
export const CLOSED = lossReason("channel-closed");
