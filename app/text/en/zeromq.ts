/** What the faces of ZeroMQ sockets say, and the rules behind what happens to their messages. */
const zeromq = {
  face: { queued: "{{count}} queued", dropped: "{{count}} dropped", held: "held up {{share}}", free: "{{count}} free" },
  spoken: {
    queued: "queued {{count}}",
    dropped: "dropped {{count}}",
    forwards: "hands on {{rate}}/s",
    free: "{{count}} workers free",
  },
  source: "ZeroMQ documentation",
  rules: {
    sent: "A send that returns has put the message into a queue, nothing more; it says nothing about the receiver.",
    held: "PUSH, DEALER and REQ wait while the queue towards every peer is full, or nobody is there.",
    "asked-again":
      "Who gives up and asks again cannot know whether the first request was worked on: it may be done twice.",
    answered: "A REP and a ROUTER send the answer back along the way on which the request came.",
    queue:
      "Each connection has a queue on either side. A message waits in the sender's until the receiver has room for it.",
    turn: "A receiver takes from its peers in turn, one message from each that has one.",
    "no-subscriber": "A publisher sends to whoever is subscribed at that moment; for nobody else is anything kept.",
    "full-drop":
      "PUB and ROUTER never wait: when the queue towards a peer is full, or no peer is there, the message is dropped.",
    "gone-with-peer":
      "What lies in a queue towards or at a peer that is gone is lost; there is no broker that would keep it.",
    "late-answer": "An answer to a request that was given up is thrown away.",
    lockstep: "REQ sends and receives in turn. Nothing is sent again by itself.",
    "handed-on":
      "A proxy receives on one side when the other can take it. It keeps nothing beyond the queues of its two sockets, which die with it.",
    "free-worker":
      "A load balancer hands the next request to the worker that has been free longest. Workers say so when they connect and with each answer; one that died in between is not noticed.",
    done: "ZeroMQ knows no acknowledgement: what a program has received is its own affair.",
  },
} as const;

export default zeromq;
