/** What the broker answers to a pull. */
export type PullStatus = "FOUND" | "NO_NEW_MSG" | "NO_MATCHED_MSG" | "OFFSET_ILLEGAL";

/** The answer to a pull, before the client has looked at it. */
export interface Pulled {
  readonly status: PullStatus;
  /** Where to go on: behind the last message that was looked at, or where the queue begins or ends if the offset was wrong. */
  readonly next: number;
  readonly offsets: readonly number[];
}

/**
 * Reads a queue from an offset on.
 * @param min the first offset that is there @param max the next one to be given
 * @param limit of the messages that pass, not of those that are looked at (rocketmq/pull/tags-max)
 * @param passes the broker's filter; what it holds back is passed over for good
 */
export function pullQueue(
  min: number,
  max: number,
  offset: number,
  limit: number,
  passes: (offset: number) => boolean,
): Pulled {
  if (offset < min) return { status: "OFFSET_ILLEGAL", next: min, offsets: [] };
  if (offset > max) return { status: "OFFSET_ILLEGAL", next: max, offsets: [] };
  if (offset === max) return { status: "NO_NEW_MSG", next: max, offsets: [] };
  const offsets: number[] = [];
  let next = offset;
  while (next < max && offsets.length < limit) {
    if (passes(next)) offsets.push(next);
    next++;
  }
  return { status: offsets.length > 0 ? "FOUND" : "NO_MATCHED_MSG", next, offsets };
}
