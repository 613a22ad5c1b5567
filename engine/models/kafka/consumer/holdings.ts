import { makeReady, type Site } from "../groups/site.ts";
import { type ConsumerState, disturb, Holding } from "./consumer-state.ts";
import { refreshMetadata } from "./metadata.ts";

/** Makes these the consumer's partitions: what stays keeps its position, what goes is forgotten with all that was fetched of it. */
export function hold(at: Site, consumer: ConsumerState, partitions: readonly number[]): void {
  disturb(consumer);
  const wanted = new Set(partitions);
  const before = consumer.holdings;
  consumer.holdings = before.filter((holding) => wanted.has(holding.partition));
  for (const holding of before) if (!wanted.has(holding.partition)) release(at, holding);
  for (const partition of partitions) {
    if (consumer.holding(partition) !== undefined) continue;
    const holding = new Holding(consumer, partition);
    consumer.holdings.push(holding);
    holdersOf(at, partition).push(holding);
    // To read a partition that it has never heard of it has to ask who leads it, and so learns of all.
    const known = consumer.known.get(at.view.topicName(at.view.topicOf(partition))) ?? 0;
    if (known > 0 && at.view.indexOf(partition) >= known) refreshMetadata(at, consumer);
  }
}

function release(at: Site, holding: Holding): void {
  dropFetched(at, holding);
  const holders = holdersOf(at, holding.partition);
  holders.splice(holders.indexOf(holding), 1);
}

/** The partition, as each consumer has it that has it. */
function holdersOf(at: Site, partition: number): Holding[] {
  const { holders } = at.state;
  while (holders.length <= partition) holders.push([]);
  return holders[partition] as Holding[];
}

/**
 * A topic is there again by a name that was deleted: whoever has not noticed reads on in its partitions, from the position that he has. Mostly that is beyond their end, and
 * `auto.offset.reset` decides.
 */
export function holdSuccessors(at: Site, topic: number): void {
  const { state, view } = at;
  const name = view.topicName(topic);
  for (const consumer of state.consumers) {
    if (consumer === null) continue;
    for (const holding of consumer.holdings) {
      const old = view.topicOf(holding.partition);
      const now = view.partitionId(topic, view.indexOf(holding.partition));
      if (old === topic || view.topicName(old) !== name || now < 0 || consumer.holding(now) !== undefined) continue;
      release(at, holding);
      holding.partition = now;
      holding.hasMore = true;
      holdersOf(at, now).push(holding);
      makeReady(state, consumer);
    }
  }
}

/** What was fetched and not given out is worth nothing any more. */
export function dropFetched(at: Site, holding: Holding): void {
  const { fetched } = holding;
  for (let i = holding.cursor; i < fetched.count; i++) at.view.store.free(fetched.handles[i] as number);
  fetched.count = 0;
  holding.cursor = 0;
  holding.fetchedFrom = -1;
}

/** The numbers of the consumer's partitions. */
export const heldBy = (consumer: ConsumerState): number[] => consumer.holdings.map(({ partition }) => partition);

/** By topic name and number, as callbacks list them. */
export function inOrder(at: Site, partitions: readonly number[]): number[] {
  const { view } = at;
  return [...partitions].sort((a, b) => {
    const [one, other] = [view.topicName(view.topicOf(a)), view.topicName(view.topicOf(b))];
    return one < other ? -1 : one > other ? 1 : view.indexOf(a) - view.indexOf(b);
  });
}
