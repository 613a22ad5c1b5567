/** What the Kafka model does and leaves out. The ids are those of `engine/models/kafka/about.ts`; `docs/fidelity.md` is made of the English sentences. */
const kafka = {
  areas: {
    partitions: "Partitions",
    producing: "Producers",
    transactions: "Transactions",
    reading: "Reading and committing",
    groups: "Consumer groups",
    logs: "Logs",
    replication: "Replication",
  },
  features: {
    keys: "Keys: the same murmur2 hash as the Java client, over all partitions.",
    sticky: "Records without a key: one partition until a batch’s worth of bytes is there.",
    "adding-partitions": "Adding partitions: keys move, clients learn of it with their next refresh.",
    sending: "Batches, lingering, acks, retries, timeouts, idempotence, order of what is in flight.",
    transactions:
      "Transactions: markers, the last stable offset, fencing, timeouts, offsets that count with the commit.",
    offsets: "Offsets: one count a partition; reading and committing remove nothing.",
    polling: "Polls: what is fetched, max.poll.records, pausing, auto.offset.reset, positions out of range.",
    seeking: "Seeking, positions, the first offset of a time.",
    committing: "Commits by hand and automatic ones: what is read again after a crash, and what is skipped.",
    lag: "Lag as the group tool counts it; resetting and deleting groups.",
    assignors: "The client’s four assignors, with the order of Java’s maps where it shows.",
    rebalancing: "Rebalances, eager and cooperative: who gives up what and when, who waits for whom.",
    timeouts: "Session timeout, max.poll.interval.ms, rebalance timeout, heartbeats that bring the news.",
    "static-members": "Static members: a restart without a rebalance, fencing of the older one.",
    "consumer-protocol":
      "The consumer protocol (KIP-848): a target from the broker, members that get there each by itself.",
    "share-groups": "Share groups (KIP-932).",
    retention: "Deletion by time and size, in whole segments; deleting records by hand.",
    compaction: "Compaction: the last record of each key, tombstones, what the cleaner leaves alone.",
    "tiered-storage": "Segments in other storage.",
    replicas: "Replicas, in-sync sets, the high watermark, elections clean and unclean, what is lost.",
    "eligible-leaders": "Eligible leader replicas.",
    "readers-of-replicas": "What readers see of another leader, and of records that were cut off.",
    access: "Users with passwords (SASL/PLAIN), and rules that say who may read or write a topic.",
    "other-parts": "Connect, Streams, quotas.",
  },
  simplifications: {
    "no-compression": "Batches are not compressed.",
    "fetch-limits": "A fetch is limited by max.partition.fetch.bytes alone, and answered at once with what is there.",
    "no-patterns": "Subscriptions are lists of topics, no patterns; racks decide nothing.",
    "prompt-groups": "What members and coordinator tell each other, heartbeats apart, takes no time.",
    "next-leader": "When the group’s leader leaves, the member that came next leads; in Kafka a map decides.",
    "reckoned-heartbeats":
      "Heartbeats are worked out, not sent: one every interval from the moment of joining, as long as the process lives and is connected.",
    "uniform-order":
      "In the consumer protocol, who gets one partition more with the uniform assignor depends in Kafka on the order of a map.",
    "one-protocol": "A group is of one protocol; it changes it only while it has no members.",
    "checks-in-turn": "All logs are looked at together, each time the retention check is due.",
    "lasting-controller": "The controller is always there, and decides at once.",
    "one-coordinator": "Groups have a coordinator as long as any broker runs; moving to another one takes no time.",
    "prompt-metadata": "Producers hear of another leader at once; the pause before another try has no random part.",
    "given-up-batches": "A batch that its producer has given up is not stored by a request that is still under way.",
    "prompt-transactions": "Beginning and ending a transaction takes no time beyond sending what still waits.",
    "cleaned-sizes": "The empty batches that the cleaner leaves behind for producers’ numbers have no size.",
    "resumed-leader":
      "A broker that stood still knows at once that another leads; a real one may take records for a moment that are cut off later.",
    "no-power-loss":
      "What a power cut takes is told from when everything was last written out, and from segments that are closed; offsets that groups committed, and the high watermark’s checkpoint, survive it always.",
    "topic-rules":
      "Rules are of topics alone, by name, prefix or all; nobody asks for groups, clusters or transactional ids. They are asked for by the programs’ connections, beside the recorded model.",
  },
} as const;

export default kafka;
