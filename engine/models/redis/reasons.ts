import { discardReason, lossReason } from "../model.ts";

/** The reasons that this model gives, as indexes of the contract's lists. */
/** Published while nobody was subscribed. */
export const MISSED = discardReason("no-subscriber");
export const EXPIRED = discardReason("expired");
/** Trimmed: LTRIM, MAXLEN. */
export const TRIMMED = discardReason("maxlen");
/** Trimmed by age: MINID. */
export const TOO_OLD = discardReason("retention");
export const REFUSED = discardReason("refused");
export const DENIED = discardReason("denied");
export const DELETED = discardReason("deleted");
export const ROLLED_BACK = discardReason("rolled-back");

/** A subscriber that did not read was cut off, with what was kept for it. */
export const BUFFER_LOSS = lossReason("output-buffer");
/** A replica took over that did not have it yet. */
export const FAILOVER_LOSS = lossReason("failover");
export const RESTART_LOSS = lossReason("restart");
export const CLOSED_LOSS = lossReason("channel-closed");
