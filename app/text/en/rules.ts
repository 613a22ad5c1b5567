/** Rules of RabbitMQ, each in a sentence or two: condition, then result. The ids and their sources are in `app/panels/inspector/rules.ts`. */
const rules = {
  title: "Rule",
  source: "RabbitMQ documentation",
  opens: "opens a new tab",
  say: {
    publish:
      "A publish gets no answer by itself. Without publisher confirms the producer never learns what became of a message.",
    "one-copy": "Each queue gets one copy of a message, however many of its bindings match.",
    "route-direct": "A direct exchange passes a message to the bindings whose key equals its routing key.",
    "route-fanout": "A fanout exchange passes every message to all of its bindings and ignores the key.",
    "route-topic":
      "A topic exchange compares words between dots: * stands for exactly one, # for any number, none included.",
    "route-headers":
      "A headers exchange compares headers with those of the binding: all of them, or with x-match any at least one.",
    "route-default":
      "The default exchange passes a message to the queue whose name is the routing key. Without such a queue it is dropped.",
    "route-hash": "A consistent-hash exchange gives each key to one queue, always the same; binding keys are weights.",
    "route-random": "A random exchange picks one of its bindings for each message.",
    "route-history": "A recent-history exchange is a fanout that also gives its last messages to a new binding.",
    "no-route":
      "A message that matches no binding is dropped without a word, unless it is mandatory or the exchange has an alternate.",
    returned:
      "A mandatory message that reaches no queue comes back to its publisher: 312 NO_ROUTE, before the confirm.",
    "publish-refused":
      "A publish that the broker refuses (403, 404, 406) closes the channel: the message is gone, neither confirmed nor returned.",
    confirm:
      "A publish is confirmed when every queue has it: a persistent one when it is on disk, in a quorum queue when a majority has written it.",
    "not-confirmed":
      "Until the confirm comes, the publisher cannot know whether the broker has the message. Sending it again may make a duplicate.",
    "retries-over":
      "The broker keeps nothing of a message that it never took over. When its publisher gives up, nobody has it.",
    nacked: "When a queue refuses a message, its publisher gets a nack, even if other queues took their copies.",
    transaction: "Publishes and acks of a transaction take effect with the commit, publishes first.",
    "rolled-back":
      "A rollback forgets the publishes of a transaction; its acks did not happen. Closing the channel is a rollback.",
    turns:
      "A message goes to the next consumer in turn that has credit, that is fewer unacknowledged messages than its prefetch; higher priority first.",
    "stream-read": "Reading from a stream removes nothing: every consumer reads the log from its own offset.",
    acknowledged:
      "An acknowledged message is the broker’s no longer: it is removed from the queue and never delivered again.",
    rejected:
      "A message that is rejected without requeue leaves the queue: to its dead-letter exchange, or for ever without one.",
    failing:
      "Whoever cannot process a message answers it: back to the queue with requeue, or out of it without. With automatic acknowledgement there is nothing left to answer.",
    "auto-ack":
      "With automatic acknowledgement a message counts as done when it is sent. If the consumer then fails, it is gone.",
    redelivered:
      "A message that was delivered and came back is marked redelivered: somebody may have worked on it already.",
    duplicates:
      "At least once means sometimes twice: when an answer is lost, the message comes again. Consumers must be able to bear that.",
    "requeue-classic": "A message that is given back to a classic queue returns to its old place, if it can.",
    "requeue-quorum":
      "A message that is given back to a quorum queue goes to the front when there is a delivery limit, and to the tail when it is turned off. Each return is counted.",
    "returned-by-close":
      "When a channel or connection closes, everything it held unacknowledged goes back to its queue, in order.",
    "delivery-limit":
      "A quorum queue lets a message come back so many times (20 in 4.x); then it is dead-lettered, or dropped without a dead-letter exchange.",
    expired:
      "A message whose time to live is over is never delivered. It is removed when it reaches the head of its queue.",
    "drop-head":
      "A queue above its limit with overflow drop-head removes ready messages from its head: the oldest, with priorities the highest.",
    "reject-publish":
      "A queue at its limit with overflow reject-publish refuses new messages; publishers with confirms get a nack.",
    "reject-publish-quorum":
      "A quorum queue begins to refuse after its limit has been exceeded, and takes messages again below 80 % of it.",
    "dead-letter":
      "A dead letter is published to the queue’s dead-letter exchange, with its own routing key or the one that is set.",
    "dead-letter-rejected": "A message that is rejected without requeue goes to the queue’s dead-letter exchange.",
    "dead-letter-expired": "A message that expires in a queue goes to the queue’s dead-letter exchange.",
    "dead-letter-maxlen": "A message that a length limit pushes out goes to the queue’s dead-letter exchange.",
    "dead-letter-delivery-limit":
      "A message that came back to a quorum queue more often than its delivery limit goes to the dead-letter exchange.",
    "dead-letter-unroutable":
      "A dead letter that no queue takes is dropped, unless the queue dead-letters at least once.",
    "dead-letter-cycle":
      "A dead letter does not enter a queue again in which it died before, unless somebody rejected it on the way.",
    "hop-limit":
      "A dead letter can go round for ever where the rule against circles does not see it. The model takes it out after 64 rounds.",
    retention: "A stream drops its oldest segments when it grows beyond its size or age.",
    purged: "A purge removes the ready messages and dead-letters none; unacknowledged ones may still come back.",
    "queue-deleted": "What is in a queue goes with it, and is not dead-lettered.",
    "auto-delete": "An auto-delete queue goes when its last consumer goes, not before it had one.",
    "queue-expires":
      "A queue with x-expires goes when for so long nobody consumed from it, declared it or got from it. Nothing is dead-lettered.",
    "exclusive-queue": "An exclusive queue belongs to one connection and goes with it.",
    "restart-loss":
      "Only durable queues survive a restart, and in them persistent messages; quorum queues and streams keep all. In a crash, what was not confirmed may be lost.",
    "unconfirmed-loss":
      "Only a confirm says that a message has arrived. Without confirms nobody notices that it was lost.",
    "closed-loss": "What is still on its way when its channel or connection closes never arrives, and nobody is told.",
    login: "A connection needs a user that the broker knows; otherwise it is refused with 403.",
    access: "403 ACCESS_REFUSED: the user lacks a permission, or the object does not allow this to anybody.",
    "access-write":
      "Publishing needs write permission on the exchange (amq.default for the default one). Nobody may publish to an internal exchange. 403 closes the channel.",
    "access-read":
      "Consuming needs read permission on the queue. A queue with an exclusive consumer refuses every other one. 403 closes the channel.",
    "access-configure":
      "Declaring needs configure permission on the name; names that begin with amq. are reserved. 403 closes the channel.",
    "access-bind":
      "Binding needs read permission on the source and write permission on the destination. 403 closes the channel.",
    "not-found":
      "404 NOT_FOUND: who publishes to an exchange or consumes from a queue that is not there loses the channel.",
    "resource-locked": "405 RESOURCE_LOCKED: an exclusive queue lets in nobody but its own connection.",
    "precondition-failed":
      "406 PRECONDITION_FAILED: a declaration that differs from what is there, a bad argument, an unknown delivery tag, a stream without prefetch. The channel closes.",
    "consumer-timeout":
      "A delivery that stays unacknowledged for longer than the consumer timeout (30 minutes by default) closes its channel: 406.",
    "command-invalid":
      "503 COMMAND_INVALID: an unknown exchange type, or a closed channel that is used again. The connection closes.",
    "not-allowed": "530 NOT_ALLOWED: a consumer tag that is in use, an unknown virtual host. The connection closes.",
    "not-implemented":
      "540 NOT_IMPLEMENTED: something that this type of queue does not do, as basic.get on a stream. The connection closes.",
    "internal-error": "541 INTERNAL_ERROR: a quorum queue has no leader at the moment. The connection closes.",
    "connection-closed":
      "When the broker stops or the socket is cut, every channel of the connection goes. Client libraries connect again by themselves.",
    "channel-error":
      "An error closes the channel, a serious one the connection. What was held unacknowledged goes back.",
    alarm:
      "While memory or disk is short, every connection that publishes is blocked. Connections that only consume go on.",
    "alarm-over": "When there is room again, blocked connections go on; what waited in their sockets arrives now.",
    "consumer-cancelled":
      "When a queue goes, or a classic queue’s node, the broker cancels its consumers and tells them.",
  },
} as const;

export default rules;
