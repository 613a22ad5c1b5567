/** How much of what a product does is in its model. */
export type Modelled = "whole" | "simplified" | "not";

interface Area {
  readonly features: Readonly<Record<string, Modelled>>;
  readonly simplifications: readonly string[];
}

/**
 * What is said about the model: per product and part of it, ids in the order in which they are read; the words are `about.<product>.features.<id>` and
 * `about.<product>.simplifications.<id>`. The engine declares the same (`about.ts` of each model and of `engine/run/`); the page does not know models, so a test
 * compares the two.
 */
export const POINTS: Readonly<
  Record<"rabbitmq" | "kafka" | "rocketmq" | "redis" | "zeromq" | "run", Readonly<Record<string, Area>>>
> = {
  rabbitmq: {
    exchange: {
      features: {
        direct: "whole",
        fanout: "whole",
        topic: "whole",
        headers: "whole",
        "default-exchange": "whole",
        bindings: "whole",
        "exchange-to-exchange": "whole",
        "alternate-exchange": "whole",
        "cc-bcc": "whole",
        "consistent-hash": "simplified",
        "random-exchange": "simplified",
        "recent-history": "whole",
        "plugin-exchanges": "not",
      },
      simplifications: ["hash-ring", "hash-property", "local-random", "other-exchange-types"],
    },
    queue: {
      features: {
        declaring: "whole",
        fifo: "simplified",
        "time-to-live": "whole",
        "length-limits": "whole",
        "dead-letters": "simplified",
        priorities: "whole",
        "queue-lifetime": "whole",
        "mirrored-queues": "simplified",
      },
      simplifications: ["message-body", "storage-arguments", "death-time", "endless-cycle", "mirrors-in-step"],
    },
    quorum: {
      features: {
        "quorum-queues": "simplified",
        "delivery-limit": "whole",
        "quorum-requeue": "whole",
        "quorum-priorities": "simplified",
        "quorum-length": "simplified",
        "at-least-once": "simplified",
      },
      simplifications: ["raft-log", "replication-time", "refusal-reach", "dead-letter-worker"],
    },
    stream: {
      features: { streams: "simplified", "stream-retention": "simplified", "stream-clients": "not" },
      simplifications: ["stream-chunks", "stream-protocol", "stream-single-active"],
    },
    publishing: {
      features: {
        confirms: "simplified",
        mandatory: "whole",
        transactions: "simplified",
        "reply-to": "whole",
        "publish-checks": "simplified",
      },
      simplifications: ["commit-time", "confirm-multiple", "publisher-properties"],
    },
    consuming: {
      features: {
        turns: "whole",
        prefetch: "whole",
        "exclusive-consumers": "whole",
        "single-active": "whole",
        cancelling: "whole",
        acknowledgements: "whole",
        "consumer-timeout": "simplified",
        connections: "simplified",
      },
      simplifications: ["timeout-looks", "connection-limits"],
    },
    broker: {
      features: {
        refusals: "whole",
        permissions: "simplified",
        policies: "simplified",
        alarms: "simplified",
        durability: "simplified",
        "flow-control": "not",
        protocols: "not",
      },
      simplifications: [
        "broker-cpu",
        "disk-delay",
        "memory-bodies",
        "credit-flow",
        "one-vhost",
        "authentication",
        "patterns",
        "policy-keys",
        "one-4",
        "other-protocols",
        "between-brokers",
        "management",
      ],
    },
    cluster: {
      features: { "node-failure": "simplified", "network-partitions": "not" },
      simplifications: ["election-time", "leader-choice", "membership", "partitions", "metadata"],
    },
  },
  kafka: {
    partitions: { features: { keys: "whole", sticky: "whole", "adding-partitions": "whole" }, simplifications: [] },
    producing: {
      features: { sending: "simplified" },
      simplifications: ["no-compression", "prompt-metadata", "given-up-batches"],
    },
    transactions: { features: { transactions: "simplified" }, simplifications: ["prompt-transactions"] },
    reading: {
      features: { offsets: "whole", polling: "simplified", seeking: "whole", committing: "whole", lag: "whole" },
      simplifications: ["fetch-limits", "no-patterns"],
    },
    groups: {
      features: {
        assignors: "whole",
        rebalancing: "simplified",
        timeouts: "simplified",
        "static-members": "whole",
        "consumer-protocol": "simplified",
        "share-groups": "not",
      },
      simplifications: ["prompt-groups", "next-leader", "reckoned-heartbeats", "uniform-order", "one-protocol"],
    },
    logs: {
      features: { retention: "simplified", compaction: "simplified", "tiered-storage": "not" },
      simplifications: ["checks-in-turn", "cleaned-sizes"],
    },
    replication: {
      features: {
        replicas: "simplified",
        "eligible-leaders": "whole",
        "readers-of-replicas": "whole",
        access: "simplified",
        "other-parts": "not",
      },
      simplifications: ["lasting-controller", "one-coordinator", "resumed-leader", "no-power-loss", "topic-rules"],
    },
  },
  rocketmq: {
    sending: {
      features: { "queue-choice": "whole", attempts: "simplified", routes: "simplified" },
      simplifications: ["no-compression", "prompt-name-server"],
    },
    brokers: {
      features: {
        flushing: "simplified",
        replication: "simplified",
        retention: "simplified",
        controller: "simplified",
        "other-parts": "not",
      },
      simplifications: [
        "given-flush",
        "power-moves",
        "reading-on",
        "any-hour",
        "small-files",
        "reckoned-sizes",
        "lasting-waiters",
        "prompt-controller",
      ],
    },
    filters: { features: { tags: "whole", sql: "whole" }, simplifications: [] },
    consuming: {
      features: {
        strategies: "whole",
        rebalancing: "simplified",
        pulling: "simplified",
        offsets: "whole",
        popping: "simplified",
      },
      simplifications: ["one-registry", "prompt-brokers", "always-young", "pop-turn", "pop-looks"],
    },
    failures: { features: { retries: "simplified", orderly: "whole" }, simplifications: ["drawn-queues"] },
    delays: { features: { levels: "whole", timers: "whole" }, simplifications: [] },
    transactions: {
      features: { "half-messages": "simplified", "check-backs": "simplified" },
      simplifications: ["prompt-notes", "prompt-checks"],
    },
  },
  redis: {
    lists: {
      features: { "list-commands": "whole", blocking: "whole", "reliable-queue": "whole" },
      simplifications: [],
    },
    pubsub: {
      features: { channels: "simplified", "output-buffer": "whole" },
      simplifications: ["order-of-patterns"],
    },
    streams: { features: { streams: "simplified", trimming: "whole" }, simplifications: ["big-ids"] },
    groups: { features: { groups: "whole", claims: "whole" }, simplifications: [] },
    "sorted-sets": { features: { "delayed-jobs": "whole" }, simplifications: [] },
    keys: { features: { expiry: "whole" }, simplifications: [] },
    transactions: { features: { transactions: "whole" }, simplifications: [] },
    server: {
      features: {
        access: "whole",
        "memory-limit": "simplified",
        persistence: "simplified",
        replication: "simplified",
        "other-commands": "not",
        cluster: "not",
      },
      simplifications: [
        "memory-estimate",
        "no-eviction",
        "instant-snapshot",
        "fsync-window",
        "no-partial-resync",
        "no-sentinel",
        "commands-listed",
      ],
    },
  },
  zeromq: {
    connections: {
      features: {
        endpoints: "simplified",
        reconnect: "simplified",
        immediate: "whole",
        linger: "whole",
        losses: "whole",
      },
      simplifications: ["instant-connections", "wrong-peers"],
    },
    limits: {
      features: { "high-water-marks": "simplified", conflate: "whole" },
      simplifications: ["boundless-wire", "quiet-steps"],
    },
    pipeline: { features: { "round-robin": "whole" }, simplifications: [] },
    pubsub: { features: { subscriptions: "whole", forwarder: "simplified" }, simplifications: ["whole-messages"] },
    reqrep: { features: { lockstep: "whole", envelopes: "whole", relaxed: "whole" }, simplifications: [] },
    router: { features: { identities: "whole" }, simplifications: [] },
    pair: { features: { "one-peer": "whole" }, simplifications: [] },
    library: {
      features: { options: "simplified", proxies: "simplified", security: "not", "other-sockets": "not" },
      simplifications: ["options-listed", "prompt-proxies"],
    },
  },
  run: {
    general: {
      features: { events: "whole", ledger: "whole", "same-run": "whole" },
      simplifications: ["relations"],
    },
    producer: {
      features: { publishers: "whole", traffic: "whole" },
      simplifications: ["equal-instances", "connecting", "body-sizes"],
    },
    consumer: {
      features: { consumers: "whole", services: "whole" },
      simplifications: ["work-time", "drawn-failures", "recovery"],
    },
    link: {
      features: { links: "whole" },
      simplifications: ["own-lines", "slow-links"],
    },
  },
};

/** The parts that concern a kind of node most, as `product.area`. */
const AREAS_OF: Readonly<Record<string, readonly string[]>> = {
  exchange: ["rabbitmq.exchange"],
  queue: ["rabbitmq.queue", "rabbitmq.quorum", "rabbitmq.stream"],
  broker: ["rabbitmq.broker", "rabbitmq.cluster"],
  producer: ["run.producer", "rabbitmq.publishing"],
  consumer: ["run.consumer", "rabbitmq.consuming"],
  service: ["run.consumer", "rabbitmq.consuming", "rabbitmq.publishing"],
  topic: ["kafka.partitions", "kafka.logs", "kafka.replication", "kafka.transactions"],
  group: ["kafka.groups", "kafka.reading"],
  cluster: ["kafka.replication", "kafka.producing"],
  rmqTopic: ["rocketmq.sending", "rocketmq.filters", "rocketmq.delays", "rocketmq.transactions"],
  rmqGroup: ["rocketmq.consuming", "rocketmq.failures"],
  brokerSet: ["rocketmq.brokers"],
  list: ["redis.lists"],
  stream: ["redis.streams", "redis.groups"],
  channel: ["redis.pubsub"],
  redis: ["redis.server"],
  socket: [
    ...["zeromq.connections", "zeromq.limits", "zeromq.pipeline", "zeromq.pubsub"],
    ...["zeromq.reqrep", "zeromq.router", "zeromq.pair", "run.producer", "run.consumer"],
  ],
  proxy: ["zeromq.library", "zeromq.pubsub", "zeromq.router"],
  edge: ["run.link"],
};

export const areasOf = (kind: string): readonly string[] => AREAS_OF[kind] ?? [];
