import { committedOffset, isUnstable } from "../groups/offsets.ts";
import type { Site } from "../groups/site.ts";
import { positionReason } from "./consumer-sink.ts";
import {
  type ConsumerState,
  disturb,
  FROM_BEGINNING,
  FROM_COMMIT,
  FROM_END,
  FROM_RANGE,
  FROM_RESET,
  type Holding,
} from "./consumer-state.ts";
import { canReach } from "./reach.ts";

/** Where a consumer reads on. */

const COMMITTED = positionReason("committed");
const RESET = positionReason("reset");
const OUT_OF_RANGE = positionReason("out-of-range");
const TRUNCATED = positionReason("truncated");
const SOUGHT = positionReason("seek");
const MILLI = 1000;

/** Finds the positions that are not known yet, as far as that can be done now. @returns what the poll throws */
export function findPositions(at: Site, consumer: ConsumerState): string {
  let error = "";
  const { holdings } = consumer;
  for (let i = 0; i < holdings.length; i++) {
    const holding = holdings[i] as Holding;
    if (holding.position < 0 && !findPosition(at, consumer, holding)) error = "NoOffsetForPartitionException";
  }
  return error;
}

/** @returns false when nothing is committed and `auto.offset.reset` is none */
export function findPosition(at: Site, consumer: ConsumerState, holding: Holding): boolean {
  if (!canReach(at, consumer)) return true;
  const { group, config } = consumer;
  const { partition } = holding;
  if (holding.source === FROM_COMMIT) {
    if (group !== null) {
      if (isUnstable(group, partition)) return true;
      const committed = committedOffset(at, group, partition);
      if (committed >= 0) {
        place(at, consumer, holding, committed, COMMITTED);
        return true;
      }
    }
    if (config.autoOffsetReset === "none") return false;
    holding.source = FROM_RESET;
  }
  if (!at.view.isReadable(partition)) return true;
  const { source } = holding;
  const reason = source === FROM_RESET ? RESET : source === FROM_RANGE ? OUT_OF_RANGE : SOUGHT;
  place(at, consumer, holding, resetOffset(at, consumer, holding), reason);
  return true;
}

function resetOffset(at: Site, consumer: ConsumerState, holding: Holding): number {
  const { view } = at;
  const { partition, source } = holding;
  const { autoOffsetReset, isolation } = consumer.config;
  if (source === FROM_BEGINNING) return view.start(partition);
  if (source === FROM_END) return view.latest(partition, isolation);
  if (autoOffsetReset === "earliest") return view.start(partition);
  if (typeof autoOffsetReset !== "number") return view.latest(partition, isolation);
  const since = view.offsetForTime(partition, at.meta.now / MILLI - autoOffsetReset);
  return since < 0 ? view.latest(partition, isolation) : since;
}

function place(at: Site, consumer: ConsumerState, holding: Holding, offset: number, reason: number): void {
  holding.position = offset;
  holding.hasMore = true;
  holding.source = FROM_COMMIT;
  holding.epoch = reason === COMMITTED ? -1 : at.view.epochBefore(holding.partition, offset);
  holding.leaderEpoch = at.view.leaderEpoch(holding.partition);
  at.out.positioned(consumer.number, holding.partition, offset, reason);
}

/** The application says where to read on: an offset at once, the ends when they are needed. What was fetched is kept in case it fits. */
export function seek(at: Site, consumer: ConsumerState, holding: Holding, to: number | "beginning" | "end"): void {
  if (typeof to === "number") {
    place(at, consumer, holding, to, SOUGHT);
    // A sought offset has no history that another leader's log could be compared with.
    holding.epoch = -1;
    return;
  }
  holding.position = -1;
  disturb(consumer);
  holding.source = to === "beginning" ? FROM_BEGINNING : FROM_END;
}

/** The position is not in the log: by `auto.offset.reset`. @returns what the poll throws */
export function leaveRange(at: Site, consumer: ConsumerState, holding: Holding): string {
  if (consumer.config.autoOffsetReset === "none") return "OffsetOutOfRangeException";
  holding.position = -1;
  disturb(consumer);
  holding.source = FROM_RANGE;
  findPosition(at, consumer, holding);
  return "";
}

/**
 * Another leader may have cut off what was read: then back to where the logs part.
 * @returns what the poll throws
 */
export function validate(at: Site, consumer: ConsumerState, holding: Holding): string {
  const { view } = at;
  const { partition, epoch } = holding;
  holding.leaderEpoch = view.leaderEpoch(partition);
  if (epoch < 0) return "";
  const end = view.epochEnd(partition, epoch);
  if (end >= holding.position) return "";
  if (consumer.config.autoOffsetReset === "none") return "LogTruncationException";
  place(at, consumer, holding, end, TRUNCATED);
  return "";
}
