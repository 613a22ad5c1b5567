import type { Dist } from "../scenario/values.ts";

/** What a broker frame sets, in the run's units. */
export interface HostSettings {
  /** ms a disk write takes: when persistent publishes are confirmed. */
  fsync: Dist;
  /** Bytes of messages at which publishers are blocked, null = none. */
  memoryLimit: number | null;
  diskLimit: number | null;
  /** ms */
  election: number;
  restart: number;
  /** Whether a client must be one of the users that are listed. */
  isGuarded: boolean;
}
