import type { Micros } from "../../kernel/time.ts";

/** What the coordinator knows of a transactional id. */
export interface TransactionState {
  readonly id: string;
  readonly producerId: number;
  epoch: number;
  isOpen: boolean;
  /** The last one that ended was aborted. */
  wasAborted: boolean;
  /** When it began. */
  since: Micros;
  timeoutMs: number;
  /** Partitions written to. */
  partitions: Set<number>;
  /** Offsets of groups are part of it. */
  hasOffsets: boolean;
  /** The producer that initialised last, the model's number. */
  owner: number;
}
