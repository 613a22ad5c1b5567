import { discardReason, lossReason } from "../model.ts";

/** The reasons that this model gives, as indexes of the contract's lists. */
/** Published while nobody was subscribed. */
export const MISSED = discardReason("unroutable");
export const EXPIRED = discardReason("expired");
/** Trimmed: LTRIM, MAXLEN. */
export const TRIMMED = discardReason("maxlen");
/** Trimmed by age: MINID. */
export const TOO_OLD = discardReason("retention");
export const REFUSED = discardReason("refused");
export const DENIED = discardReason("denied");
export const DELETED = discardReason("deleted");
export const ROLLED_BACK = discardReason("rolled-back");

export const RESTART_LOSS = lossReason("restart");
export const CLOSED_LOSS = lossReason("channel-closed");
