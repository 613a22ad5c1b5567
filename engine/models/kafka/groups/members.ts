import { type ConsumerState, disturb } from "../consumer/consumer-state.ts";
import { type Group, type JoinRequest, Member } from "./group.ts";
import { ANSWER_UNKNOWN, type Site } from "./site.ts";
import { TIMER_NEWS, TIMER_SESSION } from "./timers.ts";

/** What both protocols do with members. */

const MILLI = 1000;

/** A new member with a number and an id of its own, in no phase yet. */
export function addMember(at: Site, group: Group, request: JoinRequest): Member {
  const { members } = at.state;
  // A real id ends in a UUID. The number keeps members of one client id in the order in which they came.
  const id = `${request.instanceId ?? request.clientId}-${String(members.length).padStart(12, "0")}`;
  const member = new Member(members.length, group.number, id, request);
  members.push(member);
  group.members.push(member);
  return member;
}

/** Lets the member know with its next heartbeat. */
export function tellNews(at: Site, member: Member): void {
  const consumer: ConsumerState | null = at.state.consumers[member.request.consumer] ?? null;
  if (consumer === null || consumer.member !== member) return;
  disturb(consumer);
  member.newsAt = at.config.hasInstantNews ? at.meta.now : consumer.nextBeat(at.meta.now);
  at.out.timer(member.newsAt, TIMER_NEWS, consumer.number);
}

/** Nobody is left: a generation too, without members. */
export function beEmpty(at: Site, group: Group): void {
  group.generation++;
  group.phase = "Empty";
  group.assignor = null;
  group.leader = null;
  group.target = null;
  group.emptySince = at.meta.now;
  at.out.stable(group.number, group.generation, 0);
}

/** Takes a member out of the lists, no more. */
export function dropMember(at: Site, group: Group, member: Member, reason: number): void {
  if (member.isJoining || member.isSyncing) at.state.answers.push({ member, kind: ANSWER_UNKNOWN });
  member.isKnown = false;
  member.isJoining = false;
  member.isSyncing = false;
  group.members.splice(group.members.indexOf(member), 1);
  if (group.leader === member) group.leader = group.members[0] ?? null;
  at.out.left(member.request.consumer, group.number, reason);
  tellNews(at, member);
}

/** The member's heartbeats have stopped. @param last when the last one came */
export function silence(at: Site, member: Member, last: number): void {
  member.sessionEnd = last + member.request.sessionTimeoutMs * MILLI;
  at.out.timer(Math.max(member.sessionEnd, at.meta.now), TIMER_SESSION, member.number);
}

/** Its heartbeats go on. */
export function hear(member: Member): void {
  member.sessionEnd = Number.POSITIVE_INFINITY;
}
