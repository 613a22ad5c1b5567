import { discardReason, lossReason } from "../model.ts";

/** Its file was old enough: retention. */
export const RETAINED = discardReason("retention");
/** Its topic was deleted. */
export const DELETED = discardReason("deleted");
/** The broker refused it, and its producer was not told: one-way. */
export const REFUSED = discardReason("refused");
/** Its transaction was rolled back, or asked for too often. */
export const ROLLED_BACK = discardReason("rolled-back");
/** The machine, or the process with a pool of its own, went down before it was written. */
export const RESTARTED = lossReason("restart");
/** Only the master had it that another one took over from. */
export const FAILED_OVER = lossReason("failover");
/** It was on its way when the connection broke, and nobody asks again. */
export const ON_THE_WAY = lossReason("link");
/** Its producer ended with it. */
export const CRASHED = lossReason("client-crash");
