import { DISCARD_REASONS, LOSS_REASONS, type RedisConfig } from "../../engine/index.ts";
import type { Step } from "../format.ts";
import { RedisReplay } from "./redis-replay.ts";

/**
 * Redis on the bench: commands as one types them (`p> RPUSH q m1`), the steps of the recordings as words (`stop main kill`), and every end of a message as a short text:
 * `lost m1 restart`, `discarded m2 maxlen`, `restored m3`. The account is checked after every step.
 */
export class RedisBench {
  readonly replay: RedisReplay;
  /** What became of messages since `take`. */
  private fates: string[] = [];

  constructor(config: RedisConfig = {}, settings: Record<string, string> = {}) {
    this.replay = new RedisReplay(config);
    const { redis } = this.replay;
    const { lost, discarded, restored, popped, message, superseded } = redis;
    const note = (what: string, copy: number, why = ""): void => {
      this.fates.push(`${what} ${redis.model.text(copy)} ${why}`.trim());
    };
    redis.lost = (key, copy, reason) => {
      note("lost", copy, LOSS_REASONS[reason]);
      lost.call(redis, key, copy, reason);
    };
    redis.discarded = (key, copy, reason) => {
      note("discarded", copy, DISCARD_REASONS[reason]);
      discarded.call(redis, key, copy, reason);
    };
    redis.restored = (server, copy) => {
      note("restored", copy);
      restored.call(redis, server, copy);
    };
    redis.popped = (client, key, copy) => {
      note("popped", copy);
      popped.call(redis, client, key, copy);
    };
    redis.superseded = (key, group, copy) => {
      note("superseded", copy);
      superseded.call(redis, key, group, copy);
    };
    redis.message = (...told) => {
      note("message", told[3]);
      message.apply(redis, told);
    };
    this.replay.perform({ op: "server", config: settings });
  }

  /** @param lines one step each @returns what clients saw, as `name=reply` or `name!CODE` */
  do(...lines: readonly string[]): string[] {
    return lines.flatMap((line) =>
      this.replay.perform(stepOf(line)).map(({ event, client, value, code }) => {
        if (event === "reply") return `${client}=${JSON.stringify(value)}`;
        return event === "error" ? `${client}!${code}` : `${client} ${event}`;
      }),
    );
  }

  /** The machine goes with the server. */
  cutPower(server: string): this {
    const { redis } = this.replay;
    redis.model.stopServer(redis.model.serverId(server), "power", redis.meta, redis);
    redis.takeEvents();
    return this;
  }

  /** Id of an open connection. */
  client(name: string): number {
    return [...this.replay.redis.names].find(([, known]) => known === name)?.[0] ?? -1;
  }

  take(): string[] {
    const { fates } = this;
    this.fates = [];
    return fates;
  }
}

function stepOf(line: string): Step {
  const words = line.split(" ");
  const [op = "", first = "", second = ""] = words;
  if (op.endsWith(">")) return { op: "command", client: op.slice(0, -1), cmd: words.slice(1) };
  if (op === "wait") return { op, ms: Number(first) };
  if (op === "connect") return { op, client: first, server: second };
  if (op === "disconnect") return { op, client: first };
  if (op === "stop") return { op, server: first, how: second };
  return { op, server: first, of: second === "null" ? null : second };
}
