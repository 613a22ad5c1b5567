/** Groups of kinds in the order in which they are offered. */
export const KIND_GROUPS = ["clients", "rabbitmq", "kafka", "rocketmq", "redis", "zeromq", "annotate"] as const;
