import { rebalanceReason } from "../consumer/consumer-sink.ts";
import { removeFromTarget } from "./consumer-protocol.ts";
import { classicTimer, removeClassic } from "./coordinator.ts";
import type { Group, Member } from "./group.ts";
import { silence } from "./members.ts";
import type { Site } from "./site.ts";
import { TIMER_SESSION } from "./timers.ts";

/** The end of memberships, and what time does, in either protocol. */

const LOOK_AGAIN = 1_000_000;
const SESSION_OVER = rebalanceReason("session");

/** The member is out; the others share what it had. @param reason index in REBALANCE_REASONS */
export function remove(at: Site, member: Member, reason: number): void {
  if (!member.isKnown) return;
  const group = at.state.groups[member.group] as Group;
  if (group.target === null) removeClassic(at, group, member, reason);
  else removeFromTarget(at, group, member, reason);
}

/** Nobody watches the group while no broker runs; whoever coordinates it next gives every member a whole session again. */
function waitForCoordinator(at: Site, what: number, target: number): void {
  if (what === TIMER_SESSION) {
    const member = at.state.members[target] as Member;
    if (member.isKnown && member.sessionEnd !== Number.POSITIVE_INFINITY) silence(at, member, at.meta.now);
  } else at.out.timer(at.meta.now + LOOK_AGAIN, what, target);
}

/** A timer of a member or a group. */
export function groupTimer(at: Site, what: number, target: number): void {
  if (!at.view.isUp()) {
    waitForCoordinator(at, what, target);
    return;
  }
  if (what !== TIMER_SESSION) {
    classicTimer(at, what, at.state.groups[target] as Group);
    return;
  }
  const member = at.state.members[target] as Member;
  // Who waits for a rebalance to end needs no heartbeats.
  if (member.isJoining || member.isSyncing || at.meta.now < member.sessionEnd) return;
  remove(at, member, SESSION_OVER);
}
