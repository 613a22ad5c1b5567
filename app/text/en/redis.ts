/** What the faces of Redis nodes say, and the question of who reads a stream. */
const redis = {
  face: {
    subscribers_one: "{{count}} subscriber",
    subscribers_other: "{{count}} subscribers",
    missed: "{{count}} missed",
    end: "Entries ever added",
    entries: "{{count}} entries",
    lagPending: "{{group}}: lag (not yet read) · pending (not yet acknowledged)",
    moreGroups_one: "and {{count}} more group",
    moreGroups_other: "and {{count}} more groups",
    after: "after {{count}} deliveries",
    serversUp: "{{up}}/{{of}} servers up",
  },
  persist: { none: "not persisted", snapshot: "RDB, 60 s", everysec: "AOF, every second", always: "AOF, every write" },
  spoken: {
    entries: "{{count}} entries",
    lag: "lag {{count}}",
    pending: "pending {{count}}",
    subscribers: "{{count}} subscribers",
    missed: "{{count}} missed",
  },
  /** What a link does, by its kind and the Redis end of it. */
  tips: {
    publish: {
      list: "The client adds each message at one end of the list. The reply says that it is in memory, nothing more.",
      stream: "The client adds each message as an entry (XADD).",
      channel:
        "The client publishes to a name (PUBLISH); whoever is subscribed to that name at this moment gets the message.",
    },
    consume: {
      list: "The client asks for the next message when it is free for one, and waits while there is none.",
      stream:
        "The client reads entries in batches, alone or as a member of a group. Members acknowledge what they have done.",
      channel: "The client is subscribed: what is published reaches it at once. It acknowledges nothing.",
    },
    deadLetter: {
      stream:
        "Clients put entries that were delivered too often into the other stream. The server does nothing of this by itself.",
    },
  },
  /** Events at its nodes, where the general sentence (`events.say`) would be wrong. */
  say: {
    list: {
      ack: "#{{message}} is done and was taken out of the processing list of {{node}}",
      requeue: "#{{message}} was put back into {{node}}",
      redeliver: "{{node}} gives out #{{message}} once more",
      "close-deleted": "{{node}} was deleted (DEL); the next element that is added makes it anew",
      "discard-deleted": "#{{message}} went when {{node}} was deleted",
      "discard-maxlen": "{{node}} was trimmed, and #{{message}} dropped",
      "discard-rejected": "#{{message}} failed and was taken out of the processing list of {{node}}",
    },
    stream: {
      enqueue: "#{{message}} was added to {{node}}",
      deliver: "{{other}} read #{{message}} from {{node}}",
      ack: "#{{message}} was acknowledged: it is pending in {{node}} no longer",
      requeue: "#{{message}} was not acknowledged: it stays pending in {{node}}",
      redeliver: "#{{message}}, pending in {{node}}, was claimed and is given out again",
      "close-deleted":
        "{{node}} was deleted (DEL), with its entries and its groups; the next entry that is added makes it anew, without groups",
      "discard-deleted": "#{{message}} went when {{node}} was deleted",
      "discard-maxlen": "{{node}} was trimmed: #{{message}} is gone, read or not",
      "discard-rejected": "#{{message}} failed, but was acknowledged: {{node}} gives it out no more",
      "discard-delivery-limit":
        "#{{message}} was delivered too often: a client acknowledged it in {{node}} and put it aside",
      "dead-letter": "A client put #{{message}}, delivered too often, from {{node}} into the dead-letter stream",
    },
    channel: {
      deliver: "{{node}} passed #{{message}} on to {{other}}",
      unroutable: "Nobody was subscribed to {{node}} when #{{message}} was published: it is gone",
    },
  },
  source: "Redis documentation",
  rules: {
    deleted:
      "DEL removes a key with all that is in it; whatever is added next makes it anew. A stream’s groups and what is pending in them go with it: members are told NOGROUP until XGROUP CREATE.",
    reply: "A reply means that the server has done it in memory. It says nothing about its disk or its replicas.",
    push: "LPUSH and RPUSH add at one end of a list. The reply is the new length.",
    append: "XADD gives each entry an id greater than all before. Reading removes nothing.",
    turns: "Of the clients that wait for a list, the one that has waited longest is served, after the whole command.",
    group:
      "An entry goes to one consumer of each group, and stays pending there until it is acknowledged. Readers without a group all see it.",
    fanout:
      "Whoever is subscribed when it is published gets it, once for each matching subscription. Nothing is stored.",
    "nobody-there": "A message published while nobody is subscribed is gone; the reply is 0.",
    "cut-off":
      "What a slow subscriber has not read waits in its output buffer. Above the limit the server closes the connection, and the buffer is gone with it.",
    "take-out":
      "A worker that is done removes the message from the processing list with LREM; until then LMOVE keeps it there.",
    acknowledge: "XACK takes the entry from the group’s pending list; the entry itself stays in the stream.",
    "not-acknowledged":
      "An entry that is not acknowledged stays pending under its consumer’s name until somebody claims it.",
    claim: "XAUTOCLAIM hands over entries that have been pending for long enough: at least once, so perhaps twice.",
    "put-back": "Lists know no redelivery: clients put back what has been in the processing list for too long.",
    "list-trim": "LTRIM after a push keeps the newest; the others are dropped without a word.",
    "stream-trim": "MAXLEN drops the oldest entries and asks no group whether it has read or acknowledged them.",
    "dead-letter":
      "The server only counts deliveries. A client that sees too many writes the entry to another stream and acknowledges it.",
    "pop-loss": "Popped is gone: when the consumer dies, nobody else has the message. LMOVE would have kept it.",
    restart: "After a crash there is what was on disk: the last snapshot, or the log as far as it was written.",
    failover: "Replicas follow behind. What the primary had answered but not yet passed on is lost in a takeover.",
    memory: "Above maxmemory, commands that add something are refused with OOM; taking and publishing go on.",
    done: "The server learns only what its data structure knows: LREM from a processing list, XACK in a group, otherwise nothing.",
    failing:
      "Redis has no word for a failure. Put back or left pending, the message is handed out again; acknowledged, it is done with.",
    disconnected:
      "With its connection a client’s subscriptions and waiting commands end. What is pending or in a processing list stays.",
    rights:
      "A connection is one user, who may run some commands on some keys and channels. What is not allowed is refused with NOPERM, and nothing is changed; a user who is not known gets WRONGPASS.",
    "on-the-way":
      "A reply or message that never arrives is not sent again. Only what is pending or in a processing list is still there.",
    twice: "Claimed or put back while the first was still at work: at least once means that workers must bear repeats.",
  },
  link: { group: "group “{{group}}”", pattern: "names like “{{pattern}}”" },
  ask: {
    title: "Who reads {{name}}?",
    search: "Name of a group",
    join: "Join group {{group}}",
    fresh: "New group {{group}}",
    alone: "Read alone: every entry, no group",
    empty: "Nothing = read alone",
    nothing: "A name like this cannot be used.",
  },
} as const;

export default redis;
