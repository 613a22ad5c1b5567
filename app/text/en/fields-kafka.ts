/** Words for the settings of Kafka topics, consumer groups and clusters, and of those who write to them. */

export const topic = {
  partitions: {
    label: "Partitions",
    help: "Logs that the topic is divided into: order holds within one, and a group has at most one working member for each. More can be added while it runs, never fewer; keys then move to other partitions.",
  },
  replication: {
    label: "Replication factor",
    help: "On how many brokers each partition is kept. Never more than the cluster has.",
  },
  minInsync: {
    label: "Minimum in-sync replicas",
    help: "With acks=all a write is refused while fewer replicas than this keep up, and readers see nothing new.",
  },
  retentionTime: {
    label: "Keep for",
    help: "Segments whose newest record is older than this are deleted, read or not.",
  },
  retentionBytes: {
    label: "Keep up to",
    help: "The oldest segments of a partition go while it is larger than this.",
  },
  cleanup: {
    label: "Clean-up",
    help: "Delete: old segments go. Compact: of each key the newest record stays, the newest segment is left alone.",
    choices: { delete: "Delete old segments", compact: "Compact by key", "compact,delete": "Compact and delete" },
  },
  segmentTime: {
    label: "New segment after",
    help: "A record that comes this long after the first of the segment begins a new one. Retention and compaction act on whole segments, and not on the newest.",
  },
  uncleanElection: {
    label: "Unclean election",
    help: "When no in-sync replica is left, one that was behind may lead: the topic works again, and acknowledged records are lost.",
  },
} as const;

export const group = {
  assignor: {
    label: "Assignor",
    help: "How partitions are dealt to members. The first three take everything from everybody at each rebalance; cooperative-sticky moves only what has to move, in two rounds.",
    choices: {
      range: "Range: a stretch of each topic",
      roundrobin: "Round robin: one after the other",
      sticky: "Sticky: as before where it can be",
      "cooperative-sticky": "Cooperative sticky: the rest goes on",
    },
  },
  offsetReset: {
    label: "Without a committed offset",
    help: "Where the group begins when it has committed nothing, or when what it committed is gone. With a valid committed offset this setting does nothing.",
    choices: { latest: "Latest: only what is new", earliest: "Earliest: all that is kept", none: "None: an error" },
  },
  commit: {
    label: "Commit",
    help: "When the group remembers how far it is. Automatic: at a poll, when the interval has passed, all that earlier polls returned. What was worked on after the last commit is worked on again after a crash.",
    choices: {
      auto: "Automatically, at intervals",
      batch: "After each batch",
      manual: "After each record",
    },
  },
  commitInterval: { label: "Commit interval", help: "At least this long between two automatic commits." },
  maxPollRecords: {
    label: "Records per poll",
    help: "Most records that one poll hands to the program. It polls again when it has worked on all of them.",
  },
  maxPollInterval: {
    label: "Longest time between polls",
    help: "A member that has not polled for this long is taken for stuck: it leaves the group, others work on its batch again.",
  },
  sessionTimeout: {
    label: "Session timeout",
    help: "A member that nobody has heard of for this long is taken for dead, and its partitions go to others.",
  },
  heartbeat: {
    label: "Heartbeat interval",
    help: "How often a member says that it is alive. With the answer it learns of a rebalance.",
  },
  static: {
    label: "Static members",
    help: "Members have fixed names: one that restarts within the session timeout gets its partitions back without a rebalance. Until then nobody reads them.",
  },
} as const;

export const cluster = {
  brokers: { label: "Brokers", help: "Servers of the cluster. Each partition has one of them as its leader." },
  replicaDelay: {
    label: "Replica delay",
    help: "How long a record needs from its leader to a follower. With acks=all the producer waits for it.",
  },
  replicaLagMax: {
    label: "Longest replica lag",
    help: "A follower that has not caught up for this long leaves the in-sync replicas.",
  },
  election: {
    label: "Time until a new leader",
    help: "From the death of a broker until the partitions it led have another leader.",
  },
  restart: { label: "Restart time", help: "How long a broker is away when it restarts or crashes." },
  flushEvery: {
    label: "Time until written out",
    help: "How often what was appended is forced to disk; Kafka leaves that to the operating system. A crash of the process loses nothing of it, a power cut takes what came since. A segment that is full or too old is written out at once.",
  },
  users: {
    label: "Users (SASL, ACLs)",
    help: "One user a line: a name, then >password, read:topic, write:topic or all:topic; a topic by its name, a prefix (orders*) or all (*). With any listed, a stranger does not come in, and nobody may do what no rule allows.",
  },
  rebalanceTime: {
    label: "Wait for more members",
    help: "How long the first rebalance of an empty group waits for others to join.",
  },
  retentionCheck: {
    label: "Look for old segments every",
    help: "How often brokers delete or compact what may go.",
  },
} as const;

/** Of a producer that writes to a topic. */
export const producing = {
  acks: {
    label: "Acks",
    help: "When a record counts as stored: when all in-sync replicas have it, when the leader has it, or as soon as it was sent.",
    choices: { all: "All in-sync replicas", "1": "Leader only", "0": "None" },
  },
  idempotent: {
    label: "Idempotent",
    help: "The leader recognises a batch that is sent again and stores it once, in order.",
  },
  linger: { label: "Linger", help: "How long a batch waits for more records before it is sent." },
  batch: { label: "Batch size", help: "A batch is sent at once when it is this large." },
  maxInFlight: {
    label: "Requests in flight",
    help: "Most requests sent and not answered. More than one without idempotence can change the order.",
  },
  deliveryTimeout: {
    label: "Delivery timeout",
    help: "A record is sent again until this much time has passed; then it is given up.",
  },
} as const;
