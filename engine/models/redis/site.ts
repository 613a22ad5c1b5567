import type { Meta } from "../model.ts";
import type { ServerState } from "./server-state.ts";
import type { RedisSink } from "./sink.ts";
import type { RedisState } from "./state.ts";
import { nameOf } from "./values.ts";

/**
 * A server at work: where, when, and who is told. Effects pass through here, because what a replica or a file does with its copies is nobody's business: they end in
 * silence. Made for each command or timer, never part of the state.
 */
export class Site {
  readonly m: RedisState;
  readonly server: ServerState;
  readonly meta: Meta;
  readonly out: RedisSink;
  /** The server's copies do not count: it is a replica, or a file. */
  readonly isShadow: boolean;
  /** The command comes from a primary or a file: it is done as it was done there. */
  readonly isReplay: boolean;

  constructor(m: RedisState, server: ServerState, meta: Meta, out: RedisSink, isReplay = false, isFile = false) {
    this.m = m;
    this.server = server;
    this.meta = meta;
    this.out = out;
    this.isShadow = isFile || server.link !== null;
    this.isReplay = isReplay;
  }

  /** The copy is in the key now. */
  enqueued(key: string, copy: number): void {
    const { store } = this.m;
    store.setEnqueued(copy, this.meta.now);
    this.server.bytes += store.sizeOf(copy);
    if (!this.isShadow) this.out.enqueued(nameOf(key), copy);
  }

  popped(client: number, key: string, copy: number): void {
    this.forget(copy);
    if (this.isShadow) this.m.store.free(copy);
    else this.out.popped(client, nameOf(key), copy);
  }

  moved(client: number, from: string, to: string, copy: number): void {
    if (!this.isShadow) this.out.moved(client, nameOf(from), nameOf(to), copy);
  }

  removed(client: number, key: string, copy: number): void {
    this.forget(copy);
    if (this.isShadow) this.m.store.free(copy);
    else this.out.removed(client, nameOf(key), copy);
  }

  /** The copy, which is in the key, ends by a rule. */
  discarded(key: string, copy: number, reason: number): void {
    this.forget(copy);
    if (this.isShadow) this.m.store.free(copy);
    else this.out.discarded(nameOf(key), copy, reason);
  }

  /** A copy of what a stream keeps. */
  copyOf(copy: number): number {
    const made = this.m.store.clone(copy);
    this.m.store.setEnqueued(made, this.meta.now);
    if (!this.isShadow) this.out.copied(copy, made);
    return made;
  }

  /** A plain reader gets an entry, or one of a group that acknowledges nothing. */
  read(client: number, key: string, entry: number): void {
    // A reader of a replica gets something that counts nowhere: the primary's stream holds it.
    if (!this.isShadow) this.out.read(client, nameOf(key), this.copyOf(entry));
  }

  /** The copy, just made, is pending for a member of a group and on its way to it. */
  delivered(client: number, key: string, group: string, consumer: string, copy: number, deliveries: number): void {
    if (!this.isShadow) this.out.delivered(client, nameOf(key), group, consumer, copy, deliveries);
  }

  assigned(key: string, group: string, consumer: string, copy: number): void {
    if (!this.isShadow) this.out.assigned(nameOf(key), group, consumer, copy);
  }

  acknowledged(key: string, group: string, copy: number): void {
    if (this.isShadow) this.m.store.free(copy);
    else this.out.acknowledged(nameOf(key), group, copy);
  }

  superseded(key: string, group: string, copy: number): void {
    if (this.isShadow) this.m.store.free(copy);
    else this.out.superseded(nameOf(key), group, copy);
  }

  private forget(copy: number): void {
    this.server.bytes -= this.m.store.sizeOf(copy);
  }
}
