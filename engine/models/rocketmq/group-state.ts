import type { BrokerFilter, GroupSettings, Subscription } from "./seam.ts";

/** Nothing is stored. */
export const NO_OFFSET = -1;

/** What may be kept for every queue: numbers by the queue's number, −1 where there is none. */
export class OffsetTable {
  values: Float64Array = new Float64Array(0);

  get(queue: number): number {
    return queue < this.values.length ? (this.values[queue] as number) : NO_OFFSET;
  }

  set(queue: number, offset: number): void {
    if (queue >= this.values.length) {
      const wider = new Float64Array(Math.max(8, 2 * this.values.length, queue + 1)).fill(NO_OFFSET);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[queue] = offset;
  }

  forget(queue: number): void {
    if (queue < this.values.length) this.values[queue] = NO_OFFSET;
  }
}

export interface QueueLock {
  client: string;
  /** When the client last asked for it, µs. */
  at: number;
}

export interface MemberState {
  readonly client: string;
  /** When it was last heard of, µs. */
  heardAt: number;
}

/** What brokers know of a group. */
export interface GroupState {
  readonly id: number;
  readonly name: string;
  /** Null as long as no broker knows the group. */
  settings: GroupSettings | null;
  members: Map<string, MemberState>;
  /** Their names, sorted; null = to be made. */
  names: readonly string[] | null;
  /** By topic's name. */
  subscriptions: Map<string, Subscription>;
  filters: Map<string, BrokerFilter>;
  offsets: OffsetTable;
  /** As brokers have written them down. */
  written: OffsetTable;
  /** What an administrator set and no pull was told yet. */
  resets: OffsetTable;
  locks: Map<number, QueueLock>;
  /** When members are looked at, µs; −1 = not asked for. */
  membersTimer: number;
}

export const newGroup = (id: number, name: string): GroupState => ({
  id,
  name,
  settings: null,
  members: new Map(),
  names: [],
  subscriptions: new Map(),
  filters: new Map(),
  offsets: new OffsetTable(),
  written: new OffsetTable(),
  resets: new OffsetTable(),
  locks: new Map(),
  membersTimer: -1,
});

/** What a group has that its first member made known. */
export const GROUP_DEFAULTS: GroupSettings = { consumeEnable: true, retryQueues: 1, retryMaxTimes: 16 };
