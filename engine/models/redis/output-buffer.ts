import type { Buffered, ClientState } from "./client-state.ts";
import { closeClient } from "./connections.ts";
import { BUFFER_LOSS, CLOSED_LOSS } from "./reasons.ts";
import type { Site } from "./site.ts";
import { TIMER_BUFFER } from "./timers.ts";

/**
 * What a subscriber does not read grows on the server. Over the hard limit, or over the soft one for too long, its connection is closed, and what was buffered is lost.
 * semantics/redis.md, Pub/Sub (slow subscriber).
 */

/** The message goes to the client, or into its buffer when that does not read. */
export function sendMessage(at: Site, client: ClientState, message: Buffered): void {
  if (!client.isPaused) {
    at.out.message(client.id, message.channel, message.pattern, message.copy);
    return;
  }
  if (!client.isOpen) {
    at.out.lost(message.channel, message.copy, CLOSED_LOSS);
    return;
  }
  client.buffer.push(message);
  client.bufferBytes += at.m.store.sizeOf(message.copy);
  const { bufferHardBytes, bufferSoftBytes, bufferSoftTime } = at.server.config;
  const isOver = bufferHardBytes > 0 && client.bufferBytes > bufferHardBytes;
  if (isOver || client.buffer.length > client.bufferMessages) {
    cutOff(at, client);
    return;
  }
  if (bufferSoftBytes === 0 || client.bufferBytes <= bufferSoftBytes) return;
  if (client.overSoftLimitSince !== Number.POSITIVE_INFINITY) return;
  client.overSoftLimitSince = at.meta.now;
  at.out.timer(at.meta.now + bufferSoftTime, TIMER_BUFFER, client.id);
}

/** The soft limit's time is over for a client that was over it ever since. */
export function bufferTimer(at: Site, client: ClientState): void {
  if (client.overSoftLimitSince + at.server.config.bufferSoftTime <= at.meta.now) cutOff(at, client);
}

function cutOff(at: Site, client: ClientState): void {
  for (const { channel, copy } of client.buffer.splice(0)) at.out.lost(channel, copy, BUFFER_LOSS);
  closeClient(at, client);
  at.out.closed(client.id);
}

/** The client reads again, up to `count` messages. */
export function readBuffer(at: Site, client: ClientState, count: number): void {
  for (const { channel, pattern, copy } of client.buffer.splice(0, count)) {
    client.bufferBytes -= at.m.store.sizeOf(copy);
    at.out.message(client.id, channel, pattern, copy);
  }
  if (client.bufferBytes <= at.server.config.bufferSoftBytes) client.overSoftLimitSince = Number.POSITIVE_INFINITY;
}
