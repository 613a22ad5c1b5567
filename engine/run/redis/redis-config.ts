import type { ServerConfig } from "../../models/redis/server-state.ts";

type Persistence = "none" | "snapshot" | "everysec" | "always";

/** What a Redis frame sets. Times in ms. */
export interface RedisSettings {
  persist: Persistence;
  replicas: number;
  failover: number;
  restart: number;
  /** Bytes. */
  maxMemory: number | null;
  /** Lines of an access list; without any, everybody may do everything. */
  users: readonly string[];
}

/** How a drawn server is set to persist. */
export const configOf = (persist: Persistence): Partial<ServerConfig> => ({
  appendonly: persist === "everysec" || persist === "always",
  appendfsync: persist === "always" ? "always" : "everysec",
  save: persist === "snapshot" ? [{ seconds: 60, changes: 1 }] : [],
  // The drawing's limit is in messages, one a channel.
  bufferHardBytes: 0,
  bufferSoftBytes: 0,
});
