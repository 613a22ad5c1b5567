import type { MessageStore } from "../messages.ts";
import type { ClientState } from "./client-state.ts";
import type { ServerState } from "./server-state.ts";

/** How the servers of one model are linked. */
export interface RedisConfig {
  /** µs from a change on a primary to its arrival at a replica; 0 when left out. */
  readonly replicationDelay?: number;
  /**
   * Called, and told apart, by their texts: a message whose id is n has the text of number n (see `number`). False = messages have no texts and are called by their ids,
   * as in a run.
   */
  readonly isNamed?: boolean;
}

/** Everything that the servers know: plain data, that can be cloned and put back. */
export class RedisState {
  readonly store: MessageStore;
  readonly replicationDelay: number;
  readonly isNamed: boolean;
  servers: ServerState[] = [];
  clients: ClientState[] = [];
  /** Texts by number; number 0 is nobody's. */
  texts: string[] = [""];
  numbers: Map<string, number> = new Map();

  constructor(store: MessageStore, config: RedisConfig) {
    this.store = store;
    this.replicationDelay = config.replicationDelay ?? 0;
    this.isNamed = config.isNamed ?? false;
  }

  /** The number of a text, for the id of a message that is called so. */
  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.texts.push(text);
    this.numbers.set(text, number);
    return number;
  }

  /** What a message is called in commands and replies. */
  text(copy: number): string {
    const id = this.store.id[copy] as number;
    return this.isNamed ? (this.texts[id] ?? "") : String(id);
  }

  /** The id of messages with this text, −1 when no message can have it. */
  idOfText(text: string): number {
    if (this.isNamed) return this.numbers.get(text) ?? -1;
    return /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : -1;
  }
}
