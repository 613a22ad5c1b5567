/** What the RocketMQ model does and leaves out. The ids are those of `engine/models/rocketmq/about.ts`; `docs/fidelity.md` is made of the English sentences. */
const rocketmq = {
  areas: {
    sending: "Producers",
    brokers: "Brokers",
    filters: "Filters",
    consuming: "Consumer groups",
    failures: "Failures",
    delays: "Delays",
    transactions: "Transactions",
  },
  features: {
    "queue-choice": "The queue of a message: in turn, by a key’s hash, by a selector, or named.",
    attempts:
      "Sending: synchronous, asynchronous and one-way, batches, time-outs, retries at another broker, latency fault tolerance.",
    routes: "Routes from the name server, permissions, queues that are added, topics made by their first message.",
    flushing: "Flush modes and send statuses; what a kill, an orderly stop and a power failure lose.",
    replication:
      "Slaves: asynchronous and synchronous masters of lines 4 and 5, in-sync replicas, a master that is down.",
    retention: "Deletion of the commit log’s files by age, for all queues of a broker at once.",
    controller:
      "Controller mode: when a master is gone, a slave out of the SyncStateSet takes over; what it does not have is lost.",
    tags: "Tags: hashes at the broker, texts at the client.",
    sql: "SQL92 conditions as this broker reads them.",
    strategies: "Allocation strategies: average, by circle, consistent hash, fixed, by machine room and nearby.",
    rebalancing: "Members that come, go and die; each shares the queues out by its own view; mixed subscriptions.",
    pulling:
      "Push consumers: pulls, flow control, threads, batches, where a group begins; broadcasting; pulling by hand.",
    offsets: "Offsets: the smallest unfinished one, storing, resetting, what comes again after a crash.",
    popping: "POP: invisible times, acknowledging, what comes back.",
    retries: "Concurrent failures: retry topics, their delays, limits, dead letters.",
    orderly: "Orderly consumption: locks, suspended queues, limits.",
    levels: "Delay levels: in no queue until due, the offset is given then.",
    timers: "Any other delay or time: the timer wheel of line 5.",
    "half-messages": "Half messages: hidden until the commit, gone with a rollback.",
    "check-backs": "Check-backs: when and whom the broker asks, immunity, the limit.",
    "other-parts":
      "The proxy with its newer protocol, access control, message traces, compaction topics, request and reply.",
  },
  simplifications: {
    "no-compression": "Bodies are not compressed.",
    "prompt-name-server":
      "The name server learns of topics and brokers at once, but for one that stands still; clients ask it in their own time.",
    "prompt-controller":
      "The controller is always there. It sees only whether a master’s process runs, not whether that stands still; a slave has its master’s offsets. minInSyncReplicas is 1. DLedger is left out, and no recording shows a failover.",
    "given-flush": "How long a flush takes is given; pages do not matter.",
    "power-moves":
      "A delayed or committed message whose place in its queue is lost with the power stands there again at once, behind what was kept.",
    "reading-on":
      "With slaveReadEnable, consumers that had a queue before read on from a slave while the master is down; no recording shows it.",
    "any-hour": "Old files go at the next look, not at the hour deleteWhen; how full the disk is does not matter.",
    "small-files":
      "In a drawing a file of the commit log holds 16 KiB instead of a gigabyte: only full files are ever deleted.",
    "reckoned-sizes": "A message takes its body and 200 bytes in the commit log.",
    "lasting-waiters": "Delayed and half messages outlive the files they were written to.",
    "one-registry":
      "All brokers of a cluster know the same members, and know them still after they were started again.",
    "prompt-brokers": "What consumers and brokers tell each other takes no time.",
    "always-young": "A queue counts as young as long as its first message is there, in memory or not.",
    "pop-turn": "POP takes the queues in turn and what came back last; RocketMQ now and then takes that first.",
    "pop-looks":
      "What was popped and not acknowledged comes back at the first whole second of the broker after its time.",
    "drawn-queues": "Of several retry queues one is drawn.",
    "prompt-notes":
      "That a transaction has ended is noted at once; RocketMQ collects such notes for up to three seconds.",
    "prompt-checks": "A check reaches its producer at once; the answer takes the way’s time.",
  },
} as const;

export default rocketmq;
