import { TIMERS_OF_CONSUMERS, TIMERS_OF_GROUPS } from "../seam.ts";

/** A member's session ends; the target is the member. */
export const TIMER_SESSION = TIMERS_OF_GROUPS;
/** A rebalance has waited long enough; the target is the group. */
export const TIMER_JOIN = TIMERS_OF_GROUPS + 1;
/** Members have had long enough to fetch their partitions; the target is the group. */
export const TIMER_SYNC = TIMERS_OF_GROUPS + 2;
/** An empty group has waited for more members; the target is the group. */
export const TIMER_FIRST = TIMERS_OF_GROUPS + 3;
/** A consumer has not polled for `max.poll.interval.ms`; the target is the consumer, as of all below. */
export const TIMER_POLL = TIMERS_OF_CONSUMERS;
/** A heartbeat brings news. */
export const TIMER_NEWS = TIMERS_OF_CONSUMERS + 1;
/** Something that a waiting poll waits for may have come. */
export const TIMER_LOOK = TIMERS_OF_CONSUMERS + 2;
/** An automatic commit is due. */
export const TIMER_COMMIT = TIMERS_OF_CONSUMERS + 3;
