import { TIMERS_OF_CONSUMERS } from "../seam.ts";

/** What the consumers' timers are for; targets are consumers, or process queues where it says so. */
/** A client shares out its topics' queues. */
export const TIMER_REBALANCE: number = TIMERS_OF_CONSUMERS;
/** A client stores its offsets. */
export const TIMER_PERSIST: number = TIMERS_OF_CONSUMERS + 1;
/** A client tells the brokers that it is there. */
export const TIMER_HEARTBEAT: number = TIMERS_OF_CONSUMERS + 2;
/** A client renews its locks. */
export const TIMER_LOCKS: number = TIMERS_OF_CONSUMERS + 3;
/** A client asks for its topics' routes. */
export const TIMER_ROUTE: number = TIMERS_OF_CONSUMERS + 4;
/** A client looks for messages that have been in the listener for too long. */
export const TIMER_CLEAN: number = TIMERS_OF_CONSUMERS + 5;
/** A pull is made again; target: the process queue. */
export const TIMER_PULL: number = TIMERS_OF_CONSUMERS + 6;
/** The broker looks through what a parked pull's filter held back; target: the process queue. */
export const TIMER_HOLD: number = TIMERS_OF_CONSUMERS + 7;
/** A parked pull has waited long enough; target: the process queue. */
export const TIMER_PARKED: number = TIMERS_OF_CONSUMERS + 8;
/** A suspended queue goes on, or a lock is asked for again; target: the process queue. */
export const TIMER_RESUME: number = TIMERS_OF_CONSUMERS + 9;
/** Messages that could not be sent back are given to the listener again; target: the process queue. */
export const TIMER_KEPT: number = TIMERS_OF_CONSUMERS + 10;
