import type { Micros } from "../../kernel/time.ts";
import { PartitionLog } from "./log.ts";
import type { ProducerBatch } from "./producer-batch.ts";
import { ProducerEntry } from "./producer-entry.ts";
import type { ProducerState } from "./producer-state.ts";

/** A record of a replica that the leader's log does not have. */
export interface BranchRecord {
  readonly offset: number;
  /** A clone that counts nowhere; −1 = a marker. */
  readonly handle: number;
  readonly key: number;
  readonly bytes: number;
  readonly flags: number;
  readonly timeMs: number;
}

/** What a replica has from an offset on instead of the leader's records. */
export interface Branch {
  readonly from: number;
  readonly records: BranchRecord[];
  /** Leader epochs that begin in it. */
  readonly epochs: EpochStart[];
}

export interface EpochStart {
  readonly epoch: number;
  readonly start: number;
}

/** One copy of a partition's log. It has the leader's log up to `end`, and its branch behind that. */
export interface Replica {
  readonly broker: number;
  end: number;
  branch: Branch | null;
  /** A power cut took the end of it. */
  isShort: boolean;
}

/** A transaction that has no marker yet. */
export interface OpenTransaction {
  readonly producerId: number;
  readonly first: number;
  /** First offsets and numbers of its records, in turn. */
  readonly ranges: number[];
}

/** The end of a transaction, to be written. */
export interface Marker {
  readonly producerId: number;
  readonly epoch: number;
  readonly isCommit: boolean;
}

/** An acks=all batch that waits for the in-sync replicas. */
export interface WaitingBatch {
  readonly producer: ProducerState;
  readonly batch: ProducerBatch;
  /** Offset behind its last record. */
  readonly until: number;
}

/** A partition: its replicas, who of them leads and who is in step, and the one log of which they all have a part. */
export class PartitionState {
  readonly id: number;
  readonly topic: number;
  readonly index: number;
  readonly createdAt: Micros;
  isDeleted = false;
  /** Of a deleted one: the partition of the same name and number that was made after it, −1 = none. */
  successor = -1;
  replicas: Replica[];
  /** Broker, −1 = none. */
  leader: number;
  /** Who led last. */
  lastLeader: number;
  epoch = 0;
  epochs: EpochStart[] = [{ epoch: 0, start: 0 }];
  /** Brokers, in the order of the replicas. */
  isr: number[];
  elr: number[] = [];
  log: PartitionLog = new PartitionLog();
  highWatermark = 0;
  /** By the producers' numbers. */
  producers: (ProducerEntry | null)[] = [];
  open: OpenTransaction[] = [];
  /** Ended transactions whose marker is not below the high watermark: first offset and marker's offset, in turn. */
  unreplicated: number[] = [];
  /** Ends of transactions that wait for a leader. */
  markers: Marker[] = [];
  waiting: WaitingBatch[] = [];
  /** Batches that are in the log, but whose producers do not know it: nothing is deleted meanwhile. */
  unanswered = 0;
  isReplicating = false;
  isLagWatched = false;

  constructor(id: number, topic: number, index: number, brokers: readonly number[], createdAt: Micros) {
    this.id = id;
    this.topic = topic;
    this.index = index;
    this.createdAt = createdAt;
    this.replicas = brokers.map((broker) => ({ broker, end: 0, branch: null, isShort: false }));
    this.isr = [...brokers];
    this.leader = brokers[0] as number;
    this.lastLeader = this.leader;
  }

  replicaOf(broker: number): Replica | undefined {
    for (const replica of this.replicas) if (replica.broker === broker) return replica;
    return undefined;
  }

  entry(producerId: number): ProducerEntry {
    const known = this.producers[producerId] ?? null;
    if (known !== null) return known;
    const made = new ProducerEntry();
    while (this.producers.length <= producerId) this.producers.push(null);
    this.producers[producerId] = made;
    return made;
  }

  lastStable(): number {
    let offset = this.highWatermark;
    const { open, unreplicated } = this;
    if (open.length > 0) offset = Math.min(offset, (open[0] as OpenTransaction).first);
    for (let i = 0; i < unreplicated.length; i += 2) offset = Math.min(offset, unreplicated[i] as number);
    // Deleted records hold nobody up.
    return Math.max(offset, this.log.start);
  }
}
