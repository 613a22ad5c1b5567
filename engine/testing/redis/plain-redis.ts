import type { RedisStep } from "./generate.ts";
import { PlainKeys } from "./plain-keys.ts";
import { fail, type Json, type PlainClient, PlainError, type PlainList, type PlainWait } from "./plain-objects.ts";
import { idOf, PlainStreams, textOf } from "./plain-streams.ts";

export type PlainEvent = { readonly event: string; readonly client: string; readonly [field: string]: unknown };

/**
 * A Redis server as one would write it on a slate: lists of texts, everything looked through each time, a waiting client tried again whenever one of its keys has become
 * ready. Slow and plain on purpose; it knows what `generate` sends and nothing else. semantics/redis.md.
 */
export class PlainRedis {
  private readonly keys = new PlainKeys();
  private readonly streams = new PlainStreams(this.keys);
  private readonly clients = new Map<string, PlainClient>();
  /** Blocked clients, longest-waiting first. */
  private line: PlainClient[] = [];
  private subscribers: PlainClient[] = [];
  private events: PlainEvent[] = [];

  constructor() {
    this.keys.changed = (key) => {
      for (const client of this.clients.values()) if (client.watched.has(key)) client.isDirty = true;
    };
  }

  isBlocked(name: string): boolean {
    return (this.clients.get(name)?.wait ?? null) !== null;
  }

  perform(step: RedisStep): PlainEvent[] {
    this.events = [];
    if (step.op === "wait") this.pass((step.ms ?? 0) * 1000);
    else if (step.op === "disconnect") this.leave(step.client ?? "");
    else this.command(this.client(step.client ?? ""), step.cmd ?? []);
    return this.events
      .map((event, order) => ({ event, order }))
      .sort((a, b) => (a.event.client < b.event.client ? -1 : a.event.client > b.event.client ? 1 : a.order - b.order))
      .map(({ event }) => event);
  }

  private client(name: string): PlainClient {
    const known = this.clients.get(name);
    if (known !== undefined) return known;
    const made = {
      name,
      wait: null,
      queue: null,
      watched: new Set<string>(),
      isDirty: false,
      channels: [],
      patterns: [],
    };
    this.clients.set(name, made);
    return made;
  }

  private leave(name: string): void {
    this.line = this.line.filter((client) => client.name !== name);
    this.subscribers = this.subscribers.filter((client) => client.name !== name);
    this.clients.delete(name);
  }

  private tell(client: PlainClient, value: Json): void {
    const isError = value !== null && typeof value === "object" && !Array.isArray(value);
    const what = isError ? { event: "error", code: (value as { error: string }).error } : { event: "reply", value };
    this.events.push({ ...what, client: client.name });
  }

  /** Time passes, from one deadline to the next. */
  private pass(time: number): void {
    const { keys } = this;
    const end = keys.now + time;
    for (;;) {
      const due = [...this.line.map(({ wait }) => (wait as PlainWait).until), ...keys.deadlines.values()];
      const next = Math.min(...due.filter((at) => at < end), end);
      keys.now = next;
      if (next === end) return;
      keys.expire();
      this.serve();
      for (const client of [...this.line]) if ((client.wait as PlainWait).until <= next) this.release(client, null);
    }
  }

  private release(client: PlainClient, reply: Json): void {
    client.wait = null;
    this.line = this.line.filter((one) => one !== client);
    this.tell(client, reply);
  }

  private command(client: PlainClient, cmd: readonly string[]): void {
    const [name = ""] = cmd;
    const isNow = ["MULTI", "EXEC", "DISCARD", "WATCH"].includes(name);
    if (client.channels.length + client.patterns.length > 0 && !name.includes("SUBSCRIBE"))
      this.tell(client, { error: "ERR" });
    else if (client.queue !== null && !isNow) {
      client.queue.push(cmd);
      this.tell(client, "QUEUED");
    } else if (name === "EXEC") this.tell(client, this.exec(client));
    else {
      const reply = this.run(client, cmd, true);
      if (reply !== undefined) this.tell(client, reply);
    }
    this.serve();
  }

  private exec(client: PlainClient): Json {
    const { queue, isDirty } = client;
    if (queue === null) return { error: "ERR" };
    this.forget(client);
    if (isDirty) return null;
    return queue.map((cmd) => this.run(client, cmd, false) ?? null);
  }

  private forget(client: PlainClient): void {
    client.queue = null;
    client.isDirty = false;
    client.watched.clear();
  }

  private run(client: PlainClient, cmd: readonly string[], mayWait: boolean): Json | undefined {
    try {
      return this.reply(client, cmd, mayWait);
    } catch (error) {
      if (error instanceof PlainError) return { error: error.code };
      throw error;
    }
  }

  /** Whoever can be served now, key after key. */
  private serve(): void {
    const { keys } = this;
    for (let key = keys.ready[0]; key !== undefined; key = keys.ready[0]) {
      keys.ready = keys.ready.slice(1);
      const kind = keys.values.get(key)?.kind;
      for (const client of [...this.line]) {
        const { wait } = client;
        if (!wait?.keys.includes(key)) continue;
        if (wait.isMember && kind !== "stream") this.release(client, { error: "UNBLOCKED" });
        else if (wait.kind === kind) this.attempt(client, wait, key);
      }
    }
  }

  private attempt(client: PlainClient, wait: PlainWait, key: string): void {
    let reply: Json | undefined;
    try {
      // A served element may have emptied the key.
      if (!this.keys.values.has(key)) return;
      reply = wait.attempt(key);
    } catch (error) {
      if (!(error instanceof PlainError)) throw error;
      reply = { error: error.code };
    }
    if (reply !== undefined) this.release(client, reply);
  }

  /** Tries now, and waits when there is nothing. @param seconds as text, 0 = for ever */
  private orWait(
    client: PlainClient,
    ms: number,
    mayWait: boolean,
    wait: Omit<PlainWait, "until">,
    now: Json | undefined,
  ) {
    if (now !== undefined || !mayWait) return now ?? null;
    client.wait = { ...wait, until: ms === 0 ? Number.POSITIVE_INFINITY : this.keys.now + ms * 1000 };
    this.line.push(client);
    return undefined;
  }

  private reply(client: PlainClient, cmd: readonly string[], mayWait: boolean): Json | undefined {
    const { keys, streams } = this;
    const [name = "", a = "", b = "", c = "", d = "", e = ""] = cmd;
    const last = cmd[cmd.length - 1] ?? "";
    switch (name) {
      case "LPUSH":
      case "RPUSH":
      case "RPUSHX": {
        if (keys.list(a) === undefined && name === "RPUSHX") return 0;
        for (const item of cmd.slice(2)) keys.give(a, name === "LPUSH" ? "LEFT" : "RIGHT", item);
        return (keys.list(a) as PlainList).items.length;
      }
      case "LPOP":
        return keys.list(a) === undefined ? null : keys.take(a, "LEFT");
      case "RPOP": {
        const list = keys.list(a);
        if (list === undefined) return null;
        return list.items.slice(0, Number(b)).map(() => keys.take(a, "RIGHT"));
      }
      case "LREM":
        return this.removeItem(a, c);
      case "LTRIM":
        return this.trim(a, Number(b), Number(c));
      case "LRANGE":
        return keys.list(a)?.items ?? [];
      case "LMOVE":
        return keys.list(a) === undefined ? null : this.move(a, b, c, d);
      case "BLPOP":
      case "BRPOP": {
        const end = name === "BLPOP" ? "LEFT" : "RIGHT";
        const names = cmd.slice(1, -1);
        const pop = (key: string): Json => [key, keys.take(key, end)];
        const first = names.find((key) => keys.list(key) !== undefined);
        const wait = { keys: names, kind: "list" as const, isMember: false, attempt: pop };
        return this.orWait(client, Number(last) * 1000, mayWait, wait, first === undefined ? undefined : pop(first));
      }
      case "BLMOVE": {
        const attempt = (): Json => this.move(a, b, c, d);
        const wait = { keys: [a], kind: "list" as const, isMember: false, attempt };
        return this.orWait(client, Number(e) * 1000, mayWait, wait, keys.list(a) === undefined ? undefined : attempt());
      }
      case "DEL":
      case "PEXPIRE":
      case "EXISTS":
        return this.onKey(name, a, Number(b));
      case "RENAME":
        return this.rename(a, b);
      case "XADD":
        return streams.add(a, cmd.slice(2));
      case "XDEL":
        return streams.delete(a, idOf(b));
      case "XREAD": {
        const after = keys.stream(d)?.last ?? 0;
        const wait = { keys: [d], kind: "stream" as const, isMember: false, attempt: () => streams.read(d, after) };
        return this.orWait(client, Number(b), mayWait, wait, undefined);
      }
      case "XREADGROUP":
        return this.readGroup(client, cmd, mayWait);
      case "XGROUP":
        if (a === "CREATE") return streams.create(b, c, d);
        return a === "DESTROY" ? streams.destroy(b, c) : streams.dropConsumer(b, c, d);
      case "XACK":
        return streams.acknowledge(a, b, idOf(c));
      case "XPENDING":
        return streams.pending(a, b);
      case "XCLAIM":
        return streams.claim(a, b, c, Number(d), idOf(e));
      case "XAUTOCLAIM":
        return streams.autoclaim(a, b, c, Number(d), Number(last));
      case "MULTI":
        client.queue = client.queue === null ? [] : fail();
        return "OK";
      case "DISCARD":
        if (client.queue === null) fail();
        this.forget(client);
        return "OK";
      case "WATCH":
        if (client.queue !== null) fail();
        if (!client.isDirty) client.watched.add(a);
        return "OK";
      case "PUBLISH":
        return this.publish(a, b);
      default:
        return name.includes("SUBSCRIBE") ? this.subscribe(client, name, a) : this.sorted(client, cmd, mayWait);
    }
  }

  /** Each message is pushed once: the count says nothing. */
  private removeItem(key: string, item: string): Json {
    const list = this.keys.list(key);
    const place = list?.items.indexOf(item) ?? -1;
    if (list === undefined || place < 0) return 0;
    list.items = list.items.filter((one) => one !== item);
    this.keys.tidy(key);
    this.keys.changed(key);
    return 1;
  }

  private trim(key: string, from: number, to: number): Json {
    const list = this.keys.list(key);
    if (list === undefined) return "OK";
    const end = to < 0 ? list.items.length + to : to;
    list.items = list.items.slice(from < 0 ? Math.max(0, list.items.length + from) : from, end + 1);
    this.keys.tidy(key);
    this.keys.changed(key);
    return "OK";
  }

  private move(from: string, to: string, end: string, toEnd: string): Json {
    const { keys } = this;
    keys.list(to);
    const items = (keys.list(from) as PlainList).items;
    if (from === to && items.length === 1) {
      keys.changed(from);
      return items[0] as string;
    }
    const source = keys.list(from) as PlainList;
    const item = end === "LEFT" ? (items[0] as string) : (items[items.length - 1] as string);
    source.items = end === "LEFT" ? items.slice(1) : items.slice(0, -1);
    keys.give(to, toEnd, item);
    keys.tidy(from);
    keys.changed(from);
    return item;
  }

  private onKey(name: string, key: string, ms: number): Json {
    const { keys } = this;
    if (!keys.values.has(key)) return 0;
    if (name === "EXISTS") return 1;
    if (name === "DEL" || ms <= 0) keys.remove(key);
    else keys.deadlines.set(key, keys.now + ms * 1000);
    keys.changed(key);
    return 1;
  }

  private rename(from: string, to: string): Json {
    const { keys } = this;
    const value = keys.values.get(from);
    if (value === undefined) return fail();
    if (from === to) return "OK";
    const deadline = keys.deadlines.get(from);
    if (keys.values.has(to)) keys.remove(to);
    keys.put(to, value);
    if (deadline !== undefined) keys.deadlines.set(to, deadline);
    keys.remove(from);
    keys.changed(from);
    keys.changed(to);
    return "OK";
  }

  private readGroup(client: PlainClient, cmd: readonly string[], mayWait: boolean): Json | undefined {
    const { streams } = this;
    const [, , group = "", consumer = ""] = cmd;
    const key = cmd[cmd.length - 2] ?? "";
    if (cmd[cmd.length - 1] !== ">") return streams.readHistory(key, group, consumer);
    const count = Number(cmd[5]);
    const now = streams.readNew(key, group, consumer, count, false);
    const block = cmd.indexOf("BLOCK");
    if (block < 0) return now ?? null;
    const attempt = (): Json | undefined => streams.readNew(key, group, consumer, count, true);
    const wait = { keys: [key], kind: "stream" as const, isMember: true, attempt };
    return this.orWait(client, Number(cmd[block + 1]), mayWait, wait, now);
  }

  private publish(channel: string, message: string): Json {
    let receivers = 0;
    for (const { name, channels, patterns } of this.subscribers) {
      if (channels.includes(channel)) {
        this.events.push({ event: "message", client: name, channel, id: message });
        receivers++;
      }
      for (const pattern of patterns) {
        this.events.push({ event: "pmessage", client: name, pattern, channel, id: message });
        receivers++;
      }
    }
    return receivers;
  }

  private subscribe(client: PlainClient, name: string, what: string): Json {
    const kind = name.startsWith("P") ? "patterns" : "channels";
    const known = client[kind][0];
    const isLeaving = name.includes("UN");
    client[kind] = isLeaving ? [] : [what];
    const count = client.channels.length + client.patterns.length;
    this.subscribers = this.subscribers.filter((one) => one !== client);
    if (count > 0) this.subscribers.push(client);
    return [name.toLowerCase(), isLeaving ? (known ?? null) : what, count];
  }

  private sorted(client: PlainClient, cmd: readonly string[], mayWait: boolean): Json | undefined {
    const { keys } = this;
    const [name = "", key = "", b = "", c = ""] = cmd;
    const set = keys.zset(key);
    const members = set?.members ?? [];
    const store = (next: typeof members): void => {
      if (set === undefined) keys.put(key, { kind: "zset", members: next });
      else set.members = next;
      keys.tidy(key);
      keys.changed(key);
    };
    if (name === "ZADD") {
      const next = [...members.filter(({ member }) => member !== c), { member: c, score: Number(b) }];
      store(next.sort((x, y) => x.score - y.score || (x.member < y.member ? -1 : 1)));
      return next.length - members.length;
    }
    if (name === "ZREM") {
      const next = members.filter(({ member }) => member !== b);
      if (next.length < members.length) store(next);
      return members.length - next.length;
    }
    if (name === "ZRANGEBYSCORE") return members.filter(({ score }) => score <= Number(c)).map(({ member }) => member);
    const pop = (): string[] => {
      const now = keys.zset(key)?.members ?? [];
      const first = now[0] as (typeof now)[number];
      (keys.zset(key) as { members: typeof now }).members = now.slice(1);
      keys.tidy(key);
      keys.changed(key);
      return [first.member, String(first.score)];
    };
    if (name === "ZPOPMIN") return set === undefined ? [] : pop();
    const attempt = (): Json => [key, ...pop()];
    const wait = { keys: [key], kind: "zset" as const, isMember: false, attempt };
    return this.orWait(client, Number(b) * 1000, mayWait, wait, set === undefined ? undefined : attempt());
  }

  /** What is left, as a case's `final`. */
  final(): Record<string, unknown> {
    const final: Record<string, unknown> = {};
    for (const [key, value] of this.keys.values) {
      if (value.kind === "list") final[key] = value.items;
      else if (value.kind === "zset") final[key] = value.members.map(({ member, score }) => [member, String(score)]);
      else {
        const groups: Record<string, unknown> = {};
        for (const [name, { last, pending, consumers }] of value.groups) {
          const rows = pending.map(({ id, consumer, count }) => [textOf(id), consumer, count]);
          groups[name] = { last: textOf(last), pending: rows, consumers: [...consumers].sort() };
        }
        final[key] = { entries: value.entries.map(({ id, message }) => [textOf(id), message]), groups };
      }
    }
    return final;
  }
}
