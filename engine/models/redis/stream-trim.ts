import { natural } from "./arguments.ts";
import type { Call } from "./call.ts";
import { TOO_OLD, TRIMMED } from "./reasons.ts";
import { refuse } from "./replies.ts";
import { strictId } from "./stream-arguments.ts";
import { compareIds, type StreamId } from "./stream-id.ts";
import type { StreamEntry } from "./stream-log.ts";
import { removeFirst, TRIM_LIMIT } from "./stream-nodes.ts";
import type { StreamNode, StreamValue } from "./stream-value.ts";

/** MAXLEN n or MINID id, exactly or with `~` by whole nodes. */
export interface Trim {
  readonly maxLength: number | null;
  readonly minId: StreamId | null;
  readonly isApproximate: boolean;
  /** Entries removed at most; 0 = no limit. */
  readonly limit: number;
}

export interface TrimArguments {
  readonly trim: Trim | null;
  readonly noMakeStream: boolean;
  /** Index of the first argument that is no option: the id of an XADD. */
  readonly next: number;
}

/** Options of XADD and XTRIM, from argument 2 on. @throws Refused ERR */
export function parseTrim(x: Call, isAdd: boolean): TrimArguments {
  let maxLength: number | null = null;
  let minId: StreamId | null = null;
  let isApproximate = false;
  let limit: number | null = null;
  let noMakeStream = false;
  let i = 2;
  for (; i < x.args.length; i++) {
    const word = x.word(i);
    const more = x.args.length - 1 - i;
    if ((word === "maxlen" || word === "minid") && more > 0) {
      if (maxLength !== null || minId !== null) refuse();
      const mark = x.arg(i + 1);
      if (more >= 2 && (mark === "~" || mark === "=")) {
        isApproximate = mark === "~";
        i++;
      }
      i++;
      if (word === "maxlen") maxLength = natural(x.arg(i));
      else minId = strictId(x.arg(i));
    } else if (word === "limit" && more > 0) {
      i++;
      limit = natural(x.arg(i));
    } else if (isAdd && word === "nomkstream") noMakeStream = true;
    else if (isAdd) break;
    else refuse();
  }
  const isTrimming = maxLength !== null || minId !== null;
  if (limit !== null && limit > 0 && !isTrimming) refuse();
  if (!isAdd && !isTrimming) refuse();
  if (limit !== null && !isApproximate) refuse();
  const trim = isTrimming
    ? { maxLength, minId, isApproximate, limit: limit ?? (isApproximate ? TRIM_LIMIT : 0) }
    : null;
  return { trim, noMakeStream, next: i };
}

/** Removes from the old end. It asks no group: unread and pending entries go too. @returns how many went */
export function trimStream(x: Call, key: string, stream: StreamValue, trim: Trim): number {
  const count = trim.isApproximate ? wholeNodes(stream, trim) : exactly(stream, trim);
  const reason = trim.minId === null ? TRIMMED : TOO_OLD;
  for (const copy of removeFirst(stream, count)) x.discarded(key, copy, reason);
  return count;
}

function exactly(stream: StreamValue, { maxLength, minId }: Trim): number {
  if (maxLength !== null) return Math.max(0, stream.entries.length - maxLength);
  let count = 0;
  while (count < stream.entries.length && isOlder(stream.entries.at(count), minId)) count++;
  return count;
}

const isOlder = (entry: StreamEntry | undefined, minId: StreamId | null): boolean =>
  entry !== undefined && minId !== null && compareIds(entry.id, minId) < 0;

function wholeNodes(stream: StreamValue, { maxLength, minId, limit }: Trim): number {
  let removed = 0;
  for (const node of stream.nodes as StreamNode[]) {
    const after = removed + node.count;
    if (limit > 0 && after > limit) break;
    const mayGo =
      maxLength !== null ? stream.entries.length - after >= maxLength : isOlder(stream.entries.at(after - 1), minId);
    if (!mayGo) break;
    removed = after;
  }
  return removed;
}
