/** Doubts about a document that can run (`problems.<code>`), and the words on the button that puts one right (`problems.fixes.<code>`). */
const problems = {
  "no-consumer": "Nobody reads from {{name}}: what arrives there stays.",
  "no-source": "Nothing is connected to {{name}} that would bring it messages.",
  "producer-unconnected": "{{name}} is not connected: its messages have nowhere to go.",
  "exchange-unbound": "{{name}} has no binding: every message that reaches it is dropped.",
  "key-matches-nothing":
    "Messages of {{producer}} with the key “{{key}}” match no binding of {{exchange}}; they are dropped, or returned when mandatory.",
  overload:
    "{{name}} gets {{rate}} messages per second, its consumers finish {{capacity}}: ρ = {{rho}}, so the queue grows without end.",
  "prefetch-unlimited-slow":
    "{{name}} has no prefetch limit and needs {{service}} ms per message: it hoards messages that others could work on.",
  "auto-ack-can-lose": "{{name}} acknowledges before its work is done: what it holds when it crashes is lost.",
  "priority-ignored": "{{producer}} sets priorities, but {{name}} has no maximum priority: they have no effect there.",
  "declare-mismatch":
    "{{client}} declares {{queue}} otherwise than it is (durable or not): the broker closes its channel with 406.",
  "stream-refuses-consumer":
    "{{queue}} is a stream: it refuses {{name}}, which must have a prefetch of its own, acknowledge, and be pushed its messages.",
  "dlx-missing-target": "Dead letters of {{name}} go to “{{exchange}}”, which does not exist: they are dropped.",
  "alternate-missing-target": "What {{name}} cannot route goes to “{{exchange}}”, which does not exist: it is dropped.",
  "dead-letter-loop":
    "Dead letters can go round: {{queues}}. The broker ends a round of expired messages; rejected ones go round for ever.",
  "exchange-loop": "These exchanges are bound in a circle: {{exchanges}}. Each is visited once per message.",
  "service-loop": "Messages can go round: {{nodes}}. The run stops a message after 64 hops.",
  "requeue-forever":
    "{{name}} requeues messages that always fail: {{queue}} delivers them again and again. Reject them, or use a quorum queue with a delivery limit.",
  "dead-letter-key-alone":
    "{{name}} has a dead-letter routing key but no dead-letter exchange; a broker refuses to declare it.",
  "overflow-not-for-quorum": "{{name}} is a quorum queue; these cannot refuse and dead-letter at once.",
  "at-least-once-needs-reject":
    "{{name}} should dead-letter at least once, which works only with the overflow policy “refuse the new one”.",
  "retention-shorter-than-lag":
    "{{client}} finishes {{capacity}} per second of {{rate}} in {{name}}: it falls behind, and retention deletes what it has not read.",
  "poll-interval-too-short":
    "{{client}} needs about {{held}} s for what it holds of {{name}}, which waits {{limit}} s for an acknowledgement: then its channel is closed and they are handed out again.",
  "req-without-timeout":
    "{{name}} waits for each answer without end: one that is lost on the way, or a peer that dies, and it never asks again.",
  "same-attach":
    "{{from}} and {{to}} are both told to {{attach}}: one of two sockets binds and the other connects, so these never find each other.",
  "workers-too-slow":
    "{{name}} and whoever shares its workers make {{rate}} messages per second, {{readers}} finish {{capacity}}: ρ = {{rho}}. The queues fill up to their marks, then the senders wait.",
  "subscriber-drops":
    "{{name}} is sent {{rate}} messages per second and finishes {{capacity}}: ρ = {{rho}}. When its queues are full, the publisher drops what is meant for it.",
  "single-replica": "{{name}} lives on one of the {{nodes}} nodes of {{broker}}: while that is down nobody can use it.",
  "rate-above-engine-budget":
    "All queues together get {{rate}} messages per second; above {{max}} the run falls behind. {{name}} gets the most.",
  "unknown-imported-argument": "{{name}} has arguments that are kept for the export but not run: {{arguments}}.",
  "permission-missing":
    "User {{user}} of {{name}} may not {{right}} “{{resource}}”: the broker will refuse and close the channel.",
  "unknown-user": "{{name}} logs in as {{user}}, who is not in the list of {{broker}}: it never gets connected.",
  "wrong-password":
    "{{name}} logs in as {{user}} with another password than {{broker}} has for it: it never gets connected.",
  "no-subscriber": "Nobody is subscribed to {{name}}: what is published there is gone at once.",
  "readers-too-slow":
    "{{name}} gets {{rate}} messages per second, {{readers}} can finish {{capacity}}: ρ = {{rho}}, so their lag grows without end.",
  "subscriber-too-slow":
    "{{name}} passes on {{rate}} messages per second, its subscribers finish {{capacity}}: the server piles them up in the output buffer until it closes the connection, and they are lost.",
  "pubsub-no-persistence":
    "{{name}} stores nothing: a subscriber that is away, even for a moment, never gets what was published meanwhile. A stream would keep it.",
  "pop-can-lose":
    "Consumers pop from {{name}}: what one of them holds when it crashes is lost. Moving it to a processing list keeps it.",
  "claim-before-done":
    "{{client}} takes up to {{count}} from {{name}} at once and needs {{time}} ms for them, but after {{idle}} ms somebody else takes them over: they are worked on twice.",
  "dead-letter-never": "{{name}} has a dead-letter link but no maximum of deliveries: no entry ever goes that way.",
  "more-members-than-partitions":
    "The group {{group}} has {{members}} members for the {{partitions}} partitions of {{name}}: {{idle}} of them have nothing to do.",
  "minisr-above-rf":
    "{{name}} wants {{minInsync}} in-sync replicas and keeps {{replication}}: Kafka then asks for no more than there are, and acks=all promises less than it says.",
  "acks1-with-replicas":
    "{{name}} takes a record as stored with acks={{acks}}, before the followers have it: when the leader of {{topic}} dies, it can be lost.",
  "replication-above-brokers":
    "{{name}} is meant to be kept on {{replication}} brokers, its cluster has {{brokers}}: Kafka would refuse to create it, here it keeps {{brokers}} copies.",
  "batch-outlasts-interval":
    "{{client}} may get {{count}} records in one poll and needs {{time}} s for them, but {{name}} waits {{limit}} s for the next poll: then it takes the member for stuck, and the batch begins again elsewhere.",
  "heartbeat-too-rare":
    "Members of {{name}} send a heartbeat every {{heartbeat}} ms, but are taken for dead after {{session}} ms: they are thrown out again and again.",
  "more-members-than-queues":
    "The group {{group}} has {{members}} members for the {{queues}} queues of {{name}}: {{idle}} of them have nothing to do.",
  "fifo-without-key":
    "{{name}} sends to the FIFO topic {{topic}} without a key: its messages go to the queues in turn, and no order holds between them.",
  "delay-not-in-type":
    "{{producer}} delays its messages, but {{name}} is of the type “{{type}}”: a client of version 5 is refused there.",
  "tags-match-nothing":
    "The group {{group}} wants {{filter}}, and nothing that comes to {{topic}} has such a tag: it is passed over for good.",
  "orderly-not-fifo":
    "{{group}} works in order, but producers take the queues of {{name}} in turn: messages that belong together stand in different queues.",
  "broadcast-drops":
    "{{client}} can fail, and {{name}} is broadcasting: what fails is dropped with a line in the log, without retry or dead letter.",
  "sync-without-slave": "{{name}} replicates synchronously and has no slave: it waits for nobody.",
  fixes: {
    "fifo-without-key": "Give it four keys",
    "delay-not-in-type": "Make it a delay topic",
    "orderly-not-fifo": "Make it a FIFO topic",
    "broadcast-drops": "Share the queues",
    "tags-match-nothing": "Want all tags",
    "sync-without-slave": "Add a slave",
    "minisr-above-rf": "Want as many as are kept",
    "acks1-with-replicas": "Wait for all",
    "replication-above-brokers": "Keep one copy a broker",
    "heartbeat-too-rare": "Send three in that time",
    "no-subscriber": "Add a subscriber",
    "pop-can-lose": "Move to a processing list",
    "dead-letter-never": "Allow 5 deliveries",
    "exchange-unbound": "Add a queue",
    "poll-interval-too-short": "Wait 30 minutes",
    "req-without-timeout": "Give up after 5 s",
    "same-attach": "Let the second do as usual",
    "single-replica": "Keep replicas",
    "stream-refuses-consumer": "Read as a stream wants it",
    "no-consumer": "Add a consumer",
    "prefetch-unlimited-slow": "Set prefetch to 10",
    "auto-ack-can-lose": "Acknowledge after processing",
    "priority-ignored": "Give the queue 10 priorities",
    "declare-mismatch": "Declare it as it is",
    "dlx-missing-target": "Add the exchange",
    "alternate-missing-target": "Add the exchange",
    "requeue-forever": "Reject instead",
    "overflow-not-for-quorum": "Refuse only",
    "at-least-once-needs-reject": "Refuse the new one",
  },
} as const;

export default problems;
