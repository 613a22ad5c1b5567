import type { ConsumerInstance } from "./consumers.ts";

/** Who came to a broker and was not let in, and whose credentials are over. A client's library tries again by itself only when it publishes; consumers wait here. */
export class Door {
  /** Users whose token has expired, or whose password was changed: known, and not let in. */
  readonly expired: Set<string> = new Set();
  private readonly turnedAway: Set<ConsumerInstance> = new Set();

  turnAway(instance: ConsumerInstance): void {
    this.turnedAway.add(instance);
  }

  /** For a face: the client was refused, and is not in. */
  refuses(instance: ConsumerInstance): boolean {
    return this.turnedAway.has(instance);
  }

  /** It came in after all, or is gone. */
  forget(instance: ConsumerInstance): void {
    this.turnedAway.delete(instance);
  }

  /** Something about the users has changed: whoever is still there tries again. */
  knockAgain(reconnect: (instance: ConsumerInstance) => void): void {
    const waiting = [...this.turnedAway];
    this.turnedAway.clear();
    for (const instance of waiting) if (instance.alive) reconnect(instance);
  }
}
