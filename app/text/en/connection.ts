/** Why two nodes cannot be connected (`connection.<code>`), and what can be done instead (`connection.fixes.<name>`). */
const connection = {
  "exchange-to-client": "Consumers read from queues; an exchange only routes.",
  "no-broker-between": "With a broker they never talk directly; that is the decoupling.",
  "queue-to-queue": "A queue does not push into a queue.",
  "store-to-store":
    "The server moves nothing from {{from}} to {{to}} by itself: a client reads the one and writes the other.",
  "topic-to-topic": "A topic moves nothing into another topic by itself: a client reads {{from}} and writes {{to}}.",
  "group-not-topic": "A group reads through its members: put a consumer into {{to}} and connect {{from}} with it.",
  "socket-pair": "{{from}} is a {{fromType}} socket, which talks to {{peers}} only; {{to}} is a {{toType}}.",
  "socket-direction":
    "A connection leads from whoever makes the messages: here from {{to}} ({{toType}}) to {{from}} ({{fromType}}).",
  "pair-taken": "{{name}} is a PAIR socket and has its one peer already.",
  "sockets-only": "A ZeroMQ socket talks to other ZeroMQ sockets only, without a broker.",
  "consumer-only-consumes": "This consumer only consumes.",
  "producer-only-publishes": "A producer only publishes; nothing can be delivered to it.",
  "not-connectable": "Notes and frames take no part in the message flow.",
  "unknown-kind": "This version does not know the kind “{{kind}}” and cannot say what it connects to.",
  "different-brokers": "Different brokers; nothing carries messages between them by itself.",
  "foreign-frame":
    "{{from}} cannot stand in {{to}}: different brokers; nothing carries messages between them by itself.",
  "folded-frame": "Nothing connects to a folded frame: unfold {{to}} and connect with what stands in it.",
  "self-connection": "A node cannot be connected to itself.",
  locked: "Locked by this lesson.",
  "already-connected": "{{from}} and {{to}} are connected like this already.",
  "duplicate-binding":
    "{{to}} is bound to {{from}} with the key “{{key}}” already; the broker would keep one of the two.",
  "missing-node": "The node is not in the document any more.",
  fixes: {
    "insert-queue": "Insert a queue",
    "insert-list": "Insert a list",
    "insert-topic": "Insert a topic",
    "insert-rmq-topic": "Insert a topic",
    "make-service": "Make it a service that publishes after processing",
    "dead-letter-link": "Make it a dead-letter link",
    "insert-service": "Insert a service",
    "insert-bridge": "Insert a bridge service",
    "make-sockets": "Change both to ZeroMQ sockets (PUSH, PULL)",
    "match-socket": "Change the other one to a type that fits",
    reverse: "Connect the other way round",
    unfold: "Unfold it",
  },
  ask: {
    key: "Binding key",
    headers: "Headers to match",
    weight: "Weight",
    group: "Consumer group",
    pattern: "Pattern of channel names",
  },
} as const;

export default connection;
