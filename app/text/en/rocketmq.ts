/** What the faces of RocketMQ nodes say, what happens at them, and the rules behind it. */
const rocketmq = {
  face: {
    end: "Messages ever stored in its queues",
    lag: "lag {{count}}",
    lagTip: "Lag: messages up to the end of the queue that the group has not committed yet",
    queue: "Queue {{queue}}",
    queueAt: "Queue {{queue}} at master {{broker}}",
    lanes: "{{count}} queues",
    kept: "{{count}} messages",
    worst: "{{group}}: queue {{lane}} lags {{count}}",
    offline: "offline",
    suspended: "suspended",
    nobody: "nobody",
    delayed: "{{count}} waiting for their time",
    half: "{{count}} half",
    checks_one: "{{shown}} check-back",
    checks_other: "{{shown}} check-backs",
    ends: "{{commit}} committed · {{rollback}} rolled back",
    members_one: "{{count}} member",
    members_other: "{{count}} members",
    idle: "{{count}} idle",
    ladder: "Retries",
    step: "Retry {{step}}, after {{time}}",
    dead: "dead letters {{count}}",
    brokersUp: "{{up}}/{{of}} masters up",
    moreGroups_one: "and {{count}} more group",
    moreGroups_other: "and {{count}} more groups",
  },
  spoken: {
    queues_one: "{{count}} queue",
    queues_other: "{{count}} queues",
    messages: "{{count}} messages",
    lag: "lag {{count}}",
    delayed: "{{count}} waiting for their time",
    half: "{{count}} half messages",
    members_one: "{{count}} member",
    members_other: "{{count}} members",
    idle: "{{count}} without a queue",
    retrying: "{{count}} waiting for a retry",
    dead: "{{count}} dead letters",
  },
  /** What a link does. */
  tips: {
    publish: {
      rmqTopic:
        "The producer’s library picks a queue: the next in turn, or in a FIFO topic that of the key’s hash. A failed send is tried again at another broker.",
    },
    consume: {
      rmqTopic:
        "The client pulls by itself and holds the pull open while there is nothing. The broker lets only the group’s tags pass; reading removes nothing.",
    },
  },
  /** Events at its nodes, where the general sentence (`events.say`) would be wrong. */
  say: {
    rmqTopic: {
      enqueue: "#{{message}} was stored in queue {{value}} of {{node}}",
      deliver: "{{other}} pulled #{{message}} from {{node}}",
      redeliver: "#{{message}} of {{node}} is given to a group that had it before",
      delay: "{{node}} hides #{{message}} for {{time}}",
      half: "{{node}} has #{{message}} as a half message: nobody sees it until its producer commits",
      commit: "#{{message}} was committed: {{node}} shows it",
      rollback: "#{{message}} was rolled back: nobody ever saw it in {{node}}",
      "rollback-rolled-back": "#{{message}} was rolled back: nobody ever saw it in {{node}}",
      "check-back": "{{node}} asks {{other}} what became of #{{message}}, time {{value}}",
      "discard-retention": "{{node}} deleted #{{message}} with an old file: nobody is asked whether it was read",
      elect: "A master of {{node}} was gone for too long: one of its slaves is master {{letter}} now (node {{value}})",
      "close-deleted": "{{node}} was deleted with all its messages: whoever sends to it is told TOPIC_NOT_EXIST",
      "discard-deleted": "#{{message}} went with its topic {{node}}",
      "lost-failover": "Only the old master of {{node}} had #{{message}}: it is lost",
      edit: "{{node}} was changed while it ran",
    },
    rmqGroup: {
      commit: "A member of {{node}} saved an offset",
      retry: "#{{message}} failed in {{node}} and went back: retry {{value}} comes later",
      "dead-letter": "#{{message}} failed too often in {{node}}: it is a dead letter now",
      rebalance: "{{node}} shared out its queues anew",
    },
    consumer: {
      "rebalance-queues_one": "{{node}} reads one queue now",
      "rebalance-queues_other": "{{node}} reads {{value}} queues now",
      suspend: "{{node}} failed in order: the queue waits (retry {{value}})",
      "discard-broadcasting": "{{node}} failed on #{{message}}: in broadcasting it is dropped, nobody gives it again",
    },
    service: {
      "rebalance-queues_one": "{{node}} reads one queue now",
      "rebalance-queues_other": "{{node}} reads {{value}} queues now",
      suspend: "{{node}} failed in order: the queue waits (retry {{value}})",
      "discard-broadcasting": "{{node}} failed on #{{message}}: in broadcasting it is dropped, nobody gives it again",
    },
  },
  source: "RocketMQ documentation",
  rules: {
    append:
      "A message is added at the end of one queue and keeps its offset there. Queues are taken in turn, or in a FIFO topic by the hash of the key.",
    pull: "Clients pull. Of a group in clustering one member reads a queue; in broadcasting each reads all of them.",
    filter:
      "The broker compares the hash of the tag with those that the group wants; what it passes over never comes back.",
    send: "A send that fails is tried again, first at another broker, all within the time-out. Only SEND_OK means that all settings were kept.",
    delay: "A delayed message is kept aside and gets its offset when its time comes: until then no consumer sees it.",
    half: "A half message is kept aside, invisible to every consumer, until its producer says what became of the local transaction.",
    commit: "A commit puts the half message into its queue, where it gets its offset: from now on consumers see it.",
    rollback: "A half message that is rolled back, or that nobody answers for after all checks, is never delivered.",
    check:
      "Of a half message without an answer the broker asks a producer of the same group, again and again, at most fifteen times.",
    retry:
      "A failed message goes to the group’s retry topic and comes back after 10 s, 30 s, 1 min and so on; its queue goes on meanwhile.",
    dead: "After sixteen retries a message goes to the group’s dead-letter topic, and nobody consumes that by itself.",
    suspend: "In orderly consumption the failed message stays at the head of its queue: the queue waits, others go on.",
    offset:
      "A group’s offset in a queue is that of the first message not finished. Clients tell the broker every five seconds.",
    "read-again":
      "Whoever takes a queue over begins at the offset that the broker has: what was done since is done again.",
    rebalance:
      "Each member works out for itself, from the sorted lists of queues and members, which queues are its own.",
    broadcast: "In broadcasting nothing is retried: a message that fails is dropped with a line in the log.",
    elect:
      "With a controller, a slave that is in sync becomes master when the master has been gone for too long. When none is in sync, the queues wait for the old one.",
    unreplicated:
      "Slaves follow behind. What only the old master had is cut off when a slave takes over, unless the master answered only after all in sync had it.",
    deleted:
      "A topic is deleted at every broker and at the name server; messages and offsets go with it. Clients keep the route that they know: sends are answered TOPIC_NOT_EXIST and fail, pulls find nothing and are tried again.",
    retention: "Files are deleted when they are old, whether their messages were consumed or not.",
    twice: "At least once: after a crash or a rebalance, what was done since the last saved offset is done again.",
  },
} as const;

export default rocketmq;
