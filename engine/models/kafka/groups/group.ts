import type { Micros } from "../../../kernel/time.ts";
import type { AssignorName } from "./assignors.ts";
import type { PartitionName } from "./partition-name.ts";
import type { MemberEpochs, Target } from "./target.ts";

/** Kafka's names of a group's states: ClassicGroupState, and those of the consumer protocol. */
export type GroupPhase =
  | "Empty"
  | "PreparingRebalance"
  | "CompletingRebalance"
  | "Stable"
  | "Assigning"
  | "Reconciling";

/** What a member's heartbeat is answered. */
export const NEWS_NONE = 0;
export const NEWS_REBALANCE = 1;
export const NEWS_UNKNOWN = 2;
export const NEWS_FENCED = 3;

/** What a member says when it joins. */
export interface JoinRequest {
  readonly consumer: number;
  readonly clientId: string;
  readonly instanceId: string | null;
  readonly assignors: readonly AssignorName[];
  readonly topics: readonly string[];
  /** What it has now; cooperative-sticky looks at it. */
  readonly owned: readonly PartitionName[];
  /** −1 = none */
  readonly generation: number;
  /** What it was assigned last, and in which generation: what sticky looks at. */
  readonly lastAssigned: readonly PartitionName[];
  readonly lastGeneration: number;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Index in REBALANCE_REASONS, if the group has to rebalance for it. */
  readonly reason: number;
}

/** A member of a group. Its number is never used again. */
export class Member {
  readonly number: number;
  readonly group: number;
  /** `member.id` */
  readonly id: string;
  request: JoinRequest;
  /** As administrators see it: a static member that returns keeps the one of the first. */
  clientId: string;
  /** Classic: it asked to leave while its JoinGroup waited: that comes first. */
  isLeaving = false;
  /** Classic: it has joined the rebalance that is going on, and waits for it to end. */
  isJoining = false;
  /** Classic: it has not fetched its partitions of this generation yet. */
  owesSync = false;
  /** Classic: it has asked for them, and waits for the leader. */
  isSyncing = false;
  /** False once it was removed or replaced. */
  isKnown = true;
  /** Removed because another came with its instance id. */
  isFenced = false;
  assignment: PartitionName[] = [];
  /** Its heartbeats have stopped, and the session ends then; Infinity while they go on. */
  sessionEnd: Micros = Number.POSITIVE_INFINITY;
  /** When the next heartbeat will bring the latest news. */
  newsAt: Micros = 0;
  /** Consumer protocol only. */
  epochs: MemberEpochs | null = null;

  constructor(number: number, group: number, id: string, request: JoinRequest) {
    this.number = number;
    this.group = group;
    this.id = id;
    this.request = request;
    this.clientId = request.clientId;
  }
}

/** A group: its members, its generation, its offsets. */
export class Group {
  readonly number: number;
  readonly name: string;
  /** False for a group that nobody has joined and that has no offsets: administrators do not see it. */
  exists = false;
  phase: GroupPhase = "Empty";
  generation = 0;
  /** What all members have in common; null while there is none. */
  assignor: AssignorName | null = null;
  /** In the order in which they came. */
  members: Member[] = [];
  leader: Member | null = null;
  /** Committed: partition → next offset. */
  readonly offsets: Map<number, number> = new Map();
  /** Offsets of open transactions, by producer id: they count when those are committed. */
  readonly pending: Map<number, Map<number, number>> = new Map();
  /** Why the last rebalance began, index in REBALANCE_REASONS. */
  reason = 0;
  /** The rebalance ends then without who is missing. */
  joinEnd: Micros = Number.POSITIVE_INFINITY;
  /** Members that have not fetched their partitions by then are dropped. */
  syncEnd: Micros = Number.POSITIVE_INFINITY;
  /** An empty group waits until then for more members; Infinity when it does not. */
  firstEnd: Micros = Number.POSITIVE_INFINITY;
  /** And not longer than this. */
  firstLimit: Micros = 0;
  /** Members when it last began to wait for more. */
  counted = 0;
  /** When the last member went. */
  emptySince: Micros = 0;
  /** Consumer protocol only. */
  target: Target | null = null;

  constructor(number: number, name: string) {
    this.number = number;
    this.name = name;
  }
}
