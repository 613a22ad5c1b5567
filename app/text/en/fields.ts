import { cluster, group, producing, topic } from "./fields-kafka.ts";
import { channel, list, reading, redis, stream } from "./fields-redis.ts";
import { brokerSet, rmqGroup, rmqProducing, rmqTopic } from "./fields-rocketmq.ts";
import { proxy, socket } from "./fields-zeromq.ts";

/**
 * Words for every setting of the schema: `fields.<kind>.<field>.label`, `.help`, `.choices.<value>`; beside them the words that all forms share: groups, units, forms of
 * compound values and their parts.
 */

const user = {
  label: "User",
  help: "Name the client logs in with. It matters only where the broker has a list of users; guest may do everything. At Redis guest is the default user.",
} as const;

const password = {
  label: "Password",
  help: "Off: the client knows the right one. It counts where the broker’s list gives the user a password. Do not write a real one: it is in the file and in the link.",
} as const;

const declare = {
  label: "Declare before use",
  help: "The client declares the queue before it uses it. Where that disagrees with what is there, the broker closes the channel: 406. Passive only asks whether it is there.",
  choices: { nothing: "No", passive: "Passively", durable: "As durable", transient: "As not durable" },
} as const;

const consuming = {
  service: { label: "Service time", help: "How long the work on one message takes." },
  concurrency: { label: "Concurrency", help: "Messages that one instance works on at the same time." },
  instances: { label: "Instances", help: "How many copies of this client run, each with its own connection." },
  prefetch: {
    label: "Prefetch",
    help: "Most messages the broker hands over before the first of them is acknowledged; 0 means without limit.",
  },
  prefetchGlobal: {
    label: "Prefetch for the whole channel",
    help: "The limit holds for all consumers of the channel together instead of for each one.",
  },
  getEvery: { label: "Poll every", help: "Instead of being pushed messages, fetches one with basic.get this often." },
  ack: {
    label: "Acknowledge",
    help: "When the broker may forget a message. Only “after processing” survives a crash of the consumer; “on delivery” makes prefetch ineffective.",
    choices: { manual: "After processing", auto: "On delivery (automatic)", before: "Before processing" },
  },
  failRate: { label: "Failure rate", help: "Share of messages whose processing fails." },
  failKeys: { label: "Failing keys", help: "Messages with one of these ordering keys always fail." },
  onFail: {
    label: "On failure",
    help: "What happens to a message whose processing failed.",
    choices: {
      requeue: "Requeue",
      reject: "Reject (dead-letter or discard)",
      retry: "Retry in place, then reject",
    },
    choicesAt: {
      list: {
        requeue: "Put it back into the list",
        reject: "Delete it",
        retry: "Retry in place, then delete it",
      },
      stream: {
        requeue: "Leave it pending",
        reject: "Acknowledge it all the same",
        retry: "Retry in place, then acknowledge it",
      },
      topic: {
        requeue: "Read it again; its partition waits",
        reject: "Skip it; its partition goes on",
        retry: "Retry in place, then skip it",
      },
      rmqTopic: {
        requeue: "Again later (RECONSUME_LATER)",
        reject: "Give it up (dead letter, where there are any)",
        retry: "Retry in place, then give it up",
      },
    },
  },
  onFailRetries: {
    label: "Retries in place",
    help: "How often the work is tried again before the message is rejected.",
  },
  dedup: {
    label: "Remember ids",
    help: "Skips a message whose id is among the last so many processed ones, which makes the work idempotent.",
  },
  speed: { label: "Speed", help: "Factor on the speed of the work: at 50 % everything takes twice as long." },
  restartAfter: { label: "Restart after", help: "A crashed instance comes back after this time." },
  user,
  password,
} as const;

const link = {
  latency: { label: "Latency", help: "Time a message needs from one end to the other; acknowledgements need as long." },
  bandwidth: { label: "Bandwidth", help: "Bytes per second that fit through; messages queue up behind each other." },
  loss: { label: "Loss", help: "Share of what travels here that never arrives." },
  partitioned: { label: "Cut", help: "Nothing passes in either direction while this is on." },
} as const;

const network = {
  ...link,
  tls: {
    label: "Encrypted",
    help: "TLS (CURVE between ZeroMQ sockets). Who listens on the link hears noise. It costs 20 ms when a connection opens and 0.2 ms for each message each way.",
  },
} as const;

const brokerName = {
  label: "Name on the broker",
  help: "Only when it differs from the name here, for example because an exchange and a queue share a name.",
} as const;

const otherArguments = {
  label: "Other arguments",
  help: "Arguments of the imported object that have no setting here. They are kept for the export.",
} as const;

const fields = {
  groups: { basic: "Basic", advanced: "Advanced" },
  words: {
    default: "Default: {{value}}",
    real: "Real default: {{value}}",
    scaled: "scaled",
    scaledHelp: "Slowed down so that it can be seen; the product’s own value stands beside it.",
    range: "{{min}} to {{max}}",
    reset: "Reset to the default",
    none: "None",
    unlimited: "Unlimited",
    off: "Off",
    never: "Never",
    sameKey: "The message’s own key",
    producersKey: "The producer’s key",
    on: "On",
    add: "Add",
    removeRow: "Remove row",
    name: "Name",
    value: "Value",
    type: "Type",
    english: "English",
    chinese: "Chinese",
  },
  types: { text: "Text", number: "Number", boolean: "True/false", other: "JSON" },
  units: {
    ms: "ms",
    s: "s",
    min: "min",
    h: "h",
    d: "d",
    "msg/s": "msg/s",
    B: "B",
    kB: "kB",
    MB: "MB",
    "B/s": "B/s",
    "kB/s": "kB/s",
    "MB/s": "MB/s",
    "%": "%",
    messages: "messages",
    ids: "ids",
  },
  forms: {
    d: {
      constant: "Constant",
      exponential: "Exponential",
      uniform: "Uniform",
      normal: "Normal",
      lognormal: "Lognormal",
      erlang: "Erlang",
      hyperexponential: "Hyperexponential",
    },
    p: { steady: "Steady", burst: "Bursts", ramp: "Ramp", sine: "Sine wave", steps: "Table of steps" },
    k: {
      none: "No key",
      fixed: "One fixed key",
      roundRobin: "In turn",
      uniform: "Evenly at random",
      zipf: "Zipf",
      hot: "One hot key",
    },
    b: { none: "At once", fixed: "Fixed pause", exponential: "Growing pause" },
  },
  parts: {
    value: "Value",
    mean: "Mean",
    min: "From",
    max: "To",
    sd: "Standard deviation",
    cv: "Coefficient of variation",
    k: "Stages",
    rate: "Rate during the burst",
    on: "Burst lasts",
    off: "Pause lasts",
    from: "From",
    to: "To",
    over: "Within",
    amp: "Amplitude",
    period: "Period",
    steps: "Steps",
    t: "From time",
    stepRate: "Rate",
    name: "Key",
    n: "Number of keys",
    s: "Exponent",
    share: "Share of the hot key",
    ms: "Pause",
    base: "First pause",
    cap: "Longest pause",
    jitter: "Spread",
    weight: "Weight",
    configure: "Configure",
    password: "Password (empty: any)",
    write: "Write",
    read: "Read",
    pattern: "Pattern",
    "apply-to": "Applies to",
    priority: "Priority",
    definition: "Definition",
  },
  producer: {
    rate: { label: "Rate", help: "Messages that each instance makes per second." },
    arrival: {
      label: "Arrivals",
      help: "Evenly spaced, or at random with exponential gaps (a Poisson process) at the same mean rate.",
      choices: { constant: "Evenly spaced", exponential: "Random (Poisson)" },
    },
    pattern: {
      label: "Pattern",
      help: "How the rate changes with time. Between bursts and before the first step the rate above holds.",
    },
    limit: { label: "Limit", help: "Stops after this many messages." },
    routingKey: {
      label: "Routing key",
      help: "The address that exchanges compare with their bindings. {key} stands for the message’s ordering key, {a|b} for one of the words.",
    },
    key: {
      label: "Ordering key",
      help: "Which business key (order, customer) a message belongs to: its colour, and what order is measured by.",
    },
    size: { label: "Size", help: "Bytes of the message body as JSON." },
    format: {
      label: "Format",
      help: "How the body is written: XML needs about twice the bytes of JSON, Protobuf about 0.4 times.",
      choices: { json: "JSON", xml: "XML", protobuf: "Protobuf" },
    },
    start: { label: "Start", help: "First message at this time." },
    headers: { label: "Headers", help: "Names and values that headers exchanges compare." },
    priority: {
      label: "Priority",
      help: "Sent with each message; it counts only in queues with a maximum priority. A weighted list draws one at random.",
    },
    ttl: { label: "Time to live", help: "The message expires when it has waited this long in a queue." },
    persistent: {
      label: "Persistent",
      help: "Written to disk in a durable queue, so that it survives a restart of the broker.",
    },
    mandatory: {
      label: "Mandatory",
      help: "A message that no queue takes comes back to the producer instead of being dropped.",
    },
    waitFor: {
      label: "Wait for",
      help: "What the producer waits for before it takes a message as sent: the broker’s confirm, or a reply.",
      choices: { nothing: "Nothing (send and forget)", confirm: "Publisher confirm", reply: "Reply" },
    },
    window: {
      label: "Window",
      help: "Most messages sent and not yet confirmed or answered; at the limit the producer waits.",
    },
    replyTo: {
      label: "Replies come by",
      help: "An exclusive queue of its own, or amq.rabbitmq.reply-to: straight back to the channel that asked, through no queue.",
      choices: { queue: "Reply queue", direct: "Direct reply" },
    },
    transaction: {
      label: "Transaction",
      help: "Commits after this many messages; until then the broker keeps them to itself.",
    },
    rollback: { label: "Rolled back", help: "Share of transactions that are taken back instead of committed." },
    timeout: { label: "Timeout", help: "Without an answer for this long the try counts as failed." },
    retries: { label: "Retries", help: "How often a failed message is sent again." },
    backoff: { label: "Pause before retry", help: "Time between a failed try and the next one." },
    retryBudget: {
      label: "Retry budget",
      help: "Retries are at most this share of all messages, so that retrying cannot multiply the load.",
    },
    ...producing,
    ...rmqProducing,
    user,
    password,
    instances: { label: "Instances", help: "How many copies of this producer run, each at the full rate." },
  },
  consumer: consuming,
  service: {
    ...consuming,
    then: {
      label: "Afterwards",
      help: "What the service does when its work on a message is done.",
      choices: { publish: "Publish to its outputs", reply: "Reply to the sender", both: "Publish and reply" },
    },
    fanout: {
      label: "Messages per message",
      help: "How many messages it publishes to each output for one it processed.",
    },
    routingKey: {
      label: "Routing key",
      help: "Key of what it publishes; without one, the key the message came with. {key} stands for the ordering key.",
    },
  },
  exchange: {
    type: {
      label: "Type",
      help: "How the exchange compares a message with its bindings.",
      choices: {
        direct: "Direct: equal keys",
        fanout: "Fanout: every binding",
        topic: "Topic: key patterns",
        headers: "Headers: header values",
        "x-consistent-hash": "Consistent hash: one binding by hash",
        "x-random": "Random: one binding by chance",
        "x-recent-history": "Recent history: fanout that replays",
        "x-local-random": "Local random: one queue of this node",
      },
    },
    durable: { label: "Durable", help: "Survives a restart of the broker." },
    autoDelete: { label: "Auto-delete", help: "Goes when its last binding goes." },
    internal: { label: "Internal", help: "Only other exchanges may send to it; a client that publishes is refused." },
    alternate: { label: "Alternate exchange", help: "Exchange that takes what this one cannot route." },
    hashHeader: { label: "Hash header", help: "Header whose value is hashed instead of the routing key." },
    historyLength: {
      label: "History",
      help: "How many of its last messages the exchange keeps and gives to whoever is bound later.",
    },
    brokerName,
    arguments: otherArguments,
  },
  queue: {
    queueType: {
      label: "Queue type",
      help: "Classic: one copy on one node. Quorum: replicated, always durable, counts deliveries. Stream: a log that reading does not empty.",
      choices: { classic: "Classic", quorum: "Quorum", stream: "Stream" },
    },
    durable: {
      label: "Durable",
      help: "The queue itself survives a restart; messages do only when they are persistent too.",
    },
    exclusive: { label: "Exclusive", help: "Belongs to the connection of its first consumer and goes with it." },
    autoDelete: { label: "Auto-delete", help: "Goes when its last consumer goes." },
    maxLength: { label: "Maximum length", help: "Most ready messages; unacked ones do not count." },
    maxBytes: { label: "Maximum bytes", help: "Most bytes of ready message bodies." },
    overflow: {
      label: "Overflow policy",
      help: "What gives way at the limit: the oldest message, or the new one (its producer hears a refusal if it waits for confirms).",
      choices: {
        "drop-head": "Drop the oldest",
        "reject-publish": "Refuse the new one",
        "reject-publish-dlx": "Refuse and dead-letter the new one",
      },
    },
    messageTtl: { label: "Time to live", help: "A message that has waited this long expires." },
    expires: { label: "Queue expires", help: "The queue is deleted after this time without use." },
    deadLetterExchange: {
      label: "Dead-letter exchange",
      help: "Exchange for messages that expire, overflow or are rejected here. Empty text is the default exchange.",
    },
    deadLetterKey: {
      label: "Dead-letter routing key",
      help: "Key that dead letters get instead of their own.",
    },
    deadLetterStrategy: {
      label: "Dead-letter strategy",
      help: "At least once keeps the message here until the target has it; it needs the overflow policy “refuse the new one”.",
      choices: { "at-most-once": "At most once", "at-least-once": "At least once" },
    },
    maxPriority: {
      label: "Maximum priority",
      help: "Number of priority levels; without it priorities have no effect.",
    },
    deliveryLimit: {
      label: "Delivery limit",
      help: "A message that came back more often than this is dead-lettered; −1 turns the limit off.",
    },
    maxAge: { label: "Keep for", help: "Older messages go, a whole segment at a time." },
    segmentBytes: {
      label: "Segment size",
      help: "Size of one file of the log. Only whole segments are dropped, and never the newest.",
    },
    singleActiveConsumer: {
      label: "Single active consumer",
      help: "One consumer gets everything; the others wait until it goes.",
    },
    ackTimeout: {
      label: "Acknowledgement timeout",
      help: "A consumer that holds a message longer loses its channel, and the message goes back to the queue. The broker’s own limit is 30 minutes.",
    },
    serverNamed: {
      label: "Named by the broker",
      help: "The client declares it with an empty name; the broker makes one up that begins with amq.gen-.",
    },
    brokerName,
    arguments: otherArguments,
  },
  broker: {
    vhost: { label: "Virtual host", help: "The virtual host that these exchanges and queues belong to." },
    version: {
      label: "Version",
      help: "Behaves as RabbitMQ 4, or as 3.10 did: no delivery limit by default, no priorities in quorum queues, requeue to the tail.",
      choices: { "4": "4.x", "3.10": "3.10" },
    },
    replicas: {
      label: "Copies of a quorum queue",
      help: "On how many nodes a quorum queue keeps its messages; never more than there are nodes.",
    },
    diskLimit: {
      label: "Disk limit",
      help: "When persistent messages take more than this, connections that publish are blocked until there is room again.",
    },
    election: { label: "Election", help: "Time a quorum queue needs to choose a new leader." },
    restart: { label: "Restart time", help: "How long the broker is away when it restarts or crashes." },
    nodes: { label: "Nodes", help: "Servers of the cluster; quorum queues keep a copy on up to three of them." },
    fsync: { label: "Disk sync", help: "Time to get a persistent message safely onto the disk." },
    memoryLimit: {
      label: "Memory limit",
      help: "When messages take more than this, connections that publish are blocked until there is room again.",
    },
    users: {
      label: "Users",
      help: "Who may do what, as regular expressions on names. With an empty list nobody is checked.",
    },
    policies: {
      label: "Policies",
      help: "Settings for every queue or exchange whose name matches; of several the one with the highest priority.",
      choices: {
        queues: "Queues",
        exchanges: "Exchanges",
        all: "Both",
        classic_queues: "Classic queues",
        quorum_queues: "Quorum queues",
        streams: "Streams",
      },
    },
  },
  list,
  stream,
  channel,
  redis,
  socket,
  proxy,
  topic,
  group,
  cluster,
  rmqTopic,
  rmqGroup,
  brokerSet,
  note: { text: { label: "Text", help: "In one or both languages." } },
  frame: { title: { label: "Heading", help: "Shown instead of the name, in one or both languages." } },
  publish: {
    routingKey: {
      label: "Routing key",
      help: "Used on this way instead of the producer’s own key. To a Redis channel it is the name published to; without one, the channel’s name.",
    },
    declare,
    ...network,
  },
  binding: {
    key: {
      label: "Binding key",
      help: "Direct: must equal the routing key. Topic: words between dots, * is one word, # any number of words.",
    },
    match: {
      label: "Match",
      help: "Whether all headers below must be equal or any one is enough. Names that begin with x- count only in the last two.",
      choices: { all: "All", any: "Any", "all-with-x": "All, x- too", "any-with-x": "Any, x- too" },
    },
    headers: { label: "Headers", help: "Names and values that the message’s headers are compared with." },
    weight: { label: "Weight", help: "Share of the hash ring: weight 2 gets twice as much as weight 1." },
    arguments: otherArguments,
    ...link,
  },
  consume: {
    priority: {
      label: "Consumer priority",
      help: "Consumers with a higher number are served first while they have room.",
    },
    offset: {
      label: "Start at",
      help: "Where reading begins: first, last, next, a number, or an age such as 5m.",
    },
    exclusive: { label: "Exclusive consumer", help: "No other consumer is allowed on the queue." },
    filter: {
      label: "Tag filter",
      help: "Which tags the client wants: * for all, or tags with || between.",
    },
    ...reading,
    declare,
    ...network,
  },
  deadLetter: link,
  pipe: network,
  alternate: link,
} as const;

export default fields;
