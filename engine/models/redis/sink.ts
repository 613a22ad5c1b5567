import type { Reply } from "./replies.ts";

/**
 * Effects of the Redis model, one method each. Clients and servers are the model's integer ids, keys are names, messages are handles of the run's store. Only what
 * primaries hold is told: the copies of replicas and of files on disk are the model's own until a takeover or a restart makes them count (`restored`).
 *
 * What is handed to a client by a pop, a read or a publication is forgotten by the server at once: the handle is the sink's again. Only what a stream keeps, or a
 * group has pending, stays.
 */
export interface RedisSink {
  /** A command's reply, or what a blocked client waited for. */
  reply(client: number, value: Reply): void;
  /** A published message to a subscriber. @param pattern the pattern that matched, null for the channel itself */
  message(client: number, channel: string, pattern: string | null, copy: number): void;
  /** The server closed the connection. */
  closed(client: number): void;
  /** The client waits; its next `reply` ends that. */
  blocked(client: number): void;
  /** The element is in the key: a list, a sorted set, a stream. */
  enqueued(key: string, copy: number): void;
  /** Popped and sent to the client: the server knows nothing of it any more. */
  popped(client: number, key: string, copy: number): void;
  /** Shown to the client and moved to another list (or another end) in the same command. */
  moved(client: number, from: string, to: string, copy: number): void;
  /** A client took this very element out by name (LREM, ZREM): finished with it, or taking it. */
  removed(client: number, key: string, copy: number): void;
  /** `copy` is made of `original`, which the model keeps. Called before the copy's own effect. */
  copied(original: number, copy: number): void;
  /** A reader without a group, or one that acknowledges nothing, was given a copy of a stream's entry. */
  read(client: number, key: string, copy: number): void;
  /** A member of a group was given a copy of an entry, which is now pending. @param deliveries how often it has been given out, this time included */
  delivered(client: number, key: string, group: string, consumer: string, copy: number, deliveries: number): void;
  /** A claim without the contents (JUSTID): the copy is pending for the consumer, but nothing was sent. */
  assigned(key: string, group: string, consumer: string, copy: number): void;
  /** Acknowledged. */
  acknowledged(key: string, group: string, copy: number): void;
  /** No longer what the group waits for: it was given out again, or its consumer or group went. Whoever has it may finish in vain. */
  superseded(key: string, group: string, copy: number): void;
  /** A rule ended the copy. @param key "" when it never was in one @param reason index in DISCARD_REASONS */
  discarded(key: string, copy: number, reason: number): void;
  /** A fault ended the copy. @param reason index in LOSS_REASONS */
  lost(key: string, copy: number, reason: number): void;
  /** A copy that did not count is back: from disk, or on a replica that took over. What had gone already is there again. */
  restored(server: number, copy: number): void;
  /** Call `timerFired(what, target)` at `at` (virtual µs). Timers are never cancelled: the model ignores those that no longer apply. */
  timer(at: number, what: number, target: number): void;
}
