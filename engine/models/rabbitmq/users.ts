import { isMighty, type UserState } from "./permissions.ts";
import type { RabbitState } from "./state.ts";

export interface UserOptions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
  readonly password?: string | null;
}

/** The user who may do everything. */
export const GUEST = "guest";

/** Makes a user or changes its permissions. Channels that are open go on with what they were allowed before. */
export function setUser(m: RabbitState, name: string, options: UserOptions): void {
  const { configure, write, read } = options;
  const user: UserState = {
    configure,
    write,
    read,
    password: options.password ?? null,
    isMighty: name === GUEST && isMighty(options),
  };
  m.users.set(name, user);
  for (const channel of m.channels) {
    if (channel && m.connections[channel.connection]?.user === name) {
      channel.isCareful = !user.isMighty || channel.transaction !== null;
    }
  }
}
