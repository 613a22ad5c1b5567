/** Words for the settings of Redis lists, streams, channels and servers, and of who reads from them. */

export const list = {
  delay: {
    label: "Delay",
    help: "How long a message waits before it may be taken: until then it stands in a sorted set beside the list, by the time at which it is due. Without one it goes into the list at once.",
  },
  pollEvery: {
    label: "Look for due every",
    help: "How often a program looks which messages are due, and moves them into the list. Redis itself does nothing when the time comes.",
  },
  take: {
    label: "Consumers take with",
    help: "BRPOP removes the message at once: what a consumer held when it died is gone. LMOVE moves it to a processing list until the work is done; what stays there too long is put back.",
    choices: { pop: "BRPOP: gone on delivery", move: "LMOVE: to a processing list" },
  },
  reclaimAfter: {
    label: "Put back after",
    help: "A message that has been in the processing list this long is put back by the clients. Shorter than the work takes, it is worked on twice.",
  },
  trim: {
    label: "Trim to",
    help: "After each push LTRIM keeps the newest so many messages; older ones are dropped without a word.",
  },
  push: {
    label: "Push at",
    help: "The end at which messages are added.",
    choices: { left: "Left: LPUSH", right: "Right: RPUSH" },
  },
  pop: {
    label: "Take from",
    help: "The end from which messages are taken. The opposite end makes a queue, the same end a stack: the newest comes first.",
    choices: { left: "Left: BLPOP", right: "Right: BRPOP" },
  },
} as const;

export const stream = {
  maxLen: {
    label: "Maximum length",
    help: "Each XADD drops the oldest entries above this number, also those that a group has not read or has not acknowledged.",
  },
  count: { label: "Entries per read", help: "Most entries that one XREAD or XREADGROUP brings." },
  block: { label: "Wait for entries", help: "How long a read that finds nothing waits before the client asks again." },
  claimIdle: {
    label: "Claim after",
    help: "An entry that has been pending this long is taken over by another consumer of the group (XAUTOCLAIM). Without it, entries of a consumer that died stay pending for ever.",
  },
  maxDeliveries: {
    label: "Maximum deliveries",
    help: "The server only counts deliveries. The client that would get the entry once more acknowledges it instead and puts it into the stream at the end of the dead-letter link, or drops it.",
  },
} as const;

export const channel = {
  outputBuffer: {
    label: "Output buffer",
    help: "Most messages the server holds back for one slow subscriber; above that it closes the connection and they are lost; 0 means without limit. The server itself counts bytes: 32 MB at once, or 8 MB for 60 s.",
  },
} as const;

export const redis = {
  users: {
    label: "Users (ACL)",
    help: "One user a line, as ACL SETUSER has it: a name, then what it may do: ~orders* keys, &news.* channels, +@list or +publish commands. With any listed, clients come in as their user, and a stranger not at all.",
  },
  persist: {
    label: "Persistence",
    help: "What comes back from disk. A crash leaves all that the process has written; a power cut takes what was not synced, with “every second” up to the last second. A reply to a client says nothing about the disk, except with “every write”.",
    choices: {
      none: "None: a restart begins empty",
      snapshot: "Snapshot every 60 s (RDB)",
      everysec: "Log, synced every second (AOF)",
      always: "Log, synced with every write (AOF)",
    },
  },
  replicas: {
    label: "Replicas",
    help: "Servers that copy this one. They follow behind: a takeover can lose writes that were answered.",
  },
  replicaDelay: { label: "Replica delay", help: "How far a replica is behind." },
  failover: {
    label: "Failover time",
    help: "Time from the death of the primary until a replica has taken over (Sentinel).",
  },
  restart: { label: "Restart time", help: "How long the server is away when it restarts or crashes." },
  maxMemory: {
    label: "Memory limit",
    help: "Above it, commands that add something are refused (OOM); nothing is evicted. Publishing to channels goes on.",
  },
} as const;

/** Settings of a consume link from a stream or channel. */
export const reading = {
  group: {
    label: "Consumer group",
    help: "Readers in one group share the entries, each entry goes to one of them. Without a group the reader sees every entry and acknowledges nothing.",
  },
  start: {
    label: "Start with",
    help: "Where a new group or reader begins.",
    choices: { new: "New entries only ($)", all: "All entries (0)" },
  },
  pattern: {
    label: "Pattern",
    help: "Subscribes to every channel whose name matches: * any run of characters, ? one, [ab] one of these. Without it, to exactly this channel.",
  },
} as const;
