import { changeTopics, heartbeat, joinTarget } from "../groups/consumer-protocol.ts";
import type { Group, Member } from "../groups/group.ts";
import type { Site } from "../groups/site.ts";
import { commitPositions } from "./committing.ts";
import { rebalanceReason } from "./consumer-sink.ts";
import { type ConsumerState, STABLE } from "./consumer-state.ts";
import { heldBy, hold, inOrder } from "./holdings.ts";

/** A member in the consumer protocol (KIP-848), the client's side: it goes from what it has to what it is told, within its polls. */

const JOINED = rebalanceReason("join");
/** Give up, get, and hear that this is all. */
const TURNS = 3;

/** @returns what the poll throws */
export function reconcile(at: Site, consumer: ConsumerState): string {
  if (consumer.member === null) {
    const error = joinAnew(at, consumer);
    if (error !== "") return error;
  }
  const member = consumer.member as unknown as Member;
  changeTopics(at, member, consumer.topics);
  const isNew = consumer.generation < 0;
  if (!isNew && at.meta.now < member.newsAt) return "";
  // What it gives up it confirms at once, and may get something for it.
  for (let turn = 0; turn < TURNS; turn++) {
    const isTold = heartbeat(at, member, namesOf(at, consumer));
    takeEpoch(at, consumer, member);
    if (!isTold) break;
    goTo(at, consumer, member);
  }
  if (isNew && consumer.holdings.length === 0) at.out.assigned(consumer.number, []);
  return "";
}

function joinAnew(at: Site, consumer: ConsumerState): string {
  const { config } = consumer;
  const held = heldBy(consumer);
  if (held.length > 0) at.out.lost(consumer.number, inOrder(at, held));
  hold(at, consumer, []);
  const member = joinTarget(
    at,
    consumer.group as Group,
    {
      consumer: consumer.number,
      clientId: config.clientId,
      instanceId: config.instanceId,
      assignors: [],
      topics: consumer.topics,
      owned: [],
      generation: -1,
      lastAssigned: [],
      lastGeneration: -1,
      sessionTimeoutMs: at.config.consumerSessionTimeoutMs,
      rebalanceTimeoutMs: config.maxPollIntervalMs,
      reason: JOINED,
    },
    config.remoteAssignor,
  );
  if (typeof member === "string") return member;
  consumer.member = member;
  consumer.phase = STABLE;
  consumer.mustRejoin = false;
  consumer.beatsFrom = at.meta.now;
  return "";
}

const namesOf = (at: Site, consumer: ConsumerState): string[] =>
  heldBy(consumer).map((partition) => at.view.partitionName(partition));

function takeEpoch(at: Site, consumer: ConsumerState, member: Member): void {
  const epoch = member.epochs?.epoch ?? 0;
  if (epoch === consumer.generation) return;
  consumer.generation = epoch;
  consumer.shownId = member.id;
  consumer.shownGeneration = epoch;
  at.out.joined(consumer.number, member.group, epoch);
}

/** First what it gives up, with a commit before if those are automatic; then what is new. */
function goTo(at: Site, consumer: ConsumerState, member: Member): void {
  const held = heldBy(consumer);
  const got = member.assignment.map((name) => at.view.partitionNamed(name)).filter((partition) => partition >= 0);
  const revoked = held.filter((partition) => !got.includes(partition));
  if (revoked.length > 0) {
    if (consumer.config.autoCommit) commitPositions(at, consumer);
    at.out.revoked(consumer.number, inOrder(at, revoked));
  }
  const added = got.filter((partition) => !held.includes(partition));
  hold(at, consumer, got);
  if (added.length > 0) at.out.assigned(consumer.number, inOrder(at, added));
}
