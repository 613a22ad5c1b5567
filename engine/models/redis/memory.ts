import type { ServerState } from "./server-state.ts";

/** What an empty server uses: no limit below it can be kept (7.0.15 on a 64-bit machine reports about this much). */
export const EMPTY_SERVER_BYTES = 1_048_576;
/** Bytes in use, as far as messages cause them. */
export const memoryUsed = (server: ServerState): number => EMPTY_SERVER_BYTES + server.bytes;

/** Over `maxmemory`: with the policy noeviction, commands that may need memory are refused. */
export const isMemoryFull = (server: ServerState): boolean =>
  server.config.maxmemory > 0 && memoryUsed(server) > server.config.maxmemory;
