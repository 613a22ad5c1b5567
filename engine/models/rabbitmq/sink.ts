/**
 * Effects of the RabbitMQ model, one method each, so that the hot path allocates nothing. Queues, channels, consumers, connections are the model's integer ids,
 * messages are handles of the run's store. A method is called when the effect happens; unless it says otherwise the model's state is already consistent again, and
 * the sink may call the model back.
 */
export interface RabbitSink {
  /**
   * A routed copy leaves its exchange for a queue. The owner must call `enqueue(queue, copy)` exactly once, now or after the time the bindings on `path` take.
   * @param path ids of the bindings passed, first hop first; an entry −1 − x stands for the way over the alternate exchange of x. Shared with the route cache, do not change or keep
   */
  transfer(copy: number, queue: number, path: readonly number[]): void;
  /** The message comes to these exchanges, each once: those behind the one that was published to, or all of a dead letter's. Shared with the route cache. */
  reached(exchanges: readonly number[]): void;
  /** The message also passed these bindings, to an exchange where its way ended. Told before its transfers. @param path as of `transfer` */
  strayed(copy: number, path: readonly number[]): void;
  /** Routing is about to make `copy`, a further copy of `original`. Called before its `transfer`. */
  copied(original: number, copy: number): void;
  /** An exchange keeps this copy (announced by `copied`) to give it to later bindings; a `discarded` ends it. */
  kept(copy: number): void;
  /** The queue took the copy (it is ready, or will be delivered in the same command). */
  enqueued(queue: number, copy: number): void;
  /**
   * Push delivery. `tag` counts per channel. With a no_ack consumer a `settled` follows at once. Queue −1 is the pseudo-queue of direct replies. A stream delivers copies of
   * what it keeps, each announced by `copied`. The deliveries of a backlog come before `consume` has returned the consumer's id.
   */
  deliver(consumer: number, queue: number, tag: number, copy: number): void;
  getOk(channel: number, queue: number, tag: number, copy: number, readyLeft: number): void;
  getEmpty(channel: number, queue: number): void;
  /** Acknowledged, or delivered without acknowledgement: the broker forgets the copy, the handle is the sink's again. */
  settled(queue: number, copy: number): void;
  /** An unacknowledged copy went back to its queue. @param isAsked a client returned it; else whoever held it is gone */
  requeued(queue: number, copy: number, isAsked: boolean): void;
  /** The copy dies in `queue` and leaves it for the dead-letter exchange; `transfer` or `discarded` follows. `reason` indexes DISCARD_REASONS. */
  deadLettered(queue: number, copy: number, reason: number): void;
  /** A rule ended the copy (queue −1: at an exchange). `reason` indexes DISCARD_REASONS. */
  discarded(queue: number, copy: number, reason: number): void;
  /** A fault ended the copy. `reason` indexes LOSS_REASONS. */
  lost(queue: number, copy: number, reason: number): void;
  /** basic.return to the publisher; a `discarded` (`returned`) follows. */
  returned(channel: number, copy: number, code: number): void;
  /** Publisher confirm for the channel's publish number `sequence` (1, 2, 3 … since confirm.select). */
  confirm(channel: number, sequence: number): void;
  /** basic.nack to the publisher. */
  refused(channel: number, sequence: number): void;
  /** Call `timerFired(what, target)` at `at` (virtual µs). Timers are never cancelled: the model ignores those that no longer apply. */
  timer(at: number, what: number, target: number): void;
  /** The server cancelled the consumer (its queue is gone). */
  cancelled(consumer: number, queue: number): void;
  /** A channel error: the channel is closed, its consumers are gone, what it had unacknowledged went back. */
  channelClosed(channel: number, code: number, name: string): void;
  /** The broker closed the connection with all its channels. Code 0 = the socket was cut without a word. */
  connectionClosed(connection: number, code: number, name: string): void;
  blocked(connection: number): void;
  unblocked(connection: number): void;
  /** A queue went. @param why deleted, auto-delete, expires, exclusive, restart */
  queueGone(queue: number, why: string): void;
}
