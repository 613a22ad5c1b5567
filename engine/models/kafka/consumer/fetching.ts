import type { Site } from "../groups/site.ts";
import { READ_OK, READ_OUT_OF_RANGE } from "../seam.ts";
import type { ConsumerState, Holding } from "./consumer-state.ts";
import { dropFetched } from "./holdings.ts";
import { leaveRange, validate } from "./positions.ts";
import { canReach } from "./reach.ts";

/**
 * Records on their way to the application. A fetch brings what a partition has, up to `max.partition.fetch.bytes`; a poll gives at most `max.poll.records` of it, one
 * partition after another, and the rest waits in the client, whatever becomes of the log meanwhile.
 */

const ALL = 0x3fff_ffff;

/** Fills the consumer's batch. @returns what the poll throws */
export function takeRecords(at: Site, consumer: ConsumerState): string {
  giveOut(at, consumer);
  const hadFetched = consumer.batch.count > 0;
  const error = fetchAll(at, consumer);
  // What was fetched before is given first, and by itself; what is fetched now is for the next poll.
  if (hadFetched) return "";
  giveOut(at, consumer);
  return consumer.batch.count > 0 ? "" : error;
}

/** Gives out what was fetched, up to the limit. */
function giveOut(at: Site, consumer: ConsumerState): void {
  const { holdings, batch } = consumer;
  const limit = consumer.config.maxPollRecords;
  let at_ = 0;
  for (let left = holdings.length; left > 0 && batch.count < limit; left--) {
    const holding = holdings[at_] as Holding;
    if (holding.isPaused || !holding.hasFetched()) at_++;
    else if (holding.fetchedFrom !== holding.position) {
      dropFetched(at, holding);
      at_++;
    } else if (giveOutOf(consumer, holding, limit)) toTheEnd(holdings, at_);
    else at_++;
  }
}

/** @returns whether all was given out */
function giveOutOf(consumer: ConsumerState, holding: Holding, limit: number): boolean {
  const { batch } = consumer;
  const { fetched, partition } = holding;
  const end = Math.min(fetched.count, holding.cursor + limit - batch.count);
  for (let i = holding.cursor; i < end; i++) {
    batch.pushFrom(
      partition,
      fetched.offsets[i] as number,
      fetched.handles[i] as number,
      fetched.keys[i] as number,
      fetched.flags[i] as number,
    );
  }
  holding.cursor = end;
  holding.epoch = fetched.epoch;
  // The limit is reached before the client looks whether anything follows: a marker behind the last record is passed by the next poll only.
  const isDone = batch.count < limit || (end === fetched.count && fetched.next === lastOffset(holding) + 1);
  if (isDone) {
    holding.position = fetched.next;
    fetched.count = 0;
    holding.cursor = 0;
    holding.fetchedFrom = -1;
  } else {
    holding.position = lastOffset(holding) + 1;
    holding.fetchedFrom = holding.position;
  }
  return isDone;
}

/** Offset of the record that was given out last. */
const lastOffset = (holding: Holding): number =>
  (holding.fetched.offsets[holding.cursor - 1] as number | undefined) ?? holding.position - 1;

/** The next poll begins with another partition. */
function toTheEnd(holdings: Holding[], index: number): void {
  const last = holdings.length - 1;
  if (index === last) return;
  const holding = holdings[index] as Holding;
  for (let i = index; i < last; i++) holdings[i] = holdings[i + 1] as Holding;
  holdings[last] = holding;
}

function fetchAll(at: Site, consumer: ConsumerState): string {
  if (!canReach(at, consumer)) return "";
  const { holdings } = consumer;
  let error = "";
  for (let i = 0; i < holdings.length; i++) {
    const holding = holdings[i] as Holding;
    if (!holding.hasMore || holding.isPaused || holding.position < 0 || holding.hasFetched()) continue;
    const thrown = fetch(at, consumer, holding);
    if (thrown !== "") error = thrown;
  }
  return error;
}

/** @returns what the poll throws, unless it has records to give */
function fetch(at: Site, consumer: ConsumerState, holding: Holding): string {
  const { view } = at;
  const { partition, fetched } = holding;
  if (view.leaderEpoch(partition) !== holding.leaderEpoch) {
    if (!view.isReadable(partition)) return "";
    const error = validate(at, consumer, holding);
    if (error !== "") return error;
  }
  const { isolation, maxPartitionFetchBytes } = consumer.config;
  let code = view.read(partition, holding.position, isolation, ALL, maxPartitionFetchBytes, fetched);
  if (code === READ_OUT_OF_RANGE) {
    const error = leaveRange(at, consumer, holding);
    if (error !== "" || holding.position < 0) return error;
    code = view.read(partition, holding.position, isolation, ALL, maxPartitionFetchBytes, fetched);
  }
  holding.cursor = 0;
  if (code !== READ_OK || fetched.next === holding.position) {
    fetched.count = 0;
    // At the end: until something comes there is nothing to fetch.
    if (code === READ_OK) holding.hasMore = false;
    return "";
  }
  const { store } = view;
  for (let i = 0; i < fetched.count; i++) fetched.handles[i] = store.clone(fetched.handles[i] as number);
  holding.fetchedFrom = holding.position;
  return "";
}
