/** Words for the settings of RocketMQ topics, consumer groups and broker sets, and of those who send to them. */

export const rmqTopic = {
  queues: {
    label: "Queues",
    help: "How many queues the topic has at each master. Order holds within one, and in a group each is read by one member. With another number keys go to other queues.",
  },
  messageType: {
    label: "Message type",
    help: "Normal: queues in turn. FIFO: the key decides the queue, so that messages of one key keep their order. Delay: they stay hidden for a while. Transaction: they are sent as half messages, hidden until the producer commits.",
    choices: { normal: "Normal", fifo: "FIFO (ordered)", delay: "Delay", transaction: "Transaction" },
  },
} as const;

export const rmqGroup = {
  mode: {
    label: "Mode",
    help: "Clustering: members share the queues, and the broker remembers how far they are. Broadcasting: each member reads everything and remembers for itself; what fails is dropped, without retry or dead letter.",
    choices: { clustering: "Clustering", broadcasting: "Broadcasting" },
  },
  filter: {
    label: "Tag filter",
    help: "Which tags the group wants: * for all, or tags with || between, such as create || cancel. The broker compares hashes of tags, the client the tags. What was passed over never comes back to this group.",
  },
  order: {
    label: "Consumption",
    help: "Concurrent: what fails goes to the retry topic, the queue goes on. Orderly: a queue is locked and worked on message by message; what fails holds its queue until it succeeds.",
    choices: { concurrent: "Concurrent", orderly: "Orderly" },
  },
  maxReconsume: {
    label: "Retries at most",
    help: "How often a failed message comes back: after 10 s, 30 s, 1 min, then longer up to 2 h. After that it is a dead letter.",
  },
  orderlyLimit: {
    label: "Retries at most, in order",
    help: "Without a limit the failed message holds its queue for ever. With one it becomes a dead letter, and the queue goes on.",
  },
  suspend: {
    label: "Pause after a failure",
    help: "How long an orderly queue stands still before its message is tried again.",
  },
  strategy: {
    label: "Allocation",
    help: "How queues are dealt to members. Each member works it out for itself from the same sorted lists.",
    choices: {
      AVG: "Average: a stretch for each",
      AVG_BY_CIRCLE: "Circle: one after the other",
      CONSISTENT_HASH: "Consistent hash: few move",
    },
  },
  startFrom: {
    label: "Begin at",
    help: "Where a group begins that has no offset yet. A broker whose queue is young and complete answers 0 all the same: then even “last” reads everything.",
    choices: { last: "The last offset", first: "The first offset" },
  },
  batch: { label: "Messages per call", help: "Most messages that the listener is given at once." },
  rebalanceEvery: {
    label: "Rebalance every",
    help: "How often a member works out anew which queues are its own. It also does so when the broker tells it that a member came or went.",
  },
  persistEvery: {
    label: "Save offsets every",
    help: "How often a client tells the broker how far it is. What was done after the last time is done again after a crash.",
  },
} as const;

export const brokerSet = {
  masters: {
    label: "Masters",
    help: "Brokers that take messages. A topic has its queues at each of them; when one is down, producers go on with the others.",
  },
  replicas: { label: "Slaves per master", help: "Servers that copy a master’s messages." },
  replicate: {
    label: "Replication",
    help: "Synchronous: the producer waits until a slave has the message as well.",
    choices: { async: "Asynchronous", sync: "Synchronous" },
  },
  flush: {
    label: "Flush to disk",
    help: "Synchronous: the producer waits until the message is on disk. Asynchronous: it may be lost when the machine dies, not when only the process does.",
    choices: { async: "Asynchronous", sync: "Synchronous" },
  },
  failover: {
    label: "Failover",
    help: "Off: nobody takes over from a master that is gone, its queues wait until it is back. On (controller mode): a slave that is in sync becomes master.",
    choices: { off: "Off", on: "On (controller)" },
  },
  election: {
    label: "Election after",
    help: "How long a master is gone until a slave takes over. In RocketMQ the controller waits 10 s for its heartbeat.",
  },
  replicaDelay: {
    label: "Slave delay",
    help: "How far slaves are behind. With asynchronous replication, what only the master had is lost when a slave takes over.",
  },
  checkAfter: {
    label: "Check a half message after",
    help: "How long a half message waits for its producer’s commit or rollback before the broker asks.",
  },
  checkEvery: {
    label: "Look for half messages every",
    help: "How often the broker looks which half messages to ask about.",
  },
  checkMax: {
    label: "Ask at most",
    help: "After so many questions without an answer the half message is set aside, as if rolled back.",
  },
  delayLevels: { label: "Delay levels", help: "How long each level waits, from level 1 on; s, m, h and d for units." },
  retention: {
    label: "Keep for",
    help: "Messages older than this are deleted, read or not. One time for all topics of a broker, because its files hold messages of all of them.",
  },
  restart: { label: "Restart time", help: "How long a broker is away when it restarts or crashes." },
} as const;

/** Of a producer that sends to a topic of RocketMQ. */
export const rmqProducing = {
  tag: {
    label: "Tag",
    help: "One word that groups filter by. {key} stands for the ordering key, {a|b|c} for one word after the other with it.",
  },
  delayLevel: {
    label: "Delay level",
    help: "Hides each message for one of the broker’s eighteen times: 1 s, 5 s, 10 s, 30 s, 1 min … 2 h.",
  },
  delay: {
    label: "Delay",
    help: "Hides each message for this long; the broker’s wheel turns once a second. With a level as well, the level counts.",
  },
  sendRetries: {
    label: "Send retries",
    help: "How often a failed send is tried again, first at another broker. One by key is tried once.",
  },
  sendTimeout: { label: "Send timeout", help: "For all tries of a send together." },
  commitShare: {
    label: "Local transactions that commit",
    help: "Share of the half messages that are committed at once.",
  },
  rollbackShare: {
    label: "Local transactions that roll back",
    help: "Share of the half messages that are rolled back at once.",
  },
  unknownShare: {
    label: "Local transactions without an answer",
    help: "Share of the half messages whose producer says nothing: the broker asks later.",
  },
  onCheck: {
    label: "Answer when asked",
    help: "What the producer answers when the broker checks back.",
    choices: { commit: "Commit", rollback: "Roll back", unknown: "Unknown" },
  },
} as const;
