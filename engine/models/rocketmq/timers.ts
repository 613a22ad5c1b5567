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
/** Clients that were not heard of are forgotten. */
export const TIMER_CLIENTS = 7;
/** The broker writes its offsets down; target: the broker. */
export const TIMER_OFFSETS = 8;
/** What was stored reaches the disk; target: the broker. */
export const TIMER_FLUSH = 9;
/** Producers learn of new routes. */
export const TIMER_ROUTES = 10;
