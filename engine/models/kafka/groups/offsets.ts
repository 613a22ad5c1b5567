import type { GroupMember } from "../seam.ts";
import type { Group, Member } from "./group.ts";
import { groupNamed, makeReady, type Site } from "./site.ts";

/** Committed offsets. What is committed is the next offset to read; a plain overwrite, any number from 0 on, also backwards and beyond the end. */

/**
 * @param member who commits, null for a consumer that is no member @param generation of the member, −1 when it is none
 * @returns Kafka's code of the refusal, "" when it is done
 */
export function commitOffsets(
  at: Site,
  group: Group,
  member: Member | null,
  generation: number,
  offsets: ReadonlyMap<number, number>,
): string {
  const error = refusalOf(group, member, generation, false);
  if (error !== "") return error;
  store(at, group, offsets);
  return "";
}

/** A member has to be known and of this generation; who is none may commit only while the group has no members. */
function refusalOf(group: Group, member: Member | null, generation: number, isTransactional: boolean): string {
  if (member === null) return group.phase === "Empty" || isTransactional ? "" : "UNKNOWN_MEMBER_ID";
  if (!member.isKnown) return member.isFenced ? "FENCED_INSTANCE_ID" : "UNKNOWN_MEMBER_ID";
  if (member.epochs !== null) return generation === member.epochs.epoch ? "" : "STALE_MEMBER_EPOCH";
  if (generation !== group.generation) return "ILLEGAL_GENERATION";
  return group.phase === "CompletingRebalance" && !isTransactional ? "REBALANCE_IN_PROGRESS" : "";
}

function store(at: Site, group: Group, offsets: ReadonlyMap<number, number>): void {
  for (const [partition, next] of offsets) commitOne(at, group, partition, next);
}

/** Commits without asking whether that is allowed. */
export function commitOne(at: Site, group: Group, partition: number, next: number): void {
  // UNKNOWN_TOPIC_OR_PARTITION: of a topic that was deleted nothing is remembered.
  if (at.view.partitionCount(at.view.topicOf(partition)) === 0) return;
  if (group.phase === "Empty") group.emptySince = at.meta.now;
  group.exists = true;
  group.offsets.set(partition, next);
  at.out.committed(group.number, partition, next);
}

/** @returns the refusal of a single commit, "" when it may be stored */
export function mayCommit(group: Group, member: Member | null, generation: number): string {
  return refusalOf(group, member, generation, false);
}

const MILLI = 1000;

/** Next offset to read, −1 when nothing is committed (any more: a group without members forgets after `offsets.retention.minutes`). */
export function committedOffset(at: Site, group: Group, partition: number): number {
  const isOver = group.phase === "Empty" && at.meta.now - group.emptySince > at.config.offsetsRetentionMs * MILLI;
  return isOver ? -1 : (group.offsets.get(partition) ?? -1);
}

/** An open transaction holds an offset of the partition: who asks for the committed one waits. */
export function isUnstable(group: Group, partition: number): boolean {
  if (group.pending.size === 0) return false;
  for (const offsets of group.pending.values()) if (offsets.has(partition)) return true;
  return false;
}

/** See `GroupOffsets.commitInTransaction`. */
export function commitInTransaction(
  at: Site,
  shown: GroupMember,
  producerId: number,
  offsets: ReadonlyMap<number, number>,
): string {
  const group = groupNamed(at.state, shown.group);
  if (shown.memberId !== "" || shown.generation >= 0) {
    const member = at.state.members.find((one) => one.id === shown.memberId && one.group === group.number);
    if (member === undefined) return "UNKNOWN_MEMBER_ID";
    const error = refusalOf(group, member, shown.generation, true);
    if (error !== "") return error;
  }
  group.exists = true;
  let pending = group.pending.get(producerId);
  if (pending === undefined) {
    pending = new Map();
    group.pending.set(producerId, pending);
  }
  for (const [partition, next] of offsets) pending.set(partition, next);
  return "";
}

/** The offsets that were kept for the producer's transaction count now, or are forgotten. Polls that waited for them go on. */
export function endTransaction(at: Site, producerId: number, isCommitted: boolean): void {
  for (const group of at.state.groups) {
    const pending = group.pending.get(producerId);
    if (pending === undefined) continue;
    group.pending.delete(producerId);
    if (isCommitted) store(at, group, pending);
    for (const consumer of at.state.consumers) {
      if (consumer !== null && consumer.group === group) makeReady(at.state, consumer);
    }
  }
}

/** An administrator sets offsets. @returns Kafka's code of the refusal */
export function resetOffsets(at: Site, group: Group, offsets: ReadonlyMap<number, number>): string {
  if (group.phase !== "Empty") return "UNKNOWN_MEMBER_ID";
  store(at, group, offsets);
  return "";
}

/** @returns Kafka's code of the refusal */
export function deleteGroup(group: Group): string {
  if (!group.exists) return "GROUP_ID_NOT_FOUND";
  if (group.phase !== "Empty") return "NON_EMPTY_GROUP";
  group.exists = false;
  group.generation = 0;
  group.offsets.clear();
  group.pending.clear();
  return "";
}

/** Offsets of partitions that are no more are forgotten. */
export function forgetTopic(at: Site, topic: number): void {
  for (const { offsets } of at.state.groups) {
    for (const partition of [...offsets.keys()]) if (at.view.topicOf(partition) === topic) offsets.delete(partition);
  }
}
