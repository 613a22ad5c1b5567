/** What a call gives back: 0 = it succeeded, else the row of the error's name in this list. */
export const CODES = [
  "",
  "EAGAIN",
  "EFSM",
  "EHOSTUNREACH",
  "ENOTSUP",
  "EADDRINUSE",
  "EINVAL",
  "EPROTONOSUPPORT",
  "ENOENT",
] as const;
export type ZmqError = Exclude<(typeof CODES)[number], "">;

export const OK = 0;
/** Nothing to receive; no peer, or all peers full. */
export const EAGAIN = 1;
/** Not this socket's turn. */
export const EFSM = 2;
export const EHOSTUNREACH = 3;
/** This type cannot send, or cannot receive. */
export const ENOTSUP = 4;
export const EADDRINUSE = 5;
export const EINVAL = 6;
export const EPROTONOSUPPORT = 7;
/** Not bound or connected there. */
export const ENOENT = 8;
