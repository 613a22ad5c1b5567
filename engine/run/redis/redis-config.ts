import type { ServerConfig } from "../../models/redis/server-state.ts";

export type Persistence = "none" | "snapshot" | "everysec" | "always";

/** How a drawn server is set to persist. */
export const configOf = (persist: Persistence): Partial<ServerConfig> => ({
  appendonly: persist === "everysec" || persist === "always",
  appendfsync: persist === "always" ? "always" : "everysec",
  save: persist === "snapshot" ? [{ seconds: 60, changes: 1 }] : [],
  // The drawing's limit is in messages, one a channel.
  bufferHardBytes: 0,
  bufferSoftBytes: 0,
});
