/** What `timerFired` is called with. The target is a queue id, or a channel id for TIMER_CHANNEL. */
export const TIMER_HEAD = 0;
export const TIMER_EXPIRES = 1;
export const TIMER_SYNC = 2;
export const TIMER_STUCK = 3;
export const TIMER_CHANNEL = 4;
export const TIMER_ELECTION = 5;
