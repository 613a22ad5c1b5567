/** What the cluster's timers are for; below `TIMERS_OF_CONSUMERS`. */
/** A request or an answer of a producer arrives, or its time is over; target: the producer. */
export const TIMER_PRODUCER = 0;
/** The delay scheduler looks at its levels and the wheel; target: the broker. */
export const TIMER_DELAY = 1;
/** The transaction service passes over the half messages; target: the broker. */
export const TIMER_TRANSACTIONS = 2;
/** A slave gets what was stored; target: the broker. */
export const TIMER_REPLICATE = 3;
/** What waits for disk or slaves has waited long enough; target: the broker. */
export const TIMER_PROMISE = 4;
/** Old files are deleted; target: the broker. */
export const TIMER_RETENTION = 5;
/** Popped messages that were not acknowledged come back; target: the broker. */
export const TIMER_REVIVE = 6;
/** Members of groups that were not heard of are forgotten. */
export const TIMER_MEMBERS = 7;
/** The broker writes its offsets down; target: the broker. */
export const TIMER_OFFSETS = 8;
/** What was stored reaches the disk; target: the broker. */
export const TIMER_FLUSH = 9;
/** What is in a broker's own pool of memory is handed to the system; target: the broker. */
export const TIMER_COMMIT = 10;
/** The name server has not heard of a broker that stands still for too long; target: the broker. */
export const TIMER_SILENCE = 11;
/** A master has been gone for so long that a slave takes over, if there is a controller; target: the broker. */
export const TIMER_ELECT = 12;
/** A slave that stands still is no longer in sync: nobody waits for it; target: the broker. */
export const TIMER_IN_SYNC = 13;
