import { integer, timeoutMs } from "./arguments.ts";
import { block } from "./blocking.ts";
import type { Call } from "./call.ts";
import type { ClientState } from "./client-state.ts";
import { closeClient } from "./connections.ts";
import { closeLog, saveSnapshot, startLog } from "./persistence.ts";
import { subscriptions } from "./pubsub.ts";
import { confirmedReplicas } from "./replication.ts";
import { OK, type Reply, refuse } from "./replies.ts";
import type { SavePoint, ServerConfig } from "./server-state.ts";
import { applyRules, mayUseChannel, newUser, type User } from "./users.ts";

/** Connection, access, configuration and WAIT. */

const DATABASES = 16;

/** A subscribed client's PING is answered like a message. */
export function ping(x: Call): Reply {
  if (x.args.length > 2) refuse();
  if (subscriptions(x.client) > 0) return ["pong", x.args[1] ?? ""];
  return x.args[1] ?? "PONG";
}

export function select(x: Call): Reply {
  const db = integer(x.arg(1));
  if (db < 0 || db >= DATABASES) refuse();
  x.client.db = db;
  return OK;
}

/** AUTH [user] password */
export function auth(x: Call): Reply {
  if (x.args.length > 3) refuse();
  const name = x.args.length === 3 ? x.arg(1) : "default";
  const user = x.server.users.get(name);
  if (x.args.length === 2 && user?.needsNoPassword) refuse();
  if (user === undefined || !user.isOn) return refuse("WRONGPASS");
  if (!user.needsNoPassword && !user.passwords.includes(x.arg(x.args.length - 1))) refuse("WRONGPASS");
  x.client.user = name;
  x.client.isAuthenticated = true;
  return OK;
}

export const aclWhoami = (x: Call): Reply => x.client.user;

/** ACL SETUSER name rule …: all rules or none. Subscribers who may not be where they are any more are disconnected. */
export function aclSetuser(x: Call): Reply {
  const name = x.arg(2);
  const old = x.server.users.get(name);
  const user: User = old === undefined ? newUser(name) : copyOf(old);
  applyRules(user, x.args.slice(3));
  x.server.users.set(name, user);
  if (old !== undefined && isWider(user, old)) return OK;
  for (const client of x.m.clients) {
    if (client.server !== x.server.id || !client.isOpen || client.user !== name || old === undefined) continue;
    if (mayStay(user, client)) continue;
    closeClient(x, client);
    x.out.closed(client.id);
  }
  return OK;
}

const copyOf = (user: User): User => ({
  ...user,
  passwords: [...user.passwords],
  commands: new Set(user.commands),
  keys: [...user.keys],
  channels: [...user.channels],
});

/** Who may go where they could before is not looked at, wherever the subscription came from. */
const isWider = (user: User, old: User): boolean =>
  user.channels.includes("*") || old.channels.every((pattern) => user.channels.includes(pattern));

const mayStay = (user: User, client: ClientState): boolean =>
  client.channels.every((name) => mayUseChannel(user, name, false)) &&
  client.patterns.every((name) => mayUseChannel(user, name, true));

// ---- CONFIG SET

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1_000_000,
  mb: 1_048_576,
  g: 1_000_000_000,
  gb: 1_073_741_824,
};

/** `100mb` as bytes; nothing is 0. @throws Refused ERR */
function memory(text: string): number {
  const match = /^(\d*)([a-z]*)$/i.exec(text);
  const unit = UNITS[(match?.[2] ?? "").toLowerCase()];
  return match === null || unit === undefined ? refuse() : Number(match[1]) * unit;
}

const yesOrNo = (text: string): boolean => (text === "yes" ? true : text === "no" ? false : refuse());

function savePoints(text: string): SavePoint[] {
  const words = text.split(" ").filter((word) => word !== "");
  if (words.length % 2 === 1) refuse();
  const points: SavePoint[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [seconds, changes] = [integer(words[i] as string), integer(words[i + 1] as string)];
    if (seconds < 1 || changes < 0) refuse();
    points.push({ seconds, changes });
  }
  return points;
}

/** One setting as the configuration file writes it. @throws Refused ERR for one that the model does not know, or a value that cannot be */
export function settingOf(name: string, value: string): Partial<ServerConfig> {
  switch (name.toLowerCase()) {
    case "appendonly":
      return { appendonly: yesOrNo(value) };
    case "appendfsync":
      return value === "always" || value === "everysec" || value === "no" ? { appendfsync: value } : refuse();
    case "save":
      return { save: savePoints(value) };
    case "requirepass":
      return { requirepass: value };
    case "maxmemory":
      return { maxmemory: memory(value) };
    case "min-replicas-to-write":
      return { minReplicasToWrite: integer(value) };
    case "client-output-buffer-limit":
      return bufferLimit(value);
    default:
      return refuse();
  }
}

/** `pubsub 32mb 8mb 60`: hard limit, soft limit, seconds. */
function bufferLimit(text: string): Partial<ServerConfig> {
  const [kind, hard, soft, seconds] = text.split(" ");
  if (kind !== "pubsub" || hard === undefined || soft === undefined || seconds === undefined) return refuse();
  return { bufferHardBytes: memory(hard), bufferSoftBytes: memory(soft), bufferSoftTime: integer(seconds) * 1_000_000 };
}

/** CONFIG SET name value …: all settings or none. */
export function configSet(x: Call): Reply {
  if (x.args.length % 2 === 1) refuse();
  let changed: Partial<ServerConfig> = {};
  for (let i = 2; i < x.args.length; i += 2) changed = { ...changed, ...settingOf(x.arg(i), x.arg(i + 1)) };
  const { config } = x.server;
  // The file keeps what was written until it is switched off.
  if (config.appendonly && changed.appendonly === false) closeLog(x, false);
  x.server.config = { ...config, ...changed };
  const { requirepass, appendonly, appendfsync } = changed;
  if (requirepass !== undefined) setPassword(x.server.users, requirepass);
  const isLogChanged = (appendonly ?? config.appendonly) !== config.appendonly || appendfsync !== undefined;
  if (isLogChanged) startLog(x);
  return OK;
}

/** `requirepass` is the default user's password. */
export function setPassword(users: Map<string, User>, password: string): void {
  const user = users.get("default");
  if (user === undefined) return;
  user.needsNoPassword = password === "";
  user.passwords = password === "" ? [] : [password];
}

export function save(x: Call): Reply {
  saveSnapshot(x);
  return OK;
}

/** WAIT replicas ms: how many replicas have what this client wrote. A low number undoes nothing. Inside MULTI nobody is asked: what replicas have said by themselves counts. */
export function wait(x: Call): Reply | undefined {
  const count = integer(x.arg(1));
  const time = timeoutMs(x.arg(2));
  if (x.server.link !== null) refuse();
  const { offset } = x.client;
  const confirmed = confirmedReplicas(x, offset);
  if (confirmed >= count || x.isImmediate) return confirmed;
  x.server.isAckWanted = true;
  return block(x, { kind: "replicas", keys: [], until: x.meta.now + time, count, offset });
}
