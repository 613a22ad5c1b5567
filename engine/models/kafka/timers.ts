/** What the cluster's timers are for; below `TIMERS_OF_GROUPS`. */
/** A producer's sender has something to do; target: the producer. */
export const TIMER_SENDER = 0;
/** A send has waited for room or for its topic as long as it may; target: the producer. */
export const TIMER_BLOCKED = 1;
/** Something reaches the other end of a connection; target: the producer. */
export const TIMER_WIRE = 2;
/** Followers get what was appended; target: the partition. */
export const TIMER_REPLICATE = 3;
/** A follower that does not fetch has been out of step too long; target: the partition. */
export const TIMER_LAG = 4;
/** A broker has not been heard of for its session's time; target: the broker. */
export const TIMER_SESSION = 5;
/** Retention looks at all logs. */
export const TIMER_RETENTION = 6;
/** The cleaner looks at all compacted logs. */
export const TIMER_CLEANER = 7;
/** The controller looks for partitions that now may have an unclean leader. */
export const TIMER_UNCLEAN = 8;
/** The coordinator looks for transactions whose time is over. */
export const TIMER_TRANSACTIONS = 9;
/** Batches and requests of a producer may be too old; target: the producer. */
export const TIMER_EXPIRY = 10;
