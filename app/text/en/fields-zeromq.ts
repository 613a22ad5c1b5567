/** Words for the settings of ZeroMQ sockets. */
const attachChoices = { auto: "As usual for the type", bind: "Bind", connect: "Connect" } as const;

export const socket = {
  type: {
    label: "Type",
    help: "What the socket does with its messages, and which sockets it can talk to.",
    choices: {
      PUSH: "PUSH: deals tasks out",
      PULL: "PULL: takes tasks",
      PUB: "PUB: publishes",
      SUB: "SUB: subscribes",
      REQ: "REQ: asks, one at a time",
      REP: "REP: answers, one at a time",
      DEALER: "DEALER: asks without waiting",
      ROUTER: "ROUTER: answers by identity",
      PAIR: "PAIR: one to one",
      XPUB: "XPUB: publishes, and hears who subscribes",
      XSUB: "XSUB: subscribes by sending messages",
    },
  },
  rate: { label: "Rate", help: "Messages the program makes in a second." },
  arrival: {
    label: "Spacing",
    help: "Evenly spaced, or at random as independent events come (Poisson).",
    choices: { constant: "Even", exponential: "Random (Poisson)" },
  },
  limit: { label: "Number of messages", help: "It stops after so many; without it, it goes on." },
  topic: {
    label: "Topic",
    help: "First frame of each message; {key} stands for its ordering key. A subscriber gets what begins with one of its prefixes.",
  },
  key: { label: "Ordering key", help: "Groups messages: the token’s colour, and what “out of order” is counted by." },
  prefix: {
    label: "Prefixes",
    help: "Subscribes to topics that begin with one of these. An empty one takes everything; without any, nothing comes.",
  },
  service: { label: "Service time", help: "How long the work on one message takes." },
  sndHwm: {
    label: "Send mark",
    help: "High-water mark: most messages in the queue towards each peer; 0 means without limit. When it is full, PUSH, DEALER and REQ wait or take the next peer, PUB and ROUTER drop.",
  },
  rcvHwm: {
    label: "Receive mark",
    help: "High-water mark: most messages in the queue from each peer; 0 means without limit. Room is reported back in batches of half the mark.",
  },
  timeout: {
    label: "Wait for the answer",
    help: "After this long the program gives up and asks again. Without it, a server that dies with the request leaves the client stuck for ever.",
  },
  relaxed: {
    label: "Relaxed",
    help: "May ask again on the same socket; a late answer to the old request is dropped. Otherwise the program makes a new socket.",
  },
  window: { label: "Open requests", help: "Most requests that may be without an answer at a time." },
  mandatory: {
    label: "Mandatory",
    help: "What cannot be routed is refused instead of dropped in silence.",
  },
  attach: {
    label: "Bind or connect",
    help: "Of two sockets one binds and the other connects. The connecting one finds its peer again after a break and keeps what it has queued; the other drops it.",
    choices: attachChoices,
  },
  linger: {
    label: "Linger",
    help: "How long a socket that is closed goes on sending what it has; without a limit, until it is sent.",
  },
  reconnect: { label: "Try again after", help: "A connection that failed is tried again after one to two times this." },
  size: { label: "Size", help: "Bytes of a message." },
  start: { label: "Start", help: "The program makes its first message at this virtual time." },
  speed: { label: "Speed", help: "Works at this share of its usual speed." },
  restartAfter: {
    label: "Restart after a crash",
    help: "The program comes back by itself after this long; without it, it stays away.",
  },
} as const;

export const proxy = {
  type: {
    label: "Pattern",
    help: "Which two sockets it puts together, and what it does between them. Both of them bind, so that everybody else connects.",
    choices: {
      queue: "Queue: ROUTER – DEALER, requests in turn",
      forwarder: "Forwarder: XSUB – XPUB, publish and subscribe",
      streamer: "Streamer: PULL – PUSH, tasks in turn",
      balancer: "Load balancer: ROUTER – ROUTER, to whoever has been free longest",
    },
  },
  sndHwm: {
    label: "Send mark",
    help: "High-water mark: most messages in the queue towards each peer, on both sides; 0 means without limit.",
  },
  rcvHwm: {
    label: "Receive mark",
    help: "High-water mark: most messages in the queue from each peer, on both sides; 0 means without limit.",
  },
} as const;
