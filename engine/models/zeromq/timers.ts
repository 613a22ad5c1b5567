/** What a timer of this model is for; its target is a session. */
export const TIMER_CONNECT = 0;
export const TIMER_LINGER = 1;
