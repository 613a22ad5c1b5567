/**
 * Effects of the ZeroMQ model, one method each. Sockets are the model's integer ids, messages are handles of the run's store. A message that was received, discarded,
 * lost or taken is the sink's again: the model knows nothing of it any more.
 */
export interface ZmqSink {
  /** The application has the message. */
  received(socket: number, copy: number): void;
  /** An XPUB's application was shown a subscription (or its end) instead of a message. */
  subscription(socket: number, prefix: string, isSubscribed: boolean): void;
  /** The message stands in the queue of a pipe from this socket. */
  queued(socket: number, copy: number): void;
  /** It stands in the queue of the receiving socket: something may be received. */
  arrived(socket: number, copy: number): void;
  /** `copy` is made of `original`, for a further subscriber. Called before the copy's own effect. */
  copied(original: number, copy: number): void;
  /** The library made a message of its own: the empty one that PROBE_ROUTER sends. */
  made(socket: number, copy: number): void;
  /** A message that was a subscription has done its work (XSUB). */
  taken(socket: number, copy: number): void;
  /** A rule ended the copy. @param socket where, −1 = on its way @param reason index in DISCARD_REASONS */
  discarded(socket: number, copy: number, reason: number): void;
  /** A fault ended the copy. @param socket whose queue it was in, −1 = on its way @param reason index in LOSS_REASONS */
  lost(socket: number, copy: number, reason: number): void;
  /** An XPUB has a subscription to show: like `arrived`, but for no message. */
  readable(socket: number): void;
  /** Something may be sent now, where nothing could. */
  writable(socket: number): void;
  /** Call `timerFired(what, target)` at `at` (virtual µs). Timers are never cancelled: the model ignores those that no longer apply. */
  timer(at: number, what: number, target: number): void;
}
