import type { Micros } from "../../kernel/time.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import type { ProducerConfig } from "./producer-config.ts";
import { Ring } from "./ring.ts";

/** What an application gives to `send`; kept and filled again by the caller. */
export interface OutgoingRecord {
  topic: string;
  /** Number in the topic, −1 = the partitioner decides. */
  partition: number;
  /** Number of the key (`KafkaCluster.key`), −1 = none. */
  key: number;
  handle: number;
  /** Bytes of the value, −1 = null: a tombstone. */
  valueBytes: number;
  /** Bytes of the headers, with their number: 1 without any. */
  headerBytes: number;
  /** −1 = when it is sent. */
  timestampMs: number;
}

/** Batches of one producer for one partition. */
export class PartitionQueue {
  /** Another one when its topic was deleted and made again: clients know partitions by name and number. */
  partition: number;
  batches: Ring<ProducerBatch> = new Ring<ProducerBatch>();
  /** Batches with sequence numbers that have no answer yet, in that order: sent, or to be sent again. */
  unanswered: Ring<ProducerBatch> = new Ring<ProducerBatch>();
  /** In the producer's list of queues that have something to send. */
  isActive = false;
  /** One in flight: nothing else is sent meanwhile. */
  isMuted = false;
  /** A batch was given up that may be stored: no new one gets a number before all are answered. */
  isUnresolved = false;
  nextSequence = 0;
  lastAcked = -1;
  epoch = -1;

  constructor(partition: number) {
    this.partition = partition;
  }
}

/** What a producer knows of a topic. */
export interface ProducerTopic {
  readonly name: string;
  readonly topic: number;
  /** When it last asked for this topic alone. */
  since: Micros;
  /** The sticky partition, −1 before the first draw, and what was appended to it since. */
  sticky: number;
  stickyBytes: number;
  /** Version of the topology at which it knew all partitions. */
  seenVersion: number;
}

/** A request to a broker; `batches` are its content, and its answer in the end. */
export interface ProduceRequest {
  broker: number;
  readonly batches: Ring<ProducerBatch>;
  sentAt: Micros;
  /** When what is on its way arrives. */
  at: Micros;
  isReply: boolean;
  /** Batches that the broker has not answered yet. */
  open: number;
  /** The answer will be lost on its way. */
  isReplyLost: boolean;
  /** The producer waits for it no longer. */
  isGivenUp: boolean;
}

/** A producer's connection to a broker. */
export interface Connection {
  readonly broker: number;
  readonly requests: Ring<ProduceRequest>;
  /** Answers arrive no earlier. */
  heldUntil: Micros;
  /** When the last request, and the last answer, arrives: a connection keeps order, also when its delay becomes shorter. */
  lastThere: Micros;
  lastBack: Micros;
  /** Nothing was sent on it yet: its ends have to agree on keys first, where it is encrypted. */
  isNew: boolean;
}

/** What the network does to the next requests. */
export interface Fault {
  /** "" = the answer is lost. */
  readonly error: string;
  readonly holdMs: number;
  left: number;
}

/** A send that waits for room in the buffer, or for its topic. */
export interface BlockedSend {
  readonly record: OutgoingRecord;
  readonly until: Micros;
}

/** Of a transactional producer: before init, between transactions, in one, ending one, in an error that only an abort mends, or in one that nothing mends. */
export type TransactionPhase = "none" | "ready" | "open" | "committing" | "aborting" | "broken" | "fatal";

/** A producer: what waits, what is under way, and what it believes. */
export class ProducerState {
  readonly id: number;
  readonly config: ProducerConfig;
  readonly openedAt: Micros;
  /** When it last asked for everything. */
  metadataAt: Micros;
  isOpen = true;
  /** Gone without a word: nobody hears what becomes of its records. */
  isCrashed = false;
  isCut = false;
  fault: Fault | null = null;
  /** µs to a broker, and as many back. */
  latency: Micros = 0;
  /** µs before a new connection takes anything. */
  handshake: Micros = 0;
  producerId = -1;
  epoch = 0;
  /** By partition. */
  queues: (PartitionQueue | null)[] = [];
  active: PartitionQueue[] = [];
  topics: Map<string, ProducerTopic> = new Map();
  /** The one that was asked for last. */
  lastTopic: ProducerTopic | undefined = undefined;
  connections: Connection[] = [];
  /** Requests and answers on their way, the next to arrive first. */
  wire: Ring<ProduceRequest> = new Ring<ProduceRequest>();
  /** In the order of their calls. */
  blocked: Ring<BlockedSend> = new Ring<BlockedSend>();
  buffered = 0;
  /** Batches that are not done. */
  incomplete = 0;
  /** All that is there is sent at once until it is done. */
  isFlushing = false;
  isRunning = false;
  isAskedAgain = false;
  isUnblocking = false;
  /** When the sender's timer will come, Infinity without one. */
  wakesAt = Number.POSITIVE_INFINITY;
  /** When it will look for what is too old. */
  expiresAt = Number.POSITIVE_INFINITY;
  /** Partitions of one topic that somebody draws instead of chance, how many were taken, and which topic. */
  draws: readonly number[] = [];
  drawsUsed = 0;
  drawsTopic = "";
  phase: TransactionPhase = "none";
  /** Why the phase is broken or fatal. */
  transactionError = "";
  /** Something was sent in the transaction, records or offsets. */
  hasSent = false;
  /** Its call to end the transaction has not returned yet. */
  isEnding = false;
  spareBatches: ProducerBatch[] = [];
  spareRequests: ProduceRequest[] = [];

  constructor(id: number, config: ProducerConfig, now: Micros) {
    this.id = id;
    this.config = config;
    this.openedAt = now;
    this.metadataAt = now;
  }

  queue(partition: number): PartitionQueue {
    const known = this.queues[partition] ?? null;
    if (known !== null) return known;
    const made = new PartitionQueue(partition);
    while (this.queues.length <= partition) this.queues.push(null);
    this.queues[partition] = made;
    return made;
  }

  connection(broker: number): Connection {
    for (const one of this.connections) if (one.broker === broker) return one;
    const made: Connection = {
      broker,
      requests: new Ring<ProduceRequest>(),
      heldUntil: 0,
      lastThere: 0,
      lastBack: 0,
      isNew: true,
    };
    this.connections.push(made);
    return made;
  }
}
