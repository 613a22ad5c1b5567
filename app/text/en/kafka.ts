/** What the faces of Kafka nodes say, what happens at them, and the rules behind it. */
const kafka = {
  face: {
    end: "Records ever written",
    lag: "lag {{count}}",
    lagTip: "Lag: records that the group has not committed yet",
    partition: "Partition {{partition}}",
    lanes: "{{count}} partitions",
    kept: "{{count}} records",
    worst: "{{group}}: partition {{lane}} lags {{count}}",
    leader: "b{{leader}} {{isr}}/{{of}}",
    offline: "offline",
    nobody: "nobody",
    members_one: "{{count}} member",
    members_other: "{{count}} members",
    idle: "{{count}} idle",
    brokersUp: "{{up}}/{{of}} brokers up",
    moreGroups_one: "and {{count}} more group",
    moreGroups_other: "and {{count}} more groups",
  },
  spoken: {
    partitions_one: "{{count}} partition",
    partitions_other: "{{count}} partitions",
    records: "{{count}} records",
    lag: "lag {{count}}",
    members_one: "{{count}} member",
    members_other: "{{count}} members",
    idle: "{{count}} without a partition",
  },
  /** What a link does. */
  tips: {
    publish: {
      topic:
        "The producer’s library picks a partition, by the hash of the key or whichever it sticks to, gathers a batch, and sends it to the partition’s leader.",
    },
    consume: {
      topic:
        "The client fetches records and keeps its place. Members of a group share the partitions; reading removes nothing.",
    },
  },
  /** Events at its nodes, where the general sentence (`events.say`) would be wrong. */
  say: {
    topic: {
      enqueue: "#{{message}} was written to partition {{value}} of {{node}}",
      deliver: "{{other}} fetched #{{message}} from {{node}}",
      redeliver: "#{{message}} of {{node}} is read again by a group that had it before",
      "discard-retention":
        "{{node}} deleted #{{message}} with an old segment: retention asks nobody whether it was read",
      "discard-superseded": "{{node}} was compacted: a newer record has the key of #{{message}}",
      "close-deleted":
        "{{node}} was deleted with all its records: producers that send to it are told UNKNOWN_TOPIC_OR_PARTITION",
      "discard-deleted": "#{{message}} went with its topic {{node}}",
      "discard-purged": "#{{message}} was deleted from {{node}}",
      "lost-failover": "Only the old leader of {{node}} had #{{message}}: it was cut off when another replica led",
      elect: "Broker {{value}} leads a partition of {{node}} now",
      "elect-none": "A partition of {{node}} has no leader: it can be neither written nor read",
      unroutable: "#{{message}} found no partition of {{node}}",
      edit: "{{node}} was changed while it ran",
      "edit-keys-move":
        "{{node}} has more partitions: {{value}} of its keys go to another one from here on, and stand in no order with what is there",
    },
    group: {
      rebalance: "{{node}} dealt its partitions anew (generation {{value}})",
      "rebalance-begin": "{{node}} begins to rebalance: its members are asked to come together again",
      commit: "A member of {{node}} committed its offsets",
    },
    consumer: {
      commit: "{{node}} committed its offsets",
      "close-session": "{{node}} was not heard of for the session time-out: its group takes it for dead",
      "close-poll-interval":
        "{{node}} did not poll for too long: it left its group, and its batch begins again elsewhere",
      "close-fenced": "{{node}} is not of the group’s generation any more: its commit was refused",
      error: "{{node}} failed to process #{{message}}",
      rebalance_one: "{{node}} has one partition now",
      rebalance_other: "{{node}} has {{value}} partitions now",
    },
    service: {
      commit: "{{node}} committed its offsets",
      "close-session": "{{node}} was not heard of for the session time-out: its group takes it for dead",
      "close-poll-interval":
        "{{node}} did not poll for too long: it left its group, and its batch begins again elsewhere",
      "close-fenced": "{{node}} is not of the group’s generation any more: its commit was refused",
      rebalance_one: "{{node}} has one partition now",
      rebalance_other: "{{node}} has {{value}} partitions now",
    },
  },
  keysMove:
    "{{name}}: {{from}} → {{to}} partitions. Keys move: from now on many go to another partition, what is there stays, and the order of their records is broken.",
  source: "Kafka documentation",
  rules: {
    sasl: "With SASL a client says who it is before anything else. Whoever cannot, or can no longer when the session is over, is disconnected.",
    acl: "With an authorizer nobody may do what no rule allows: writing to a topic and reading it are asked for each.",
    append:
      "A record is added at the end of one partition: that of its key’s hash, or the one the producer sticks to for now. Its offset there never changes.",
    pull: "Consumers fetch. Of a group only the member that has the partition reads it, and order holds within a partition alone.",
    acks: "acks decides when a write counts: with all when every in-sync replica has it, with 1 when the leader has, with 0 at once.",
    resend: "The producer sends a batch again until the delivery time-out. With idempotence the leader stores it once.",
    "not-enough": "With acks=all the leader refuses a write while fewer replicas than min.insync.replicas keep up.",
    commit:
      "A group remembers an offset for each partition: the next one to read. It is written when the member commits, not when a record was worked on.",
    "read-again":
      "A member that takes a partition over begins at the committed offset. What was read after that is read, and worked on, again.",
    rebalance:
      "A member that comes, goes or is not heard of makes the group deal its partitions anew. Eager assignors stop everybody meanwhile.",
    session:
      "A member that sends no heartbeat for session.timeout.ms is taken for dead; its partitions wait that long.",
    poll: "A member that does not poll for max.poll.interval.ms leaves its group: a slow batch looks like a dead program.",
    fenced: "Who is not of the group’s present generation cannot commit: its partitions belong to somebody else.",
    deleted:
      "A topic that is deleted goes with its records, and groups forget their offsets in it. Producers try again until delivery.timeout.ms; members give its partitions up when they next ask for the metadata.",
    retention:
      "Whole segments are deleted when they are old or the log is too large. Nobody is asked whether they were read.",
    compaction: "Compaction keeps the newest record of each key; offsets stay as they were, with gaps between.",
    elect:
      "When a leader dies, the first replica in sync takes over. When none is in sync the partition waits, unless unclean election is on.",
    unreplicated:
      "What only the old leader had is gone when another replica leads: with acks=1 the producer had been told that it was stored.",
    failing: "Kafka knows no failed record: the program reads it again and the partition stands still, or skips it.",
    twice: "At least once: after a crash or a rebalance, what was done since the last commit is done again.",
  },
} as const;

export default kafka;
