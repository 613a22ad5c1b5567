import { KEPT, type MessageStore, NONE } from "../models/messages.ts";
import { DISCARD_REASONS, LOSS_REASONS } from "../models/model.ts";

/** How a copy ended. */
export const END_PROCESSED = 0;
export const END_DISCARDED = 1;
export const END_LOST = 2;

export const OUTCOMES = 3;
/** Among those who have processed a message: all. */
const EVERYBODY = -1;
/** The group's message has ended; what is left of it only lies in a log. */
export const CLOSED = 4;

/**
 * The account of every message: published = processed + in system + discarded + lost, at every event.
 *
 * A routed message can become several copies. The message is *in the system* until its last copy has ended (and its producer has stopped waiting for a confirm); then it
 * is processed if any copy was, else lost if any copy was lost, else discarded, for the reason of the copy that decided. Copies are accounted beside it, one by one, so
 * that a copy that expired in one of three queues is not hidden by the two that arrived.
 * Messages with one copy have no group; the others share one. A copy that lies in a log (a stream) is there to be read, not to be done: once another copy has been
 * processed the message counts as processed although the log keeps it.
 */
export class Ledger {
  published = 0;
  processed = 0;
  /** Messages published and not ended, counted on its own, so that the sum is a check and not a definition. */
  open = 0;
  /** Times that a consumer worked on a message which the same consumers had finished before. */
  duplicates = 0;
  discarded: Float64Array = new Float64Array(DISCARD_REASONS.length);
  lost: Float64Array = new Float64Array(LOSS_REASONS.length);
  /** Copies, of all messages: made, and how they ended. Made − ended = live rows of the store. */
  copiesMade = 0;
  copiesProcessed = 0;
  copiesDiscarded: Float64Array = new Float64Array(DISCARD_REASONS.length);
  copiesLost: Float64Array = new Float64Array(LOSS_REASONS.length);
  // Groups: rows of columns, row 0 is never used.
  groupLive: Uint32Array = new Uint32Array(64);
  groupOutcome: Uint8Array = new Uint8Array(64);
  groupReason: Uint8Array = new Uint8Array(64);
  /** Copies that lie in logs. */
  groupKept: Uint8Array = new Uint8Array(64);
  groupFree: number[] = [];
  groupTop = 1;
  /** Consumer nodes that have processed a copy of a group, for groups where a retry makes duplicates possible. */
  groupDone: Map<number, number[]> = new Map();

  begin(): void {
    this.published++;
    this.open++;
    this.copiesMade++;
  }

  /** A further copy of `original` (fan-out or retry) came into being as `copy`. */
  copied(store: MessageStore, original: number, copy: number): void {
    this.copiesMade++;
    let group = store.groupOf(original);
    if (group === 0) {
      group = this.newGroup(1);
      store.setGroup(original, group);
    }
    this.groupLive[group] = (this.groupLive[group] as number) + 1;
    store.setGroup(copy, group);
  }

  /** As `copied` for so many copies that are about to be cloned from `original`: they take its group over. */
  copiedAll(store: MessageStore, original: number, count: number): void {
    this.copiesMade += count;
    const group = store.groupOf(original);
    if (group === 0) store.setGroup(original, this.newGroup(count + 1));
    else this.groupLive[group] = (this.groupLive[group] as number) + count;
  }

  /** Keeps the message open although its copies may end: its producer waits for a confirm and may send it again. @returns the group, for `release` */
  hold(store: MessageStore, handle: number): number {
    let group = store.groupOf(handle);
    if (group === 0) {
      group = this.newGroup(1);
      store.setGroup(handle, group);
    }
    this.groupLive[group] = (this.groupLive[group] as number) + 1;
    this.groupDone.set(group, []);
    return group;
  }

  /** A copy sent again of a held message. */
  joined(store: MessageStore, handle: number, group: number): void {
    this.copiesMade++;
    this.groupLive[group] = (this.groupLive[group] as number) + 1;
    store.setGroup(handle, group);
  }

  /** The copy lies in a log from now on, where reading does not remove it. */
  keep(store: MessageStore, handle: number): void {
    let group = store.groupOf(handle);
    if (group === 0) {
      group = this.newGroup(1);
      store.setGroup(handle, group);
    }
    this.groupKept[group] = (this.groupKept[group] as number) + 1;
    store.flags[handle] = (store.flags[handle] as number) | KEPT;
  }

  isKept(store: MessageStore, handle: number): boolean {
    return ((store.flags[handle] as number) & KEPT) !== 0;
  }

  /**
   * A copy that was made some time ago counts from now on. Where the log no longer has what it was made of (deleted, cut off, another message in its place), its message may have
   * ended and its group be another's: then the copy counts for itself.
   * @param original what the log has where the copy comes from, NONE = nothing
   */
  countCopy(store: MessageStore, original: number, copy: number): void {
    const isThere =
      original !== NONE && store.id[original] === store.id[copy] && store.groupOf(original) === store.groupOf(copy);
    if (isThere) this.copied(store, original, copy);
    else this.cameBack(store, copy);
  }

  /** The log has lost the copy, but whoever sent it has not given it up. */
  unkeep(store: MessageStore, handle: number): void {
    if (!this.isKept(store, handle)) return;
    const group = store.groupOf(handle);
    this.groupKept[group] = (this.groupKept[group] as number) - 1;
    store.flags[handle] = (store.flags[handle] as number) & ~KEPT;
  }

  /** A copy of a message that may have ended long ago is there again (a file, a replica): it counts as a copy only, and whoever processes it does so once more. */
  cameBack(store: MessageStore, handle: number): void {
    this.copiesMade++;
    const group = this.newGroup(1);
    this.groupOutcome[group] = CLOSED;
    this.groupDone.set(group, [EVERYBODY]);
    store.setGroup(handle, group);
  }

  /** From now on it is noted who processes a copy of this message, because a second copy is given out while the first may be at work. */
  watch(store: MessageStore, handle: number): void {
    const group = store.groupOf(handle);
    if (group !== 0 && !this.groupDone.has(group)) this.groupDone.set(group, []);
  }

  release(group: number): void {
    this.leave(group);
  }

  /** The only copy of a message was processed. */
  endOnly(): void {
    this.copiesProcessed++;
    this.processed++;
    this.open--;
  }

  /** A copy has ended. The caller frees the handle. `reason` indexes DISCARD_REASONS or LOSS_REASONS; 0 when processed. */
  end(store: MessageStore, handle: number, outcome: number, reason: number): void {
    if (outcome === END_PROCESSED) this.copiesProcessed++;
    else if (outcome === END_DISCARDED) this.copiesDiscarded[reason] = (this.copiesDiscarded[reason] as number) + 1;
    else this.copiesLost[reason] = (this.copiesLost[reason] as number) + 1;
    const group = store.groupOf(handle);
    if (group === 0) {
      this.close(outcome, reason);
      return;
    }
    if (((store.flags[handle] as number) & KEPT) !== 0) this.groupKept[group] = (this.groupKept[group] as number) - 1;
    const known = this.groupOutcome[group] as number;
    // Stronger outcomes win: processed, then lost, then discarded. OUTCOMES = none yet.
    if (known === OUTCOMES || (known !== CLOSED && rank(outcome) < rank(known))) {
      this.groupOutcome[group] = outcome;
      this.groupReason[group] = reason;
    }
    this.leave(group);
  }

  /** @returns true when consumers of `node` have processed a copy of this held message before; remembers that they have now */
  processedBefore(store: MessageStore, handle: number, node: number): boolean {
    if (this.groupDone.size === 0) return false;
    const done = this.groupDone.get(store.groupOf(handle));
    if (done === undefined) return false;
    if (done.includes(node) || done[0] === EVERYBODY) return true;
    done.push(node);
    return false;
  }

  /** Copies that have been made and not ended. */
  get copiesOpen(): number {
    return this.copiesMade - this.copiesProcessed - sum(this.copiesDiscarded) - sum(this.copiesLost);
  }

  get discardedTotal(): number {
    return sum(this.discarded);
  }

  get lostTotal(): number {
    return sum(this.lost);
  }

  /** published − processed − in system − discarded − lost: anything but 0 is a bug of ours. */
  imbalance(): number {
    return this.published - this.processed - this.open - this.discardedTotal - this.lostTotal;
  }

  private newGroup(live: number): number {
    const free = this.groupFree.pop();
    const group = free ?? this.groupTop++;
    if (group === this.groupLive.length) this.growGroups();
    this.groupLive[group] = live;
    this.groupOutcome[group] = OUTCOMES;
    this.groupReason[group] = 0;
    this.groupKept[group] = 0;
    return group;
  }

  private leave(group: number): void {
    const live = (this.groupLive[group] as number) - 1;
    this.groupLive[group] = live;
    const outcome = this.groupOutcome[group] as number;
    if (live > 0) {
      if (outcome !== END_PROCESSED || live !== (this.groupKept[group] as number)) return;
      this.close(outcome, 0);
      this.groupOutcome[group] = CLOSED;
      return;
    }
    // A held message whose copies have all ended has an outcome; one without any is refused before it was sent.
    if (outcome === OUTCOMES) this.close(END_DISCARDED, DISCARD_REASONS.indexOf("failed"));
    else if (outcome !== CLOSED) this.close(outcome, this.groupReason[group] as number);
    this.groupDone.delete(group);
    this.groupFree.push(group);
  }

  private close(outcome: number, reason: number): void {
    this.open--;
    if (outcome === END_PROCESSED) this.processed++;
    else if (outcome === END_DISCARDED) this.discarded[reason] = (this.discarded[reason] as number) + 1;
    else this.lost[reason] = (this.lost[reason] as number) + 1;
  }

  private growGroups(): void {
    const capacity = this.groupLive.length * 2;
    const live = new Uint32Array(capacity);
    live.set(this.groupLive);
    this.groupLive = live;
    const outcome = new Uint8Array(capacity);
    outcome.set(this.groupOutcome);
    this.groupOutcome = outcome;
    const reason = new Uint8Array(capacity);
    reason.set(this.groupReason);
    this.groupReason = reason;
    const kept = new Uint8Array(capacity);
    kept.set(this.groupKept);
    this.groupKept = kept;
  }
}

function rank(outcome: number): number {
  return outcome === END_PROCESSED ? 0 : outcome === END_LOST ? 1 : 2;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
