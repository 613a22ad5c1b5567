import { rebalanceReason } from "../consumer/consumer-sink.ts";
import type { AssignorName } from "./assignors.ts";
import {
  type Group,
  type JoinRequest,
  type Member,
  NEWS_FENCED,
  NEWS_NONE,
  NEWS_REBALANCE,
  NEWS_UNKNOWN,
} from "./group.ts";
import { addMember, beEmpty, dropMember, silence, tellNews } from "./members.ts";
import type { PartitionName } from "./partition-name.ts";
import { ANSWER_FENCED, ANSWER_JOINED, ANSWER_REJOIN, ANSWER_SYNCED, type Site } from "./site.ts";
import { TIMER_FIRST, TIMER_JOIN, TIMER_SYNC } from "./timers.ts";

/**
 * The classic group coordinator: Empty → PreparingRebalance (members join) → CompletingRebalance (the leader assigns, members fetch) → Stable. It answers members
 * through `GroupsState.answers`, since an answer may come long after the request. semantics/kafka.md, section 7.
 */

const MILLI = 1000;
const JOINED_ANEW = rebalanceReason("join");
const LEFT = rebalanceReason("leave");
const TOO_LATE = rebalanceReason("rebalance-timeout");
const RETURNED = rebalanceReason("static-return");

/** @returns the member, which is answered as soon as everybody has joined; or Kafka's code of the refusal. @param known who it says it is */
export function join(at: Site, group: Group, request: JoinRequest, known: Member | null): Member | string {
  const { minSessionTimeoutMs, maxSessionTimeoutMs } = at.config;
  const session = request.sessionTimeoutMs;
  if (session < minSessionTimeoutMs || session > maxSessionTimeoutMs) return "INVALID_SESSION_TIMEOUT";
  if (group.members.length === 0) group.target = null;
  else if (group.target !== null || !hasCommonAssignor(group, request)) return "INCONSISTENT_GROUP_PROTOCOL";
  if (known !== null) {
    if (!known.isKnown) return known.isFenced ? "FENCED_INSTANCE_ID" : "UNKNOWN_MEMBER_ID";
    known.request = request;
    enter(at, group, known, request.reason);
    return known;
  }
  group.exists = true;
  const older =
    request.instanceId === null
      ? undefined
      : group.members.find((one) => one.request.instanceId === request.instanceId);
  if (older !== undefined) return replaceStatic(at, group, older, request);
  const member = addMember(at, group, request);
  group.leader ??= member;
  enter(at, group, member, JOINED_ANEW);
  return member;
}

function hasCommonAssignor(group: Group, request: JoinRequest): boolean {
  return request.assignors.some((name) => group.members.every((one) => one.request.assignors.includes(name)));
}

/** The member waits for the rebalance that is going on, or begins one. */
function enter(at: Site, group: Group, member: Member, reason: number): void {
  member.isJoining = true;
  member.isSyncing = false;
  if (group.phase === "PreparingRebalance") maybeComplete(at, group);
  else prepare(at, group, reason);
}

/** All members have to join again. */
function prepare(at: Site, group: Group, reason: number): void {
  const wasEmpty = group.phase === "Empty";
  if (group.phase === "CompletingRebalance") sendBack(at, group);
  group.phase = "PreparingRebalance";
  group.reason = reason;
  group.syncEnd = Number.POSITIVE_INFINITY;
  at.out.rebalancing(group.number, group.generation, reason);
  awaitMembers(at, group);
  for (const member of group.members) if (!member.isJoining) tellNews(at, member);
  const delay = at.config.initialRebalanceDelayMs * MILLI;
  if (wasEmpty && delay > 0 && group.members.length > 0) {
    group.firstEnd = at.meta.now + delay;
    group.firstLimit = Math.max(group.firstEnd, group.joinEnd);
    group.counted = group.members.length;
    at.out.timer(group.firstEnd, TIMER_FIRST, group.number);
  } else maybeComplete(at, group);
}

/** The rebalance waits for the slowest of its members' `max.poll.interval.ms`. */
function awaitMembers(at: Site, group: Group): void {
  group.joinEnd = at.meta.now + patience(group);
  if (group.members.length > 0) at.out.timer(group.joinEnd, TIMER_JOIN, group.number);
}

function patience(group: Group): number {
  let most = 0;
  for (const { request } of group.members) most = Math.max(most, request.rebalanceTimeoutMs);
  return most * MILLI;
}

/** Who waits for its partitions waits in vain: it has to join again. */
function sendBack(at: Site, group: Group): void {
  for (const member of group.members) {
    member.owesSync = false;
    member.assignment = [];
    if (!member.isSyncing) continue;
    member.isSyncing = false;
    at.state.answers.push({ member, kind: ANSWER_REJOIN });
  }
}

function maybeComplete(at: Site, group: Group): void {
  if (group.phase !== "PreparingRebalance" || group.firstEnd !== Number.POSITIVE_INFINITY) return;
  if (group.members.every((member) => member.isJoining)) complete(at, group);
}

/** The rebalance is over: who has joined is in the next generation. */
function complete(at: Site, group: Group): void {
  group.joinEnd = Number.POSITIVE_INFINITY;
  group.firstEnd = Number.POSITIVE_INFINITY;
  // Static members that are away stay, with what they said last, until their session is over.
  for (const member of group.members.filter((one) => !one.isJoining && one.request.instanceId === null)) {
    dropMember(at, group, member, TOO_LATE);
  }
  if (group.members.length === 0) {
    beEmpty(at, group);
    return;
  }
  if (group.leader === null || !group.leader.isJoining) {
    const next = group.members.find((member) => member.isJoining);
    if (next === undefined) {
      awaitMembers(at, group);
      return;
    }
    group.leader = next;
  }
  group.generation++;
  group.phase = "CompletingRebalance";
  group.assignor = chooseAssignor(group);
  for (const member of group.members) {
    member.owesSync = true;
    if (!member.isJoining) continue;
    member.isJoining = false;
    if (member.sessionEnd !== Number.POSITIVE_INFINITY) silence(at, member, at.meta.now);
    at.state.answers.push({ member, kind: ANSWER_JOINED });
  }
  group.syncEnd = at.meta.now + patience(group);
  at.out.timer(group.syncEnd, TIMER_SYNC, group.number);
  const leaving = group.members.filter((member) => member.isLeaving);
  for (const member of leaving) removeClassic(at, group, member, LEFT);
}

/** Everybody votes for the first on its list that all know; the most votes win, then the order of the first member's list. */
function chooseAssignor(group: Group): AssignorName | null {
  const lists = group.members.map(({ request }) => request.assignors);
  const common = (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)));
  const votes = common.map((name) => lists.filter((list) => list.find((one) => common.includes(one)) === name).length);
  return common[votes.indexOf(Math.max(...votes))] ?? null;
}

/**
 * A member asks for its partitions; the leader brings everybody's.
 * @returns Kafka's code when it has to join again, "" when it is answered
 */
export function sync(at: Site, member: Member, all: ReadonlyMap<string, PartitionName[]> | null): string {
  if (!member.isKnown) return "UNKNOWN_MEMBER_ID";
  const group = at.state.groups[member.group] as Group;
  if (group.phase === "PreparingRebalance") return "REBALANCE_IN_PROGRESS";
  member.owesSync = false;
  if (group.phase === "Stable") {
    at.state.answers.push({ member, kind: ANSWER_SYNCED });
    return "";
  }
  member.isSyncing = true;
  if (member !== group.leader || all === null) return "";
  group.phase = "Stable";
  for (const one of group.members) {
    one.assignment = all.get(one.id) ?? [];
    if (!one.isSyncing) continue;
    one.isSyncing = false;
    at.state.answers.push({ member: one, kind: ANSWER_SYNCED });
  }
  at.out.stable(group.number, group.generation, group.members.length);
  return "";
}

/** The member is out; the others share what it had. @param reason index in REBALANCE_REASONS */
export function removeClassic(at: Site, group: Group, member: Member, reason: number): void {
  dropMember(at, group, member, reason);
  if (group.phase === "PreparingRebalance") {
    if (group.members.length === 0) complete(at, group);
    else maybeComplete(at, group);
  } else prepare(at, group, reason);
}

/** What the member's next heartbeat is answered. */
export function newsOf(at: Site, member: Member): number {
  if (!member.isKnown) return member.isFenced ? NEWS_FENCED : NEWS_UNKNOWN;
  const group = at.state.groups[member.group] as Group;
  return group.phase === "PreparingRebalance" && !member.isJoining ? NEWS_REBALANCE : NEWS_NONE;
}

/**
 * A static member comes back, or another one with its instance id comes: it takes the old one's place, which is fenced. If nothing else changes nobody has to rebalance,
 * **even if it wants other topics now** (kafka/static/changed-subscription).
 */
function replaceStatic(at: Site, group: Group, older: Member, request: JoinRequest): Member {
  const member = addMember(at, group, request);
  group.members.pop();
  group.members[group.members.indexOf(older)] = member;
  member.assignment = older.assignment;
  member.clientId = older.clientId;
  if (group.leader === older) group.leader = member;
  const wasWaiting = older.isJoining || older.isSyncing;
  older.isKnown = false;
  older.isFenced = true;
  older.isJoining = false;
  older.isSyncing = false;
  at.out.left(older.request.consumer, group.number, RETURNED);
  if (wasWaiting) at.state.answers.push({ member: older, kind: ANSWER_FENCED });
  tellNews(at, older);
  if (group.phase !== "Stable" || chooseAssignor(group) !== group.assignor) enter(at, group, member, RETURNED);
  else at.state.answers.push({ member, kind: ANSWER_JOINED });
  return member;
}

/** An empty group's first rebalance: as long as members keep coming it waits on. */
function waitForMore(at: Site, group: Group): void {
  const delay = at.config.initialRebalanceDelayMs * MILLI;
  const hasGrown = group.members.length > group.counted;
  group.counted = group.members.length;
  const end = Math.min(at.meta.now + delay, group.firstLimit);
  if (hasGrown && end > at.meta.now) {
    group.firstEnd = end;
    at.out.timer(end, TIMER_FIRST, group.number);
  } else complete(at, group);
}

function dropUnsynced(at: Site, group: Group): void {
  group.syncEnd = Number.POSITIVE_INFINITY;
  const late = group.members.filter((member) => member.owesSync);
  for (const member of late) dropMember(at, group, member, TOO_LATE);
  if (late.length > 0) prepare(at, group, TOO_LATE);
}

/** A timer of a classic group. */
export function classicTimer(at: Site, what: number, group: Group): void {
  const { now } = at.meta;
  if (what === TIMER_JOIN && now >= group.joinEnd && group.firstEnd === Number.POSITIVE_INFINITY) complete(at, group);
  else if (what === TIMER_SYNC && now >= group.syncEnd) dropUnsynced(at, group);
  else if (what === TIMER_FIRST && now >= group.firstEnd) waitForMore(at, group);
}
