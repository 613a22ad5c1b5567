import type { Meta } from "../model.ts";
import type { ClientState } from "./client-state.ts";
import { REFUSED } from "./reasons.ts";
import type { Reply } from "./replies.ts";
import type { ServerState } from "./server-state.ts";
import type { RedisSink } from "./sink.ts";
import { Site } from "./site.ts";
import type { RedisState } from "./state.ts";
import { keyId } from "./values.ts";

/** What a command has at hand: who sent it, its words and the messages that it brings. */
export class Call extends Site {
  readonly client: ClientState;
  /** The command's name and arguments. */
  readonly args: readonly string[];
  /** Replies before the last one, of commands that have several. */
  readonly earlier: Reply[] = [];
  /** It may not block: inside EXEC, or replayed. */
  readonly isImmediate: boolean;
  /** How much it has changed. What changed nothing is not passed on to replicas. */
  changes = 0;
  private readonly copies: readonly number[];
  private taken = 0;

  constructor(
    m: RedisState,
    server: ServerState,
    client: ClientState,
    command: { readonly args: readonly string[]; readonly copies: readonly number[] },
    meta: Meta,
    out: RedisSink,
    options: { readonly isImmediate?: boolean; readonly isReplay?: boolean; readonly isFile?: boolean } = {},
  ) {
    super(m, server, meta, out, options.isReplay, options.isFile);
    this.client = client;
    this.args = command.args;
    this.copies = command.copies;
    this.isImmediate = options.isImmediate === true || options.isReplay === true;
  }

  arg(index: number): string {
    return this.args[index] as string;
  }

  /** An option's word, in lower case. "" past the end. */
  word(index: number): string {
    return (this.args[index] ?? "").toLowerCase();
  }

  /** Id of the key that an argument names. */
  key(index: number): string {
    return keyId(this.client.db, this.arg(index));
  }

  /** The next of the messages that the command brings; from now on the command answers for it. */
  take(): number {
    return this.copies[this.taken++] as number;
  }

  /** A message of the command's own that comes to nothing: its place is taken, or the command is refused. */
  spare(copy: number, reason: number = REFUSED): void {
    if (this.isReplay) this.m.store.free(copy);
    else this.out.discarded("", copy, reason);
  }

  /** The messages that the command did not take. */
  left(): readonly number[] {
    return this.copies.slice(this.taken);
  }
}
