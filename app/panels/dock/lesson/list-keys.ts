/** Steps of a lesson, and options of a step, have no names of their own. So that a form goes along with its item, each has a number here. */
export class ListKeys {
  #keys: number[] = [];
  #next = 0;

  /** The number of the item at a place. @param count of all items; what came or went elsewhere (undo) came or went at the end */
  of(at: number, count: number): number {
    while (this.#keys.length < count) this.#keys.push(this.#next++);
    this.#keys.length = count;
    return this.#keys[at] ?? -1;
  }

  /** The item goes one place up (−1) or down. */
  move(at: number, by: -1 | 1): void {
    const [one] = this.#keys.splice(at, 1);
    if (one !== undefined) this.#keys.splice(at + by, 0, one);
  }

  remove(at: number): void {
    this.#keys.splice(at, 1);
  }
}
