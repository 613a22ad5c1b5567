import type { TimerSink } from "./seam.ts";

/** What a producer is told of a message that was stored: RocketMQ's SendStatus. Only the first means that all promises of the settings were kept; none is an error. */
export const SEND_STATUSES = ["SEND_OK", "FLUSH_DISK_TIMEOUT", "FLUSH_SLAVE_TIMEOUT", "SLAVE_NOT_AVAILABLE"] as const;
export type SendStatus = (typeof SEND_STATUSES)[number];
export const SEND_OK = 0;
export const FLUSH_DISK_TIMEOUT = 1;
export const FLUSH_SLAVE_TIMEOUT = 2;
export const SLAVE_NOT_AVAILABLE = 3;

/**
 * Effects of brokers and producers, one method each. Queues, brokers, topics, groups and producers are the model's integers, messages are handles of the run's store; what
 * ends a handle is said by `discarded`, `lost` and `failed` without a copy at a broker, and only by them. The sink must not call the model back from within an effect.
 * What consumers do is in `consumer/`.
 */
export interface ClusterSink extends TimerSink {
  /** The message is on its way to the broker of the queue. Told again when it is tried again, perhaps at another broker. @param attempt from 1 */
  sent(producer: number, handle: number, queue: number, attempt: number): void;
  /** A request, or (of 0 bytes) an answer, sets out: what the way takes beside the producer's latency, µs. Without it nothing. */
  toll?(producer: number, bytes: number): number;
  /** The message stands in the queue: readers see it. Of a new message, one that was committed, one whose time came, a retry, a dead letter. */
  stored(queue: number, offset: number, handle: number): void;
  /** `copy` is made of `original`, which stays where it is: a failed message for a retry or as a dead letter, or one that was sent twice. Before the copy's own `stored` or `delayed`. */
  copied(original: number, copy: number): void;
  /**
   * The producer learns that the message is stored (or waits for its time). Of a half message `half` is told instead.
   * @param offset −1 for a delayed one @param status index in SEND_STATUSES
   */
  acked(producer: number, handle: number, queue: number, offset: number, status: number): void;
  /**
   * The producer gives up.
   * @param error RocketMQ's code, or the class of an error without one @param isStored a broker has it all the same and answers for it, or may still carry the request
   * out; otherwise the handle ends here
   */
  failed(producer: number, handle: number, error: string, isStored: boolean): void;
  /** A one-way message is gone to the broker: nobody tells the producer more. */
  released(producer: number, handle: number): void;

  /** The broker keeps the message until its time. @param level of its delay, 0 for any other time, @param dueAt µs */
  delayed(queue: number, handle: number, level: number, dueAt: number): void;
  /** Its time came: `stored` follows. */
  due(queue: number, handle: number): void;

  /**
   * The producer learns that the half message is stored: hidden, until it says `endTransaction`. With SEND_OK it performs its local transaction now; with any other status it
   * does not, and the model rolls back by itself.
   */
  half(producer: number, handle: number, queue: number, status: number): void;
  /** The broker asks a producer of the group what became of the local transaction; it answers with `endTransaction`. @param time 1, 2, … */
  asked(producer: number, handle: number, time: number): void;
  /** The broker has heard the commit: `stored` follows. */
  committed(handle: number, queue: number): void;
  /** The broker has heard the rollback: `discarded` follows. */
  rolledBack(handle: number, queue: number): void;
  /** Asked too often: set aside for good, `discarded` follows. */
  setAside(handle: number, queue: number): void;

  /** A failed message goes back, to be given to the group again: `copied` came before, `delayed` comes after. @param times that it will have, from 1 */
  retried(group: number, handle: number, times: number): void;
  /** A message is a dead letter now: `copied` came before, `stored` comes after. */
  deadLettered(group: number, handle: number): void;

  /** A rule ended the message. @param queue −1 when it stood in none @param reason index in DISCARD_REASONS */
  discarded(queue: number, handle: number, reason: number): void;
  /** A fault ended the message. @param queue −1 when it stood in none @param reason index in LOSS_REASONS */
  lost(queue: number, handle: number, reason: number): void;
  /** A slave has everything up to this message. @param count messages that it got */
  replicated(broker: number, count: number): void;
  /** A broker's master is up, down or stands still. @param isUp it answers @param promoted name of the slave that is master from now on; without it, or "", it is the same process as before */
  brokerChanged(broker: number, isUp: boolean, promoted?: string): void;
}
