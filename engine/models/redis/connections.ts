import { unblock } from "./blocking.ts";
import { ClientState } from "./client-state.ts";
import { unsubscribeAll } from "./pubsub.ts";
import { CLOSED_LOSS } from "./reasons.ts";
import type { ServerState } from "./server-state.ts";
import type { Site } from "./site.ts";
import type { RedisState } from "./state.ts";
import { forgetWatches } from "./transactions.ts";

/** A new connection: no subscription, no MULTI, no WATCH, database 0, and the default user where that needs no password. */
export function openClient(m: RedisState, server: ServerState): ClientState {
  const user = server.users.get("default");
  const client = new ClientState(m.clients.length, server.id, user?.isOn === true && user.needsNoPassword);
  m.clients.push(client);
  return client;
}

/**
 * The connection is gone, whatever the client was waiting for. What it had taken from a list is its own; what it had not acknowledged in a group stays pending under its
 * consumer's name. A transaction that was not executed leaves nothing.
 */
export function closeClient(at: Site, client: ClientState): void {
  if (!client.isOpen) return;
  client.isOpen = false;
  const { server } = at;
  unblock(server, client);
  unsubscribeAll(server, client);
  forgetWatches(server, client);
  for (const { copies } of client.queue ?? []) for (const copy of copies) at.out.lost("", copy, CLOSED_LOSS);
  client.queue = null;
  for (const { channel, copy } of client.buffer) at.out.lost(channel, copy, CLOSED_LOSS);
  client.buffer = [];
  client.bufferBytes = 0;
}
