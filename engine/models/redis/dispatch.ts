import { serveReady } from "./blocking.ts";
import { Call } from "./call.ts";
import type { Queued } from "./client-state.ts";
import { type CommandSpec, commandName, commandSpec } from "./command-table.ts";
import { closeClient } from "./connections.ts";
import { isMemoryFull } from "./memory.ts";
import { cannotPersist } from "./persistence.ts";
import { subscriptions } from "./pubsub.ts";
import { DENIED, REFUSED } from "./reasons.ts";
import { askReplicas, hasEnoughReplicas, isFollowed, passOn } from "./replication.ts";
import { type ErrorCode, Refused, type Reply } from "./replies.ts";
import { dropTransaction, hasExpiredWatch } from "./transactions.ts";
import { DEFAULT_USER, mayUseChannel, mayUseKey } from "./users.ts";

/** Commands that are done at once inside MULTI. */
const NOT_QUEUED: readonly string[] = ["exec", "discard", "multi", "watch"];
/** What a subscribed RESP2 client may send. */
const FOR_SUBSCRIBERS: readonly string[] = ["ping", "subscribe", "unsubscribe", "psubscribe", "punsubscribe"];
const NOT_IN_MULTI = "save";
/** More words than this from somebody unknown are no command but an attack: networking.c, processMultibulkBuffer. */
const WORDS_BEFORE_AUTH = 10;

/**
 * One command of a client, from its checks to its reply; after it, whoever was waiting for what it changed is served. The checks stand in Redis' own order: existence,
 * password, rights, memory, replicas, subscriptions.
 */
export function perform(x: Call): void {
  const { client, args, server } = x;
  if (args.length > WORDS_BEFORE_AUTH && isAuthRequired(x)) {
    turnAway(x);
    return;
  }
  const name = commandName(args);
  const spec = commandSpec(name, args.length);
  const refused = spec === undefined ? "ERR" : refusal(x, name, spec);
  if (spec === undefined || refused !== null) {
    reject(x, name, refused ?? "ERR");
    return;
  }
  if (client.queue !== null && !NOT_QUEUED.includes(name)) {
    enqueue(x, client.queue);
    return;
  }
  const reply = name === "exec" ? exec(x) : call(x, spec);
  answer(x, reply);
  client.offset = server.offset;
  serveReady(x);
  askReplicas(x);
}

/** Connections made while the default user needed no password are known; the others are once they said who they are, or once that user needs none. */
function isAuthRequired({ client, server }: Call): boolean {
  const user = server.users.get(DEFAULT_USER);
  return !client.isAuthenticated && !(user?.isOn === true && user.needsNoPassword);
}

/** Answers with an error and closes the connection. */
function turnAway(x: Call): void {
  const { client, out } = x;
  for (const copy of x.left()) x.spare(copy, DENIED);
  out.reply(client.id, { error: "ERR" });
  closeClient(x, client);
  out.closed(client.id);
}

function answer(x: Call, reply: Reply | undefined): void {
  for (const early of x.earlier) x.out.reply(x.client.id, early);
  if (reply !== undefined) x.out.reply(x.client.id, reply);
}

/** A refusal while queueing makes EXEC fail as a whole; EXEC itself refused gives up the transaction. */
function reject(x: Call, name: string, code: ErrorCode): void {
  const { client } = x;
  const isDenied = code === "NOPERM" || code === "NOAUTH";
  for (const copy of x.left()) x.spare(copy, isDenied ? DENIED : REFUSED);
  if (client.queue !== null) client.isAborted = true;
  // Also one with words too many, with or without MULTI.
  const isExec = name === "exec";
  if (isExec) dropTransaction(x, client);
  x.out.reply(client.id, { error: isExec ? "EXECABORT" : code });
}

/** Why a command may not be done now. */
function refusal(x: Call, name: string, spec: CommandSpec): ErrorCode | null {
  const { client, server, m } = x;
  if (name !== "auth" && isAuthRequired(x)) return "NOAUTH";
  if (client.queue !== null && name === NOT_IN_MULTI) return "ERR";
  if (!isPermitted(x, name, spec)) return "NOPERM";
  const queued = name === "exec" ? specsOf(client.queue ?? []) : [spec];
  const isMemoryNeeded = client.queue !== null && !NOT_QUEUED.slice(0, 2).includes(name);
  if ((isMemoryNeeded || queued.some((one) => one.needsMemory)) && isMemoryFull(server)) return "OOM";
  const isWrite = queued.some((one) => one.isWrite);
  if ((isWrite || name === "ping") && cannotPersist(server)) return "MISCONF";
  if (isWrite && server.link === null && !hasEnoughReplicas(m, server)) return "NOREPLICAS";
  if (isWrite && server.link !== null) return "READONLY";
  if (subscriptions(client) > 0 && !FOR_SUBSCRIBERS.includes(name)) return "ERR";
  return null;
}

const specsOf = (queue: readonly Queued[]): CommandSpec[] =>
  queue.flatMap(({ args }) => commandSpec(commandName(args), args.length) ?? []);

/** Rights are looked up for each command: a change of the user counts at once. AUTH needs none. */
function isPermitted(x: Call, name: string, spec: CommandSpec): boolean {
  const user = x.server.users.get(x.client.user);
  if (user === undefined) return false;
  if (name !== "auth" && !user.commands.has(name)) return false;
  return (
    spec.keys(x.args).every(({ index, read, write }) => mayUseKey(user, x.arg(index), { read, write })) &&
    spec.channels(x.args).every(({ index, isPattern }) => mayUseChannel(user, x.arg(index), isPattern))
  );
}

/** Into the transaction; a command of one that will not run anyway is forgotten. */
function enqueue(x: Call, queue: Queued[]): void {
  const { client } = x;
  if (client.isAborted || client.isTouched) for (const copy of x.left()) x.spare(copy, REFUSED);
  else queue.push({ args: x.args, copies: [...x.left()] });
  x.out.reply(client.id, "QUEUED");
}

/** Runs a command, and passes on what it changed. */
function call(x: Call, spec: CommandSpec): Reply | undefined {
  const { m, server, client, args } = x;
  const isPassedOn = (spec.isWrite || commandName(args) === "publish") && isFollowed(m, server);
  const copies = isPassedOn ? x.left().map((copy) => m.store.clone(copy)) : [];
  const reply = runCommand(x);
  if (x.changes > 0) passOn(x, client.db, args, copies);
  else for (const copy of copies) m.store.free(copy);
  return reply;
}

/** Runs a command. Messages that it did not take end as refused. */
export function runCommand(x: Call): Reply | undefined {
  let reply: Reply | undefined;
  try {
    reply = commandSpec(commandName(x.args), x.args.length)?.run(x);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    reply = { error: error.code };
  }
  for (const copy of x.left()) x.spare(copy, REFUSED);
  return reply;
}

/** Everything since MULTI, without anybody's command in between and without taking back what was done before a failure. */
function exec(x: Call): Reply {
  const { client, m, server, meta, out } = x;
  const queue = client.queue;
  if (queue === null) return { error: "ERR" };
  const isTouched = client.isTouched || hasExpiredWatch(x, client);
  if (client.isAborted || isTouched) {
    const reply: Reply = client.isAborted ? { error: "EXECABORT" } : null;
    dropTransaction(x, client);
    return reply;
  }
  client.queue = null;
  dropTransaction(x, client);
  const replies: Reply[] = [];
  for (const queued of queue) {
    const inner = new Call(m, server, client, queued, meta, out, { isImmediate: true });
    const reply = execOne(inner);
    replies.push(...inner.earlier, reply === undefined ? null : reply);
  }
  // Each command stands for one reply of the array; a SUBSCRIBE of several channels has more, and what is over follows by itself.
  const [listed, over] = [replies.slice(0, queue.length), replies.slice(queue.length)];
  if (over.length === 0) return listed;
  x.earlier.push(listed, ...over.slice(0, -1));
  return over[over.length - 1] as Reply;
}

/** Rights may have changed since the command was queued. */
function execOne(x: Call): Reply | undefined {
  const name = commandName(x.args);
  const spec = commandSpec(name, x.args.length);
  if (spec === undefined || !isPermitted(x, name, spec)) {
    for (const copy of x.left()) x.spare(copy, DENIED);
    return { error: "NOPERM" };
  }
  return call(x, spec);
}
