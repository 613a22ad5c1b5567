const FIRST_CAPACITY = 8;

/**
 * The elements of one list, head to tail: a ring of handles that grows and is taken from at both ends at the same cost. Reading by index is one step; inserting and
 * removing in the middle moves the shorter side, as Redis' own list does at its nodes.
 */
export class HandleList {
  ring: Uint32Array = new Uint32Array(FIRST_CAPACITY);
  start = 0;
  count = 0;

  /** @param index 0 … count − 1 */
  at(index: number): number {
    return this.ring[(this.start + index) & (this.ring.length - 1)] as number;
  }

  set(index: number, handle: number): void {
    this.ring[(this.start + index) & (this.ring.length - 1)] = handle;
  }

  pushHead(handle: number): void {
    if (this.count === this.ring.length) this.grow();
    this.start = (this.start - 1) & (this.ring.length - 1);
    this.ring[this.start] = handle;
    this.count++;
  }

  pushTail(handle: number): void {
    if (this.count === this.ring.length) this.grow();
    this.ring[(this.start + this.count) & (this.ring.length - 1)] = handle;
    this.count++;
  }

  /** Takes the first element; the list is not empty. */
  takeHead(): number {
    const handle = this.at(0);
    this.start = (this.start + 1) & (this.ring.length - 1);
    this.count--;
    return handle;
  }

  /** Takes the last element; the list is not empty. */
  takeTail(): number {
    this.count--;
    return this.at(this.count);
  }

  /** @param index 0 … count: the place that the handle will have */
  insert(index: number, handle: number): void {
    if (index * 2 < this.count) {
      this.pushHead(handle);
      for (let i = 0; i < index; i++) this.set(i, this.at(i + 1));
    } else {
      this.pushTail(handle);
      for (let i = this.count - 1; i > index; i--) this.set(i, this.at(i - 1));
    }
    this.set(index, handle);
  }

  /** Takes the element at an index. */
  remove(index: number): number {
    const handle = this.at(index);
    if (index * 2 < this.count) {
      for (let i = index; i > 0; i--) this.set(i, this.at(i - 1));
      this.takeHead();
    } else {
      for (let i = index; i < this.count - 1; i++) this.set(i, this.at(i + 1));
      this.count--;
    }
    return handle;
  }

  private grow(): void {
    const wider = new Uint32Array(this.ring.length * 2);
    for (let i = 0; i < this.count; i++) wider[i] = this.at(i);
    this.ring = wider;
    this.start = 0;
  }
}
