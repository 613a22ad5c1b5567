const FIRST_CAPACITY = 8;

/** A short list that is used as a queue, over and over: it keeps its memory, so that neither end allocates. */
export class Ring<T> {
  private items: T[] = [];
  private head = 0;
  length = 0;

  /** @param index 0 … length − 1 */
  at(index: number): T {
    return this.items[(this.head + index) & (this.items.length - 1)] as T;
  }

  push(item: T): void {
    if (this.length === this.items.length) this.grow(item);
    this.items[(this.head + this.length) & (this.items.length - 1)] = item;
    this.length++;
  }

  /** Takes the first; the list is not empty. */
  take(): T {
    const item = this.items[this.head] as T;
    this.head = (this.head + 1) & (this.items.length - 1);
    this.length--;
    return item;
  }

  indexOf(item: T): number {
    for (let i = 0; i < this.length; i++) if (this.at(i) === item) return i;
    return -1;
  }

  /** @param index 0 … length: the place that the item will have */
  insert(index: number, item: T): void {
    if (index === 0 && this.length > 0 && this.length < this.items.length) {
      this.head = (this.head + this.items.length - 1) & (this.items.length - 1);
      this.items[this.head] = item;
      this.length++;
      return;
    }
    this.push(item);
    for (let i = this.length - 1; i > index; i--) this.set(i, this.at(i - 1));
    this.set(index, item);
  }

  /** @param index 0 … length − 1 */
  removeAt(index: number): void {
    if (index === 0) {
      this.take();
      return;
    }
    for (let i = index; i < this.length - 1; i++) this.set(i, this.at(i + 1));
    this.length--;
  }

  last(): T | undefined {
    return this.length === 0 ? undefined : this.at(this.length - 1);
  }

  /** Takes an item out, if it is there. */
  remove(item: T): void {
    const index = this.indexOf(item);
    if (index >= 0) this.removeAt(index);
  }

  clear(): void {
    this.length = 0;
    this.head = 0;
  }

  /** What is in it, in order, for whoever may allocate. */
  list(): T[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  private set(index: number, item: T): void {
    this.items[(this.head + index) & (this.items.length - 1)] = item;
  }

  /** @param filler what stands in places that nobody reads */
  private grow(filler: T): void {
    const wider: T[] = [];
    for (let i = 0; i < this.length; i++) wider.push(this.at(i));
    const capacity = Math.max(FIRST_CAPACITY, 2 * this.items.length);
    while (wider.length < capacity) wider.push(filler);
    this.items = wider;
    this.head = 0;
  }
}
