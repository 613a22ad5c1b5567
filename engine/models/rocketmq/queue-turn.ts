import { compareQueues, type MessageQueue } from "./allocation.ts";

/** What the name server tells of a topic at one broker group. */
export interface QueueData {
  readonly broker: string;
  readonly readQueues: number;
  readonly writeQueues: number;
  /** 2 = may be written, 4 = may be read, 6 = both. */
  readonly perm: number;
  /** Only a master takes messages. */
  readonly hasMaster: boolean;
}

const MAY_WRITE = 2;
const MAY_READ = 4;

/** The queues that producers know: the write queues of all groups that have a master and may be written, broker by broker. */
export const writableQueues = (topic: string, route: readonly QueueData[]): MessageQueue[] =>
  queuesOf(
    topic,
    route.filter(({ perm, hasMaster }) => hasMaster && (perm & MAY_WRITE) !== 0),
    ({ writeQueues }) => writeQueues,
  );

/** The queues that consumers share: the read queues of all groups that may be read. What is written to others nobody reads (rocketmq/consume/read-queues-only). */
export const readableQueues = (topic: string, route: readonly QueueData[]): MessageQueue[] =>
  queuesOf(
    topic,
    route.filter(({ perm }) => (perm & MAY_READ) !== 0),
    ({ readQueues }) => readQueues,
  );

const queuesOf = (topic: string, route: readonly QueueData[], count: (data: QueueData) => number): MessageQueue[] =>
  route
    .flatMap((data) => Array.from({ length: count(data) }, (_, id) => ({ topic, broker: data.broker, id })))
    .sort(compareQueues);

/**
 * A producer's turn over a topic's queues: one after another, from a place that it draws when it begins, and draws again when the route has changed.
 * Queues that the program names or selects take no turn.
 */
export class QueueTurn {
  readonly queues: readonly MessageQueue[];
  private place: number;

  /** @param queues not empty @param first the place that comes first */
  constructor(queues: readonly MessageQueue[], first: number) {
    this.queues = queues;
    this.place = first % queues.length;
  }

  /**
   * @param tried the broker that an attempt at this message has just failed at: passed over, and the turn with it, unless there is no other
   */
  next(tried?: string): MessageQueue {
    for (let left = this.queues.length; left > 0; left--) {
      const queue = this.advance();
      if (queue.broker !== tried) return queue;
    }
    return this.advance();
  }

  private advance(): MessageQueue {
    const queue = this.queues[this.place] as MessageQueue;
    this.place = (this.place + 1) % this.queues.length;
    return queue;
  }
}
