/** Bit of `ReadBuffer.flags`: the value is null. */
export const TOMBSTONE = 1;

const FIRST_CAPACITY = 64;

/** What a `read` shows, as columns: one is kept and filled again, so that reading allocates nothing. */
export class ReadBuffer {
  offsets: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** The log's own handles, valid until the log lets go of them. */
  handles: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Numbers of keys, −1 = none (`ClusterView.keyText`). */
  keys: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** `TOMBSTONE` */
  flags: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  count = 0;
  /** Where to read on. */
  next = 0;
  /** Leader epoch of the last record before `next`, shown or not; −1 when there is none. */
  epoch = -1;
  /** Bytes of the batches that the records came in. */
  bytes = 0;

  begin(offset: number): void {
    this.count = 0;
    this.next = offset;
    this.epoch = -1;
    this.bytes = 0;
  }

  push(offset: number, handle: number, key: number, flags: number): void {
    const at = this.count;
    if (at === this.offsets.length) this.grow();
    this.offsets[at] = offset;
    this.handles[at] = handle;
    this.keys[at] = key;
    this.flags[at] = flags;
    this.count = at + 1;
  }

  private grow(): void {
    const capacity = 2 * this.offsets.length;
    const offsets = new Float64Array(capacity);
    offsets.set(this.offsets);
    this.offsets = offsets;
    const handles = new Int32Array(capacity);
    handles.set(this.handles);
    this.handles = handles;
    const keys = new Int32Array(capacity);
    keys.set(this.keys);
    this.keys = keys;
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
  }
}
