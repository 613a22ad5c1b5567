import { discardReason, lossReason } from "../model.ts";

/** Old, or too much: retention. */
export const RETAINED = discardReason("retention");
/** A later record of the same key is there: compaction. */
export const COMPACTED = discardReason("superseded");
/** Its topic was deleted, or an administrator deleted records. */
export const DELETED = discardReason("deleted");
/** The broker refused it, and with acks=0 nobody was told. */
export const REFUSED = discardReason("refused");
/** It was in the log of a leader that another replaced. */
export const FAILED_OVER = lossReason("failover");
/** The power was cut before it was on disk. */
export const RESTARTED = lossReason("restart");
/** Its producer ended with it. */
export const CRASHED = lossReason("client-crash");
/** It was on its way when the connection broke, and with acks=0 nobody asks again. */
export const ON_THE_WAY = lossReason("link");
