import type { AssignMember, Assignor } from "../groups/assignor.ts";
import { type AssignorName, isCooperative, makeAssignor } from "../groups/assignors.ts";
import { stepAside } from "../groups/consumer-protocol.ts";
import { join, newsOf, sync } from "../groups/coordinator.ts";
import { type Group, type Member, NEWS_FENCED, NEWS_NONE, NEWS_REBALANCE } from "../groups/group.ts";
import { hear, silence } from "../groups/members.ts";
import { compareText } from "../groups/partition-name.ts";
import { remove } from "../groups/removal.ts";
import {
  ANSWER_FENCED,
  ANSWER_JOINED,
  ANSWER_SYNCED,
  ANSWER_UNKNOWN,
  type Answer,
  makeReady,
  type Site,
} from "../groups/site.ts";
import { TIMER_POLL } from "../groups/timers.ts";
import { commitPositions } from "./committing.ts";
import { rebalanceReason } from "./consumer-sink.ts";
import { type ConsumerState, disturb, JOINING, KIND_GROUP, STABLE, SYNCING, UNJOINED } from "./consumer-state.ts";
import { heldBy, hold, inOrder } from "./holdings.ts";
import { refreshMetadata } from "./metadata.ts";
import { canReach } from "./reach.ts";
import { reconcile } from "./reconciling.ts";

/**
 * A member of a classic group, the client's side: what it does within its polls to be and stay in the group. semantics/kafka.md, section 7.
 */

const MILLI = 1000;
const FOR_JOIN = rebalanceReason("join");
const FOR_LEAVE = rebalanceReason("leave");
const FOR_POLL = rebalanceReason("poll-interval");
const FOR_SUBSCRIPTION = rebalanceReason("subscription");
const FOR_TOPICS = rebalanceReason("topics");
const FOR_REVOKED = rebalanceReason("revoked");

/** Cooperative when all the assignors that it offers are. */
const isIncremental = (consumer: ConsumerState): boolean => consumer.config.assignors.every(isCooperative);

/**
 * What a poll does for the membership, as far as it gets: `isReady` afterwards means that the consumer is in a generation and has its partitions.
 * @returns what the poll throws
 */
export function takePart(at: Site, consumer: ConsumerState): string {
  const error = consumer.heldError;
  consumer.heldError = "";
  if (error !== "") return error;
  if (!canReach(at, consumer)) return "";
  hearNews(at, consumer);
  const refusal = consumer.config.protocol === "consumer" ? reconcile(at, consumer) : proceed(at, consumer);
  deliverAnswers(at);
  return refusal;
}

export const isReady = (consumer: ConsumerState): boolean => consumer.phase === STABLE && !consumer.mustRejoin;

/** What heartbeats have told since the last poll. */
function hearNews(at: Site, consumer: ConsumerState): void {
  const { member } = consumer;
  if (member === null || consumer.phase !== STABLE || at.meta.now < member.newsAt) return;
  const news = newsOf(at, member);
  if (news === NEWS_NONE) return;
  if (news === NEWS_REBALANCE) {
    askToRejoin(consumer, (consumer.group as Group).reason);
    return;
  }
  beOut(consumer);
  if (news === NEWS_FENCED) consumer.heldError = "FENCED_INSTANCE_ID";
}

/** What became of heartbeats is known although nobody polls: a consumer that was shut out can commit nothing. */
export function noticeOut(at: Site, consumer: ConsumerState): void {
  const { member } = consumer;
  if (member === null || member.isKnown || consumer.phase !== STABLE || !canReach(at, consumer)) return;
  if (at.meta.now < member.newsAt) return;
  beOut(consumer);
  if (member.isFenced) consumer.heldError = "FENCED_INSTANCE_ID";
}

function askToRejoin(consumer: ConsumerState, reason: number): void {
  disturb(consumer);
  if (consumer.mustRejoin) return;
  consumer.mustRejoin = true;
  consumer.rejoinReason = reason;
}

/** It is no member any more, as far as it knows: with its next poll it loses what it had and joins as a new one. */
function beOut(consumer: ConsumerState): void {
  disturb(consumer);
  consumer.phase = UNJOINED;
  consumer.member = null;
  consumer.generation = -1;
  consumer.answer = -1;
  consumer.mustRejoin = true;
  consumer.mustPrepare = true;
  consumer.rejoinReason = FOR_JOIN;
  consumer.pollEnd = Number.POSITIVE_INFINITY;
}

/** Joins, or goes on with what the coordinator has answered meanwhile. @returns what the poll throws */
function proceed(at: Site, consumer: ConsumerState): string {
  if (consumer.answer >= 0) {
    const answer = consumer.answer;
    consumer.answer = -1;
    process(at, consumer, answer);
  }
  if (consumer.heldError !== "") {
    const error = consumer.heldError;
    consumer.heldError = "";
    return error;
  }
  if (consumer.phase === JOINING || consumer.phase === SYNCING) return "";
  noticeChanges(consumer);
  return consumer.mustRejoin ? sendJoin(at, consumer) : "";
}

/** Its own reasons for another round: another subscription, and, for a leader, other topics than it counted. */
function noticeChanges(consumer: ConsumerState): void {
  const { counted, known, joinedTopics } = consumer;
  if (joinedTopics !== null && !isSameList(joinedTopics, consumer.topics)) askToRejoin(consumer, FOR_SUBSCRIPTION);
  if (!consumer.isLeader || counted === null) return;
  if (consumer.watched.some((topic) => counted.get(topic) !== known.get(topic))) askToRejoin(consumer, FOR_TOPICS);
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

function sendJoin(at: Site, consumer: ConsumerState): string {
  const group = consumer.group as Group;
  if (consumer.mustPrepare) prepareToJoin(at, consumer);
  consumer.mustPrepare = false;
  const { config } = consumer;
  const owned = heldBy(consumer).map((partition) => at.view.partitionName(partition));
  const request = {
    consumer: consumer.number,
    clientId: config.clientId,
    instanceId: config.instanceId,
    assignors: config.assignors,
    topics: consumer.topics,
    owned,
    generation: consumer.generation,
    lastAssigned: consumer.lastAssigned,
    lastGeneration: consumer.shownGeneration,
    sessionTimeoutMs: config.sessionTimeoutMs,
    rebalanceTimeoutMs: config.maxPollIntervalMs,
    reason: consumer.rejoinReason,
  };
  const member = join(at, group, request, consumer.member);
  if (typeof member === "string") return refused(at, consumer, member);
  consumer.member = member;
  consumer.phase = JOINING;
  consumer.mustRejoin = false;
  consumer.joinedTopics = consumer.topics;
  return "";
}

/** Forgotten by the coordinator: it tries again as a new member; anything else is the application's to know. */
function refused(at: Site, consumer: ConsumerState, error: string): string {
  if (error !== "UNKNOWN_MEMBER_ID") return error;
  beOut(consumer);
  return sendJoin(at, consumer);
}

/** Eager members give up everything before they join, cooperative ones only what they do not want any more; who is out has lost it all. */
function prepareToJoin(at: Site, consumer: ConsumerState): void {
  if (consumer.config.autoCommit) commitPositions(at, consumer);
  const held = heldBy(consumer);
  if (consumer.generation < 0) {
    if (held.length > 0) at.out.lost(consumer.number, inOrder(at, held));
    hold(at, consumer, []);
  } else if (isIncremental(consumer)) {
    const stays = held.filter((one) => consumer.topics.includes(at.view.topicName(at.view.topicOf(one))));
    if (stays.length < held.length) {
      at.out.revoked(
        consumer.number,
        inOrder(
          at,
          held.filter((one) => !stays.includes(one)),
        ),
      );
      hold(at, consumer, stays);
    }
  } else {
    at.out.revoked(consumer.number, inOrder(at, held));
    hold(at, consumer, []);
  }
  consumer.isLeader = false;
  consumer.counted = null;
  consumer.watched = [];
}

/** Brings the coordinator's answers to members that wait in a poll; the others find theirs in the next one. */
export function deliverAnswers(at: Site): void {
  const { answers, consumers } = at.state;
  // Members that are answered may ask for more: the list grows while it is read.
  for (let i = 0; i < answers.length; i++) {
    const { member, kind } = answers[i] as Answer;
    const consumer = consumers[member.request.consumer] ?? null;
    if (consumer === null || consumer.member !== member) continue;
    if (!consumer.isPolling || !canReach(at, consumer)) {
      consumer.answer = kind;
      disturb(consumer);
      // Until a poll fetches the answer there are no heartbeats.
      if (kind === ANSWER_JOINED && member.isKnown) silence(at, member, at.meta.now);
      continue;
    }
    process(at, consumer, kind);
    if (consumer.heldError === "") consumer.heldError = proceed(at, consumer);
    makeReady(at.state, consumer);
  }
  answers.length = 0;
}

function process(at: Site, consumer: ConsumerState, answer: number): void {
  if (answer === ANSWER_JOINED) haveJoined(at, consumer);
  else if (answer === ANSWER_SYNCED) haveSynced(at, consumer);
  else if (answer === ANSWER_FENCED) {
    beOut(consumer);
    consumer.heldError = "FENCED_INSTANCE_ID";
  } else if (answer === ANSWER_UNKNOWN) beOut(consumer);
  else {
    consumer.phase = STABLE;
    askToRejoin(consumer, (consumer.group as Group).reason);
  }
}

/** In the new generation; the leader reckons who gets what. */
function haveJoined(at: Site, consumer: ConsumerState): void {
  const group = consumer.group as Group;
  const member = consumer.member as Member;
  if (!member.isKnown) {
    beOut(consumer);
    return;
  }
  if (group.phase === "PreparingRebalance") {
    // The answer is out of date: another rebalance has begun since.
    if (!member.isJoining) {
      consumer.phase = STABLE;
      askToRejoin(consumer, group.reason);
    }
    return;
  }
  consumer.generation = group.generation;
  consumer.phase = SYNCING;
  consumer.beatsFrom = at.meta.now;
  hear(member);
  if (group.leader === member) lead(at, consumer, group);
  const mustAssign = group.leader === member && group.phase === "CompletingRebalance";
  const error = sync(at, member, mustAssign ? assignAll(consumer, group) : null);
  if (error === "") return;
  consumer.phase = STABLE;
  askToRejoin(consumer, group.reason);
}

/** A leader watches all topics of its group; it asks anew if it does not know them. */
function lead(at: Site, consumer: ConsumerState, group: Group): void {
  consumer.isLeader = true;
  consumer.watched = [...new Set(group.members.flatMap(({ request }) => request.topics))].sort(compareText);
  if (consumer.watched.some((topic) => !consumer.topics.includes(topic))) refreshMetadata(at, consumer);
  consumer.counted = new Map(consumer.known);
}

function assignAll(consumer: ConsumerState, group: Group): ReadonlyMap<string, string[]> {
  // An eager sticky member has given up what it had: it tells of it in data of its own.
  const isSticky = group.assignor === "sticky";
  const members: AssignMember[] = group.members.map(({ id, request }) => ({
    id,
    instance: request.instanceId,
    topics: request.topics,
    owned: isSticky ? request.lastAssigned : request.owned,
    generation: isSticky ? request.lastGeneration : request.generation,
  }));
  return assignorOf(consumer, group.assignor as AssignorName).assign(consumer.known, members);
}

function assignorOf(consumer: ConsumerState, name: AssignorName): Assignor {
  let assignor = consumer.assignors.get(name);
  if (assignor === undefined) {
    assignor = makeAssignor(name);
    consumer.assignors.set(name, assignor);
  }
  return assignor;
}

/** Its partitions are known: callbacks, and, cooperatively, another round for what it gave up. */
function haveSynced(at: Site, consumer: ConsumerState): void {
  const member = consumer.member as Member;
  const got = member.assignment.map((name) => at.view.partitionNamed(name)).filter((partition) => partition >= 0);
  const held = heldBy(consumer);
  consumer.phase = STABLE;
  consumer.mustPrepare = true;
  consumer.shownId = member.id;
  consumer.shownGeneration = consumer.generation;
  consumer.lastAssigned = member.assignment;
  at.out.joined(consumer.number, member.group, consumer.generation);
  const revoked = held.filter((partition) => !got.includes(partition));
  if (revoked.length > 0) at.out.revoked(consumer.number, inOrder(at, revoked));
  const added = got.filter((partition) => !held.includes(partition));
  hold(at, consumer, got);
  at.out.assigned(consumer.number, inOrder(at, added));
  consumer.nextCommit = at.meta.now + consumer.config.autoCommitIntervalMs * MILLI;
  if (revoked.length > 0) askToRejoin(consumer, FOR_REVOKED);
}

// ---- polls in time

/** A poll has begun: until it ends the consumer is on time. */
export function pollBegins(consumer: ConsumerState): void {
  consumer.pollEnd = Number.POSITIVE_INFINITY;
}

/** A poll has ended: the next one has to come within `max.poll.interval.ms`. */
export function pollEnds(at: Site, consumer: ConsumerState): void {
  if (consumer.kind !== KIND_GROUP || consumer.phase === UNJOINED) return;
  consumer.pollEnd = at.meta.now + consumer.config.maxPollIntervalMs * MILLI;
  if (consumer.hasPollTimer) return;
  consumer.hasPollTimer = true;
  at.out.timer(consumer.pollEnd, TIMER_POLL, consumer.number);
}

/** Too long without a poll: a dynamic member leaves by itself, a static one only stops its heartbeats. */
export function pollTimer(at: Site, consumer: ConsumerState): void {
  consumer.hasPollTimer = false;
  const { pollEnd, member } = consumer;
  if (pollEnd === Number.POSITIVE_INFINITY || consumer.isFrozen) return;
  if (at.meta.now < pollEnd) {
    consumer.hasPollTimer = true;
    at.out.timer(pollEnd, TIMER_POLL, consumer.number);
    return;
  }
  if (member === null) return;
  // Heartbeats, and with them this watch, stand still until the answer to its JoinGroup has been fetched by a poll.
  if (consumer.phase === JOINING) return;
  if (member.isKnown) {
    if (consumer.config.instanceId === null && canReach(at, consumer)) remove(at, member, FOR_POLL);
    else goQuietly(at, consumer, member);
  }
  beOut(consumer);
}

// ---- the end

/** Gives up what it has and leaves the group; a static member says nothing. */
export function leave(at: Site, consumer: ConsumerState): void {
  const held = heldBy(consumer);
  noticeOut(at, consumer);
  if (held.length > 0) {
    const isOut = consumer.generation < 0 || consumer.phase === JOINING || consumer.phase === SYNCING;
    if (isOut) at.out.lost(consumer.number, inOrder(at, held));
    else at.out.revoked(consumer.number, inOrder(at, held));
  }
  hold(at, consumer, []);
  const { member } = consumer;
  if (member !== null) {
    const canLeave = consumer.config.instanceId === null && canReach(at, consumer);
    // A connection's requests are answered in turn: leaving has to wait for the answer to its JoinGroup.
    if (canLeave && consumer.phase === JOINING) member.isLeaving = true;
    else if (canLeave) remove(at, member, FOR_LEAVE);
    else if (member.isKnown) goQuietly(at, consumer, member);
  }
  beOut(consumer);
  consumer.joinedTopics = null;
  consumer.isLeader = false;
  consumer.counted = null;
  consumer.watched = [];
}

/** A static member stays in the group until its session is over; in the consumer protocol it says that it will be away, so that another may take its place. */
function goQuietly(at: Site, consumer: ConsumerState, member: Member): void {
  if (member.sessionEnd === Number.POSITIVE_INFINITY) silence(at, member, consumer.lastBeat(at.meta.now));
  if (member.epochs !== null && canReach(at, consumer)) stepAside(at, member);
}

/** No more heartbeats come from it. */
export function fallSilent(at: Site, consumer: ConsumerState): void {
  const { member } = consumer;
  if (member === null || !member.isKnown || member.sessionEnd !== Number.POSITIVE_INFINITY) return;
  silence(at, member, consumer.lastBeat(at.meta.now));
}

/** Heartbeats get through again. */
export function beHeard(at: Site, consumer: ConsumerState): void {
  const { member } = consumer;
  if (member === null || !canReach(at, consumer)) return;
  if (member.isKnown) hear(member);
  noticeOut(at, consumer);
}
