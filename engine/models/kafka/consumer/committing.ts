import type { Group } from "../groups/group.ts";
import { commitOffsets, commitOne, mayCommit } from "../groups/offsets.ts";
import type { Site } from "../groups/site.ts";
import { type ConsumerState, JOINING, KIND_GROUP, STABLE, SYNCING } from "./consumer-state.ts";

/** Committing, the client's side. */

const MILLI = 1000;

/** @returns what the client throws before it asks anybody, "" when it asks */
function refusedByClient(at: Site, consumer: ConsumerState): string {
  if (consumer.group === null) return "INVALID_GROUP_ID";
  // In the consumer protocol whoever is out commits as one who never was a member: that is accepted once the group is empty.
  if (consumer.kind === KIND_GROUP && consumer.phase !== STABLE && consumer.config.protocol === "classic") {
    return consumer.phase === JOINING || consumer.phase === SYNCING ? "REBALANCE_IN_PROGRESS" : "CommitFailedException";
  }
  // It tries until `default.api.timeout.ms` is over.
  return consumer.isCut || !at.view.isUp() ? "REQUEST_TIMED_OUT" : "";
}

/** What the client makes of the coordinator's refusal. */
const thrown = (code: string): string =>
  code === "" || code === "REBALANCE_IN_PROGRESS" ? code : "CommitFailedException";

/** Commits these offsets. @returns what the client throws */
export function commitThese(at: Site, consumer: ConsumerState, offsets: ReadonlyMap<number, number>): string {
  if (consumer.group === null) return "INVALID_GROUP_ID";
  if (offsets.size === 0) return "";
  const error = refusedByClient(at, consumer);
  if (error !== "") return error;
  const { group, member, generation } = consumer;
  return thrown(commitOffsets(at, group as Group, member, generation, offsets));
}

/** Commits one offset, without a list. @returns what the client throws */
export function commitThis(at: Site, consumer: ConsumerState, partition: number, next: number): string {
  const error = refusedByClient(at, consumer);
  if (error !== "") return error;
  const group = consumer.group as Group;
  const refusal = mayCommit(group, consumer.member, consumer.generation);
  if (refusal === "") commitOne(at, group, partition, next);
  return thrown(refusal);
}

/** Commits all positions: everything that polls have given. @returns what the client throws */
export function commitPositions(at: Site, consumer: ConsumerState): string {
  if (consumer.group === null) return "INVALID_GROUP_ID";
  if (!consumer.holdings.some(({ position }) => position >= 0)) return "";
  const error = refusedByClient(at, consumer);
  if (error !== "") return error;
  const group = consumer.group as Group;
  const refusal = mayCommit(group, consumer.member, consumer.generation);
  if (refusal !== "") return thrown(refusal);
  consumer.isDirty = false;
  for (const { partition, position } of consumer.holdings) if (position >= 0) commitOne(at, group, partition, position);
  return "";
}

/** An automatic commit, once its interval is over. What it is answered nobody hears. */
export function autoCommitIfDue(at: Site, consumer: ConsumerState): void {
  const { config } = consumer;
  if (!config.autoCommit || consumer.group === null || at.meta.now < consumer.nextCommit) return;
  consumer.nextCommit = at.meta.now + config.autoCommitIntervalMs * MILLI;
  commitPositions(at, consumer);
}
