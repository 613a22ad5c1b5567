/** Names of node and edge kinds (`engine/scenario` KINDS, EDGE_KINDS) and of the groups of the palette. */
const kinds = {
  groups: {
    clients: "Clients",
    rabbitmq: "RabbitMQ",
    kafka: "Kafka",
    rocketmq: "RocketMQ",
    redis: "Redis",
    zeromq: "ZeroMQ",
    annotate: "Annotate",
  },
  producer: { name: "Producer", tip: "Makes messages and publishes them to an exchange or a queue." },
  consumer: { name: "Consumer", tip: "Takes messages from a queue, works on each for a while, then acknowledges it." },
  service: {
    name: "Service",
    tip: "A consumer that publishes or replies when its work on a message is done.",
  },
  exchange: { name: "Exchange", tip: "Routes each message to queues by its bindings; it stores nothing." },
  queue: { name: "Queue", tip: "Keeps messages in order until a consumer has acknowledged them." },
  broker: { name: "Broker", tip: "A RabbitMQ broker: what stands in the frame belongs to it." },
  list: { name: "List", tip: "A Redis list as a queue: clients push at one end and take from the other." },
  stream: {
    name: "Stream",
    tip: "A Redis log of entries: reading removes nothing, and groups remember how far they are.",
  },
  channel: { name: "Channel", tip: "Redis Pub/Sub: whoever is subscribed gets the message now; nothing is stored." },
  redis: { name: "Redis server", tip: "A Redis server: what stands in the frame is kept by it." },
  socket: {
    name: "Socket",
    tip: "A ZeroMQ socket (PUSH, PULL, PUB, SUB, REQ, REP …) with its program: messages wait in the two ends, there is no broker.",
  },
  proxy: {
    name: "Proxy",
    tip: "A ZeroMQ program in the middle: it moves messages between a socket in front and one behind, so that the others need not know each other.",
  },
  topic: {
    name: "Topic",
    tip: "A Kafka topic: logs side by side, one a partition. Reading removes nothing, and groups remember how far they are.",
  },
  group: {
    name: "Consumer group",
    tip: "Consumers in the frame share the partitions of the topics they read: each partition goes to one of them.",
  },
  cluster: { name: "Kafka cluster", tip: "Kafka brokers: the topics in the frame are kept by them." },
  rmqTopic: {
    name: "RocketMQ topic",
    tip: "A RocketMQ topic: queues side by side at each master. Tags, delays and half messages are the broker’s work; reading removes nothing.",
  },
  rmqGroup: {
    name: "RocketMQ group",
    tip: "Consumers in the frame are one group: they share the queues, or each reads all of them; what fails comes back later and later.",
  },
  brokerSet: { name: "Broker set", tip: "RocketMQ brokers: the topics in the frame are kept by them." },
  note: { name: "Note", tip: "Text on the canvas; it has no effect on the run." },
  frame: { name: "Frame", tip: "A border with a heading around nodes that belong together." },
  publish: {
    name: "Publish",
    tip: "Messages go to an exchange; straight to a queue means through the default exchange.",
  },
  binding: { name: "Binding", tip: "Tells an exchange which messages go to this queue or exchange." },
  consume: { name: "Consume", tip: "The consumer subscribes to the queue; acknowledgements travel back." },
  deadLetter: {
    name: "Dead-letter link",
    tip: "Messages that expire, overflow or are rejected in the queue go this way.",
  },
  pipe: { name: "Connection", tip: "Two sockets talk to each other: one binds, the other connects." },
  alternate: { name: "Alternate exchange", tip: "Takes what the exchange cannot route." },
  unknown: {
    name: "Unknown kind",
    tip: "Made with another version. It is kept in the document and does nothing here.",
  },
} as const;

export default kinds;
