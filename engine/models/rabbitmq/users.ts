import { isMighty, type UserState } from "./permissions.ts";
import type { RabbitState } from "./state.ts";

export interface UserOptions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
  readonly password?: string | null;
}

/** Makes a user or changes its permissions; connections that are open feel it at once. */
export function setUser(m: RabbitState, name: string, options: UserOptions): void {
  const { configure, write, read } = options;
  const user: UserState = { configure, write, read, password: options.password ?? null, isMighty: isMighty(options) };
  m.users.set(name, user);
  for (const channel of m.channels) {
    if (channel && m.connections[channel.connection]?.user === name) {
      channel.isCareful = !user.isMighty || channel.transaction !== null;
    }
  }
}
