/** What a timer is for; its target is a server's id, or a client's. */
export const TIMER_EXPIRE = 0;
export const TIMER_BLOCK = 1;
export const TIMER_LINK = 2;
export const TIMER_SYNC = 3;
export const TIMER_SAVE = 4;
export const TIMER_BUFFER = 5;
