/** What the Redis model does and leaves out. The ids are those of `engine/models/redis/about.ts`; `docs/fidelity.md` is made of the English sentences. */
const redis = {
  areas: {
    lists: "Lists",
    pubsub: "Channels",
    streams: "Streams",
    groups: "Consumer groups",
    "sorted-sets": "Sorted sets",
    keys: "Keys",
    transactions: "Transactions",
    server: "Servers",
  },
  features: {
    "list-commands": "Lists: pushes and pops at both ends, ranges, removal by value, moves; empty lists are no keys.",
    blocking:
      "Blocking pops and moves: after the whole command, keys in the order of becoming ready, clients longest-waiting first.",
    "reliable-queue": "The reliable queue: take by LMOVE, finish by LREM, put back by whoever looks after it.",
    channels: "Channels and patterns: fire and forget, counted by subscription.",
    "output-buffer": "Output buffers of slow subscribers, with hard and soft limits.",
    streams: "Streams: ids, ranges, reading without removing, fan-out to blocked readers.",
    trimming: "Trimming by length and id, exactly or by whole nodes of 100 entries or 4096 bytes.",
    groups: "Consumer groups: pending lists, history, acknowledgement, lag, NOACK, blocked members.",
    claims: "Claims: idle times, delivery counts, deleted entries, cursors.",
    "delayed-jobs": "Sorted sets as delayed queues: scores, bounds, pops and blocking pops.",
    expiry: "Times to live of keys, over restarts too.",
    transactions: "MULTI, EXEC, DISCARD, WATCH: no rollback, nothing in between.",
    access: "Users with rights for commands, categories, keys and channels; passwords.",
    "memory-limit": "maxmemory: commands that may need memory are refused.",
    persistence: "Snapshots and the append-only file: what a kill, a power cut and an orderly stop leave.",
    replication: "Asynchronous replicas, chains, cut links, takeover by hand, WAIT, min-replicas-to-write.",
    "other-commands": "Hashes, sets, scripts, bitmaps, geo, keyspace events, RESP3.",
    cluster: "Cluster slots, sharded channels and Sentinel’s election.",
  },
  simplifications: {
    "order-of-patterns":
      "Several patterns of one client are matched in the order of subscribing; the server’s order is by chance.",
    "memory-estimate": "Memory is an empty server’s megabyte and the messages’ own bytes.",
    "no-eviction": "noeviction is the only policy.",
    "instant-snapshot": "A snapshot takes no time and no second process.",
    "fsync-window":
      "everysec forces the file to disk one second after the first change, no after thirty; a slow disk delays neither.",
    "no-partial-resync": "A replica that lost its primary begins anew with all data, at once.",
    "no-sentinel": "Takeovers are told, not elected; there is no Cluster.",
    "big-ids": "Parts of ids are exact up to 2⁵³.",
    "commands-listed":
      "Only the commands of the recordings’ OPS.md exist, with all their options but XINFO STREAM FULL.",
  },
} as const;

export default redis;
