import { lineOf, unblock } from "./blocking.ts";
import { passOn } from "./replication.ts";
import type { Site } from "./site.ts";
import type { Entry } from "./values.ts";
import type { ZsetValue } from "./zset-value.ts";
import { popMembers } from "./zsets.ts";

/** Gives members to the clients that wait for this sorted set, until there are none left. */
export function serveZset(at: Site, entry: Entry, zset: ZsetValue): void {
  for (const client of lineOf(at.m, at.server, entry.id)) {
    const { waiting } = client;
    if (waiting?.kind !== "zset") continue;
    const texts = popMembers(at, client.id, entry.id, zset, waiting.isMax, 1);
    passOn(at, entry.db, [waiting.isMax ? "ZPOPMAX" : "ZPOPMIN", entry.name], []);
    unblock(at.server, client);
    at.out.reply(client.id, [entry.name, ...texts]);
    if (zset.members.length === 0) return;
  }
}
