import type { ChannelState } from "./client-state.ts";
import type { RabbitState } from "./state.ts";

export const CONFIGURE = 0;
export const WRITE = 1;
export const READ = 2;

/** Permissions of a user on this virtual host: regular expressions over names of queues and exchanges. */
export interface UserState {
  configure: string;
  write: string;
  read: string;
  /** null = any password will do. */
  password: string | null;
  /** The user that is there from the start, and all three are `.*`: nothing to ask or to remember. */
  isMighty: boolean;
}

/** How the default exchange is called when permissions are asked. */
const DEFAULT_EXCHANGE = "amq.default";

/** Compiled patterns; only a memory, no state: the same pattern always compiles to the same. `null` = not a regular expression. */
const compiled = new Map<string, RegExp | null>();
const COMPILED_MAX = 1000;

/** Whether a pattern, of a permission or a policy, matches somewhere in the name. A pattern that does not compile matches nothing. */
export function patternMatches(pattern: string, name: string): boolean {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    try {
      regex = new RegExp(pattern);
    } catch {
      regex = null;
    }
    compiled.set(pattern, regex);
  }
  return regex?.test(name) ?? false;
}

export const isMighty = (user: { configure: string; write: string; read: string }): boolean =>
  user.configure === ".*" && user.write === ".*" && user.read === ".*";

/** How many answers a channel remembers. */
const REMEMBERED = 12;

/**
 * Whether the user behind the channel may do `what` (CONFIGURE, WRITE, READ) with a queue or exchange. semantics/rabbitmq §12. What was allowed once is remembered by the channel:
 * it does not feel a later change of permissions (check_resource_access of rabbit_channel; www.rabbitmq.com/docs/access-control).
 */
export function may(m: RabbitState, channel: ChannelState, what: number, name: string): boolean {
  const user = m.users.get(m.connections[channel.connection]?.user ?? "");
  if (user?.isMighty) return true;
  const asked = `${what}${name}`;
  if (channel.permitted.includes(asked)) return true;
  if (user === undefined) return false;
  const pattern = what === CONFIGURE ? user.configure : what === WRITE ? user.write : user.read;
  // An empty permission allows nothing, not everything.
  if (pattern === "" || !patternMatches(pattern, name === "" ? DEFAULT_EXCHANGE : name)) return false;
  channel.permitted = [asked, ...channel.permitted.slice(0, REMEMBERED - 1)];
  return true;
}

/** Channels that are idle for a second forget what was allowed. */
export function forgetPermissions(m: RabbitState): void {
  for (const channel of m.channels) if (channel) channel.permitted = [];
}
