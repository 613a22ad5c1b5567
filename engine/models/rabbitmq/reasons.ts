import { discardReason, lossReason } from "../model.ts";

/** The reasons that this model gives, as indexes of the contract's lists. */
export const UNROUTABLE = discardReason("unroutable");
export const RETURNED = discardReason("returned");
export const EXPIRED = discardReason("expired");
export const MAXLEN = discardReason("maxlen");
export const REJECTED = discardReason("rejected");
export const REFUSED = discardReason("refused");
export const DELIVERY_LIMIT = discardReason("delivery-limit");
export const DEAD_LETTER_UNROUTABLE = discardReason("dead-letter-unroutable");
export const DEAD_LETTER_CYCLE = discardReason("dead-letter-cycle");
export const PURGED = discardReason("purged");
export const DELETED = discardReason("deleted");
export const DENIED = discardReason("denied");
export const HOP_LIMIT = discardReason("hop-limit");
export const RETENTION = discardReason("retention");
export const ROLLED_BACK = discardReason("rolled-back");

export const RESTART_LOSS = lossReason("restart");
export const CHANNEL_LOSS = lossReason("channel-closed");
export const QUEUE_GONE_LOSS = lossReason("queue-gone");
