/** What a sprint uses where it stands, because it is large: columns of the message store, rings, tables. One object for all sprints, filled in when one begins. */
class Columns {
  birth: Float64Array = new Float64Array(0);
  enqueued: Float64Array = new Float64Array(0);
  expiry: Float64Array = new Float64Array(0);
  kinds: Uint16Array | Int32Array = new Uint16Array(0);
  ids: Uint32Array = new Uint32Array(0);
  flags: Uint16Array = new Uint16Array(0);
  groups: Uint32Array = new Uint32Array(0);
  hasEnqueued = false;
  hasExpiry = false;
  hasGroups = false;
  kindSizes: Int32Array = new Int32Array(0);
  kindKeys: Int32Array = new Int32Array(0);
  kindExpires: Uint8Array = new Uint8Array(0);
  kindPersists: Uint8Array = new Uint8Array(0);
  groupLive: Uint32Array = new Uint32Array(0);
  groupOutcome: Uint8Array = new Uint8Array(0);
  groupReason: Uint8Array = new Uint8Array(0);
  groupKept: Uint8Array = new Uint8Array(0);
  groupFree: number[] = [];
  /** By the numbers in rows: rings of lanes, of unsettled deliveries and of deliveries that wait, newest messages by key, routes by kind, kinds by key, kinds by cause. */
  lanes: Int32Array[] = [];
  tags: Int32Array[] = [];
  rings: Int32Array[] = [];
  newest: Float64Array[] = [];
  routes: Int32Array[] = [];
  kindTables: Int32Array[] = [];
  causes: Int32Array[] = [];
}

export const columns: Columns = new Columns();

/** What everyday traffic leaves to others because it is rare. */
export interface Rare {
  /** The row of durations is full: they are counted. */
  count(durations: number): void;
  /** The queue's ring is full. */
  widenLane(queue: number): void;
  /** The channel's ring of unsettled deliveries is full. */
  widenTags(channel: number): void;
  /** The instance's ring of deliveries is full. */
  widenRing(instance: number): void;
  /** A delivery that is not the first of its message. */
  redelivered(queue: number, instance: number, copy: number): void;
}

/** Whose sprint it is, and whose the rows are: a mark that keeps nothing of a run alive. */
export const whose: { rare: Rare | null; rows: object | null } = { rare: null, rows: null };

const NOTHING = new Int32Array(0);
const NO_TIMES = new Float64Array(0);
const NO_IDS = new Uint32Array(0);
const NO_FLAGS = new Uint16Array(0);

/** The sprint is over: what is large does not outlive its run here. */
export function letGo(): void {
  whose.rare = null;
  columns.birth = NO_TIMES;
  columns.enqueued = NO_TIMES;
  columns.expiry = NO_TIMES;
  columns.kinds = NO_FLAGS;
  columns.ids = NO_IDS;
  columns.flags = NO_FLAGS;
  columns.groups = NO_IDS;
  columns.lanes.fill(NOTHING);
}
