import { rebalanceReason } from "../consumer/consumer-sink.ts";
import type { AssignMember } from "./assignor.ts";
import type { Group, JoinRequest, Member } from "./group.ts";
import { addMember, beEmpty, dropMember, tellNews } from "./members.ts";
import type { PartitionName } from "./partition-name.ts";
import { assignRemotely } from "./remote-assignors.ts";
import type { Site } from "./site.ts";
import { type MemberEpochs, REMOTE_ASSIGNORS, type Target } from "./target.ts";

/**
 * The coordinator of the consumer protocol (KIP-848): it reckons a target, and each member gets there by its own heartbeats, giving up before others receive. Nobody
 * waits for all. semantics/kafka.md, section 7.
 */

const JOINED = rebalanceReason("join");
const TOPICS = rebalanceReason("topics");
const SUBSCRIPTION = rebalanceReason("subscription");
const RETURNED = rebalanceReason("static-return");

/** @returns the new member, or Kafka's code of the refusal @param wanted `group.remote.assignor`, null for the broker's choice */
export function joinTarget(at: Site, group: Group, request: JoinRequest, wanted: string | null): Member | string {
  const assignor = REMOTE_ASSIGNORS.find((name) => name === (wanted ?? "uniform"));
  if (assignor === undefined) return "UNSUPPORTED_ASSIGNOR";
  if (group.members.length > 0 && group.target === null) return "INCONSISTENT_GROUP_PROTOCOL";
  const older =
    request.instanceId === null
      ? undefined
      : group.members.find((one) => one.request.instanceId === request.instanceId);
  if (older !== undefined && !epochsOf(older).isAway) return "UNRELEASED_INSTANCE_ID";
  group.exists = true;
  group.target ??= { epoch: group.generation, assignor, assignment: new Map() };
  const member = addMember(at, group, request);
  member.epochs = { epoch: 0, revoking: [], isAway: false };
  if (older === undefined) {
    retarget(at, group, JOINED);
    return member;
  }
  takePlace(group, older, member);
  at.out.left(older.request.consumer, group.number, RETURNED);
  if (!isSame(older.request.topics, request.topics)) retarget(at, group, RETURNED);
  return member;
}

const epochsOf = (member: Member): MemberEpochs => member.epochs as MemberEpochs;
const targetOf = (group: Group): Target => group.target as Target;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** A static member comes back: what it had is its own again. */
function takePlace(group: Group, older: Member, member: Member): void {
  group.members.pop();
  group.members[group.members.indexOf(older)] = member;
  member.assignment = older.assignment;
  member.clientId = older.clientId;
  epochsOf(member).epoch = epochsOf(older).epoch;
  const { assignment } = targetOf(group);
  assignment.set(member.number, assignment.get(older.number) ?? []);
  assignment.delete(older.number);
  older.isKnown = false;
  if (group.leader === older) group.leader = null;
}

/** A new target. @param reason index in REBALANCE_REASONS */
function retarget(at: Site, group: Group, reason: number): void {
  const target = targetOf(group);
  at.out.rebalancing(group.number, target.epoch, reason);
  group.reason = reason;
  target.epoch++;
  group.generation = target.epoch;
  const topics = new Map<string, number>();
  for (const { request } of group.members) {
    for (const topic of request.topics) {
      const id = at.view.topicId(topic);
      if (id >= 0) topics.set(topic, at.view.partitionCount(id));
    }
  }
  const members: AssignMember[] = group.members.map(({ id, number, request }) => ({
    id,
    instance: request.instanceId,
    topics: request.topics,
    owned: target.assignment.get(number) ?? [],
    generation: 0,
  }));
  const assignment = assignRemotely(target.assignor, topics, members);
  target.assignment = new Map(group.members.map(({ id, number }) => [number, assignment.get(id) ?? []]));
  for (const member of group.members) tellNews(at, member);
  group.phase = "Reconciling";
}

/** The member wants other topics. */
export function changeTopics(at: Site, member: Member, topics: readonly string[]): void {
  if (isSame(member.request.topics, topics)) return;
  member.request = { ...member.request, topics };
  retarget(at, at.state.groups[member.group] as Group, SUBSCRIPTION);
}

/** A topic came, went or got partitions: brokers know that at once. */
export function retargetFor(at: Site, topic: string): void {
  for (const group of at.state.groups) {
    if (group.target === null) continue;
    if (group.members.some(({ request }) => request.topics.includes(topic))) retarget(at, group, TOPICS);
  }
}

/**
 * A heartbeat: the member tells what it has, and is told what it may have now. What it has to give up it gives up first; what others have not given up yet it does not get.
 * @param owned what it has
 * @returns whether the coordinator's answer differs from that: `member.assignment`
 */
export function heartbeat(at: Site, member: Member, owned: readonly PartitionName[]): boolean {
  const group = at.state.groups[member.group] as Group;
  const target = targetOf(group);
  const epochs = epochsOf(member);
  if (epochs.revoking.length > 0 && !epochs.revoking.some((partition) => owned.includes(partition))) {
    epochs.revoking = [];
    // Who waits for them may have them now.
    for (const other of group.members) if (other !== member) tellNews(at, other);
  }
  if (epochs.revoking.length === 0) advance(group, member, target);
  settle(at, group, target);
  return !isSame(member.assignment, owned);
}

function advance(group: Group, member: Member, target: Target): void {
  const epochs = epochsOf(member);
  const wanted = target.assignment.get(member.number) ?? [];
  const kept = member.assignment.filter((partition) => wanted.includes(partition));
  epochs.revoking = member.assignment.filter((partition) => !wanted.includes(partition));
  if (epochs.revoking.length > 0) {
    member.assignment = kept;
    return;
  }
  epochs.epoch = target.epoch;
  member.assignment = [
    ...kept,
    ...wanted.filter((partition) => !kept.includes(partition) && isFree(group, member, partition)),
  ];
}

function isFree(group: Group, member: Member, partition: PartitionName): boolean {
  return !group.members.some(
    (other) =>
      other !== member && (other.assignment.includes(partition) || epochsOf(other).revoking.includes(partition)),
  );
}

function settle(at: Site, group: Group, target: Target): void {
  const isStable = group.members.every((member) => {
    const { epoch, revoking, isAway } = epochsOf(member);
    const isThere = !isAway && epoch === target.epoch && revoking.length === 0;
    return isThere && member.assignment.length === (target.assignment.get(member.number) ?? []).length;
  });
  if (isStable && group.phase !== "Stable") at.out.stable(group.number, target.epoch, group.members.length);
  group.phase = isStable ? "Stable" : "Reconciling";
}

/** The member is out; the others share what it had. @param reason index in REBALANCE_REASONS */
export function removeFromTarget(at: Site, group: Group, member: Member, reason: number): void {
  dropMember(at, group, member, reason);
  targetOf(group).assignment.delete(member.number);
  if (group.members.length === 0) beEmpty(at, group);
  else retarget(at, group, reason);
}

/** A static member closes: its partitions wait for it until its session is over. */
export function stepAside(at: Site, member: Member): void {
  epochsOf(member).isAway = true;
  const group = at.state.groups[member.group] as Group;
  settle(at, group, targetOf(group));
}
